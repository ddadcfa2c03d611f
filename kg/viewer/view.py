"""A network as the plain data of its page: what is shown, where it stands, and what the side panel says about it.

Everything here can be written as JSON and is sorted, so that equal networks give equal pages. Results (one figure on
one benchmark) are no things to draw: they become a table of the model that they belong to. ``directAncestor``, which
the graph holds beside each specific relation, is left out where the specific one is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kg.extract.rules import all_rules
from kg.ids import ID, arxiv_address
from kg.viewer.legend import kinds_of, relations_of, rules_of, types_of
from kg.viewer.palette import relation_look
from kg.viewer.records import EdgeRecord, EvidenceRecord, NodeRecord, ResultRecord, View
from kg.viewer.scenes import Places, scenes_of
from kg.viewer.words import day_number, day_words, number_words, plain_words, shortened
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["to_view"]

_RESULT: Final = "Result"
_BASES: Final = {
    "listed": "Listing",
    "extracted": "Sentence in a paper",
    "curated": "Reviewed table",
    "inferred": "Inferred",
}


def to_view(network: nx.MultiDiGraph[str]) -> View:
    """Return the page's data for a network (see ``kg.network`` for its attributes)."""
    results = _results(network)
    drawn = sorted(str(node) for node, data in network.nodes(data=True) if data.get("type") != _RESULT)
    edges = _edges(network, set(drawn))
    views, places = scenes_of(network, drawn, edges)
    degree = Counter(end for edge in edges for end in (edge["source"], edge["target"]))
    nodes = [_node(network, node, results.get(node, []), degree[node], places) for node in drawn]
    sentences = [item for edge in edges for item in edge["evidence"]]
    sentences += [item for node in nodes for result in node["results"] for item in result["evidence"]]
    return View(
        base=str(ID),
        nodes=nodes,
        edges=edges,
        types=types_of(nodes),
        kinds=kinds_of(edges),
        bases=[{"id": basis, "label": label} for basis, label in _BASES.items()],
        relations=relations_of(edges),
        rules=rules_of(item["rule"] for item in sentences),
        prefixes=dict(PREFIXES),
        views=views,
    )


def _results(network: nx.MultiDiGraph[str]) -> dict[str, list[ResultRecord]]:
    """Return the reported figures of each thing."""
    found: dict[str, list[ResultRecord]] = {}
    for subject, result, data in network.edges(data=True):
        if network.nodes[result].get("type") != _RESULT:
            continue
        facts = network.nodes[result].get("facts", {})
        on = sorted(network.nodes[b].get("label", b) for b in network.successors(result))
        record = ResultRecord(
            benchmark=", ".join(on or facts.get("benchmark", [])),
            metric=", ".join(m for m in facts.get("metric", []) if m != "-"),
            value=", ".join(facts.get("value", [])) or network.nodes[result].get("label", ""),
            evidence=_evidence(data.get("evidence", ()), network),
        )
        found.setdefault(subject, []).append(record)
    for records in found.values():
        records.sort(key=lambda r: (r["benchmark"], r["metric"], r["value"]))
    return found


def _evidence(items: Iterable[Mapping[str, Any]], network: nx.MultiDiGraph[str]) -> list[EvidenceRecord]:
    """Return the sentences, the surest first; title and date only where the network does not hold the paper."""
    records = [
        EvidenceRecord(
            quote=str(item["quote"]),
            paper=str(item.get("paper", "")),
            where=""
            if item.get("paper") in network
            else ", ".join(p for p in (item.get("title", ""), day_words(str(item.get("date") or ""))) if p),
            rule=str(item.get("rule", "")),
            confidence=round(float(item.get("confidence", 1.0)), 3),
            cue=_cue(str(item.get("rule", "")), str(item["quote"])),
        )
        for item in items
    ]
    return sorted(records, key=lambda r: (-r["confidence"], r["paper"], r["quote"], r["rule"]))


def _cue(rule: str, quote: str) -> list[int]:
    """Return where in a sentence the words stand that its rule looks for."""
    known = all_rules().get(rule)
    found = known.cue.pattern.search(quote) if known else None
    return list(found.span()) if found else []


def _edges(network: nx.MultiDiGraph[str], drawn: set[str]) -> list[EdgeRecord]:
    """Return the claims between the things that are drawn."""
    specific = {(u, v) for u, v, key in network.edges(keys=True) if relation_look(str(key)).kind.startswith("lineage-")}
    places = _author_places(network)
    records = [
        EdgeRecord(
            source=str(u),
            target=str(v),
            relation=str(key),
            basis=str(data.get("basis", "")),
            confidence=round(float(data.get("confidence", 1.0)), 3),
            evidence=_evidence(data.get("evidence", ()), network),
            sources=sorted(map(str, data.get("sources", ()))),
            note=str(data.get("note", "")),
            listed=places.get((u, v), 0) if key == "creator" else 0,
        )
        for u, v, key, data in network.edges(keys=True, data=True)
        if u in drawn and v in drawn and not (relation_look(str(key)).kind == "lineage" and (u, v) in specific)
    ]
    return sorted(records, key=lambda e: (e["source"], e["target"], e["relation"]))


def _author_places(network: nx.MultiDiGraph[str]) -> dict[tuple[str, str], int]:
    """Return each author's place in a paper's list, 1-based: the edge's ``position``, else by the paper's facts."""
    places: dict[tuple[str, str], int] = {}
    for paper, agent, key, data in network.edges(keys=True, data=True):
        if key != "creator":
            continue
        names = network.nodes[paper].get("facts", {}).get("authors", [])
        label = network.nodes[agent].get("label", "")
        place = data.get("position") or (names.index(label) + 1 if label in names else 0)
        places[paper, agent] = int(place)
    return places


def _node(
    network: nx.MultiDiGraph[str],
    node: str,
    results: list[ResultRecord],
    degree: int,
    places: Mapping[str, Places],
) -> NodeRecord:
    """Return one thing as the page shows it."""
    data = network.nodes[node]
    kind, label = str(data.get("type", "")), str(data.get("label") or node)
    facts = {str(name): [str(value) for value in values] for name, values in data.get("facts", {}).items() if values}
    also = sorted({name for key in ("alias", "altLabel") for name in facts.pop(key, []) if name != label})
    shown = [(title, [str(data[key])]) for key, title in (("lab", "Developer"), ("family", "Family")) if data.get(key)]
    return NodeRecord(
        id=node,
        label=label,
        short=shortened(label),
        type=kind,
        when=day_words(str(data.get("date") or "")),
        day=day_number(str(data.get("date") or "")),
        family=str(data.get("family") or (label if kind == "ModelFamily" else "")),
        lab=str(data.get("lab") or (label if kind == "Organization" else "")),
        also=also,
        facts=shown + _facts(facts),
        results=results,
        web=arxiv_address(facts.get("identifier", [])) if kind == "Paper" else "",
        weight=degree,
        at={view: at[node] for view, at in places.items() if node in at},
    )


def _facts(facts: Mapping[str, Sequence[str]]) -> list[tuple[str, list[str]]]:
    """Return named facts as people read them: the vocabulary's names, numbers in millions and billions."""
    shown = []
    for name, values in facts.items():
        look = relation_look(name)
        unit = " tokens" if "token" in look.label or "context" in look.label else ""
        words = [number_words(value, unit) if look.kind == "quantity" else plain_words(value) for value in values]
        shown.append((look.kind != "quantity", look.label.capitalize().removesuffix(" tokens"), sorted(words)))
    return [(label, words) for _, label, words in sorted(shown)]

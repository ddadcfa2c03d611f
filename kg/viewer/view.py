"""A network as the plain data of its page: what is shown, where it stands, and what the side panel says about it.

Everything here can be written as JSON and is sorted, so that equal networks give equal pages. Results (one figure on
one benchmark) are no things to draw: they become a table of the model that they belong to. ``directAncestor``, which
the graph holds beside each specific relation, is left out where the specific one is there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict

from kg.ids import ID
from kg.viewer.force import lay_out_whole
from kg.viewer.lanes import LineageLayout, TimedNode, lay_out_lineage
from kg.viewer.palette import kind_look, kind_order, lightened, relation_look, type_look, type_order

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["EdgeRecord", "EvidenceRecord", "NodeRecord", "ResultRecord", "View", "to_view"]

_FAMILY: Final = "ModelFamily"
_MODEL: Final = "Model"
_RESULT: Final = "Result"
_BASES: Final = {
    "listed": "Listing",
    "extracted": "Sentence in a paper",
    "curated": "Reviewed table",
    "inferred": "Inferred",
}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT: Final = 34


class EvidenceRecord(TypedDict):
    """A sentence of a paper. ``paper`` is the paper's id; ``where`` its title and date, if it is not in the network."""

    quote: str
    paper: str
    where: str
    rule: str
    confidence: float


class ResultRecord(TypedDict):
    """One reported figure of a model."""

    benchmark: str
    metric: str
    value: str
    evidence: list[EvidenceRecord]


class NodeRecord(TypedDict):
    """A thing: ``short`` is its label in the picture, ``also`` its other names, ``at`` its place in each view."""

    id: str
    label: str
    short: str
    type: str
    when: str
    also: list[str]
    facts: list[tuple[str, list[str]]]
    results: list[ResultRecord]
    weight: int
    at: dict[str, tuple[int, int]]


class EdgeRecord(TypedDict):
    """A claim between two things. ``listed`` is the place of an author in a paper's list, 0 elsewhere."""

    source: str
    target: str
    relation: str
    basis: str
    confidence: float
    evidence: list[EvidenceRecord]
    sources: list[str]
    note: str
    listed: int


class View(TypedDict):
    """All that the page needs; ``base`` is what the ids have in common and links leave out."""

    base: str
    nodes: list[NodeRecord]
    edges: list[EdgeRecord]
    types: list[dict[str, object]]
    kinds: list[dict[str, object]]
    bases: list[dict[str, object]]
    relations: dict[str, dict[str, object]]
    views: list[dict[str, object]]


def to_view(network: nx.MultiDiGraph[str]) -> View:
    """Return the page's data for a network (see ``kg.network`` for its attributes)."""
    results = _results(network)
    drawn = sorted(str(node) for node, data in network.nodes(data=True) if data.get("type") != _RESULT)
    edges = _edges(network, set(drawn))
    whole = _whole(network, drawn, edges)
    lineage = _lineage(network, drawn, edges)
    places = {"lineage": lineage.positions, "everything": whole}
    degree = Counter(end for edge in edges for end in (edge["source"], edge["target"]))
    nodes = [_node(network, node, results.get(node, []), degree[node], places) for node in drawn]
    return View(
        base=str(ID),
        nodes=nodes,
        edges=edges,
        types=_types(nodes),
        kinds=_kinds(edges),
        bases=[{"id": basis, "label": label} for basis, label in _BASES.items()],
        relations=_relations(edges),
        views=_views(lineage),
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
            else ", ".join(p for p in (item.get("title", ""), _day(str(item.get("date") or ""))) if p),
            rule=str(item.get("rule", "")),
            confidence=round(float(item.get("confidence", 1.0)), 3),
        )
        for item in items
    ]
    return sorted(records, key=lambda r: (-r["confidence"], r["paper"], r["quote"], r["rule"]))


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
    places: Mapping[str, Mapping[str, tuple[int, int]]],
) -> NodeRecord:
    """Return one thing as the page shows it."""
    data = network.nodes[node]
    label = str(data.get("label") or node)
    facts = {str(name): [str(value) for value in values] for name, values in data.get("facts", {}).items() if values}
    also = sorted({name for key in ("alias", "altLabel") for name in facts.pop(key, []) if name != label})
    shown = [(title, [str(data[key])]) for key, title in (("lab", "Developer"), ("family", "Family")) if data.get(key)]
    return NodeRecord(
        id=node,
        label=label,
        short=_short(label),
        type=str(data.get("type", "")),
        when=_day(str(data.get("date") or "")),
        also=also,
        facts=shown + _facts(facts),
        results=results,
        weight=degree,
        at={view: at[node] for view, at in places.items() if node in at},
    )


def _facts(facts: Mapping[str, Sequence[str]]) -> list[tuple[str, list[str]]]:
    """Return named facts as people read them: the vocabulary's names, numbers in millions and billions."""
    shown = []
    for name, values in facts.items():
        look = relation_look(name)
        unit = " tokens" if "token" in look.label or "context" in look.label else ""
        words = [_number(value, unit) if look.kind == "quantity" else _plain(value) for value in values]
        shown.append((look.kind != "quantity", look.label.capitalize().removesuffix(" tokens"), sorted(words)))
    return [(label, words) for _, label, words in sorted(shown)]


def _plain(value: str) -> str:
    """Return a literal as words: a truth value as yes or no."""
    return {"true": "yes", "false": "no"}.get(value, value)


def _number(text: str, unit: str = "") -> str:
    """Return a whole number as people say it.

    >>> _number("46700000000"), _number("15000000000000", " tokens"), _number("32768", " tokens"), _number("many")
    ('46.7 billion', '15 trillion tokens', '32,768 tokens', 'many')
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        return text
    for size, word in ((12, "trillion"), (9, "billion"), (6, "million")):
        if len(text) > size:
            tail = text[-size:].rstrip("0")[:2]
            return f"{text[:-size]}{'.' + tail if tail else ''} {word}{unit}"
    return f"{int(text):,}{unit}"


def _day(iso: str) -> str:
    """Return an ISO date as people write it, with whatever precision it has; anything else as it stands.

    >>> _day("2023-10-10"), _day("2024-01"), _day("2022"), _day("soon")
    ('10 Oct 2023', 'Jan 2024', '2022', 'soon')
    """
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", iso)
    if not found:
        return iso
    year, month, day = found.groups()
    return " ".join(p for p in (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year) if p)


def _short(label: str) -> str:
    """Return a label short enough for the picture: what stands before a colon, or the first words.

    >>> _short("Gemini 1.5: Unlocking multimodal understanding across millions of tokens of context")
    'Gemini 1.5'
    >>> _short("Improving language models by retrieving from trillions of tokens")
    'Improving language models by…'
    """
    if len(label) > _SHORT and 3 < (colon := label.find(": ")) <= _SHORT:
        return label[:colon]
    if len(label) <= _SHORT:
        return label
    return label[: _SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _types(nodes: Sequence[NodeRecord]) -> list[dict[str, object]]:
    """Return the legend of classes."""
    return [
        {
            "id": name,
            "label": (look := type_look(name)).label,
            "one": look.one,
            "light": look.color,
            "dark": lightened(look.color),
            "shape": look.shape,
            "size": look.size,
        }
        for name in sorted({node["type"] for node in nodes}, key=type_order)
    ]


def _kinds(edges: Sequence[EdgeRecord]) -> list[dict[str, object]]:
    """Return the legend of relations; a kind shows the colour and dash of its most frequent relation."""
    counts: dict[str, Counter[str]] = {}
    for edge in edges:
        counts.setdefault(relation_look(edge["relation"]).kind, Counter())[edge["relation"]] += 1
    legend: list[dict[str, object]] = []
    for kind in sorted(counts, key=kind_order):
        most = relation_look(min(counts[kind], key=lambda name: (-counts[kind][name], name)))
        look = kind_look(kind)
        legend.append(
            {
                "id": kind,
                "label": look.label,
                "light": most.color,
                "dark": lightened(most.color),
                "dash": list(most.dash),
                "arrow": look.arrow,
                "width": look.width,
                "flow": look.flow,
            }
        )
    return legend


def _relations(edges: Sequence[EdgeRecord]) -> dict[str, dict[str, object]]:
    """Return what the page says of each relation that occurs."""
    return {
        name: {
            "label": (look := relation_look(name)).label,
            "inverse": look.inverse,
            "kind": look.kind,
            "light": look.color,
            "dark": lightened(look.color),
            "dash": list(look.dash),
        }
        for name in sorted({edge["relation"] for edge in edges})
    }


def _whole(
    network: nx.MultiDiGraph[str], drawn: Sequence[str], edges: Sequence[EdgeRecord]
) -> dict[str, tuple[int, int]]:
    """Return the places of the view of everything."""
    order = {node: (*type_order(str(network.nodes[node].get("type", ""))), node) for node in drawn}
    return lay_out_whole(drawn, [(edge["source"], edge["target"]) for edge in edges], order)


def _lineage(network: nx.MultiDiGraph[str], drawn: Sequence[str], edges: Sequence[EdgeRecord]) -> LineageLayout:
    """Return the places of the lineage view: what descends from something, what papers introduce, their families."""
    nodes = network.nodes
    ends: set[str] = set()
    parents: dict[str, list[str]] = {}
    family: dict[str, str] = {}
    variants: list[tuple[str, str]] = []
    for edge in edges:
        source, target, kind = edge["source"], edge["target"], relation_look(edge["relation"]).kind
        if kind.startswith("lineage"):
            ends |= {source, target}
            parents.setdefault(source, []).append(target)
        elif edge["relation"] == "variantOf":
            variants.append((source, target))
            parents.setdefault(source, []).append(target)
        elif edge["relation"] == "inFamily":
            family.setdefault(source, target)
        elif edge["relation"] == "introduces" and nodes[target].get("type") == _MODEL:
            ends.add(target)
    for _ in range(3):  # a variant of a variant of what is shown is shown
        ends |= {end for pair in variants if ends & set(pair) for end in pair}
    ends |= {family[node] for node in ends if node in family}
    heads = {node: node for node in drawn if nodes[node].get("type") == _FAMILY}
    family |= heads
    timed = [
        TimedNode(
            id=node,
            label=_short(str(nodes[node].get("label") or node)),
            family=family.get(node, ""),
            date=str(nodes[node].get("date") or ""),
            head=node in heads,
        )
        for node in drawn
        if node in ends
    ]
    return lay_out_lineage(timed, parents)


def _views(lineage: LineageLayout) -> list[dict[str, object]]:
    """Return the views of the page, the one that opens first; a network without descent has but one."""
    everything: dict[str, object] = {"id": "everything", "label": "Everything", "blocks": [], "ticks": []}
    if len(lineage.positions) < 2:
        return [everything]
    blocks = [
        {"family": bool(one.id), "left": one.left, "top": one.top, "right": one.right, "bottom": one.bottom}
        for one in lineage.blocks
    ]
    ticks = [{"year": tick.date[:4] or "undated", "label": _day(tick.date)[:-5], "x": tick.x} for tick in lineage.ticks]
    first: dict[str, object] = {
        "id": "lineage",
        "label": "Lineage",
        "blocks": blocks,
        "ticks": ticks,
    }
    return [first, everything]

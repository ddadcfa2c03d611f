"""Triples as a networkx graph, and the parts of it that analyses work on.

A node is an IRI with ``type``, ``label``, ``date`` (ISO or empty), ``family``, ``lab`` and ``facts``; a paper has also
the ``precision`` of its date, and ``truncated`` where its list of authors ends in "et al.". An edge goes from
subject to object with the predicate's local name as key; its data say ``basis``, ``confidence``, ``evidence`` (a
list of sentences with paper, date, offsets and rule), ``sources`` and ``note``. Numbers and licences are facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.assemble import combined_confidence
from kg.ids import local_name, result_iri
from kg.model import IRI, Claim, Evidence, KnowledgeGraph, Paper, Quantity, Result, Triple
from kg.pauses import without_collection
from kg.rdf import triples_to_graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["graph_to_network", "triples_to_network"]

#: Where one claim has several bases, the first of these is the edge's.
_STRONGEST = ("extracted", "listed", "curated", "inferred")
_CERTAIN = {"listed": 1.0, "curated": 1.0, "inferred": 0.9}


@without_collection()
def triples_to_network(triples: Iterable[Triple]) -> nx.MultiDiGraph[str]:
    """Read triples as a network; equal triples in any order give an equal network in one order."""
    return graph_to_network(triples_to_graph(triples))


def graph_to_network(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """Turn a graph into a network: papers, entities and results as nodes, claims between them as edges.

    Raises
    ------
    ValueError
        If a claim is about something that the graph does not describe.

    """
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    papers: dict[str, Paper] = {paper.iri: paper for paper in graph.papers}
    labels: dict[str, str] = {e.iri: e.label for e in graph.entities}
    facts = _facts(graph, labels)
    dates = _dates(graph, papers)
    families, labs = _labels_of(graph, "inFamily", labels), _labs(graph, labels)
    for paper in graph.papers:
        _add(network, paper.iri, "Paper", paper.title, _date(paper), facts, {}, labs)
        network.nodes[paper.iri].update(precision=paper.date_precision, truncated=paper.truncated)
    for entity in graph.entities:
        if entity.type != "Licence":
            _add(network, entity.iri, entity.type, entity.label, dates.get(entity.iri, ""), facts, families, labs)
    merged: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        target = _target(claim)
        if target is not None:
            merged[claim.subject, target, claim.predicate].append(claim)
    for (subject, target, predicate), claims in merged.items():
        if predicate == "result" and isinstance(found := claims[0].object, Result):
            _add_result(
                network,
                target,
                found,
                labels.get(subject, papers[subject].title if subject in papers else ""),
                labels,
            )
        for end in (subject, target):
            if end not in network:
                raise ValueError(f"{end} is in a claim but nothing is said of it")
        network.add_edge(subject, target, key=_KEYS.get(predicate, predicate), **_edge(claims, papers))
    return network


_KEYS = {"result": "hasResult"}


def _target(claim: Claim) -> str | None:
    """Give the node that a claim's edge leads to, or None for facts: numbers, names, classes and licences."""
    if isinstance(claim.object, Quantity) or claim.predicate in ("type", "license", "writtenAs"):
        return None
    return result_iri(IRI(claim.subject), claim.object) if isinstance(claim.object, Result) else claim.object


def _add(
    network: nx.MultiDiGraph[str],
    iri: str,
    kind: str,
    label: str,
    date: str,
    facts: Mapping[str, dict[str, list[str]]],
    families: Mapping[str, str],
    labs: Mapping[str, str],
) -> None:
    family, lab = families.get(iri, ""), labs.get(iri, "")
    network.add_node(iri, type=kind, label=label, date=date, family=family, lab=lab, facts=facts.get(iri, {}))


def _add_result(network: nx.MultiDiGraph[str], iri: str, result: Result, owner: str, labels: Mapping[str, str]) -> None:
    benchmark = labels.get(result.benchmark, "")
    where = f" on {benchmark}" if benchmark else ""
    facts = {"metric": [result.metric], "value": [result.value]}
    network.add_node(
        iri, type="Result", label=f"{owner}{where}: {result.value}", date="", family="", lab="", facts=facts
    )
    if benchmark:
        network.add_edge(
            iri, result.benchmark, key="benchmark", basis="extracted", confidence=1.0, evidence=[], sources=[], note=""
        )


def _edge(claims: list[Claim], papers: Mapping[str, Paper]) -> dict[str, Any]:
    basis = min((claim.basis for claim in claims), key=_STRONGEST.index)
    evidence = [item for claim in claims for item in claim.evidence]
    found: dict[str, Any] = {
        "basis": basis,
        "confidence": combined_confidence(evidence) if evidence else _CERTAIN[basis],
        "evidence": [_sentence(item, papers) for item in evidence],
        "sources": sorted({source for claim in claims for source in claim.sources}),
        "note": next((claim.note for claim in claims if claim.note), ""),
    }
    if claims[0].predicate == "creator":
        found["position"] = int(claims[0].note)
        found["note"] = ""
    return found


def _sentence(item: Evidence, papers: Mapping[str, Paper]) -> dict[str, Any]:
    paper = papers[item.paper]
    return {
        "quote": item.quote,
        "paper": item.paper,
        "title": paper.title,
        "date": _date(paper),
        "start": item.start,
        "end": item.end,
        "rule": item.rule,
        "confidence": item.confidence,
    }


def _date(paper: Paper) -> str:
    return paper.date.isoformat() if paper.date else ""


def _dates(graph: KnowledgeGraph, papers: Mapping[str, Paper]) -> dict[str, str]:
    """Date each artefact by the earliest dated paper that introduces it."""
    dates: dict[str, str] = {}
    for claim in graph.claims:
        if claim.predicate == "introduces" and isinstance(claim.object, str):
            date = _date(papers[claim.subject]) if claim.subject in papers else ""
            if date:
                dates[claim.object] = min(date, dates.get(claim.object, date))
    return dates


def _labels_of(graph: KnowledgeGraph, predicate: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Give for each subject the label of its object, the first in order of IRI."""
    found: dict[str, str] = {}
    for claim in graph.claims:
        if claim.predicate == predicate and isinstance(claim.object, str):
            found.setdefault(claim.subject, labels.get(claim.object, ""))
    return found


def _labs(graph: KnowledgeGraph, labels: Mapping[str, str]) -> dict[str, str]:
    return {
        p: lab
        for predicate in ("actsFor", "producedBy", "developer")
        for p, lab in _labels_of(graph, predicate, labels).items()
    }


def _facts(graph: KnowledgeGraph, labels: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """Collect what is said of each node in numbers and words, in the order in which a person reads it."""
    facts: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for paper in graph.papers:
        facts[paper.iri] = {"authors": [*paper.authors, *(["et al."] if paper.truncated else [])]}
        if paper.id != local_name(paper.iri):
            facts[paper.iri]["identifier"] = [paper.id]
        if paper.category:
            facts[paper.iri]["category"] = [paper.category]
    for entity in graph.entities:
        if entity.aliases:
            facts[entity.iri]["alias"] = list(entity.aliases)
    for claim in graph.claims:
        if isinstance(claim.object, Quantity):
            value = str(claim.object.value)
        elif claim.predicate == "license":
            value = labels.get(str(claim.object), str(claim.object))
        else:
            continue
        values = facts[claim.subject].setdefault(claim.predicate, [])
        if value not in values:
            values.append(value)
    return facts

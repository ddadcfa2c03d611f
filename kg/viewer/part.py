"""Parts of a network that are shown on a page of their own, and networks from triples of any kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.ids import local_name
from kg.model import IRI, Literal, Triple
from kg.vocab import NS, RDF, RDFS, SKOS

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["any_network", "surroundings"]

#: The class of what has none.
_ANY = "Thing"


def surroundings(network: nx.MultiDiGraph[str], start: str, depth: int) -> nx.MultiDiGraph[str]:
    """Return what is at most ``depth`` steps from a thing, in whichever direction a claim goes.

    Reported results count as part of what they belong to. The papers that state what is kept are not added.

    >>> import networkx as nx
    >>> chain = nx.MultiDiGraph([("a", "b"), ("c", "b"), ("c", "d")])
    >>> sorted(surroundings(chain, "a", 2).nodes)
    ['a', 'b', 'c']
    """
    kept, edge = {start}, [start]
    for _ in range(depth):
        near = {other for node in edge for other in (*network.successors(node), *network.predecessors(node))}
        edge = sorted(near - kept)
        kept.update(edge)
    results = {
        other for node in kept for other in network.successors(node) if network.nodes[other].get("type") == "Result"
    }
    part: nx.MultiDiGraph[str] = network.subgraph(kept | results).copy()
    return part


def any_network(triples: Iterable[Triple]) -> nx.MultiDiGraph[str]:
    """Read triples of any kind as a network, such as the answer to a CONSTRUCT query.

    What is joined to another IRI is a thing, with its ``rdfs:label`` as name, ``skos:altLabel`` as other names and the
    class of ours that ``rdf:type`` names, if it does. Other literals are facts. Nothing is known of evidence.
    """
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def thing(iri: str) -> dict[str, Any]:
        if iri not in network:
            network.add_node(iri, type=_ANY, label=_tail(iri), date="", family="", lab="", facts={})
        data: dict[str, Any] = network.nodes[iri]
        return data

    for subject, predicate, value in sorted(set(triples), key=lambda t: (t.subject, t.predicate, str(t.object))):
        about, name = thing(subject), _tail(predicate)
        if predicate == RDF.type:
            if isinstance(value, IRI) and (about["type"] == _ANY or value.startswith(NS)):
                about["type"] = _tail(value)
        elif isinstance(value, Literal):
            if predicate == RDFS.label:
                about["label"] = value.value
            elif predicate == SKOS.altLabel:
                about["facts"].setdefault("alias", []).append(value.value)
            elif name in ("issued", "date"):
                about["date"] = value.value
            else:
                about["facts"].setdefault(name, []).append(value.value)
        else:
            thing(value)
            given = {"basis": "listed", "confidence": 1.0, "evidence": [], "sources": [], "note": "as the triples say"}
            network.add_edge(subject, value, key=name, **given)
    return network


def _tail(iri: str) -> str:
    """Return the last part of an IRI, or all of it where it has none."""
    return local_name(iri) or iri

"""The network of each kind of thing in which it is ranked: which links, in which direction, with which weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from kg.analyses.graph import is_lineage, kind_of, objects, subjects, typed
from kg.analyses.people import authors_of, coauthors, shared_authors

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["authors", "families", "labs", "models", "papers"]

Projection = TypeVar("Projection", bound="nx.Graph[str]")

#: Kinds of relation by which one model refers to another, beside lineage.
_REFERENCES = frozenset({"comparison", "component"})


def authors(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Persons, joined without direction by the papers that they wrote together; the weight is their number.

    Groups such as a team are left out, and who is hidden behind "et al." is missing.
    """
    joined = coauthors(network)
    made: dict[str, set[str]] = {person: set() for person in joined}
    for paper in typed(network, ["Paper"]):
        for person in authors_of(network, paper):
            made[person].update(objects(network, paper, "introduces"))
    return _with_lineage(network, joined, made)


def models(network: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Models, each with links to those it descends from, contains or is compared with; weighted by the claims.

    Variants of one series are not joined for being variants: a series would rank by the number of its sizes.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["new", "old"], type="Model")
    >>> _ = graph.add_edge("new", "old", key="scaledFrom"), graph.add_edge("new", "old", key="outperforms")
    >>> list(models(graph).edges(data="weight"))
    [('new', 'old', 2)]
    """
    nodes = typed(network, ["Model"])
    home = {node: node for node in nodes}
    return _with_lineage(network, _referring(nodes, _references(network), home), {node: {node} for node in nodes})


def papers(network: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Papers, each with links to those that introduced the things it makes claims about; weighted by the claims.

    This is what the abstracts say, not a citation graph.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["p:new", "p:old"], type="Paper")
    >>> _ = graph.add_edge("p:new", "m:new", key="introduces"), graph.add_edge("p:old", "m:old", key="introduces")
    >>> _ = graph.add_edge("m:new", "m:old", key="scaledFrom", evidence=[{"paper": "p:new"}])
    >>> list(papers(graph).edges(data="weight"))
    [('p:new', 'p:old', 1)]
    """
    nodes = typed(network, ["Paper"])
    inside = set(nodes)
    introducers = {node: subjects(network, node, "introduces") for node in sorted(network)}
    weights: Counter[tuple[str, str]] = Counter()
    for u, v, key, data in network.edges(keys=True, data=True):
        if key in {"introduces", "directAncestor"}:
            continue
        introduced_by = {*introducers[u], *introducers[v]}
        stated_by = {str(item["paper"]) for item in data.get("evidence", ())} & inside
        weights.update((one, other) for one in stated_by for other in introduced_by if one != other)
    made = {node: {*objects(network, node, "introduces")} for node in nodes}
    return _with_lineage(network, _weighted(nodes, weights), made)


def labs(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Laboratories behind papers, joined without direction by the persons who wrote for both; weighted by them.

    What a listing shows beside the authors is not counted: it says neither whose affiliation it is nor who built what.
    """
    joined = shared_authors(network)
    return _with_lineage(network, joined, {lab: {*subjects(network, lab, "developer")} for lab in joined})


def families(network: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Families of models, each with links to those that it or its members descend from, contain or are compared with.

    The weight is the number of such claims, those of the curated tables included; within a family none counts.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["F", "G"], type="ModelFamily")
    >>> _ = graph.add_edge("f1", "F", key="inFamily"), graph.add_edge("g1", "G", key="inFamily")
    >>> _ = graph.add_edge("f1", "g1", key="scaledFrom"), graph.add_edge("F", "G", key="succeeds")
    >>> list(families(graph).edges(data="weight"))
    [('F', 'G', 2)]
    """
    nodes = typed(network, ["ModelFamily"])
    home = {member: family for family in nodes for member in (family, *subjects(network, family, "inFamily"))}
    claims = list(_references(network))
    projection = _referring(nodes, claims, home)
    lineage = _referring(nodes, ((u, v, key) for u, v, key in claims if is_lineage(key)), home)
    projection.graph.update(lineage=lineage, stands_for={node: {node} for node in nodes})
    return projection


def _references(network: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str, str]]:
    for u, v, key in network.edges(keys=True):
        if is_lineage(key) or kind_of(key) in _REFERENCES:
            yield u, v, key


def _referring(nodes: list[str], claims: Iterable[tuple[str, str, str]], home: dict[str, str]) -> nx.DiGraph[str]:
    """Join nodes by the claims between the things that they are home to."""
    ends = ((home.get(u), home.get(v)) for u, v, _ in claims)
    return _weighted(nodes, Counter((u, v) for u, v in ends if u and v and u != v))


def _with_lineage(network: nx.MultiDiGraph[str], projection: Projection, stands_for: dict[str, set[str]]) -> Projection:
    """Keep beside a projection the lineage of all models, and which things each node stands for."""
    import networkx as nx

    lineage: nx.DiGraph[str] = nx.DiGraph()
    inside = set(typed(network, ["Model"]))
    steps = ((u, v) for u, v, key in network.edges(keys=True) if is_lineage(key) and u in inside and v in inside)
    lineage.add_edges_from(sorted(steps))
    projection.graph.update(lineage=lineage, stands_for=stands_for)
    return projection


def _weighted(nodes: list[str], weights: Counter[tuple[str, str]]) -> nx.DiGraph[str]:
    import networkx as nx

    projection: nx.DiGraph[str] = nx.DiGraph()
    projection.add_nodes_from(nodes)
    projection.add_weighted_edges_from((u, v, weight) for (u, v), weight in sorted(weights.items()))
    return projection

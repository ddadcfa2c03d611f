"""Who and what stands in the middle: networkx's measures on the projection that suits each kind of thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.analyses.graph import is_lineage, kind_of, node_at, subjects, typed
from kg.answers import Ranked
from kg.errors import KgError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["betweenness", "degree", "eigenvector", "model_references", "pagerank", "paper_references", "rank"]

#: Kinds of relation by which one model refers to another, beside lineage.
_REFERENCES = frozenset({"comparison", "component"})


def model_references(network: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Project a graph onto its models: each leads to the models it descends from, contains or is compared with.

    The weight is the number of such claims. Variants of one series are not joined for being variants: a
    series would rank by the number of its sizes.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["new", "old"], type="Model")
    >>> _ = graph.add_edge("new", "old", key="scaledFrom"), graph.add_edge("new", "old", key="outperforms")
    >>> list(model_references(graph).edges(data="weight"))
    [('new', 'old', 2)]
    """
    models = typed(network, ["Model"])
    inside = set(models)
    pairs = (
        (u, v)
        for u, v, key in network.edges(keys=True)
        if u in inside and v in inside and u != v and (is_lineage(key) or kind_of(key) in _REFERENCES)
    )
    return _weighted(models, Counter(pairs))


def paper_references(network: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Project a graph onto its papers: each leads to the papers that introduced the things it makes claims about.

    The weight is the number of such claims. This is what the abstracts say, not a citation graph.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["p:new", "p:old"], type="Paper")
    >>> _ = graph.add_edge("p:new", "m:new", key="introduces"), graph.add_edge("p:old", "m:old", key="introduces")
    >>> _ = graph.add_edge("m:new", "m:old", key="scaledFrom", evidence=[{"paper": "p:new"}])
    >>> list(paper_references(graph).edges(data="weight"))
    [('p:new', 'p:old', 1)]
    """
    papers = typed(network, ["Paper"])
    inside = set(papers)
    introducers = {node: subjects(network, node, "introduces") for node in sorted(network)}
    weights: Counter[tuple[str, str]] = Counter()
    for u, v, key, data in network.edges(keys=True, data=True):
        if key in {"introduces", "directAncestor"}:
            continue
        introduced_by = {*introducers[u], *introducers[v]}
        stated_by = {str(item["paper"]) for item in data.get("evidence", ())} & inside
        weights.update((one, other) for one in stated_by for other in introduced_by if one != other)
    return _weighted(papers, weights)


def pagerank(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the attention that flows along the links (``networkx.pagerank``, damping 0.85, weighted)."""
    import networkx as nx

    return dict(nx.pagerank(projection, weight="weight")) if projection else {}


def degree(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the number of links over the most possible (``networkx.degree_centrality``), in and out counted."""
    import networkx as nx

    return dict(nx.degree_centrality(projection))


def betweenness(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the share of shortest paths that pass through (``networkx.betweenness_centrality``, unweighted)."""
    import networkx as nx

    return dict(nx.betweenness_centrality(projection))


def eigenvector(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the scores of the neighbours (``networkx.eigenvector_centrality``, weighted, direction ignored).

    Lineage has no cycles, so that with directions every score would be zero. Outside the most tightly
    connected part of the graph scores are zero, or close to it.

    Raises
    ------
    KgError
        If the iteration does not converge.

    """
    import networkx as nx

    if not projection:
        return {}
    undirected: nx.Graph[str] = nx.Graph()
    undirected.add_nodes_from(projection)
    for u, v, weight in projection.edges(data="weight", default=1):
        together = undirected.get_edge_data(u, v, {"weight": 0})["weight"] + weight
        undirected.add_edge(u, v, weight=together)
    try:
        return dict(nx.eigenvector_centrality(undirected, max_iter=10_000, tol=1e-8, weight="weight"))
    except nx.PowerIterationFailedConvergence as error:
        raise KgError(
            "the eigenvector centrality of this graph does not converge", remedy="rank --by pagerank instead"
        ) from error


def rank(
    network: nx.MultiDiGraph[str],
    projection: nx.Graph[str],
    measure: Callable[[nx.Graph[str]], dict[str, float]],
) -> list[Ranked]:
    """Rank the nodes of a projection by a measure, the highest first; equal scores are in the order of the labels.

    Scores that differ by less than 1e-9 count as equal, so that rounding does not decide an order.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["hub", "b", "a"], type="Model")
    >>> _ = graph.add_edge("a", "hub", key="scaledFrom"), graph.add_edge("b", "hub", key="scaledFrom")
    >>> [(place.position, place.node.iri, place.score) for place in rank(graph, model_references(graph), degree)]
    [(1, 'hub', 1.0), (2, 'a', 0.5), (3, 'b', 0.5)]
    """
    scored = [(node_at(network, iri), score) for iri, score in measure(projection).items()]
    scored.sort(key=lambda item: (-round(item[1], 9), item[0].label.casefold(), item[0].iri))
    return [Ranked(position=place, node=node, score=score) for place, (node, score) in enumerate(scored, start=1)]


def _weighted(nodes: list[str], weights: Counter[tuple[str, str]]) -> nx.DiGraph[str]:
    import networkx as nx

    projection: nx.DiGraph[str] = nx.DiGraph()
    projection.add_nodes_from(nodes)
    projection.add_weighted_edges_from((u, v, weight) for (u, v), weight in sorted(weights.items()))
    return projection

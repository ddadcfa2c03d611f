"""Who and what stands in the middle: measures on the projection that suits each kind of thing, and rankings by them.

Degree, PageRank and betweenness are networkx's own. Eigenvector, Katz and HITS repeat networkx's step on a sparse
matrix, which serves a million links too, and from equal scores on, so that two runs agree to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kg.analyses.graph import node_at
from kg.answers import Ranked
from kg.errors import KgError

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

__all__ = [
    "authorities",
    "betweenness",
    "degree",
    "descendants",
    "eigenvector",
    "hubs",
    "katz",
    "katz_attenuation",
    "pagerank",
    "pivots",
    "rank",
]

_SEED = 0
_MOST_STEPS = 10_000
_TOLERANCE = 1e-12
#: Steps along links that betweenness may take, about a minute's work, and the fewest nodes to start from.
_STEPS_OF_PATHS = 10_000_000
_FEWEST_PIVOTS = 10


def pagerank(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the attention that flows along the links (``networkx.pagerank``, damping 0.85, weighted).

    The scores of a graph add up to 1, and all errors together are below 1e-6 whatever its size.
    """
    import networkx as nx

    if not projection:
        return {}
    return dict(nx.pagerank(projection, weight="weight", tol=1e-6 / len(projection), max_iter=_MOST_STEPS))


def degree(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the number of links over the most possible (``networkx.degree_centrality``), in and out counted."""
    import networkx as nx

    return dict(nx.degree_centrality(projection))


def betweenness(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the share of shortest paths that pass through (``networkx.betweenness_centrality``, unweighted).

    Along the links where they have a direction. In a large graph it is estimated from the paths that start at
    some nodes only, drawn with a fixed seed; :func:`pivots` tells how many.
    """
    import networkx as nx

    drawn = pivots(projection)
    k = None if drawn == len(projection) else drawn
    return dict(nx.betweenness_centrality(projection, k=k, seed=_SEED))


def pivots(projection: nx.Graph[str]) -> int:
    """Tell from how many nodes betweenness follows the shortest paths: from all of them in a small graph.

    Else from as many as some ten million steps allow, and from ten at least.

    >>> import networkx as nx
    >>> pivots(nx.path_graph(1000)), pivots(nx.path_graph(100_000))
    (1000, 50)
    """
    size = len(projection) + projection.number_of_edges()
    return min(len(projection), max(_FEWEST_PIVOTS, _STEPS_OF_PATHS // size)) if size else 0


def eigenvector(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the scores of the neighbours (as ``networkx.eigenvector_centrality``, weighted, direction ignored).

    Lineage has no cycles, so that with directions every score would be zero. Outside the most tightly
    connected part of the graph scores are zero, or close to it. The squares of the scores add up to 1.

    Raises
    ------
    KgError
        If the iteration does not converge.

    """
    links = _matrix(projection)
    if projection.is_directed():
        links = links + links.T

    def step(scores: Scores) -> Scores:
        found: Scores = scores + links @ scores  # the shift by one, as in networkx, lets two-sided graphs converge
        norm: Scores = found / float(found @ found) ** 0.5
        return norm

    return _converged(projection, step, "eigenvector centrality")


def katz(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by the chains of links that lead to a node, longer ones less (as ``networkx.katz_centrality``, weighted).

    Each further link counts 0.85 over the largest sum of weights at one node, which is small enough for any graph
    (Katz 1953). The squares of the scores add up to 1.
    """
    links = _matrix(projection)
    attenuation = katz_attenuation(projection)

    def step(scores: Scores) -> Scores:
        found: Scores = attenuation * (links.T @ scores) + 1
        return found

    scores = _converged(projection, step, "Katz centrality")
    norm = sum(score * score for score in scores.values()) ** 0.5
    return {node: score / norm for node, score in scores.items()}


def katz_attenuation(projection: nx.Graph[str]) -> float:
    """Give what each further link of a chain counts in :func:`katz`; 0.1 where there are no links.

    The largest sum of weights that lead to one node bounds every eigenvalue, so that the sum over chains exists.
    """
    degrees = projection.in_degree if projection.is_directed() else projection.degree  # type: ignore[attr-defined]
    most = max((float(number) for _, number in degrees(weight="weight")), default=0.0)
    return 0.85 / most if most else 0.1


def authorities(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by being linked to from good hubs (HITS, Kleinberg 1999, as ``networkx.hits``, weighted).

    The scores add up to 1, and are all 0 where there are no links. Without directions hubs and authorities are one.
    """
    links = _matrix(projection)
    return _hits(projection, links, links.T)


def hubs(projection: nx.Graph[str]) -> dict[str, float]:
    """Score by linking to good authorities (HITS, Kleinberg 1999, as ``networkx.hits``, weighted)."""
    links = _matrix(projection)
    return _hits(projection, links.T, links)


def descendants(projection: nx.Graph[str]) -> dict[str, float]:
    """Count the models that descend from it, over any number of steps (as ``networkx.ancestors`` on lineage alone).

    Of a family the families are counted that descend from it. An author stands for the models of the papers it wrote, a
    laboratory for those it develops, a paper for those it introduces; these themselves are not counted.
    A projection that says no more of lineage is taken as lineage itself.
    """
    lineage = projection.graph.get("lineage", projection)
    stands_for = projection.graph.get("stands_for")
    return {
        node: float(_count_descendants(lineage, stands_for[node] if stands_for is not None else [node]))
        for node in projection
    }


def _count_descendants(lineage: nx.DiGraph[str], own: Iterable[str]) -> int:
    seen = {one for one in own if one in lineage}
    mine, front = len(seen), list(seen)
    while front:
        near = {child for one in front for child in lineage.predecessors(one)} - seen
        seen |= near
        front = list(near)
    return len(seen) - mine


def _matrix(projection: nx.Graph[str]) -> Any:
    """Give the weights of the links as a sparse matrix, in the order of the projection's nodes."""
    import networkx as nx
    from scipy.sparse import csr_array

    if not projection:
        return csr_array((0, 0))
    return nx.to_scipy_sparse_array(projection, weight="weight", format="csr").astype(float)


def _hits(projection: nx.Graph[str], there: Any, back: Any) -> dict[str, float]:
    """Pass scores along the links and back until they settle; the product of the matrices would fill the memory."""
    if not there.nnz:
        return dict.fromkeys(projection, 0.0)

    def step(scores: Scores) -> Scores:
        found: Scores = back @ (there @ scores)
        found /= found.sum()
        return found

    return _converged(projection, step, "HITS")


def _converged(projection: nx.Graph[str], step: Callable[[Scores], Scores], what: str) -> dict[str, float]:
    """Repeat a step from equal scores on until they change by less than 1e-12 a node, relative to the largest.

    Raises
    ------
    KgError
        If they still change after 10,000 steps.

    """
    import numpy as np

    number = len(projection)
    if not number:
        return {}
    scores: Scores = np.full(number, 1 / number)
    for _ in range(_MOST_STEPS):
        last, scores = scores, step(scores)
        if np.abs(scores - last).max() < _TOLERANCE * np.abs(scores).max():
            return dict(zip(projection, scores.tolist(), strict=True))
    raise KgError(f"the {what} of this graph does not converge", remedy="rank --by pagerank instead")


def rank(
    network: nx.MultiDiGraph[str],
    projection: nx.Graph[str],
    measure: Callable[[nx.Graph[str]], dict[str, float]],
) -> list[Ranked]:
    """Rank the nodes of a projection by a measure, the highest first; equal scores are in the order of the labels.

    Scores that differ by less than 1e-9 count as equal, so that rounding does not decide an order.

    >>> import networkx as nx
    >>> from kg.analyses.projections import models
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["hub", "b", "a"], type="Model")
    >>> _ = graph.add_edge("a", "hub", key="scaledFrom"), graph.add_edge("b", "hub", key="scaledFrom")
    >>> [(place.position, place.node.iri, place.score) for place in rank(graph, models(graph), degree)]
    [(1, 'hub', 1.0), (2, 'a', 0.5), (3, 'b', 0.5)]
    """
    scored = [(node_at(network, iri), score) for iri, score in measure(projection).items()]
    scored.sort(key=lambda item: (-round(item[1], 9), item[0].label.casefold(), item[0].iri))
    return [Ranked(position=place, node=node, score=score) for place, (node, score) in enumerate(scored, start=1)]

"""Why two things belong together: the claims between them, or the shortest chain of claims that joins them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.analyses.graph import is_lineage, iter_statements, kind_of, node_at
from kg.analyses.ways import shortest_way
from kg.answers import Connection, Statement

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["TIERS", "VIA", "path", "why"]

#: Where to look for a chain, the nearest kind of kinship first. A shared licence or date joins nothing, nor do names
#: of which it is open whether they mean one thing.
TIERS: tuple[Callable[[str], bool], ...] = (
    lambda key: is_lineage(key) or kind_of(key) in {"membership", "component"},
    lambda key: key not in {"license", "directAncestor"} and kind_of(key) != "identity",
)

#: Over which claims a path may lead, by name.
VIA: Mapping[str, Callable[[str], bool]] = {
    "any": lambda key: TIERS[1](key) and key != "listedAffiliation",  # which says neither whose it is nor who built
    "lineage": lambda key: is_lineage(key) or kind_of(key) == "membership",
    "comparison": lambda key: kind_of(key) == "comparison",
    "people": lambda key: key in {"creator", "memberOf", "actsFor"},
    "evaluation": lambda key: key in {"evaluatedOn", "trainedOn", "hasResult", "benchmark"},
}


def why(network: nx.MultiDiGraph[str], starts: Sequence[str], ends: Sequence[str]) -> Connection | None:
    """Find what joins two things.

    Parameters
    ----------
    network : nx.MultiDiGraph
        The graph of claims; it is not changed.
    starts, ends : sequence of str
        The nodes that each of the two names stands for, the best reading first: a family and a series may
        share one name.

    Returns
    -------
    Connection or None
        Every claim between the two, in either direction; where there is none, the shortest chain of claims,
        followed against their direction too: over descent, membership and components if there is one, else over
        comparisons, people, papers, laboratories and benchmarks too. ``None`` if nothing joins them.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["a", "b", "c", "alone"])
    >>> _ = graph.add_edge("a", "b", key="fineTunedFrom", basis="extracted")
    >>> _ = graph.add_edge("c", "b", key="scaledFrom", basis="extracted")
    >>> why(graph, ["b"], ["a"]).direct
    True
    >>> [(s.subject.iri, s.predicate, s.object.iri) for s in why(graph, ["a"], ["c"]).statements]
    [('a', 'fineTunedFrom', 'b'), ('c', 'scaledFrom', 'b')]
    >>> why(graph, ["a"], ["alone"]) is None
    True

    """
    pairs = [(start, end) for start in starts for end in ends if start != end]
    for start, end in pairs:
        between = (*iter_statements(network, start, end), *iter_statements(network, end, start))
        if between:
            return _connection(network, start, end, between, direct=True)
    for joins in TIERS:
        if chain := _shortest_chain(network, pairs, joins):
            statements = tuple(
                statement for near, far in pairwise(chain) for statement in _joining(network, near, far, joins)
            )
            return _connection(network, chain[0], chain[-1], statements, direct=False)
    return None


def path(
    network: nx.MultiDiGraph[str], starts: Sequence[str], ends: Sequence[str], via: str = "any"
) -> Connection | None:
    """Find the shortest chain of claims between two things, over the claims that ``via`` names in :data:`VIA`.

    Claims are followed in both directions. Of several chains of one length the one with the most stated steps is
    taken, of those the first by IRI. ``None`` if no chain joins them.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["a", "b", "p"])
    >>> _ = graph.add_edge("p", "a", key="creator", basis="listed")
    >>> _ = graph.add_edge("p", "b", key="creator", basis="listed")
    >>> [s.predicate for s in path(graph, ["a"], ["b"], "people").statements]
    ['creator', 'creator']
    >>> path(graph, ["a"], ["b"], "lineage") is None
    True
    """
    joins = VIA[via]
    pairs = [(start, end) for start in starts for end in ends if start != end]
    chain = _shortest_chain(network, pairs, joins)
    if not chain:
        return None
    steps = tuple(step for near, far in pairwise(chain) for step in _joining(network, near, far, joins))
    return _connection(network, chain[0], chain[-1], steps, direct=len(chain) == len(("near", "far")))


def _connection(
    network: nx.MultiDiGraph[str], start: str, end: str, statements: tuple[Statement, ...], *, direct: bool
) -> Connection:
    return Connection(start=node_at(network, start), end=node_at(network, end), direct=direct, statements=statements)


def _joining(network: nx.MultiDiGraph[str], near: str, far: str, joins: Callable[[str], bool]) -> list[Statement]:
    found = (*iter_statements(network, near, far), *iter_statements(network, far, near))
    return [statement for statement in found if joins(statement.predicate)]


def _shortest_chain(
    network: nx.MultiDiGraph[str], pairs: Sequence[tuple[str, str]], joins: Callable[[str], bool]
) -> list[str]:
    """Find the chain with the fewest steps; of several, the one with the most steps that a sentence states."""
    near: dict[str, set[str]] = {node: set() for node in network}
    stated: set[frozenset[str]] = set()
    for subject, other, key, data in network.edges(keys=True, data=True):
        if joins(key):
            near[subject].add(other)
            near[other].add(subject)
            if data.get("basis") == "extracted":
                stated.add(frozenset((subject, other)))
    ways = (shortest_way(near.__getitem__, lambda a, b: frozenset((a, b)) in stated, *pair) for pair in pairs)
    return min(filter(None, ways), key=len, default=[])

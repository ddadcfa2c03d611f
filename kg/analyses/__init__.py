"""Questions that a graph answers: pure functions on networks, and the tables of what can be ranked and how.

A new ranking is one function in this folder and its line in a table here; the command line reads its choices and
its help from them. Nothing here changes the network it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.analyses import projections
from kg.analyses.careers import careers, flows
from kg.analyses.centrality import (
    authorities,
    betweenness,
    degree,
    descendants,
    eigenvector,
    hubs,
    katz,
    pagerank,
    pivots,
    rank,
)
from kg.analyses.graph import of_kinds
from kg.analyses.groups import communities, key_people
from kg.analyses.lineage import families, forest, lineage
from kg.analyses.links import links, work_of
from kg.analyses.lookup import KIN, find
from kg.analyses.people import bridges
from kg.analyses.same import same
from kg.analyses.timeline import timeline
from kg.analyses.why import why

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "KIN",
    "MEASURES",
    "PROJECTIONS",
    "bridges",
    "careers",
    "communities",
    "families",
    "find",
    "flows",
    "forest",
    "key_people",
    "lineage",
    "links",
    "of_kinds",
    "pivots",
    "rank",
    "same",
    "timeline",
    "why",
    "work_of",
]

#: What can be ranked, and the network of it in which the measures are taken.
PROJECTIONS: Mapping[str, Callable[[nx.MultiDiGraph[str]], nx.Graph[str]]] = {
    "authors": projections.authors,
    "models": projections.models,
    "papers": projections.papers,
    "labs": projections.labs,
    "families": projections.families,
}

#: By what.
MEASURES: Mapping[str, Callable[[nx.Graph[str]], dict[str, float]]] = {
    "pagerank": pagerank,
    "degree": degree,
    "betweenness": betweenness,
    "eigenvector": eigenvector,
    "katz": katz,
    "authorities": authorities,
    "hubs": hubs,
    "descendants": descendants,
}

"""Questions that a graph answers: pure functions on networks, and the tables of what can be ranked and how.

A new ranking is one function in this folder and its line in a table here; the command line reads its choices and
its help from them. Nothing here changes the network it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.analyses.centrality import (
    betweenness,
    degree,
    eigenvector,
    model_references,
    pagerank,
    paper_references,
    rank,
)
from kg.analyses.lineage import families, forest, lineage
from kg.analyses.lookup import KIN, find
from kg.analyses.people import bridges, coauthors, shared_authors
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
    "families",
    "find",
    "forest",
    "lineage",
    "rank",
    "same",
    "timeline",
    "why",
]

#: What can be ranked, and the network of it in which the measures are taken.
PROJECTIONS: Mapping[str, Callable[[nx.MultiDiGraph[str]], nx.Graph[str]]] = {
    "authors": coauthors,
    "models": model_references,
    "papers": paper_references,
    "labs": shared_authors,
}

#: By what.
MEASURES: Mapping[str, Callable[[nx.Graph[str]], dict[str, float]]] = {
    "pagerank": pagerank,
    "degree": degree,
    "betweenness": betweenness,
    "eigenvector": eigenvector,
}

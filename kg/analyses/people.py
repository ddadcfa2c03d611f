"""People and laboratories: who wrote with whom, which laboratories share authors, who was seen at more than one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at, node_order, objects, typed
from kg.answers import Node

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["authors_of", "bridges", "coauthors", "labs_of", "shared_authors"]


def authors_of(network: nx.MultiDiGraph[str], paper: str) -> list[str]:
    """List the persons who wrote a paper, by IRI; groups such as a team of a laboratory are left out."""
    creators = objects(network, paper, "creator")
    return [author for author in creators if network.nodes[author].get("type") == "Person"]


def labs_of(network: nx.MultiDiGraph[str], paper: str) -> list[str]:
    """List the laboratories behind a paper, by IRI: who produced it, or develops a model that it introduces.

    What a listing shows beside the authors is not counted: it says neither whose affiliation it is nor who built
    the model.
    """
    made = {lab for model in objects(network, paper, "introduces") for lab in objects(network, model, "developer")}
    return sorted(made.union(objects(network, paper, "producedBy")))


def coauthors(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Project a graph onto its authors: two persons are joined by the number of papers they wrote together.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["ann", "bob", "eve"], type="Person")
    >>> graph.add_nodes_from(["p1", "p2"], type="Paper")
    >>> for paper, author in [("p1", "ann"), ("p1", "bob"), ("p2", "ann"), ("p2", "bob"), ("p2", "eve")]:
    ...     _ = graph.add_edge(paper, author, key="creator")
    >>> sorted(coauthors(graph).edges(data="weight"))
    [('ann', 'bob', 2), ('ann', 'eve', 1), ('bob', 'eve', 1)]
    """
    groups = (authors_of(network, paper) for paper in typed(network, ["Paper"]))
    return _weighted(typed(network, ["Person"]), groups)


def shared_authors(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Project a graph onto the laboratories behind its papers, joined by the number of persons who wrote for both."""
    labs_by_author: dict[str, set[str]] = {}
    labs: set[str] = set()
    for paper in typed(network, ["Paper"]):
        behind = labs_of(network, paper)
        labs.update(behind)
        for author in authors_of(network, paper):
            labs_by_author.setdefault(author, set()).update(behind)
    return _weighted(sorted(labs), (sorted(group) for _, group in sorted(labs_by_author.items())))


def bridges(network: nx.MultiDiGraph[str]) -> list[tuple[Node, tuple[tuple[str, Node], ...]]]:
    """List who wrote for more than one laboratory, each with (date of the first paper, laboratory) in order.

    A list of authors that ends in "et al." proves nobody's absence, and a person is known by name alone: these are
    leads, not proofs.
    """
    first_seen: dict[str, dict[str, str]] = {}
    for paper in typed(network, ["Paper"]):
        day = str(network.nodes[paper].get("date", ""))
        for author in authors_of(network, paper):
            for lab in labs_of(network, paper):
                dates = first_seen.setdefault(author, {})
                dates[lab] = min(filter(None, (day, dates.get(lab, ""))), default="")
    found = []
    for author, dates in first_seen.items():
        if len(dates) > 1:
            order = sorted((day or "9", lab) for lab, day in dates.items())
            found.append((node_at(network, author), tuple((dates[lab], node_at(network, lab)) for _, lab in order)))
    return sorted(found, key=lambda item: (-len(item[1]), node_order(item[0])))


def _weighted(nodes: Iterable[str], groups: Iterable[list[str]]) -> nx.Graph[str]:
    import networkx as nx

    weights = Counter(pair for group in groups for pair in combinations(sorted(group), 2))
    projection: nx.Graph[str] = nx.Graph()
    projection.add_nodes_from(nodes)
    projection.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    return projection

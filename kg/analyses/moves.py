"""Moves between laboratories: where a person was seen, from which paper to which, and what flows between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at, node_order, objects, subjects, typed
from kg.analyses.people import authors_of, labs_of
from kg.answers import Node, Path, Stay

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["flows", "moves"]


def moves(network: nx.MultiDiGraph[str]) -> list[Path]:
    """List the persons who were seen at more than one laboratory, each with the stays in order of their first paper.

    A person is *seen* at the laboratory that produced a paper of theirs, or that develops what it introduces. Papers
    of two laboratories together show neither, so they open a stay at each. A name that may be two persons' is told as
    unsure: a move that may be two people is no move.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["A", "B"], type="Organization")
    >>> graph.add_node("ann", type="Person", label="Ann")
    >>> for paper, lab, day in [("p1", "A", "2022-01-01"), ("p2", "B", "2023-05-01"), ("p3", "B", "2024-02-01")]:
    ...     graph.add_node(paper, type="Paper", date=day)
    ...     _ = graph.add_edge(paper, "ann", key="creator"), graph.add_edge(paper, lab, key="producedBy")
    >>> [(stay.lab.iri, stay.first, stay.last) for stay in moves(graph)[0].stays]
    [('A', '2022-01-01', '2022-01-01'), ('B', '2023-05-01', '2024-02-01')]
    """
    seen: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for paper in typed(network, ["Paper"]):
        for author in authors_of(network, paper):
            for lab in labs_of(network, paper):
                seen[author][lab].append(node_at(network, paper))
    found = [
        Path(person=node_at(network, author), stays=_stays(network, labs), unsure=_unsure(network, author))
        for author, labs in seen.items()
        if len(labs) > 1
    ]
    return sorted(found, key=lambda path: (path.stays[0].first or "9", path.person.label.casefold(), path.person.iri))


def _stays(network: nx.MultiDiGraph[str], labs: dict[str, list[Node]]) -> tuple[Stay, ...]:
    stays = []
    for lab, papers in labs.items():
        ordered = tuple(sorted(papers, key=node_order))
        days = [paper.date for paper in ordered if paper.date]
        stays.append(
            Stay(lab=node_at(network, lab), first=min(days, default=""), last=max(days, default=""), papers=ordered)
        )
    return tuple(sorted(stays, key=lambda stay: (stay.first or "9", stay.lab.label.casefold(), stay.lab.iri)))


def _unsure(network: nx.MultiDiGraph[str], person: str) -> str:
    others = {*objects(network, person, "possiblySameAs"), *subjects(network, person, "possiblySameAs")}
    return f"may be the same as {len(others)} other name{'s' * (len(others) != 1)}" if others else ""


def flows(paths: list[Path]) -> list[tuple[Node, Node, int]]:
    """Count the persons who were seen at one laboratory and next at another; most first, then by name.

    Paths of unsure persons are left out.
    """
    counts: Counter[tuple[str, str]] = Counter()
    nodes: dict[str, Node] = {}
    for path in paths:
        if path.unsure:
            continue
        for before, after in pairwise(path.stays):
            counts[before.lab.iri, after.lab.iri] += 1
            nodes[before.lab.iri], nodes[after.lab.iri] = before.lab, after.lab
    found = [(nodes[one], nodes[other], count) for (one, other), count in counts.items()]
    return sorted(found, key=lambda flow: (-flow[2], flow[0].label, flow[1].label))

"""What came when: the dated things of a graph in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analyses.graph import node_at, node_order, objects, typed
from kg.answers import Node

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["timeline"]


def timeline(network: nx.MultiDiGraph[str]) -> list[tuple[Node, tuple[Node, ...]]]:
    """List the papers by date, each with the things it introduces; undated papers come last.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("p2", type="Paper", date="2024-01-08")
    >>> graph.add_node("p1", type="Paper", date="2023-10-10")
    >>> _ = graph.add_edge("p2", "m", key="introduces")
    >>> [(paper.iri, [made.iri for made in introduced]) for paper, introduced in timeline(graph)]
    [('p1', []), ('p2', ['m'])]
    """
    papers = sorted((node_at(network, paper) for paper in typed(network, ["Paper"])), key=node_order)
    return [(paper, _introduced(network, paper)) for paper in papers]


def _introduced(network: nx.MultiDiGraph[str], paper: Node) -> tuple[Node, ...]:
    made = (node_at(network, one) for one in objects(network, paper.iri, "introduces"))
    return tuple(sorted(made, key=lambda node: (node.label.casefold(), node.iri)))

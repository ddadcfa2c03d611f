"""Which things a few letters may mean: search over names and aliases."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at
from kg.analyses.lookup import fold
from kg.answers import Node

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["search"]


def search(network: nx.MultiDiGraph[str], text: str, *, types: Collection[str] = (), most: int = 10) -> list[Node]:
    """Find things whose label or alias is, begins with or has a text, in this order, the most connected first.

    Case, accents, spaces and punctuation do not count; results, which have no names, are left out.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> for name in ("Mixtral 8x7B", "Mistral 7B", "Devstral (from Mistral)"):
    ...     graph.add_node(name, type="Model", label=name)
    >>> [node.label for node in search(graph, "mistral")]
    ['Mistral 7B', 'Devstral (from Mistral)']
    """
    wanted = fold(text)
    found: list[tuple[int, int, str]] = []
    for iri, data in network.nodes(data=True):
        if data.get("type") in (None, "", "Result") or (types and data["type"] not in types):
            continue
        names = [fold(name) for name in (node_at(network, iri).label, *data.get("facts", {}).get("alias", ()))]
        rank = min((_rank(name, wanted) for name in names), default=_NOT)
        if rank < _NOT:
            found.append((rank, -network.degree(iri), iri))
    return [node_at(network, iri) for _, _, iri in sorted(found)[:most]]


_NOT = 3


def _rank(name: str, wanted: str) -> int:
    """Say how well a name fits: 0 is it, 1 begins with it, 2 has it, 3 does not."""
    if name == wanted:
        return 0
    return 1 if name.startswith(wanted) else 2 if wanted in name else _NOT

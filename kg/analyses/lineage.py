"""Lineage: what a model or a family descends from, or what descends from it, claim by claim."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.analyses.graph import (
    is_lineage,
    kind_of,
    node_at,
    node_order,
    objects,
    statement_at,
    statement_order,
    subjects,
    typed,
)
from kg.answers import Lineage, Node, Statement

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["families", "forest", "lineage"]

#: Steps from the root; far more than any lineage has, and few enough for drawing it by recursion.
_DEPTH = 50
_VARIANT, _FAMILY = "variantOf", "inFamily"


def lineage(network: nx.MultiDiGraph[str], root: str, *, down: bool = False, max_depth: int = _DEPTH) -> Lineage:
    """Find the ancestors of a node, or its descendants.

    A step follows one relation of descent: weights (fine-tuned from), design (scaled from) or succession. A family
    comes with its members, variants under what they vary; a model series that only repeats the name of its family
    is left out. A model at the root also shows the series and the family it belongs to, without its siblings.

    Parameters
    ----------
    network : nx.MultiDiGraph
        The graph of claims; it is not changed.
    root : str
        The node to start from.
    down : bool
        Look for descendants instead of ancestors.
    max_depth : int
        Steps to take from the root at most; a node beyond which there is more is marked ``cut``.

    Returns
    -------
    Lineage
        The tree. Each node is expanded once, where it comes first; later it is marked ``repeated``.

    Raises
    ------
    KeyError
        If ``root`` is not in the network.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from([("m:chat", {"type": "Model", "label": "Chat"}), ("m:base", {"type": "Model"})])
    >>> _ = graph.add_edge("m:chat", "m:base", key="fineTunedFrom", basis="extracted")
    >>> [step.node.iri for step in lineage(graph, "m:chat").steps]
    ['m:base']
    >>> [step.node.label for step in lineage(graph, "m:base", down=True).steps]
    ['Chat']

    Notes
    -----
    Claims may contradict one another and form a cycle; the walk ends there, at a node marked ``repeated``.

    """
    if root not in network:
        raise KeyError(root)
    walk = _Down(network, max_depth) if down else _Up(network, max_depth)
    return walk.expand(root, None, 0)


def families(network: nx.MultiDiGraph[str]) -> list[tuple[Node, tuple[Node, ...]]]:
    """List the families that have members, each with its members by date; the oldest family first.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from([("f:x", {"type": "ModelFamily", "label": "X"}), ("m:x1", {"label": "X-1"})])
    >>> _ = graph.add_edge("m:x1", "f:x", key="inFamily")
    >>> [(family.label, [member.label for member in members]) for family, members in families(graph)]
    [('X', ['X-1'])]
    """
    found = []
    for iri in typed(network, ["ModelFamily"]):
        members = sorted((node_at(network, member) for member in subjects(network, iri, _FAMILY)), key=node_order)
        if members:
            found.append((node_at(network, iri), tuple(members)))
    return sorted(found, key=lambda item: node_order(item[0]))


def forest(network: nx.MultiDiGraph[str]) -> list[Lineage]:
    """Find the lineage of everything at once: trees that begin where nothing is derived further.

    Families come first, the newest first, then models outside them; each node is expanded in one tree only. A tree
    without any step is left out.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph([("c", "b", "scaledFrom"), ("b", "a", "scaledFrom"), ("d", "b", "scaledFrom")])
    >>> graph.add_node("alone")
    >>> [(tree.node.iri, tree.steps[0].node.iri, tree.steps[0].repeated) for tree in forest(graph)]
    [('d', 'b', False), ('c', 'b', True)]
    """
    derived = {u for u, _, key in network.edges(keys=True) if is_lineage(key)}
    sources = {v for _, v, key in network.edges(keys=True) if is_lineage(key)}
    nodes = sorted((node_at(network, iri) for iri in network), key=node_order, reverse=True)
    groups = [node.iri for node in nodes if node.type == "ModelFamily"]
    others = [node.iri for node in nodes if node.type != "ModelFamily" and node.iri in derived]
    walk = _Up(network, _DEPTH)
    trees = []
    for kin in (groups, others):
        # where claims form a cycle nothing is last, so that what no tree has reached begins one of its own
        for root in [iri for iri in kin if iri not in sources] + kin:
            if root not in walk.seen:
                walk.root = root
                trees.append(walk.expand(root, None, 0))
    return [tree for tree in trees if _has_steps(tree)]


def _has_steps(tree: Lineage) -> bool:
    return bool(tree.steps) or any(_has_steps(member) for member in tree.members)


class _Walk(ABC):
    """What both directions share: each node is expanded once, and the depth is bounded."""

    def __init__(self, network: nx.MultiDiGraph[str], max_depth: int) -> None:
        self.network = network
        self.max_depth = max_depth
        self.root = ""
        #: node -> whether its expansion showed anything below it (True while it is being expanded)
        self.seen: dict[str, bool] = {}

    def expand(self, iri: str, statement: Statement | None, depth: int) -> Lineage:
        node = node_at(self.network, iri)
        if iri in self.seen:
            return Lineage(node=node, statement=statement, repeated=self.seen[iri])
        self.root = self.root or iri
        self.seen[iri] = True
        if depth >= self.max_depth:
            return Lineage(node=node, statement=statement, cut=bool(self.statements(iri)))
        members = self.members(iri, depth)
        steps = tuple(self.expand(self.far_end(found), found, depth + 1) for found in self.statements(iri))
        self.seen[iri] = bool(members or steps)
        return Lineage(node=node, statement=statement, members=members, steps=steps)

    @abstractmethod
    def far_end(self, statement: Statement) -> str:
        """Give the end of a step that lies away from the root."""

    @abstractmethod
    def statements(self, iri: str) -> list[Statement]:
        """List the steps that lead on from a node, in the order to show them."""

    @abstractmethod
    def members(self, iri: str, depth: int) -> tuple[Lineage, ...]:
        """Expand what a node consists of, if it is a family or a series to be shown with its members."""

    def is_family(self, iri: str) -> bool:
        return bool(self.network.nodes[iri].get("type") == "ModelFamily")

    def pool(self, iri: str) -> list[str]:
        """List the members to show under a family, bases before what is made from them, then by date."""
        found = subjects(self.network, iri, _FAMILY)
        hidden = {one for one in found if self.echoes_family(one)}
        self.seen.update(dict.fromkeys(hidden, False))
        return self.bases_first(one for one in found if one not in hidden)

    def echoes_family(self, series: str) -> bool:
        """Tell whether a series has the name of its family and no step of its own that the family would hide."""
        label = node_at(self.network, series).label.casefold()
        labels = {node_at(self.network, one).label.casefold() for one in objects(self.network, series, _FAMILY)}
        return label in labels and all(kind_of(step.predicate) == "membership" for step in self.statements(series))

    def bases_first(self, nodes: Iterable[str]) -> list[str]:
        inside = sorted(nodes)
        ancestors = {node: self.ancestors_within(node, frozenset(inside)) for node in inside}
        return sorted(inside, key=lambda node: (len(ancestors[node]), node_order(node_at(self.network, node))))

    def ancestors_within(self, node: str, inside: frozenset[str]) -> set[str]:
        found: set[str] = set()
        waiting = [node]
        while waiting:
            for _, parent, key in self.network.out_edges(waiting.pop(), keys=True):
                if parent in inside and parent not in found and (is_lineage(key) or key == _VARIANT):
                    found.add(parent)
                    waiting.append(parent)
        return found


class _Up(_Walk):
    """From derived to source."""

    def far_end(self, statement: Statement) -> str:
        return statement.object.iri

    def statements(self, iri: str) -> list[Statement]:
        edges = list(self.network.out_edges(iri, keys=True))
        steps = [statement_at(self.network, iri, parent, key) for _, parent, key in edges if is_lineage(key)]
        reached = {step.object.iri for step in steps}
        steps += [
            statement_at(self.network, iri, series, key)
            for _, series, key in edges
            if kind_of(key) == "membership" and series not in reached and self.leads_on(iri, series, key)
        ]
        return sorted(steps, key=statement_order)

    def leads_on(self, iri: str, series: str, key: str) -> bool:
        """Tell whether the series or family of a node belongs in the tree: at the root, or where it leads further."""
        if iri == self.root:
            return key != _VARIANT or not self.echoes_family(series)
        in_other_series = key == _VARIANT and series not in self.seen
        return in_other_series and any(is_lineage(onward) for _, _, onward in self.network.out_edges(series, keys=True))

    def members(self, iri: str, depth: int) -> tuple[Lineage, ...]:
        if self.is_family(iri):
            if iri != self.root and not self.is_family(self.root):
                return ()
            pool = self.pool(iri)
        elif iri == self.root:
            pool = self.bases_first(self.variants(iri))
        else:
            return ()
        inside = set(pool)
        parents = {one: self.series_within(one, inside) for one in pool}
        shown = [self.nest(one, parents, depth) for one in pool if parents[one] is None]
        return tuple(shown + [self.nest(one, parents, depth) for one in pool if one not in self.seen])

    def variants(self, series: str) -> set[str]:
        found: set[str] = set()
        waiting = [series]
        while waiting:
            new = set(subjects(self.network, waiting.pop(), _VARIANT)) - found - {series}
            found |= new
            waiting.extend(sorted(new))
        return found

    def series_within(self, iri: str, inside: set[str]) -> str | None:
        return next((one for one in objects(self.network, iri, _VARIANT) if one in inside and one != iri), None)

    def nest(self, iri: str, parents: dict[str, str | None], depth: int) -> Lineage:
        """Expand a member, with the members that are its variants under it."""
        tree = self.expand(iri, None, depth + 1)
        if tree.repeated or tree.cut:
            return tree
        below = [one for one, parent in parents.items() if parent == iri and one not in self.seen]
        if not below:
            return tree
        self.seen[iri] = True
        members = tuple(self.nest(one, parents, depth + 1) for one in below)
        return Lineage(node=tree.node, members=members, steps=tree.steps)


class _Down(_Walk):
    """From source to derived; variants count as derived."""

    def far_end(self, statement: Statement) -> str:
        return statement.subject.iri

    def statements(self, iri: str) -> list[Statement]:
        edges = list(self.network.in_edges(iri, keys=True))
        steps = [statement_at(self.network, child, iri, key) for child, _, key in edges if is_lineage(key)]
        reached = {step.subject.iri for step in steps}
        steps += [
            statement_at(self.network, child, iri, key)
            for child, _, key in edges
            if key == _VARIANT and child not in reached
        ]
        return sorted(steps, key=lambda step: (node_order(step.subject), statement_order(step)))

    def members(self, iri: str, depth: int) -> tuple[Lineage, ...]:
        if not self.is_family(iri):
            return ()
        pool = self.pool(iri)
        inside = frozenset(pool)
        bases = [one for one in pool if not self.ancestors_within(one, inside) - {one}]
        shown = [self.expand(one, None, depth + 1) for one in bases]
        return tuple(shown + [self.expand(one, None, depth + 1) for one in pool if one not in self.seen])

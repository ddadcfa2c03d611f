"""The curated statements on names, applied to a partition before any rule: they overrule all of them.

Those that a user brings come before those of the ontology; within a file, what keeps names apart comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

from kg import ids, vocab
from kg.model import Paper
from kg.resolve.partition import Partition, Reason

__all__ = ["Statements", "plain"]

_MARK = "\x1f"


def plain(node: str) -> str:
    r"""Give the name that a node of a partition stands for, without the mark of a statement that is about it.

    >>> plain("ERNIE\x1fhttps://example.org/distinct-ernie")
    'ERNIE'
    """
    return node.partition(_MARK)[0]


class Statements:
    """The statements in force. ``key`` gives names that are spelt alike the same key.

    >>> rows = vocab.load().identities
    >>> names = Partition(["GPT-3", "GPT-3 175B", "GPT-3 13B"])
    >>> Statements(rows, str.casefold).apply(names)
    >>> names.groups()
    [['GPT-3', 'GPT-3 175B'], ['GPT-3 13B']]
    """

    def __init__(self, statements: Iterable[vocab.Identity], key: Callable[[str], str]) -> None:
        self._statements = tuple(statements)
        self._key = key
        self._confined: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for statement in self._statements:
            for title, name in product(statement.papers, statement.names):
                self._confined[key(name)][ids.slug(title)].append(statement.iri)

    def node(self, name: str, paper: Paper) -> str:
        """Give the node for a name in a paper: the name, marked where a statement is about it in this paper only."""
        by_title = self._confined.get(self._key(name))
        return _MARK.join([name, *by_title.get(ids.slug(paper.title), ())]) if by_title else name

    def apply(self, partition: Partition) -> None:
        """Join and separate the names of a partition as the statements say, first come first served."""
        nodes: dict[str, list[str]] = defaultdict(list)
        for node in (node for group in partition.groups() for node in group):
            nodes[self._key(plain(node))].append(node)
        for statement in self._statements:
            groups = [self._matching(statement, name, nodes) for name in statement.names]
            reason = Reason.curated(statement)
            if statement.same:
                self._join(partition, statement, groups, reason)
            elif len(groups) == 1:
                outside = [node for node in nodes.get(self._key(statement.names[0]), ()) if node not in groups[0]]
                _separate(partition, [groups[0], outside], reason)
            else:
                _separate(partition, groups, reason)

    def _matching(self, statement: vocab.Identity, name: str, nodes: dict[str, list[str]]) -> list[str]:
        """Give the nodes that a name of a statement means; exactly so written where another name is spelt alike."""
        found = sorted(nodes.get(self._key(name), ()))
        if statement.papers:
            found = [node for node in found if statement.iri in node.split(_MARK)[1:]]
        alike = [other for other in statement.names if self._key(other) == self._key(name)]
        return [node for node in found if plain(node) == name] if len(alike) > 1 else found

    def _join(
        self, partition: Partition, statement: vocab.Identity, groups: Sequence[Sequence[str]], reason: Reason
    ) -> None:
        """Join the names, those that no paper writes among them: they may be known to a table."""
        if not any(groups) or statement.papers:
            written = [node for group in groups for node in group]
        else:
            written = [node for name, group in zip(statement.names, groups, strict=True) for node in group or [name]]
        for node in written:
            partition.add(node)
        for node in written[1:]:
            partition.join(written[0], node, reason)


def _separate(partition: Partition, groups: Sequence[Sequence[str]], reason: Reason) -> None:
    for some, others in combinations(groups, 2):
        for one, other in product(some, others):
            partition.separate(one, other, reason)


def in_force(own: Iterable[vocab.Identity]) -> tuple[vocab.Identity, ...]:
    """Put a user's statements before those of the ontology, and in each what keeps names apart first."""
    return tuple(
        statement for rows in (own, vocab.load().identities) for statement in sorted(rows, key=lambda row: row.same)
    )

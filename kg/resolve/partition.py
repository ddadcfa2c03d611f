"""Names sorted into things, with the reason of every merge: what joins two names, and what keeps two apart.

The order in which names and reasons come decides nothing but which of several reasons for one merge is told, and the
rules come in a fixed order with sorted names.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from kg import vocab

__all__ = ["Partition", "Reason", "Step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two names are one thing or two: the rule's id, its words, and the sources of a curated statement."""

    rule: str
    words: str
    sources: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.words} [{self.rule}]"

    @classmethod
    def curated(cls, statement: vocab.Identity) -> Reason:
        """Tell a statement of the curated file; one without a source is its own."""
        rule = "curated.same" if statement.same else "curated.different"
        return cls(rule=rule, words=statement.reason, sources=statement.sources or (statement.iri,))


@dataclass(frozen=True, slots=True)
class Step:
    """One merge: two names and why they are one."""

    one: str
    other: str
    reason: Reason


class Partition:
    """Sets of names that mean the same, grown by :meth:`join`; names that must not meet are told by :meth:`separate`.

    >>> names = Partition(["GPT-4", "GPT 4", "GPT-4 Turbo"])
    >>> spelling = Reason(rule="spelling", words="only spaces and dashes differ")
    >>> names.join("GPT-4", "GPT 4", spelling), names.groups()
    (True, [['GPT 4', 'GPT-4'], ['GPT-4 Turbo']])
    >>> [str(step.reason) for step in names.steps("GPT-4", "GPT 4")]
    ['only spaces and dashes differ [spelling]']
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._groups: dict[str, list[str]] = {}
        self._root: dict[str, str] = {}
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._apart: dict[str, dict[str, Reason]] = defaultdict(dict)
        for name in names:
            self.add(name)

    def __contains__(self, name: str) -> bool:
        return name in self._root

    def add(self, name: str) -> None:
        """Add a name of its own; one that is there stays as it is."""
        if name not in self._root:
            self._root[name] = name
            self._groups[name] = [name]

    def root(self, name: str) -> str:
        """Give the one name that stands for a name's group, the same for all of them."""
        return self._root[name]

    def group(self, name: str) -> list[str]:
        """Give the names that mean the same as a name, itself among them."""
        return self._groups[self._root[name]]

    def groups(self) -> list[list[str]]:
        """Give all groups; sorted, as are the names in each."""
        return sorted(sorted(group) for group in self._groups.values())

    def join(self, one: str, other: str, reason: Reason) -> bool:
        """Make two names mean the same, unless they must not; tell whether they do now."""
        kept, gone = sorted((self._root[one], self._root[other]))
        if kept == gone:
            return True
        if self.apart(one, other):
            return False
        if len(self._groups[kept]) < len(self._groups[gone]):
            kept, gone = gone, kept
        for name in self._groups[gone]:
            self._root[name] = kept
        self._groups[kept] += self._groups.pop(gone)
        for foe, why in self._apart.pop(gone, {}).items():
            self._apart[foe].pop(gone)
            self._apart[foe].setdefault(kept, why)
            self._apart[kept].setdefault(foe, why)
        self._steps[one].append(Step(one, other, reason))
        self._steps[other].append(Step(other, one, reason))
        return True

    def join_all(self, names: Iterable[str], reason: Reason) -> None:
        """Make all names mean the same as the first in order."""
        first, *others = sorted(names)
        for other in others:
            self.join(first, other, reason)

    def separate(self, one: str, other: str, reason: Reason) -> None:
        """Keep two names apart from now on, with all that each of them is joined to."""
        roots = self._root[one], self._root[other]
        if roots[0] != roots[1]:
            self._apart[roots[0]].setdefault(roots[1], reason)
            self._apart[roots[1]].setdefault(roots[0], reason)

    def apart(self, one: str, other: str) -> Reason | None:
        """Give the reason why two names must not be joined, if there is one."""
        return self._apart.get(self._root[one], {}).get(self._root[other])

    def separations(self) -> list[tuple[str, str, Reason]]:
        """Give the pairs of groups that a curated statement keeps apart, by the names that stand for them; sorted."""
        pairs = ((one, other, why) for one, foes in self._apart.items() for other, why in foes.items())
        return sorted((pair for pair in pairs if pair[0] < pair[1] and pair[2].sources), key=lambda pair: pair[:2])

    def steps(self, one: str, other: str) -> tuple[Step, ...]:
        """Give the merges that lead from a name to another of its group; none if they are the same or apart."""
        before: dict[str, Step] = {}
        waiting = deque([one])
        while waiting and other not in before:
            name = waiting.popleft()
            for step in self._steps.get(name, ()):
                if step.other != one and step.other not in before:
                    before[step.other] = step
                    waiting.append(step.other)
        path: list[Step] = []
        while other in before:
            path.append(before[other])
            other = before[other].one
        return tuple(reversed(path))

"""Which authors are one person, across papers.

- Equal names (order, accents, hyphens and dots do not count) are one person, unless the surname is very common and
  there is only one given name, or there are only initials and these fit two other people: then a laboratory, a group,
  a co-author with a rarer name, or two co-authors must be shared as well.
- Names that agree by initials or but for middle names are one person if a co-author, laboratory or group is shared,
  and nothing speaks for a second person as well.
- Two authors of one paper are never one person.
- Whoever may be one by name and is not found to be is kept apart and noted, so that a person can decide it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from kg import ids, vocab
from kg.model import IRI, Paper
from kg.resolve.authors import Authors, is_strong, told
from kg.resolve.partition import Partition, Reason
from kg.resolve.persons import Agreement, PersonName, agreement, parse_person, person_key, written_out
from kg.resolve.resolution import Resolution
from kg.resolve.statements import Statements, plain

__all__ = ["People"]

_EQUAL = Reason(rule="person.spelling", words="the names only differ in order, accents, hyphens and capitals")
_RULES: Mapping[Agreement, tuple[str, str]] = {
    "equal": ("person.shared", "the names are equal"),
    "letters": ("person.shared", "the names only differ in spelling"),
    "middle": ("person.middle-name", "one of the names leaves middle names out or shortens them"),
    "initials": ("person.initials", "the initials fit"),
}
_APART = "the names agree, but they share no co-author, laboratory or group"
_SEVERAL = "the names agree, but what is shared speaks for more than one person"
_MOST_ROUNDS = 8
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True, order=True)
class _Edge:
    """Two groups, by their roots, whose names agree and that share something."""

    one: str
    other: str
    way: Agreement
    shared: str

    @property
    def by_name(self) -> bool:
        return self.way in ("equal", "letters")


class People:
    """The persons among the authors of papers.

    :param is_person: tells a person's name from that of a group
    :param labs_of: gives what stands for a paper's laboratories and groups, each with its name
    """

    def __init__(
        self,
        papers: Sequence[Paper],
        statements: Iterable[vocab.Identity],
        *,
        is_person: Callable[[str], bool],
        labs_of: Callable[[Paper], Mapping[str, str]],
    ) -> None:
        places = ((paper, place, name) for paper in papers for place, name in enumerate(paper.authors, 1))
        listed = [place for place in places if is_person(place[2])]
        by_name = Statements(statements, person_key)
        self._authors = Authors(listed, by_name, {paper.iri: labs_of(paper) for paper in papers})
        self._partition = Partition(self._authors.nodes())
        by_name.apply(self._partition)
        self._nodes: dict[PersonName, list[str]] = defaultdict(list)
        for node in self._authors.nodes():
            self._nodes[parse_person(plain(node))].append(node)
        self._open: list[tuple[str, str, Reason]] = []
        self._sort()
        self._labels = {group[0]: self._label(group) for group in self._partition.groups()}
        self._iris = self._name_all()

    # --- sorting ---

    def _sort(self) -> None:
        """Join what is one person, first by name, then round for round by what is shared."""
        pairs = list(_agreeing(self._nodes))
        for one, other, way in pairs:
            if way in ("equal", "letters") and self._tell_alone(one, other):
                for node in (*self._nodes[one], *self._nodes[other]):
                    self._join(self._nodes[one][0], node, _EQUAL)
        pairs = [pair for pair in pairs if len({*self._roots(pair[0]), *self._roots(pair[1])}) > 1]
        unclear: set[str] = set()
        asked = pairs
        for _ in range(_MOST_ROUNDS):
            circles: dict[str, dict[str, str]] = {}
            edges = sorted({edge for pair in asked for edge in self._edges(*pair, circles)})
            unclear |= self._unclear(edges)
            joined = [edge.one for edge in edges if self._join_edge(edge, unclear)]
            if not joined:
                break
            stirred = {name for node in joined for name in self._stirred(node)}
            asked = [pair for pair in pairs if not stirred.isdisjoint(pair[:2])]
        for pair in pairs:
            self._leave_open(*pair, unclear)

    def _tell_alone(self, *names: PersonName) -> bool:
        return all(map(self._authors.tells_alone, names))

    def _stirred(self, node: str) -> set[PersonName]:
        """Give the names for which a merge of the group of a node may have changed what is shared."""
        group = self._partition.group(node)
        names = {parse_person(plain(node)) for node in group}
        return names if len(names) == 1 else names | self._authors.names_beside(group)

    def _join(self, one: str, other: str, reason: Reason) -> bool:
        return self._may_be_one(one, other) and self._partition.join(one, other, reason)

    def _join_edge(self, edge: _Edge, unclear: set[str]) -> bool:
        if self._partition.root(edge.one) == self._partition.root(edge.other):
            return False
        if not edge.by_name and not unclear.isdisjoint((edge.one, edge.other)):
            return False
        rule, words = _RULES[edge.way]
        return self._join(edge.one, edge.other, Reason(rule=rule, words=f"{words}, and they share {edge.shared}"))

    def _may_be_one(self, one: str, other: str) -> bool:
        """Tell whether all names of two groups agree, no paper lists both, and no statement keeps them apart."""
        some, others = self._partition.group(one), self._partition.group(other)
        if some is others:
            return True
        if self._partition.apart(one, other) or self._authors.papers_of(some) & self._authors.papers_of(others):
            return False
        names = [{parse_person(plain(node)) for node in group} for group in (some, others)]
        return all(agreement(a, b) for a, b in product(*names))

    def _roots(self, name: PersonName) -> list[str]:
        return sorted({self._partition.root(node) for node in self._nodes[name]})

    def _edges(
        self, one: PersonName, other: PersonName, way: Agreement, circles: dict[str, dict[str, str]]
    ) -> Iterator[_Edge]:
        """Yield the pairs of groups of two names that share something; ``circles`` keeps what stands beside each."""
        roots = self._roots(one), self._roots(other)
        by_token: dict[str, list[str]] = defaultdict(list)
        for root in (root for root in (*roots[0], *roots[1]) if root not in circles):
            circles[root] = self._authors.circle(self._partition, self._partition.group(root))
        for root in roots[0]:
            for token in circles[root]:
                by_token[token].append(root)
        for root in roots[1]:
            shared: dict[str, list[str]] = defaultdict(list)
            for token in sorted(by_token.keys() & circles[root].keys()):
                for near in by_token[token]:
                    shared[near].append(token)
            for near, tokens in shared.items():
                enough = is_strong(tokens) or self._tell_alone(one, other)
                if near != root and enough and self._may_be_one(near, root):
                    names = dict.fromkeys(told(token, plain(circles[root][token])) for token in tokens)
                    yield _Edge(min(near, root), max(near, root), way, " and ".join(list(names)[:2]))

    def _unclear(self, edges: Iterable[_Edge]) -> set[str]:
        """Give the groups for which what is shared speaks for more than one person."""
        near: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            if not edge.by_name:
                near[edge.one].add(edge.other)
                near[edge.other].add(edge.one)
        return {
            root
            for root, others in near.items()
            if not all(self._may_be_one(one, other) for one, other in combinations(sorted(others), 2))
        }

    def _leave_open(self, one: PersonName, other: PersonName, way: Agreement, unclear: set[str]) -> None:
        """Note the groups of two names that may be one person: the vaguer name, and of the other the first ones."""
        vague, full = sorted((one, other), key=lambda name: (sum(map(len, name.given)), name.key))
        for place, root in enumerate(self._roots(vague)):
            others = self._roots(full)[:place] if one == other else self._roots(full)
            found = (other for other in others if other != root and self._may_be_one(root, other))
            for candidate in islice(found, 1 if one == other else _MOST_TOLD):
                words = _SEVERAL if {root, candidate} & unclear else _APART
                self._open.append((root, candidate, Reason(rule="person.open", words=words)))

    # --- what they are called ---

    def _label(self, group: Sequence[str]) -> str:
        """Give the fullest name: of the most letters, accents, papers, else the first in the alphabet."""
        count: Counter[str] = Counter()
        for node in group:
            count[written_out(plain(node))] += len(self._authors.places_of([node]))

        def rank(name: str) -> tuple[int, int, bool, int, str]:
            given = parse_person(name).given
            return (-sum(map(len, given)), -len(given), name.isascii(), -count[name], name)

        return min(count, key=rank)

    def _name_all(self) -> dict[str, IRI]:
        """Name each person by its label; of namesakes the one of the earliest paper has the plain name."""
        namesakes: dict[str, list[tuple[str, str, int, str]]] = defaultdict(list)
        for first, label in self._labels.items():
            places = self._authors.places_of(self._partition.group(first))
            born = min(((str(p.paper.date or "9"), p.paper.iri, p.position) for p in places), default=("9", "", 0))
            namesakes[ids.slug(label)].append((*born, first))
        return {
            first: ids.entity_iri("Person", self._labels[first], apart=f"{paper}#{position}" if place else "")
            for found in namesakes.values()
            for place, (_, paper, position, first) in enumerate(sorted(found))
        }

    def _first(self, node: str) -> str:
        return min(self._partition.group(node))

    def person(self, resolution: Resolution, paper: Paper, position: int) -> IRI:
        """Give the person in a place of a paper's author list, noted as an entity."""
        first = self._first(self._authors.places[paper.iri, position].node)
        return resolution.add("Person", self._labels[first], self._iris[first])

    def tell_names(self, resolution: Resolution) -> None:
        """Note under which other names each person writes and why these mean it; who may be or is not one person."""
        for group in self._partition.groups():
            if self._iris[group[0]] in resolution.entities:
                self._tell(resolution, group)
        for one, other, reason in self._open:
            if self._partition.root(one) != self._partition.root(other):
                pair = self._iris[self._first(one)], self._iris[self._first(other)]
                resolution.add_open(*pair, reason, self._authors.papers_of(self._partition.group(one)))
        for one, other, reason in self._partition.separations():
            resolution.add_apart(self._iris[self._first(one)], self._iris[self._first(other)], reason)

    def _tell(self, resolution: Resolution, group: Sequence[str]) -> None:
        """Note the names of one person that are more than the label spelt otherwise, or that others bear too."""
        label, iri = self._labels[group[0]], self._iris[group[0]]
        main = next(node for node in group if written_out(plain(node)) == label)
        nodes: dict[str, list[str]] = defaultdict(list)
        for node in group:
            nodes[written_out(plain(node))].append(node)
        for name, written in sorted(nodes.items()):
            reasons = [step.reason for node in written for step in self._partition.steps(main, node)]
            if any(reason != _EQUAL for reason in reasons):
                resolution.add_name(iri, name, self._authors.papers_of(written), reasons[:_MOST_TOLD])
        aliases = [name for name in nodes if person_key(name) != person_key(label)]
        resolution.add("Person", label, iri, aliases)


def _agreeing(names: Iterable[PersonName]) -> Iterator[tuple[PersonName, PersonName, Agreement]]:
    """Yield the pairs of names that agree, each name with itself among them; in the order of their keys."""
    found: dict[tuple[str, ...], list[PersonName]] = defaultdict(list)
    ordered = sorted(names, key=lambda name: (name.key, name.other))
    for name in ordered:
        yield name, name, "equal"
        near = {id(other): other for key in _lookups(name) for other in found[key]}
        for other in sorted(near.values(), key=lambda other: (other.key, other.other)):
            if way := agreement(other, name):
                yield other, name, way
        for key in _buckets(name):
            found[key].append(name)


def _buckets(name: PersonName) -> set[tuple[str, ...]]:
    """Give the keys under which a name is found: by surname with first given name, all given names, or initial."""
    found: set[tuple[str, ...]] = {("key", name.key)}
    for given, surname in product({name.given, name.other[0]}, name.surnames):
        if given and len(given[0]) == 1:
            found.add(("initial", surname, given[0]))
        elif given:
            found |= {("first", surname, given[0]), ("all", surname, "".join(given)), ("letter", surname, given[0][0])}
    return found


def _lookups(name: PersonName) -> set[tuple[str, ...]]:
    """Give the keys under which the names that may agree with a name are found."""
    keys = _buckets(name)
    short = {("letter", *key[1:]) for key in keys if key[0] == "initial"}
    return {key for key in keys if key[0] != "letter"} | short | {("initial", *k[1:]) for k in keys if k[0] == "letter"}

"""The places in author lists, and what speaks for two of them being one person: shared co-authors, labs and groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Paper
from kg.resolve.partition import Partition
from kg.resolve.persons import PersonName, agreement, parse_person
from kg.resolve.statements import Statements, plain
from kg.resolve.surnames import VERY_COMMON

__all__ = ["Authors", "Place", "is_strong", "tells_alone", "told"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an author list, 1-based, and the node of the partition that stands for its name."""

    paper: Paper
    position: int
    node: str


def tells_alone(name: PersonName) -> bool:
    """Tell whether a name is rare enough to mean one person wherever it stands.

    It is not where the surname is very common and there is no second given name, or where all given names are
    initials beside such a surname.

    >>> [tells_alone(parse_person(name)) for name in ("Wei Zhang", "Albert Q. Jiang", "J. K. Kim", "Arthur Mensch")]
    [False, True, False, True]
    """
    return name.surname not in VERY_COMMON or (len(name.given) > 1 and any(len(part) > 1 for part in name.given))


def is_strong(tokens: Iterable[str]) -> bool:
    """Tell whether what two names share is enough where the names do not tell alone.

    Two things are, as is a co-author whose own name tells alone, or a laboratory or group.

    >>> is_strong(["yang liu"]), is_strong(["yang liu", "wei wang"]), is_strong(["ada byron"])
    (False, True, True)
    """
    shared = [token for token in tokens if not token.startswith("person\x1f")]
    return len(shared) > 1 or any("\x1f" in token or tells_alone(parse_person(token)) for token in shared)


def told(token: str, name: str) -> str:
    r"""Say what stands beside a name: ``told("lab\x1fMila", "Mila")`` is the laboratory Mila."""
    what = {"lab": "the laboratory", "group": "the group"}.get(token.partition("\x1f")[0], "the co-author")
    return f"{what} {name}"


def _of_several(names: Iterable[PersonName]) -> set[PersonName]:
    """Give the names of initials that fit several people: two names spelled out that do not fit one another.

    >>> names = [parse_person(name) for name in ("J. Doe", "Jane Doe", "John Doe", "A. Byron", "Ada Byron")]
    >>> [name.key for name in _of_several(names)]
    ['j doe']
    """
    spelled: dict[tuple[str, str], list[PersonName]] = defaultdict(list)
    names = sorted(set(names), key=lambda name: (name.key, name.other))
    for name in names:
        if name.spelled_out:
            for surname in name.surnames:
                spelled[surname, name.initial].append(name)
    found: set[PersonName] = set()
    for name in (name for name in names if name.given and not name.spelled_out):
        fitting = [other for surname in name.surnames for other in spelled[surname, name.initial]]
        first = next((other for other in fitting if agreement(name, other)), None)
        if first and any(agreement(name, other) and not agreement(first, other) for other in fitting):
            found.add(name)
    return found


class Authors:
    """All places, by node. A name that does not tell alone has a node of its own for each of its places.

    :param listed: the places: paper, position and name
    :param labs: what stands for the laboratories and groups of a paper, by its IRI, each with its name
    """

    def __init__(
        self,
        listed: Sequence[tuple[Paper, int, str]],
        statements: Statements,
        labs: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._labs = labs
        self._several = _of_several(parse_person(name) for _, _, name in listed)
        self.places: dict[tuple[str, int], Place] = {}
        self._by_node: dict[str, list[Place]] = defaultdict(list)
        self._by_paper: dict[str, list[Place]] = defaultdict(list)
        self._names: dict[str, PersonName] = {}
        for paper, position, name in listed:
            node = statements.node(" ".join(name.split()), paper)
            if not self.tells_alone(parse_person(name)):
                node += f"\x1f@{paper.iri}#{position}"
            self._names[node] = parse_person(name)
            place = self.places[paper.iri, position] = Place(paper, position, node)
            self._by_node[node].append(place)
            self._by_paper[paper.iri].append(place)

    def tells_alone(self, name: PersonName) -> bool:
        """Tell whether a name is rare enough to mean one person, and fits no two people of these author lists."""
        return tells_alone(name) and name not in self._several

    def nodes(self) -> list[str]:
        """Give all nodes, sorted."""
        return sorted(self._by_node)

    def places_of(self, group: Iterable[str]) -> list[Place]:
        """Give the places of a group of nodes, by paper and position."""
        found = (place for node in group for place in self._by_node.get(node, ()))
        return sorted(found, key=lambda place: (place.paper.iri, place.position))

    def papers_of(self, group: Iterable[str]) -> set[str]:
        """Give the papers of a group of nodes."""
        return {place.paper.iri for node in group for place in self._by_node.get(node, ())}

    def names_beside(self, group: Iterable[str]) -> set[PersonName]:
        """Give the names of all authors of the papers of a group of nodes."""
        return {self._names[place.node] for paper in self.papers_of(group) for place in self._by_paper[paper]}

    def circle(self, partition: Partition, group: Iterable[str]) -> dict[str, str]:
        """Give what stands beside a group of nodes in its papers, each with its name: co-authors, labs, groups.

        A co-author counts by name and by the person found so far; one whose name agrees with the group's does not.
        """
        group = list(group)
        own = {parse_person(plain(node)) for node in group}
        surnames = frozenset(surname for name in own for surname in name.surnames)
        found: dict[str, str] = {}
        for paper in sorted(self.papers_of(group)):
            found.update(self._labs.get(paper, {}))
            for place in self._by_paper[paper]:
                name = self._names[place.node]
                if surnames.isdisjoint((name.surname, name.other[1])) or not any(agreement(name, one) for one in own):
                    found.setdefault(name.key, place.node)
                    if len(partition.group(place.node)) > 1:
                        found.setdefault(f"person\x1f{partition.root(place.node)}", place.node)
        return found

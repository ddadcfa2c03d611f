"""The places in author lists, and what speaks for two of them being one person: shared co-authors, labs and groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Paper
from kg.resolve.partition import Partition
from kg.resolve.persons import PersonName, agreement, parse_person
from kg.resolve.statements import Statements, plain
from kg.resolve.surnames import VERY_COMMON

__all__ = ["Authors", "Place", "tells_alone"]


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


class Authors:
    """All places, by node. A name that does not tell alone has a node of its own for each of its places."""

    def __init__(self, statements: Statements, labs: Mapping[str, Mapping[str, str]]) -> None:
        self._statements = statements
        self._labs = labs
        self.places: dict[tuple[str, int], Place] = {}
        self._by_node: dict[str, list[Place]] = defaultdict(list)
        self._by_paper: dict[str, list[Place]] = defaultdict(list)

    def add(self, paper: Paper, position: int, name: str) -> None:
        """Add a place."""
        node = self._statements.node(" ".join(name.split()), paper)
        if not tells_alone(parse_person(name)):
            node += f"\x1f@{paper.iri}#{position}"
        place = self.places[paper.iri, position] = Place(paper, position, node)
        self._by_node[node].append(place)
        self._by_paper[paper.iri].append(place)

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

    def circle(self, partition: Partition, group: Iterable[str]) -> dict[str, str]:
        """Give what stands beside a group of nodes in its papers, each with its words: co-authors, labs, groups.

        A co-author counts by name and by the person found so far; one whose name agrees with the group's does not.
        """
        group = list(group)
        own = {parse_person(plain(node)) for node in group}
        found: dict[str, str] = {}
        for paper in sorted(self.papers_of(group)):
            found.update(self._labs.get(paper, {}))
            for place in self._by_paper[paper]:
                name = parse_person(plain(place.node))
                if not any(agreement(name, one) for one in own):
                    words = f"the co-author {plain(place.node)}"
                    found.setdefault(f"name {name.key}", words)
                    found.setdefault(f"person {partition.root(place.node)}", words)
        return found

"""The values that analyses give and reports draw: nodes, statements with their sentences, lineage trees, rankings.

They stand below both, so that a report needs no analysis and an analysis no report. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import ReadFailure

__all__ = [
    "BuildSummary",
    "Career",
    "Chain",
    "Change",
    "Community",
    "Connection",
    "Contributor",
    "Difference",
    "Explanation",
    "FamilyCard",
    "Flow",
    "Lineage",
    "Links",
    "Member",
    "Move",
    "NameReason",
    "Node",
    "Quote",
    "Ranked",
    "Sameness",
    "Statement",
    "Stay",
    "Step",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A thing of the graph as a report names it; ``date`` is ISO 8601 or empty, ``lab`` a label or empty."""

    iri: str
    type: str
    label: str
    date: str = ""
    lab: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence that states something: its words, the paper (IRI, title, date), its offsets, the rule that read it."""

    text: str
    paper: str
    title: str
    date: str
    start: int = 0
    end: int = 0
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim between two things: ``words`` is the relation as a person says it (``fine-tuned from``).

    ``kind`` is the vocabulary's kind of relation (``lineage-weights``), ``basis`` where the claim comes from.
    """

    subject: Node
    predicate: str
    words: str
    kind: str
    object: Node
    basis: str
    confidence: float = 1.0
    quotes: tuple[Quote, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """A node with what it descends from (or what descends from it), each step with its statement.

    ``statement`` is how the node hangs on the one above it; a root and the members of a family have none.
    ``repeated`` marks a node that was expanded earlier, ``cut`` one whose own steps were left out for depth.
    """

    node: Node
    statement: Statement | None = None
    members: tuple[Lineage, ...] = ()
    steps: tuple[Lineage, ...] = ()
    repeated: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Why two things belong together: every claim between them (``direct``), else the shortest chain of claims."""

    start: Node
    end: Node
    direct: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReason:
    """Why a name means a thing, or why two do not mean one: the words, and the papers and pages that it rests on.

    ``name`` is empty where the reason is not about one name; ``papers`` are nodes with title and date.
    """

    words: str
    name: str = ""
    papers: tuple[Node, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """Whether two names mean one thing, what each of them means, and why; a name that nothing bears has no node."""

    same: bool
    one: Node | None
    other: Node | None
    reasons: tuple[NameReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A place in a ranking, 1-based."""

    position: int
    node: Node
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that appeared in a graph, went, or is said in another way: what it is, in words, before and after."""

    kind: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How one graph differs from another: each list sorted; ``kind`` of a change is paper, thing or claim."""

    appeared: tuple[Change, ...]
    went: tuple[Change, ...]
    changed: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a family: its sizes and licences as the graph states them, and the steps by which it descends."""

    node: Node
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    steps: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCard:
    """A family at a glance: members by date, where licences change, who wrote several of its papers, its results."""

    node: Node
    labs: tuple[str, ...]
    members: tuple[Member, ...]
    licence_changes: tuple[tuple[Statement, str, str], ...]
    persons: tuple[tuple[Node, tuple[Node, ...]], ...]
    results: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A run of papers that a person wrote for one laboratory; ``first`` and ``last`` are the dates of its ends."""

    lab: Node
    first: str
    last: str
    papers: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A person who wrote for one laboratory up to ``after`` and for another from ``before`` on, both ISO dates.

    ``doubts`` says in sentences why this may be no move; without any, the papers show one between the two dates.
    """

    person: Node
    start: Stay
    end: Stay
    after: str
    before: str
    doubts: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether the papers show the move."""
        return not self.doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """For which laboratories a person wrote, in order of time, and which moves that shows or suggests.

    ``joint`` are papers of several laboratories, ``unplaced`` those of none that is known or without a date: from
    neither can be said for whom the person wrote. ``notes`` are doubts about the name itself.
    """

    person: Node
    stays: tuple[Stay, ...]
    moves: tuple[Move, ...]
    joint: tuple[Node, ...] = ()
    unplaced: tuple[Node, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The moves from one laboratory to another, in order of time."""

    start: Node
    end: Node
    moves: tuple[Move, ...]

    @property
    def shown(self) -> int:
        """How many of the moves the papers show; of the others there are doubts."""
        return sum(move.shown for move in self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Persons of whom each wrote with the next: ``start`` are papers of the first at one end, ``end`` of the last.

    ``shared`` has for each step the papers that the two wrote together; one person alone links both ends.
    """

    people: tuple[Node, ...]
    start: tuple[Node, ...]
    shared: tuple[tuple[Node, ...], ...]
    end: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who links two things: the shortest chains of co-authors between them, the earliest first.

    ``cut`` tells that there are more; ``hidden`` counts the papers of both ends whose list of authors is cut short.
    """

    start: Node
    end: Node
    chains: tuple[Chain, ...]
    papers: int
    hidden: int
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A person who wrote papers for something; ``led`` of them with the first name in a list not by the alphabet."""

    person: Node
    papers: tuple[Node, ...]
    led: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Persons who write with one another more than with others, those with most co-authors inside first.

    ``labs`` has the laboratories behind their papers, each with how many persons wrote for it, the most first.
    """

    people: tuple[Node, ...]
    labs: tuple[tuple[Node, int], ...]
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a query: how deep it stands, what it does, and for a pattern how much of the graph it alone matches."""

    depth: int
    text: str
    matches: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A query taken apart, the outermost step first, with the rows it gave and the seconds that took.

    No pattern is counted further than ``counted_to``.
    """

    steps: tuple[Step, ...]
    rows: int
    seconds: float
    counted_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSummary:
    """What a build read and made: papers, claims by basis, things by class, and what could not be read.

    ``left_out`` counts the claims that were extracted with less than ``min_confidence`` and are not in the graph.
    """

    sources: tuple[str, ...]
    papers: int
    claims: tuple[tuple[str, int], ...]
    entities: tuple[tuple[str, int], ...]
    failures: tuple[ReadFailure, ...]
    min_confidence: float = 0.0
    left_out: int = 0

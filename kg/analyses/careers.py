"""For which laboratories people wrote, when, and which moves that shows: dated intervals, with the doubts.

No source of the graph states whom a person works for. What a listing shows beside the authors
(``kg:listedAffiliation``) says neither whose affiliation it is nor who built the model, and is not used. What may be
said is *for whom a person wrote*: the laboratories behind a paper are those that produced it or develop a model that it
introduces, and its listed authors wrote for them. Hence:

- A *stay* is a run of dated papers of one laboratory alone. Papers of several laboratories place nobody with one of
  them; papers of no known laboratory and undated ones place nobody at all. They are told apart from the stays.
- A *move* is the step from a stay to the next; it lies between the last paper of the one and the first of the other.
- A move is *shown* only where nothing speaks against it. It is not where the person wrote for the first laboratory
  after it or for the second before it; where a paper of either whose list of authors ends in "et al." could hide that
  the person did; where both stand behind one paper; where a date at its ends is not known to the day; or where the
  name may be shared with another person of the graph (``kg:possiblySameAs``). Then ``doubts`` say why.
- A name that only one person of the graph bears may still be two people: the graph goes by names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at, node_order, objects, typed
from kg.analyses.people import authors_of, labs_of
from kg.answers import Career, Flow, Move, Node, Stay

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["careers", "flows"]

_PRECISION = {
    "month": "known only to the month",
    "year": "known only to the year",
    "year-inferred": "of a year inferred",
}


def careers(network: nx.MultiDiGraph[str], people: Iterable[str] = ()) -> list[Career]:
    """Tell for which laboratories persons wrote, and which moves that shows; the module says by what rules.

    Parameters
    ----------
    network : nx.MultiDiGraph
        The graph.
    people : iterable of str
        IRIs of persons; if empty, all who wrote for more than one laboratory.

    Returns
    -------
    list of Career
        In the order of ``people``, else by the date of the first move, then by name.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("ann", type="Person")
    >>> graph.add_nodes_from(["lab1", "lab2"], type="Organization")
    >>> for paper, lab, day in [("p1", "lab1", "2021-12-08"), ("p2", "lab2", "2023-10-10")]:
    ...     graph.add_node(paper, type="Paper", date=day)
    ...     _ = graph.add_edge(paper, "ann", key="creator"), graph.add_edge(paper, lab, key="producedBy")
    >>> [(one.after, one.before, one.shown) for one in careers(graph)[0].moves]
    [('2021-12-08', '2023-10-10', True)]

    """
    records = _Records(network)
    if wanted := list(people):
        return [records.career(person) for person in wanted]
    found = [records.career(person) for person in sorted(records.papers_by_person)]
    moved = [career for career in found if career.moves or (career.joint and len(records.labs_of(career)) > 1)]
    return sorted(moved, key=lambda one: (one.moves[0].before if one.moves else "9", *node_order(one.person)[1:]))


def flows(network: nx.MultiDiGraph[str]) -> list[Flow]:
    """Collect the moves between laboratories, those of most people first, then the earliest; doubts stay with them."""
    moves: dict[tuple[str, str], list[Move]] = defaultdict(list)
    for career in careers(network):
        for move in career.moves:
            moves[move.start.lab.iri, move.end.lab.iri].append(move)
    found = [
        Flow(start=group[0].start.lab, end=group[0].end.lab, moves=tuple(sorted(group, key=_move_order)))
        for _, group in sorted(moves.items())
    ]
    return sorted(found, key=lambda flow: (-len(flow.moves), _move_order(flow.moves[0])))


def _move_order(move: Move) -> tuple[str, str, str]:
    return (move.before, move.after, move.person.label.casefold())


class _Records:
    """The papers of each person, the laboratories behind each paper, and which papers hide some of their authors."""

    def __init__(self, network: nx.MultiDiGraph[str]) -> None:
        self.network = network
        self.labs: dict[str, tuple[str, ...]] = {}
        self.papers_by_person: dict[str, list[str]] = defaultdict(list)
        self.hiding: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for paper in typed(network, ["Paper"]):
            self.labs[paper] = tuple(labs_of(network, paper))
            for person in authors_of(network, paper):
                self.papers_by_person[person].append(paper)
            day = str(network.nodes[paper].get("date", ""))
            if day and network.nodes[paper].get("truncated"):
                for lab in self.labs[paper]:
                    self.hiding[lab].append((day, paper))
        for cut_short in self.hiding.values():
            cut_short.sort()

    def labs_of(self, career: Career) -> set[str]:
        return {lab for paper in self.papers_by_person[career.person.iri] for lab in self.labs[paper]}

    def career(self, person: str) -> Career:
        papers = sorted((node_at(self.network, iri) for iri in self.papers_by_person.get(person, ())), key=node_order)
        placed = [paper for paper in papers if paper.date and len(self.labs[paper.iri]) == 1]
        joint = tuple(paper for paper in papers if len(self.labs[paper.iri]) > 1)
        stays = tuple(
            Stay(lab=node_at(self.network, lab), first=run[0].date, last=run[-1].date, papers=tuple(run))
            for lab, run in ((lab, list(run)) for lab, run in groupby(placed, lambda paper: self.labs[paper.iri][0]))
        )
        node, notes = node_at(self.network, person), tuple(self._name_doubts(person))
        return Career(
            person=node,
            stays=stays,
            moves=tuple(self._move(node, papers, start, end, notes) for start, end in pairwise(stays)),
            joint=joint,
            unplaced=tuple(paper for paper in papers if len(self.labs[paper.iri]) < (1 if paper.date else 2)),
            notes=notes,
        )

    def _move(self, person: Node, papers: list[Node], start: Stay, end: Stay, notes: tuple[str, ...]) -> Move:
        doubts = (*notes, *self._contradictions(papers, start, end), *self._gaps(papers, start, end))
        return Move(person=person, start=start, end=end, after=start.last, before=end.first, doubts=doubts)

    def _contradictions(self, papers: list[Node], start: Stay, end: Stay) -> Iterator[str]:
        """Yield what the person's own papers say against a move."""
        if start.last == end.first:
            yield f"wrote for both laboratories on {end.first}"
        later = [paper for paper in papers if self._of(paper, start.lab) and paper.date >= end.first and paper.date]
        earlier = [paper for paper in papers if self._of(paper, end.lab) and "" < paper.date <= start.last]
        both = [paper for paper in papers if self._of(paper, start.lab) and self._of(paper, end.lab)]
        if both:
            yield f"“{both[0].label}” is a paper of both laboratories"
        if again := [paper for paper in later if paper not in both and paper not in start.papers]:
            yield f"wrote for {start.lab.label} again, on {again[0].date}"
        if before := [paper for paper in earlier if paper not in both and paper not in end.papers]:
            yield f"wrote for {end.lab.label} before, on {before[0].date}"

    def _gaps(self, papers: list[Node], start: Stay, end: Stay) -> Iterator[str]:
        """Yield what is not known: names behind "et al." that would contradict the move, dates that are not sure."""
        own = {paper.iri for paper in papers}
        from_lab, to_lab = self.hiding[start.lab.iri], self.hiding[end.lab.iri]
        after = [one for _, one in from_lab[bisect_left(from_lab, (end.first, "")) :] if one not in own]
        before = [one for _, one in to_lab[: bisect_right(to_lab, (start.last, "\U0010ffff"))] if one not in own]
        if after:
            yield f"{_papers(len(after))} of {start.lab.label} from {end.first} on may hide the name behind “et al.”"
        if before:
            yield f"{_papers(len(before))} of {end.lab.label} up to {start.last} may hide the name behind “et al.”"
        for paper in dict.fromkeys((start.papers[-1], end.papers[0])):
            precision = str(self.network.nodes[paper.iri].get("precision", "day"))
            if precision in _PRECISION:
                yield f"the date of “{paper.label}” is {_PRECISION[precision]}"

    def _name_doubts(self, person: str) -> Iterator[str]:
        apart = {*objects(self.network, person, "possiblySameAs")}
        apart |= {one for one, _, key in self.network.in_edges(person, keys=True) if key == "possiblySameAs"}
        labels = sorted({node_at(self.network, one).label for one in apart})
        if labels:
            yield f"may be one with {' or '.join(labels)}, who is kept apart"

    def _of(self, paper: Node, lab: Node) -> bool:
        return lab.iri in self.labs[paper.iri]


def _papers(number: int) -> str:
    return f"{number} paper" if number == 1 else f"{number} papers"

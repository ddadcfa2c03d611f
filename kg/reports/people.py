"""Links, careers, flows, key people and communities as text for people, as rows and JSON for programs."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from kg.answers import Career, Chain, Community, Contributor, Flow, Links, Move, Node, Stay
from kg.reports.tables import Row, columns_wide
from kg.reports.values import Paint, name, node_to_dict, plain

__all__ = [
    "careers_to_rows",
    "communities_to_rows",
    "flows_to_rows",
    "key_people_to_rows",
    "links_to_rows",
    "render_careers",
    "render_careers_json",
    "render_communities",
    "render_communities_json",
    "render_flows",
    "render_flows_json",
    "render_key_people_json",
    "render_links",
    "render_links_json",
]

_PAPERS_SHOWN = 5
_PEOPLE_SHOWN = 12
_COLOURS = re.compile("\x1b\\[[0-9;]*m")


def render_links(links: Links, *, width: int | None = None, paint: Paint = plain) -> str:
    """Tell each chain of people from one thing to the other: whom each wrote with, in which papers, with dates."""
    return _wrapped(_links_lines(links, paint), width)


def _links_lines(links: Links, paint: Paint) -> Iterator[str]:
    ends = (name(links.start), name(links.end))
    steps = len(links.chains[0].shared)
    if steps:
        yield f"Nobody is listed with both {ends[0]} and {ends[1]}; the shortest chains of co-authors:"
    else:
        yield f"Listed with both {ends[0]} and {ends[1]}, in order of time:"
    for chain in links.chains:
        yield ""
        yield f"  {paint('label', ' – '.join(person.label for person in chain.people))}"
        if not chain.shared:
            yield from (f"    {_dated(paper)}" for paper in _in_time((*chain.start, *chain.end)))
            continue
        yield from _paper_lines(f"{chain.people[0].label} wrote", chain.start, paint)
        for place, shared in enumerate(chain.shared):
            one, other = chain.people[place : place + 2]
            yield from _paper_lines(f"{one.label} and {other.label} wrote", shared, paint)
        yield from _paper_lines(f"{chain.people[-1].label} wrote", chain.end, paint)
    yield ""
    if links.cut:
        yield f"There are more than these {len(links.chains)}; --top shows more."
    if links.hidden:
        yield paint("mark", _hidden(links))


def _in_time(papers: Sequence[Node]) -> list[Node]:
    return sorted(set(papers), key=lambda paper: (paper.date or "9", paper.label.casefold()))


def _hidden(links: Links) -> str:
    verb = "ends" if links.hidden == 1 else "end"
    of = "1 paper" if links.papers == 1 else f"{links.papers} papers"
    return f"The author lists of {links.hidden} of {of} at the two ends {verb} in “et al.”: others may link them too."


def _paper_lines(words: str, papers: Sequence[Node], paint: Paint) -> Iterator[str]:
    yield f"    {paint('relation', words)}"
    yield from (f"      {_dated(paper)}" for paper in papers[:_PAPERS_SHOWN])
    if (more := len(papers) - _PAPERS_SHOWN) > 0:
        yield f"      (and {more} more)"


def _dated(paper: Node) -> str:
    return f"{paper.date or 'no date':10}  {' '.join(paper.label.split())}"


def links_to_rows(links: Links) -> tuple[tuple[str, ...], list[Row]]:
    """Give a row for each paper of each chain, in the order from one end to the other."""
    rows: list[Row] = []
    for number, chain in enumerate(links.chains, start=1):
        for people, papers in _legs(chain):
            rows += [(number, " & ".join(who.label for who in people), one.date, one.label, one.iri) for one in papers]
    return ("chain", "people", "date", "paper", "iri"), rows


def _legs(chain: Chain) -> list[tuple[tuple[Node, ...], tuple[Node, ...]]]:
    between = [(chain.people[place : place + 2], shared) for place, shared in enumerate(chain.shared)]
    return [(chain.people[:1], chain.start), *between, (chain.people[-1:], chain.end)]


def render_links_json(links: Links) -> str:
    """Write links as JSON: ``chains`` of ``people``, with the papers at the start, of each two, and at the end."""
    return _json({
        "start": node_to_dict(links.start),
        "end": node_to_dict(links.end),
        "papers": links.papers,
        "truncated_papers": links.hidden,
        "more": links.cut,
        "chains": [
            {
                "people": _nodes(chain.people),
                "start_papers": _nodes(chain.start),
                "shared_papers": [_nodes(shared) for shared in chain.shared],
                "end_papers": _nodes(chain.end),
            }
            for chain in links.chains
        ],
    })  # fmt: skip


def render_careers(careers: Sequence[Career], *, width: int | None = None, paint: Paint = plain) -> str:
    """Tell for which laboratories each person wrote, when, in which papers, and which moves that shows or not."""
    return _wrapped((line for career in careers for line in _career_lines(career, paint)), width)


def _career_lines(career: Career, paint: Paint) -> Iterator[str]:
    yield paint("label", career.person.label)
    for place, stay in enumerate(career.stays):
        yield f"  {_interval(stay.first, stay.last)}  wrote for {paint('relation', stay.lab.label)}"
        yield from (f"      {_dated(paper)}" for paper in stay.papers)
        if place < len(career.moves):
            yield from _move_lines(career.moves[place], paint)
    for words, papers in (
        ("papers of several labs, which place nobody with one of them", career.joint),
        ("papers without a known lab or a date, which place nobody", career.unplaced),
    ):
        if papers:
            yield f"  {words}"
            yield from (f"      {_dated(paper)}" for paper in papers)
    if not career.moves:
        yield paint("source", f"  no move: {_why_no_move(career)}")
        yield from (paint("source", f"  {note}") for note in career.notes)
    yield ""


def _move_lines(move: Move, paint: Paint) -> Iterator[str]:
    when = f"between {move.after} and {move.before}"
    if move.shown:
        yield f"  → moved to {move.end.lab.label} {when}"
        return
    yield paint("source", f"  → to {move.end.lab.label} {when}, but that this was a move is not shown:")
    yield from (paint("source", f"      {doubt}") for doubt in move.doubts)


def _why_no_move(career: Career) -> str:
    if not career.stays:
        return "no paper places the person with one laboratory"
    return f"every paper that places the person is of {career.stays[0].lab.label}"


def _interval(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def careers_to_rows(careers: Sequence[Career]) -> tuple[tuple[str, ...], list[Row]]:
    """Give a row for each stay, with the move that led to it and the doubts about that."""
    rows: list[Row] = []
    for career in careers:
        for place, stay in enumerate(career.stays):
            move = career.moves[place - 1] if place else None
            rows.append((
                career.person.label, stay.lab.label, stay.first, stay.last, "; ".join(p.label for p in stay.papers),
                "" if move is None else "shown" if move.shown else "not shown", "; ".join(move.doubts) if move else "",
                career.person.iri,
            ))  # fmt: skip
    return ("person", "lab", "first", "last", "papers", "move", "doubts", "iri"), rows


def render_careers_json(careers: Sequence[Career]) -> str:
    """Write careers as JSON: for each person ``stays``, ``moves`` with ``doubts``, and papers that place nobody."""
    return _json([
        {
            "person": node_to_dict(career.person),
            "stays": [_stay(stay) for stay in career.stays],
            "moves": [_move(move) for move in career.moves],
            "joint": _nodes(career.joint),
            "unplaced": _nodes(career.unplaced),
            "notes": list(career.notes),
        }
        for career in careers
    ])  # fmt: skip


def _stay(stay: Stay) -> dict[str, Any]:
    return {"lab": node_to_dict(stay.lab), "first": stay.first, "last": stay.last, "papers": _nodes(stay.papers)}


def _move(move: Move) -> dict[str, Any]:
    return {
        "person": move.person.label,
        "from": move.start.lab.iri,
        "to": move.end.lab.iri,
        "after": move.after,
        "before": move.before,
        "shown": move.shown,
        "doubts": list(move.doubts),
    }


def render_flows(flows: Sequence[Flow], *, width: int | None = None, paint: Paint = plain) -> str:
    """Draw the moves as a matrix from rows to columns, and list who is in each of its cells.

    A cell says how many moved; of those in brackets the papers do not show that they did.
    """
    labs = sorted_labs(flows)
    cells = {(flow.start.iri, flow.end.iri): _cell(flow) for flow in flows}
    names = [f"{place:>{len(str(len(labs)))}} {lab.label}" for place, lab in enumerate(labs, start=1)]
    wide = max(len("from"), *(columns_wide(one) for one in names))
    columns = max(len(str(len(labs))), *(len(cell) for cell in cells.values()))
    lines = [f"{'from':<{wide}}  to  " + "  ".join(f"{place:>{columns}}" for place in range(1, len(labs) + 1))]
    for one, lab in zip(names, labs, strict=True):
        row = "  ".join(f"{cells.get((lab.iri, other.iri), '·'):>{columns}}" for other in labs)
        lines.append(f"{one}{' ' * (wide - columns_wide(one))}      {row}")
    lines.append("")
    for flow in flows:
        lines.append(f"{paint('label', flow.start.label)} → {paint('label', flow.end.label)}")
        for move in flow.moves:
            lines.append(f"  {move.after} to {move.before}  {move.person.label}{'' if move.shown else ' (not shown)'}")
    if any(not move.shown for flow in flows for move in flow.moves):
        lines += ["", "(n): not shown by the papers; `kg people moves NAME` tells why."]
    return _wrapped(iter(lines), width)


def sorted_labs(flows: Sequence[Flow]) -> list[Node]:
    """List the laboratories of some flows, by name."""
    labs = {lab.iri: lab for flow in flows for lab in (flow.start, flow.end)}
    return sorted(labs.values(), key=lambda lab: (lab.label.casefold(), lab.iri))


def _cell(flow: Flow) -> str:
    unsure = len(flow.moves) - flow.shown
    return "".join((str(flow.shown) if flow.shown else "", f"({unsure})" if unsure else ""))


def flows_to_rows(flows: Sequence[Flow]) -> tuple[tuple[str, ...], list[Row]]:
    """Give a row for each pair of laboratories with moves from the one to the other."""
    return ("from", "to", "people", "shown", "first", "last", "names"), [
        (
            flow.start.label, flow.end.label, len(flow.moves), flow.shown,
            min(move.before for move in flow.moves), max(move.before for move in flow.moves),
            "; ".join(move.person.label for move in flow.moves),
        )
        for flow in flows
    ]  # fmt: skip


def render_flows_json(flows: Sequence[Flow]) -> str:
    """Write flows as JSON: ``labs``, the ``matrix`` of people, that of ``shown`` moves (rows to columns), ``flows``."""
    labs = sorted_labs(flows)
    places = {lab.iri: place for place, lab in enumerate(labs)}
    people, shown = ([[0] * len(labs) for _ in labs] for _ in range(2))
    for flow in flows:
        people[places[flow.start.iri]][places[flow.end.iri]] = len(flow.moves)
        shown[places[flow.start.iri]][places[flow.end.iri]] = flow.shown
    moves = [[_move(move) for move in flow.moves] for flow in flows]
    return _json({"labs": _nodes(labs), "matrix": people, "shown": shown, "flows": moves})


def key_people_to_rows(found: Sequence[Contributor]) -> tuple[tuple[str, ...], list[Row]]:
    """Give a row for each person: how many papers, how many led, from when to when."""
    return ("person", "papers", "led", "first", "last", "iri"), [
        (
            one.person.label, len(one.papers), one.led,
            min((paper.date for paper in one.papers if paper.date), default=""),
            max((paper.date for paper in one.papers), default=""), one.person.iri,
        )
        for one in found
    ]  # fmt: skip


def render_key_people_json(found: Sequence[Contributor]) -> str:
    """Write key people as JSON: each ``person`` with ``papers`` and how many of them they ``led``."""
    return _json([{"person": node_to_dict(one.person), "papers": _nodes(one.papers), "led": one.led} for one in found])


def render_communities(groups: Sequence[Community], *, width: int | None = None, paint: Paint = plain) -> str:
    """Tell of each group its size, the laboratories behind its papers and its people, the most connected first."""
    return _wrapped(_group_lines(groups, paint), width)


def _group_lines(groups: Sequence[Community], paint: Paint) -> Iterator[str]:
    for number, group in enumerate(groups, start=1):
        papers = "1 paper" if group.papers == 1 else f"{group.papers} papers"
        yield paint("label", f"Group {number}") + f" · {len(group.people)} people · {papers}"
        people = ", ".join(person.label for person in group.people[:_PEOPLE_SHOWN])
        more = len(group.people) - _PEOPLE_SHOWN
        yield f"  {people}" + (f" and {more} more" if more > 0 else "")
        labs = ", ".join(f"{lab.label} ({count})" for lab, count in group.labs)
        yield paint("relation", f"  wrote for {labs}" if labs else "  wrote for no lab that the graph knows")
        yield ""


def communities_to_rows(groups: Sequence[Community]) -> tuple[tuple[str, ...], list[Row]]:
    """Give a row for each person of each group."""
    rows: list[Row] = [
        (number, person.label, person.iri) for number, group in enumerate(groups, 1) for person in group.people
    ]
    return ("group", "person", "iri"), rows


def render_communities_json(groups: Sequence[Community]) -> str:
    """Write groups as JSON: ``people``, ``labs`` with how many of them wrote for each, and the number of ``papers``."""
    return _json([
        {
            "people": _nodes(group.people),
            "labs": [{"lab": node_to_dict(lab), "people": number} for lab, number in group.labs],
            "papers": group.papers,
        }
        for group in groups
    ])  # fmt: skip


def _nodes(nodes: Sequence[Node]) -> list[dict[str, str]]:
    return [node_to_dict(node) for node in nodes]


def _json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _wrapped(lines: Iterator[str], width: int | None) -> str:
    """Join lines, each wrapped to so many columns under its own indent; without a width they stay as they are."""
    out: list[str] = []
    for line in lines:
        bare = _COLOURS.sub("", line)
        indent = " " * (len(bare) - len(bare.lstrip()) + 2)
        room = None if width is None else max(width, 30)
        out += (
            [line]
            if room is None or columns_wide(bare) <= room
            else textwrap.wrap(line, room, subsequent_indent=indent)
        )
    while out and not out[-1]:
        out.pop()
    return "".join(f"{line}\n" for line in out)

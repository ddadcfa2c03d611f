"""The lineage picture: time from left to right, each family a block, what is derived to the right of its origin.

Time is ordinal. Dates fall into periods (days where few, else months, else years) and each period takes the columns
that it needs: first what is new, then what was made of it on the same day. The rows of a block are packed so that no
label, written above its dot, runs into the next one; blocks are stacked below the blocks that they descend from, and
share a height where they do not share a time.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush, merge

__all__ = ["Block", "LineageLayout", "Tick", "TimedNode", "lay_out_lineage"]

_ROW = 34
_HEAD = 30  # the family's name above its rows
_FIRST = 24  # from the top of the rows to the first dot
_PAD = 12
_GAP = 14
_COLUMN = 44
_PERIOD = 84
_LABEL_GAP = 18
_SLACK = 30
_STRIPS = 12
_MAX_ROWS = 8
_MAX_PERIODS = 40
_NO_FAMILY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedNode:
    """A thing to be placed: ``family`` is an id or empty, ``date`` ISO or empty; a ``head`` is the family."""

    id: str
    label: str
    family: str
    date: str
    head: bool = False

    @property
    def width(self) -> int:
        """The room its label takes, estimated: it does not shrink with the picture, so it is for one that is."""
        return round(len(self.label) * (10 if self.head else 8.4)) + (36 if self.head else 18)


@dataclass(frozen=True, slots=True)
class Block:
    """The room of one family: its id (empty for things without a family) and its rectangle."""

    id: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a period begins; ``date`` is a prefix of an ISO date, empty for things whose date nobody states."""

    date: str
    x: int


@dataclass(frozen=True, slots=True)
class LineageLayout:
    """Positions by id, the number of the block of each, the blocks and the periods from left to right."""

    positions: dict[str, tuple[int, int]]
    block_of: dict[str, int]
    blocks: list[Block]
    ticks: list[Tick]


@dataclass(slots=True)
class _Rows:
    """The rows of one block while it fills: where the last label of each ends."""

    ends: list[int] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def choose(self, wish: int, free_until: int) -> int:
        """Return the row nearest to ``wish``, rather below than above, that is free at this column."""
        count = len(self.ends)
        if count < _MAX_ROWS or len(self.taken) == count:
            self.ends.append(-_PERIOD)
        untaken = [row for row in self._from(wish) if row not in self.taken]
        row = next((row for row in untaken if self.ends[row] <= free_until), untaken[0])
        if row < count:
            del self.ends[count:]
        return row

    def _from(self, wish: int) -> Iterator[int]:
        """Yield the rows by their distance from ``wish``, of two at one distance the lower one first."""
        last = len(self.ends) - 1
        yield min(wish, last)
        for away in range(1, len(self.ends) + 1):
            if wish + away <= last:
                yield wish + away
            if 0 <= wish - away <= last and wish - away != min(wish, last):
                yield wish - away


def lay_out_lineage(nodes: Sequence[TimedNode], parents: Mapping[str, Sequence[str]]) -> LineageLayout:
    """Place each node. ``parents`` maps a derived thing to what it comes from; cycles and contradictions are allowed.

    A thing without a date stands just before the first thing made of it, or after what it is made of.
    """
    nodes = sorted(nodes, key=lambda n: (n.family, not n.head, n.date, n.label, n.id))
    there = {n.id for n in nodes}
    known = {n.id: sorted({p for p in parents.get(n.id, ()) if p != n.id and p in there}) for n in nodes}
    children: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        for parent in known[node.id]:
            children[parent].append(node.id)
    blocks = _blocks_of(nodes, known, children)
    dates = _periods(_dates(nodes, known, children, blocks))
    members = Counter(blocks.values())
    in_rows = [n for n in nodes if not n.head or members[blocks[n.id]] == 1]
    depths = _depths(in_rows, known, dates)
    xs, rows, ticks = _pack(in_rows, known, blocks, dates, depths)
    return _stack(nodes, known, blocks, xs, rows, ticks)


def _blocks_of(
    nodes: Sequence[TimedNode], parents: Mapping[str, Sequence[str]], children: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return the block of each node: its family, else the one family that it is linked to, else a block of its own."""
    families = {node.id: node.family for node in nodes}
    blocks = {}
    for node in nodes:
        linked = {families[other] for other in (*parents[node.id], *children.get(node.id, ()))} - {_NO_FAMILY}
        blocks[node.id] = node.family or (linked.pop() if len(linked) == 1 else f"only {node.id}")
    return blocks


def _dates(
    nodes: Sequence[TimedNode],
    parents: Mapping[str, Sequence[str]],
    children: Mapping[str, Sequence[str]],
    blocks: Mapping[str, str],
) -> dict[str, str]:
    """Return a date for each node, its own or that of its relatives; empty where nothing is known."""
    dates = {node.id: "" if node.head else node.date for node in nodes}
    undated = [node.id for node in nodes if not node.date and not node.head]
    for _ in range(8):  # each round reaches one generation further
        found = {}
        for one in undated:
            before = min((dates[c] for c in children.get(one, ()) if dates[c]), default="")
            after = max((dates[p] for p in parents[one] if dates[p]), default="")
            if not dates[one] and (before or after):
                found[one] = before or after
        if not found:
            break
        dates.update(found)
    first: dict[str, str] = {}
    for node in nodes:
        if dates[node.id]:
            first[blocks[node.id]] = min(dates[node.id], first.get(blocks[node.id], dates[node.id]))
    return dates | {n.id: n.date or first.get(blocks[n.id], "") for n in nodes if n.head}


def _periods(dates: Mapping[str, str]) -> dict[str, str]:
    """Shorten the dates to days, months or years, whichever is the finest that leaves a readable number of them."""
    for length in (10, 7):
        if len({date[:length] for date in dates.values()}) <= _MAX_PERIODS:
            break
    else:
        length = 4
    return {key: date[:length] for key, date in dates.items()}


def _depths(
    nodes: Sequence[TimedNode], parents: Mapping[str, Sequence[str]], dates: Mapping[str, str]
) -> dict[str, int]:
    """Return how many steps of derivation inside its own period lie before each node."""
    placed = {node.id for node in nodes}
    depths: dict[str, int] = {}
    for node in nodes:
        stack = [node.id]
        begun: set[str] = set()
        while stack:
            current = stack[-1]
            same = [p for p in parents[current] if p in placed and dates[p] == dates[current]]
            waiting = [p for p in same if p not in depths and p not in begun]
            begun.add(current)
            if waiting and current not in depths:
                stack.extend(waiting)
                begun.update(waiting)
                continue
            stack.pop()
            depths.setdefault(current, max((depths.get(p, 0) + 1 for p in same), default=0))
    return depths


def _pack(
    nodes: Sequence[TimedNode],
    parents: Mapping[str, Sequence[str]],
    blocks: Mapping[str, str],
    dates: Mapping[str, str],
    depths: Mapping[str, int],
) -> tuple[dict[str, int], dict[str, int], list[Tick]]:
    """Walk the columns from left to right; give each node a row of its block and each column the room it needs."""
    columns: dict[tuple[str, int], list[TimedNode]] = defaultdict(list)
    for node in nodes:
        columns[dates[node.id], depths[node.id]].append(node)
    block_rows: dict[str, _Rows] = defaultdict(_Rows)
    xs: dict[str, int] = {}
    rows: dict[str, int] = {}
    ticks: list[Tick] = []
    x = -_PERIOD
    for (date, _), column in sorted(columns.items()):
        new_period = not ticks or ticks[-1].date != date
        x += _PERIOD if new_period else _COLUMN
        floor = x
        for one in block_rows.values():
            one.taken.clear()
        wishes = {
            n.id: max(
                ((xs[p], rows[p]) for p in parents[n.id] if p in xs and blocks[p] == blocks[n.id]), default=(0, 0)
            )[1]
            for n in column
        }
        column.sort(key=lambda n: (blocks[n.id], wishes[n.id], n.date, n.label, n.id))
        for node in column:
            block = block_rows[blocks[node.id]]
            row = rows[node.id] = block.choose(wishes[node.id], floor + _SLACK)
            block.taken.add(row)
            x = max(x, block.ends[row])
        for node in column:
            xs[node.id] = x
            block_rows[blocks[node.id]].ends[rows[node.id]] = x + node.width + _LABEL_GAP
        if new_period:
            ticks.append(Tick(date, x))
    return xs, rows, ticks


def _stack(
    nodes: Sequence[TimedNode],
    parents: Mapping[str, Sequence[str]],
    blocks: Mapping[str, str],
    xs: Mapping[str, int],
    rows: Mapping[str, int],
    ticks: list[Tick],
) -> LineageLayout:
    """Give each block the highest place that is free and below the blocks that it descends from.

    The way from its origins to its name stays free as well: a line that ran behind another family's name would read
    as that family's.
    """
    members: dict[str, list[TimedNode]] = defaultdict(list)
    origins: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        members[blocks[node.id]].append(node)
        origins[blocks[node.id]] |= {blocks[p] for p in parents[node.id]} - {blocks[node.id]}
    left = {block: min(xs[n.id] for n in ns if n.id in xs) for block, ns in members.items()}
    positions: dict[str, tuple[int, int]] = {}
    placed: dict[str, Block] = {}
    room = _Room(max(xs.values(), default=0))
    for block in _stacking_order(left, origins):
        headed = any(node.head for node in members[block])
        right = max(xs.get(n.id, left[block]) + n.width for n in members[block])
        count = 1 + max(rows[n.id] for n in members[block] if n.id in rows)
        alone = headed and len(members[block]) == 1
        height = 2 * _PAD + (_HEAD if headed else 0) + (0 if alone else count * _ROW - (0 if headed else 4))
        least = max((placed[o].bottom + _GAP for o in origins[block] if o in placed), default=0)
        start = min((left[o] for o in origins[block] if o in placed), default=left[block])
        top = room.free_height(start - _PAD - _GAP, right + 2 * _PAD + _GAP, height, least)
        if start < left[block]:
            room.take(start, top, left[block], top + _PAD + _HEAD)
        here = Block(block if headed else "", left[block] - _PAD, top, right + 2 * _PAD, top + height)
        placed[block] = here
        room.take(here.left, here.top, here.right, here.bottom)
        for node in members[block]:
            first = top + _PAD + (_HEAD if headed else 0) + _FIRST
            inside = (xs[node.id], first + rows[node.id] * _ROW) if not node.head else (left[block], top + _PAD + 14)
            positions[node.id] = inside
    number = {block: place for place, block in enumerate(placed)}
    block_of = {node: number[blocks[node]] for node in positions}
    return LineageLayout(positions, block_of, list(placed.values()), ticks)


def _stacking_order(left: Mapping[str, int], origins: Mapping[str, set[str]]) -> list[str]:
    """Order the blocks: those linked by descent one after the other, origins first; else from left to right."""
    linked: dict[str, set[str]] = defaultdict(set)
    for block in left:
        for origin in origins[block]:
            linked[block].add(origin)
            linked[origin].add(block)
    order: dict[str, None] = {}
    for start in sorted(left, key=lambda one: (left[one], one)):
        if start in order:
            continue
        group = [start]
        seen = {start}
        for one in group:  # the list grows while it is read
            new = sorted(linked[one] - seen)
            seen.update(new)
            group.extend(new)
        order.update(dict.fromkeys(_origins_first(group, left, origins)))
    return list(order)


def _origins_first(group: Sequence[str], left: Mapping[str, int], origins: Mapping[str, set[str]]) -> list[str]:
    """Order linked blocks by descent, then from left to right; where they descend in a circle the leftmost begins."""
    waiting = {one: len(origins[one]) for one in group}
    below: dict[str, list[str]] = defaultdict(list)
    for one in group:
        for origin in origins[one]:
            below[origin].append(one)
    ready = [(left[one], one) for one in group if not waiting[one]]
    heapify(ready)
    rest = sorted(((left[one], one) for one in group), reverse=True)
    order: dict[str, None] = {}
    while len(order) < len(group):
        while not ready:
            candidate = rest.pop()
            ready = [candidate] if candidate[1] not in order else []
        _, chosen = heappop(ready)
        if chosen in order:
            continue
        order[chosen] = None
        for one in below[chosen]:
            waiting[one] -= 1
            if waiting[one] == 0 and one not in order:
                heappush(ready, (left[one], one))
    return list(order)


class _Room:
    """The room that is taken, cut into strips of time, so that a free place is found among many blocks."""

    def __init__(self, width: int) -> None:
        self._strip = max(600, width // _STRIPS)
        self._strips: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)

    def take(self, left: int, top: int, right: int, bottom: int) -> None:
        """Mark a rectangle as taken."""
        for strip in range(left // self._strip, right // self._strip + 1):
            insort(self._strips[strip], (top, bottom, left, right))

    def free_height(self, left: int, right: int, height: int, least: int) -> int:
        """Return the least height at which a rectangle meets nothing that is taken."""
        strips = [
            self._strips[strip]
            for strip in range(left // self._strip, right // self._strip + 1)
            if strip in self._strips
        ]
        top = least
        for taken_top, taken_bottom, taken_left, taken_right in merge(*strips):
            if taken_top - _GAP >= top + height:
                break
            if taken_left < right and left < taken_right:
                top = max(top, taken_bottom + _GAP)
        return top

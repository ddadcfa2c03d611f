"""The picture of comparisons: who does better stands left of who does worse.

A column is the longest chain of wins that leads to it; what wins in a circle shares a column (the strongly connected
parts are taken as one). Within a column the order follows the middle of the neighbours (barycentres, Sugiyama et al.
1981, doi:10.1109/TSMC.1981.4308636). Groups that nothing joins are set side by side like words on lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["lay_out_ranks"]

_ROW: Final = 44
_BETWEEN: Final = 96  # between two columns, room for the arrows
_GROUP_GAP: Final = 56
_LETTER: Final = 6.8
_CHIP: Final = 34  # what a chip has besides its letters
_SWEEPS: Final = 6
_WIDE: Final = 1.7  # width over height


def lay_out_ranks(
    labels: Mapping[str, str], wins: Sequence[tuple[str, str]], draws: Sequence[tuple[str, str]]
) -> dict[str, tuple[int, int]]:
    """Place the left end of each thing. ``wins`` are (better, worse); ``draws`` only keep things together."""
    links: dict[str, set[str]] = {node: set() for node in sorted(labels)}
    for a, b in (*wins, *draws):
        if a != b:
            links[a].add(b)
            links[b].add(a)
    columns = _columns(list(links), wins, draws)
    groups = [_group(members, columns, links, labels) for members in _parts(links)]
    return _lines(sorted(groups, key=lambda group: (-len(group[0]), min(group[0]))))


def _parts(links: Mapping[str, set[str]]) -> list[list[str]]:
    """Return what hangs together."""
    parts, seen = [], set[str]()
    for start in links:
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:  # the list grows while it is read
            new = sorted(links[node] - seen)
            seen.update(new)
            part.extend(new)
        parts.append(part)
    return parts


def _columns(nodes: Sequence[str], wins: Sequence[tuple[str, str]], draws: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each node: the length of the longest chain of wins that ends there."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(sorted(set(wins)))
    circles = [sorted(part) for part in nx.strongly_connected_components(graph)]
    circle_of = {node: place for place, part in enumerate(sorted(circles)) for node in part}
    pairs = {(circle_of[better], circle_of[worse]) for better, worse in graph.edges}
    below: dict[int, list[int]] = defaultdict(list)
    waiting: dict[int, int] = dict.fromkeys(range(len(circles)), 0)
    for a, b in sorted(pairs):
        if a != b:
            below[a].append(b)
            waiting[b] += 1
    column = dict.fromkeys(waiting, 0)
    ready = [one for one, count in waiting.items() if not count]
    for one in ready:
        for other in below[one]:
            column[other] = max(column[other], column[one] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    found = {node: column[circle_of[node]] for node in nodes}
    compared = {node for pair in wins for node in pair}
    # What nobody beat or lost to stands right of its equal, so that the line between them can be seen.
    for left, right in sorted(draws):
        lone, equal = (left, right) if right in compared else (right, left)
        if lone not in compared:
            found[lone] = found[equal] + 1
            compared |= {lone, equal}
    return found


def _group(
    members: Sequence[str], columns: Mapping[str, int], links: Mapping[str, set[str]], labels: Mapping[str, str]
) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Place one group from its own corner; return the places, the width and the height."""
    stacks: dict[int, list[str]] = defaultdict(list)
    for node in sorted(members):
        stacks[columns[node]].append(node)
    least = min(stacks)
    y = {node: float(row) for stack in stacks.values() for row, node in enumerate(stack)}
    for sweep in range(_SWEEPS):
        for number in sorted(stacks, reverse=bool(sweep % 2)):
            stack = stacks[number]
            middle = {n: sum(y[o] for o in sorted(links[n])) / len(links[n]) if links[n] else 0.0 for n in stack}
            stack.sort(key=lambda node: (middle[node], labels[node], node))
            start = sum(middle.values()) / len(stack) - (len(stack) - 1) / 2
            y.update((node, start + row) for row, node in enumerate(stack))
    tallest = max(12, int((len(members) * 2) ** 0.5))
    places: dict[str, tuple[float, float]] = {}
    x = 0.0
    for number in range(least, max(stacks) + 1):
        stack = stacks.get(number, [])
        for begin in range(0, len(stack), tallest):
            part = stack[begin : begin + tallest]
            lift = y[part[0]] if len(stack) <= tallest else -len(part) / 2
            places.update((node, (x, (lift + row) * _ROW)) for row, node in enumerate(part))
            x += max(len(labels[node]) for node in part) * _LETTER + _CHIP + _BETWEEN
    top = min(at[1] for at in places.values())
    height = max(at[1] for at in places.values()) - top + _ROW
    return {node: (at[0], at[1] - top) for node, at in places.items()}, x - _BETWEEN, height


def _lines(groups: Sequence[tuple[dict[str, tuple[float, float]], float, float]]) -> dict[str, tuple[int, int]]:
    """Set the groups on lines from left to right, the largest first."""
    area = sum((width + _GROUP_GAP * 2) * (height + _GROUP_GAP) for _, width, height in groups)
    room = max([(area * _WIDE) ** 0.5, *(width for _, width, _ in groups)])
    places: dict[str, tuple[int, int]] = {}
    left = top = tallest = 0.0
    for group, width, height in groups:
        if left and left + width > room:
            left, top, tallest = 0.0, top + tallest + _GROUP_GAP, 0.0
        places.update((node, (round(left + x), round(top + y))) for node, (x, y) in group.items())
        left += width + _GROUP_GAP * 2
        tallest = max(tallest, height)
    return places

"""The whole picture: hubs spread by forces, what hangs on one hub alone set around it as a fan.

The forces follow ForceAtlas2 (Jacomy et al. 2014, doi:10.1371/journal.pone.0098679): repulsion by degree, springs
along edges, a pull to the middle that is stronger upwards than sideways because windows are wide. Only element-wise
arithmetic and sums over the first axis are used: both are exact to the bit everywhere, so equal graphs give equal
pictures on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kg.viewer.galaxies import communities, sunflower

__all__ = ["lay_out_whole"]


_EXACT = 1200
_CELLS = 12
#: Where the grid begins in each round, as parts of a cell: spread evenly over it (Roberts' sequence, 2018).
_START = [((i * 0.7548776662) % 1.0, (i * 0.5698402910) % 1.0) for i in range(97)]
_LEAF_GAP = 20.0
_LEAF_RADIUS = 27.0
_CORE_RADIUS = 20.0
_WIDE = 1.5  # width over height

Floats = npt.NDArray[np.float64]


def lay_out_whole(
    nodes: Sequence[str], pairs: Sequence[tuple[str, str]], order: Mapping[str, tuple[object, ...]]
) -> dict[str, tuple[int, int]]:
    """Place every node, in a plane whose unit is a pixel of the first picture.

    ``pairs`` are the edges without direction; ``order`` says in which order the leaves of a hub go around it.
    """
    links: dict[str, set[str]] = {node: set() for node in nodes}
    for a, b in pairs:
        if a != b:
            links[a].add(b)
            links[b].add(a)
    hub_of = {}
    for node in nodes:
        if len(links[node]) == 1:
            (hub,) = links[node]
            if len(links[hub]) > 1 or hub < node:
                hub_of[node] = hub
    fans: dict[str, list[str]] = {}
    for leaf in sorted(hub_of, key=lambda node: (order[node], node)):
        fans.setdefault(hub_of[leaf], []).append(leaf)
    alone = [node for node in nodes if not links[node]]
    core = [node for node in nodes if links[node] and node not in hub_of]
    index = {node: i for i, node in enumerate(core)}
    edges = sorted({(index[min(a, b)], index[max(a, b)]) for a, b in pairs if a != b and a in index and b in index})
    radii = np.array([_fan_radius(len(fans.get(node, ()))) for node in core])
    xy = _spread(len(core), edges, radii) if len(core) <= _EXACT else _discs(len(core), edges, radii)
    places = {node: (float(xy[i, 0]), float(xy[i, 1])) for node, i in index.items()}
    for hub in sorted(fans):
        away = [places[other] for other in sorted(links[hub]) if other in index]
        places.update(_fan(places[hub], fans[hub], away))
    places.update(_grid(alone, places))
    return {node: (round(places[node][0]), round(places[node][1])) for node in nodes}


def _spread(count: int, edges: Sequence[tuple[int, int]], radii: Floats) -> Floats:
    """Place things by forces, none on another where they are few enough for that."""
    xy = _sized(_forces(count, edges, radii), radii)
    return _apart(xy, radii) if count <= _EXACT else xy


def _discs(count: int, edges: Sequence[tuple[int, int]], radii: Floats) -> Floats:
    """Place many things: those that hang together closely in a disc, the discs by the forces between them."""
    group = communities(count, edges)
    members: list[list[int]] = [[] for _ in range(max(group) + 1)]
    degree = np.bincount(np.array(edges, dtype=np.intp).ravel(), minlength=count)
    for node in sorted(range(count), key=lambda node: (-int(degree[node]), node)):
        members[group[node]].append(node)
    inside = [sunflower(radii[np.array(one, dtype=np.intp)]) for one in members]
    between = sorted({(min(group[a], group[b]), max(group[a], group[b])) for a, b in edges if group[a] != group[b]})
    centre = _spread(len(members), between, np.array([radius + 12.0 for _, radius in inside]))
    xy = np.zeros((count, 2))
    for one, (places, _), middle in zip(members, inside, centre, strict=True):
        xy[np.array(one, dtype=np.intp)] = places + middle
    return xy


def _rings(count: int) -> list[int]:
    """Return how many leaves sit on each ring around a hub, from the inside."""
    rings: list[int] = []
    while count > 0:
        room = int(2 * math.pi * (_LEAF_RADIUS + _LEAF_GAP * len(rings)) / _LEAF_GAP)
        rings.append(min(room, count))
        count -= room
    return rings


def _fan_radius(leaves: int) -> float:
    """Return the room that a hub and its leaves take."""
    rings = len(_rings(leaves))
    return _CORE_RADIUS if rings == 0 else _LEAF_RADIUS + _LEAF_GAP * (rings - 1) + 10.0


def _start(count: int) -> Floats:
    """Return places to begin with: spread evenly, in no pattern (the Halton sequence in bases 2 and 3)."""

    def halton(index: int, base: int) -> float:
        value, part = 0.0, 1.0
        while index:
            part /= base
            value += part * (index % base)
            index //= base
        return value

    side = 90.0 * math.sqrt(max(count, 1))
    return np.array([[side * (halton(i, 2) - 0.5), side * (halton(i, 3) - 0.5)] for i in range(1, count + 1)]).reshape(
        -1, 2
    )


def _forces(count: int, edges: Sequence[tuple[int, int]], radii: Floats) -> Floats:
    """Let the forces work until the picture is at rest."""
    xy = _start(count)
    if count < 2:
        return xy
    ends = np.array(edges, dtype=np.intp).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    mass = (1.0 + degree) * (radii / _CORE_RADIUS)
    rounds = int(max(60, min(500, 60_000_000 // (count * count)))) if count <= _EXACT else 80
    pull = np.array([0.55, 1.15]) * 0.9
    rest = 34.0 + radii[ends[:, 0]] + radii[ends[:, 1]] if len(ends) else np.zeros(0)
    for step in range(rounds):
        push = (
            _repulsion_exact(xy, mass) if count <= _EXACT else _repulsion_by_cells(xy, mass, _START[step % len(_START)])
        )
        move = push * 1500.0
        if len(ends):
            delta = xy[ends[:, 1]] - xy[ends[:, 0]]
            length = np.sqrt(delta[:, 0] * delta[:, 0] + delta[:, 1] * delta[:, 1]) + 1e-9
            spring = delta * ((length - rest) / length)[:, None] * 0.9
            for axis in (0, 1):
                move[:, axis] += np.bincount(ends[:, 0], spring[:, axis], count)
                move[:, axis] -= np.bincount(ends[:, 1], spring[:, axis], count)
        move -= xy * pull * np.sqrt(mass)[:, None] * 0.12
        size = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1]) + 1e-9
        limit = 60.0 * (1.0 - step / rounds) + 0.5
        xy = xy + move * (np.minimum(size * 0.25, limit) / size)[:, None]
    return xy


def _sized(xy: Floats, radii: Floats) -> Floats:
    """Scale the picture to the room that its nodes need and to the shape of a window."""
    if len(xy) < 2:
        return xy
    low, high = xy.min(axis=0), xy.max(axis=0)
    room = np.add.accumulate((2 * radii + 14.0) ** 2)[-1] * 1.7
    height = math.sqrt(room / _WIDE)
    span = np.maximum(high - low, 1.0)
    scaled: Floats = (xy - (low + high) / 2) / span * np.array([height * _WIDE, height])
    return scaled


def _repulsion_exact(xy: Floats, mass: Floats) -> Floats:
    """Return the push of every node on every other: product of masses over distance."""
    push = np.empty_like(xy)
    dx = xy[None, :, 0] - xy[:, None, 0]
    dy = xy[None, :, 1] - xy[:, None, 1]
    weight = mass[:, None] * mass[None, :] / (dx * dx + dy * dy + 25.0)
    push[:, 0] = np.add.reduce(dx * weight, axis=0)
    push[:, 1] = np.add.reduce(dy * weight, axis=0)
    return push


def _repulsion_by_cells(xy: Floats, mass: Floats, start: tuple[float, float]) -> Floats:
    """Return the push of the cells of a grid, each as one heavy node, on every node: linear in the number of nodes.

    ``start`` moves the grid by a part of a cell; where it lies elsewhere in each round it leaves no pattern behind.
    """
    low, high = xy.min(axis=0), xy.max(axis=0)
    cell = np.minimum((xy - low) / (high - low + 1e-9) * (_CELLS - 1) + np.array(start), _CELLS - 1e-6).astype(np.intp)
    key = cell[:, 0] * _CELLS + cell[:, 1]
    total = np.bincount(key, mass, _CELLS * _CELLS)
    middle = [np.bincount(key, mass * xy[:, axis], _CELLS * _CELLS) / (total + 1e-9) for axis in (0, 1)]
    push = np.zeros_like(xy)
    for one in np.flatnonzero(total):
        dx, dy = xy[:, 0] - middle[0][one], xy[:, 1] - middle[1][one]
        weight = mass * total[one] / (dx * dx + dy * dy + 900.0)
        push[:, 0] += dx * weight
        push[:, 1] += dy * weight
    return push


def _apart(xy: Floats, radii: Floats) -> Floats:
    """Move nodes that stand on one another apart, a little in each round."""
    want = radii[:, None] + radii[None, :] + 12.0
    for _ in range(60):
        dx = xy[None, :, 0] - xy[:, None, 0]
        dy = xy[None, :, 1] - xy[:, None, 1]
        distance = np.sqrt(dx * dx + dy * dy) + 1e-6
        overlap = np.maximum(want - distance, 0.0)
        np.fill_diagonal(overlap, 0.0)
        if not overlap.any():
            break
        share = overlap / distance * 0.35
        xy = xy + np.stack([np.add.reduce(dx * share, axis=0), np.add.reduce(dy * share, axis=0)], axis=1)
    return xy


def _fan(
    hub: tuple[float, float], leaves: Sequence[str], away: Sequence[tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Set leaves around their hub, the gap between the first and the last towards the hub's other neighbours."""
    toward_x = sum(x - hub[0] for x, _ in away)
    toward_y = sum(y - hub[1] for _, y in away)
    back = math.atan2(toward_y, toward_x) + math.pi if away and (toward_x or toward_y) else -math.pi / 2
    places: dict[str, tuple[float, float]] = {}
    rest = list(leaves)
    for ring, count in enumerate(_rings(len(leaves))):
        radius = _LEAF_RADIUS + _LEAF_GAP * ring
        step = min(2 * math.pi / count, max(_LEAF_GAP / radius * 1.35, 0.0)) if count > 1 else 0.0
        begin = back - step * (count - 1) / 2
        for i in range(count):
            angle = begin + step * i
            places[rest[i]] = (hub[0] + radius * math.cos(angle), hub[1] + radius * math.sin(angle))
        rest = rest[count:]
    return places


def _grid(alone: Sequence[str], places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Set things that nothing is linked to in rows below the picture."""
    bottom = max((y for _, y in places.values()), default=0.0) + 90.0
    left = min((x for x, _ in places.values()), default=0.0)
    width = max((x for x, _ in places.values()), default=0.0) - left
    a_row = max(6, int(width // 44), int(math.sqrt(len(alone)) * 1.6))
    return {node: (left + 44.0 * (i % a_row), bottom + 36.0 * (i // a_row)) for i, node in enumerate(alone)}

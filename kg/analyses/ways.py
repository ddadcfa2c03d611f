"""The shortest way between two things, where only the neighbours of a thing can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

__all__ = ["shortest_way"]


def shortest_way(
    near: Callable[[str], Iterable[str]], stated: Callable[[str, str], bool], start: str, end: str
) -> list[str]:
    """Find the way with the fewest steps; of several, the one with the most stated steps, of those the first by name.

    It is sought from both ends at once, so that few neighbours need be asked for. Empty if there is none.

    >>> steps = {"a": "bc", "b": "ad", "c": "ad", "d": "bc", "alone": ""}
    >>> shortest_way(steps.__getitem__, lambda one, other: {one, other} == {"c", "d"}, "a", "d")
    ['a', 'c', 'd']
    >>> shortest_way(steps.__getitem__, lambda one, other: True, "a", "alone")
    []
    """
    if start == end:
        return [start]
    sides = ({start: set[str]()}, {end: set[str]()})  # each thing with those before it on the shortest ways to it
    fronts = [{start}, {end}]
    while fronts[0] and fronts[1]:
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        fronts[side] = _next(near, sides[side], fronts[side])
        if meeting := fronts[side] & sides[1 - side].keys():
            memories: tuple[dict[str, tuple[int, list[str]]], ...] = ({}, {})
            found = [
                (ahead[0] + back[0], ahead[1] + back[1][-2::-1])
                for one in meeting
                for ahead, back in [[_best(one, sides[i], stated, memories[i], not i) for i in (0, 1)]]
            ]
            return min(found)[1]
    return []


def _next(near: Callable[[str], Iterable[str]], before: dict[str, set[str]], front: set[str]) -> set[str]:
    """Take one step from a front, and note for each thing that is reached first now from where."""
    reached: dict[str, set[str]] = {}
    for one in front:
        for other in near(one):
            if other not in before:
                reached.setdefault(other, set()).add(one)
    before.update(reached)
    return set(reached)


def _best(
    one: str,
    before: dict[str, set[str]],
    stated: Callable[[str, str], bool],
    memory: dict[str, tuple[int, list[str]]],
    forward: bool,
) -> tuple[int, list[str]]:
    """Give the best way from an end to a thing, with the number of steps that no sentence states."""
    if one not in memory:
        ways = [
            (cost + (not stated(other, one)), [*way, one])
            for other in before[one]
            for cost, way in [_best(other, before, stated, memory, forward)]
        ]
        memory[one] = min(ways, key=lambda way: (way[0], way[1] if forward else way[1][::-1]), default=(0, [one]))
    return memory[one]

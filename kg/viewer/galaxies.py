"""The whole picture of a large graph: what hangs together closely is one disc, and the discs are spread by forces.

What hangs together is found by label propagation (Raghavan et al. 2007, doi:10.1103/PhysRevE.76.036106), in a fixed
order and with ties going to the lowest number, so that equal graphs give equal discs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["communities", "sunflower"]

_ROUNDS = 6
_SMALL = 8  # fewer than so many join what they are linked to most
_GOLDEN = math.pi * (3 - math.sqrt(5))

Floats = npt.NDArray[np.float64]


def communities(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each node the number of its community, counted from 0 in the order of their first nodes.

    >>> communities(7, [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)])
    [0, 0, 0, 1, 1, 1, 2]
    """
    links: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        links[a].append(b)
        links[b].append(a)
    label = list(range(count))
    order = sorted(range(count), key=lambda node: (len(links[node]), node))
    for _ in range(_ROUNDS):
        moved = 0
        for node in order:
            if not links[node]:
                continue
            votes = Counter(label[other] for other in links[node])
            most = max(votes.values())
            if votes.get(label[node], 0) < most:
                label[node] = min(one for one, number in votes.items() if number == most)
                moved += 1
        if moved * 200 < count:
            break
    size = Counter(label)
    for node in order:
        if size[label[node]] < _SMALL:
            votes = Counter(label[other] for other in links[node] if size[label[other]] >= _SMALL)
            label[node] = min(votes, key=lambda one: (-votes[one], one), default=label[node])
    number: dict[int, int] = {}
    return [number.setdefault(one, len(number)) for one in label]


def sunflower(radii: Floats) -> tuple[Floats, float]:
    """Return places in a disc for things of these radii, the first in the middle, and the radius of the disc.

    The next thing always stands a golden angle further and as far out as the room of those before it takes.
    """
    area = np.add.accumulate((radii * 1.15) ** 2)
    away = np.sqrt(area - (radii * 1.15) ** 2 / 2)
    angles = [_GOLDEN * i for i in range(len(radii))]
    turns = np.array([[math.cos(angle), math.sin(angle)] for angle in angles]).reshape(-1, 2)
    return turns * away[:, None], float(np.sqrt(area[-1])) if len(radii) else 0.0

"""Careers as bars over time, and the moves between laboratories as ribbons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.answers import Career, Flow, Move
from kg.plots.picture import INK, colours_for, day_number, name_colours, new_chart, shorten, show_years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

__all__ = ["draw_careers", "draw_flows"]

_HEAD, _ROW = 1.7, 0.5
_DOUBT = "dashed: a move that the papers suggest but do not show"


def draw_careers(careers: Sequence[Career], *, title: str) -> Figure:
    """Draw a row a person: a bar a stay at a laboratory, a dot a paper, a line a move, dashed where there are doubts.

    Raises
    ------
    KgError
        If matplotlib is not installed.

    """
    colours = colours_for(stay.lab.label for career in careers for stay in career.stays)
    note = "dots are papers" + (f"; {_DOUBT}" if any(not m.shown for c in careers for m in c.moves) else "")
    with new_chart(title, note, height=_HEAD + _ROW * max(len(careers), 2)) as chart:
        axes = chart.axes
        days = [day for career in careers for stay in career.stays for day in (stay.first, stay.last)]
        if days:
            show_years(axes, days)
        else:
            axes.set_xticks([])
        for row, career in enumerate(careers):
            for move in career.moves:
                ends = [day_number(move.after), day_number(move.before)]
                axes.plot(ends, [row, row], color=INK, linewidth=1.6, linestyle="-" if move.shown else (0, (3, 3)))
            for stay in career.stays:
                ends = [day_number(stay.first), day_number(stay.last)]  # round ends, which a single day has too
                axes.scatter(ends, [row, row], s=121, linewidth=0, color=colours[stay.lab.label], zorder=3)
                axes.plot(
                    ends, [row, row], linewidth=11, solid_capstyle="butt", color=colours[stay.lab.label], zorder=3
                )
                papers = [day_number(paper.date) for paper in stay.papers]
                axes.scatter(papers, [row] * len(papers), s=16, color="white", zorder=4)
        axes.set_yticks(range(len(careers)), [shorten(career.person.label, 32) for career in careers])
        axes.set_ylim(max(len(careers), 2) - 0.4, -0.6)
        name_colours(axes, colours)
        return chart.figure


def draw_flows(flows: Sequence[Flow], *, title: str) -> Figure:
    """Draw the moves between laboratories as ribbons from left to right, one a person; pale ones are not shown.

    Raises
    ------
    KgError
        If matplotlib is not installed.

    """
    moves = [move for flow in flows for move in flow.moves]
    sizes = [Counter(move.start.lab.label for move in moves), Counter(move.end.lab.label for move in moves)]
    note = "one ribbon a person" + ("; pale: suggested by papers, not shown" if any(not m.shown for m in moves) else "")
    tallest = max(size.total() + _GAP * max(len(size) - 1, 0) for size in sizes)
    colours = colours_for(lab for lab, _ in (sizes[0] + sizes[1]).most_common())
    with new_chart(title, note, height=1.3 + min(0.45 * (tallest + 0.4), 9)) as chart:
        axes = chart.axes
        axes.set_xlim(-0.45, 1.45)
        axes.set_ylim(tallest + 0.2, -0.2)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        tops = [_stack(axes, side, size, tallest, colours) for side, size in enumerate(sizes)]
        starts, ends = _slots(moves, tops[0], tops[1], 0), _slots(moves, tops[0], tops[1], 1)
        for move, start, end in zip(moves, starts, ends, strict=True):
            _ribbon(axes, start, end, colours[move.start.lab.label], move, named=len(moves) <= _MOST_NAMED)
        return chart.figure


_GAP, _BAR, _MOST_NAMED = 0.6, 0.02, 24


def _stack(axes: Axes, side: int, sizes: Counter[str], tallest: float, colours: dict[str, str]) -> dict[str, float]:
    """Draw the laboratories of one side, the largest on top, and give where each begins."""
    top = (tallest - sizes.total() - _GAP * (len(sizes) - 1)) / 2
    tops: dict[str, float] = {}
    for lab, number in sizes.most_common():
        axes.add_patch(_rectangle(side, top, number, colours[lab]))
        name = f"{shorten(lab, 26)}  {number}" if side == 0 else f"{number}  {shorten(lab, 26)}"
        where = -2 * _BAR if side == 0 else 1 + 2 * _BAR
        axes.text(where, top + number / 2, name, ha="left" if side else "right", va="center", fontweight="bold")
        tops[lab] = top
        top += number + _GAP
    return tops


def _slots(moves: Sequence[Move], left: dict[str, float], right: dict[str, float], side: int) -> list[float]:
    """Give where each move's ribbon ends on a side, so that those of one laboratory do not cross."""
    places = [(left[move.start.lab.label], right[move.end.lab.label]) for move in moves]
    order = sorted(range(len(moves)), key=lambda one: (places[one][side], places[one][1 - side], one))
    slots, used = [0.0] * len(moves), Counter[float]()
    for one in order:
        top = places[one][side]
        slots[one] = top + used[top]
        used[top] += 1
    return slots


def _rectangle(side: int, top: float, number: int, colour: str) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((side - _BAR * (1 - side), top + 0.04), _BAR, number - 0.08, color=colour, linewidth=0, zorder=3)


def _ribbon(axes: Axes, start: float, end: float, colour: str, move: Move, *, named: bool) -> None:
    """Draw one person's way from the left side to the right, one unit wide, with the name and the years on it."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    upper = [(0.0, start + 0.04), (0.5, start + 0.04), (0.5, end + 0.04), (1.0, end + 0.04)]
    lower = [(x, y + 0.92) for x, y in reversed(upper)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    outline = Path([*upper, *lower, upper[0]], codes)
    axes.add_patch(PathPatch(outline, facecolor=colour, alpha=0.6 if move.shown else 0.25, linewidth=0, zorder=2))
    if named:
        years = "–".join(dict.fromkeys((move.after[:4], move.before[:4])))
        name = f"{shorten(move.person.label, 30)} · {years}"
        axes.text(0.01, start + 0.5, name, va="center", fontsize=9, zorder=4)

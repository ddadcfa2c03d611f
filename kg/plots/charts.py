"""Rankings as bars, and dated things as a timeline."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.answers import Node, Ranked
from kg.plots.picture import colours_for, day_number, name_colours, new_chart, shorten, show_years

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_ranking", "draw_timeline"]

_ROW = 0.32
_HEAD = 1.5
_LINE = 115


def draw_ranking(places: Sequence[Ranked], *, title: str, note: str = "") -> Figure:
    """Draw a ranking as one bar a place, the first on top, each with its score; coloured by laboratory if known.

    Raises
    ------
    KgError
        If matplotlib is not installed.

    """
    colours = colours_for(place.node.lab for place in places)
    with new_chart(title, note, height=_HEAD + _ROW * max(len(places), 3)) as chart:
        axes = chart.axes
        rows = range(len(places))
        scores = [place.score for place in places]
        bars = axes.barh(rows, scores, height=0.68, color=[colours[place.node.lab] for place in places], zorder=2)
        axes.bar_label(bars, labels=[f"{score:.4g}" for score in scores], padding=5, fontsize=10)
        axes.set_yticks(rows, [shorten(place.node.label) for place in places])
        axes.set_ylim(len(places) - 0.4, -0.6)
        axes.set_xlim(0, (max(scores, default=0) or 1) * 1.12)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        name_colours(axes, colours)
        return chart.figure


def draw_timeline(members: Sequence[Node], *, title: str, note: str = "") -> Figure:
    """Draw dated things as a staircase, a row each, the earliest on top; coloured by laboratory if known.

    Things without a date are named below the picture, so that none is lost.

    Raises
    ------
    KgError
        If matplotlib is not installed.

    """
    dated = sorted((node for node in members if node.date), key=lambda node: (node.date, node.label.casefold()))
    undated = [node.label for node in members if not node.date]
    colours = colours_for(node.lab for node in dated)
    lines = 1 + len(", ".join(undated)) // _LINE
    with new_chart(title, note, height=_HEAD + 0.2 * lines + _ROW * max(len(dated), 3)) as chart:
        axes = chart.axes
        days = [day_number(node.date) for node in dated]
        axes.set_ylim(max(len(dated), 3) - 0.4, -0.6)
        axes.set_yticks([])
        if dated:
            show_years(axes, (node.date for node in dated), room=0.45)
            axes.hlines(range(len(dated)), axes.get_xlim()[0], days, color="#e4e7eb", linewidth=1.5, zorder=1)
            axes.scatter(days, range(len(dated)), s=70, color=[colours[node.lab] for node in dated], zorder=3)
        else:
            axes.set_xticks([])
        for row, (day, node) in enumerate(zip(days, dated, strict=True)):
            axes.annotate(
                shorten(node.label), (day, row), xytext=(9, 0), textcoords="offset points", va="center", zorder=4
            )
            axes.annotate(f"{node.date}  ", (0, row), xycoords=("axes fraction", "data"), ha="right", va="center",
                          color="#52606d", fontsize=9, annotation_clip=False)  # fmt: skip
        if undated:
            words = textwrap.fill(f"Without a date: {', '.join(undated)}", _LINE)
            axes.set_xlabel(words, loc="left", color="#52606d", fontsize=9, labelpad=8)
        name_colours(axes, colours)
        return chart.figure

"""A lineage as a staircase by date, with an arrow for each step of descent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.answers import Node, Statement
from kg.plots.picture import INK, colours_for, day_number, name_colours, new_chart, shorten, show_years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_lineage"]

_ROW, _HEAD = 0.42, 1.9
#: How a step is drawn by its kind: weights passed on, shared design, succession.
_LINES: dict[str, tuple[float, tuple[float, ...]]] = {
    "lineage-weights": (0, ()),
    "lineage-design": (0, (5, 2)),
    "lineage-succession": (0, (1, 2)),
}
_KINDS = {"lineage-weights": "weights passed on", "lineage-design": "shared design", "lineage-succession": "succession"}
_OTHER = "#9aa5b1"


def draw_lineage(nodes: Sequence[Node], steps: Sequence[Statement], *, title: str, note: str = "") -> Figure:
    """Draw things by date, the earliest on top, with an arrow from each ancestor to what descends from it.

    Dots have the colour of the laboratory; an arrow's dashes tell the kind of the step, and a faint one is curated or
    inferred. What has no date has an empty dot, at the day of its youngest ancestor or else its eldest descendant.

    Raises
    ------
    KgError
        If matplotlib is not installed.

    """
    days = _days(nodes, steps)
    ordered = sorted(nodes, key=lambda node: (days[node.iri], not node.date, node.label.casefold()))
    colours = colours_for(node.lab for node in ordered)
    with new_chart(title, note, height=_HEAD + _ROW * max(len(ordered), 3)) as chart:
        axes = chart.axes
        axes.set_yticks([])
        if any(days.values()):
            show_years(axes, filter(None, days.values()), room=0.5)
        else:
            axes.set_xticks([])
        axes.set_ylim(max(len(ordered), 3) - 0.4, -0.6)
        left = axes.get_xlim()[0]
        places = {
            node.iri: (day_number(days[node.iri]) if days[node.iri] else left, float(row))
            for row, node in enumerate(ordered)
        }
        for node in ordered:
            _dot(axes, node, places[node.iri], colours[node.lab])
        for step in steps:
            _arrow(axes, step, places)
        _name_lines(axes, steps)
        name_colours(axes, colours)
        return chart.figure


def _days(nodes: Sequence[Node], steps: Sequence[Statement]) -> dict[str, str]:
    """Give each thing its date, or what its dated neighbours say that it is: not before its ancestors."""
    days = {node.iri: node.date for node in nodes}
    for _ in nodes:
        for iri in [iri for iri, day in days.items() if not day]:
            older = [days.get(step.object.iri, "") for step in steps if step.subject.iri == iri]
            younger = [days.get(step.subject.iri, "") for step in steps if step.object.iri == iri]
            days[iri] = max(older, default="") or min(filter(None, younger), default="")
    return days


def _dot(axes: Axes, node: Node, place: tuple[float, float], colour: str) -> None:
    axes.scatter(*place, s=70, facecolor=colour if node.date else "white", edgecolor=colour, linewidth=1.5, zorder=3)
    axes.annotate(
        shorten(node.label), place, xytext=(10, 0), textcoords="offset points", va="center", zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
    )  # fmt: skip


def _arrow(axes: Axes, step: Statement, places: dict[str, tuple[float, float]]) -> None:
    start, end = places.get(step.object.iri), places.get(step.subject.iri)
    if start is None or end is None:
        return
    axes.annotate(
        "", end, start, zorder=2,
        arrowprops={
            "arrowstyle": "-|>", "shrinkA": 6, "shrinkB": 6, "linewidth": 1.3,
            "linestyle": _LINES.get(step.kind, (0, ())),
            "color": INK if step.basis == "extracted" else _OTHER, "connectionstyle": "arc3,rad=0.18",
        },
    )  # fmt: skip


def _name_lines(axes: Axes, steps: Sequence[Statement]) -> None:
    """Say inside the picture which line is which, for the kinds that it has."""
    from matplotlib.lines import Line2D

    kinds = [kind for kind in _KINDS if any(step.kind == kind for step in steps)]
    handles = [Line2D([], [], color=INK, linestyle=_LINES[kind], label=_KINDS[kind]) for kind in kinds]
    if any(step.basis != "extracted" for step in steps):
        handles.append(Line2D([], [], color=_OTHER, label="curated or inferred"))
    if handles:
        axes.figure.legend(handles=handles, loc="outside lower right", ncols=2, frameon=False, fontsize=10)

"""The sheet on which charts are drawn: its style, its colours, and how it is written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, OutputError, UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "INK",
    "Chart",
    "colours_for",
    "day_number",
    "name_colours",
    "new_chart",
    "picture_text",
    "shorten",
    "show_years",
    "write_picture",
]

INK, FAINT = "#1f2933", "#9aa5b1"
#: Colours that stay apart for colour-blind people (Okabe and Ito), the strongest first.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7b5ea7", "#8c6d31")
_OTHERS = "#8d99a6"
_STYLE = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine draws the same
    "font.size": 11,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "kg",
    "svg.fonttype": "path",
}
_FORMATS = {".svg": {"Date": None, "Creator": None}, ".png": {"Software": None}}
_DPI = 200
_LEGEND_COLUMNS = 4


class Chart:
    """A figure with one set of axes, in the style of all pictures; ``height`` and ``width`` are in inches."""

    def __init__(self, figure: Figure, axes: Axes) -> None:
        self.figure = figure
        self.axes = axes


@contextmanager
def _style() -> Iterator[None]:
    """Draw in our own style whatever the user's settings of matplotlib are."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)  # type: ignore[arg-type]
        yield


@contextmanager
def new_chart(title: str, note: str = "", *, height: float, width: float = 10.0) -> Iterator[Chart]:
    """Open a sheet with a title and, below it, a smaller note; what is drawn inside has the style of all pictures.

    Raises
    ------
    KgError
        If matplotlib is not installed.

    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise KgError("pictures need matplotlib", remedy='install it with `pip install "modelkin[plot]"`') from error
    with _style():
        figure = Figure(figsize=(width, height), facecolor="white")
        figure.set_layout_engine("constrained", w_pad=0.15, h_pad=0.15)
        axes = figure.add_subplot()
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
        axes.set_title(f"{title}\n" if note else title, loc="left", fontsize=15, fontweight="bold", pad=12)
        if note:
            axes.annotate(note, (0, 1), (0, 14), xycoords="axes fraction", textcoords="offset points", color="#52606d")
        yield Chart(figure, axes)


def write_picture(figure: Figure, path: Path) -> None:
    """Write a figure as SVG or PNG, by the ending of the file's name; equal figures give equal bytes.

    Raises
    ------
    UsageError
        If the name ends otherwise.
    OutputError
        If the file cannot be written.

    """
    ending = path.suffix.lower()
    if ending not in _FORMATS:
        raise UsageError("a picture is written as SVG or PNG", where=str(path), remedy="end its name in .svg or .png")
    try:
        with _style():
            figure.savefig(path, format=ending[1:], dpi=_DPI, metadata=_FORMATS[ending])
    except OSError as error:
        raise OutputError(error.strerror or str(error), where=str(path), remedy="choose another file") from error


def picture_text(figure: Figure) -> str:
    """Give a figure as the text of an SVG; equal figures give equal texts."""
    from io import StringIO

    out = StringIO()
    with _style():
        figure.savefig(out, format="svg", metadata=_FORMATS[".svg"])
    return out.getvalue()


def colours_for(names: Iterable[str]) -> dict[str, str]:
    """Give each name a colour, in the order in which they come; from the ninth on, and without a name, grey.

    Where nothing has a name, all has the first colour.

    >>> colours_for(["a", "", "b", "a"])
    {'a': '#0072b2', '': '#8d99a6', 'b': '#d55e00'}
    """
    distinct = list(dict.fromkeys(names))
    named = [name for name in distinct if name]
    if not named:
        return dict.fromkeys(distinct, _COLOURS[0])
    colours = dict(zip(named, _COLOURS, strict=False))
    return {name: colours.get(name, _OTHERS) for name in distinct}


def name_colours(axes: Axes, colours: dict[str, str]) -> None:
    """Name the colours below the picture, where there is any name; grey is without one, or one of the rest."""
    from matplotlib.patches import Patch

    named = [Patch(color=colour, label=name) for name, colour in colours.items() if name and colour != _OTHERS]
    if not named:
        return
    rest = [name for name, colour in colours.items() if colour == _OTHERS]
    if rest:
        named.append(Patch(color=_OTHERS, label="no lab known" if rest == [""] else "other labs, or none known"))
    axes.figure.legend(
        handles=named, loc="outside lower left", ncols=min(len(named), _LEGEND_COLUMNS), frameon=False, fontsize=10,
        handlelength=1.0, handleheight=1.0,
    )  # fmt: skip


def shorten(text: str, most: int = 44) -> str:
    """Cut a text to so many characters.

    >>> shorten("a long title", 8)
    'a long…'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def show_years(axes: Axes, days: Iterable[str], *, room: float = 0.03) -> None:
    """Let the horizontal axis run over some ISO dates, with whole years marked, or months where it is short.

    ``room`` is the share of the span that is left free on the right, for labels.
    """
    from matplotlib import dates

    places = sorted(day_number(day) for day in days)
    span = max(places[-1] - places[0], 120)
    axes.set_xlim(places[0] - 0.03 * span, places[0] + span * (1 + room))
    to_date: Any = dates.num2date  # these three come without types
    locator: Any = dates.AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    formatter: Any = dates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    marks = locator.tick_values(to_date(places[0]), to_date(places[0] + span))
    inside = [mark for mark in marks if axes.get_xlim()[0] <= mark <= places[0] + span]
    axes.set_xticks(inside, formatter.format_ticks(inside))
    axes.grid(axis="x", color="#e4e7eb", zorder=0)
    axes.set_axisbelow(True)


def day_number(day: str) -> float:
    """Give the place of an ISO date on the axis: days since 1970; a year or a month alone counts as its first day.

    >>> day_number("1970-01-03"), day_number("1971")
    (2.0, 365.0)
    """
    full = day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day[:10]
    return float(date.fromisoformat(full).toordinal() - date(1970, 1, 1).toordinal())

"""Rows as a table for people, or as CSV, TSV, JSON or Markdown for programs and documents."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["TABLE_FORMATS", "Row", "columns_wide", "render_table"]

Cell = str | int | float | bool | None
Row = Sequence[Cell]


def render_table(headers: Sequence[str], rows: Iterable[Row], format: str = "table") -> str:  # noqa: A002
    r"""Write rows in one of :data:`TABLE_FORMATS`.

    >>> print(render_table(["model", "score"], [["Mistral 7B", 0.5], ["GPT-3", None]]), end="")
    model       score
    Mistral 7B    0.5
    GPT-3
    >>> print(render_table(["model", "score"], [["A|B", 0.5]], "markdown"), end="")
    | model | score |
    |---|--:|
    | A\|B | 0.5 |
    """
    return TABLE_FORMATS[format](headers, [list(row) for row in rows])


def columns_wide(text: str) -> int:
    """Count the columns that a text takes in a terminal: two for a wide letter, none for an accent.

    >>> columns_wide("Mistral"), columns_wide("文心"), columns_wide("é")
    (7, 4, 1)
    """
    visible = (one for one in text if not unicodedata.combining(one))
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in visible)


def _table(headers: Sequence[str], rows: Sequence[Row]) -> str:
    lines = [list(headers), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(map(columns_wide, column)) for column in zip(*lines, strict=True)]
    to_the_right = _numeric(headers, rows)
    padded = (
        "  ".join(_pad(cell, width, right) for cell, width, right in zip(line, widths, to_the_right, strict=True))
        for line in lines
    )
    return "".join(f"{line.rstrip()}\n" for line in padded)


def _delimited(delimiter: str) -> Callable[[Sequence[str], Sequence[Row]], str]:
    def write(headers: Sequence[str], rows: Sequence[Row]) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(rows)
        return out.getvalue()

    return write


def _json(headers: Sequence[str], rows: Sequence[Row]) -> str:
    records = [dict(zip(headers, row, strict=True)) for row in rows]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _markdown(headers: Sequence[str], rows: Sequence[Row]) -> str:
    rule = "".join("--:|" if right else "---|" for right in _numeric(headers, rows))
    lines = ["|" + "".join(f" {_escape(header)} |" for header in headers), f"|{rule}"]
    lines += ["|" + "".join(f" {_escape(_text(cell))} |" for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


#: How rows can be written.
TABLE_FORMATS: Mapping[str, Callable[[Sequence[str], Sequence[Row]], str]] = {
    "table": _table,
    "csv": _delimited(","),
    "tsv": _delimited("\t"),
    "json": _json,
    "markdown": _markdown,
}


def _numeric(headers: Sequence[str], rows: Sequence[Row]) -> list[bool]:
    """Tell which columns hold numbers and nothing else."""
    columns = [[row[place] for row in rows if row[place] is not None] for place in range(len(headers))]
    return [bool(column) and all(_is_number(cell) for cell in column) for column in columns]


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return " ".join(str(cell).split())


def _pad(text: str, width: int, to_the_right: bool) -> str:
    space = " " * (width - columns_wide(text))
    return space + text if to_the_right else text + space


def _escape(text: str) -> str:
    """Keep a cell from ending its column, starting a tag or a link."""
    for special in "\\|<[`*_":
        text = text.replace(special, f"\\{special}")
    return text

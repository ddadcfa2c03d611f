"""One JSON object a line: ``title``, ``authors`` (a list or one string), ``date``, ``abstract`` and more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.model import ReadFailure, SourceRecord
from kg.readers.lines import Line

__all__ = ["looks_like_jsonl", "read_jsonl"]


def looks_like_jsonl(lines: Iterable[str]) -> bool:
    """Say whether the first line that is not blank begins a JSON object."""
    return next((line for line in lines if line.strip()), "").lstrip().startswith("{")


def read_jsonl(lines: Iterable[Line], source: str) -> Iterator[SourceRecord | ReadFailure]:
    """Yield a record for each line that is a JSON object with a title."""
    for line in lines:
        if line.text:
            yield _record(line, source)


def _record(line: Line, source: str) -> SourceRecord | ReadFailure:
    def failure(reason: str) -> ReadFailure:
        return ReadFailure(source=source, line=line.number, raw=line.text[:2000], reason=reason)

    try:
        fields = json.loads(line.text)
    except json.JSONDecodeError as error:
        return failure(f"this is no JSON ({error.msg} at column {error.colno}); write one object a line")
    except RecursionError:
        return failure("this JSON is nested too deep; write one flat object a line")
    if not isinstance(fields, dict):
        return failure('this is no JSON object; write {"title": ..., "authors": [...], "abstract": ...}')
    title = _text(fields.get("title"))
    if not title:
        return failure("the object has no title; add one")
    authors = fields.get("authors")
    return SourceRecord(
        source=source,
        format="jsonl",
        line=line.number,
        id=_text(fields.get("id")),
        title=title,
        authors=_names(authors) if isinstance(authors, str) else tuple(filter(None, map(_text, _items(authors)))),
        truncated=fields.get("truncated") is True,
        date_text=_text(fields.get("date")),
        category=_text(fields.get("category")) or _text(fields.get("categories")).split(" ")[0],
        code=fields.get("code") is True,
        affiliations=tuple(filter(None, map(_text, _items(fields.get("affiliations"))))),
        abstract=_text(fields.get("abstract")),
    )


def _text(value: Any) -> str:
    """Give a text or a number as text with its white space folded; anything else as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split()).encode("utf-8", errors="replace").decode("utf-8")


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(text: str) -> tuple[str, ...]:
    """Split names joined by commas and "and".

    >>> _names("Ada Lovelace, Charles Babbage and Alan Turing")
    ('Ada Lovelace', 'Charles Babbage', 'Alan Turing')
    """
    return tuple(filter(None, (" ".join(name.split()) for name in re.split(r",\s+and\s+|\s+and\s+|,|;", text))))

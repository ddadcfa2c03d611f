"""One JSON object a line: ``title``, ``authors`` (a list or one string), ``date``, ``abstract`` and more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from email.utils import parsedate
from typing import Any

from kg.model import ReadFailure, SourceRecord
from kg.readers.lines import Line, plain_text

__all__ = ["looks_like_jsonl", "read_jsonl"]

#: What each field may be; a value of another type is reported and left out.
_TEXTS = ("id", "date", "category", "categories", "abstract")
_LISTS = ("authors", "affiliations")
_SIGNS = ("truncated", "code")


def looks_like_jsonl(lines: Iterable[str]) -> bool:
    """Say whether the first line that is not blank begins a JSON object."""
    return next((line for line in lines if line.strip()), "").lstrip().startswith("{")


def read_jsonl(lines: Iterable[Line], source: str) -> Iterator[SourceRecord | ReadFailure]:
    """Yield a record for each line that is a JSON object with a title, and a failure for each field of a wrong type."""
    for line in lines:
        if not line.text:
            continue
        try:
            fields = _parse(line.text)
        except ValueError as error:
            yield _failure(line, source, str(error))
            continue
        for name, wanted in _misfits(fields):
            yield _failure(line, source, f"{name!r} is not {wanted}; the entry is kept without what does not fit")
        yield _record(fields, line, source)


def _parse(text: str) -> dict[str, Any]:
    """Read one JSON object that has a title, its numbers as they are written.

    Raises
    ------
    ValueError
        If it is none, with the reason and the remedy as a sentence.

    """
    try:
        fields = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"this is no JSON ({error.msg} at column {error.colno}); write one object a line") from None
    except RecursionError:
        raise ValueError("this JSON is nested too deep; write one flat object a line") from None
    if not isinstance(fields, dict):
        raise ValueError('this is no JSON object; write {"title": ..., "authors": [...], "abstract": ...}')
    if not _text(fields.get("title")):
        raise ValueError("the object has no title; add one")
    return fields


def _refuse_constant(name: str) -> None:
    raise ValueError(f"JSON has no number {name}; write null or leave the field out")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the field {twice!r} is there twice; keep one of them")
    return fields


def _misfits(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field whose value has a wrong type, and what it should be. A missing or null field is none."""
    for name in _TEXTS:
        if not _is_text(fields.get(name, "")):
            yield name, "a text"
    for name in _LISTS:
        value = fields.get(name)
        if not (value is None or isinstance(value, str) or (isinstance(value, list) and all(map(_is_text, value)))):
            yield name, "a list of names"
    for name in _SIGNS:
        if not isinstance(fields.get(name, False), bool | None):
            yield name, "true or false"


def _record(fields: dict[str, Any], line: Line, source: str) -> SourceRecord:
    return SourceRecord(
        source=source,
        format="jsonl",
        line=line.number,
        id=_text(fields.get("id")),
        title=_text(fields["title"]),
        authors=_names(fields.get("authors")),
        truncated=fields.get("truncated") is True,
        date_text=_text(fields.get("date")) or _first_version(fields.get("versions")),
        category=_text(fields.get("category")) or _text(fields.get("categories")).split(" ")[0],
        code=fields.get("code") is True,
        affiliations=_names(fields.get("affiliations")),
        abstract=_text(fields.get("abstract")),
    )


def _first_version(versions: Any) -> str:
    """Give the day on which arXiv's own listing says that the first version came; nothing if it does not say so.

    >>> _first_version([{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"version": "v2"}])
    '2007-04-02'
    >>> _first_version([{"version": "v1", "created": "2025-09-12"}]), _first_version("v1")
    ('2025-09-12', '')
    """
    first = versions[0] if isinstance(versions, list) and versions else None
    created = _text(first.get("created")) if isinstance(first, dict) else ""
    stamped = parsedate(created)
    return "{:04}-{:02}-{:02}".format(*stamped) if stamped else created


def _failure(line: Line, source: str, reason: str) -> ReadFailure:
    return ReadFailure(source=source, line=line.number, raw=line.text[:2000], reason=reason)


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _text(value: Any) -> str:
    """Give a text as plain text with its white space folded; anything else as nothing."""
    return " ".join(plain_text(value).split()) if isinstance(value, str) else ""


def _names(value: Any) -> tuple[str, ...]:
    """Give the names in a list, or in one text that joins them by commas and "and".

    >>> _names("Ada Lovelace, Charles Babbage and Alan Turing"), _names(["Ada Lovelace", None, " "])
    (('Ada Lovelace', 'Charles Babbage', 'Alan Turing'), ('Ada Lovelace',))
    """
    parts = re.split(r",\s+and\s+|\s+and\s+|,|;", value) if isinstance(value, str) else value
    return tuple(filter(None, map(_text, parts))) if isinstance(parts, list) else ()

"""Read inputs: one pure file a format, and the one place that opens files.

A reader takes numbered lines and yields a :class:`SourceRecord` for each record it can read and a
:class:`ReadFailure` for each piece that it cannot; it never stops at a bad entry. ``READERS`` lists the formats.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import InputError, UsageError
from kg.model import ReadFailure, SourceRecord
from kg.readers.jsonl import looks_like_jsonl, read_jsonl
from kg.readers.lines import Line
from kg.readers.listing import looks_like_listing, read_listing

__all__ = ["BUNDLED_LISTING", "READERS", "detect_format", "read", "read_stream"]

#: The listing of seventeen papers that the project brings along.
BUNDLED_LISTING = Path(__file__).parent.parent / "data" / "papers.txt"

Reader = Callable[[Iterable[Line], str], Iterator[SourceRecord | ReadFailure]]

#: The formats by name; ``--input-format`` offers these.
READERS: dict[str, Reader] = {
    "listing": read_listing,
    "jsonl": read_jsonl,
}

#: How much of an input is looked at to tell its format, in lines and in bytes.
_HEAD_LINES = 400
_HEAD_BYTES = 1 << 16


def read(source: str | Path, *, format: str = "auto") -> Iterator[SourceRecord | ReadFailure]:  # noqa: A002 - the option's name
    """Read a file, or standard input for ``-``; yield its records and what could not be read, in order.

    Raises
    ------
    InputError
        If there is nothing to read: no such file, a directory, an empty or binary file, or no known format.
    UsageError
        If ``format`` is neither ``auto`` nor one of :data:`READERS`.

    """
    if str(source) == "-":
        import sys

        yield from read_stream(sys.stdin.buffer, "standard input", format)
        return
    path = Path(source)
    if path.is_dir():
        raise InputError("this is a directory", where=str(source), remedy="name the files in it")
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, path.name, format)
    except FileNotFoundError:
        raise InputError("there is no such file", where=str(source), remedy="check the path") from None
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise InputError(reason.lower(), where=str(source), remedy="check its permissions") from error


def read_stream(stream: IO[bytes], name: str, format: str = "auto") -> Iterator[SourceRecord | ReadFailure]:  # noqa: A002
    """Read records from an open binary stream; ``name`` is what messages call it."""
    if format != "auto" and format not in READERS:
        raise UsageError(f"there is no input format {format!r}", remedy=f"choose one of auto, {', '.join(READERS)}")
    lines = _numbered(stream, name)
    head = list(itertools.islice(lines, _HEAD_LINES))
    if not any(line.text.strip() for line in head):
        raise InputError("the input is empty", where=name, remedy="paste at least one entry into it")
    chosen = detect_format(name, [line.text for line in head]) if format == "auto" else format
    broken: list[ReadFailure] = []
    sound = _collect_broken(itertools.chain(head, lines), name, broken)
    for item in READERS[chosen](sound, name):
        yield from broken
        broken.clear()
        yield item
    yield from broken


def detect_format(name: str, head: Iterable[str]) -> str:
    """Tell the format of an input from its name and first lines.

    >>> detect_format("papers.txt", ["CLOct 10, 2023Code", "Mistral 7BAlbert Q. Jiang, Arthur Mensch et al."])
    'listing'

    Raises
    ------
    InputError
        If it is none of :data:`READERS`.

    """
    lines = list(head)
    if looks_like_jsonl(lines):
        return "jsonl"
    if looks_like_listing(lines):
        return "listing"
    first = next((number for number, text in enumerate(lines, 1) if text.strip()), 1)
    raise InputError(
        f"line {first} is neither a JSON object nor the first line of an entry such as 'CLOct 10, 2023'",
        where=name,
        remedy="paste a listing of papers, or say what it is with --input-format",
    )


def _numbered(stream: IO[bytes], name: str) -> Iterator[Line]:
    r"""Decode line by line, on ``\n`` alone; a byte order mark and carriage returns go."""
    for number, raw in enumerate(stream, 1):
        if b"\0" in raw[:_HEAD_BYTES] and number <= _HEAD_LINES:
            raise InputError(f"line {number} holds binary data", where=name, remedy="give a text file")
        body = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        try:
            text, sound = body.decode("utf-8"), True
        except UnicodeDecodeError:
            text, sound = body.decode("utf-8", errors="replace"), False
        yield Line(number, _plain(text), sound)


def _plain(text: str) -> str:
    """Take out what cannot be seen (control, zero-width and direction marks); any white space becomes a space."""
    if text.isascii() and text.isprintable():
        return text.strip()
    visible = "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn")
    )
    return unicodedata.normalize("NFC", visible).strip()


def _collect_broken(lines: Iterable[Line], name: str, broken: list[ReadFailure]) -> Iterator[Line]:
    """Pass lines on; note those that were no valid UTF-8 (their bytes are replaced, the rest is kept)."""
    for line in lines:
        if not line.sound:
            reason = "some bytes are not UTF-8 and stand as \N{REPLACEMENT CHARACTER}; save the file as UTF-8"
            broken.append(ReadFailure(source=name, line=line.number, raw=line.text[:200], reason=reason))
        yield line

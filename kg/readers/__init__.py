"""Read inputs: one pure file a format, and the one place that opens files.

A reader takes numbered lines and yields a :class:`SourceRecord` for each record it can read and a
:class:`ReadFailure` for each piece that it cannot; it never stops at a bad entry. ``READERS`` lists the formats.
"""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import InputError, UsageError
from kg.model import ReadFailure, SourceRecord
from kg.readers.jsonl import looks_like_jsonl, read_jsonl
from kg.readers.lines import Line, plain_text
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

#: How many lines of an input are looked at to tell its format.
_HEAD_LINES = 400
#: A line longer than this, in bytes, is no line of a text: reading on would only fill the memory.
_LONGEST_LINE = 1 << 26
#: How much of a damaged line, and of a path, is shown in a message.
_HEAD_OF_LINE = 200
_LONGEST_NAME = 200


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
    try:
        path = Path(source)
        if path.is_dir():
            raise InputError("this is a directory", where=str(source), remedy="name the files in it")
        with path.open("rb") as stream:
            yield from read_stream(stream, path.name, format)
    except FileNotFoundError:
        raise InputError("there is no such file", where=str(source), remedy="check the path") from None
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        where = str(source) if len(str(source)) < _LONGEST_NAME else f"{str(source)[:_LONGEST_NAME]}..."
        raise InputError(reason.lower(), where=where, remedy="check the path and its permissions") from error


def read_stream(stream: IO[bytes], name: str, format: str = "auto") -> Iterator[SourceRecord | ReadFailure]:  # noqa: A002
    """Read records from an open binary stream; ``name`` is what messages call it."""
    if format != "auto" and format not in READERS:
        raise UsageError(f"there is no input format {format!r}", remedy=f"choose one of auto, {', '.join(READERS)}")
    lines = _numbered(stream, name)
    head = list(itertools.islice(lines, _HEAD_LINES))
    if not any(line.text for line in head):
        raise InputError("the input is empty", where=name, remedy="paste at least one entry into it")
    chosen = _choose(name, head) if format == "auto" else format
    damaged: list[ReadFailure] = []
    watched = _collect_damaged(itertools.chain(head, lines), name, damaged)
    for item in READERS[chosen](watched, name):
        yield from damaged
        damaged.clear()
        yield item
    yield from damaged


def _choose(name: str, head: list[Line]) -> str:
    """Tell the format; an input of no known format that has bytes no text has is said to be binary."""
    try:
        return detect_format(name, [line.text for line in head])
    except InputError:
        binary = next((line for line in head if line.damage), None)
        if binary is None:
            raise
        what = f"line {binary.number} holds binary data or text in another encoding"
        raise InputError(what, where=name, remedy="give a text file in UTF-8") from None


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
    for number, raw in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
        if number == 1 and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise InputError("this text is in UTF-16", where=name, remedy="save it as UTF-8")
        if len(raw) == _LONGEST_LINE:
            what = f"line {number} is longer than {_LONGEST_LINE >> 20} MB"
            raise InputError(what, where=name, remedy="give a text file with one entry after the other")
        damage = "it holds NUL characters, which are left out" if b"\0" in raw else ""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", errors="replace")
            damage = "some bytes are not UTF-8 and stand as \N{REPLACEMENT CHARACTER}; save the file as UTF-8"
        yield Line(number, plain_text(text), damage)


def _collect_damaged(lines: Iterable[Line], name: str, damaged: list[ReadFailure]) -> Iterator[Line]:
    """Pass lines on; note those of which something had to be replaced (the rest of the line is read)."""
    for line in lines:
        if line.damage:
            raw = line.text[:_HEAD_OF_LINE]
            damaged.append(ReadFailure(source=name, line=line.number, raw=raw, reason=line.damage))
        yield line

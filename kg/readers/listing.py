"""Listings pasted from a web page: a line with category and date, a line of title and authors, then the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import ReadFailure, SourceRecord
from kg.readers.lines import Line

__all__ = ["looks_like_listing", "read_listing"]

#: ``CLOct 10, 2023Code``: category code, date with or without its year, and a badge where code is listed.
_HEADER = re.compile(
    r"(?P<category>[A-Z]{2}) ?"
    r"(?P<date>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? ?\d{1,2}(?:,? ?\d{4})?) ?"
    r"(?P<code>Code)?",
    re.ASCII,
)
#: What ends a line of title and authors: names cut short, or affiliations behind a dot.
_TAIL = re.compile(r"(?P<truncated>,? et al\.?)?(?: ?[·•] ?(?P<affiliations>[^·•]{2,200}))?$")
_BYLINE_END = re.compile(
    r"(?:\w,? et al\.|\w\.? et al\.)(?: ?[·•] ?[\w, .-]{2,200})?$|[A-Za-z.] ?· ?[a-z][\w, .-]{1,80}$"
)

#: arXiv's two-letter classes by archive; a code that several archives have belongs to the first.
_CATEGORIES = {
    "cs": (
        "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC SD"
        " SE SI SY"
    ),
    "stat": "AP CO ME ML OT TH",
    "eess": "AS IV SP",
    "math": "AC AG AT CA CT CV DG FA GM GN GR GT HO KT LO MG MP NT OA OC PR QA RA RT SG SP ST",
    "q-bio": "BM CB MN NC PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "econ": "EM",
    "physics": "AO ED PH",
}
_ARCHIVE = {code: archive for archive, codes in reversed(_CATEGORIES.items()) for code in codes.split()}


def looks_like_listing(lines: Iterable[str]) -> bool:
    """Say whether any of the lines begins an entry of a listing."""
    return any(_HEADER.fullmatch(line.strip()) for line in lines)


def read_listing(lines: Iterable[Line], source: str) -> Iterator[SourceRecord | ReadFailure]:
    """Yield an entry for each header line with a line of title and authors behind it.

    The lines that follow up to the next header are the abstract; there may be none. Blank lines mean nothing.
    """
    entry: list[Line] = []
    for line in lines:
        if not line.text:
            continue
        if _HEADER.fullmatch(line.text):
            yield from _entry(entry, source)
            entry = []
        entry.append(line)
    yield from _entry(entry, source)


def _entry(lines: list[Line], source: str) -> Iterator[SourceRecord | ReadFailure]:
    if not lines:
        return
    header = _HEADER.fullmatch(lines[0].text)
    if header is None:
        reason = "this stands before the first entry; an entry begins with a line such as 'CLOct 10, 2023'"
        yield _failure(lines, source, reason)
        return
    if len(lines) == 1:
        yield _failure(lines, source, "the entry ends after its date; add its line of title and authors")
        return
    stray = next((i for i in range(2, len(lines)) if _is_byline(lines, i)), len(lines))
    yield _record(header, lines[:stray], source)
    if stray < len(lines):
        reason = "an entry begins here without its line of category and date; add one such as 'CLOct 10, 2023'"
        yield _failure(lines[stray:], source, reason)


def _is_byline(lines: list[Line], index: int) -> bool:
    """Tell whether a line among those of an abstract is rather the title and authors of another entry."""
    text = lines[index].text
    return _BYLINE_END.search(text) is not None and len(text) < 400 and re.search(r"[^\s-][A-Z]\w* ", text) is not None


def _record(header: re.Match[str], lines: list[Line], source: str) -> SourceRecord:
    byline = lines[1].text
    tail = _TAIL.search(byline)
    end = tail.start() if tail else len(byline)
    affiliations = re.split(r"\s*,\s*", tail["affiliations"].strip()) if tail and tail["affiliations"] else []
    code = header["category"]
    return SourceRecord(
        source=source,
        format="listing",
        line=lines[0].number,
        byline=byline[:end].strip() or byline,
        truncated=bool(tail and tail["truncated"]),
        date_text=header["date"],
        category=f"{_ARCHIVE[code]}.{code}" if code in _ARCHIVE else code,
        code=header["code"] is not None,
        affiliations=tuple(a for a in affiliations if a),
        abstract=" ".join(line.text for line in lines[2:]),
    )


def _failure(lines: list[Line], source: str, reason: str) -> ReadFailure:
    raw = "\n".join(line.text for line in lines)
    return ReadFailure(source=source, line=lines[0].number, raw=raw, reason=reason)

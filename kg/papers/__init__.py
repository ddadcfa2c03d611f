"""From records as sources have them to papers: title apart from authors, a date, and clean text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date

from kg import ids
from kg.model import Paper, ReadFailure, SourceRecord
from kg.papers.boundary import NameEvidence, split_byline
from kg.papers.dates import read_date

__all__ = ["records_to_papers"]

#: How many records are held at a time: names in one byline are evidence for the boundary in another.
_WINDOW = 4096


def records_to_papers(records: Iterable[SourceRecord | ReadFailure], *, as_of: date) -> Iterator[Paper | ReadFailure]:
    """Yield a paper for each record, in order; failures pass through where they stand.

    Of two records of one paper the first is kept and the second reported. A date that does not exist is reported and
    the paper kept without it. Held in memory are one window of records and the identities of the papers.
    """
    seen: dict[str, tuple[str, int]] = {}
    stream = iter(records)
    while window := list(itertools.islice(stream, _WINDOW)):
        evidence = NameEvidence.from_records(r for r in window if isinstance(r, SourceRecord))
        for record in window:
            if isinstance(record, ReadFailure):
                yield record
            else:
                yield from _paper(record, evidence, as_of, seen)


def _paper(
    record: SourceRecord, evidence: NameEvidence, as_of: date, seen: dict[str, tuple[str, int]]
) -> Iterator[Paper | ReadFailure]:
    title, authors = (record.title, record.authors) if record.title else split_byline(record, evidence)
    if not record.title and not authors:
        yield _failure(record, "no author's name ends this line; is it the line of title and authors?")
        return
    try:
        day, precision = read_date(record.date_text, as_of=as_of)
    except ValueError as error:
        day, precision = None, "none"
        yield _failure(record, f"{error}; the paper is kept without its date")
    iri = ids.paper_iri(title, authors[0] if authors else "")
    if iri in seen:
        source, line = seen[iri]
        place = f"line {line}" if source == record.source else f"{source}, line {line},"
        yield _failure(record, f"this is the paper of {place} again; the first one is kept")
        return
    seen[iri] = (record.source, record.line)
    yield Paper(
        iri=iri,
        id=record.id or ids.local_name(iri),
        title=title,
        authors=authors,
        truncated=record.truncated,
        date=day,
        date_precision=precision,
        date_text=record.date_text,
        category=record.category,
        code=record.code,
        affiliations=record.affiliations,
        abstract=record.abstract,
        source=record.source,
        line=record.line,
    )


def _failure(record: SourceRecord, reason: str) -> ReadFailure:
    return ReadFailure(source=record.source, line=record.line, raw=record.byline or record.title, reason=reason)

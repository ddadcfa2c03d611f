"""Answers as the W3C formats write them, by the engine itself, and no longer than a limit."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

import pyoxigraph

from kg.errors import KgError, UsageError
from kg.store.mistakes import mistake
from kg.store.refusals import refuse
from kg.vocab import PREFIXES

__all__ = ["GRAPH_TYPES", "ROW_TYPES", "Document", "query_document"]

#: How the answer to SELECT and ASK, and that to CONSTRUCT and DESCRIBE, may be written: media types, preferred first.
_ROW_FORMATS: Mapping[str, pyoxigraph.QueryResultsFormat] = {
    kind.media_type.partition(";")[0]: kind
    for kind in (
        pyoxigraph.QueryResultsFormat.JSON,
        pyoxigraph.QueryResultsFormat.XML,
        pyoxigraph.QueryResultsFormat.CSV,
        pyoxigraph.QueryResultsFormat.TSV,
    )
}
_GRAPH_FORMATS: Mapping[str, pyoxigraph.RdfFormat] = {
    kind.media_type: kind
    for kind in (
        pyoxigraph.RdfFormat.TURTLE,
        pyoxigraph.RdfFormat.N_TRIPLES,
        pyoxigraph.RdfFormat.JSON_LD,
        pyoxigraph.RdfFormat.RDF_XML,
        pyoxigraph.RdfFormat.TRIG,
        pyoxigraph.RdfFormat.N_QUADS,
    )
}
#: The vocabularies in which a graph and an endpoint are described, beside our own.
_DESCRIBING = {
    "format": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}
ROW_TYPES, GRAPH_TYPES = tuple(_ROW_FORMATS), tuple(_GRAPH_FORMATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The answer to a query as the W3C formats write it; ``truncated`` says that the limit on rows cut it."""

    media_type: str
    body: bytes
    truncated: bool


def query_document(
    store: pyoxigraph.Store, sparql: str, *, types: Sequence[str], limit: int, base: str = ""
) -> Document | None:
    """Run a query as :func:`query` does, and write the answer in the first of ``types`` that can hold it.

    Blank nodes and all else the engine knows stay what they are. A graph is sorted. ``base`` is what relative IRIs of
    the query are relative to. Where none of the types can hold this kind of answer it is ``None``, and nothing is run.

    Raises
    ------
    UsageError
        If the query is refused, too deep, or no SPARQL; the message says where.
    KgError
        If it fails while it runs.

    """
    refuse(sparql)
    try:
        answer = store.query(sparql, prefixes=dict(PREFIXES), base_iri=base or None)
        formats = _GRAPH_FORMATS if isinstance(answer, pyoxigraph.QueryTriples) else _ROW_FORMATS
        if (media_type := next((one for one in types if one in formats), None)) is None:
            return None
        if isinstance(answer, pyoxigraph.QueryTriples):
            return _graph_document(answer, media_type, limit)
        return _rows_document(answer, media_type, limit)
    except SyntaxError as error:
        raise UsageError(mistake(sparql, error.msg)) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise KgError(f"the query failed: {error}", remedy="ask for less or simplify it") from error


def _rows_document(
    answer: pyoxigraph.QueryBoolean | pyoxigraph.QuerySolutions, media_type: str, limit: int
) -> Document:
    kind = _ROW_FORMATS[media_type]
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return Document(media_type=media_type, body=answer.serialize(format=kind) or b"", truncated=False)
    lines = _Lines(limit + 1)  # TSV has a line for its head, and a row is one line whatever its terms hold
    found = lines.taken(lambda out: answer.serialize(out, format=pyoxigraph.QueryResultsFormat.TSV))
    if kind != pyoxigraph.QueryResultsFormat.TSV:
        solutions = pyoxigraph.parse_query_results(found, pyoxigraph.QueryResultsFormat.TSV)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        found = solutions.serialize(format=kind) or b""
    return Document(media_type=media_type, body=found, truncated=lines.is_full)


def _graph_document(answer: pyoxigraph.QueryTriples, media_type: str, limit: int) -> Document:
    lines = _Lines(limit)
    found = lines.taken(lambda out: answer.serialize(out, format=pyoxigraph.RdfFormat.N_TRIPLES))
    found = b"".join(sorted(set(found.splitlines(keepends=True))))
    kind = _GRAPH_FORMATS[media_type]
    if kind != pyoxigraph.RdfFormat.N_TRIPLES:
        triples = pyoxigraph.parse(found, pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
        used = {name: iri for name, iri in {**PREFIXES, **_DESCRIBING}.items() if f"<{iri}".encode() in found}
        found = pyoxigraph.serialize(triples, format=kind, prefixes=used) or b""
        if kind in (pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.TRIG):  # prefixes come first, in no order
            head = found.split(b"\n", len(used))
            found = b"\n".join([*sorted(head[: len(used)]), *head[len(used) :]])
    return Document(media_type=media_type, body=found, truncated=lines.is_full)


class _Lines(io.RawIOBase):
    """Takes what the engine writes until it has so many lines; then it ends the writing."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = bytearray()
        self._count = 0

    @property
    def is_full(self) -> bool:
        """Whether there were more lines than so many."""
        return self._count > self._most

    def write(self, some: Any) -> int:
        if self.is_full:
            raise _FullError
        self._taken += some
        self._count += bytes(some).count(b"\n")
        return len(some)

    def taken(self, write: Callable[[IO[bytes]], object]) -> bytes:
        """Have it written, and give the lines that were taken."""
        with contextlib.suppress(_FullError):
            write(cast("IO[bytes]", self))
        lines = bytes(self._taken)
        return b"\n".join(lines.split(b"\n", self._most)[: self._most]) + b"\n" if self.is_full else lines


class _FullError(OSError):
    pass

"""The answer to a SPARQL query: as a table, or in the result formats that W3C defines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol
from xml.sax.saxutils import escape, quoteattr

from kg.model import IRI, Literal, Term, Triple
from kg.rdf import turtle_lines
from kg.rdf.terms import term_text
from kg.reports.tables import render_table
from kg.vocab import XSD, compact

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["GRAPH_FORMATS", "ROW_FORMATS", "render_rows", "triples_of"]


class Answer(Protocol):
    """What a query gives: columns, and rows of terms with ``None`` where a variable has no value."""

    @property
    def columns(self) -> Sequence[str]:
        """The names of the variables."""

    @property
    def rows(self) -> Sequence[Sequence[Term | None]]:
        """The rows."""

    @property
    def is_boolean(self) -> bool:
        """Whether it answers an ASK."""


def render_rows(answer: Answer, format: str = "table") -> str:  # noqa: A002
    """Write an answer in one of :data:`ROW_FORMATS`, or a graph in one of :data:`GRAPH_FORMATS`."""
    return {**ROW_FORMATS, **GRAPH_FORMATS}[format](answer)


def _for_people(format_: str) -> Callable[[Answer], str]:
    """Write IRIs in short and numbers as numbers."""

    def write(answer: Answer) -> str:
        return render_table(answer.columns, ([_readable(term) for term in row] for row in answer.rows), format_)

    return write


def _csv(answer: Answer) -> str:
    """Write SPARQL 1.1 CSV: the bare values."""
    rows = ([None if term is None else _value(term) for term in row] for row in answer.rows)
    return render_table(answer.columns, rows, "csv")


def _tsv(answer: Answer) -> str:
    """Write SPARQL 1.1 TSV: each term as in N-Triples, so that its kind is kept."""
    lines = ["\t".join(f"?{column}" for column in answer.columns)]
    lines += ["\t".join("" if term is None else term_text(term) for term in row) for row in answer.rows]
    return "".join(f"{line}\n" for line in lines)


def _json(answer: Answer) -> str:
    """Write SPARQL 1.1 Query Results JSON; the answer to an ASK is a boolean."""
    if answer.is_boolean:
        return json.dumps({"head": {}, "boolean": _truth(answer)}, indent=2) + "\n"
    bindings = [
        {column: _binding(term) for column, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _xml(answer: Answer) -> str:
    """Write the SPARQL Query Results XML format; the answer to an ASK is a boolean."""
    if answer.is_boolean:
        truth = str(_truth(answer)).lower()
        lines = ['<?xml version="1.0"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">', "  <head/>"]
        return "\n".join([*lines, f"  <boolean>{truth}</boolean>", "</sparql>"]) + "\n"
    lines = ['<?xml version="1.0"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">', "  <head>"]
    lines += [f"    <variable name={quoteattr(column)}/>" for column in answer.columns]
    lines += ["  </head>", "  <results>"]
    for row in answer.rows:
        lines.append("    <result>")
        for column, term in zip(answer.columns, row, strict=True):
            if term is not None:
                lines.append(f"      <binding name={quoteattr(column)}>{_element(term)}</binding>")
        lines.append("    </result>")
    return "\n".join([*lines, "  </results>", "</sparql>"]) + "\n"


def _truth(answer: Answer) -> bool:
    return answer.rows[0][0] == Literal("true", XSD.boolean)


def _turtle(answer: Answer) -> str:
    return "".join(turtle_lines(triples_of(answer)))


def _ntriples(answer: Answer) -> str:
    return "".join(f"{term_text(s)} {term_text(p)} {term_text(o)} .\n" for s, p, o in sorted(triples_of(answer)))


#: How any answer can be written.
ROW_FORMATS: Mapping[str, Callable[[Answer], str]] = {
    "table": _for_people("table"),
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
    "markdown": _for_people("markdown"),
}
#: How the answer to CONSTRUCT or DESCRIBE can be written beside these.
GRAPH_FORMATS: Mapping[str, Callable[[Answer], str]] = {"turtle": _turtle, "ntriples": _ntriples}


def triples_of(answer: Answer) -> list[Triple]:
    """Give the triples of an answer to CONSTRUCT or DESCRIBE."""
    triples = []
    for subject, predicate, object_ in answer.rows:
        assert isinstance(subject, IRI) and isinstance(predicate, IRI) and object_ is not None
        triples.append(Triple(subject, predicate, object_))
    return triples


def _value(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def _readable(term: Term | None) -> str | int | None:
    if term is None:
        return None
    if isinstance(term, Literal):
        return int(term.value) if term.datatype == XSD.integer else term.value
    return compact(term)


def _binding(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "uri", "value": str(term)}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    elif term.datatype != XSD.string:
        binding["datatype"] = str(term.datatype)
    return binding


def _element(term: Term) -> str:
    if not isinstance(term, Literal):
        return f"<uri>{escape(term)}</uri>"
    attribute = ""
    if term.language:
        attribute = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype != XSD.string:
        attribute = f" datatype={quoteattr(term.datatype)}"
    return f"<literal{attribute}>{escape(term.value)}</literal>"

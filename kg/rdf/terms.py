"""Terms as RDF 1.1 writes them, and the one place where text and IRIs are made fit for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from kg.errors import KgError
from kg.ids import is_safe_iri
from kg.model import IRI, Literal, Term
from kg.vocab import RDF, XSD

__all__ = [
    "boolean",
    "decimal",
    "integer",
    "join_list",
    "literal_text",
    "safe",
    "split_list",
    "term_text",
    "text",
]

#: Characters that no XML and not every parser of RDF can carry: controls, lone surrogates, non-characters.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ITEM: Final = re.compile(r"((?:\\.|[^\\,])*)(?:, |\Z)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED: Final = re.compile(r'[\\"\n\r\t]')


def text(value: str, language: str = "") -> Literal:
    r"""Make a literal of a text; characters that RDF cannot carry become U+FFFD one for one, so that offsets hold.

    >>> text("a\x00b").value == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    fit = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)
    return Literal(fit, IRI(RDF.langString), language) if language else Literal(fit)


def integer(value: int) -> Literal:
    """Make an ``xsd:integer``."""
    return Literal(str(value), XSD.integer)


def boolean(*, value: bool) -> Literal:
    """Make an ``xsd:boolean``."""
    return Literal("true" if value else "false", XSD.boolean)


def decimal(value: float) -> Literal:
    """Make an ``xsd:decimal`` that reads back as the same number, in its canonical form.

    >>> decimal(0.95).value, decimal(1).value, decimal(0.00001).value
    ('0.95', '1.0', '0.00001')
    """
    return Literal(format(Decimal(repr(float(value))), "f"), XSD.decimal)


def join_list(items: Iterable[str]) -> Literal:
    r"""Write names as one text, with commas between them; a comma in a name has a backslash before it.

    >>> join_list(["deepmind", "tsinghua"]).value, split_list(join_list(["a, b", "c"]).value)
    ('deepmind, tsinghua', ('a, b', 'c'))
    """
    return text(", ".join(item.replace("\\", "\\\\").replace(",", "\\,") for item in items))


def split_list(value: str) -> tuple[str, ...]:
    """Take the names out of what :func:`join_list` wrote."""
    items = _ITEM.findall(value)[:-1]
    return tuple(_ESCAPE.sub(r"\1", item) for item in items)


def safe(iri: str) -> IRI:
    """Let an IRI through that may stand in RDF and as a link on a page.

    Raises
    ------
    KgError
        If it is relative, holds blanks or brackets, or has a scheme such as ``javascript:``.

    """
    if not is_safe_iri(iri):
        raise KgError(f"{iri!r} cannot stand as an IRI", remedy="give an http, https or urn IRI without blanks")
    return IRI(iri)


def literal_text(literal: Literal) -> str:
    """Write a literal as N-Triples and Turtle do."""
    quoted = '"' + _ESCAPED.sub(lambda found: _ESCAPES[found[0]], literal.value) + '"'
    if literal.language:
        return f"{quoted}@{literal.language}"
    return quoted if literal.datatype == XSD.string else f"{quoted}^^<{literal.datatype}>"


def term_text(term: Term) -> str:
    """Write a term as N-Triples does."""
    return literal_text(term) if isinstance(term, Literal) else f"<{term}>"

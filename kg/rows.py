"""The rows of a query as values of Python, and such values as terms."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kg.answers import Node
from kg.errors import UsageError
from kg.model import IRI, Literal, Term

__all__ = ["Answer", "Value", "to_term", "to_value"]

#: A cell of an answer, and what a parameter of a query may be.
Value = str | int | float | bool | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_ROWS_SHOWN = 30


class Answer(list[dict[str, Value]]):
    """The rows of a query, each a mapping from column to value: ``pandas.DataFrame(answer)`` takes it as it is.

    IRIs and texts are ``str``, numbers ``int`` or ``float``, truth values ``bool``; what has no value is ``None``.

    >>> Answer(("model", "size"), [("Mistral 7B", 7)])
    [{'model': 'Mistral 7B', 'size': 7}]
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[Iterable[Value]]) -> None:
        self.columns = tuple(columns)
        super().__init__(dict(zip(self.columns, row, strict=True)) for row in rows)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row.values()) + "</tr>"
            for row in self[:_ROWS_SHOWN]
        )
        more = f"<p>and {len(self) - _ROWS_SHOWN} more rows</p>" if len(self) > _ROWS_SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def to_term(name: str, value: object) -> Term:
    """Give the term that a value of a parameter means; ``name`` is for the error.

    Raises
    ------
    UsageError
        If it means none.

    """
    if isinstance(value, Node):
        return IRI(value.iri)
    if isinstance(value, IRI):
        return value
    if isinstance(value, bool):
        return Literal(str(value).lower(), IRI(f"{_XSD}boolean"))
    if isinstance(value, int | float):
        return Literal(str(value), IRI(f"{_XSD}{'integer' if isinstance(value, int) else 'double'}"))
    if isinstance(value, str):
        return Literal(value, IRI(f"{_XSD}string"))
    raise UsageError(f"the parameter {name} is {value!r}", remedy="give a node, an IRI, a text or a number")


def to_value(term: Term | None) -> Value:
    """Give the value of a term: numbers and truth values as such, all else as its text.

    >>> to_value(Literal("7", IRI("http://www.w3.org/2001/XMLSchema#integer"))), to_value(None)
    (7, None)
    """
    if term is None or not isinstance(term, Literal):
        return None if term is None else str(term)
    kind = term.datatype.removeprefix(_XSD)
    if kind == "boolean":
        return term.value in ("true", "1")
    try:
        if kind == "integer":
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
    except ValueError:
        return term.value
    return term.value

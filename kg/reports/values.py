"""How every report writes a node, a claim and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kg.answers import Node, Quote, Statement

__all__ = ["Paint", "name", "node_to_dict", "plain", "quote_line", "statement_to_dict", "support"]

#: Classes whose things often share a name with a model.
_SAID = {"ModelFamily": "family", "Paper": "paper"}

#: Paints a piece of text in a role: ``label``, ``relation``, ``quote``, ``source`` or ``mark``.
Paint = Callable[[str, str], str]


def plain(role: str, text: str) -> str:
    """Leave a piece of text as it is."""
    return text


def name(node: Node) -> str:
    """Write a node's label; a family and a paper say what they are, for a model may have the same name.

    >>> name(Node(iri="f", type="ModelFamily", label="Magistral"))
    'Magistral (family)'
    """
    kind = _SAID.get(node.type)
    return f"{node.label} ({kind})" if kind else node.label


def quote_line(quote: Quote) -> str:
    r"""Write a sentence with its paper and date.

    >>> quote_line(Quote(text="Chat is tuned\nfrom Base.", paper="p", title="Chat", date="2024-01-08"))
    '“Chat is tuned from Base.” — Chat, 2024-01-08'
    """
    source = ", ".join(filter(None, (" ".join(quote.title.split()), quote.date)))
    return f"“{' '.join(quote.text.split())}” — {source}"


def support(statement: Statement, most: int) -> Iterator[tuple[str, str]]:
    """Yield what a claim rests on, each with the role to paint it in: sentences, sources, or the way it follows.

    Of the sentences come the first ``most``, and how many more there are.
    """
    for quote in statement.quotes[:most]:
        yield "quote", quote_line(quote)
    more = len(statement.quotes) - most
    if more > 0:
        yield "mark", f"(and {more} more)"
    if statement.basis != "extracted":
        grounds = " — ".join(filter(None, (", ".join(statement.sources), statement.note)))
        yield "source", f"[{statement.basis}: {grounds}]" if grounds else f"[{statement.basis}]"


def node_to_dict(node: Node) -> dict[str, str]:
    """Turn a node into a dictionary of its fields."""
    return {"iri": node.iri, "type": node.type, "label": node.label, "date": node.date, "lab": node.lab}


def statement_to_dict(statement: Statement) -> dict[str, Any]:
    """Turn a claim into a dictionary: its ends by IRI, the relation, where it comes from, and every sentence."""
    return {
        "subject": statement.subject.iri,
        "predicate": statement.predicate,
        "words": statement.words,
        "kind": statement.kind,
        "object": statement.object.iri,
        "basis": statement.basis,
        "confidence": statement.confidence,
        "evidence": [
            {
                "quote": quote.text,
                "paper": quote.paper,
                "title": quote.title,
                "date": quote.date,
                "start": quote.start,
                "end": quote.end,
                "rule": quote.rule,
                "confidence": quote.confidence,
            }
            for quote in statement.quotes
        ],
        "sources": list(statement.sources),
        "note": statement.note,
    }

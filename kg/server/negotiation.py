"""Which of the formats that we write a client would rather have, by its Accept header (RFC 9110)."""

from __future__ import annotations

from collections.abc import Iterable

import mimeparse

from kg.store import GRAPH_TYPES, ROW_TYPES

__all__ = ["GRAPHS", "HTML", "ROWS", "preferred"]

HTML = "text/html"
#: What a client may ask for and what we write for it, for rows and for graphs; the preferred first.
ROWS = {one: one for one in ROW_TYPES} | {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
GRAPHS = {one: one for one in GRAPH_TYPES} | {
    "application/json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
#: Characters of an Accept header that are read.
_LONGEST = 2000


def preferred(accept: str | None, offers: Iterable[str]) -> str | None:
    """Give the offer that the header likes best, the first of them without a header, and none if it likes none.

    >>> preferred("text/csv;q=0.5, application/*", ["text/turtle", "text/csv", "application/ld+json"])
    'application/ld+json'
    >>> preferred("*/*", ["text/turtle", "text/csv"]), preferred("image/png", ["text/turtle"])
    ('text/turtle', None)
    """
    ranked = list(offers)
    if not accept or not accept.strip():
        return ranked[0]
    wanted = ",".join(part for part in accept[:_LONGEST].split(",") if "/" in part or part.strip() == "*")
    try:
        return mimeparse.best_match(ranked[::-1], wanted) or None if wanted else None
    except mimeparse.MimeTypeParseException:
        return None

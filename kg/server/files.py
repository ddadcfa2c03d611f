"""What the server brings along: the editor and its library, and the queries that describe the graph."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from kg.ids import ID
from kg.queries import comment_of, named_queries
from kg.vocab import PREFIXES, load

__all__ = ["EDITOR_POLICY", "asset", "describing_query", "known"]

_ASSETS: Final = Path(__file__).with_name("assets")
_KINDS: Final = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
#: The editor asks this server and nobody else. Its library adds the style of that hash, and widths of columns as
#: style attributes.
EDITOR_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@cache
def asset(name: str) -> tuple[bytes, str] | None:
    """Give a file of the editor and its media type, or nothing if there is none of that name."""
    path = _ASSETS / name
    kind = _KINDS.get(path.suffix)
    if "/" in name or kind is None or not path.is_file():
        return None
    return path.read_bytes(), kind


@cache
def describing_query(name: str) -> str:
    """Give the query that describes the graph (``void``) or the endpoint (``service``)."""
    return (_ASSETS / f"{name}.rq").read_text(encoding="utf-8")


@cache
def known() -> bytes:
    """Give what the editor knows, as JSON: named queries with their help, prefixes, and the terms of the ontology."""
    queries = [{"name": name, "help": comment_of(text), "text": text} for name, text in named_queries().items()]
    vocabulary = load()
    return json.dumps(
        {
            "queries": queries,
            "prefixes": dict(PREFIXES),
            "classes": sorted(vocabulary.classes),
            "properties": sorted(vocabulary.relations),
            "things": ID,
        }
    ).encode()

"""The data of a large page in little room: columns instead of records, details in pieces that are read when asked.

Small pages are plain JSON, which a person can read and every machine writes the same. Above some two thousand things
the texts are deflated, so that a hundred thousand of them are a file that can be sent.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

__all__ = ["columns_of_edges", "columns_of_nodes", "deflated", "details_of"]

_PLAIN: Final = 2000  # so many things are written as they are
_PIECE: Final = 500  # things whose details are read together

Records = Sequence[Mapping[str, Any]]


def deflated(value: object, things: int) -> object:
    """Return the value itself on a small page; on a large one its JSON, deflated, as base64 text."""
    if things <= _PLAIN:
        return value
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("ascii"), 9)).decode("ascii")


def _coded(values: Iterable[str]) -> dict[str, list[Any]]:
    """Return a column of texts that repeat as the different texts and their numbers."""
    known: dict[str, int] = {}
    return {"of": [known.setdefault(value, len(known)) for value in values], "words": list(known)}


def columns_of_nodes(nodes: Records, base: str, views: Sequence[str]) -> dict[str, object]:
    """Return what the picture, the filters and the search need of the things, a list for each property."""
    places = {}
    for view in views:
        there = [(i, *node["at"][view]) for i, node in enumerate(nodes) if view in node["at"]]
        places[view] = [list(column) for column in zip(*there, strict=True)] or [[], [], [], []]
    return {
        "id": [_tail(str(node["id"]), base) for node in nodes],
        "label": [node["label"] for node in nodes],
        "short": {str(i): node["short"] for i, node in enumerate(nodes) if node["short"] != node["label"]},
        "also": {str(i): node["also"] for i, node in enumerate(nodes) if node["also"]},
        "type": _coded(node["type"] for node in nodes),
        "when": _coded(node["when"] for node in nodes),
        "family": _coded(node["family"] for node in nodes),
        "lab": _coded(node["lab"] for node in nodes),
        "day": [node["day"] for node in nodes],
        "places": places,
    }


def _tail(identifier: str, base: str) -> str:
    """Return an id without what all have in common; one that has not begins with ``<``."""
    return identifier.removeprefix(base) if identifier.startswith(base) else f"<{identifier}"


def columns_of_edges(edges: Records, nodes: Records) -> dict[str, object]:
    """Return the ends of the edges as numbers of nodes, and what the picture and the filters need of them."""
    number = {node["id"]: i for i, node in enumerate(nodes)}
    return {
        "from": [number[edge["from"]] for edge in edges],
        "to": [number[edge["to"]] for edge in edges],
        "relation": _coded(edge["relation"] for edge in edges),
        "basis": _coded(edge["basis"] for edge in edges),
        "confidence": [round(edge["confidence"] * 1000) for edge in edges],
        "listed": {str(i): edge["listed"] for i, edge in enumerate(edges) if edge["listed"]},
    }


def details_of(records: Records, names: Sequence[str], things: int) -> list[object]:
    """Return what the panel says of the records, in pieces of equal length; an empty detail is null."""
    details = []
    for record in records:
        found = {name: record[name] for name in names if record[name]}
        details.append(found or None)
    return [deflated(details[i : i + _PIECE], things) for i in range(0, len(details), _PIECE)]

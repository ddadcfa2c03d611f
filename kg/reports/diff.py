"""Differences between graphs as text, JSON, or a SPARQL update that turns the old one into the new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from kg.answers import Change, Difference
from kg.model import Triple
from kg.rdf.terms import term_text
from kg.reports.values import Paint, plain

__all__ = ["render_diff", "render_diff_json", "render_update"]

_MARKS = (("appeared", "+", "quote"), ("went", "-", "source"), ("changed", "~", "relation"))


def render_diff(difference: Difference, *, paint: Paint = plain) -> str:
    """Write a line for each paper, thing and claim: ``+`` appeared, ``-`` went, ``~`` rests on something else now."""
    return "".join(f"{line}\n" for line in _lines(difference, paint))


def _lines(difference: Difference, paint: Paint) -> Iterator[str]:
    for name, mark, role in _MARKS:
        changes: tuple[Change, ...] = getattr(difference, name)
        for change in changes:
            yield f"{paint(role, mark)} {change.kind}: {paint('label', change.what)}"
            yield from (f"    {sign} {text}" for sign, text in (("-", change.before), ("+", change.after)) if text)


def render_diff_json(difference: Difference) -> str:
    """Write ``appeared``, ``went`` and ``changed``, each a list of kind, what, before and after."""
    return json.dumps(asdict(difference), ensure_ascii=False, indent=2) + "\n"


def render_update(old: Iterable[Triple], new: Iterable[Triple]) -> str:
    """Write a SPARQL 1.1 Update that turns the old graph into the new one: triples to delete, then triples to insert.

    Any SPARQL engine applies it. Lines are sorted, so that equal graphs give equal patches; none gives an empty text.
    """
    before, after = set(old), set(new)
    parts = [("DELETE DATA", before - after), ("INSERT DATA", after - before)]
    blocks = [f"{verb} {{\n{''.join(_triples(triples))}}}\n" for verb, triples in parts if triples]
    return ";\n".join(blocks)


def _triples(triples: Iterable[Triple]) -> list[str]:
    return sorted(f"  <{s}> <{p}> {term_text(o)} .\n" for s, p, o in triples)

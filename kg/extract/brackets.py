"""Names and their other form in brackets: ``Retrieval-Enhanced Transformer (RETRO)`` is one mention with an alias."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.initialisms import initialism_before, is_initialism
from kg.extract.name import Name
from kg.extract.shapes import is_generic, shape_of
from kg.names import name_key

__all__ = ["join_brackets"]

_BRACKET = re.compile(r"\s?\(\s?(?P<inside>[^()]{2,80}?)\s?\)")



def join_brackets(text: str, start: int, end: int, names: list[Name]) -> list[Name]:
    """Join a name and its other form in brackets: ``Retrieval-Enhanced Transformer (RETRO)`` is one mention."""
    joined: list[Name] = list(names)
    for bracket in _BRACKET.finditer(text, start, end):
        inside = bracket["inside"]
        short = next((n for n in joined if n.start == bracket.start("inside") and n.end == bracket.end("inside")), None)
        generic = short is None and is_generic(inside)
        if short is None and not (
            generic or (re.fullmatch(r"[\w+'’-]{2,15}", inside) and sum(c.isupper() for c in inside) >= 2)
        ):
            long_first = _definition_inside(joined, bracket)
            if long_first:
                joined = [n for n in joined if not (n.start >= long_first.start and n.start < bracket.end())]
                joined.append(long_first)
            continue
        begin = None if " " in inside else initialism_before(text, start, bracket.start(), inside)
        before = next((n for n in joined if n.end == bracket.start() or n.end + 1 == bracket.start()), None)
        if (
            begin is None
            and before is not None
            and shape_of(inside) == "strong"
            and before.kind != "licence"
            and not generic
            and name_key(inside)[:1] == name_key(before.text)[:1]
            and shape_of(inside) != "size"
        ):
            begin = before.start
        if begin is None:
            continue
        if (
            before is not None
            and before.start < begin
            and text[before.start : before.end].count(" ") < 6
            and before.kind == "name"
        ):
            begin = (
                before.start
                if is_initialism(inside, re.findall(r"[\w$'’+]+", text[before.start : bracket.start()]))
                else begin
            )
        joined = [n for n in joined if n.end <= begin or n.start >= bracket.end()]
        if generic:
            continue
        long = text[begin : bracket.start()].strip()
        kind = "data" if before is not None and before.kind == "data" else "name"
        canonical = (before.canonical if before is not None else "") or (short.canonical if short is not None else "")
        if canonical and short is not None and short.kind == "data":
            kind = "data"
        concept = kind == "name" and not re.search(
            r"[A-Z]", re.sub(r"^[A-Z](?=[a-z])", "", long) if not text[start:begin].strip(" \"'(“‘") else long
        )
        joined.append(Name(begin, bracket.end(), inside, kind, alias=long, canonical=canonical, concept=concept))
    return sorted(joined, key=lambda n: (n.start, -n.end))


def _definition_inside(names: Iterable[Name], bracket: re.Match[str]) -> Name | None:
    """``GIPO (Gaussian Importance sampling Policy Optimization)``: the short form first, the long in brackets."""
    for name in names:
        if name.end in (bracket.start(), bracket.start() - 1) and name.kind != "licence":
            words = re.findall(r"[\w$'’+]+", bracket["inside"])
            if len(words) > 1 and is_initialism(name.text, words):
                return Name(
                    name.start, bracket.end(), name.text, name.kind, alias=bracket["inside"], canonical=name.canonical
                )
    return None

"""Names and their other form in brackets: ``Retrieval-Enhanced Transformer (RETRO)`` is one mention with an alias."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.extract.initialisms import initialism_before, is_initialism
from kg.extract.name import Name
from kg.extract.shapes import is_generic, shape_of
from kg.names import name_key

__all__ = ["join_brackets"]

#: A form in brackets, or between "or" and a comma: ``Low-Rank Adaptation, or LoRA, ...``.
_OTHER_FORM = re.compile(r"\s?\(\s?(?P<inside>[^()]{2,80}?)\s?\)|, or (?P<or>[\w-]{2,15})(?=[,. ])")
#: What tells one of a kind from the others: ``Quantum-Enhanced Vision Transformer (ViT)`` is no alias of ViT.
_KIND_OF = re.compile(r"^\S+-[A-Za-z]?[a-z]+(?:ed|ing|ware) $")
#: What is measured is no artefact: ``Fréchet Distance (FD)``.
_MEASURE = re.compile(
    r"\b(?:[Dd]istance|[Rr]ate|[Ss]core|[Ee]rror|[Aa]ccuracy|[Ii]ndex|[Rr]atio|[Pp]recision|[Rr]ecall|[Ss]imilarity"
    r"|[Pp]erplexity|[Cc]orrelation|[Cc]oefficient)s?$"
)
_WORDS = re.compile(r"[\w$'’+]+")


def join_brackets(text: str, start: int, end: int, names: list[Name]) -> list[Name]:
    """Join a name and its other form in brackets: ``Retrieval-Enhanced Transformer (RETRO)`` is one mention."""
    joined = [_with_own_initialism(name) for name in names]
    for bracket in _OTHER_FORM.finditer(text, start, end):
        group = "inside" if bracket["inside"] else "or"
        short = next((n for n in joined if n.start == bracket.start(group) and n.end == bracket.end(group)), None)
        before = next((n for n in joined if n.end == bracket.start() or n.end + 1 == bracket.start()), None)
        if group == "or" and (before is None or not _is_initialism_of(bracket["or"], before.text)):
            continue
        whole = _whole(text, start, bracket, group, short, before, joined)
        if whole is not None:
            joined = [n for n in joined if n.end <= whole.start or n.start >= whole.end]
            if not (short is None and is_generic(bracket[group])) or whole.text != bracket[group]:
                joined.append(whole)
    return sorted(joined, key=lambda n: (n.start, -n.end))


def _is_initialism_of(short: str, long: str) -> bool:
    return is_initialism(short, _WORDS.findall(long))


def _with_own_initialism(name: Name) -> Name:
    """Read a name that ends with its initialism: ``Pathways Language Model PaLM``."""
    long, _, short = name.text.rpartition(" ")
    if name.kind == "name" and " " in long and shape_of(short) == "strong" and _is_initialism_of(short, long):
        return replace(name, text=short, alias=long)
    return name


def _whole(
    text: str,
    start: int,
    bracket: re.Match[str],
    group: str,
    short: Name | None,
    before: Name | None,
    names: list[Name],
) -> Name | None:
    """Give the mention that a name and the form in brackets behind it make together, if they do."""
    inside = bracket[group]
    generic = short is None and is_generic(inside)
    if short is None and not (
        generic or (re.fullmatch(r"[\w+'’-]{2,15}", inside) and sum(c.isupper() for c in inside) >= 2)
    ):
        return _definition_inside(names, bracket) if group == "inside" else None
    begin = _long_form(text, start, bracket, inside, before, generic=generic)
    if begin is None:
        return None
    if before is not None and before.start < begin and before.kind == "name":
        if _KIND_OF.match(text[before.start : begin]) and not _is_initialism_of(inside, before.text):
            return replace(before, end=bracket.end())
        if text[before.start : before.end].count(" ") < 6 and _is_initialism_of(
            inside, text[before.start : bracket.start()]
        ):
            begin = before.start
    long = text[begin : bracket.start()].strip()
    is_data = before is not None and before.kind == "data"
    canonical = (before.canonical if before is not None else "") or (short.canonical if short is not None else "")
    if canonical and short is not None and short.kind == "data":
        is_data = True
    first = not text[start:begin].strip(" \"'(“‘")  # a capital there is the sentence's
    proper = re.search(r"[A-Z]", re.sub(r"^[A-Z](?=[a-z])", "", long) if first else long)
    concept = not is_data and (_MEASURE.search(long) is not None or proper is None)
    return Name(
        begin, bracket.end(), inside, "data" if is_data else "name", alias=long, canonical=canonical, concept=concept
    )


def _long_form(
    text: str, start: int, bracket: re.Match[str], inside: str, before: Name | None, *, generic: bool
) -> int | None:
    """Where the long form before a bracket begins: it spells the short one, or is a name with its first letter."""
    begin = None if " " in inside else initialism_before(text, start, bracket.start(), inside)
    if begin is not None and text[begin - 1 : begin] == "-" and begin > start:  # "Test-Time Causal Intervention (TCI)"
        begin = max(start, text.rfind(" ", start, begin) + 1)
    if (
        begin is None
        and before is not None
        and shape_of(inside) == "strong"
        and before.kind != "licence"
        and not generic
        and name_key(inside)[:1] == name_key(before.text)[:1]
    ):
        return before.start
    return begin


def _definition_inside(names: Iterable[Name], bracket: re.Match[str]) -> Name | None:
    """``GIPO (Gaussian Importance sampling Policy Optimization)``: the short form first, the long in brackets."""
    for name in names:
        if name.end in (bracket.start(), bracket.start() - 1) and name.kind != "licence":
            words = _WORDS.findall(bracket["inside"])
            if len(words) > 1 and is_initialism(name.text, words):
                return replace(name, end=bracket.end(), alias=bracket["inside"])
    return None

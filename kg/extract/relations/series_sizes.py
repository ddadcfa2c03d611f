"""Sizes listed for a series: "available in 3B and 8B" tells of two models, each named after its size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.relations.quantities import quantity
from kg.extract.relations.reading import NAME, Reading
from kg.model import Claim, Quantity
from kg.names import parse_name

__all__ = ["CALLED", "read_series"]

_SIZE = r"\d+(?:\.\d+)? ?(?:[BM]|billion|million)?"
_SIZES = Cue(
    rf"(?<![\w.-])(?P<list>{_SIZE}(?:, {_SIZE})*,? and {_SIZE})(?:[ -]parameters?| models| variants"
    rf"| versions|(?=[,.;)]))"
)
#: "7B and 14B models, called A and B": the first size is the first name's.
CALLED = re.compile(
    rf"[^.;⟦]{{0,70}}?(?:\.\d[^.;⟦]{{0,40}}?)?\b(?:called|named|dubbed"
    rf"|namely),? (?P<names>{NAME}(?:(?:, and|,| and) {NAME})+)"
)
_SIZE_CONTEXT = re.compile(r"\b(?:sizes|scales|parameters?|variants|versions|models)\b")
_AMONG = re.compile(
    r"\b(?:among|than|outperform\w*|compar\w+|versus|existing|other|commonly|widely|popular|typical)\b[^,;]{0,80},? ?$"
)
_SUFFIXES = Cue(
    rf"(?P<name>{NAME})[- ]?[({{](?P<list>\d+(?:\.\d+)?[BM](?:\s?[/,|]\s?(?:and )?\d+(?:\.\d+)?[BM])+)[)}}]"
)


def read_series(reading: Reading, index: int) -> Iterator[Claim]:
    """Read sizes listed for a series, "available in 3B and 8B": each is a member's, named after its size."""
    sentence = reading.sentences[index]
    for match in sentence.finditer(_SUFFIXES):
        series = reading.written(sentence.name(match["name"]))
        for size in re.findall(r"\d+(?:\.\d+)?[BM]", match["list"]):
            member = f"{series}-{size}"
            yield _size(reading, member, quantity(size[:-1], size[-1]), index)
            yield reading.claim("numbers.member", member, "variantOf", series, index)
    for match in sentence.finditer(_SIZES):
        sizes = re.findall(r"(\d+(?:\.\d+)?) ?([BM]|billion|million)?", match["list"])
        unit = sizes[-1][1]
        series_of = [s for s in reading.subjects(index, match.start()) if reading.introduced.get(s) == "Model"]
        called = CALLED.match(sentence.masked, match.end("list"))
        named = [reading.written(n) for n in sentence.names_in(*called.span("names"))] if called else []
        if _AMONG.search(sentence.masked[: match.start()]):
            continue
        if not unit or not (named or series_of) or not _SIZE_CONTEXT.search(sentence.masked):
            continue
        for place, (number, own_unit) in enumerate(sizes):
            short = (own_unit or unit)[0].upper()
            models = reading.models()
            if not named and len(models) == len(sizes) > 1 and not any(parse_name(m).parameters for m in models):
                named = models
            member = named[place] if len(named) == len(sizes) else f"{(series_of or named)[0]} {number}{short}"
            yield _size(reading, member, quantity(number, short), index)


def _size(reading: Reading, member: str, value: int, index: int) -> Claim:
    return reading.claim("numbers.member", member, "parameterCount", Quantity(value=value), index)

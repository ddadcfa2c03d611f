"""The terms of release: ``license``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import vocab
from kg.extract.cue import Cue
from kg.extract.mentions import Sentence, name_symbol
from kg.extract.relations.reading import NAME, Reading
from kg.model import PAPER, Claim
from kg.names import is_extension

__all__ = ["extract_licences"]


_RELEASE = Cue(
    r"\b(?:releas\w+|licen[sc]\w+|open-?sourc\w+|available|distributed|published|under|provided|terms)\b"
    r"|-licensed\b"
)


_ALL = re.compile(
    rf"\b(?:[Bb]oth|[Aa]ll|[Ee]ach)(?: of)?(?: (?:the|our"
    rf"|these))?(?: (?P<name>{NAME}))?(?: [\w-]+){{0,5}}? (?:models?|variants?|checkpoints?|weights"
    rf"|versions?)\b"
)


_OURS = re.compile(
    r"\b(?:[Oo]ur|[Tt]he|[Tt]hese|[Aa]ll)(?: [\w-]+){0,3}? (?P<noun>models?|weights|checkpoints"
    r"|variants)\b"
)


#: "data sets (X, Y, and Z) that have permissive licences".
_THEIRS = re.compile(rf"\((?P<names>{NAME}(?:(?:, and|,| and) {NAME})*)\) (?:that|which) (?:have|are|carry) [^.;⟦]*$")


def extract_licences(reading: Reading) -> Iterator[Claim]:
    """Yield under which licence the paper says that its artefacts are released."""
    spdx: dict[str, str] = {licence.iri: licence.spdx or licence.label for licence in vocab.load().licences}
    for index, sentence in enumerate(reading.sentences[1:], 1):
        for position, name in enumerate(sentence.names):
            if name.kind != "licence":
                continue
            at = sentence.masked.find(name_symbol(name, position))
            owner = re.search(rf"(?P<name>{NAME}) \($", sentence.masked[:at])
            if owner:
                rule, subjects = "licence.bracket", [reading.written(sentence.name(owner["name"]))]
            elif sentence.search(_RELEASE):
                rule, subjects = "licence.release", _licensed(reading, index, sentence, at)
            else:
                continue
            for subject in subjects:
                yield reading.claim(rule, subject, "license", spdx[name.canonical], index)


def _licensed(reading: Reading, index: int, sentence: Sentence, position: int) -> list[str]:
    """Say what is released: what is named before the licence, or what "both models" and "our weights" mean."""
    left = sentence.masked[:position]
    theirs = _THEIRS.search(left)
    if theirs:
        return [reading.written(n) for n in sentence.names_in(*theirs.span("names"))]
    every = _ALL.search(left)
    if every:
        family = reading.written(sentence.name(every["name"])) if every["name"] else ""
        members = [m for m in reading.models() if not family or is_extension(m, family)]
        return members or [reading.main(index)]
    named = [
        reading.written(n) for n in sentence.names_in(0, position) if n.kind == "name" and reading.is_introduced(n.text)
    ]
    ours = _OURS.search(left)
    if named:
        series = [n for n in reading.models() if any(f"{sentence.symbol(one)} models" in left and n.startswith(one.text)
                                                     for one in sentence.names_in(0, position))]  # fmt: skip
        return list(dict.fromkeys([*named, *series]))
    if ours and ours["noun"] in ("models", "variants", "checkpoints"):
        return reading.models() or [reading.main(index)]
    main = reading.main(index)
    return [reading.latest(index, members=False)] if main != PAPER else [PAPER]

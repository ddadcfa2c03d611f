"""Members of series: ``variantOf``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions import Name, Sentence, same_name
from kg.extract.relations.kinds import noun_beside
from kg.extract.relations.reading import Reading
from kg.model import Claim
from kg.names import ROLE_WORDS, is_extension, tokens_of

__all__ = ["extract_variants"]


def extract_variants(reading: Reading) -> Iterator[Claim]:
    """Yield ``variantOf`` for each named member of a series, where the paper introduces either and writes both."""
    done = set(reading.introduced)
    for name in reading.introduced:
        for base, index in _series_of(reading, name, reading.introduced_in[name]):
            yield reading.claim("variant.name", name, "variantOf", base, index)
    for index, sentence in enumerate(reading.sentences[1:], 1):
        for found in sentence.names:
            name = reading.written(found)
            if name in done or found.kind != "name" or found.concept:
                continue
            done.add(name)
            for base, _ in _series_of(reading, name, index):
                if reading.is_introduced(base) and (_is_member(sentence, found) or not is_extension(name, base)):
                    yield reading.claim("variant.name", name, "variantOf", base, index)


def _series_of(reading: Reading, name: str, index: int) -> Iterator[tuple[str, int]]:
    shorter = {  # a plural stands for the series: DiTs and DiT-XL
        series
        for series in reading.introduced
        if is_extension(name, series) or (series.endswith("s") and is_extension(name, series[:-1]))
    }
    shorter = {
        s
        for s in shorter
        if _member_words(name, s) and reading.introduced.get(name, reading.introduced[s]) == reading.introduced[s]
    }
    if not shorter and re.search(r"[ -]", name):  # a word before the series' name: Fast YOLO
        words = tokens_of(name)
        shorter = {n for n in reading.introduced if len(words) == 2 and " " in name and same_name(words[-1], n)}
    if shorter:
        yield max(shorter, key=lambda s: (len(tokens_of(s)), s)), index


def _is_member(sentence: Sentence, found: Name) -> bool:
    """Tell whether a name that nothing introduces is a model's: a size or a role in it, or "model" behind it."""
    words = tokens_of(found.text)[1:]
    if any(w.casefold() in ROLE_WORDS or any(c.isdigit() for c in w) for w in words):
        return True
    position = sentence.names.index(found)
    return noun_beside(sentence, position) == "Model"


def _member_words(name: str, base: str) -> bool:
    """Tell whether what ``name`` adds to ``base`` tells members of a series: sizes, versions, capitalised words."""
    added = tokens_of(name)[len(tokens_of(base)) :]
    return all(t.casefold() in ROLE_WORDS or any(c.isdigit() for c in t) or t[:1].isupper() for t in added)

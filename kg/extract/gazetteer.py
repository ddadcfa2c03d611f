"""Names that the ontology lists: benchmarks, data sets and licences, found in text however their parts are joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import vocab

__all__ = ["Known", "find_known", "is_data_series", "is_of_known_family", "lab_words"]


@dataclass(frozen=True, slots=True)
class Known:
    """An alias of the ontology in a text: half-open offsets, ``data`` or ``licence``, and whose alias it is (IRI)."""

    start: int
    end: int
    kind: str
    iri: str


#: A yearly challenge: letters and a year.
_SERIES = re.compile(r"(?P<series>[A-Z][A-Za-z]{2,})['’ -]?(?:(?:19|20)\d\d|\d\d)\b")
#: Where an alias may begin.
_BEGINNING = re.compile(r"(?<![\w-])\S")


@lru_cache(maxsize=1)
def _aliases() -> tuple[Mapping[str, list[str]], Mapping[str, tuple[str, str]]]:
    """Give all aliases by their first two characters, and for each squeezed alias what it stands for."""
    known = vocab.load()
    meaning: dict[str, tuple[str, str]] = {}
    by_beginning: dict[str, list[str]] = defaultdict(list)
    licences = [(alias, "licence", x.iri) for x in known.licences for alias in (x.label, x.spdx, *x.aliases)]
    data = [(alias, "data", x.iri) for x in known.benchmarks for alias in (x.label, *x.aliases)]
    for alias, kind, iri in (*data, *licences):
        if alias:
            meaning.setdefault(_squeezed(alias), (kind, iri))
            for beginning in _beginnings(alias):
                by_beginning[beginning].append(alias)
    return by_beginning, meaning


def _beginnings(alias: str) -> set[str]:
    """Give the first two characters of an alias however its parts are joined: ``A-OK``, ``A OK`` and ``AOK``."""
    first, *rest = _parts(alias)
    if len(first) > 1 or not rest:
        return {first[:2]}
    return {first + joint for joint in (" ", "-", rest[0][0])}


@cache
def _pattern(beginning: str) -> re.Pattern[str] | None:
    """Make the pattern of all aliases with a beginning, the longest first; they are made when a text needs them."""
    aliases = sorted(set(_aliases()[0].get(beginning, ())), key=lambda alias: (-len(alias), alias))
    return re.compile(rf"(?:{'|'.join(map(_loose, aliases))})(?!\w)(?!-\w)") if aliases else None


def _squeezed(alias: str) -> str:
    return re.sub(r"[ -]", "", alias)


def _parts(alias: str) -> list[str]:
    return re.split(r"[ -]+|(?<=[a-z])(?=[A-Z][A-Za-z])|(?<=[A-Za-z]{3})(?=\d)", alias)


def _loose(alias: str) -> str:
    """Make a pattern for an alias however its parts are joined: ``ScienceQA``, ``Science QA``, ``CIFAR-10``."""
    return "[ -]?".join(map(re.escape, _parts(alias)))


@lru_cache(maxsize=1)
def lab_words() -> frozenset[str]:
    """Give the labs known by one word, in lower case, but for those whose models bear the same name."""
    known = vocab.load()
    names = {alias.casefold() for lab in known.labs for alias in (lab.label, *lab.aliases) if " " not in alias}
    return frozenset(names - {alias.casefold() for f in known.families for alias in (f.label, *f.aliases)})


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(alias.casefold() for f in vocab.load().families for alias in (f.label, *f.aliases))


def is_of_known_family(name: str) -> bool:
    """Tell whether a name begins with that of a family of models that the ontology lists."""
    words = re.split(r"[ -]", name.casefold())
    beginnings = (" ".join(words[:count]) for count in range(1, len(words) + 1))
    return any(
        b in _families() or b.replace(" ", "-") in _families() or b.rstrip("s") in _families() for b in beginnings
    )


@lru_cache(maxsize=1)
def data_series() -> frozenset[str]:
    """Give the words that begin names of known data and go on with a number: the series of a yearly challenge."""
    found = (_SERIES.match(alias) for b in vocab.load().benchmarks for alias in (b.label, *b.aliases))
    return frozenset(match["series"] for match in found if match)


def is_data_series(name: str) -> bool:
    """Tell whether a name is of another year of a known yearly challenge."""
    match = _SERIES.match(name)
    return match is not None and match["series"] in data_series()


def find_known(text: str, start: int, end: int) -> list[Known]:
    """Find the aliases in ``text[start:end]``, in order; of two that overlap the longer."""
    _, meaning = _aliases()
    found: list[Known] = []
    for beginning in _BEGINNING.finditer(text, start, end):
        at = beginning.start()
        pattern = _pattern(text[at : at + 2])
        match = pattern.match(text, at, end) if pattern and not (found and at < found[-1].end) else None
        if match is None:
            continue
        kind, iri = meaning[_squeezed(match[0])]
        if kind == "data" or _is_licence(text, match):
            found.append(Known(at, match.end(), kind, iri))
    return found


def _is_licence(text: str, match: re.Match[str]) -> bool:
    """Tell whether an alias of a licence stands where a licence would: MIT is also a place, and Llama a model."""
    before, after = text[: match.start()][-24:], text[match.end() :]
    return bool(
        re.search(r"licen[sc]e", match[0], re.IGNORECASE)
        or re.match(r"[ -](?:open[- ]source |permissive )?licen[sc]", after, re.IGNORECASE)
        or (
            re.search(r"(?:\bunder (?:the |an? )?|\blicen[sc]ed? (?:under|as|:)? ?(?:the |an? )?|\()$", before)
            and re.match(r"[.,;) ]|$", after)
        )
    )

"""Names that the ontology lists: benchmarks, data sets and licences, found in text however their parts are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg import vocab

__all__ = ["Known", "find_known"]


@dataclass(frozen=True, slots=True)
class Known:
    """An alias of the ontology in a text: half-open offsets, ``data`` or ``licence``, and whose alias it is (IRI)."""

    start: int
    end: int
    kind: str
    iri: str


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One pattern over all aliases of benchmarks, data sets and licences, and what each squeezed alias stands for."""
    known = vocab.load()
    meaning: dict[str, tuple[str, str]] = {}
    patterns: dict[str, str] = {}
    licences = [(alias, "licence", x.iri) for x in known.licences for alias in (x.label, x.spdx, *x.aliases)]
    data = [(alias, "data", x.iri) for x in known.benchmarks for alias in (x.label, *x.aliases)]
    for alias, kind, iri in (*data, *licences):
        if alias:
            meaning.setdefault(_squeezed(alias), (kind, iri))
            patterns.setdefault(alias, _loose(alias))
    longest_first = sorted(patterns, key=lambda alias: (-len(alias), alias))
    alternatives = "|".join(patterns[alias] for alias in longest_first)
    return re.compile(rf"(?<![\w-])(?:{alternatives or '(?!)'})(?![\w])(?!-\w)"), meaning


def _squeezed(alias: str) -> str:
    return re.sub(r"[ -]", "", alias)


def _loose(alias: str) -> str:
    """Make a pattern for an alias however its parts are joined: ``ScienceQA``, ``Science QA``, ``CIFAR-10``."""
    parts = re.split(r"[ -]+|(?<=[a-z])(?=[A-Z][A-Za-z])|(?<=[A-Za-z]{3})(?=\d)", alias)
    return "[ -]?".join(map(re.escape, parts))


def find_known(text: str, start: int, end: int) -> list[Known]:
    """Find the aliases in ``text[start:end]``, in order; of two that overlap the longer."""
    pattern, meaning = _gazetteer()
    found = []
    for match in pattern.finditer(text, start, end):
        kind, iri = meaning[_squeezed(match[0])]
        if kind == "data" or _is_licence(text, match):
            found.append(Known(match.start(), match.end(), kind, iri))
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

"""Names that the ontology lists: benchmarks, data sets and licences, found in text however their parts are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from ahocorasick_rs import AhoCorasick

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
JOINTS = ("", " ", "-")
#: An alias of more parts is looked for with its parts joined in one way only: all alike, or as it is written.
_MOST_PARTS = 5


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, Sequence[tuple[str, str]]]:
    """Give the automaton of all aliases however their parts are joined, and for each its kind and whose alias it is."""
    known = vocab.load()
    licences = [(alias, "licence", x.iri) for x in known.licences for alias in (x.label, x.spdx, *x.aliases)]
    data = [(alias, "data", x.iri) for x in known.benchmarks for alias in (x.label, *x.aliases)]
    meaning: dict[str, tuple[str, str]] = {}
    for alias, kind, iri in (*data, *licences):
        for form in _forms(alias) if alias else ():
            meaning.setdefault(form, (kind, iri))
    return AhoCorasick(list(meaning), store_patterns=False), list(meaning.values())


def _forms(alias: str) -> set[str]:
    """Write an alias with its parts joined by spaces, hyphens or nothing: ``ScienceQA``, ``Science QA``, ``CIFAR-10``.

    >>> sorted(_forms("CIFAR-10"))
    ['CIFAR 10', 'CIFAR-10', 'CIFAR10']
    """
    parts = re.split(r"[ -]+|(?<=[a-z])(?=[A-Z][A-Za-z])|(?<=[A-Za-z]{3})(?=\d)", alias)
    if len(parts) > _MOST_PARTS:
        return {alias, *(joint.join(parts) for joint in JOINTS)}
    chosen = product(JOINTS, repeat=len(parts) - 1)
    return {"".join(chain.from_iterable(zip(parts, (*joints, ""), strict=True))) for joints in chosen}


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


def find_known(text: str, spans: Iterable[tuple[int, int]]) -> list[list[Known]]:
    """Find the aliases in each span of a text, in order; of two that overlap the longer, or else the first."""
    automaton, meaning = _automaton()
    longest: dict[int, tuple[int, int]] = {}
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if end > longest.get(start, (0, 0))[0] and _is_whole(text, start, end):
            longest[start] = (end, index)
    places = sorted(longest)
    return [list(_inside(text, [(s, *longest[s]) for s in places if begin <= s < stop], stop, meaning))
            for begin, stop in spans]  # fmt: skip


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no word goes on before or behind, nor a hyphen with one."""
    before, after = text[start - 1 : start], text[end : end + 2]
    return (
        not (before.isalnum() or (before in ("-", "_") and before) or after[:1].isalnum() or after[:1] in ("_", "+"))
        and not (text[end - 1].isdigit() and after[:1] == "." and after[1:].isdigit())
        and not (after[:1] == "-" and (after[1:].isalnum() or after[1:] == "_") and not text.startswith("-licens", end))
    )


def _inside(
    text: str, found: Iterable[tuple[int, int, int]], stop: int, meaning: Sequence[tuple[str, str]]
) -> Iterator[Known]:
    last = 0
    for start, end, index in found:
        kind, iri = meaning[index]
        if start >= last and end <= stop and (kind == "data" or _is_licence(text, start, end)):
            yield Known(start, end, kind, iri)
            last = end


def _is_licence(text: str, start: int, end: int) -> bool:
    """Tell whether an alias of a licence stands where a licence would: MIT is also a place, and Llama a model."""
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    return bool(
        re.search(r"licen[sc]e", text[start:end], re.IGNORECASE)
        or re.match(r"[ -](?:open[- ]source |permissive )?licen[sc]", after, re.IGNORECASE)
        or (
            re.search(r"(?:\bunder (?:the |an? )?|\blicen[sc]ed? (?:under|as|:)? ?(?:the |an? )?|\()$", before)
            and re.match(r"[.,;) ]|$", after)
        )
    )

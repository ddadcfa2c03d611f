"""On which benchmark a figure was measured: in whose bracket it stands, or behind the next or last "on"."""

from __future__ import annotations

import re

from kg.extract.mentions import Name, Sentence
from kg.extract.relations.data import is_data, names_a_model
from kg.extract.relations.reading import NAME, Reading

__all__ = ["HARDWARE", "benchmark_of"]

_ON = (
    r"(?:on|in|for|at|over)(?: (?:the|a|an|both|all|challenging|standard|popular|[a-z0-9]+-[a-z0-9-]+"
    r"|[a-z]+(?:/[a-z]+)?|\d+))*? ?"
)
_RIVALS = rf"(?:surpass|outperform|exceed|beat)ing (?:[^.;⟦]{{0,40}}{NAME},?){{1,3}}"
_TO_DATA = re.compile(
    rf"(?P<gap>(?:(?!\bon )[^.;⟦]|\.\d|{_RIVALS}|\b(?:with|using) ⟦n\d+⟧"
    rf"| and \d+\.\d+ ?%? ⟦n\d+⟧){{0,70}}?)\b{_ON}(?P<data>{NAME})"
)
#: "the X accuracy to 86%": the data right before the metric; "87% X accuracy": between figure and metric.
_DATA_METRIC = re.compile(
    rf"(?P<data>{NAME})"
    r"(?: (?!(?:and|or|in|on|of|by|to|with|for|at|achiev\w+|attain\w*|reach\w*"
    r"|obtain\w*|scor(?:es|ed|ing)|gets?|yields?|has|solves?)\b)[A-Za-z]+){0,3} $"
)
_FROM_DATA = re.compile(rf".*\b[Oo]n (?:the )?(?:(?!not\b)[a-z0-9-]+ ){{0,4}}?(?P<data>{NAME})(?P<gap>[^;]{{0,150}})$")
#: "On D, X achieves 92% and 85% on E": the first figure is that on D.
_AHEAD = re.compile(rf"(?:[A-Z][a-z]+, )?[Oo]n (?:the )?(?:[a-z-]+ ){{0,2}}(?P<data>{NAME})")
_NEXT_FIGURE = re.compile(r"\band (?:an? )?\d")
#: Names of chips and boards.
HARDWARE = re.compile(r"\b(?:[AHVTLB]\d{2,3}|Tesla|RTX|GeForce|[GCT]PU|Jetson|Xeon|Snapdragon|Raspberry|FPGA|Apple)")

#: Languages and peoples: "on Sardinian".
_ADJECTIVE = re.compile(r"^[A-Z][a-z]+(?:an|ese|ish|ic|i|ch)$")


def _is_told_with_data(reading: Reading, sentence: Sentence, name: Name) -> bool:
    """Tell whether a name right behind "81% on" is data like others of the sentence: it looks like no model."""
    return (
        name.kind == "name"
        and not names_a_model(name)
        and not HARDWARE.search(name.text)
        and not _ADJECTIVE.search(name.text)
        and not reading.is_introduced(name.text)
        and any(is_data(reading, sentence, place, n) for place, n in enumerate(sentence.names) if n is not name)
    )


def benchmark_of(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Name | None:
    """Find a figure's benchmark: in whose bracket it stands, behind the next "on", or before it in the sentence."""
    if "data" in match.re.groupindex:
        found: list[Name] = [sentence.name(match["data"])]
    else:
        beside = _DATA_METRIC.search(sentence.masked[: match.start()])
        behind = _TO_DATA.match(sentence.masked, match.end())
        ahead = _AHEAD.match(sentence.masked) if behind and _NEXT_FIGURE.search(behind["gap"]) else None
        found = [sentence.name(m["data"]) for m in (beside, ahead, behind) if m]
        if behind and not behind["gap"].strip() and _is_told_with_data(reading, sentence, found[-1]):
            return found[-1]
        left = sentence.masked[: match.start()]
        while (before := _FROM_DATA.search(left)) is not None:  # the nearest "on X" with data in it
            found.append(sentence.name(before["data"]))
            left = left[: before.start("data")]
    for name in found:
        if is_data(reading, sentence, sentence.names.index(name), name):
            return name
    return None

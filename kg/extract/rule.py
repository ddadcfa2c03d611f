"""A rule of extraction is data plus a test: what it matches, an example, a counterexample, and how often it is right.

How often is *measured*: ``kg/data/rule-precision.json`` counts, for each rule, the claims that readers judged right and
wrong (``tests/benchmarks/measure_rules.py`` writes it). A rule with few judged claims is drawn towards the share right
of all rules together, so that three lucky hits are not called certainty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.extract.cue import Cue

__all__ = ["NO_CUE", "PRIOR_WEIGHT", "Rule", "confidence_of", "measured", "smoothed"]

#: How many claims the prior share of right claims weighs against a rule's own.
PRIOR_WEIGHT = 6


#: The cue of a rule that a reader spells out: it matches nothing.
NO_CUE = Cue("(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its id, the predicate it states, what it matches in words, and a text with and one without a claim.

    ``example`` gives the claim ``finds`` (subject, object as ``kg claims`` writes them) by this rule;
    ``counterexample`` looks alike and gives no claim by it. Rules with a single pattern have it as ``cue`` and say
    which ``reader`` finds what stands on its two sides: ``descent``, ``component`` or ``comparison``. A name that the
    cue captures as ``technique`` must be one by the pattern ``technique``. A ``reversed`` rule finds its subject behind
    the cue.
    """

    id: str
    predicate: str
    says: str
    example: str
    finds: tuple[str, str]
    counterexample: str
    reader: str = ""
    cue: Cue = NO_CUE
    technique: re.Pattern[str] | None = None
    reversed: bool = False

    @property
    def family(self) -> str:
        """The rules of a family compete for a piece of text; those of different families do not."""
        return self.id.partition(".")[0]

    @property
    def confidence(self) -> float:
        """The smoothed share of its claims that were judged right."""
        return confidence_of(self.id)


@cache
def measured() -> Mapping[str, tuple[int, int]]:
    """Give for each rule how many of its claims were judged right and wrong."""
    text = (files("kg") / "data" / "rule-precision.json").read_text(encoding="utf-8")
    return {rule: (right, wrong) for rule, (right, wrong) in json.loads(text).items()}


@cache
def confidence_of(rule: str) -> float:
    """Give how sure a claim of a rule is, from 0 to 1: its measured precision, smoothed; see :func:`smoothed`."""
    right, wrong = measured().get(rule, (0, 0))
    return smoothed(right, wrong, _share_right())


def smoothed(right: int, wrong: int, prior: float) -> float:
    """Draw a share towards a prior: ``(right + w·prior) / (right + wrong + w)`` with ``w`` = :data:`PRIOR_WEIGHT`.

    >>> smoothed(0, 0, 0.9), smoothed(34, 0, 0.9), smoothed(3, 3, 0.9)
    (0.9, 0.985, 0.7)
    """
    return round((right + PRIOR_WEIGHT * prior) / (right + wrong + PRIOR_WEIGHT), 3)


@cache
def _share_right() -> float:
    right, wrong = (sum(column) for column in zip(*measured().values(), strict=True))
    return float(right / (right + wrong))

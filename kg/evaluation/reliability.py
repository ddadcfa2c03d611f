"""Whether stated confidence is true: how many of the claims that are said to be right with 0.9 are right.

Only claims that are right or wrong count; see :mod:`kg.evaluation.scoring`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.scoring import Judgement

__all__ = ["BINS", "Bin", "Reliability", "RulePrecision", "measure_reliability", "measure_rules"]

#: Into how many bins of equal width the confidences from 0 to 1 are put.
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The claims with a confidence from ``lower`` to below ``upper`` (the last bin has 1 as well)."""

    lower: float
    upper: float
    claims: int
    right: int
    mean_confidence: float

    @property
    def share_right(self) -> float:
        """How many of the claims are right."""
        return self.right / self.claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The bins that have claims, lowest first.

    Reference: M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
    Binning", AAAI 2015, for the expected calibration error.
    """

    bins: tuple[Bin, ...]

    @property
    def claims(self) -> int:
        """How many claims are in all bins."""
        return sum(one.claims for one in self.bins)

    @property
    def error(self) -> float:
        """The expected calibration error: the mean over the claims of how far their bin's confidence is off."""
        off = (one.claims * abs(one.mean_confidence - one.share_right) for one in self.bins)
        return sum(off) / self.claims if self.bins else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePrecision:
    """How many claims of a rule are right and wrong, and how sure it said it is of them on average."""

    right: int
    wrong: int
    mean_confidence: float

    @property
    def precision(self) -> float:
        """The share of its claims that are right."""
        return self.right / (self.right + self.wrong)


def measure_reliability(judgements: Iterable[Judgement]) -> Reliability:
    """Put the claims that are right or wrong into bins by the confidence with which they are stated."""
    by_bin: dict[int, list[Judgement]] = defaultdict(list)
    for one in _counted(judgements):
        by_bin[min(int(one.claim.confidence * BINS), BINS - 1)].append(one)
    return Reliability(
        bins=tuple(
            Bin(
                lower=place / BINS,
                upper=(place + 1) / BINS,
                claims=len(found),
                right=_right(found),
                mean_confidence=_mean_confidence(found),
            )
            for place, found in sorted(by_bin.items())
        )
    )


def measure_rules(judgements: Iterable[Judgement]) -> Mapping[str, RulePrecision]:
    """Count for each rule its claims that are right and wrong, in the order of the rules' ids."""
    by_rule: dict[str, list[Judgement]] = defaultdict(list)
    for one in _counted(judgements):
        by_rule[one.claim.rule].append(one)
    return {
        rule: RulePrecision(
            right=_right(found), wrong=len(found) - _right(found), mean_confidence=_mean_confidence(found)
        )
        for rule, found in sorted(by_rule.items())
    }


def _counted(judgements: Iterable[Judgement]) -> list[Judgement]:
    return [one for one in judgements if one.verdict != "not counted"]


def _right(found: Sequence[Judgement]) -> int:
    return sum(one.verdict == "right" for one in found)


def _mean_confidence(found: Sequence[Judgement]) -> float:
    return sum(one.claim.confidence for one in found) / len(found)

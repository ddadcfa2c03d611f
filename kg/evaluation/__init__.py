"""How right extraction is: its claims against claims that a reader wrote down, and its confidence against both.

``gold`` reads the reader's claims, ``matching`` says when two claims are the same one, ``scoring`` counts, and
``reliability`` holds what the rules say of themselves against what was counted.
"""

from __future__ import annotations

from kg.evaluation.gold import (
    BUNDLED_GOLD,
    GROUPS,
    GoldClaim,
    GoldPaper,
    StatedClaim,
    match_papers,
    object_text,
    parse_gold,
    stated_claims,
)
from kg.evaluation.reliability import Bin, Reliability, RulePrecision, measure_reliability, measure_rules
from kg.evaluation.scoring import Counts, Evaluation, Judgement, evaluate

__all__ = [
    "BUNDLED_GOLD",
    "GROUPS",
    "Bin",
    "Counts",
    "Evaluation",
    "GoldClaim",
    "GoldPaper",
    "Judgement",
    "Reliability",
    "RulePrecision",
    "StatedClaim",
    "evaluate",
    "match_papers",
    "measure_reliability",
    "measure_rules",
    "object_text",
    "parse_gold",
    "stated_claims",
]

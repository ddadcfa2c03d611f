"""How right extraction is: counts by group, stated confidence against the share right, and the claims behind both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.evaluation import Counts, Evaluation, Reliability, measure_reliability, measure_rules
from kg.reports.tables import Row, render_table

__all__ = ["render_evaluation", "render_evaluation_json"]

_DIGITS, _SHOWN_DIGITS = 4, 3
_ERROR = ("verdict", "paper", "subject", "predicate", "object", "rule", "confidence", "quote")


def render_evaluation(evaluation: Evaluation, *, errors: bool = False) -> str:
    """Write the tables for people; with ``errors`` the wrong and missed claims below them."""
    groups: list[Row] = [(group, *counts, *map(_shown, _rates(counts))) for group, counts in evaluation.counts.items()]
    parts = [render_table(("group", "right", "wrong", "missed", "precision", "recall", "F1"), groups)]
    parts.append(_reliability_table(measure_reliability(evaluation.judgements)))
    if errors:
        parts.append(render_table(_ERROR, _errors(evaluation)))
    return "\n".join(parts)


def _reliability_table(reliability: Reliability) -> str:
    rows = [
        (
            f"{one.lower:.1f} to {one.upper:.1f}",
            one.claims,
            one.right,
            _shown(one.mean_confidence),
            _shown(one.share_right),
        )
        for one in reliability.bins
    ]
    table = render_table(("confidence", "claims", "right", "stated", "share right"), rows)
    return f"{table}expected calibration error {_shown(reliability.error)} over {reliability.claims} claims\n"


def render_evaluation_json(evaluation: Evaluation, *, errors: bool = False, **about: str | float) -> str:
    """Write it all as JSON: what ``about`` says, groups, reliability, rules and, if asked for, errors."""
    reliability = measure_reliability(evaluation.judgements)
    record: dict[str, Any] = {
        **about,
        "groups": {
            group: {**counts._asdict(), **_rounded(zip(("precision", "recall", "f1"), _rates(counts), strict=True))}
            for group, counts in evaluation.counts.items()
        },
        "reliability": {
            "claims": reliability.claims,
            "expected_calibration_error": round(reliability.error, _DIGITS),
            "bins": [
                {
                    "from": one.lower,
                    "to": one.upper,
                    "claims": one.claims,
                    "right": one.right,
                    "confidence": round(one.mean_confidence, _DIGITS),
                    "share_right": round(one.share_right, _DIGITS),
                }
                for one in reliability.bins
            ],
        },
        "rules": {
            rule: {
                "right": one.right,
                "wrong": one.wrong,
                "precision": round(one.precision, _DIGITS),
                "confidence": round(one.mean_confidence, _DIGITS),
            }
            for rule, one in measure_rules(evaluation.judgements).items()
        },
    }
    if errors:
        record["errors"] = [dict(zip(_ERROR, row, strict=True)) for row in _errors(evaluation)]
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _errors(evaluation: Evaluation) -> Iterator[Row]:
    """Yield the wrong claims, then the missed ones, as :data:`_ERROR` names their fields."""
    for one in evaluation.judgements:
        claim = one.claim
        if one.verdict == "wrong":
            said = (claim.subject, claim.predicate, claim.object, claim.rule, claim.confidence, claim.quote)
            yield "wrong", one.paper, *said
    for paper, gold in evaluation.missed:
        yield "missed", paper, gold.subject, gold.predicate, gold.object, None, None, gold.quote


def _rates(counts: Counts) -> tuple[float, float, float]:
    return counts.precision, counts.recall, counts.f1


def _rounded(rates: Iterator[tuple[str, float]]) -> dict[str, float]:
    return {name: round(rate, _DIGITS) for name, rate in rates}


def _shown(rate: float) -> str:
    return f"{rate:.{_SHOWN_DIGITS}f}"

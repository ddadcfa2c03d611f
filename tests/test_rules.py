"""Each rule of extraction keeps what its entry promises: its example gives the claim, its counterexample none."""

from __future__ import annotations

import re

import pytest

from kg.extract import extract_claims
from kg.extract.rule import NO_CUE, PRIOR_WEIGHT, Rule, confidence_of, measured, smoothed
from kg.extract.rules import all_rules, rules_of
from kg.model import IRI, Claim, Paper, Quantity, Result
from kg.vocab import load

RULES = list(all_rules().values())


def claims_of(text: str, rule: Rule) -> list[Claim]:
    """Read a text, whose title may stand on a line of its own, and keep what the rule finds."""
    title, _, abstract = text.rpartition("\n")
    paper = Paper(
        iri=IRI("https://example.org/p"),
        id="p",
        title=title or "A Study",
        authors=(),
        truncated=False,
        date=None,
        date_precision="none",
        date_text="",
        category="",
        code=False,
        affiliations=(),
        abstract=abstract,
        source="t",
        line=1,
    )
    return [claim for claim in extract_claims(paper) if claim.evidence[0].rule == rule.id]


def written(claim: Claim) -> tuple[str, str]:
    match claim.object:
        case Quantity(value=value):
            return claim.subject, str(value)
        case Result(benchmark=benchmark, metric=metric, value=value):
            return claim.subject, f"{benchmark}|{metric}|{value}"
        case str(name):
            return claim.subject, name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_example_gives_the_claim(rule: Rule) -> None:
    found = claims_of(rule.example, rule)
    assert rule.finds in [written(claim) for claim in found]
    assert rule.predicate in {claim.predicate for claim in found if written(claim) == rule.finds}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_counterexample_gives_nothing(rule: Rule) -> None:
    assert claims_of(rule.counterexample, rule) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_entry_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z-]+", rule.id)
    assert rule.predicate in load().relations or rule.predicate in ("type", "result")
    assert rule.says
    assert not rule.says.endswith(".")
    assert rule.reader in ("", "descent", "component", "comparison")
    assert bool(rule.reader) == (rule.cue is not NO_CUE)
    assert 0 < rule.confidence < 1


def test_ids_are_unique_and_readers_have_their_rules() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.reader for rule in RULES} - {""} == {"descent", "component", "comparison"}
    assert {rule.family for rule in rules_of("descent")} == {"adaptation", "lineage"}


def test_a_relation_implies_the_one_above_it() -> None:
    """The relation added last: a LoRA is adapted from its model, and so fine-tuned from it."""
    rule = all_rules()["adaptation.adapter"]
    assert {(c.predicate, c.object) for c in claims_of(rule.example, rule)} == {
        ("adaptedFrom", "Boreas 7B"),
        ("fineTunedFrom", "Boreas 7B"),
    }


def test_confidence_is_the_smoothed_share_of_judged_claims() -> None:
    right, wrong = (sum(column) for column in zip(*measured().values(), strict=True))
    for rule, (hits, misses) in measured().items():
        assert rule in all_rules(), f"{rule} was measured but is no rule"
        assert confidence_of(rule) == smoothed(hits, misses, right / (right + wrong))
    assert smoothed(0, PRIOR_WEIGHT, 0.8) == 0.4

"""Scoring against claims that a reader wrote down: the same figures as the gold set's scorer, and by hand."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluation import (
    BUNDLED_GOLD,
    GROUPS,
    Bin,
    Counts,
    GoldClaim,
    GoldPaper,
    StatedClaim,
    evaluate,
    match_papers,
    measure_reliability,
    measure_rules,
    parse_gold,
    stated_claims,
)
from kg.extract import extract
from kg.model import Paper
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, read

ROWS = [*GROUPS, "lineage, any type", "all but type", "all", "evidence"]


def papers_of(source: Path) -> list[Paper]:
    return [one for one in records_to_papers(read(source), as_of=date(2026, 11, 23)) if isinstance(one, Paper)]


def gold_of(path: Path) -> list[GoldPaper]:
    return parse_gold(path.read_text(encoding="utf-8").split("\n"), path.name)


def said(subject: str, predicate: str, object_: str, confidence: float = 0.9, rule: str = "a.rule") -> StatedClaim:
    return StatedClaim(
        subject=subject, predicate=predicate, object=object_, quote="so it is", rule=rule, confidence=confidence
    )


def want(subject: str, predicate: str, object_: str, optional: bool = False) -> GoldClaim:
    return GoldClaim(subject=subject, predicate=predicate, object=object_, quote="it is", optional=optional)


def counts_of(gold: list[GoldClaim], stated: list[StatedClaim]) -> dict[str, Counts]:
    return dict(evaluate([GoldPaper(id="x", claims=tuple(gold))], {"x": stated}).counts)


# --- the same figures as the scorer of the gold set


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves closing its files to Python
@pytest.mark.parametrize("damage", ["as it is", "every third claim lost", "names and predicates swapped"])
@pytest.mark.parametrize("name", ["seeds", "dev"])
def test_the_figures_are_those_of_the_scorer(
    scorer: ModuleType, shared: Path, tmp_path: Path, name: str, damage: str
) -> None:
    gold_file = shared / "gold" / f"{name}.jsonl"
    gold = gold_of(gold_file)
    stated: dict[str, list[StatedClaim]] = {}
    for one, paper in match_papers(gold, papers_of(shared / "gold" / f"{name}-papers.jsonl"), name).items():
        stated[one] = damaged(list(stated_claims(extract(paper).claims)), damage)
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(as_line(one, claim) for one in stated for claim in stated[one]), encoding="utf-8")
    counts = evaluate(gold, stated).counts
    typed, errors = scorer.score(gold_file, predicted)
    loose, _ = scorer.score(gold_file, predicted, typed=False)
    for group in GROUPS:
        assert counts[group] == tuple(typed[group]), group
        rates = (counts[group].precision, counts[group].recall, counts[group].f1)
        assert rates == scorer.rates(*typed[group]), group
    assert counts["lineage, any type"] == tuple(loose["lineage"])
    assert counts["evidence"] == tuple(typed["evidence"])
    core = (sum(typed[group][place] for group in GROUPS if group != "type") for place in range(3))
    assert counts["all but type"] == tuple(core)
    evaluation = evaluate(gold, stated)
    wrong = [(j.paper, j.claim.object) for j in evaluation.judgements if j.verdict == "wrong"]
    missed = [(paper, claim.object) for paper, claim in evaluation.missed]
    theirs = [error for found in errors.values() for error in found]
    assert sorted(wrong) == sorted((e[1], e[4]) for e in theirs if e[0] == "wrong")
    assert sorted(missed) == sorted((e[1], e[4]) for e in theirs if e[0] == "missed")


def damaged(claims: list[StatedClaim], how: str) -> list[StatedClaim]:
    """Make claims wrong in a way that reaches each rule of matching."""
    if how == "every third claim lost":
        return [claim for place, claim in enumerate(claims) if place % 3]
    if how == "as it is":
        return claims
    swap = {"fineTunedFrom": "basedOnArchitecture", "scaledFrom": "succeeds", "outperforms": "matches"}
    return [
        StatedClaim(
            subject="PAPER" if claim.predicate in ("evaluatedOn", "result") else claim.subject.upper(),
            predicate=swap.get(claim.predicate, claim.predicate),
            object=f"the {claim.object}" if place % 2 else claim.object.replace("MMLU", "-"),
            quote=claim.quote[: 40 * (place % 2)],
        )
        for place, claim in enumerate(claims)
    ]


def as_line(paper: str, claim: StatedClaim) -> str:
    fields = {"subject": claim.subject, "predicate": claim.predicate, "object": claim.object, "quote": claim.quote}
    return json.dumps({"paper": paper, **fields}) + "\n"


# --- the rules of counting, by hand


def test_right_wrong_missed_and_what_counts_for_nothing() -> None:
    gold = [
        want("PAPER", "introduces", "Boreas 7B"),
        want("Boreas 7B", "fineTunedFrom | basedOnArchitecture", "Zephon | Zephon 7B"),
        want("Boreas 7B", "outperforms", "Quarrel"),
        want("Boreas 7B", "parameterCount", "7000000000", optional=True),
    ]
    stated = [
        said("PAPER", "introduces", "boreas-7b"),
        said("Boreas 7B", "basedOnArchitecture", "ZEPHON"),
        said("Boreas 7B", "fineTunedFrom", "Zephon 7B"),  # fits what is found already: nothing
        said("Boreas 7B", "parameterCount", "7000000000"),  # optional: nothing
        said("Boreas 7B", "matches", "Quarrel"),
        said("Boreas 7B", "describedBy", "PAPER"),  # gold claims have no such predicate: nothing
    ]
    counts = counts_of(gold, stated)
    assert list(counts) == ROWS
    assert counts["introduces"] == (1, 0, 0)
    assert counts["lineage"] == (1, 0, 0)
    assert counts["numbers"] == (0, 0, 0)
    assert counts["comparison"] == (0, 1, 1)
    assert counts["all but type"] == counts["all"] == (2, 1, 1)
    assert (counts["all"].precision, counts["all"].recall) == (2 / 3, 2 / 3)


def test_the_kind_of_descent_counts_but_in_the_row_of_any_type() -> None:
    counts = counts_of([want("A", "scaledFrom", "B")], [said("A", "distilledFrom", "B")])
    assert counts["lineage"] == (0, 1, 1)
    assert counts["lineage, any type"] == (1, 0, 0)
    assert counts_of([want("A", "scaledFrom", "B")], [said("A", "outperforms", "B")])["lineage, any type"] == (0, 0, 1)


@pytest.mark.parametrize(
    ("subject", "predicate", "right"),
    [
        ("PAPER", "evaluatedOn", 1),
        ("Boreas", "evaluatedOn", 1),
        ("Quarrel", "evaluatedOn", 0),
        ("PAPER", "outperforms", 0),
    ],
)
def test_what_the_paper_introduces_may_stand_for_the_paper(subject: str, predicate: str, right: int) -> None:
    gold = [want("PAPER", "introduces", "Boreas", optional=True), want("Boreas", predicate, "MMLU")]
    assert counts_of(gold, [said(subject, predicate, "MMLU")])["all"].right == right


@pytest.mark.parametrize(
    ("object_", "right"),
    [
        ("MMLU|5-shot|67.5", 1),
        ("MMLU-Pro|accuracy|67.50%", 1),
        ("-|accuracy|67.5%", 1),
        ("GSM8K|accuracy|67.5%", 0),
        ("MMLU|accuracy|67.6%", 0),
        ("MMLU|67.5%", 0),
    ],
)
def test_a_result_matches_on_benchmark_and_value(object_: str, right: int) -> None:
    gold = [want("PAPER", "result", "MMLU|accuracy|67.5%")]
    assert counts_of(gold, [said("PAPER", "result", object_)])["result"].right == right


def test_names_that_differ_only_in_writing_are_judged_once() -> None:
    counts = counts_of([], [said("Boreas-7B", "outperforms", "B"), said("boreas 7b", "outperforms", "the B")])
    assert counts["comparison"] == (0, 1, 0)


def test_a_paper_of_which_nothing_is_stated_has_all_its_claims_missed() -> None:
    gold = [GoldPaper(id="x", claims=(want("PAPER", "introduces", "A"),)), GoldPaper(id="y", claims=())]
    evaluation = evaluate(gold, {"y": []})
    assert evaluation.counts["introduces"] == (0, 0, 1)
    assert [paper for paper, _ in evaluation.missed] == ["x"]
    assert measure_reliability(evaluation.judgements).error == 0.0


# --- reliability, by hand


def test_confidence_is_held_against_the_share_right() -> None:
    gold = [want("A", "outperforms", name) for name in ("B", "C", "D")] + [want("A", "matches", "E", optional=True)]
    stated = [
        said("A", "outperforms", "B", 1.0, "r.sure"),
        said("A", "outperforms", "C", 0.9, "r.sure"),
        said("A", "outperforms", "X", 0.92, "r.likely"),
        said("A", "outperforms", "D", 0.7, "r.likely"),
        said("A", "outperforms", "Y", 0.72, "r.likely"),
        said("A", "matches", "E", 0.1, "r.optional"),
        said("A", "matches", "Z", 0.05, "r.odd"),
    ]
    judgements = evaluate([GoldPaper(id="x", claims=tuple(gold))], {"x": stated}).judgements
    found = measure_reliability(judgements)
    low, middle, high = found.bins
    assert low == Bin(lower=0.0, upper=0.1, claims=1, right=0, mean_confidence=0.05)
    assert (middle.lower, middle.upper, middle.claims, middle.right) == (0.7, 0.8, 2, 1)
    assert middle.mean_confidence == pytest.approx(0.71)
    assert (high.lower, high.upper, high.claims, high.right) == (0.9, 1.0, 3, 2)
    assert high.mean_confidence == pytest.approx(0.94)
    assert found.claims == 6
    # 1/6 · |0.05 - 0| + 2/6 · |0.71 - 0.5| + 3/6 · |0.94 - 2/3|
    assert found.error == pytest.approx((0.05 + 2 * 0.21 + 3 * (0.94 - 2 / 3)) / 6)
    rules = measure_rules(judgements)
    assert list(rules) == ["r.likely", "r.odd", "r.sure"]
    assert (rules["r.likely"].right, rules["r.likely"].wrong) == (1, 2)
    assert rules["r.likely"].precision == pytest.approx(1 / 3)
    assert rules["r.likely"].mean_confidence == pytest.approx(0.78)


def test_stated_truth_is_no_error() -> None:
    gold = tuple(want("A", "outperforms", f"B{n}") for n in range(3))
    stated = [said("A", "outperforms", f"B{n}", 0.75) for n in range(4)]
    assert measure_reliability(evaluate([GoldPaper(id="x", claims=gold)], {"x": stated}).judgements).error == 0.0


# --- reading gold

GOOD = '{"id": "x", "claims": [{"s": "PAPER", "p": "introduces", "o": "A | B", "quote": "q", "opt": true}]}'


def test_a_line_is_a_paper_with_its_claims() -> None:
    (paper,) = parse_gold(["", GOOD, "  "], "gold.jsonl")
    claim = GoldClaim(subject="PAPER", predicate="introduces", object="A | B", quote="q", optional=True)
    assert paper == GoldPaper(id="x", claims=(claim,), line=2)


def line_with(**fields: Any) -> str:
    claim = {"s": "A", "p": "outperforms", "o": "B", "quote": "q", **fields}
    return json.dumps({"id": "x", "claims": [claim]})


@pytest.mark.parametrize(
    ("line", "said_of_it"),
    [
        ("{", "this is no JSON"),
        ("[" * 100_000, "nested too deep"),
        ("[1]", "no object with an id and a list of claims"),
        ('{"id": "x"}', "no object with an id and a list of claims"),
        ('{"id": 7, "claims": []}', "the line has no text as its 'id'"),
        ('{"id": "x", "claims": [], "title": 5}', "'title' is not a text"),
        ('{"id": "x", "claims": ["A beats B"]}', "claim 1 is no object"),
        (line_with(s=""), "claim 1 has no text as its 's'"),
        (line_with(o=7), "claim 1 has no text as its 'o'"),
        (line_with(quote=None), "claim 1 has no text as its 'quote'"),
        (line_with(opt="yes"), "the 'opt' of claim 1 is not true or false"),
        (line_with(p="beats"), "unknown predicate 'beats'; choose one of introduces, type, "),
        (line_with(p="outperforms | beats"), "unknown predicate 'beats'"),
        (line_with(p="result", o="MMLU 67.5%"), "write benchmark|metric|value"),
        (GOOD, "the id 'x' is there twice; put all its claims on line 1"),
    ],
)
def test_a_line_of_another_form_is_told_with_its_number(line: str, said_of_it: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_gold([GOOD, "", line], "gold.jsonl")
    assert str(caught.value).startswith("gold.jsonl:3: ")
    assert said_of_it in str(caught.value)
    assert caught.value.remedy
    assert caught.value.exit_code == 3


def test_gold_without_a_claim_line_is_told() -> None:
    with pytest.raises(InputError, match="no gold claims in it; write one paper a line"):
        parse_gold(["", " "], "gold.jsonl")


def test_a_paper_is_found_by_its_id_or_its_title() -> None:
    papers = papers_of(BUNDLED_LISTING)
    gold = [
        GoldPaper(id=papers[2].id, claims=()),
        GoldPaper(id="m", claims=(), title=papers[1].title.upper() + "."),
    ]
    assert match_papers(gold, papers, "gold") == {papers[2].id: papers[2], "m": papers[1]}
    with pytest.raises(InputError, match=r"^gold:4: no paper has the id 'z' or the title 'Nonesuch'; .*--papers\.$"):
        match_papers([GoldPaper(id="z", title="Nonesuch", claims=(), line=4)], papers, "gold")


def test_the_bundled_gold_is_about_the_bundled_listing() -> None:
    gold, papers = gold_of(BUNDLED_GOLD), papers_of(BUNDLED_LISTING)
    found = match_papers(gold, papers, BUNDLED_GOLD.name)
    assert {paper.iri for paper in found.values()} == {paper.iri for paper in papers}
    for one in gold:
        for claim in one.claims:
            assert claim.quote in found[one.id].text


def test_the_bundled_gold_is_that_of_the_gold_set(shared: Path) -> None:
    theirs = gold_of(shared / "gold" / "seeds.jsonl")
    assert [(one.id, one.claims) for one in gold_of(BUNDLED_GOLD)] == [(one.id, one.claims) for one in theirs]

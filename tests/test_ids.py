"""Identifiers are readable, safe, stable, and different for different things."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ids
from kg.model import IRI, Claim, Evidence, Quantity, Result

MISTRAL, MIXTRAL = (ids.entity_iri("Model", name) for name in ("Mistral 7B", "Mixtral 8x7B"))
PAPER = ids.paper_iri("Mixtral of Experts", "Albert Q. Jiang")
QUOTE = "Mixtral has the same architecture as Mistral 7B"
EVIDENCE = Evidence(paper=PAPER, start=20, end=20 + len(QUOTE), quote=QUOTE, rule="lineage.same", confidence=0.9)
CLAIM = Claim(subject=MIXTRAL, predicate="basedOnArchitecture", object=MISTRAL, basis="extracted", evidence=(EVIDENCE,))

SHAPE = re.compile(r"[a-z][a-z0-9]*(?:(?:-|(?<=[0-9])\.(?=[0-9]))[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gemini 1.5 Pro", "gemini-1.5-pro"),
        ("Mistral 7B v0.1", "mistral-7b-v0.1"),
        ("Llama 2 13B -- Chat", "llama-2-13b-chat"),
        ("Llama 2–Chat", "llama-2-chat"),
        ("A. Q. Jiang", "a-q-jiang"),
        ("Łukasz Kaiser", "lukasz-kaiser"),
        ("Jürgen Weiß", "jurgen-weiss"),
        ("01.AI", "n-01-ai"),
        ("C++", "c-plus-plus"),
        ("τ²-bench", "tau2-bench"),
        ("  spaced   out ", "spaced-out"),
    ],
)
def test_slugs_are_what_a_person_would_write(name: str, expected: str) -> None:
    assert ids.slug(name) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("HumanEval", "HumanEval+"), ("C", "C#"), ("模型 A", "系统 A"), ("李", "王"), ("A", "A*")]
)
def test_different_names_have_different_slugs(one: str, other: str) -> None:
    assert ids.slug(one) != ids.slug(other)


def test_long_names_stay_apart_and_short() -> None:
    one, other = ("very long name " * 50 + end for end in ("a", "b"))
    assert ids.slug(one) != ids.slug(other)
    assert len(ids.slug(one)) <= 100


@given(st.text())
def test_every_text_has_a_slug_that_is_its_own(name: str) -> None:
    slug = ids.slug(name)
    assert SHAPE.fullmatch(slug), slug
    assert ids.slug(slug) == slug
    assert ids.is_safe_iri(ids.entity_iri("Model", name))


def test_composed_and_decomposed_accents_are_one_name() -> None:
    assert ids.slug("Jos\u00e9 \u674e") == ids.slug("Jose\u0301 \u674e")
    assert ids.paper_iri("R\u00e9sum\u00e9", "A") == ids.paper_iri("Re\u0301sume\u0301", "A")


def test_an_unknown_class_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'Modell'"):
        ids.entity_iri("Modell", "Mixtral")


def test_papers_of_one_title_differ_by_first_author() -> None:
    assert ids.paper_iri("Attention", "Ann Ash") != ids.paper_iri("Attention", "Bo Birch")
    assert ids.paper_iri("Attention  Is", "ANN Ash") == ids.paper_iri("attention is", "Ann  Ash")


def test_a_paper_iri_has_at_most_eighty_characters_of_title() -> None:
    tail = ids.local_name(ids.paper_iri("word " * 100, "Ann Ash"))
    title, _, digest = tail.rpartition("-p")
    assert len(title) <= 80
    assert title.endswith("word")
    assert re.fullmatch("[0-9a-f]{8}", digest)


def test_a_better_rule_does_not_rename_a_claim() -> None:
    better = replace(EVIDENCE, rule="lineage.other", confidence=0.99)
    assert ids.claim_iri(replace(CLAIM, evidence=(better,))) == ids.claim_iri(CLAIM)


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, predicate="scaledFrom"),
        replace(CLAIM, subject=MISTRAL, object=MIXTRAL),
        replace(CLAIM, evidence=(replace(EVIDENCE, start=21, end=21 + len(QUOTE)),)),
        replace(CLAIM, basis="curated", evidence=(), sources=("https://example.org/a",)),
        replace(CLAIM, basis="curated", evidence=(), sources=("https://example.org/b",)),
        replace(CLAIM, basis="inferred", evidence=()),
        replace(CLAIM, object=Quantity(value=7)),
        replace(CLAIM, object=IRI("7")),
        replace(CLAIM, object=Result(benchmark="MMLU", metric="-", value="7")),
    ],
)
def test_claims_that_say_something_else_have_other_names(other: Claim) -> None:
    assert ids.claim_iri(other) != ids.claim_iri(CLAIM)


def test_the_order_of_evidence_and_sources_does_not_matter() -> None:
    second = replace(EVIDENCE, start=0, end=len(QUOTE))
    assert ids.claim_iri(replace(CLAIM, evidence=(EVIDENCE, second))) == ids.claim_iri(
        replace(CLAIM, evidence=(second, EVIDENCE))
    )


def test_results_differ_by_metric_and_value() -> None:
    results = [Result(benchmark="MMLU", metric=metric, value=value) for metric in ("-", "accuracy") for value in "12"]
    assert len({ids.result_iri(MIXTRAL, result) for result in results}) == 4
    assert ids.is_safe_iri(ids.result_iri(MIXTRAL, Result(benchmark="-", metric="a b", value="<1>")))


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "//host", "http://", "http:///x", "https://a b", "https://a<b", 'https://a"', "file:///etc/passwd"),
        *("javascript:alert(1)", "data:text/html,x", "https://a\n", "https://a\\b", "https://a{b}", "https://\ud800"),
    ],
)
def test_texts_that_would_break_turtle_or_a_page_are_not_safe(text: str) -> None:
    assert not ids.is_safe_iri(text)


@pytest.mark.parametrize("text", ["https://example.org/a?b=c#d", "http://例え.jp/", "urn:isbn:123", PAPER])
def test_ordinary_iris_are_safe(text: str) -> None:
    assert ids.is_safe_iri(text)

"""Where the title ends and the authors begin: named cases, hostile shapes, and what holds for any line."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import SourceRecord
from kg.papers.boundary import BUCKETS, WEIGHTS, NameEvidence, author_names, candidates, features, split_byline

LISTINGS = Path(__file__).parent / "data" / "listings"
CASES = [json.loads(line) for line in (LISTINGS / "bylines.jsonl").read_text(encoding="utf-8").splitlines()]
NOBODY = NameEvidence.from_records(())


def record(byline: str, abstract: str = "") -> SourceRecord:
    return SourceRecord(source="t", format="listing", line=1, byline=byline, abstract=abstract)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_boundary_of_title_and_authors(case: dict[str, Any]) -> None:
    byline = case["title"] + case.get("joined", ", ".join(case["authors"]))
    found = split_byline(record(byline, case.get("abstract", "")), NOBODY)
    assert found == (case["title"], tuple(case["authors"]))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_right_cut_is_among_the_candidates(case: dict[str, Any]) -> None:
    words = frozenset(re.findall(r"\w+", case.get("abstract", "").casefold()))
    assert len(case["title"]) in candidates(case["title"] + ", ".join(case["authors"]), words)


@pytest.mark.parametrize(
    "byline", ["", "x", "rainfall in the alps", "1234 5678", "山中的雨王小明", "?!", "A Study of Days"]
)
def test_without_a_candidate_there_is_no_author(byline: str) -> None:
    assert list(candidates(byline)) == []
    assert not byline or split_byline(record(byline), NOBODY) == (byline, ())


def test_a_letter_within_a_name_is_no_particle() -> None:
    assert list(candidates("rain in the alps, Ada Byron")) == []


def test_the_abstract_tells_where_a_name_in_lower_case_begins() -> None:
    line = "snow in the alpsbell hooks"
    assert split_byline(record(line), NOBODY) == (line, ())
    assert split_byline(record(line, "The Alps have snow."), NOBODY) == ("snow in the alps", ("bell hooks",))


def test_names_elsewhere_in_the_listing_move_the_boundary() -> None:
    """A word that could end the title or begin the name goes where other entries have it."""
    line = record("Rain ModelsSandZeno Elea, Kurt Weill")
    for name, title in (("Zeno Elea", "Rain ModelsSand"), ("SandZeno Elea", "Rain Models")):
        others = [record(f"Title {number}Kurt Weill, {name}") for number in range(3)]
        assert split_byline(line, NameEvidence.from_records(others))[0] == title


def test_names_are_counted_where_nothing_is_glued_to_them() -> None:
    others = [record("XAda Byron, Zeno Elea"), record("Rain, Hail and SnowAlan Turing, Zeno Elea")]
    with_fields = SourceRecord(source="t", format="jsonl", line=1, title="PyRain, Again", authors=("Ada Byron",))
    assert NameEvidence.from_records([*others, with_fields]).names == {"Zeno Elea": 2, "Ada Byron": 1}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Byron, John Doe, Jr., Li Wang and Kurt Weill", ("Ada Byron", "John Doe, Jr.", "Li Wang", "Kurt Weill")),
        ("Ada Byron and Rain Team", ("Ada Byron", "Rain Team")),
        ("Rain and Hail Team, Ada Byron", ("Rain and Hail Team", "Ada Byron")),
        ("Centre for Rain and Hail", ("Centre for Rain and Hail",)),
        ("王小明、李华，张伟", ("王小明", "李华", "张伟")),
        ("Sandy Anders, Andy Land", ("Sandy Anders", "Andy Land")),
        (" , ,, Ada Byron, ", ("Ada Byron",)),
        ("", ()),
    ],
)
def test_lists_of_authors(text: str, names: tuple[str, ...]) -> None:
    assert author_names(text) == names


HOSTILE = {
    "a capital every other letter": "Aa" * 500_000,
    "one-letter words": "A b " * 250_000,
    "glued words": "aB" * 500_000,
    "names without end": "Title of it" + ", ".join(f"Ada Byron{number}" for number in range(60_000)),
    "particles": "ade " * 250_000 + "X",
    "commas": ", " * 500_000 + "aB",
    "ands": " and " * 200_000 + "aB",
    "a title in lower case": "rain " * 200_000,
    "parentheses": "(A" * 500_000,
    "Chinese": "a雨" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_of_a_megabyte_takes_seconds(name: str) -> None:
    begin = time.monotonic()
    line = record(HOSTILE[name], abstract=HOSTILE[name])
    title, authors = split_byline(line, NameEvidence.from_records([line]))
    assert time.monotonic() - begin < 10
    assert title == HOSTILE[name].strip() or len(title) <= 1000 or not authors


def test_a_hundred_thousand_authors_are_all_there() -> None:
    names = tuple(f"Ada Byron {number}" for number in range(100_000))
    assert split_byline(record("Rainfall in the Alps" + ", ".join(names)), NOBODY) == ("Rainfall in the Alps", names)


NAME = st.from_regex(r"[A-Z][a-z]{1,7} ([A-Z]\. )?(de |van der )?[A-Z][a-z]{2,8}", fullmatch=True)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=200))
@example("0a and ,;A")
@example("\ud800A")
def test_cutting_loses_no_letter(byline: str) -> None:
    if not byline.strip():
        return
    title, authors = split_byline(record(byline), NOBODY)
    assert letters(" ".join([title, *authors])) == letters(byline)
    assert all(0 < cut < len(byline) for cut in candidates(byline))


def letters(text: str) -> list[str]:
    """Give what must survive a cut: everything but separators of names and white space."""
    return re.findall(r"[^\s,;，；、&]", re.sub(r"\b(?:and)\b", "", text))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([case["title"] for case in CASES]), st.lists(NAME, min_size=1, max_size=6))
def test_title_and_authors_joined_again_give_the_line(title: str, names: list[str]) -> None:
    byline = title + ", ".join(names)
    found, authors = split_byline(record(byline), NOBODY)
    assert found + ", ".join(authors) == byline


@settings(max_examples=100, deadline=None)
@given(st.lists(NAME, min_size=1, max_size=8))
def test_lists_of_names_come_apart_as_they_were_joined(names: list[str]) -> None:
    assert author_names(", ".join(names)) == tuple(names)
    if len(names) > 1:
        assert author_names(", ".join(names[:-1]) + " and " + names[-1]) == tuple(names)


@given(st.text(min_size=2, max_size=60).filter(str.strip))
def test_features_are_buckets_of_the_model(byline: str) -> None:
    for cut in candidates(byline):
        assert all(0 <= bucket < BUCKETS for bucket in features(record(byline), cut, frozenset(), NOBODY))


def test_the_model_has_a_weight_for_each_bucket() -> None:
    assert len(WEIGHTS.read_bytes()) == BUCKETS


def test_other_weights_may_be_given() -> None:
    line = record("Stratus 7BAda Byron")
    first = next(candidates(line.byline))
    assert len(split_byline(line, NOBODY, [0] * BUCKETS)[0]) == first
    assert split_byline(line, NOBODY)[0] == "Stratus 7B"


def test_composed_and_decomposed_letters_end_a_title_alike() -> None:
    for form in ("NFC", "NFD"):
        byline = unicodedata.normalize(form, "Rain at the CaféÉmile Noir, Ada Byron")
        title, authors = split_byline(record(byline), NOBODY)
        assert unicodedata.normalize("NFC", title) == "Rain at the Café" and len(authors) == 2

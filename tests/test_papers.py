"""Papers from records: dates, duplicates, and the title apart from its authors."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Paper, ReadFailure, SourceRecord
from kg.papers import records_to_papers
from kg.papers.boundary import NameEvidence, author_names, candidates, split_byline
from kg.papers.dates import read_date
from kg.readers import BUNDLED_LISTING, read

TODAY = date(2026, 11, 23)
SHARED = Path(__file__).parents[2] / "shared"
NOBODY = NameEvidence.from_records(())


def record(byline: str, **fields: object) -> SourceRecord:
    values: dict[str, object] = {"source": "t", "format": "listing", "line": 1, "byline": byline, **fields}
    return SourceRecord(**values)  # type: ignore[arg-type]


def papers(*records: SourceRecord | ReadFailure) -> list[Paper | ReadFailure]:
    return list(records_to_papers(records, as_of=TODAY))


@pytest.mark.parametrize(
    ("text", "as_of", "day", "precision"),
    [
        ("Oct 10, 2023", TODAY, date(2023, 10, 10), "day"),
        ("Nov 23", TODAY, date(2026, 11, 23), "year-inferred"),
        ("Nov 24", TODAY, date(2025, 11, 24), "year-inferred"),
        ("Feb 29", TODAY, date(2024, 2, 29), "year-inferred"),
        ("Feb 29", date(1903, 3, 1), date(1896, 2, 29), "year-inferred"),
        ("2022-03-29", TODAY, date(2022, 3, 29), "day"),
        ("2022-03", TODAY, date(2022, 3, 1), "month"),
        ("2022", TODAY, date(2022, 1, 1), "year"),
        ("", TODAY, None, "none"),
    ],
)
def test_dates(text: str, as_of: date, day: date | None, precision: str) -> None:
    assert read_date(text, as_of=as_of) == (day, precision)


@pytest.mark.parametrize("text", ["Feb 30, 2024", "Feb 30", "2023-13-01", "yesterday"])
def test_a_date_that_does_not_exist_is_reported_and_the_paper_kept(text: str) -> None:
    failure, paper = papers(record("A Study of DaysAda Byron, Alan Turing", date_text=text))
    assert isinstance(failure, ReadFailure) and text in failure.reason
    assert isinstance(paper, Paper) and paper.date is None and paper.date_precision == "none"


def test_of_two_entries_of_one_paper_the_first_is_kept() -> None:
    same = record("A Study of DaysAda Byron, Alan Turing", line=9)
    first, failure = papers(record("A Study of DaysAda Byron, Alan Turing"), same)
    assert isinstance(first, Paper) and first.line == 1
    assert isinstance(failure, ReadFailure) and failure.line == 9 and "line 1" in failure.reason


def test_one_title_by_others_is_another_paper() -> None:
    first, second = papers(
        record("A Study of DaysAda Byron, Alan Turing"), record("A Study of DaysKurt Weill, Ada Byron")
    )
    assert isinstance(first, Paper) and isinstance(second, Paper) and first.iri != second.iri


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Scaling Models of Weather", ("Ada Byron", "Alan M. Turing", "Kurt Weill")),
        ("Scaling Models of Weather", ("Ada Byron",)),
        ("Weather-4: A Family of Forecasting Models", ("Weather Team", "Ada Byron", "Alan Turing")),
        ("Forecasting with LLMs", ("Diego de las Casas", "Ada Byron")),
        ("What Is a Good Forecast?", ("Yi Zhang", "Li Wang", "Ada Byron")),
        ("Cyclone 7B", ("Albert Q. Smith", "Ada Byron", "Alan Turing")),
        ("A Survey of Forecasting (2nd edition)", ("Jean-Pierre Dupont", "Ada Byron")),
        ("Reading Clouds: Methods, Data, and Open Problems", ("Maria O'Brien", "José García", "Ada Byron")),
        ("Learning to Forecast Rain", ("Øystein Åsen", "Łukasz Nowak")),
    ],
)
def test_the_boundary_of_title_and_authors(title: str, authors: tuple[str, ...]) -> None:
    assert split_byline(record(title + ", ".join(authors)), NOBODY) == (title, authors)


def test_a_name_seen_elsewhere_in_the_listing_is_evidence() -> None:
    others = NameEvidence.from_records([record("XAda Byron, Zeno Elea"), record("YAlan Turing, Zeno Elea")])
    assert (others.given["Zeno"], others.family["Elea"], others.whole["Zeno Elea"]) == (2, 2, 2)


def test_names_with_suffixes_stay_whole() -> None:
    assert author_names("Ada Byron, John Doe, Jr., Li Wang and Kurt Weill") == (
        "Ada Byron",
        "John Doe, Jr.",
        "Li Wang",
        "Kurt Weill",
    )


def test_a_line_without_a_name_is_reported() -> None:
    (failure,) = papers(record("an entry without any end"))
    assert isinstance(failure, ReadFailure) and "no author" in failure.reason


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_cutting_loses_no_letter(byline: str) -> None:
    title, authors = split_byline(record(byline), NOBODY)
    letters = [c for c in byline if c.isalpha()]
    assert [c for c in title + "".join(authors) if c.isalpha()] == letters or " and " in byline
    assert all(0 < cut < len(byline) for cut in candidates(byline))


def test_the_bundled_papers_come_out_right() -> None:
    found = [p for p in records_to_papers(read(BUNDLED_LISTING), as_of=TODAY) if isinstance(p, Paper)]
    assert len(found) == 17
    by_title = {p.title: p for p in found}
    mistral = by_title["Mistral 7B"]
    assert mistral.authors == ("Albert Q. Jiang", "Alexandre Sablayrolles", "Arthur Mensch")
    assert (mistral.category, mistral.code, mistral.affiliations) == ("cs.CL", True, ("cambridge",))
    assert by_title["Magistral"].authors[0] == "Mistral-AI"
    assert by_title["Voxtral TTS"].date == date(2026, 3, 26)
    assert by_title["Voxtral TTS"].date_precision == "year-inferred"


def test_gold_records_come_out_right() -> None:
    gold = SHARED / "gold" / "seeds-records.jsonl"
    if not gold.exists():
        pytest.skip("../shared is not here")
    found = [p for p in records_to_papers(read(BUNDLED_LISTING), as_of=TODAY) if isinstance(p, Paper)]
    for paper, line in zip(found, gold.read_text(encoding="utf-8").splitlines(), strict=True):
        assert_fields(paper, json.loads(line))


def test_a_long_listing_comes_out_right() -> None:
    listing, gold = SHARED / "listings" / "dev.txt", SHARED / "listings" / "dev.gold.jsonl"
    if not listing.exists():
        pytest.skip("../shared is not here")
    found = [p for p in records_to_papers(read(listing), as_of=TODAY) if isinstance(p, Paper)]
    wanted = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    right = sum((p.title, list(p.authors)) == (g["title"], g["authors"]) for p, g in zip(found, wanted, strict=True))
    assert right >= 0.995 * len(wanted)


def assert_fields(paper: Paper, gold: dict[str, object]) -> None:
    assert (paper.title, list(paper.authors)) == (gold["title"], gold["authors"])
    assert paper.date is not None and paper.date.isoformat() == gold["date"]
    assert (paper.truncated, paper.category, paper.code) == (gold["truncated"], gold["category"], gold["code"])
    assert list(paper.affiliations) == gold["affiliations"]
    assert (paper.date_precision == "year-inferred") == gold["year_inferred"]

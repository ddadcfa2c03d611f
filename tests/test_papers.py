"""Papers from records: dates, duplicates, and what becomes of faulty entries."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Paper, ReadFailure, SourceRecord
from kg.papers import records_to_papers
from kg.papers.dates import read_date
from kg.readers import BUNDLED_LISTING, read, read_stream

TODAY = date(2026, 11, 23)
LISTINGS = Path(__file__).parent / "data" / "listings"


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
        ("Feb 29", date(2024, 2, 28), date(2020, 2, 29), "year-inferred"),
        ("Feb 29", date(2024, 2, 29), date(2024, 2, 29), "year-inferred"),
        ("Jan 1", date(2026, 1, 1), date(2026, 1, 1), "year-inferred"),
        ("Dec 31", date(2026, 1, 1), date(2025, 12, 31), "year-inferred"),
        ("October 10, 2023", TODAY, date(2023, 10, 10), "day"),
        ("Sept. 1, 2023", TODAY, date(2023, 9, 1), "day"),
        ("oct 10 2023", TODAY, date(2023, 10, 10), "day"),
        ("Oct 2023", TODAY, date(2023, 10, 1), "month"),
        ("2024-01-08T17:47:34Z", TODAY, date(2024, 1, 8), "day"),
        ("", TODAY, None, "none"),
    ],
)
def test_dates(text: str, as_of: date, day: date | None, precision: str) -> None:
    assert read_date(text, as_of=as_of) == (day, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Feb 30, 2024",
        "Feb 29, 2023",
        "Feb 30",
        "Jan 0",
        "Jun 31",
        "Oct 10, 0000",
        "2023-13-01",
        "Octopus 10, 2023",
        "Mar 6, 24",
        "yesterday",
        "Oct １０, 2023",
    ],
)
def test_a_date_that_does_not_exist_is_reported_and_the_paper_kept(text: str) -> None:
    failure, paper = papers(record("A Study of DaysAda Byron, Alan Turing", date_text=text))
    assert isinstance(failure, ReadFailure) and text in failure.reason
    assert isinstance(paper, Paper) and paper.date is None and paper.date_precision == "none"


def test_of_two_entries_of_one_paper_the_first_is_kept() -> None:
    same = record("A Study of DaysAda Byron, Alan Turing", line=9)
    first, failure = papers(record("A Study of DaysAda Byron, Alan Turing"), same)
    assert isinstance(first, Paper) and first.line == 1
    assert isinstance(failure, ReadFailure) and failure.line == 9 and "line 1" in failure.reason


def test_an_entry_repeated_in_another_file_is_told_with_the_file() -> None:
    line = "A Study of DaysAda Byron, Alan Turing"
    _, failure = papers(record(line, source="a.txt", line=7), record(line, source="b.txt", line=7))
    assert isinstance(failure, ReadFailure) and failure.source == "b.txt"
    assert failure.reason.startswith("this is the paper of a.txt, line 7, again")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Rain at the CaféÉmile Noir, Ada Byron", "Rain at the CaféÉmile Noir, Ada Byron"),
        ("A Study of DaysAda Byron, Alan Turing", "A Study of  DaysAda Byron, Alan Turing"),
        ("A Study of DaysAda Byron, Alan Turing", "A study of daysAda Byron, Alan Turing"),
    ],
    ids=["composed and decomposed", "spacing", "capitals"],
)
def test_one_paper_written_in_two_ways_is_one_paper(first: str, second: str) -> None:
    pasted = [unicodedata.normalize("NFC", first), "", "CLOct 10, 2023", unicodedata.normalize("NFD", second)]
    data = "\n".join(["CLOct 10, 2023", *pasted]).encode()
    paper, failure = papers(*read_stream(io.BytesIO(data), "pasted"))
    assert isinstance(paper, Paper) and isinstance(failure, ReadFailure) and failure.line == 4


def test_one_title_by_others_is_another_paper() -> None:
    first, second = papers(
        record("A Study of DaysAda Byron, Alan Turing"), record("A Study of DaysKurt Weill, Ada Byron")
    )
    assert isinstance(first, Paper) and isinstance(second, Paper) and first.iri != second.iri


def test_a_line_without_a_name_is_reported() -> None:
    (failure,) = papers(record("an entry without any end"))
    assert isinstance(failure, ReadFailure) and "no author" in failure.reason


def test_failures_of_reading_pass_through_where_they_stand() -> None:
    failure = ReadFailure(source="t", line=2, raw="x", reason="because")
    first, second, third = papers(record("A Study of DaysAda Byron"), failure, record("Other DaysKurt Weill"))
    assert isinstance(first, Paper) and second is failure and isinstance(third, Paper)


def test_a_record_with_fields_of_its_own_is_not_cut() -> None:
    (paper,) = papers(record("", title="On PyTorch", authors=("Ada Byron",), id="x1"))
    assert isinstance(paper, Paper) and (paper.title, paper.authors, paper.id) == ("On PyTorch", ("Ada Byron",), "x1")


def test_a_page_with_a_fault_of_each_kind() -> None:
    found = papers(*read(LISTINGS / "broken.txt"))
    wanted = [json.loads(line) for line in (LISTINGS / "broken.expected.jsonl").read_text("utf-8").splitlines()]
    assert [item.line for item in found] == [want["line"] for want in wanted]
    for item, want in zip(found, wanted, strict=True):
        if isinstance(item, Paper):
            assert (item.title, list(item.authors)) == (want["title"], want["authors"])
        else:
            assert want["reason"] in item.reason


def test_several_files_are_one_listing(tmp_path: Path) -> None:
    entries = ["CLOct 10, 2023\nA Study of DaysAda Byron\n", "CLOct 11, 2023\nA Study of NightsAda Byron\n"]
    for name, entry in zip("ab", entries, strict=True):
        (tmp_path / f"{name}.txt").write_text(entry, encoding="utf-8")
    first, second = papers(*read(tmp_path / "a.txt"), *read(tmp_path / "b.txt"))
    assert isinstance(first, Paper) and isinstance(second, Paper)
    assert (first.source, second.source, second.line) == ("a.txt", "b.txt", 1)


LINES = [record(f"Title {n} of RainAda Byron, {name}") for n, name in enumerate(["Kurt Weill", "Li Wang", "X"])]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(min_size=1, max_size=40).map(lambda t: record(f"x{t}")), max_size=8))
def test_the_same_records_give_the_same_papers(records: list[SourceRecord]) -> None:
    found = papers(*records)
    assert found == papers(*records)
    assert len(found) == len(records)
    kept = [item.iri for item in found if isinstance(item, Paper)]
    assert len(kept) == len(set(kept))


def test_papers_do_not_depend_on_the_seed_of_hashes() -> None:
    code = (
        "from datetime import date; from kg.papers import records_to_papers as p; from kg.readers import *;"
        "print(*p(read(BUNDLED_LISTING), as_of=date(2026, 11, 23)), sep='\\n')"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1 and said.pop().count(b"\n") == 17


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


def test_gold_records_come_out_right(shared: Path) -> None:
    found = papers(*read(BUNDLED_LISTING))
    gold = (shared / "gold" / "seeds-records.jsonl").read_text(encoding="utf-8").splitlines()
    for paper, line in zip(found, gold, strict=True):
        assert isinstance(paper, Paper)
        right = json.loads(line)
        assert (paper.title, list(paper.authors)) == (right["title"], right["authors"])
        assert other_fields(paper) == {name: right[name] for name in other_fields(paper)}
        assert (paper.date_precision == "year-inferred") == right["year_inferred"]


def test_a_long_listing_comes_out_right(shared: Path) -> None:
    listing, gold = shared / "listings" / "dev.txt", shared / "listings" / "dev.gold.jsonl"
    found = papers(*read(listing))
    wanted = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    assert len(found) == len(wanted)
    right = 0
    for paper, want in zip(found, wanted, strict=True):
        assert isinstance(paper, Paper)
        right += (paper.title, list(paper.authors)) == (want["title"], want["authors"])
        assert other_fields(paper) == {name: want[name] for name in other_fields(paper)}
    assert right >= 0.995 * len(wanted)


def other_fields(paper: Paper) -> dict[str, object]:
    return {
        "date": paper.date and paper.date.isoformat(),
        "truncated": paper.truncated,
        "category": paper.category,
        "code": paper.code,
        "affiliations": list(paper.affiliations),
    }

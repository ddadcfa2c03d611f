"""Inputs as people paste them: every record that can be read is read, everything else is reported with its line."""

from __future__ import annotations

import io
import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, KgError, UsageError
from kg.model import ReadFailure, SourceRecord
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, READERS, detect_format, read, read_stream

ENTRY = "CLOct 10, 2023Code\nA Study of DaysAda Byron, Charles Babbage et al. · mit, eth\nWe study days.\n"


def records(text: str | bytes, form: str = "auto") -> list[SourceRecord | ReadFailure]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_stream(io.BytesIO(data), "pasted", form))


def only(text: str | bytes) -> SourceRecord:
    (found,) = records(text)
    assert isinstance(found, SourceRecord)
    return found


def test_an_entry_has_all_its_fields() -> None:
    found = only(ENTRY)
    assert found.byline == "A Study of DaysAda Byron, Charles Babbage"
    assert (found.category, found.date_text, found.code, found.truncated) == ("cs.CL", "Oct 10, 2023", True, True)
    assert (found.affiliations, found.abstract, found.line) == (("mit", "eth"), "We study days.", 1)


@pytest.mark.parametrize(
    ("header", "category", "day", "code"),
    [
        ("AIMar 26", "cs.AI", "Mar 26", False),
        ("MLJan 2, 2018", "stat.ML", "Jan 2, 2018", False),
        ("ASMay 1Code", "eess.AS", "May 1", True),
        ("NCDec 31, 1999", "q-bio.NC", "Dec 31, 1999", False),
        ("ZZJul 4, 2020", "ZZ", "Jul 4, 2020", False),
    ],
)
def test_the_first_line_of_an_entry(header: str, category: str, day: str, code: bool) -> None:
    found = only(ENTRY.replace("CLOct 10, 2023Code", header))
    assert (found.category, found.date_text, found.code) == (category, day, code)


@pytest.mark.parametrize(
    "changed",
    [
        ENTRY.replace("\n", "\r\n"),
        "\ufeff" + ENTRY,
        ENTRY.replace("\n", "\n\n \n"),
        ENTRY.replace("\n", "   \n"),
        ENTRY.replace("study days", "study\u200b days").replace("We ", "We\u00a0"),
        ENTRY.replace("We study days", "We\nstudy\ndays"),
        ENTRY.rstrip("\n"),
    ],
    ids=[
        "CRLF",
        "BOM",
        "blank lines",
        "trailing spaces",
        "invisible characters",
        "wrapped abstract",
        "no last newline",
    ],
)
def test_how_it_was_pasted_makes_no_difference(changed: str) -> None:
    pasted, plain = only(changed), only(ENTRY)
    assert (pasted.byline, pasted.abstract) == (plain.byline, plain.abstract)


def test_an_entry_may_have_no_abstract() -> None:
    first, second = records("CLOct 10, 2023\nA Study of DaysAda Byron\n" + ENTRY)
    assert isinstance(first, SourceRecord) and first.abstract == ""
    assert isinstance(second, SourceRecord) and second.line == 3


BEFORE = ["", ENTRY, "\n\n"]
BROKEN = [
    ("CLOct 11, 2023\n", 1, "ends after its date"),
    ("CLOct 11, 2023Code\n\n", 1, "ends after its date"),
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("broken", "line", "reason"), BROKEN)
def test_an_entry_cut_short_is_reported_and_its_neighbours_are_kept(
    before: str, broken: str, line: int, reason: str
) -> None:
    found = records(before + broken + ENTRY)
    (failure,) = [item for item in found if isinstance(item, ReadFailure)]
    assert failure.line == before.count("\n") + line and reason in failure.reason
    kept = [item for item in found if isinstance(item, SourceRecord)]
    assert len(kept) == 1 + (before == ENTRY) and kept[-1].abstract == "We study days."


def test_lines_before_the_first_entry_are_reported() -> None:
    failure, entry = records("Trending papers\nSort by date\n" + ENTRY)
    assert isinstance(failure, ReadFailure) and failure.line == 1 and "before the first entry" in failure.reason
    assert isinstance(entry, SourceRecord) and entry.line == 3


def test_an_entry_that_lost_its_first_line_is_reported_and_not_taken_for_an_abstract() -> None:
    lost = "On Other ThingsAlan Turing, Kurt Gödel et al.\nWe turn to other things.\n"
    entry, failure = records(ENTRY + lost)
    assert isinstance(entry, SourceRecord) and entry.abstract == "We study days."
    assert isinstance(failure, ReadFailure) and failure.line == 4 and "without its line" in failure.reason


def test_bytes_that_are_no_utf8_are_reported_and_the_rest_is_kept() -> None:
    failure, entry = sorted(records(ENTRY.encode().replace(b"days.", b"d\xffys.")), key=lambda item: str(type(item)))
    assert isinstance(failure, ReadFailure) and failure.line == 3 and "UTF-8" in failure.reason
    assert isinstance(entry, SourceRecord) and "\N{REPLACEMENT CHARACTER}" in entry.abstract


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\n\t\n", "empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "binary"),
        (b"Dear all,\nplease find attached\n", "line 1 is neither"),
    ],
)
def test_what_is_no_listing_is_told_in_a_sentence(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        records(content)
    assert caught.value.remedy and str(caught.value).startswith("pasted: ")


def test_a_directory_and_a_missing_file_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directory"):
        list(read(tmp_path))
    with pytest.raises(InputError, match="no such file"):
        list(read(tmp_path / "nothing.txt"))
    with pytest.raises(UsageError, match="choose one of auto, listing, jsonl"):
        list(read(BUNDLED_LISTING, format="nonsense"))


def test_json_lines_are_told_apart_and_bad_ones_reported() -> None:
    good = {
        "id": "x1",
        "title": "T",
        "authors": ["A B"],
        "date": "2024-01-08",
        "abstract": "We do.",
        "categories": "cs.LG",
    }
    lines = [json.dumps(good), "{broken", '{"authors": ["A"]}', "[1]", '{"title": "U", "authors": "A B, C D and E F"}']
    found = records("\n".join(lines))
    assert detect_format("x", lines) == "jsonl"
    reasons = {item.line: item.reason for item in found if isinstance(item, ReadFailure)}
    assert sorted(reasons) == [2, 3, 4] and "no JSON" in reasons[2] and "no title" in reasons[3]
    first, last = (item for item in found if isinstance(item, SourceRecord))
    assert (first.id, first.category, first.date_text) == ("x1", "cs.LG", "2024-01-08")
    assert last.authors == ("A B", "C D", "E F")


def test_deep_json_is_reported() -> None:
    _, failure = records('{"title": "T"}\n' + '{"title": ' + "[" * 200_000 + "\n")
    assert isinstance(failure, ReadFailure) and failure.line == 2


def test_a_line_of_ten_megabytes_is_read_in_seconds() -> None:
    begin = time.monotonic()
    found = only(ENTRY.replace("We study days.", "word " * 2_000_000))
    assert len(found.abstract) > 9_000_000 and time.monotonic() - begin < 20


def test_only_newlines_end_lines() -> None:
    assert only(ENTRY.replace("study days", "study\u2028day\x0bs\x85")).abstract == "We study day s ."


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for form in READERS:
        try:
            list(records_to_papers(records(text, form), as_of=date(2026, 11, 23)))
        except KgError as error:
            assert str(error).endswith(".") and "\n" not in str(error)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["CLOct 10, 2023", "AIMar 26Code", "A TitleAda Byron, Alan Turing et al.", "We do.", "", "x"]),
        min_size=1,
        max_size=12,
    )
)
def test_every_line_is_in_a_record_or_in_a_failure(lines: list[str]) -> None:
    if not any(lines):
        return
    found = records("\n".join(lines), "listing")
    told = " ".join(
        item.raw if isinstance(item, ReadFailure) else f"{item.date_text} {item.byline} {item.abstract}"
        for item in found
    )
    for line in lines:
        if line.startswith(("We", "x")):
            assert told.split().count(line.split()[0]) >= 1

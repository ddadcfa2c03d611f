"""One JSON object a line: what is taken of it, and what is reported."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import ReadFailure, SourceRecord
from kg.readers import detect_format, read_stream


def records(text: str, form: str = "auto") -> list[SourceRecord | ReadFailure]:
    return list(read_stream(io.BytesIO(text.encode()), "pasted", form))


def only(text: str) -> SourceRecord:
    (found,) = records(text)
    assert isinstance(found, SourceRecord)
    return found


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


BAD_JSON = {
    "cut short": ('{"title": "T"', "no JSON"),
    "two objects": ('{"title": "T"} {"title": "U"}', "no JSON"),
    "a list": ('["T"]', "no JSON object"),
    "a text": ('"T"', "no JSON object"),
    "NaN": ('{"title": "T", "date": NaN}', "no number NaN"),
    "infinity": ('{"title": "T", "date": -Infinity}', "no number -Infinity"),
    "a field twice": ('{"title": "T", "title": "U"}', "'title' is there twice"),
    "deep": ('{"title": ' + "[" * 200_000, "nested too deep"),
    "no title": ('{"authors": ["A B"]}', "no title"),
    "a blank title": ('{"title": " \\u200b\\u0000 "}', "no title"),
    "a list for a title": ('{"title": ["T"]}', "no title"),
    "null for a title": ('{"title": null}', "no title"),
}
GOOD_JSON = '{"title": "Days", "authors": ["Ada Byron"]}\n'


@pytest.mark.parametrize("name", BAD_JSON)
def test_a_bad_line_of_json_is_reported_and_its_neighbours_are_kept(name: str) -> None:
    line, reason = BAD_JSON[name]
    first, failure, last = records(f"{GOOD_JSON}\n{line}\n{GOOD_JSON}")
    assert isinstance(failure, ReadFailure) and failure.line == 3 and reason in failure.reason
    assert isinstance(first, SourceRecord) and isinstance(last, SourceRecord) and last.line == 4


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ('"authors": [{"name": "Ada Byron"}, "Kurt Weill"]', "authors"),
        ('"authors": {"first": "Ada"}, "affiliations": null', "authors"),
        ('"authors": ["Kurt Weill"], "affiliations": [["eth"]]', "affiliations"),
        ('"authors": ["Kurt Weill"], "date": ["2024"]', "date"),
        ('"authors": ["Kurt Weill"], "abstract": {"a": 1}', "abstract"),
        ('"authors": ["Kurt Weill"], "truncated": "no"', "truncated"),
        ('"authors": ["Kurt Weill"], "code": 1', "code"),
    ],
)
def test_a_field_of_a_wrong_type_is_reported_and_the_entry_kept(fields: str, name: str) -> None:
    failure, entry = records('{"title": "Days", ' + fields + "}")
    assert isinstance(failure, ReadFailure) and failure.reason.startswith(f"{name!r} is not ")
    assert isinstance(entry, SourceRecord) and set(entry.authors) <= {"Kurt Weill"}
    assert (entry.date_text, entry.abstract, entry.truncated, entry.code) == ("", "", False, False)


def test_numbers_in_json_are_taken_as_written() -> None:
    entry = only('{"title": 1984, "date": 2024, "id": 2401.10, "abstract": ' + "7" * 9000 + "}")
    assert (entry.title, entry.date_text, entry.id, len(entry.abstract)) == ("1984", "2024", "2401.10", 9000)


def test_text_in_json_is_cleaned_as_any_other() -> None:
    entry = only(
        r'{"title": "Cafe\u0301\u0000\u2028 \ud800 Days\u200b", "authors": "Ada\nByron and Kurt\tWeill; Li Wang"}'
    )
    assert (entry.title, entry.authors) == ("Café Days", ("Ada Byron", "Kurt Weill", "Li Wang"))


def test_a_line_of_json_of_ten_megabytes_is_read_in_seconds() -> None:
    begin = time.monotonic()
    assert len(only('{"title": "T", "abstract": "' + "word " * 2_000_000 + '"}').abstract) == 9_999_999
    assert time.monotonic() - begin < 20


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([line for line, _ in BAD_JSON.values() if len(line) < 99] + [GOOD_JSON.strip(), ""])))
def test_every_line_of_json_is_a_record_or_a_failure(lines: list[str]) -> None:
    if any(lines):
        found = records("\n".join(lines), "jsonl")
        assert [item.line for item in found] == [number for number, line in enumerate(lines, 1) if line]

"""Inputs as people paste them: every record that can be read is read, everything else is reported with its line."""

from __future__ import annotations

import io
import os
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, KgError, UsageError
from kg.model import Paper, ReadFailure, SourceRecord
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, READERS, read, read_stream
from kg.readers.lines import plain_text

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
        ("STJul 4, 2020", "math.ST", "Jul 4, 2020", False),
        ("SYJul 4, 2020", "cs.SY", "Jul 4, 2020", False),
        ("CL Oct 10, 2023 Code", "cs.CL", "Oct 10, 2023", True),
        ("CL\tOct\u00a010, 2023\tCode", "cs.CL", "Oct 10, 2023", True),
        ("CLOct 10, 2023\ue0a0Code", "cs.CL", "Oct 10, 2023", True),
        ("CLOctober 10, 2023", "cs.CL", "October 10, 2023", False),
        ("CLFeb 30", "cs.CL", "Feb 30", False),
        ("CLMar 6, 24", "cs.CL", "Mar 6, 24", False),
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
        ENTRY.replace("study days", "\u202bstudy\u202c \u2066days\u2069\ufeff"),
        ENTRY.replace("study days", "st\x01udy \x7fda\x1bys\x9f"),
        ENTRY.replace("study days", "stu\uffffdy \ufdd0days\U0010ffff"),
        ENTRY.replace("study days", "study\u2028days").replace("We ", "We\x0b"),
        ENTRY.replace("study days", "study\x0cdays").replace("We ", "We\x85"),
        ENTRY.replace("We study days", "We\nstudy\ndays"),
        ENTRY.rstrip("\n"),
    ],
    ids=[
        "CRLF",
        "BOM",
        "blank lines",
        "trailing spaces",
        "zero-width and no-break space",
        "direction marks",
        "control characters",
        "noncharacters",
        "line separator and vertical tab",
        "form feed and next line",
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


NEXT = "AIMar 26\nA Study of NightsKurt Weill, Li Wang\nWe study nights.\n"
SURROUNDINGS = [("", ""), ("", NEXT), (ENTRY, ""), (ENTRY, NEXT), ("\n\n" + ENTRY, "\n \n" + NEXT)]

#: name of a fault -> the text, the line of it that is reported, a part of the reason, entries it keeps all the same
FAULTS: dict[str, tuple[bytes, int, str, int]] = {
    "no byline": (b"CLOct 11, 2023\n", 1, "ends after its date", 0),
    "no byline but a badge": (b"CLOct 11, 2023Code\n\n", 1, "ends after its date", 0),
    "an abstract alone": (b"LGMay 1\nWe look at rain and at what it leaves behind.\n", 1, "a sentence stands", 0),
    "a NUL": (b"LGMay 1\nRain on RoofsAda Byron\nWe li\0sten.\n", 3, "NUL", 1),
    "NULs in the date": (b"LG\0May 1\nRain on RoofsAda Byron\nWe listen.\n", 1, "NUL", 1),
    "a byte that is no UTF-8": (b"LGMay 1\nRain on RoofsAda Byron\nWe li\xffsten.\n", 3, "not UTF-8", 1),
    "a letter cut in two": (b"LGMay 1\nRain on RoofsAda Byron\nWe \xe2\x82\n", 3, "not UTF-8", 1),
    "a surrogate": (b"LGMay 1\nRain on RoofsAda Byron\nWe \xed\xa0\x80\n", 3, "not UTF-8", 1),
}


@pytest.mark.parametrize(("before", "after"), SURROUNDINGS, ids=["alone", "first", "last", "between", "blank lines"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_with_its_line_and_its_neighbours_are_kept(name: str, before: str, after: str) -> None:
    broken, line, reason, keeps = FAULTS[name]
    found = records(before.encode() + broken + after.encode())
    (failure,) = [item for item in found if isinstance(item, ReadFailure)]
    assert failure.line == before.count("\n") + line and reason in failure.reason and failure.source == "pasted"
    kept = [item for item in found if isinstance(item, SourceRecord)]
    assert len(kept) == bool(before) + keeps + bool(after)
    if before:
        assert (kept[0].line, kept[0].abstract) == (before.count("\n") - 2, "We study days.")
    if after:
        assert (kept[-1].byline, kept[-1].abstract) == ("A Study of NightsKurt Weill, Li Wang", "We study nights.")


LOST = {
    "et al.": "On Other ThingsAlan Turing, Kurt Gödel et al.\nWe turn to other things.\n",
    "places": "On Other ThingsAlan Turing, Kurt Gödel · eth, mit\nWe turn to other things.\n",
    "both": "On Other ThingsAlan Turing et al. · Eth\nWe turn to other things.\n",
    "names alone": "On Other ThingsAlan Turing, Kurt Gödel\nWe turn to other things.\n",
    "a single author": "On Other ThingsAlan van Turing\n",
    "a group": "On Other ThingsThings Team, Alan Turing et al.\n",
    "a group of one word": "On Other ThingsOpenThings et al.\n",
    "Chinese names": "On Other Things王小明, 李华 et al.\n",
    "Cyrillic names": "О другомИван Петров, Анна Смирнова et al.\n",
    "capitals": "On GPTAlan Turing, Kurt Gödel et al.\n",
}


@pytest.mark.parametrize("after", ["", NEXT], ids=["last", "between"])
@pytest.mark.parametrize("name", LOST)
def test_an_entry_that_lost_its_first_line_is_not_taken_for_an_abstract(name: str, after: str) -> None:
    entry, failure, *others = records(ENTRY + LOST[name] + after)
    assert isinstance(entry, SourceRecord) and entry.abstract == "We study days."
    assert isinstance(failure, ReadFailure) and failure.line == 4 and "without its line" in failure.reason
    assert failure.raw == LOST[name].strip() and len(others) == bool(after)


@pytest.mark.parametrize(
    "abstract",
    [
        "It is known.\nWe use PyTorch to follow Smith et al.\nto the end.",
        "We follow\nthe work of McDonald et al.\nto the end.",
        "We compare\nwith PyTorch Lightning, Keras and\nothers.",
        "We have it all.\nOur code is in PyTorch and in Keras",
        "Мы изучаем.\nНовая модель работает",
        "Wir prüfen.\nDas Modell MiniLM rechnet",
        "See here.\nCode: https://example.org/TinyRain",
    ],
)
def test_an_abstract_wrapped_over_lines_stays_whole(abstract: str) -> None:
    assert only(ENTRY.replace("We study days.", abstract)).abstract == abstract.replace("\n", " ")


def test_what_a_page_writes_below_an_abstract_is_told_apart() -> None:
    abstract = "We study days and what they bring. " * 8
    text = ENTRY.replace("We study days.", abstract)
    entry, failure, following = records(f"{text}Load more\nPage 2 of 5\n{NEXT}")
    assert isinstance(entry, SourceRecord) and entry.abstract == abstract.strip()
    assert isinstance(failure, ReadFailure) and (failure.line, failure.raw) == (4, "Load more\nPage 2 of 5")
    assert isinstance(following, SourceRecord)
    assert only(f"{text}It has a second part.\n").abstract.endswith("a second part.")
    assert only(f"{text}https://example.org/days\n").abstract.endswith("/days")


@pytest.mark.parametrize(
    ("line", "byline", "truncated", "places"),
    [
        ("DaysAda Byron et al.", "DaysAda Byron", True, ()),
        ("DaysAda Byron, et al", "DaysAda Byron", True, ()),
        ("DaysAda Byron · eth", "DaysAda Byron", False, ("eth",)),
        ("DaysAda Byron et al. · eth, mit, new york", "DaysAda Byron", True, ("eth", "mit", "new york")),
        ("DaysAda Byron et al. • ETH Zürich • MIT", "DaysAda Byron", True, ("ETH Zürich", "MIT")),
        ("DaysAda Byron et al. ·", "DaysAda Byron", True, ()),
        ("DaysAda Byron·eth", "DaysAda Byron", False, ("eth",)),
        ("Hot · ColdAda Byron, Li Wang", "Hot · ColdAda Byron, Li Wang", False, ()),
        ("Hot · ColdAda Byron, Li Wang et al. · eth", "Hot · ColdAda Byron, Li Wang", True, ("eth",)),
        ("DaysAda Byron · " + ", ".join(["eth"] * 99), "DaysAda Byron", False, ("eth",) * 99),
        ("et al.", "et al.", True, ()),
    ],
)
def test_what_ends_a_line_of_title_and_authors(
    line: str, byline: str, truncated: bool, places: tuple[str, ...]
) -> None:
    found = only(f"CLOct 10, 2023\n{line}\n")
    assert (found.byline, found.truncated, found.affiliations) == (byline, truncated, places)


def test_lines_before_the_first_entry_are_reported() -> None:
    failure, entry = records("Trending papers\nSort by date\n" + ENTRY)
    assert isinstance(failure, ReadFailure) and failure.line == 1 and "before the first entry" in failure.reason
    assert isinstance(entry, SourceRecord) and entry.line == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\n\t\n", "empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "line 1 holds binary data"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"\n\n" + bytes(range(256)) * 9, "binary"),
        (ENTRY.encode("utf-16"), "UTF-16"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b'[{"title": "A"}]', "line 1 is neither"),
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


#: what of ENTRY is replaced by how many of what
LONG = {
    "a long abstract": ("We study days.", "word ", 2_000_000),
    "an abstract of marks": ("We study days.", "雨\u200b", 1_500_000),
    "a long line of names": ("Charles", "Li Wang, ", 1_000_000),
    "a long title": ("A Study", "Study ", 1_500_000),
    "dots": ("A Study", " · a", 2_000_000),
    "blanks between words": ("study", " ", 9_000_000),
    "commas": ("A Study", " ,", 4_000_000),
    "et al.": ("A Study", "et al. ", 1_500_000),
    "capitals": ("A Study", "aB", 4_000_000),
    "blanks in a date": (" 10", " ", 9_000_000),
}


@pytest.mark.parametrize("name", LONG)
def test_a_line_of_ten_megabytes_is_read_in_seconds(name: str) -> None:
    replaced, unit, times = LONG[name]
    data = ENTRY.replace(replaced, unit * times, 1) + NEXT
    begin = time.monotonic()
    found = list(records_to_papers(records(data), as_of=date(2026, 11, 23)))
    assert time.monotonic() - begin < 20
    assert len(found) == 2 and isinstance(found[-1], Paper) and found[-1].title == "A Study of Nights"


def test_a_hundred_thousand_entries_do_not_wait_for_one_another() -> None:
    begin = time.monotonic()
    stream = io.BytesIO(b"".join(b"CLOct 10, 2023\nRain %dAda Byron\nWe do.\n" % number for number in range(100_000)))
    assert sum(isinstance(item, SourceRecord) for item in read_stream(stream, "pasted")) == 100_000
    assert time.monotonic() - begin < 30


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    class Endless(io.BytesIO):
        given = 0

        def readline(self, size: int | None = -1) -> bytes:
            assert size is not None and 0 < size < 1 << 28, "a line is read without a limit"
            self.given += size
            assert self.given < 1 << 28
            return b"x" * size

    with pytest.raises(InputError, match="line 1 is longer than 64 MB"):
        list(read_stream(Endless(), "pasted"))


def test_a_path_that_no_file_can_have_is_told_in_a_sentence() -> None:
    with pytest.raises(InputError) as caught:
        list(read(ENTRY * 200))
    assert len(str(caught.value)) < 400


def test_a_file_that_may_not_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "secret.txt").chmod(0)
    if os.access(tmp_path / "secret.txt", os.R_OK):
        pytest.skip("root may read anything")
    with pytest.raises(InputError, match="permission denied"):
        list(read(tmp_path / "secret.txt"))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ENTRY.encode())))
    (found,) = read("-")
    assert found.source == "standard input"


PIECES = ["CLOct 10, 2023", "AIMar 26Code", "ZZFeb 30, 24", "Title {}Ada Byron{}, Alan{} Turing et al.", "We do {}."]
PIECES += [
    "word{}",
    "Rain {}Li Wang{} · eth{}, mit",
    "",
    " \t",
    "We study {} and what it leaves behind, again and again.",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_every_line_is_in_a_record_or_in_a_failure(pieces: list[str]) -> None:
    """Each line has numbers of its own; what is told of the listing holds each exactly once, and each first line."""
    lines = [piece.format(*[f"x{number}x{part}x" for part in "abc"]) for number, piece in enumerate(pieces)]
    if not any(line.strip() for line in lines):
        return
    found = records("\n".join(lines), "listing")
    told = "\n".join(map(everything, found))
    for number in range(len(lines)):
        for part in "abc":
            mark = f"x{number}x{part}x"
            assert told.count(mark) == lines[number].count(mark)
    for header in PIECES[:3]:
        assert told.count(header) == lines.count(header)


def everything(item: SourceRecord | ReadFailure) -> str:
    if isinstance(item, ReadFailure):
        return item.raw
    category = item.category.rpartition(".")[2]
    header = f"{category}{item.date_text}{'Code' if item.code else ''}"
    return "\n".join([header, item.byline, *item.affiliations, item.abstract])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400) | st.lists(st.sampled_from([*PIECES, "\r", "\ufeff", '{"title"', "·"])).map("\n".join))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    any_bytes_are_read_or_refused(text.encode("utf-8"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=100).map(lambda tail: ENTRY.encode() + tail))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    any_bytes_are_read_or_refused(data)


def any_bytes_are_read_or_refused(data: bytes) -> None:
    for form in ("auto", *READERS):
        try:
            found = list(records_to_papers(records(data, form), as_of=date(2026, 11, 23)))
        except KgError as error:
            assert str(error).endswith(".") and "\n" not in str(error)
        else:
            assert found == list(records_to_papers(records(data, form), as_of=date(2026, 11, 23)))
            assert all(item.line >= 1 for item in found)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain and unicodedata.is_normalized("NFC", plain)
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co") for letter in plain)

"""Dates as sources write them, with how much of each they state."""

from __future__ import annotations

import re
from datetime import date

from kg.model import DatePrecision

__all__ = ["read_date"]

_MONTHS = "january february march april may june july august september october november december".split()
_NAMED = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.? *(?:(?P<day>\d{1,2})(?: *,? *(?P<year>\d{4}))?|(?P<alone>\d{4}))", re.ASCII
)
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:[T ].*)?", re.ASCII)


def read_date(text: str, *, as_of: date) -> tuple[date | None, DatePrecision]:
    """Read a date; one without a year is the latest such day not after ``as_of``.

    A month or a year alone gives its first day, and the precision says so.

    >>> read_date("Oct 10, 2023", as_of=date(2026, 11, 23))
    (datetime.date(2023, 10, 10), 'day')
    >>> read_date("Mar 26", as_of=date(2026, 2, 1)), read_date("2022-03", as_of=date(2026, 2, 1))
    ((datetime.date(2025, 3, 26), 'year-inferred'), (datetime.date(2022, 3, 1), 'month'))

    Raises
    ------
    ValueError
        If the text is no date, or names a day that does not exist. Nothing at all is no error: ``(None, "none")``.

    """
    if not text:
        return None, "none"
    named = _NAMED.fullmatch(text)
    if named and (month := _month(named["month"])):
        if named["alone"]:
            return _day(int(named["alone"]), month, 1, text), "month"
        if named["year"]:
            return _day(int(named["year"]), month, int(named["day"]), text), "day"
        return _latest(month, int(named["day"]), as_of, text), "year-inferred"
    iso = _ISO.fullmatch(text)
    if iso is None:
        raise ValueError(f"{text!r} is no date")
    precision: DatePrecision = "day" if iso["day"] else "month" if iso["month"] else "year"
    return _day(int(iso["year"]), int(iso["month"] or 1), int(iso["day"] or 1), text), precision


def _month(name: str) -> int | None:
    """Give the number of a month from its English name or the first three letters or more of it."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), None)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"there is no day {text!r}") from None


def _latest(month: int, day: int, as_of: date, text: str) -> date:
    """Find the latest such day not after ``as_of``; 29 February is looked for in leap years."""
    for year in range(as_of.year, as_of.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= as_of:
            return found
    raise ValueError(f"there is no day {text!r}")

"""Figures as papers write them: ``70 billion``, ``1.5T``, ``128k``."""

from __future__ import annotations

__all__ = ["BIG", "LONG", "quantity"]

_UNIT_VALUE = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "million": 10**6,
    "b": 10**9,
    "billion": 10**9,
    "t": 10**12,
    "trillion": 10**12,
}
#: A large figure, and one of any size, each with its unit, in the groups ``number`` and ``unit``.
BIG = r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)[ -]?(?P<unit>[BMT]|[bm](?=[ -]param)|[bm]illion|trillion)(?: \([BMT]\))?"
LONG = r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)[ -]?(?P<unit>[kKM]|thousand|million)?"


def quantity(number: str, unit: str | None) -> int:
    """Give the whole number that a figure and its unit stand for.

    >>> quantity("1.7", "billion"), quantity("32", "k"), quantity("8,192", None)
    (1700000000, 32000, 8192)
    """
    return round(float(number.replace(",", "")) * _UNIT_VALUE.get((unit or "").lower(), 1))

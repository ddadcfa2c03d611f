"""How the page says dates, numbers and long names."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["day_number", "day_words", "number_words", "plain_words", "shortened"]

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_SHORT: Final = 34


def day_words(iso: str) -> str:
    """Return an ISO date as people write it, with whatever precision it has; anything else as it stands.

    >>> day_words("2023-10-10"), day_words("2024-01"), day_words("2022"), day_words("soon")
    ('10 Oct 2023', 'Jan 2024', '2022', 'soon')
    """
    found = _ISO.fullmatch(iso)
    if not found:
        return iso
    year, month, day = found.groups()
    return " ".join(p for p in (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year) if p)


def day_number(iso: str) -> int:
    """Return an ISO date as one whole number that sorts like it, in days of months of 31; 0 if it is none.

    A date without a day or a month counts as its first.

    >>> day_number("2023-10-10"), day_number("2022"), day_number("soon")
    (752844, 752184, 0)
    """
    found = _ISO.fullmatch(iso)
    if not found:
        return 0
    year, month, day = (int(part or 1) for part in found.groups())
    return year * 372 + (month - 1) * 31 + day - 1


def number_words(text: str, unit: str = "") -> str:
    """Return a whole number as people say it.

    >>> number_words("46700000000"), number_words("15000000000000", " tokens"), number_words("32768", " tokens")
    ('46.7 billion', '15 trillion tokens', '32,768 tokens')
    >>> number_words("many")
    'many'
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        return text
    for size, word in ((12, "trillion"), (9, "billion"), (6, "million")):
        if len(text) > size:
            tail = text[-size:].rstrip("0")[:2]
            return f"{text[:-size]}{'.' + tail if tail else ''} {word}{unit}"
    return f"{int(text):,}{unit}"


def plain_words(value: str) -> str:
    """Return a literal as words: a truth value as yes or no."""
    return {"true": "yes", "false": "no"}.get(value, value)


def shortened(label: str) -> str:
    """Return a label short enough for the picture: what stands before a colon, or the first words.

    >>> shortened("Gemini 1.5: Unlocking multimodal understanding across millions of tokens of context")
    'Gemini 1.5'
    >>> shortened("Improving language models by retrieving from trillions of tokens")
    'Improving language models by…'
    """
    if len(label) > _SHORT and 3 < (colon := label.find(": ")) <= _SHORT:
        return label[:colon]
    if len(label) <= _SHORT:
        return label
    return label[: _SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"

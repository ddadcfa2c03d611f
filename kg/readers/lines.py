"""A line of an input as readers get it, and what is taken out of pasted text."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Line", "plain_text"]

#: Code points that Unicode promises never to assign; XML refuses some of them.
_PLANE_ENDS = "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))
_NONCHARACTERS = re.compile(f"[\ufdd0-\ufdef{_PLANE_ENDS}]")
#: Control, format (zero-width, direction), surrogate and private-use characters: what no reader of a page can see.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})


class Line(NamedTuple):
    """The 1-based number of a line, its text without control characters, and what had to be replaced in it."""

    number: int
    text: str
    damage: str = ""


def plain_text(text: str) -> str:
    r"""Take out what cannot be seen, make any white space a space, compose letters and accents (NFC).

    What is unseen is control, zero-width and direction marks, and icons of a page's own font (private use). Which
    they are does not depend on the version of Unicode, so that every Python gives the same text.

    >>> plain_text("Mixtral\u00a08\u200bx7B\x00 \ufeff")
    'Mixtral 8x7B'
    """
    text = text.strip()
    if text.isprintable():
        return unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if character.isspace() else character
        for character in _NONCHARACTERS.sub("", text)
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    return unicodedata.normalize("NFC", visible).strip()

"""Initialisms and what they are short for: ``Retrieval-Enhanced Transformer (RETRO)``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.names import name_key

__all__ = ["initialism_before", "is_initialism"]


_INITIALISM_WINDOW = 9


def is_initialism(short: str, words: Sequence[str]) -> bool:
    """Tell whether the letters of ``short`` can be read off ``words`` in order, each giving its first or more."""
    letters = [c for c in short.casefold() if c.isalnum()]
    if not letters or len(letters) < 2 or not words:
        return False
    joined = [re.sub(r"\W", "", w) for w in words]
    return joined[0][:1].casefold() == letters[0] and _consume(letters, joined)


def _consume(letters: Sequence[str], words: Sequence[str]) -> bool:
    if not letters:
        return True
    if not words:
        return False
    word = words[0]
    for take in range(min(len(word), len(letters)), 0, -1):
        if _subsequence(letters[:take], word.casefold()) and _consume(letters[take:], words[1:]):
            return True
    return word.islower() and (len(word) < 5 or len(words) > 2) and _consume(letters, words[1:])


#: Digits that stand for a word of the same sound: ``Learning to Allocate (L2A)``.
_SOUNDS = {"2": ("to", "too", "two"), "4": ("for", "four")}


def _subsequence(letters: Sequence[str], word: str) -> bool:
    if len(letters) == 1 and word in _SOUNDS.get(letters[0], ()):
        return True
    if word[:1] != letters[0]:
        return False
    rest = iter(word[1:])
    return all(letter in rest for letter in letters[1:])


def initialism_before(text: str, start: int, bracket: int, short: str) -> int | None:
    """Where the long form of an initialism in brackets begins, or None: the shortest run of words that spells it."""
    words = [(m.start(), m[0]) for m in re.finditer(r"[\w$'’+]+", text[start:bracket])]
    short = re.sub(r"s$", "", short)
    for count in range(1, min(len(words), _INITIALISM_WINDOW) + 1):
        chosen = words[-count:]
        if is_initialism(short, [w for _, w in chosen]) and not (
            count == 1 and len(short) > 3 and name_key(short) == name_key(chosen[0][1])
        ):
            return start + chosen[0][0]
    return None

r"""Patterns that are tried only where they can match: each is gated by words that every match of it contains.

The words are read off the pattern itself: ``\b(?:beats|surpass(?:es|ed)) the`` cannot match a sentence without
``beats`` or ``surpass``. All words of all patterns are in one automaton: a sentence is scanned once for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Final

from ahocorasick_rs import AhoCorasick

__all__ = ["Cue", "gates_of", "words_in"]

#: The parser of regular expressions of the standard library; its trees are lists of (operation, argument).
_PARSER: Final[Any] = import_module("re._parser")
_SHORTEST = 2

_NUMBER_OF: dict[str, int] = {}
_AUTOMATON: list[AhoCorasick] = []


class Cue:
    """A compiled pattern with its gate; ``words`` are the numbers of the words of which a match has at least one."""

    __slots__ = ("pattern", "words")

    def __init__(self, pattern: str | re.Pattern[str], flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.words = frozenset(_number(word) for word in gates_of(self.pattern))

    def may_match(self, words: frozenset[int]) -> bool:
        """Tell whether a text with these words (:func:`words_in`) can match."""
        return not self.words or not self.words.isdisjoint(words)

    def finditer(self, text: str, words: frozenset[int]) -> Iterator[re.Match[str]]:
        """Yield the matches in a text that has these words."""
        return self.pattern.finditer(text) if self.may_match(words) else iter(())

    def search(self, text: str, words: frozenset[int]) -> re.Match[str] | None:
        """Give the first match in a text that has these words."""
        return self.pattern.search(text) if self.may_match(words) else None


def _number(word: str) -> int:
    if word not in _NUMBER_OF:
        _AUTOMATON.clear()
    return _NUMBER_OF.setdefault(word, len(_NUMBER_OF))


def words_in(text: str) -> frozenset[int]:
    """Give the numbers of the gate words that a text contains."""
    if not _AUTOMATON:
        _AUTOMATON.append(AhoCorasick(list(_NUMBER_OF) or ["\0"], store_patterns=False))
    return frozenset(found[0] for found in _AUTOMATON[0].find_matches_as_indexes(text.lower(), overlapping=True))


def gates_of(pattern: re.Pattern[str]) -> frozenset[str]:
    r"""Give words, in lower case, of which every match of a pattern contains at least one; none if that is unknown.

    >>> sorted(gates_of(re.compile(r"\b(?:beats|surpass(?:es|ed)?) [a-z]+")))
    ['beats', 'surpass']
    >>> gates_of(re.compile(r"[a-z]+(?: better than)?"))
    frozenset()
    """
    return _words(_PARSER.parse(pattern.pattern, pattern.flags)) or frozenset()


def _words(tree: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Give the best gate of a sequence: of all its parts the one whose shortest word is longest."""
    best: frozenset[str] | None = None
    run = ""
    for operation, argument in (*tree, (None, None)):
        letter = _letter(operation, argument)
        if letter:
            run += letter
            continue
        for gate in (frozenset({run}) if len(run) >= _SHORTEST else None, _part(str(operation), argument)):
            if gate and (best is None or _strength(gate) > _strength(best)):
                best = gate
        if str(operation) != "AT":
            run = ""
    return best


def _strength(gate: frozenset[str]) -> tuple[int, int]:
    return min(map(len, gate)), -len(gate)


def _letter(operation: Any, argument: Any) -> str:
    """Give the letter, in lower case, that a part of a pattern matches, if it matches but one."""
    if str(operation) == "LITERAL":
        return chr(argument).lower()
    if str(operation) == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        letters = {chr(code).lower() for _, code in argument}
        return letters.pop() if len(letters) == 1 else ""
    return ""


def _part(operation: str, argument: Any) -> frozenset[str] | None:
    match operation:
        case "SUBPATTERN":
            return _words(argument[-1])
        case "BRANCH":
            gates = [_words(branch) for branch in argument[1]]
            return frozenset().union(*(g for g in gates if g)) if all(gates) else None
        case "MAX_REPEAT" | "MIN_REPEAT" if argument[0] > 0:
            return _words(argument[2])
        case "ASSERT":
            return _words(argument[1])
        case _:
            return None

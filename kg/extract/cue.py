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
    """A compiled pattern with its gates; ``words`` are sets of numbers of words: a match has one of each set."""

    __slots__ = ("pattern", "words")

    def __init__(self, pattern: str | re.Pattern[str], flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.words = tuple(frozenset(_number(word) for word in gate) for gate in gates_of(self.pattern))

    def may_match(self, words: frozenset[int]) -> bool:
        """Tell whether a text with these words (:func:`words_in`) can match."""
        for gate in self.words:  # noqa: SIM110 - a loop, since this runs a hundred times a sentence
            if gate.isdisjoint(words):
                return False
        return True

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


#: A text is held against so many gates of a pattern, the strongest first.
_MOST_GATES = 3


def gates_of(pattern: re.Pattern[str]) -> list[frozenset[str]]:
    r"""Give sets of words, in lower case: every match of a pattern contains one of each set.

    >>> [sorted(gate) for gate in gates_of(re.compile(r"\b(?:beats|surpass(?:es|ed)?) [a-z]+ than"))]
    [[' than'], ['beats', 'surpass']]
    >>> gates_of(re.compile(r"[a-z]+(?: better than)?"))
    []
    """
    gates = _gates(_PARSER.parse(pattern.pattern, pattern.flags))
    return sorted(dict.fromkeys(gates), key=_strength, reverse=True)[:_MOST_GATES]


def _gates(tree: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """Give the gates of a sequence: its runs of letters, and the gates of its parts."""
    gates: list[frozenset[str]] = []
    run = ""
    for operation, argument in (*tree, (None, None)):
        letter = _letter(operation, argument)
        if letter:
            run += letter
            continue
        if len(run) >= _SHORTEST:
            gates.append(frozenset({run}))
        gates += _part(str(operation), argument)
        if str(operation) != "AT":
            run = ""
    return gates


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


def _part(operation: str, argument: Any) -> list[frozenset[str]]:
    match operation:
        case "SUBPATTERN":
            return _gates(argument[-1])
        case "BRANCH":
            best = [max(_gates(branch), key=_strength, default=None) for branch in argument[1]]
            return [frozenset().union(*(gate for gate in best if gate))] if all(best) else []
        case "MAX_REPEAT" | "MIN_REPEAT" if argument[0] > 0:
            return _gates(argument[2])
        case "ASSERT":
            return _gates(argument[1])
        case _:
            return []

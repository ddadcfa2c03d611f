"""Who beats whom, and who is on par: ``outperforms`` and ``matches``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions import Sentence
from kg.extract.relations.reading import Reading, is_negated, listed_names
from kg.extract.rule import Rule
from kg.extract.rules import rules_for
from kg.model import PAPER, Claim

__all__ = ["extract_comparisons"]

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been) (?:[a-z]+ly )?$")
_GENERIC_WORSE = re.compile(r"\b(?:previous|prior|existing|all|other)\b")


def extract_comparisons(reading: Reading) -> Iterator[Claim]:
    """Yield the comparisons that the sentences of a paper state, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not sentence.names:
            continue
        covered: list[tuple[int, int]] = []
        for rule in rules_for("comparison", sentence.words):
            for cue in rule.cue.pattern.finditer(sentence.masked):
                if any(cue.start() < end and start < cue.end() for start, end in covered):
                    continue
                covered.append(cue.span())
                if not is_negated(sentence, cue.start()):
                    yield from _compare(reading, index, sentence, rule, cue)


def _compare(reading: Reading, index: int, sentence: Sentence, rule: Rule, cue: re.Match[str]) -> Iterator[Claim]:
    by = (
        re.compile(r"\s*by\b").match(sentence.masked, cue.end())
        if _PASSIVE.search(sentence.masked[: cue.start()])
        else None
    )
    subjects = reading.subjects(index, cue.start())
    listed = listed_names(sentence, by.end() if by else cue.end())
    objects = [reading.written(n) for n in listed if n.kind == "name"]
    if not subjects:
        subjects = [reading.main(index)] if re.search(r"\b(?:[Ww]e|[Oo]urs?)\b", sentence.masked[: cue.start()]) else []
    if not objects:
        return
    if by:
        subjects, objects = objects, subjects
    strict_too = rule.id == "comparison.either" and re.search(r"\beven\b", cue[0])
    for subject in subjects:
        for obj in objects:
            if subject == obj or (subject == PAPER and reading.is_introduced(obj)):
                continue
            yield reading.claim(rule.id, subject, rule.predicate, obj, index)
            if strict_too:
                yield reading.claim(rule.id, subject, "outperforms", obj, index)

"""Who beats whom, and who is on par: ``outperforms`` and ``matches``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions import Sentence
from kg.extract.relations.reading import ADVERBS, Reading, Rule, is_negated, listed_names
from kg.model import PAPER, Claim

__all__ = ["RULES", "extract_comparisons"]

_WIN = (
    r"(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beats?|beating|outpac(?:es?|ed"
    r"|ing)|outscor(?:es?|ed|ing)|overtak(?:es?|ing)|eclips(?:es?|ing)"
    r"|outclass(?:es|ed|ing)?|dominat(?:es?|ed|ing)|improv(?:es?|ed|ing) (?:significantly "
    r"|substantially )?(?:up)?on(?! (?:the )?(?:state|task|average))"
    r"|(?:is|are|was|were) (?:[a-z]+ly )?(?:superior|preferred|favou?red) (?:to|over)|(?:shows?"
    r"|demonstrates?|its) (?:clear )?superiority (?:to|over)"
    r"|(?:outcompet(?:es?|ed|ing))|bests|top(?:s|ping))"
)
_DRAW = (
    r"(?:match(?:es|ed)?(?! with)|(?<!score )(?<!flow )(?<!feature )matching(?= (?:or |and |the |[a-z]+ "
    r"|⟦))(?! with)|rival(?:s|ed|ing|l?ing)?|approach(?:es|ed)|performs? (?:comparabl[ey]|similarly"
    r"|competitively|on par|on a par) (?:to|with)|equals?"
    r"|on[ -]par with|on a par with|comparabl[ey] (?:to|with)|competitive(?:ly)? (?:with|to|against)"
    r"|comparable (?:[a-z]+ ){0,3}(?:to|with)"
    r"|competitive (?:[a-z]+ ){1,3}(?:with|to|against)|similar (?:performance|results?|accuracy"
    r"|sample quality|quality) (?:to|as)|(?:sample )?quality similar to|achiev\w+ parity with|(?:gets?"
    r"|comes?) close to|sometimes exhibiting the behaviors of)"
)
#: Both at once: only the weaker claim is certain.
_EITHER = (
    rf"(?:{_WIN}|{_DRAW})(?:,? and (?:sometimes |often |even |in some cases )*|,? or (?:even )?"
    rf"|/){ADVERBS}(?:{_WIN}|{_DRAW})"
)
_BETTER = (
    r"(?:better|higher|stronger|superior|lower|faster|greater|larger)(?: [\w@-]+){0,8}? (?:than"
    r"|compared (?:to|with))|compared favou?rably (?:to|with)"
    r"|prefer(?:red)? (?:⟦n\d+⟧|it|our [a-z]+) over|win(?:ning|s)?[ -]rates? (?:over|against)"
    r"|(?:generational |significant |substantial )(?:leap|improvements?|gains?|advantages?) over"
    r"|advantages? over"
    r"|(?:improvements?|gains?) (?:of [^,;⟦]{1,30} )?over|[\d.]+x? over|wins? over"
)

RULES = (
    Rule("comparison.either", "matches", re.compile(rf"\b{_EITHER}\b"), 0.92),
    Rule("comparison.win", "outperforms", re.compile(rf"\b{_WIN}\b"), 0.95),
    Rule("comparison.better", "outperforms", re.compile(rf"\b(?:{_BETTER})\b"), 0.85),
    Rule("comparison.draw", "matches", re.compile(rf"\b{_DRAW}\b"), 0.9),
)

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been) (?:[a-z]+ly )?$")
_GENERIC_WORSE = re.compile(r"\b(?:previous|prior|existing|all|other)\b")


def extract_comparisons(reading: Reading) -> Iterator[Claim]:
    """Yield the comparisons that the sentences of a paper state, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not sentence.names:
            continue
        covered: list[tuple[int, int]] = []
        for rule in RULES:
            for cue in rule.cue.finditer(sentence.masked):
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
            yield reading.claim(rule.id, rule.confidence, subject, rule.predicate, obj, index)
            if strict_too:
                yield reading.claim(rule.id, rule.confidence, subject, "outperforms", obj, index)

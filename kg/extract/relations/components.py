"""What a system contains or is built around: ``usesComponent``. A component is no ancestor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.reading import NAME, Reading, is_near, is_negated, listed_names
from kg.extract.rule import Rule
from kg.extract.rules import rules_for, rules_of
from kg.model import Claim

__all__ = ["COMPONENT_NOUN", "extract_components"]


#: Nouns that say that a named thing is a part of another.
COMPONENT_NOUN = (
    r"(?:encoders?|backbones?|decoders?|retrievers?|tokenizers?|vocoders?|embeddings?|features?|engine"
    r"|module|head|planner|judge|captioner|detector|simulator|renderer|codec|prior|planner|generator"
    r"|verifier|expert|language model|LLM|vision encoder|text encoder|image encoder|physics engine)"
)
_BACKBONE = re.compile(rf"(?P<name>{NAME})(?:'s|-based)? (?:[a-z-]+ ){{0,2}}?{COMPONENT_NOUN}\b")
_AS_PART = Cue(
    rf"(?P<name>{NAME})(?: \([^()]*\))? as (?:a |an |the |its |our "
    rf"|their )?(?:[\w-]+ ){{0,3}}?{COMPONENT_NOUN}\b"
)


def extract_components(reading: Reading) -> Iterator[Claim]:
    """Yield the parts that the sentences of a paper name, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not sentence.names:
            continue
        yield from _components(reading, index, sentence)


def _components(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    seen: set[tuple[str, str]] = set()
    for rule in rules_for("component", sentence.words):
        for cue in rule.cue.pattern.finditer(sentence.masked):
            if is_negated(sentence, cue.start()):
                continue
            for name in listed_names(sentence, cue.end()):
                if (
                    name.kind != "name"
                    or not is_near(sentence, cue.end(), name)
                    or not _is_part(sentence, rule, cue, name)
                ):
                    continue
                for subject in reading.subjects(index, cue.start()) or [reading.latest(index)]:
                    yield from _component(reading, index, rule, subject, name, seen)
    part = rules_of("component")[-1]
    for match in sentence.finditer(_AS_PART):
        if sentence.name(match["name"]).kind == "name" and not is_negated(sentence, match.start()):
            for subject in reading.subjects(index, match.start()) or [reading.latest(index)]:
                yield from _component(reading, index, part, subject, sentence.name(match["name"]), seen)


def _is_part(sentence: Sentence, rule: Rule, cue: re.Match[str], name: Name) -> bool:
    """Tell whether what is used or combined is a part: a noun must say so, as in "a frozen X", "an X encoder"."""
    if rule.id != "component.combines":
        return True
    at = sentence.masked.find(sentence.symbol(name), cue.end())
    beside = _BACKBONE.match(sentence.masked, at)
    frozen = re.search(r"\b(?:frozen|pre-?trained|off-the-shelf)(?: [a-z]+){0,2} $", sentence.masked[:at])
    return bool(beside or frozen)


def _component(
    reading: Reading, index: int, rule: Rule, subject: str, name: Name, seen: set[tuple[str, str]]
) -> Iterator[Claim]:
    part = reading.written(name)
    if (subject, part) in seen or subject == part:
        return
    seen.add((subject, part))
    yield reading.claim(rule.id, subject, "usesComponent", part, index)

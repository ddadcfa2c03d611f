"""What a model descends from: the nine relations of lineage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import vocab
from kg.extract.cue import Cue
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.ancestors import WEIGHTS, find_ancestors, is_plausible
from kg.extract.relations.components import COMPONENT_NOUN
from kg.extract.relations.heirs import find_heirs, has_no_name, is_model_before
from kg.extract.relations.namesakes import named_after_in_title, next_versions, tuned_members, tuned_namesakes
from kg.extract.relations.reading import NAME, Reading, is_negated
from kg.extract.relations.wordings import on_transformer, read_wordings
from kg.extract.rule import Rule
from kg.extract.rules import rules_for
from kg.model import PAPER, Claim
from kg.names import parse_name

__all__ = ["extract_lineage"]

_TUNED = (
    r"(?:(?:instruction|supervised|preference|post|further)[- ])*(?:fine-?tun(?:e|ed|es|ing)"
    r"|post-?train(?:ed|ing|s)?|instruction-?tuned|tuned|RL-trained)"
)
_FRAMEWORK = re.compile(r"^ (?:[a-z-]+ )?(?:architecture|framework|paradigm|design|structure)\b")
_WITH_VERSION_OF = Cue(
    rf"(?P<parent>{NAME})(?: models?)? (?:is |was |are |were )?(?:further )?(?:{_TUNED}"
    rf"|adapted)\b[^.;]{{0,80}}?(?:, resulting in|, yielding|to (?:obtain|produce|create|get|build)|into"
    rf"|resulting in the creation of)(?: the creation of)? (?:our )?(?P<child>{NAME})"
)
_FROM_WE = Cue(
    rf"\b[Ww]e (?:(?:further |then |also )?(?:{_TUNED})|(?:further |then |also )?(?:conduct|perform"
    rf"|apply) (?:[^.;⟦]|{NAME}){{0,90}}?"
    rf"(?:{_TUNED}|SFT|RLHF|DPO|Optimization|reinforcement learning)(?: \([^()]*\))?(?:[^.;⟦]"
    rf"|{NAME}){{0,70}}? (?:on|to))"
    rf" (?:the )?(?P<parent>{NAME})[^.;]{{0,100}}?"
    rf"(?:, resulting in|, yielding| to (?:obtain|produce|create|get"
    rf"|build))(?: the creation of)? (?:our )?(?P<child>{NAME})"
)
_STARTS = re.compile(
    rf"^[Ss]tarting from [^,]*{NAME}[^,]*, (?:we|it|this)\b.*(?:\bfine-?tun|reinforcement|\bRL|SFT|post-?train|align"
    rf"|[Pp]reference|\bappl(?:y|ies) {NAME})"
)


def extract_lineage(reading: Reading) -> Iterator[Claim]:
    """Yield the ancestors that the sentences of a paper state, in order."""
    for index, sentence in enumerate(reading.sentences):
        if index:
            yield from on_transformer(reading, index, sentence)
        if not sentence.names or (index == 0 and len(sentence.names) == 1):
            continue
        covered: list[tuple[str, int, int]] = []
        for rule in rules_for("descent", sentence.words):
            for cue in rule.cue.pattern.finditer(sentence.masked):
                taken = any(f == rule.family and cue.start() < end and start < cue.end() for f, start, end in covered)
                if taken or is_negated(sentence, cue.start()) or not _by_technique(sentence, rule, cue):
                    continue
                claims = list(_descend(reading, index, sentence, rule, cue))
                if claims:
                    covered.append((rule.family, *cue.span()))
                    yield from claims
        if index:
            yield from read_wordings(reading, index, sentence)
    yield from named_after_in_title(reading)
    yield from tuned_members(reading)
    yield from tuned_namesakes(reading)
    yield from next_versions(reading)


def _by_technique(sentence: Sentence, rule: Rule, cue: re.Match[str]) -> bool:
    """Tell whether the name of a technique in a cue, if there is one, is of the kind that the rule wants."""
    name = cue["technique"] if rule.technique else None
    return name is None or rule.technique is None or rule.technique.fullmatch(sentence.name(name).text) is not None


def _descend(reading: Reading, index: int, sentence: Sentence, rule: Rule, cue: re.Match[str]) -> Iterator[Claim]:
    """Yield what one cue states, once for each heir and ancestor."""
    made = sentence.search(_FROM_WE) or sentence.search(_WITH_VERSION_OF)
    if made and rule.predicate == "fineTunedFrom":
        child, parent = sentence.name(made["child"]), sentence.name(made["parent"])
        if parent.kind == "name":
            yield reading.claim(rule.id, reading.written(child), rule.predicate, reading.written(parent), index)
        return
    ancestors = find_ancestors(reading, index, rule, cue)
    if not ancestors:
        return
    left = sentence.masked[: cue.start()]
    for heir in find_heirs(reading, index, rule, cue, ancestors):
        for ancestor in ancestors:
            predicate, name = _mechanism(reading, sentence, rule, ancestor), reading.written(ancestor)
            if heir != name and _may_state(reading, rule, left, heir, predicate, name):
                for stated in (predicate, *_implied(predicate)):
                    yield reading.claim(rule.id, heir, stated, name, index)


def _may_state(reading: Reading, rule: Rule, left: str, heir: str, predicate: str, ancestor: str) -> bool:
    """Tell whether a relation can hold: data sets have no weights, and a paper is built on nothing, a model is."""
    unnamed = has_no_name(left)
    if predicate in WEIGHTS and reading.introduced.get(heir) in ("Dataset", "Benchmark"):
        return False
    if heir == PAPER and predicate == "basedOnArchitecture" and not (unnamed or is_model_before(left, rule)):
        return False
    return unnamed or is_plausible(reading, heir, ancestor, rule)


@cache
def _implied(predicate: str) -> tuple[str, ...]:
    """Give the relations of the same kind above one in the ontology: what is adapted is fine-tuned as well."""
    relations = vocab.load().relations
    one = relations[predicate]
    return tuple(name for name, other in relations.items() if other.iri in one.parents and other.kind == one.kind)


def _mechanism(reading: Reading, sentence: Sentence, rule: Rule, ancestor: Name) -> str:
    """Give the predicate of a rule; "built on" a checkpoint means its weights, on a framework its design.

    "Starting from X, we apply reinforcement learning" tunes X.
    """
    if rule.id == "lineage.initialized" and _STARTS.search(sentence.masked):
        return "fineTunedFrom"
    if rule.id != "lineage.built-on":
        return rule.predicate
    symbol = sentence.symbol(ancestor)
    after = sentence.masked[sentence.masked.find(symbol) + len(symbol) :]
    if _FRAMEWORK.match(after):
        return "basedOnArchitecture"
    if re.match(rf" (?:\([^()]*\) )?(?:[a-z-]+ )?{COMPONENT_NOUN}\b", after):
        return "usesComponent"
    read = parse_name(ancestor.text)
    return "fineTunedFrom" if read.parameters or read.tuned else "basedOnArchitecture"

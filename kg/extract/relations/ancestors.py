"""What a thing can descend from: models, architectures and systems, rather than theories, norms and techniques."""

from __future__ import annotations

import re

from kg.extract.gazetteer import is_of_known_family
from kg.extract.lexicon import CLASS_NAMES, TECHNIQUES, type_of_phrase
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.reading import NAME, Reading, is_near, listed_names
from kg.extract.rule import Rule
from kg.model import PAPER
from kg.names import is_extension, parse_name

__all__ = ["NAMELY", "WEIGHTS", "end_of", "find_ancestors", "is_design", "is_plausible", "is_training"]

#: The relations in which weights pass from one model to another.
WEIGHTS = frozenset(
    {"fineTunedFrom", "initializedFrom", "distilledFrom", "prunedFrom", "quantizedFrom", "mergedFrom", "adaptedFrom"}
)
#: What makes the names behind an ancestor its descendants: "variants of X, namely Y and Z".
NAMELY = re.compile(
    rf"(?: \([^()]*\))?(?:(?:, (?:namely|i\.e\.,?|called)|:) (?={NAME})"
    rf"| \((?={NAME}(?:, {NAME})*,? and {NAME}\)))"
)
#: A noun that makes the names before it models, architectures or systems.
_DESIGN_NOUN = re.compile(
    r"(?: \([^()]*\))?(?: [a-z-]+){0,2}? (?:architectures?|frameworks?|models?|networks?|backbones?"
    r"|encoders?|transformers?|designs?"
    r"|engines?|platforms?|systems?|algorithms?|methods?|series|famil(?:y|ies)|LLMs?|agents?|detectors?"
    r"|modules?|baselines?|compilers?|tools?|toolkits?|librar(?:y|ies)|pipelines?|optimizers?)\b"
)
#: "a refinement of X's selective SSM".
_ITS_DESIGN = re.compile(
    rf"['’]s (?:(?:[a-z-]+|{NAME}) ){{0,3}}?(?:architecture|design|framework|layers?|blocks?|attention"
    rf"|encoder|backbone|SSM"
    rf"|{NAME})\b|['’]s (?:[a-z-]+ ){{0,2}}{NAME}"
)
_CODED = re.compile(r"\S*[a-z]\S*[A-Z]\S*|\S*[A-Z]\S*\d\S*|[A-Z]{4,}\S*|[A-Z]\S*-\S+")
_TRAINING = re.compile(
    r"\b(?:pre-?|post-?|re)?(?:train|tun|learn|distil|teach|taught|supervis|SFT|imitat|guid|cold-start)\w*"
)
#: Many of a kind: VFMs.
_PLURAL_CLASS = re.compile(r"[A-Z]{2,}s")
_THEORY = re.compile(
    r"(?:'s)? (?:[a-z]+ )?(?:theorem|inequality|lemma|equations?|problem|conjecture|principle|law|formula"
    r"|theory|test)\b"
)
_STUDIES = re.compile(
    r"^[^,]*, we (?:[a-z]+ly )?(?:evaluate|test|compare|study|analy[sz]e|investigate|examine|assess)\b"
)


def end_of(sentence: Sentence, name: Name) -> int:
    """Give the offset in the masked sentence at which a name ends."""
    symbol = sentence.symbol(name)
    return sentence.masked.find(symbol) + len(symbol)


def _behind(sentence: Sentence, name: Name) -> str:
    return sentence.masked[end_of(sentence, name) :]


def is_training(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of training: only there generated data makes a descendant."""
    return _TRAINING.search(sentence.masked) is not None


def find_ancestors(reading: Reading, index: int, rule: Rule, cue: re.Match[str]) -> list[Name]:
    """Give the names behind a cue that can be ancestors by its rule.

    In a title they must be known or recur in the abstract: a title writes many words with capitals.
    """
    sentence = reading.sentences[index]
    names = [
        n
        for n in listed_names(sentence, cue.end())
        if n.kind == "name"
        and (not n.possessive or (rule.predicate == "basedOnArchitecture" and _ITS_DESIGN.match(_behind(sentence, n))))
    ]
    if cue.start() == 0:
        if _STUDIES.match(sentence.masked):
            return []
        if " and " not in sentence.masked[cue.end() : cue.end() + 60].split(",")[0]:
            names = names[:1]  # "Built on A, B outperforms": what follows the comma is the heir
    names = [n for n in names if not _PLURAL_CLASS.fullmatch(n.text) or reading.is_introduced(n.text)]
    if names and NAMELY.match(sentence.masked[end_of(sentence, names[0]) :]):
        names = names[:1]
    if not names or not is_near(sentence, cue.end(), names[0]):
        return []
    if rule.id == "lineage.generated-data" and not is_training(sentence):
        return []
    if index == 0:
        names = [n for n in names if is_of_known_family(n.text) or reading.is_named(n.text)]
    return _designs(reading, sentence, rule, names) if names else []


def _designs(reading: Reading, sentence: Sentence, rule: Rule, names: list[Name]) -> list[Name]:
    """Keep of the names those that name designs; where the wording itself is clear, all but defined concepts."""
    if rule.predicate not in ("basedOnArchitecture", "distilledFrom", "succeeds"):
        return names
    if rule.id == "lineage.same-architecture":
        return names
    behind = sentence.masked[end_of(sentence, names[-1]) :]
    if _THEORY.match(behind):
        return []
    any_name = rule.predicate != "basedOnArchitecture"
    return [n for n in names if is_design(reading, n, behind) or (any_name and not n.alias)]


def is_design(reading: Reading, name: Name, after: str) -> bool:
    """Tell whether a name can be that of a model or an architecture, rather than of a theory, a norm or a place.

    It is of a known family or the paper's own, has the shape of a product's name, or a noun behind the list says so.
    """
    long = reading.long_form(name.text)
    known = any(is_of_known_family(word) for word in (name.text, *long.split()))
    if long and not type_of_phrase("a " + long.lower()) and not known:
        return False  # "Return on Flourishing (RoF)"
    return (
        _DESIGN_NOUN.match(after) is not None
        or known
        or name.text.casefold() in CLASS_NAMES
        or reading.is_introduced(name.text)
        or parse_name(name.text).sized
        or (long != "" and type_of_phrase("a " + long.lower()) != "")
        or any(_CODED.fullmatch(word) for word in name.text.split(" "))
    )


def is_plausible(reading: Reading, subject: str, ancestor: str, rule: Rule) -> bool:
    """Let a thing of the paper descend from one outside or from another of its own, never the reverse."""
    if rule.id == "adaptation.adapter" and not (is_of_known_family(ancestor) or parse_name(ancestor).sized):
        return False
    if rule.predicate in WEIGHTS and (
        ancestor.casefold() in TECHNIQUES or type_of_phrase("a " + reading.long_form(ancestor).lower()) == "Method"
    ):
        return False
    if subject == PAPER:
        return not reading.is_introduced(ancestor) and (
            rule.predicate != "basedOnArchitecture" or is_of_known_family(ancestor)
        )
    data = reading.introduced.get(ancestor) in ("Dataset", "Benchmark")
    if is_extension(ancestor, subject) or (data and rule.predicate == "basedOnArchitecture"):
        return False
    return (
        reading.is_introduced(subject)
        or not reading.is_introduced(ancestor)
        or (rule.predicate == "scaledFrom" and is_extension(subject, ancestor))
    )

"""What kind of thing a name is: the class that the words around it, its copula or the name itself give it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import vocab
from kg.extract.cue import Cue
from kg.extract.lexicon import HEAD_NOUN, type_of_phrase
from kg.extract.mentions import Name, Sentence, name_symbol
from kg.extract.relations.reading import ANY_NAME as NAME
from kg.extract.relations.reading import Reading
from kg.names import is_extension, parse_name

__all__ = ["Introduction", "inherited_kind", "kind_of", "noun_beside"]


_COPULA = Cue(
    rf"(?P<name>{NAME})(?: \([^()]*\))? (?:is|are|was) (?:(?:both|essentially|also"
    rf"|thus) )?(?P<phrase>(?:an?|the|our|one of) [^.;]{{3,140}})"
)


_NAME_TYPE = (
    (re.compile(r"(?:bench(?:mark)?|eval|arena|suite|gym-bench)$", re.IGNORECASE), "Benchmark"),
    (re.compile(r"(?:dataset|corpus|instruct-data|data)$", re.IGNORECASE), "Dataset"),
    (re.compile(r"(?:lib|toolkit|gym|sim|studio)$", re.IGNORECASE), "Software"),
    (re.compile(r"(?:LM|VLM|LLM|VL)$"), "Model"),
)


#: "a method to pre-train a small model, called X": X is the model.
_WAY_TO = re.compile(
    r"\b(?:method|approach|way|recipe|procedure) (?:to|for) (?:(?:pre-?)?train|build|obtain|learn|creat|fine-?tun)\w*"
    r" (?P<made>an? .*)"
)


#: "distil X into a smaller variant": the variant is what is named.
_INTO = re.compile(r"\binto (?P<made>an? .*(?:variant|version|model)s?)$")


@dataclass(frozen=True, slots=True)
class Introduction:
    """A name at a place that introduces it: the sentence's index, the rule, and the words that may say what it is."""

    name: Name
    index: int
    rule: str
    phrase: str


def inherited_kind(reading: Reading, name: str) -> str:
    """Give a thing that no words describe the class of its series."""
    series = [reading.introduced[n] for n in reading.introduced if is_extension(name, n)]
    return next((kind for kind in series if kind), "Method")


def kind_of(reading: Reading, name: str, found: list[Introduction]) -> tuple[str, int]:
    """Give the class of an introduced artefact and the index of the sentence that says so."""
    for f in found:
        kind = _type_where_found(reading, f)
        if kind:
            return kind, f.index
    if any(f.name.kind == "data" for f in found):
        return "Dataset", 0
    for index, sentence in enumerate(reading.sentences[1:], 1):
        for match in sentence.finditer(_COPULA):
            kind = type_of_phrase(match["phrase"])
            if kind and reading.written(sentence.name(match["name"])) == name:
                return kind, index
    aliases = [f.name.alias for f in found if f.name.alias]
    for text in (name, *aliases):
        kind = type_of_phrase("a " + text.lower())
        if kind:
            return kind, 0
        for pattern, by_name in _NAME_TYPE:
            if pattern.search(text):
                return by_name, 0
    if parse_name(name).sized or any(
        is_extension(other, name) and parse_name(other).sized for f in found for other in (f.name.text,)
    ):
        return "Model", 0
    if _extends_data(name):
        return "Benchmark", 0
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if any(
            _is_own_model(sentence, n)
            for n in sentence.names
            if is_extension(n.text, name) or reading.written(n) == name
        ):
            return "Model", index
    referred = _referred(reading)
    if referred[0]:
        return referred
    title_kind = next((type_of_phrase(f.phrase, strict=True) for f in found if f.index == 0 and f.phrase), "")
    return title_kind, 0


_OWN_MODEL = re.compile(
    rf"\b(?:[Oo]ur|[Tt]his|[Tt]hese|[Tt]he(?: (?:resulting|proposed|new|final|largest))?|an?|two|three|four"
    rf"|five|several) (?:[\w-]+ ){{0,4}}?models?\b(?! weights)"
    rf"|{NAME} (?:[\w-]+ ){{0,2}}?models?\b|\bmodels? (?:called|named)\b"
)
_ELSEWHERE = re.compile(r"\b(?:on|across|over|with|against|using|from|than|to|in|of|by)\b|[.;:]")


def _is_own_model(sentence: Sentence, name: Name) -> bool:
    """Tell whether "our models" stands beside a name, or before it in its own clause."""
    at = sentence.masked.find(sentence.symbol(name))
    return any(
        match.start() <= at <= match.end()
        or (match.end() < at and not _ELSEWHERE.search(sentence.masked[match.end() : at]))
        or (at < match.start() and not _ELSEWHERE.search(sentence.masked[at : match.start()]))
        for match in _OWN_MODEL.finditer(sentence.masked)
    )


@cache
def _known_data() -> frozenset[str]:
    return frozenset(
        name.casefold() for b in vocab.load().benchmarks for name in (b.label, *b.aliases) if len(name) > _SHORT
    )


#: Names of data that are not longer begin other words as well.
_SHORT = 4


def _extends_data(name: str) -> bool:
    """Tell whether a name goes on where that of known data ends: HumanEvalPack, MMLU-Pro."""
    return any(
        name[:end].casefold() in _known_data() and (name[end].isupper() or not name[end].isalnum())
        for end in range(_SHORT + 1, len(name))
    )


_REFERENCE = Cue(
    r"\b(?:[Oo]ur|[Tt]his|[Tt]he (?:proposed|resulting|final|new|trained))(?: [a-z][\w-]*){0,2}? "
    r"(?P<noun>models?|methods?|approach|framework|system|algorithm|architecture|network|dataset|benchmark|technique)\b"
)


def _referred(reading: Reading) -> tuple[str, int]:
    """Give the class by which the text calls its own thing most often: "our model", "the proposed method"."""
    found = [
        (type_of_phrase("a " + match["noun"]), index)
        for index, sentence in enumerate(reading.sentences[1:], 1)
        for match in sentence.finditer(_REFERENCE)
    ]
    kinds = [kind for kind, _ in found]
    best = max(kinds, key=kinds.count, default="")
    return best, next((index for kind, index in found if kind == best), 0)


#: ": 4 terabytes of code", " (1.2M images": what there is so much of is data.
_AMOUNT = re.compile(
    r"(?:,|:| --?| —|–| \() ?(?:over |about |around |a "
    r"|more than )?~?\d[\d.,]*[kKMB]?\+? (?:[a-z-]+ ){0,3}?(?:terabytes|TB|GB|hours"
    r"|images|pairs|examples|samples|instances|commits|documents|dialogues|conversations|annotations"
    r"|triples|videos|prompts"
    r"|queries|scenes|trajectories|sentences|records)\b"
)
#: "To address the lack of rigorous benchmarks, we introduce".
_LACKING = re.compile(
    r"\b(?:lack|absence|shortage|scarcity) of (?:[a-z-]+ ){0,4}?(?P<noun>benchmarks?|datasets?|corpora"
    r"|data|models?)\b[^;⟦]{0,60}, we"
    r" (?:[a-z]+ )?(?:introduce|present|propose|build|construct|create|curate|release|develop) (?:the )?$"
)


#: "X and Y, efficient models": what is said of a list is said of each.
_LISTED = re.compile(rf"^(?:(?: ?\([^()]*\))?(?:,? and |, ){NAME})+(?= ?(?:,|:|--?-?|—|–|\())")
_SEVERAL = (
    r"(?:(?!(?:which|that|where|while|with|and|but|as|[a-z]+ing)\b)[a-z][\w-]*(?<!s) ){0,4}(?:models|LLMs|VLMs)\b"
    r"(?: (?:for|that|which|with|of|capable|trained|based|designed|built|to)\b|[,.;:)]|$)"
)


def _type_where_found(reading: Reading, f: Introduction) -> str:
    """Read the class off the words around the name where it is introduced."""
    if not f.index:
        return ""
    sentence = reading.sentences[f.index]
    symbol = next((sentence.symbol(n) for n in sentence.names if n.start == f.name.start), "")
    after = sentence.masked[sentence.masked.find(symbol) + len(symbol) :]
    if _AMOUNT.match(after):
        return "Dataset"
    lacking = _LACKING.search(sentence.masked[: sentence.masked.find(symbol)])
    if lacking and type_of_phrase("a " + lacking["noun"]):
        return type_of_phrase("a " + lacking["noun"])
    beside = _beside(after)
    apposed = re.match(
        r"(?: (?:models?|family|series|framework))?(?:,|:| --?-?| —| –| \() ?(?P<phrase>(?:an?|our|the first"
        r"|two|three|one of|\d[\d.]*[BM]\b|\w+'s first"
        rf"|⟦n\d+⟧'s (?:first)?|(?={_SEVERAL}))\s?[^,.;]{{2,140}}(?P<more>, (?!(?:and|but|which"
        r"|that|while|where|with)\b)[a-z-]+ [^,.;]{2,100})?)",
        _LISTED.sub("", after),
    )
    for phrase in (
        (apposed["phrase"].removesuffix(apposed["more"] or ""), _joined(apposed["phrase"])) if apposed else ()
    ):
        if type_of_phrase(phrase):
            return type_of_phrase(phrase)
    if re.match(r" (?:models?|series|family)\b", after):
        of = re.match(r" (?:series|family) of (?P<phrase>[^,.;]{2,80})", after)
        return type_of_phrase("a " + of["phrase"]) or "Model" if of else "Model"
    if beside:
        return beside
    if f.phrase and f.rule != "introduction.verb":
        way = _WAY_TO.search(f.phrase)
        if _INTO.search(f.phrase):
            return "Model"
        kind = type_of_phrase(way["made"] if way else f.phrase)
        if kind:
            return kind
    before = re.search(
        r"(?:\b(?:an?|our|the|two|new|novel) )?((?:[\w-]+ ){1,6})$", sentence.masked[: sentence.masked.find(symbol)]
    )
    if (
        before
        and " and " not in before[1]
        and type_of_phrase("a " + before[1].strip())
        and before[1].split()[-1].casefold() not in ("model's",)
    ):
        return type_of_phrase("a " + before[1].strip())
    return ""


def _joined(phrase: str) -> str:
    """Join adjectives that a comma parts: "a free, fast framework"."""
    return phrase.replace(",", "")


def _beside(after: str) -> str:
    noun = re.match(
        rf"(?: \([^()]*\))? (?P<noun>(?:(?!(?:for|of|on|in|to|and|or|with|by|from|is|are|has|as|at|that|which"
        rf"|than|across|over|under|using|via|when|while|all|can|our)\b)[a-z][\w-]* ){{0,3}}?{HEAD_NOUN})\b",
        after,
    )
    return type_of_phrase("a " + noun["noun"]) if noun else ""


def noun_beside(sentence: Sentence, position: int) -> str:
    """Read the class off the noun right behind a sentence's ``position``-th name: "the MuJoCo physics engine"."""
    symbol = name_symbol(sentence.names[position], position)
    return _beside(sentence.masked[sentence.masked.find(symbol) + len(symbol) :])

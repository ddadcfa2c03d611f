"""Which names are data, benchmarks and test sets, and whose figures on them a sentence reports."""

from __future__ import annotations

import re

from kg.extract.gazetteer import is_data_series, is_of_known_family
from kg.extract.lexicon import DATA_NOUN
from kg.extract.mentions import Name, Sentence, name_symbol
from kg.extract.relations.reading import NAME, Reading
from kg.model import PAPER
from kg.names import parse_name

__all__ = ["examinee", "is_data", "names_a_model"]

_WORDS_OF_PHRASE = (
    r"(?:(?!(?:on|in|of|for|across|and|or|with|to|by|from|over|at|model|models|is|are|as|than|while|during|the"
    r"|achieving|obtaining|reaching|yielding|showing|outperforming"
    r"|when|that|which|via|using|through)\b)[a-z][\w-]* ){0,3}?"
)
_DATA_AFTER = re.compile(
    rf"^(?:'s|\"|”)*(?:-\w+)?(?: 20\d\d)?(?: (?:Task|Track|Subtask) [\w-]+)? ?"
    rf"(?:\([^()]*\) )?{_WORDS_OF_PHRASE}(?P<noun>{DATA_NOUN}|tests?|exam(?:ination)?s?)\b"
)
_DATA_BEFORE = re.compile(
    rf"\b(?:{DATA_NOUN}|exam(?:ination)?s|platforms)(?:,)?(?: \(|: | such as | including | like | namely "
    rf"| named | called "
    rf"|, (?:including|such as|namely|e\.g\.,|i\.e\.,) | - | – | — )(?:the )?(?:[^.;()]{{0,120}}(?:, "
    rf"| and ))?(?:the |both )?$"
    rf"|\b{DATA_NOUN} of (?:the )?$"
)
#: Names that say themselves that they are data.
_DATA_NAME = re.compile(r"(?:[Bb]ench(?:mark)?|BENCH|Eval|QA|Arena|Challenge|Leaderboard)s?(?:[- ][\w.]+|[\d.+]+)?$")
_LANGUAGE = re.compile(r"(?:[A-Z][a-z]+(?:an|ese|ish|ic|hai|chi|indi|eek|ench|erman|utch)-?)+")
_BETWEEN = r"(?: ?\([^()]*\))?(?: (?!as\b)[a-z-]+){0,3}(?: \([^()]*\))?(?:,? as well as|, and|,| and| &)(?: the)? "
_PLURAL = re.compile(r"(?:s|corpora)$")


#: Behind these stands what something is tested on, whatever it is called: "experiments on X and Y", "82.4% on X".
_TESTED_ON = re.compile(
    rf"(?:\b(?:[Ee]xperiment\w*|[Ee]valuat\w+|[Bb]enchmark(?:ed|ing)|tested|validated|results?|state of the art|pass@\d"
    rf"|scores?|accuracy|gains?|improvements?)"
    rf"(?: (?:{NAME}|(?!based|built|focus|depend|rely)[a-z]+)){{0,3}}?|\d ?%|\d points?|\d) (?:on|across) (?:the "
    rf"|both )?(?P<list>(?:{NAME}(?:, and|,| and) )*)$"
)
_CODED = re.compile(r"\S*[a-z]\S*[A-Z]\S*|\S*[A-Z]\S*\d\S*|[A-Z]{4,}\S*|[A-Z]\S*-\S+")
#: Names that say themselves that they are models.
_MODEL_NAME = re.compile(
    r"(?:LMs?|VL|GPT|BERTa?|Net|NeXt|GAN|VAE|MAE|T5|[Ff]ormer|ViT|LLaMA|[Dd]iffusion|CLIP|Mamba"
    r"|[Cc]oder)(?:[- ]?[\dv.]+)?$"
)
_SHORT = re.compile(r"[A-Z]{2,3}")
_TOLD = re.compile(rf"\b(?:[Oo]n|across|over|{DATA_NOUN}|exam(?:ination)?s|games)\b")


def names_a_model(name: Name) -> bool:
    """Tell whether a name says itself that it is a model's: of a known family, with a size, or ending as they do."""
    read = parse_name(name.text)
    known = is_of_known_family(name.text) or is_of_known_family(read.base)
    return bool(known or read.parameters or _MODEL_NAME.search(name.text))


def is_data(reading: Reading, sentence: Sentence, position: int, name: Name) -> bool:
    """Tell whether a sentence's ``position``-th name is data: known, called so, or in one list with data."""
    if name.concept:
        return False
    if name.kind == "data" and _SHORT.fullmatch(name.text):  # ALE, SAT: other things have these initials too
        symbol_at = sentence.masked.find(name_symbol(name, position))
        return _TOLD.search(sentence.masked[:symbol_at]) is not None or bool(
            _DATA_AFTER.match(sentence.masked[symbol_at + len(name_symbol(name, position)) :])
        )
    if name.kind == "data" or reading.introduced.get(reading.written(name)) in ("Dataset", "Benchmark"):
        return True
    if name.kind != "name" or reading.is_introduced(name.text):
        return False
    if _DATA_NAME.search(name.text) or is_data_series(name.text):
        return True
    symbol = name_symbol(name, position)
    at = sentence.masked.find(symbol)
    after, before = sentence.masked[at + len(symbol) :], sentence.masked[:at]
    noun = _DATA_AFTER.match(after)
    if "@" in name.text or (noun and _LANGUAGE.fullmatch(name.text)):  # a metric; "a Lebanese data set"
        return False
    if noun and name.possessive and noun["noun"].startswith("test"):  # "Fisher's exact test"
        return False
    if noun:  # "two ASTE datasets" are data sets of a kind
        return not _PLURAL.search(noun["noun"]) or _in_list(sentence, at, at + len(symbol))
    if is_of_known_family(name.text) or parse_name(name.text).parameters:
        return False
    if _DATA_BEFORE.search(before):
        return not re.search(r"\bmodels?\b[^.;]{0,40}$", before)
    return _is_tested_on(sentence, position, before) or _beside_data(sentence, at, at + len(symbol))


def _is_tested_on(sentence: Sentence, position: int, before: str) -> bool:
    """Tell whether a name is one of a list behind "experiments on" in which none is that of a model."""
    cue = _TESTED_ON.search(before)
    if not cue:
        return False
    after = sentence.masked[len(before) :]
    run = re.match(rf"{NAME}(?:(?:, and|,| and) {NAME})*", after)
    names = [
        *sentence.names_in(cue.start("list"), cue.end()),
        *sentence.names_in(len(before), len(before) + (run.end() if run else 0)),
    ]
    behind = after[run.end() :] if run else after
    return not re.match(r"(?:'s|-\w| [a-z-]+s\b| [GCT]PUs?\b| hardware\b)", behind) and all(
        any(_CODED.fullmatch(word) for word in n.text.split(" ")) and not (names_a_model(n) or parse_name(n.text).sized)
        for n in names
    )


def _in_list(sentence: Sentence, start: int, end: int) -> bool:
    return bool(
        re.search(rf"{NAME}{_BETWEEN}$", sentence.masked[:start])
        or re.match(rf"{_BETWEEN}{NAME}", sentence.masked[end:])
    )


_PLACE_AHEAD = re.compile(
    rf"(?:^|[;:] )(?:[Oo]n|[Ii]n|[Ff]or) (?:the )?{NAME}(?: [a-z-]+){{0,2}}(?: \([^()]*\))?, (?:the )?$"
)


def _beside_data(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a name is one of a list of which another is known data."""
    if _PLACE_AHEAD.search(sentence.masked[:start]):
        return False  # "On X, Y achieves"
    before = re.search(rf"(?P<list>(?:{NAME}{_BETWEEN})+)$", sentence.masked[:start])
    after = re.match(rf"(?P<list>(?:{_BETWEEN}{NAME})+)", sentence.masked[end:])
    if _DATA_AFTER.match(sentence.masked[end + (after.end() if after else 0) :]) and after:
        return True  # "the X and Y data sets"
    others = re.findall(NAME, (before["list"] if before else "") + (after["list"] if after else ""))
    known = sum(sentence.name(other).kind == "data" for other in others)
    placed = before is None and re.search(r"\b[Oo]n (?:the )?$", sentence.masked[:start])
    placed = placed or (before is not None and re.search(r"\b[Oo]n (?:the )?$", sentence.masked[: before.start()]))
    return (known > len(others) / 3 or bool(placed and known and known >= len(others) / 3)) and not re.search(
        r"\b(?:models?|than|outperform\w*|surpass\w*|using|with) (?:[a-z-]+ ){0,2}$",
        sentence.masked[: before.start() if before else start],
    )


def examinee(reading: Reading, index: int, name: Name) -> str:
    """Give whose figures on a benchmark a sentence reports: the introduced model it names, or the one spoken of."""
    models = [
        n
        for n in reading.introduced
        if reading.introduced[n] not in ("Dataset", "Benchmark") and n != reading.written(name)
    ]
    sentence = reading.sentences[index]
    here = [reading.written(n) for n in sentence.names if reading.written(n) in models]
    if here:
        return here[0]
    if not models:
        return PAPER
    latest = reading.latest(index)
    return latest if latest in models else models[0]

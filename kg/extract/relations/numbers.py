"""Sizes of models: ``parameterCount``, ``activeParameterCount``, ``contextLength`` and ``trainingTokens``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.lexicon import CLASS_NAMES
from kg.extract.relations.quantities import BIG, LONG, quantity
from kg.extract.relations.reading import NAME, Reading, is_negated
from kg.extract.relations.series_sizes import CALLED, read_series
from kg.model import PAPER, Claim, Quantity
from kg.names import parse_name

__all__ = ["extract_numbers"]


_COUNT_WORDS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_BRACKET = Cue(
    rf"(?P<name>{NAME})(?: [a-z]+){{0,2}} ?\((?:with )?(?P<inside>(?:~|about |over "
    rf"|up to )?{BIG.replace('P<number>', 'P<n1>').replace('P<unit>', 'P<u1>')}(?P<what>[ -](?:active "
    rf"|total )?(?:parameters?|params))?|(?P<n2>\d+)(?P<u2>[kK])(?: tokens| context)?)\)"
)
_PARAMETERS = Cue(
    rf"\b(?:(?P<total>{BIG.replace('P<number>', 'P<n2>').replace('P<unit>', 'P<u2>')}) total(?: parameters)?,? and )?"
    rf"{BIG}(?:[ -](?P<active>active|activated|activation))?(?:[ -](?:total|trainable|dense|model"
    rf"|\([^()]*\)))*[ -](?:parameters?|params?|weights)\b(?P<noun>[ -](?:[\w-]+ ){{0,4}}?(?:models?|networks?"
    rf"|transformers?|LLM|LM)\b)?"
)
_SIZED_MODEL = Cue(
    rf"(?<![-\w.])(?P<number>\d+(?:\.\d+)?)(?P<unit>[BM])[ -](?:(?:[a-z][\w-]*|{NAME}) ){{0,4}}?(?:models?"
    rf"|network|LLM|LM|VLM|MLLM|transformer|checkpoint|agent(?!-))\b(?! (?:size|scale|class))"
)
_SIZED_IN_TITLE = re.compile(_SIZED_MODEL.pattern.pattern, re.IGNORECASE)
#: "the 175B GPT-3", "a 1.3B parameter X model"; "scale X to 16B parameters".
_SIZED_NAME = Cue(rf"(?<![-\w.]){BIG}(?:[ -](?:parameters?|params?))? (?P<name>⟦n\d+⟧)(?!-| GPUs?\b)")
_SCALED = Cue(
    rf"\bscal(?:e|es|ed|ing) (?:up )?(?:our |the )?(?P<name>{NAME})(?: models?)? (?:up )?to {BIG}"
    rf"(?:[ -]parameters?)?\b"
)
#: "scaled it up to 16B parameters"; "this 56B activated (560B total) parameter model".
_SPOKEN_OF = Cue(
    rf"\bscal(?:e|es|ed|ing) (?:up )?(?:it|them|the model) (?:up )?to {BIG}[ -]parameters?\b"
    rf"|\b[Tt]his {BIG.replace('P<number>', 'P<n4>').replace('P<unit>', 'P<u4>')}[ -]parameters? (?:[a-z-]+ ){{0,3}}"
    rf"(?:model|network|transformer)\b"
    rf"|\b[Tt]his (?P<active>{BIG.replace('P<number>', 'P<n2>').replace('P<unit>', 'P<u2>')})"
    rf"[ -](?:active|activated) \({BIG.replace('P<number>', 'P<n3>').replace('P<unit>', 'P<u3>')} total\)"
)
_SPOKEN_FIGURES = (("number", "unit"), ("n3", "u3"), ("n4", "u4"))
_ACTIVATED = Cue(
    rf"\bactivat(?:es|ing|ed)(?: only| just| approximately| about)* {BIG}(?: parameters| params)?\b"
    rf"|\b{BIG.replace('P<number>', 'P<n2>').replace('P<unit>', 'P<u2>')}(?: parameters)?"
    rf"(?: are)? (?:activated|active|per (?:input )?token)\b(?! param)"
)
_CONTEXT = Cue(
    rf"\bcontext (?:window|size|length|lengths|windows)? ?(?:size )?"
    rf"(?:(?:has been |is |was |are )?(?:expanded|extended|increased|enlarged) )?(?:from \d+[kK] )?(?:of|to|is|up to"
    rf"|reaching"
    rf"|:|-)+ ?(?:up to |at least |over )?{LONG}(?![\w%])(?: ?tokens)?"
    rf"|(?<![\w.]){LONG.replace('P<number>', 'P<n2>').replace('P<unit>', 'P<u2>')}(?:[- ]tokens?)?[- ]"
    rf"(?:(?:long[- ])?context(?: window| length| size)?(?!s)|window(?: size)?)\b"
    rf"|context(?: window"
    rf"| length)?s? (?:of )?up to {LONG.replace('P<number>', 'P<n3>').replace('P<unit>', 'P<u3>')}"
    rf"(?: tokens)?"
)
_TOKENS = Cue(
    rf"\b(?:train(?:ed|ing)?|pre-?train(?:ed|ing)?|fine-?tuned|overtrain(?:ed)?"
    rf"|tuned)\b(?P<path>[^.;]{{0,140}}?)\b(?:on|with|using|over|for|to|consisting of|comprising|containing"
    rf"|totall?ing)(?: (?:more than|over|about|around"
    rf"|approximately|nearly|only|just|up to|a total of|additional|an additional|roughly|at least"
    rf"|some))* ?~?(?:{BIG}|(?P<word>{'|'.join(_COUNT_WORDS)}) (?P<of>[bm]illion"
    rf"|trillion)s?)(?: [a-zA-Z-]+){{0,3}}? tokens"
)
#: "the largest dense T contains": a thing of others.
_OF_OTHERS = re.compile(r"\b(?:[Tt]he|[Ee]xisting|[Pp]revious) (?:largest|biggest|existing|current|previous|best)\b")
#: "a 65B": one of a kind, and whose it is tells the name before the comma.
_OURS = re.compile(r"\b[Oo]ur (?:[a-z]+ )?$")
_INDEFINITE = re.compile(r"(, )?\ban? (?:[a-z-]+ ){0,2}$")
_ITS_NOUN = r" (?:[a-z-]+ ){0,3}(?:models?|networks?|LLMs?|LMs?|VLMs?|backbones?|decoders?|encoders?)\b"
#: A figure behind one of these is a bound, an end of a range, or a member of a list of sizes.
_NOT_ONE = re.compile(
    r"(?:\b(?:to|from|between|below|above|under|over|than|ranging|up to|least|beyond|fewer|less|more|until"
    r"|upwards of|exceeding|within|sub|first|other|larger|smaller)|[<>≤≥]=?|\d[BMK]?,|\d ?(?:[BMK]"
    r"|[bm]illion)?(?: parameters)?,? and|\bor|[-–]|×)\s?$"
)
#: What is added or tuned is a part of the model: "adding only 5M parameters".
_ADDED = re.compile(
    r"\b(?:add|updat|tun|fine-?tun|introduc|requir|optimiz)(?:s|es|e|ing)(?: only| just| merely| about"
    r"| approximately)* $"
)
#: "On the 3B model, X achieves", "the compute of a 2.5B model": not X's size.
_ON_MODEL = re.compile(r"\b(?:[Oo]n|of|like|as|enables?|allows?|lets?) (?:the|an?) (?:[a-z-]+ ){0,2}$")
_PART_NOUN = re.compile(
    r"[ -](?:[a-z-]+ ){0,2}(?:encoder|decoder|adapter|module|head|projector|predictor|verifier)s?\b"
)
_APPOSITION = re.compile(r"(?:,|:|\bis|\bare) (?:an?|our|the) (?:[a-z-]+,? ){0,4}$")
#: So many multiplications are no parameters: "<600M MACs".
_OPERATIONS = frozenset("macs mac flops flop gmacs gflops madds".split())
_ACCESS = re.compile(r"\baccess to $")
_RANGE = re.compile(r"\d ?(?:to|-|–) $|\bbetween [^.;]{1,20} and $|\bfrom [^.;]{1,20} to $")
_LISTED = re.compile(r"^(?:, | and | to | or )(?:over )?\d+(?:\.\d+)? ?[BMT]?\b")


_DIGIT = re.compile(r"(?<!⟦[ndlc])\b\d|\d(?=[BMKTbk])")


def extract_numbers(reading: Reading) -> Iterator[Claim]:
    """Yield the sizes that the sentences of a paper state for named models, in order."""
    yield from _title(reading)
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not _DIGIT.search(sentence.masked):
            continue
        yield from _brackets(reading, index)
        yield from read_series(reading, index)
        yield from _parameters(reading, index)
        yield from _context(reading, index)
        yield from _tokens(reading, index)


def _title(reading: Reading) -> Iterator[Claim]:
    """Read the size in "X: A Versatile 3B Language Model" as X's."""
    head, colon, rest = reading.sentences[0].masked.partition(":")
    size = _SIZED_IN_TITLE.search(rest) if colon else None
    named = re.fullmatch(rf"(?P<name>{NAME})", head.strip())
    name = reading.written(reading.sentences[0].name(named["name"])) if named else ""
    if size and name in reading.introduced and not _NOT_ONE.search(rest[: size.start()]):
        yield _make(reading, "numbers.parameters", name, "parameterCount", quantity(size["number"], size["unit"]), 0)


def _contradicts(name: str, value: int) -> bool:
    """Tell whether a name states another size, so that a figure is another's: "X-7B beats a 32B model"."""
    stated = parse_name(name).parameters
    return stated is not None and not stated / _ROUNDED < value < stated * _ROUNDED


#: By how much a stated count may differ from the size in a name: 6.7B of a 7B model.
_ROUNDED = 1.35


def _make(reading: Reading, rule: str, subject: str, predicate: str, value: int, index: int) -> Claim:
    return reading.claim(rule, subject, predicate, Quantity(value=value), index)


def _brackets(reading: Reading, index: int) -> Iterator[Claim]:
    sentence = reading.sentences[index]
    for match in sentence.finditer(_BRACKET):
        name = sentence.name(match["name"])
        if name.kind != "name":
            continue
        if match["n2"]:
            yield _make(
                reading,
                "numbers.bracket",
                reading.written(name),
                "contextLength",
                quantity(match["n2"], match["u2"]),
                index,
            )
        elif not match["inside"].startswith("up to"):
            predicate = "activeParameterCount" if match["what"] and "active" in match["what"] else "parameterCount"
            yield _make(
                reading, "numbers.bracket", reading.written(name), predicate, quantity(match["n1"], match["u1"]), index
            )


def _parameters(reading: Reading, index: int) -> Iterator[Claim]:
    sentence = reading.sentences[index]
    masked = sentence.masked
    for match in sentence.finditer(_ACTIVATED):
        number, unit = (match["number"], match["unit"]) if match["number"] else (match["n2"], match["u2"])
        for subject in _owners(reading, index, match.start(), match.end()):
            yield _make(reading, "numbers.active", subject, "activeParameterCount", quantity(number, unit), index)
    yield from _of_the_model(reading, index)
    named = [match.span("inside") for match in sentence.finditer(_BRACKET)]
    named += [match.span() for match in sentence.finditer(_ACTIVATED)]
    for pattern in (_SCALED, _SIZED_NAME):
        for match in sentence.finditer(pattern):
            name = sentence.name(match["name"])
            if name.text.casefold() in CLASS_NAMES | _OPERATIONS or re.search(
                r"\d ?(?:to|-|–|and) $", masked[: match.start()]
            ):
                continue
            named.append(match.span())
            value = quantity(match["number"], match["unit"])
            one_of_many = None if reading.is_introduced(name.text) else _INDEFINITE.search(masked[: match.start()])
            owners = [reading.written(name)]
            if one_of_many and re.match(_ITS_NOUN, masked[match.end() :]):  # "X, a 65B parameter Llama model"
                apposed = _named_owners(reading, index, match.start(), match.end()) if one_of_many[1] else []
                owners = [owner for owner in apposed if reading.is_introduced(owner)]
            for owner in owners:
                yield _make(reading, "numbers.beside", owner, "parameterCount", value, index)
    for pattern in (_PARAMETERS, _SIZED_MODEL):
        for match in sentence.finditer(pattern):
            if any(match.start() < end and start < match.end() for start, end in named):
                continue
            if (
                (_NOT_ONE.search(masked[: match.start()]) and not _ACCESS.search(masked[: match.start()]))
                or _LISTED.match(masked[match.end("unit") :])
                or _ADDED.search(masked[: match.start()])
                or _is_part(masked, match)
                or is_negated(sentence, match.start())
            ):
                continue
            active = pattern is _PARAMETERS and match["active"]
            rule, predicate = (
                ("numbers.active", "activeParameterCount") if active else ("numbers.parameters", "parameterCount")
            )
            owners = _owners(reading, index, match.start(), match.end())
            if not owners and reading.main(index) == PAPER and _OURS.search(masked[: match.start()]):
                owners = [PAPER]
            value = quantity(match["number"], match["unit"])
            owners = [owner for owner in owners if active or not _contradicts(owner, value)]
            for subject in owners:
                if pattern is _PARAMETERS and match["total"]:
                    total = quantity(match["n2"], match["u2"])
                    yield _make(reading, "numbers.parameters", subject, "parameterCount", total, index)
                yield _make(reading, rule, subject, predicate, quantity(match["number"], match["unit"]), index)


def _is_part(masked: str, match: re.Match[str]) -> bool:
    """Tell whether a size is that of a part of what the sentence speaks of, or of a model that it is tried on."""
    left = masked[: match.start()]
    part = _PART_NOUN.match(masked, match.end("unit") + len(" parameter")) or _PART_NOUN.match(
        masked, match.end("unit")
    )
    if part and not _APPOSITION.search(left):
        return True
    return match.re is _SIZED_MODEL.pattern and _ON_MODEL.search(left) is not None


def _of_the_model(reading: Reading, index: int) -> Iterator[Claim]:
    """Read the size of what the text speaks of: "scaled it to 16B parameters", "this 5B active (50B total) model"."""
    sentence = reading.sentences[index]
    for match in sentence.finditer(_SPOKEN_OF):
        here = [reading.written(n) for n in sentence.names_in(0, match.start()) if reading.is_introduced(n.text)]
        owner = here[-1] if here else reading.latest(index)
        if reading.introduced.get(owner) not in ("Model", "Method"):
            continue
        number, unit = next((match[n], match[u]) for n, u in _SPOKEN_FIGURES if match[n])
        yield _make(reading, "numbers.parameters", owner, "parameterCount", quantity(number, unit), index)
        if match["active"]:
            active = quantity(match["n2"], match["u2"])
            yield _make(reading, "numbers.active", owner, "activeParameterCount", active, index)


def _owners(reading: Reading, index: int, start: int, end: int) -> list[str]:
    """Whose figure it is: the name that the phrase is in apposition with, else the subject of its clause.

    A class of networks, as in "a dense Transformer with 7B parameters", owns nothing: the paper's own model does.
    """
    found = _named_owners(reading, index, start, end)
    kept = [name for name in found if name.casefold() not in CLASS_NAMES or reading.is_introduced(name)]
    others = _OF_OTHERS.search(reading.sentences[index].masked[:start])
    if found and not kept and not others and reading.main(index) != PAPER:
        return [reading.main(index)]
    return kept


def _named_owners(reading: Reading, index: int, start: int, end: int) -> list[str]:
    sentence = reading.sentences[index]
    masked = sentence.masked
    named = re.match(rf"[^.;⟦]{{0,60}}?(?:,| called| named| dubbed| termed) (?P<name>{NAME})", masked[end:])
    called = re.match(rf"[^.;]{{0,100}}?(?:which|that) we (?:call|term|name|dub) (?P<name>{NAME})", masked[end:])
    indefinite = re.search(r"\b(?:an?|our|the|two)(?: [a-z-]+){0,3} $", masked[:start])
    apposed = re.search(
        rf"(?P<names>{NAME}(?:(?:,| and|, and) {NAME})*)(?: \([^()]*\))?(?:,|:| is| are| --?| —| –)(?: an?| our| the"
        rf"| two| three)? ?(?:[a-z][\w-]*,? ){{0,6}}\(?$",
        masked[:start],
    )
    if apposed:
        return [
            reading.written(n)
            for n in sentence.names_in(apposed.start("names"), apposed.end("names"))
            if n.kind == "name"
        ]
    inside = re.search(rf"(?P<name>{NAME}), (?:an?|our) [^,.;()]{{0,60}}\($", masked[:start])
    if inside:
        return [reading.written(sentence.name(inside["name"]))]
    if called:
        return [reading.written(sentence.name(called["name"]))]
    if named and indefinite:
        return [reading.written(sentence.name(named["name"]))]
    subjects = [s for s in reading.subjects(index, start) if s != PAPER]
    if (
        not subjects
        and re.search(r"\b(?:token|router|expert|inference)\b", masked[:start])
        and reading.main(index) != PAPER
    ):
        subjects = [reading.latest(index)]
    return subjects


def _context(reading: Reading, index: int) -> Iterator[Claim]:
    sentence = reading.sentences[index]
    masked = sentence.masked
    for match in sentence.finditer(_CONTEXT):
        number, unit = next(
            (n, u)
            for n, u in ((match["number"], match["unit"]), (match["n2"], match["u2"]), (match["n3"], match["u3"]))
            if n
        )
        value = quantity(number, unit)
        if value < 256 or re.search(r"\bfrom $", masked[: match.start()]):
            continue
        subjects = _owners(reading, index, match.start(), match.end()) or [reading.latest(index)]
        for subject in subjects:
            if subject != PAPER:
                yield _make(reading, "numbers.context", subject, "contextLength", value, index)


def _tokens(reading: Reading, index: int) -> Iterator[Claim]:
    sentence = reading.sentences[index]
    for match in sentence.finditer(_TOKENS):
        figure, unit = ("word", "of") if match["word"] else ("number", "unit")
        if _RANGE.search(sentence.masked[: match.start(figure)]) or re.match(
            r" ?(?:to|-|–) ", sentence.masked[match.end(unit) :]
        ):
            continue
        value = quantity(str(_COUNT_WORDS.get(match[figure], match[figure])), match[unit])
        objects = [n for n in sentence.names_in(match.start("path"), match.end("path")) if n.kind == "name"]
        called = CALLED.match(sentence.masked, match.end())
        made = re.search(rf"\bresulting in (?:the creation of )?(?P<name>{NAME})", sentence.masked[match.end() :])
        if called:
            subjects = [reading.written(n) for n in sentence.names_in(*called.span("names"))]
        elif made:
            subjects = [reading.written(sentence.name(made["name"]))]
        elif objects and re.search(r"\b[Ww]e (?:\w+ ){0,4}$", sentence.masked[: match.start()]):
            subjects = [reading.written(objects[0])]
        else:
            subjects = reading.subjects(index, match.start()) or [reading.latest(index)]
        for subject in subjects:
            if subject != PAPER and reading.introduced.get(subject) not in ("Dataset", "Benchmark"):
                yield _make(reading, "numbers.tokens", subject, "trainingTokens", value, index)

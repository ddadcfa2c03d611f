"""Data and figures: ``evaluatedOn``, ``trainedOn`` and ``result``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.gazetteer import is_data_series
from kg.extract.lexicon import DATA_NOUN
from kg.extract.mentions import Name, Sentence, name_symbol
from kg.extract.relations.reading import NAME, Reading, is_negated
from kg.model import PAPER, Claim, Result

__all__ = ["extract_evaluations"]


_EVALUATES = Cue(
    r"\b(?:evaluat\w+|experiments?|benchmark\w*|achiev\w+|attain\w*|reach\w*|obtain\w*|scor\w+"
    r"|outperform\w*|surpass\w*|exceed\w*|match\w*|accuracy|performance|results?|state[- ]of[- ]the[- ]art"
    r"|SOTA|improv\w+"
    r"|pass@\d+|tested|tests?|validat\w+|demonstrat\w+|solv\w+|F1|BLEU|mAP|FID|error|perplexity|rank\w*"
    r"|competitive|comparable|gains?|speedup|yields?|measured|set a new|record|success rates?)\b"
)
_TRAINS = Cue(
    r"\b(?:pre-?|fine-?|instruction-?)?(?:train(?:ed|ing|s)?|tun(?:ed|ing)"
    r"|overtrain\w*)\b(?:(?!\b(?:evaluat\w+|outperform\w*|achiev\w+|and (?:achiev|evaluat"
    r"|test))\b)[^.;:⟦]){0,60}?(?:\bon|\bwith|\busing|\bfrom|\bover)\b(?: (?:the|a|an|our|its|both|only"
    r"|large-scale|publicly available|public|curated|open))*(?: [\w-]+){0,4}? (?=⟦[nd])"
)
_DATA_AFTER = re.compile(
    rf"^(?:'s)?(?:-\w+)? ?(?:\([^()]*\) )?(?:(?!(?:on|in|of|for|across|and|or|with|to|by|from|over|at|model"
    rf"|models|is|are|as|than)\b)[a-z][\w-]* ){{0,3}}?{DATA_NOUN}\b"
)
_DATA_BEFORE = re.compile(
    rf"\b{DATA_NOUN}(?:,)?(?: \(|: | such as | including | like | namely |, (?:including|such as|namely"
    rf"|e\.g\.,|i\.e\.,) | - | – | — | of )(?:the )?(?:[^.;()]{{0,120}}(?:, | and ))?(?:the |both )?$"
)
#: Names that say themselves that they are data.
_DATA_NAME = re.compile(r"(?:[Bb]ench(?:mark)?|BENCH|Eval|QA|Arena|Challenge|Leaderboard)s?(?:[- ]?[\w.]+)?$")
_PLACE = re.compile(
    r"\b(?:on|across|over|in|at|for|with|using|to|of|including|and|as|like|by|from|namely|both|,"
    r"|\()(?: (?:the|a|an|both|various|challenging|popular|five-shot|zero-shot|few-shot|large-scale"
    r"|[a-z]+-[a-z-]+|[a-z]+))*? ?$",
    re.IGNORECASE,
)
_METRIC = (
    r"(?P<{0}>(?:(?:top-\d|average|mean|overall|exact[- ]match|zero-shot|word|character|test|human|box"
    r"|mask|relative|state-of-the-art|new|single-model|perfect|final|test set|[\d]+-shot|BLEU-\d|dice) )*"
    r"(?:accuracy|error rates?|error|F1|F1[- ]scores?|BLEU|ROUGE(?:-\w)?|FID|WER|CER|mAP|AP|mIoU|IoU"
    r"|pass@\d+|perplexity|score|win[- ]rates?|success rates?|Inception score|EM|AUC|AUROC|nDCG@\d+"
    r"|recall(?:@\d+)?|precision|MRR|PSNR|SSIM|"
    r"Fr[eé]chet \w+ \w+|Dice(?: score)?|speedup|bits per \w+|bpc|bpd|Elo(?: rating)?|MOS|exact match"
    r"|accuracies|performance|IS|R@\d+|J&F|⟦n\d+⟧(?: score| distance)?))"
)
_VALUE = (
    r"(?P<{0}>\d+(?:\.\d+)?(?: ?%|x)?)(?![\w.]*\d)(?! ?(?:B|M|K|billion|million|x\d|-shot|times|hours"
    r"|GPUs?|tokens|languages|tasks|parameters|points|models|samples|images|papers)\b)"
)
_ON = r"(?:on|in|for|at|over)(?: (?:the|a|an|both|all|challenging|standard|popular|[a-z0-9]+-[a-z0-9-]+|[a-z]+))*? ?"
_METRIC_VALUE = Cue(
    rf"\b{_METRIC.format('metric')}(?: \([^()]*\))?(?: score| scores| value| rates?)? ?(?:of|at|:|=|is"
    rf"|reaches|to|as high as|,) ?(?:up to |over |about )?{_VALUE.format('value')}"
)
_VALUE_METRIC = Cue(
    rf"(?<![\w.+±-]){_VALUE.format('value')}(?: (?:in|of)(?: terms of)?)?(?: average| mean| test| zero-shot"
    rf"| top-1| absolute| state-of-the-art)*(?: {_METRIC.format('metric')})?(?!\w)"
)
_DIRECTLY = re.compile(rf" on (?:the )?{NAME}")
_TO_DATA = re.compile(rf"(?P<gap>(?:[^.;⟦]|\.\d){{0,70}}?)\b{_ON}(?P<data>{NAME})")
_FROM_DATA = re.compile(rf"\b[Oo]n (?:the )?(?:[a-z0-9-]+ ){{0,4}}?(?P<data>{NAME})(?P<gap>[^;]{{0,150}})$")
_IN_BRACKETS = Cue(
    rf"(?P<data>{NAME})(?: [a-z]+){{0,2}} \((?:[^()]*?[,:] )?{_VALUE.format('value')}"
    rf"(?: {_METRIC.format('metric')})?\)"
)
_TUNED_THEN_TESTED = re.compile(
    r"\bfine-?tuned on ⟦d\d+⟧[^.;]*\b(?:achiev|accuracy|state-of-the-art|outperform|reach|obtain)"
)
_GAIN = re.compile(
    r"(?:\bby|\bimprov\w+(?: of)?|\bgains?(?: of)?|\+|\bboosts?(?: of)?|\bincrease(?: of)?"
    r"|\breduc\w+(?: of| by)?|\bmargin of|\bover|\bthan|\bfrom|\bup to an?|\bdown from|\bonly|\bleast"
    r"|\bwith)\s*(?:an? |average |absolute |relative |nearly |about |~)*$"
)


def extract_evaluations(reading: Reading) -> Iterator[Claim]:
    """Yield what the paper's artefacts were trained and evaluated on, and the figures reported, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not sentence.names:
            continue
        trained = _trained_on(sentence)
        for name in trained:
            for subject in _trainee(reading, index, sentence, name):
                yield reading.claim(
                    "evaluation.trained-on",
                    subject,
                    "trainedOn",
                    reading.written(name),
                    index,
                )
        if not sentence.search(_EVALUATES):
            continue
        for position, name in enumerate(sentence.names):
            if (name in trained and not _TUNED_THEN_TESTED.search(sentence.masked)) or not _is_data(
                reading, sentence, position, name
            ):
                continue
            if _evaluates_on(sentence, position, name) and _examinee(reading, index, name) != reading.written(name):
                yield reading.claim(
                    "evaluation.on",
                    _examinee(reading, index, name),
                    "evaluatedOn",
                    reading.written(name),
                    index,
                )
        yield from _results(reading, index, sentence)


def _is_data(reading: Reading, sentence: Sentence, position: int, name: Name) -> bool:
    if name.kind == "data" or reading.introduced.get(reading.written(name)) in ("Dataset", "Benchmark"):
        return True
    if (_DATA_NAME.search(name.text) or is_data_series(name.text)) and not reading.is_introduced(name.text):
        return True
    if name.kind != "name" or reading.is_introduced(name.text):
        return False
    symbol = name_symbol(name, position)
    at = sentence.masked.find(symbol)
    after = sentence.masked[at + len(symbol) :]
    return bool(
        _DATA_AFTER.match(after)
        or (
            _DATA_BEFORE.search(sentence.masked[:at])
            and not re.search(r"\bmodels?\b[^.;]{0,40}$", sentence.masked[:at])
        )
    )


def _evaluates_on(sentence: Sentence, position: int, name: Name) -> bool:
    symbol = name_symbol(name, position)
    at = sentence.masked.find(symbol)
    before = sentence.masked[:at]
    if is_negated(sentence, at):
        return False
    return (
        bool(
            _PLACE.search(before)
            or re.search(rf"{NAME}(?: \([^()]*\))?,? (?:and )?$|{DATA_NOUN},? $|[Oo]n (?:the )?$", before)
        )
        or before == ""
    )


def _examinee(reading: Reading, index: int, name: Name) -> str:
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
        return reading.written(name) if reading.is_introduced(name.text) else PAPER
    latest = reading.latest(index)
    return latest if latest in models else models[0]


def _trained_on(sentence: Sentence) -> list[Name]:
    found: list[Name] = []
    for cue in sentence.finditer(_TRAINS):
        if is_negated(sentence, cue.start()):
            continue
        run = re.match(
            rf"(?:(?:the |a |an |both )?(?:[a-z-]+ ){{0,2}}?{NAME}(?: \([^()]*\))?(?: {DATA_NOUN})?(?:, and |, "
            rf"| and | \+ )?)+",
            sentence.masked[cue.end() :],
        )
        if not run:
            continue
        for match in re.finditer(NAME, run[0]):
            name = sentence.name(match[0])
            after = sentence.masked[cue.end() + match.end() :]
            if name.kind == "data" or _DATA_AFTER.match(after):
                found.append(name)
    return found


def _trainee(reading: Reading, index: int, sentence: Sentence, name: Name) -> list[str]:
    at = sentence.masked.find(name_symbol(name, sentence.names.index(name)))
    own = [s for s in reading.subjects(index, at) if s == PAPER or reading.introduced.get(s) in ("Model", "Method")]
    return own or [_examinee(reading, index, name)]


def _results(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Figures with a metric or a per cent sign, each with the benchmark that it stands beside."""
    paired = list(_respective(reading, index, sentence))
    if paired:
        yield from paired
        return
    seen: set[tuple[str, str]] = set()
    for pattern in (_IN_BRACKETS, _METRIC_VALUE, _VALUE_METRIC):
        for match in sentence.finditer(pattern):
            plain = not match["metric"] and "%" not in match["value"]
            directly = _DIRECTLY.match(sentence.masked, match.end("value")) and re.match(
                r"\d{1,2}\.\d+$", match["value"]
            )
            if (plain and not directly) or _is_gain(sentence, match):
                continue
            name = _benchmark_of(reading, sentence, match)
            value = match["value"].replace(" ", "").rstrip("x")
            if name is None or (reading.written(name), value) in seen:
                continue
            seen.add((reading.written(name), value))
            metric = re.sub(r"⟦n\d+⟧", lambda m: sentence.name(m).text, match["metric"] or "")
            metric = re.sub(r"^(?:(?:new|state-of-the-art|average|final|perfect) )+", "", metric) or "-"
            subjects = [
                s for s in reading.subjects(index, match.start("value")) if s == PAPER or s in reading.introduced
            ]
            result = Result(
                benchmark=reading.written(name),
                metric="-" if metric in ("score", "performance") else metric,
                value=value,
            )
            subject = (subjects or [_examinee(reading, index, name)])[0]
            yield reading.claim("evaluation.result", subject, "result", result, index)


_DATA_LIST = Cue(rf"\bon (?:the )?(?P<data>{NAME}(?:, {NAME})*,? and (?:the )?{NAME})")
_VALUE_LIST = re.compile(
    rf"(?:\b{_METRIC.format('before')}(?: scores?)? of )?(?P<values>(?<![\w.])\d+(?:\.\d+)? ?%?(?:, \d+(?:\.\d+)? ?%?)*"
    rf",? and \d+(?:\.\d+)? ?%?)(?![\w.])(?: {_METRIC.format('after')})?"
)


def _respective(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read figures before benchmarks in lists of one length, "83.1, 87.4 and 84.5% on A, B and C", in pairs."""
    for listed in sentence.finditer(_DATA_LIST):
        names = sentence.names_in(*listed.span("data"))
        for match in _VALUE_LIST.finditer(sentence.masked, 0, listed.start()):
            values = re.findall(r"\d+(?:\.\d+)?", match["values"])
            if len(values) != len(names):
                continue
            percent = "%" if match["values"].rstrip().endswith("%") else ""
            metric = match["before"] or match["after"] or "-"
            for value, name in zip(values, names, strict=True):
                yield from _reported(reading, index, name, metric, value + percent)


def _reported(reading: Reading, index: int, name: Name, metric: str, value: str) -> Iterator[Claim]:
    subject, benchmark = _examinee(reading, index, name), reading.written(name)
    result = Result(benchmark=benchmark, metric=metric, value=value)
    yield reading.claim("evaluation.result", subject, "result", result, index)
    yield reading.claim("evaluation.on", subject, "evaluatedOn", benchmark, index)


def _is_gain(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the figure is a difference, a bound or a speed-up rather than a result."""
    after = sentence.masked[match.end("value") :]
    before = sentence.masked[: match.start("value")]
    return bool(
        _GAIN.search(before)
        or ("data" not in match.re.groupindex and re.search(rf"{NAME}(?: [a-z]+){{0,3}} \($", before))
        or re.match(
            r" ?(?:points?|improvement|gain|relative|absolute (?:gain|improvement)|higher|lower|better|faster"
            r"|fewer|less|more|reduction|increase|speedup)",
            after,
        )
    )


def _benchmark_of(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Name | None:
    """Find a figure's benchmark: in whose bracket it stands, behind the next "on", or before it in the sentence."""
    if "data" in match.re.groupindex:
        found: list[Name] = [sentence.name(match["data"])]
    else:
        behind = _TO_DATA.match(sentence.masked, match.end())
        before = _FROM_DATA.search(sentence.masked[: match.start()])
        found = [sentence.name(m["data"]) for m in (behind, before) if m]
    for name in found:
        if _is_data(reading, sentence, sentence.names.index(name), name):
            return name
    return None

"""Figures: ``result``, each with its metric and the benchmark that it was measured on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.cue import Cue
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.data import examinee, is_data, names_a_model
from kg.extract.relations.measured_on import HARDWARE, benchmark_of
from kg.extract.relations.reading import ANY_NAME, NAME, Reading
from kg.model import PAPER, Claim, Result
from kg.names import is_extension

__all__ = ["extract_results"]

_METRIC = (
    r"(?P<{0}>(?:(?:top-\d|average|mean|overall|exact[- ]match|zero-shot|word|character|phone"
    r"|phoneme|equal|sentence|token|test|human|box"
    r"|mask|relative|state-of-the-art|new|single-model|perfect|final|test set|[\d]+-shot|BLEU-\d|dice) )*"
    r"(?:accuracy|error rates?|error|F1|F1[- ]scores?|BLEU|ROUGE(?:-\w)?|FID|WER|CER|mAP|AP|mIoU|IoU"
    r"|pass@\d+|perplexity|score|win[- ]rates?|success rates?|Inception score|EM|AUC|AUROC|nDCG@\d+"
    r"|recall(?:@\d+)?|precision|MRR|PSNR|SSIM|"
    r"Fr[eé]chet \w+ \w+|Dice(?: score)?|speedup|bits per \w+|bpc|bpd|Elo(?: rating)?|MOS|exact match"
    r"|Jaccard (?:index|indices)|(?:cosine )?similarit(?:y|ies)|mean absolute error|AP\d+|dice scores"
    r"|F1 scores|bpc/perplexity"
    r"|accuracies|performance|IS|R@\d+|J&F|⟦[nc]\d+⟧(?: score| distance)?))"
)
_VALUE = (
    r"(?P<{0}>\d+(?:\.\d+)?(?: ?%|x)?)(?![\w.]*\d)(?!-(?:run|fold|way|seed|shot|step|hop))(?! ?(?:B|M|K"
    r"|billion|million|x\d|times|hours"
    r"|GPUs?|tokens|languages|tasks|parameters|points|models|samples|images|papers|out of)\b)"
)
_METRIC_VALUE = Cue(
    rf"\b{_METRIC.format('metric')}(?: \([^()]*\))?(?: score| scores| values?| rates?)?(?: [a-z]+ly)? ?(?:of|at|:|=|is"
    rf"|reaches|to|as high as|above|over|around|exceeding|near|≈|~|,|\(| (?=\d+\.\d)) ?(?:up to |over |about "
    rf"|above |around )?{_VALUE.format('value')}"
)
_VALUE_METRIC = Cue(
    rf"(?<![\w.+±@-]){_VALUE.format('value')}(?! out of| of the| of all)(?: (?:in"
    rf"|of)(?: terms of)?)?(?: average| mean| test| zero-shot"
    rf"| top-1| absolute| state-of-the-art)*(?: {_METRIC.format('metric')})?(?!\w)"
)
_DIRECTLY = re.compile(rf" on (?:the )?(?:[a-z]+-[a-z]+ )?{NAME}")
_IN_BRACKETS = Cue(
    rf"(?P<data>{NAME})(?: [a-z]+){{0,4}} \((?:[^()]{{0,40}}?[,:]? )?{_VALUE.format('value')}"
    rf"(?: {_METRIC.format('metric')})?\)"
)
#: "from 69.2 to 71.3": the figure reached.
_RAISED = Cue(
    rf"(?:\b{_METRIC.format('metric')}\b[^.;⟦]{{0,30}}? )?from \d+(?:\.\d+)? ?%?(?: \([^()]*\))? to "
    rf"{_VALUE.format('value')}"
)
_IMPROVES = re.compile(rf"\b(?:improv|rais|boost|increas)\w+(?: (?:the )?{NAME})? $")
#: "solves 28.8% of the problems"; "94th percentile on".
_SOLVED = Cue(rf"\bsolv(?:es?|ed|ing) {_VALUE.format('value')}(?P<metric>)(?= of (?:the|all|our) )")
_PERCENTILE = Cue(r"\b(?P<value>\d{1,2})-?(?:th|st|nd|rd) (?P<metric>percentile)\b")
_VALUE_DATA = Cue(rf"(?<![\w.+±@-]){_VALUE.format('value')} (?P<data>{NAME}) {_METRIC.format('metric')}\b")
#: "(88.4% vs. 90.7%)" behind a gain: the better is the paper's own.
_GAINED = Cue(
    rf"(?P<data>{NAME})(?: [a-z]+){{0,3}} by \+?(?P<gain>\d+(?:\.\d+)?) ?%? \((?P<a>\d+(?:\.\d+)?) ?(?P<p>%?)"
    r" (?:vs\.?|versus|to|->) (?P<b>\d+(?:\.\d+)?) ?%?\)"
)
#: A figure behind one of these is the rival's.
_RIVAL = re.compile(
    r"\b(?:previous|prior) (?:state-of-the-art|best|SOTA)\b[^.;,]*\((?:[\d.]+ ?%?/)?$|"
    r"\b(?:surpass|outperform|exceed|beat)\w* the (?:original|previous|prior|best|reported|published) $|"
    r"\((?:compared (?:to|with)|vs\.?|versus|against|baseline:?) $"
    r"|\bagainst (?:the )?(?:current |previous |existing )?(?:state-of-the-art|SOTA|best)(?: [A-Za-z-]+){0,2} "
    r"(?:[\d.]+%/)?$|\b(?:[Pp]rior|[Pp]revious|existing|baseline)(?: [a-z-]+){0,3} of $"
    r"|\d ?%?\)? (?:vs\.?\\|vs\.?|versus"
    r"|against|compared (?:to|with)|\(vs\.?) $|\bby \d+(?:\.\d+)?% to $"
)
#: A figure in a list of gains.
_GAINS = re.compile(
    r"\b(?:outperform|surpass|exceed|improv|beat)\w*\b[^;]*\bby [\d.]+[^;]*(?:,|\band) $|"
    rf"\b(?:gains?|improvements?|reductions?|increases?) of [\d.]+ ?%? (?:on|in|for) (?:[^;]*, )?{NAME}(?: \([^()]*\))?"
    rf"(?:, and|,| and) $|"
    r"\b(?:improv\w+|gains?|reduc\w+|boosts?|increas\w+)(?: [a-z]+){0,3}?(?: of| by)? [\d.%, /]+(?:and )?$"
)
_GAIN = re.compile(
    r"(?:\bby(?: up to)?|\bimprov\w+(?: of)?(?: up to)?|\bgains?(?: of)?(?: up to)?|\+|\bboosts?(?: of)?(?: up to)?"
    r"|\bincrease(?: of)?(?: up to)?|\breduc\w+(?: of| by)?(?: up to)?|\bmargin of|\bover|\bthan|\bfrom"
    r"|\bup to an?|\bdown from|\bonly|\bleast"
    r"|\bwith)\s*(?:an? |average |absolute |relative |nearly |about |~)*$"
)


def extract_results(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Figures with a metric or a per cent sign, each with the benchmark that it stands beside."""
    paired = list(_respective(reading, index, sentence))
    gained = [*_gained(reading, index, sentence), *_by_metric(reading, index, sentence)]
    if paired or gained:
        yield from (*paired, *gained)
        return
    seen: set[tuple[str, str]] = set()
    taken: list[tuple[int, int]] = []
    latest = ""
    for pattern in (_IN_BRACKETS, _VALUE_DATA, _SOLVED, _PERCENTILE, _METRIC_VALUE, _VALUE_METRIC, _RAISED):
        for match in sentence.finditer(pattern):
            plain = not match["metric"] and "%" not in match["value"]
            plain = plain and not (pattern is _RAISED and _IMPROVES.search(sentence.masked[: match.start()]))
            directly = _DIRECTLY.match(sentence.masked, match.end("value")) and re.match(
                r"\d{1,2}\.\d+$", match["value"]
            )
            gain = pattern is not _RAISED and _is_gain(sentence, match)
            counted = match["value"].isdigit() and sentence.masked[: match.start("value")].endswith(" at ")
            named = re.search(ANY_NAME, match["metric"] or "")
            hardware = named and not _measures(sentence.name(named))
            if (plain and not directly) or gain or counted or hardware or _of_another(reading, sentence, match):
                continue
            name = benchmark_of(reading, sentence, match)
            rule = "evaluation.result"
            if name is None and _achieves(reading, sentence, match):
                name, rule = _spoken_of(reading, index), "evaluation.result-context"
            value = match["value"].replace(" ", "").rstrip("x")
            if name is None or (reading.written(name), value) in seen or _is_taken(taken, match):
                continue
            seen.add((reading.written(name), value))
            taken.append(match.span("value"))
            metric = _metric_written(sentence, match["metric"] or "")
            metric = re.sub(r"^(?:(?:new|state-of-the-art|average|final|perfect) )+", "", metric)
            if not metric and _SAME_METRIC.search(sentence.masked[: match.start("value")]):
                metric = latest
            latest, metric = metric, metric or "-"
            subjects = [
                s for s in reading.subjects(index, match.start("value")) if s == PAPER or s in reading.introduced
            ]
            result = Result(
                benchmark=reading.written(name),
                metric="-" if metric in ("score", "performance") else metric,
                value=value,
            )
            subject = (subjects or [examinee(reading, index, name)])[0]
            if subject == result.benchmark:  # what data covers is no result on it
                continue
            yield reading.claim(rule, subject, "result", result, index)
            yield reading.claim("evaluation.on", subject, "evaluatedOn", result.benchmark, index)
            for other in _also_on(reading, sentence, match, name):
                yield reading.claim(rule, subject, "result", replace(result, benchmark=reading.written(other)), index)


def _metric_written(sentence: Sentence, metric: str) -> str:
    """Write the names in the words of a metric."""
    return re.sub(ANY_NAME, lambda symbol: sentence.name(symbol).text, metric)


def _measures(name: Name) -> bool:
    """Tell whether a name beside a figure can be that of a metric: no chip, and no concept but one that is measured."""
    return bool(_MEASURED.search(name.alias)) if name.concept else not HARDWARE.search(name.text)


_MEASURED = re.compile(r"(?:rate|error|score|accuracy|distance|index|ratio|coefficient|perplexity)s?$", re.IGNORECASE)


#: "98% accuracy on X and": the figure that follows has the same metric.
_SAME_METRIC = re.compile(
    rf"\d ?%? [^.;⟦\d]{{3,30}} (?:on|for|in) (?:the )?{NAME}(?: \([^()]*\))?(?:, and|,| and) (?:an? )?$"
)


def _is_taken(taken: list[tuple[int, int]], match: re.Match[str]) -> bool:
    """Tell whether a figure has been read by another pattern, with its own benchmark."""
    return any(start <= match.start("value") < end for start, end in taken)


_ALSO = re.compile(rf"(?: \([^()]*\))?(?P<list>(?:(?:, and|,| and) {NAME})+)")


def _also_on(reading: Reading, sentence: Sentence, match: re.Match[str], name: Name) -> list[Name]:
    """Give the other benchmarks of a list that shares one figure: "0.99 on A, B and C", but no average."""
    if not any(name is here for here in sentence.names):
        return []
    symbol = sentence.symbol(name)
    at = sentence.masked.find(symbol, match.end())
    listed = _ALSO.match(sentence.masked, at + len(symbol)) if at > 0 else None
    averaged = re.search(r"\b(?:average|mean|overall|total|combined)\b", sentence.masked[: match.end()])
    if not listed or averaged or not re.match(r"(?: on (?:the |both )?)", sentence.masked[match.end() : at + 1]):
        return []
    names = sentence.names_in(*listed.span("list"))
    return [n for n in names if is_data(reading, sentence, sentence.names.index(n), n)]


_FOR = re.compile(rf"%? for (?P<name>{NAME})")
#: "X solves only", "outperforming X (": the figure that follows is X's.
_ITS_OWN = re.compile(
    rf"(?:^|[,;:] (?:and )?)(?:the )?(?P<first>{NAME})(?: models?)?(?: \([^()]*\))? (?:only )?(?:achiev"
    rf"|attain|gett?|reach"
    rf"|obtain|scor|solv)(?:e?s|ed)(?: only| an?| just| at)?(?: [a-z-]+){{0,3}} $|"
    rf"\b(?:outperform|surpass|exceed|beat)ing (?:the )?(?P<rival>{NAME})[^;,⟦]*(?:{NAME})? \($|"
    rf"\b(?:while|whereas|versus|vs\.?|compared (?:to"
    rf"|with)) (?:the )?(?:⟦[^;]*? and (?:the )?)?(?P<name>{NAME})(?: models?)?,?(?: which)? (?:only )?"
    rf"(?:achiev|attain|gett?|reach|obtain|scor|solv|perform|post|record)(?:e?s|ed|e|ing)"
    r"(?: only| an?| just| at)?(?: [a-z-]+){0,3} $"
)


def _first_of(found: re.Match[str]) -> str:
    return next(found[group] for group in found.groupdict() if found[group])


def _of_another(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether a figure is that of a named other: "61.4% for X", "while X solves 11.4%"."""
    other = _FOR.match(sentence.masked, match.end("value")) or _ITS_OWN.search(sentence.masked[: match.start("value")])
    if other is None:
        return False
    name = sentence.name(_first_of(other))
    if name.kind != "name" or reading.is_introduced(name.text):
        return False
    if not other.groupdict().get("first"):
        return True
    member = any(is_extension(name.text, own) for own in reading.introduced)
    systems = any(kind not in ("Dataset", "Benchmark") for kind in reading.introduced.values())
    return systems and names_a_model(name) and not member


_ACHIEVES = re.compile(
    rf"(?:(?P<name>{NAME})|\b[Ww]e|\b[Oo]ur (?:[a-z]+ ){{1,3}}|\b[Ii]t) ?(?:[a-z]+ly )?(?:achieves?"
    rf"|attains?|gets?|reach(?:es)?"
    r"|obtains?|scores?) (?:(?!and\b)[a-z-]+ ){0,4}$"
)


def _achieves(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the paper's own thing achieves the figure, and by which metric."""
    subject = _ACHIEVES.search(sentence.masked[: match.start()])
    return (
        bool(match["metric"])
        and subject is not None
        and (not subject["name"] or reading.is_introduced(sentence.name(subject["name"]).text))
    )


def _spoken_of(reading: Reading, index: int) -> Name | None:
    """Give the one benchmark that the sentence before names, or the text, if this one names none."""
    here = reading.sentences[index]
    if any(n.kind == "data" for n in here.names) or index < 2 or _ON_NAME.search(here.masked):
        return None
    before = _data_of(reading, reading.sentences[index - 1 : index])
    found = before or _data_of(reading, reading.sentences[1:])
    made = [name for name in found if reading.introduced.get(name) == "Dataset" and reading.main() != name]
    return next(iter(found.values())) if len(found) == 1 and not made else None  # rather to train on


_ON_NAME = re.compile(rf"\b[Oo]n (?:the )?(?:[a-z-]+ ){{0,2}}{NAME}")


def _data_of(reading: Reading, sentences: Sequence[Sentence]) -> dict[str, Name]:
    """Give the names of data in some sentences, by the form in which claims write them."""
    return {
        reading.written(n): n
        for sentence in sentences
        for position, n in enumerate(sentence.names)
        if is_data(reading, sentence, position, n)
    }


def _gained(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    for match in sentence.finditer(_GAINED):
        first, second, gain = float(match["a"]), float(match["b"]), float(match["gain"])
        if abs(abs(second - first) - gain) < _ROUNDING:
            better = match["a"] if first > second else match["b"]
            yield from _reported(reading, index, sentence.name(match["data"]), "-", better + match["p"])


#: By how much a stated gain may differ from the difference of two rounded figures.
_ROUNDING = 0.11
_DATA_LIST = Cue(
    rf"\bon (?:the )?(?:[a-z]+ ){{0,2}}(?:tasks |benchmarks |datasets )?(?:such as |like )?"
    rf"(?P<data>{NAME}(?:, {NAME})*,? and (?:the )?{NAME})"
)
_MEASURE = r"(?:top-\d|[A-Za-z][\w@-]*)(?: (?!and\b|of\b)[a-z-]+){0,2}"
#: "top-1 and top-5 error rates of 39.7% and 18.9%".
_METRICS_VALUES = Cue(
    rf"\b(?P<metrics>{_MEASURE}(?:, {_MEASURE})*,? and {_MEASURE}) of (?P<values>\d+(?:\.\d+)? ?%?(?:, \d+"
    rf"(?:\.\d+)? ?%?)*"
    rf",? and \d+(?:\.\d+)? ?%?)(?![\w.])"
)
#: "1.8/3.3 WER on the clean/other sets".
_SPLIT_VALUES = Cue(
    rf"(?<![\w./])(?P<values>\d+\.\d+(?:/\d+\.\d+)+) ?%? "
    rf"(?P<metric>{_METRIC.format('_')[len('(?P<_>') : -1]})\b"
)
_VALUE_LIST = re.compile(
    rf"(?:\b{_METRIC.format('before')}(?: scores?)? of )?(?P<values>(?<![\w.])\d+(?:\.\d+)? ?%?(?:, \d+(?:\.\d+)? ?%?)*"
    rf",? and \d+(?:\.\d+)? ?%?)(?![\w.])(?: {_METRIC.format('after')})?"
)


def _respective(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read lists of figures and of benchmarks of one length in pairs: "83.1, 87.4 and 84.5% on A, B and C"."""
    for listed in sentence.finditer(_DATA_LIST):
        names = sentence.names_in(*listed.span("data"))
        for match in _VALUE_LIST.finditer(sentence.masked):
            values = re.findall(r"\d+(?:\.\d+)?", match["values"])
            behind = match.start() > listed.end() and not re.search(
                r"[;:(]| on |\bfrom\b", sentence.masked[listed.end() : match.start()].replace("in terms of", "")
            )
            if len(values) != len(names) or not (match.end() <= listed.start() or behind) or _is_gain(sentence, match):
                continue
            percent = "%" if match["values"].rstrip().endswith("%") else ""
            metric = _metric_written(sentence, match["before"] or match["after"] or "-")
            for value, name in zip(values, names, strict=True):
                yield from _reported(reading, index, name, metric, value + percent)


def _by_metric(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read figures of several metrics on one benchmark in pairs: "top-1 and top-5 error rates of 39.7% and 18.9%"."""
    for match in sentence.finditer(_METRICS_VALUES):
        metrics = re.split(r",? and |, ", match["metrics"])
        values = re.split(r",? and |, ", match["values"])
        kind = metrics[-1].split(" ", 1)
        if (
            len(metrics) != len(values)
            or not re.fullmatch(_METRIC.format("m"), metrics[-1])
            or _is_gain(sentence, match)
        ):
            continue
        whole = [m if re.fullmatch(_METRIC.format("m"), m) else " ".join([m, *kind[1:]]) for m in metrics]
        for metric, value in zip(whole, values, strict=True):
            yield from _on_its_data(reading, index, sentence, match, re.sub(r"s$", "", metric), value.replace(" ", ""))
    for match in sentence.finditer(_SPLIT_VALUES):
        if not _is_gain(sentence, match):
            for value in match["values"].split("/"):
                yield from _on_its_data(reading, index, sentence, match, match["metric"], value)


def _on_its_data(
    reading: Reading, index: int, sentence: Sentence, match: re.Match[str], metric: str, value: str
) -> Iterator[Claim]:
    name = benchmark_of(reading, sentence, match)
    if name is not None:
        yield from _reported(reading, index, name, metric, value)


def _reported(reading: Reading, index: int, name: Name, metric: str, value: str) -> Iterator[Claim]:
    subject, benchmark = examinee(reading, index, name), reading.written(name)
    result = Result(benchmark=benchmark, metric=metric, value=value)
    yield reading.claim("evaluation.result", subject, "result", result, index)
    yield reading.claim("evaluation.on", subject, "evaluatedOn", benchmark, index)


#: The other figures of a list: "by 32%, 19% and".
_VALUES_BEFORE = re.compile(r"(?:\d+(?:\.\d+)? ?%?(?:, and|,| and) )+$")


def _is_gain(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the figure is a difference, a bound or a speed-up rather than a result."""
    after = sentence.masked[match.end("value" if "value" in match.re.groupindex else "values") :]
    group = "value" if "value" in match.re.groupindex else "values"
    before = _VALUES_BEFORE.sub("", sentence.masked[: match.start(group)])
    return bool(
        _GAIN.search(before)
        or _RIVAL.search(before)
        or _GAINS.search(before)
        or re.search(
            r"[<>]=? ?$|\b[A-Za-z]=$"
            r"|\b(?:baselines?|chance|random|loss|drop)(?: level)?(?: of)? ?\(?<?(?:[\d.]+ ?%? and )?$",
            before,
        )
        or re.match(
            r" ?%? (?:[\w@⟦⟧-]+ ){0,2}(?:reduction|drop|loss|gaps?|decrease|increase|gains?|improvements?|overhead"
            r"|savings?)\b|(?:,? and|,) [\d.]+ ?%? (?:[\w@⟦⟧-]+ ){0,2}(?:gains|improvements|reductions|increases)\b",
            after,
        )
        or re.match(r" ?% to \d", after)
        or ("data" not in match.re.groupindex and re.search(rf"{NAME}(?: [a-z]+){{0,3}} \($", before))
        or re.match(r" (?:[a-z-]+ )?(?:better|worse|higher|lower) than\b", after)
        or re.match(
            r" ?(?:points?|improvement|gain|above|below|ahead|behind|relative|absolute (?:gain|improvement)|higher"
            r"|lower|better|faster"
            r"|fewer|less|more|reduction|increase|speedup)",
            after,
        )
    )

"""Who beats whom, and who is on par: ``outperforms`` and ``matches``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.gazetteer import is_of_known_family
from kg.extract.lexicon import CLASS_NAMES
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.reading import ADVERBS, NAME, Reading, is_negated, listed_names
from kg.extract.rule import Rule
from kg.extract.rules import rules_for
from kg.model import PAPER, Claim
from kg.names import parse_name

__all__ = ["extract_comparisons"]

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been) (?:[a-z]+ly )?$")
#: "a model comparable to X": the name right before an adjective is what it describes.
_ADJECTIVAL = re.compile(r"^(?:comparable|competitive|on[ -](?:a )?par|superior|better|similar)")
_NOUN_CUE = re.compile(r"(?:improvement|gain|advantage|leap|speed-?up|win)")
_OTHERS_BEFORE = re.compile(r"\b(?:previous|prior|existing|other|state-of-the-art|conventional|traditional)\b[^⟦]*$")
_INITIALS = re.compile(r"[A-Z]{2,5}(?:e?s)?")
_OTHERS_BEHIND = re.compile(
    r" (?:[a-z]+ )?(?:baselines|agents|designs|capabilities|paradigms|methods|approaches|models|systems"
    r"|techniques|algorithms|variants)\b"
)
_BESIDE = re.compile(rf"{NAME} {ADVERBS}$")
_LITTLE = re.compile(r"\b(?:no|little|limited|marginal|minimal) (?:[a-z]+ ){0,2}$")
_PRONOUN = re.compile(r"\s+(?:it|them)\b")
_WHOLE = re.compile(r"[A-Z][\w-]*[A-Z]\w*")
_ITS_TEACHER = re.compile(r"\s+its teacher\b")
_TEACHER = re.compile(rf"\bteacher(?: model)?,? \(?(?:specifically|namely|i\.e\.,?|called)? ?(?P<name>{NAME})")
#: "we compare X with A and B, and find that raters prefer X over the others".
_SET_AGAINST = Cue(
    rf"\b[Ww]e (?:[a-z]+ )?compare (?:(?P<own>{NAME})|(?:our|the proposed|this) [a-z ]+|it) (?:with|to"
    rf"|against) (?P<others>[^;]*?),? and"
    rf" (?:show|find|demonstrate|observe)[^;]*?\b(?:prefer|outperforms?|better|superior"
    rf"|surpass(?:es)?)\b[^;]*?\b(?:other|these|all|the rest)\b"
)
_RESPECTIVELY = re.compile(r"^[^;⟦]{0,40}\brespectively\b")
#: "Compared to X, Y achieves better ...".
_COMPARED = Cue(
    rf"\b(?:[Cc]ompared? (?:to|with)|[Rr]elative to|[Ii]n comparison (?:to|with)|[Cc]ompared)"
    rf"(?= (?:(?!(?:and|or|on|in|by|with)\b)[\w'’-]+,? ){{0,7}}?{NAME})"
)
#: One name and a comma that begins the next clause, not a list.
_ONE = re.compile(rf"[^⟦,]*{NAME}[^⟦,]{{0,40}},(?! {NAME},| (?:and|or) )")
_GOOD = re.compile(
    r"\b(?:better|superior|strong(?:er)?|high(?:er)?|improv\w+|faster|enhanc\w+|advance\w*|advantages?|gains?|boost\w*"
    r"|speed-?ups?|reduc\w+|fewer|smaller|cheaper|lower\w*|outperform\w*|sav(?:es|ed|ing)|expands?|more [a-z]+"
    r"|favou?rabl[ey])\b"
)
_ACTS = re.compile(r" (?:is|are|has|achiev\w+|reach\w+|obtain\w+|needs?|uses|requires?|outperforms|shows?|yields?)\b")
_NOT_GOOD = re.compile(
    r"\b(?:comparable|similar(?:ly)?|competitive|on par|same|wors\w+|inferior|drop\w*|degrad\w+|lags?|underperform\w*"
    r"|evaluat\w+|we compare|limited|not|no|without)\b"
)
#: Behind those on a par: in what the subject is better all the same.
_CHEAPER = re.compile(
    r"[^;⟦]{0,40}?\b(?:but|yet|while|and)\b(?: [\w.×-]+){0,5}? (?:faster|cheaper|smaller|lighter|fewer"
    r"|less|more [a-z-]*efficient)\b"
)
_ACHIEVES = r"(?:achiev|solv|scor|attain|obtain|reach|get)(?:e?s|e|ing)"
_FIGURE = r"\d+(?:\.\d+)?"
#: "0.83 F1, versus 0.69 for X and 0.66 for Y"; "solves 28.8%, while X solves 0% and Y solves 11.4%".
_FIGURES = Cue(
    rf"\b(?P<what>{_ACHIEVES} [^.;⟦]{{0,80}}?)(?P<own>{_FIGURE}) ?%?(?P<unit>[^;⟦\d]{{0,60}}?),? \(?(?:"
    rf"(?:versus|vs\.?|compared (?:to|with)"
    rf"|against|from) (?P<for>{_FIGURE} ?%? for (?:the )?{NAME}(?:,? and {_FIGURE} ?%? for (?:the )?{NAME})*)"
    rf"|(?:while|whereas|compared (?:to|with)) (?:the )?(?P<they>{NAME} (?:only )?{_ACHIEVES} (?:only )?{_FIGURE} ?%?"
    rf"(?:,? and (?:the )?{NAME} (?:only )?{_ACHIEVES} (?:only )?{_FIGURE} ?%?)*))"
)
_OF_EACH = re.compile(rf"(?P<value>{_FIGURE}) ?%? for (?:the )?(?P<name>{NAME})")
_EACH_OF = re.compile(rf"(?P<name>{NAME}) (?:only )?{_ACHIEVES} (?:only )?(?P<value>{_FIGURE})")
#: Figures of which the smaller is the better.
_SMALL_IS_GOOD = re.compile(
    r"\b(?:errors?|WER|CER|RMSE|MAE|MSE|FID|loss|perplexity|latency|time|seconds|ms|memory|cost|distance|rates? of|FPR"
    r"|hallucinat\w+|parameters|failures?|attack)\b"
)


def extract_comparisons(reading: Reading) -> Iterator[Claim]:
    """Yield the comparisons that the sentences of a paper state, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not sentence.names:
            continue
        compared: list[str] = []
        before: list[str] = []
        cues = _cues(sentence)
        for rule, cue in cues:
            if is_negated(sentence, cue.start()) or _LITTLE.search(sentence.masked[: cue.start()]):
                continue
            subjects = _subjects(reading, index, sentence, cue)
            if before and set(subjects) & set(compared) and not _BESIDE.search(sentence.masked[: cue.start()]):
                subjects = before  # "X outperforms Y and doubles Z": it is X that doubles
            elif set(subjects) & set(compared) and not _BESIDE.search(sentence.masked[: cue.start()]):
                continue  # what was beaten first does not beat the next
            objects = _objects(reading, sentence, cue, compared)
            before = subjects
            compared += objects
            yield from _compare(reading, index, sentence, rule, cue, subjects, objects)
        yield from _by_figures(reading, index, sentence)
        yield from _set_against(reading, index, sentence)
        yield from _compared_to(reading, index, sentence, [cue.span() for _, cue in cues])


def _cues(sentence: Sentence) -> list[tuple[Rule, re.Match[str]]]:
    """Give the cues of a sentence in their order; of two that overlap, that of the first rule."""
    found: list[tuple[Rule, re.Match[str]]] = []
    for rule in rules_for("comparison", sentence.words):
        for cue in rule.cue.pattern.finditer(sentence.masked):
            if not any(cue.start() < other.end() and other.start() < cue.end() for _, other in found):
                found.append((rule, cue))
    return sorted(found, key=lambda pair: pair[1].start())


def _objects(reading: Reading, sentence: Sentence, cue: re.Match[str], compared: list[str]) -> list[str]:
    """Give what stands behind a cue; "it" and "them" are what the sentence compared with before."""
    by = re.compile(r"\s*by\b").match(sentence.masked, cue.end()) if _is_passive(sentence, cue) else None
    teacher = _ITS_TEACHER.match(sentence.masked, cue.end()) and _TEACHER.search(sentence.masked[: cue.start()])
    if teacher:
        return [reading.written(sentence.name(teacher["name"]))]
    pronoun = _PRONOUN.match(sentence.masked, cue.end())
    if pronoun:
        return list(compared) or [
            reading.written(n)
            for n in sentence.names_in(0, cue.start())[:1]
            if n.kind == "name" and not reading.is_introduced(n.text)
        ]
    listed = listed_names(sentence, by.end() if by else cue.end())
    kept = [n for n in listed if n.kind == "name" and not _is_class(reading, sentence, n)]
    return [part for n in kept for part in _parts(reading.written(n))]


def _parts(name: str) -> list[str]:
    """Take "GRPO/PPO" as two names, where each half is one by itself."""
    parts = name.split("/")
    return parts if len(parts) > 1 and all(_WHOLE.fullmatch(part) for part in parts) else [name]


def _is_passive(sentence: Sentence, cue: re.Match[str]) -> bool:
    return _PASSIVE.search(sentence.masked[: cue.start()]) is not None


def _is_class(reading: Reading, sentence: Sentence, name: Name) -> bool:
    """Tell whether a name only tells which others are meant: "previous ConvNets", "state-of-the-art VFL baselines"."""
    symbol = sentence.symbol(name)
    at = sentence.masked.find(symbol)
    if "@" in name.text:  # "metrics, including HR@10"
        return True
    if reading.is_introduced(name.text) or is_of_known_family(name.text):
        return False
    if _INITIALS.fullmatch(name.text) and (
        name.text.endswith("s") or _OTHERS_BEHIND.match(sentence.masked, at + len(symbol))
    ):
        return True
    if not _OTHERS_BEFORE.search(sentence.masked[:at]):
        return False
    return name.text.casefold() in CLASS_NAMES or bool(
        _OTHERS_BEHIND.match(sentence.masked, at + len(symbol)) and not parse_name(name.text).sized
    )


def _compare(
    reading: Reading,
    index: int,
    sentence: Sentence,
    rule: Rule,
    cue: re.Match[str],
    subjects: list[str],
    objects: list[str],
) -> Iterator[Claim]:
    if not objects:
        return
    if (_is_passive(sentence, cue) and re.match(r"\s*by\b", sentence.masked[cue.end() :])) or rule.reversed:
        subjects, objects = objects, subjects
    strict_too = rule.id == "comparison.either" and re.search(r"\beven\b", cue[0])
    pairs = [(s, o) for s in subjects for o in objects]
    if len(subjects) == len(objects) > 1 and _says_respectively(sentence, cue):
        pairs = list(zip(subjects, objects, strict=True))
    for subject, obj in pairs:
        if subject == obj or (subject == PAPER and reading.is_introduced(obj)) or (rule.reversed and obj == PAPER):
            continue
        yield reading.claim(rule.id, subject, rule.predicate, obj, index)
        if strict_too:
            yield reading.claim(rule.id, subject, "outperforms", obj, index)
        if rule.id == "comparison.draw" and _is_cheaper(reading, sentence, cue, obj):
            yield reading.claim("comparison.cheaper-draw", subject, "outperforms", obj, index)


def _is_cheaper(reading: Reading, sentence: Sentence, cue: re.Match[str], obj: str) -> bool:
    """Tell whether the words behind a name on a par say that the subject is faster or smaller than it."""
    at = next(
        (m.end() for m in re.finditer(NAME, sentence.masked[cue.end() :]) if reading.written(sentence.name(m)) == obj),
        -1,
    )
    return at >= 0 and _CHEAPER.match(sentence.masked, cue.end() + at) is not None


def _by_figures(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read who has the better figure, where both are given: "28.8%, while X solves 11.4%"."""
    for match in sentence.finditer(_FIGURES):
        if _SMALL_IS_GOOD.search(match["what"] + match["unit"]):
            continue
        others = _OF_EACH.finditer(match["for"]) if match["for"] else _EACH_OF.finditer(match["they"])
        for subject in _subjects(reading, index, sentence, match):
            for other in others:
                obj = reading.written(sentence.name(other["name"]))
                if float(match["own"]) > float(other["value"]) and obj != subject:
                    yield reading.claim("comparison.figures", subject, "outperforms", obj, index)


def _set_against(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read "we compare X with A and B, and find that raters prefer X over the others"."""
    for match in sentence.finditer(_SET_AGAINST):
        subject = reading.written(sentence.name(match["own"])) if match["own"] else reading.main(index)
        for name in sentence.names_in(*match.span("others")):
            if name.kind == "name" and reading.written(name) != subject:
                yield reading.claim("comparison.compared-to", subject, "outperforms", reading.written(name), index)


def _says_respectively(sentence: Sentence, cue: re.Match[str]) -> bool:
    last = list(re.finditer(NAME, sentence.masked[cue.end() :]))
    return bool(last) and _RESPECTIVELY.match(sentence.masked[cue.end() + last[-1].end() :]) is not None


def _subjects(reading: Reading, index: int, sentence: Sentence, cue: re.Match[str]) -> list[str]:
    left = sentence.masked[: cue.start()]
    beside = re.search(rf"\b(?:and|making) (?P<name>{NAME}) $", left)
    if beside and _ADJECTIVAL.match(cue[0]) and sentence.name(beside["name"]).kind == "name":
        return [reading.written(sentence.name(beside["name"]))]
    examples = re.search(
        rf"\b(?:such as|like|including) (?P<names>{NAME}(?:(?:, and|,| and) {NAME})*),? {ADVERBS}$", left
    )
    if examples:
        return [reading.written(n) for n in sentence.names_in(*examples.span("names")) if n.kind == "name"]
    absolute = re.search(rf"\bwith (?:the )?(?P<name>⟦n\d+⟧) {ADVERBS}$", left) if cue[0].endswith("ing") else None
    if absolute:  # "results differ, with X outperforming Y"
        return [reading.written(sentence.name(absolute["name"]))]
    measured = re.search(rf"{NAME} $", left) if _NOUN_CUE.match(cue[0]) else None  # "significant SNR gains over"
    subjects = reading.subjects(index, measured.start() if measured else cue.start())
    own = [reading.written(n) for n in sentence.names_in(0, cue.start()) if reading.is_introduced(n.text)]
    if own and (not subjects or re.search(rf"\b[Oo]ur {NAME} $", left)):
        return own[-1:]
    gerund = re.match(r"[A-Z][a-z]+ing\b", left) and not re.search(NAME, left)  # "Tuning one matrix outperforms X"
    if not subjects and (gerund or re.search(r"\b(?:[Ww]e|[Oo]urs?|[Tt]his|[Tt]hese)\b", left)):
        return [reading.main(index)]
    if not subjects and cue[0].endswith("ing") and _FIGURES_SHOW.match(left):
        return [reading.latest(index)]
    return subjects


#: "Evaluations show strong performance on D, outperforming X": of what the sentences before speak.
_FIGURES_SHOW = re.compile(
    r"(?:[A-Z][a-z]+ )?(?:(?:[Ee]valuations?|[Ee]xperiments?|[Rr]esults|[Tt]ests|[Aa]nalyses"
    r"|[Bb]enchmarks)\b[^,;]{0,40}"
    r"\b(?:shows?|demonstrates?|reveals?|confirms?|indicates?|achieves?)|On )\b"
)


def _compared_to(reading: Reading, index: int, sentence: Sentence, covered: list[tuple[int, int]]) -> Iterator[Claim]:
    """Read "compared to X" where the clause beside it says that something is better."""
    masked = sentence.masked
    for cue in sentence.finditer(_COMPARED):
        if any(cue.start() < end and start < cue.end() for start, end in covered) or is_negated(sentence, cue.start()):
            continue
        comma = _ONE.match(masked, cue.end())
        limit = comma.end() - 1 if comma else None
        listed = [n for n in listed_names(sentence, cue.end(), limit=limit) if n.kind == "name"]
        if len(listed) > 1 and _ACTS.match(
            masked[masked.find(sentence.symbol(listed[-1])) + len(sentence.symbol(listed[-1])) :]
        ):
            spoken_of = listed.pop()  # "compared to A and B, X is faster"
        else:
            spoken_of = None
        if not listed:
            continue
        first = not masked[: cue.start()].strip() or cue[0][0].isupper()
        if spoken_of is not None:
            clause = masked[masked.find(sentence.symbol(spoken_of)) :].partition(";")[0]
            subjects = [reading.written(spoken_of)]
        elif first:
            comma_at = masked.find(", ", masked.find(sentence.symbol(listed[-1]), cue.end()))
            clause = masked[comma_at:] if comma_at > 0 else ""
            subjects = _subject_ahead(reading, index, sentence, clause)
        else:
            clause = re.split(r";|, (?:and|but|while)\b", masked[: cue.start()])[-1]
            subjects = _subjects(reading, index, sentence, cue)
        if not _GOOD.search(clause) or _NOT_GOOD.search(clause):
            continue
        for subject in subjects:
            for name in listed:
                obj = reading.written(name)
                if obj != subject and not (subject == PAPER and reading.is_introduced(obj)):
                    yield reading.claim("comparison.compared-to", subject, "outperforms", obj, index)


def _subject_ahead(reading: Reading, index: int, sentence: Sentence, clause: str) -> list[str]:
    """Give who a clause behind "Compared to X" speaks of: the name that it begins with, "our model", "it" or "we"."""
    named = re.match(rf", (?:the |our |an? )?(?:[a-z]+ ){{0,2}}?(?P<name>{NAME})", clause)
    if named and sentence.name(named["name"]).kind == "name":
        return [reading.written(sentence.name(named["name"]))]
    if re.match(r", (?:our|we|this|the proposed|the resulting)\b", clause):
        return [reading.main(index)]
    return [reading.latest(index)] if re.match(r", (?:it|they|the)\b", clause) else []

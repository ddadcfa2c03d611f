"""Data: ``trainedOn`` and ``evaluatedOn``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.lexicon import DATA_NOUN
from kg.extract.mentions import Name, Sentence, name_symbol
from kg.extract.relations.data import examinee, is_data, names_a_model
from kg.extract.relations.reading import NAME, Reading, is_negated
from kg.extract.relations.results import extract_results
from kg.model import PAPER, Claim

__all__ = ["extract_evaluations"]

_EVALUATES = Cue(
    r"\b(?:evaluat\w+|experiments?|benchmark\w*|achiev\w+|attain\w*|reach\w*|obtain\w*|scor\w+"
    r"|outperform\w*|surpass\w*|exceed\w*|match\w*|accuracy|performance|results?|state[- ]of[- ]the[- ]art"
    r"|SOTA|improv\w+|enhanc\w+|increas\w+|reduc\w+|boost\w*|degrad\w+"
    r"|pass@\d+|tested|tests?|validat\w+|demonstrat\w+|solv\w+|F1|BLEU|mAP|FID|error|perplexity|rank\w*"
    r"|characteri[sz]e[sd]?|assess(?:ed)?|competitive|comparable|gains?|speedup|yields?|measured?"
    r"|set a new|record|success rates?|analys[ei]s"
    r"|preference rate|sample quality|parity)\b"
)
_TRAINED = (
    r"\b(?:(?:pre-?|fine-?|over)?train(?:ed|ing|s)?|(?:fine-?|instruction-?)?tun(?:e|ed|ing)|train)\b"
    r"(?!-free\b)(?! (?:[a-z-]+ ){0,2}?(?:models?|LLMs?|resources|methods?|baselines|chat|compute|data\b(?! of)"
    r"|agents?|networks?|filters?|guardrails?|objectives?|recipes?|strateg(?:y|ies)|techniques?"
    r"|frameworks?|paradigms?)\b)"
)
#: What may stand between the training and its data, at most the model that is trained.
_TRAINS = Cue(
    rf"{_TRAINED}(?:(?!\b(?:evaluat\w+|outperform\w*|achiev\w+|deliver\w*|perform\w*|test\w*|that|is|state-of-the-art"
    rf"|which)\b)[^.;:⟦()]|⟦n\d+⟧|\([^();]*\))"
    r"{0,60}?(?:\bon|\bwith|\busing|\bfrom|\bover)\b(?: (?:the|a|an|our|its|both|only"
    r"|large-scale|publicly available|public|curated|open))*"
    r"(?: (?:over |about |around |more than )?\d[\w.,]* ?(?:[KMGT]B|hours|tokens|documents|images|pairs|samples) of)?"
    r"(?: [\w-]+){0,4}?(?:(?: of [a-z ]{1,30})? called)? (?=\"?⟦[nd])"
)
_SOURCE = Cue(
    rf"\b(?:tokens|data|text|texts|documents|corpus) (?:[a-z]+ly )?(?:sourced|collected|drawn|extracted"
    rf"|curated|sampled) from"
    rf" (?:the )?(?={NAME})|\busing (?:[\w-]+ ){{1,6}}?(?:data|hours|part|subset|portion|speech|text) (?:of"
    rf"|from) (?:the )?(?=⟦d)"
    rf"|\busing (?:[\w-]+ ){{2,7}}?(?=⟦d\d+⟧ data\b)"
    rf"|\b(?:data mix(?:ture)?|corpus|dataset|data set|training set)(?: of [^,;.⟦]{{1,40}})? (?:called"
    rf"|named|dubbed) (?={NAME})"
    rf"|\b(?:only using|using only|only uses?|uses? only|with only) (?:the )?(?=⟦d)"
)
_RUN = re.compile(
    rf"(?:(?:the |a |an |both )?(?:[a-z-]+ ){{0,2}}?\"?{NAME}\"?(?: \([^()]*\))?(?: (?:[a-z-]+ ){{0,2}}?{DATA_NOUN})?"
    rf"(?:, and |, | and | \+ )?)+"
)
_DATA_BEHIND = re.compile(rf"^\"?(?: [a-z-]+){{0,2}} {DATA_NOUN}\b|^\"? ?(?:corpus|data|dump)\b")
_PLACE = re.compile(
    r"(?:\b(?:on|across|over|in|at|for|with|using|to|of|including|and|such as|like|from|namely|both)|,"
    r"|\((?:e\.g\.,?|i\.e\.,?|such as)?)(?: (?:the|a|an|both|various|challenging|popular|five-shot|zero-shot"
    r"|few-shot|large-scale"
    r"|[a-z]+-[a-z-]+|[a-z]+|\d+x\d+|\d+k?))*? ?(?:\"|“|``)?$",
    re.IGNORECASE,
)
_TUNED_THEN_TESTED = re.compile(
    r"\bfine-?tuned on ⟦d\d+⟧[^.;]*\b(?:achiev|accuracy|state-of-the-art|outperform|reach|obtain)"
)
#: "outperforms full training on": what is behind "on" is the test.
_IS_BEATEN = re.compile(r"\b(?:outperform|surpass|exceed|beat)\w* (?:[\w-]+ ){0,3}$")
#: What is done to data is no test on it: "we extend X", "a translation of X".
_MADE_OF = re.compile(
    r"(?<!-)\b(?:extend|enrich|augment|expand|annotat|translat|adapt|convert)(?:e?s|e|ing)? (?:the )?$"
    r"|\b(?:derived|collected|built|constructed|sourced|drawn|sampled|curated|extracted) from (?:the )?(?:[a-z-]+ )*$"
    r"|\bagainst (?:[a-z]+ )*\([^()]*$"
    r"|\b(?:translation|extension|adaptation|version|successor) of (?:the )?$"
)
#: A sentence about others: what is named there is not the paper's own test.
_BACKGROUND = re.compile(
    r"^(?:As [^,]*, |[A-Z]\w+, )?(?:[Rr]esearchers|[Tt]he (?:[a-z]+ ){0,2}community|[Nn]umerous|[Mm]any"
    r"|[Ss]everal works"
    r"|[Ee]xisting|[Cc]urrent|[Pp]rior|[Pp]revious|[Tt]raditional|[Mm]ost)\b"
    r"|^[^,;]*\b(?:has|have) (?:traditionally|historically|long)\b"
)


def extract_evaluations(reading: Reading) -> Iterator[Claim]:
    """Yield what the paper's artefacts were trained and evaluated on, and the figures reported, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not sentence.names:
            continue
        trained = _trained_on(reading, sentence)
        for name, position in trained:
            for subject in _trainee(reading, index, sentence, name, position):
                yield reading.claim("evaluation.trained-on", subject, "trainedOn", reading.written(name), index)
        yield from _developed(reading, index, sentence)
        yield from _own_training_data(reading, index, sentence)
        yield from _made_for_it(reading, index, sentence)
        if sentence.search(_EVALUATES) and not _is_background(reading, sentence):
            yield from _evaluated_on(reading, index, sentence, [name for name, _ in trained])
            yield from extract_results(reading, index, sentence)


def _is_background(reading: Reading, sentence: Sentence) -> bool:
    return (
        _BACKGROUND.match(sentence.masked) is not None
        and not re.search(r"\b(?:[Ww]e|[Oo]ur)\b", sentence.masked)
        and not any(reading.is_introduced(name.text) for name in sentence.names)
    )


#: "Experiments on X and a new data set (Y)".
_EXPERIMENTS = re.compile(r"(?:[A-Z][a-z]+ )?(?:[Ee]xperiments|[Ee]valuations?) on\b")


def _evaluated_on(reading: Reading, index: int, sentence: Sentence, trained: list[Name]) -> Iterator[Claim]:
    for position, name in enumerate(sentence.names):
        if (name in trained and not _TUNED_THEN_TESTED.search(sentence.masked)) or not is_data(
            reading, sentence, position, name
        ):
            continue
        written = reading.written(name)
        made_here = reading.introduced_in.get(written) == index and not _EXPERIMENTS.match(sentence.masked)
        if made_here or not _is_place(sentence, position, name):
            continue
        subject = examinee(reading, index, name)
        if written in reading.introduced and not _tested_on(sentence, position, name):
            continue
        if subject != written:
            yield reading.claim("evaluation.on", subject, "evaluatedOn", written, index)


def _tested_on(sentence: Sentence, position: int, name: Name) -> bool:
    """Tell whether the paper's own data is where something is tested, rather than what the sentence is about."""
    before = sentence.masked[: sentence.masked.find(name_symbol(name, position))]
    return re.search(r"\b(?:[Oo]n|[Uu]sing|[Ww]ith|across|over)(?: (?:the|our|both|[a-z-]+))? $", before) is not None


#: "X, a fine-grained Y benchmark": Y tells what X is.
_DESCRIBED = re.compile(rf"{NAME}(?: \([^()]*\))?, an? (?:[a-z-]+ ){{0,4}}$")


def _is_place(sentence: Sentence, position: int, name: Name) -> bool:
    """Tell whether a name stands where the place of a test does: "on X", "benchmarks (X", or first of all."""
    symbol = name_symbol(name, position)
    at = sentence.masked.find(symbol)
    before = sentence.masked[:at]
    if (
        is_negated(sentence, at)
        or re.match(r" (?:training )?data\b(?! ?sets?\b)", sentence.masked[at + len(symbol) :])
        or _MADE_OF.search(before)
    ):
        return False
    if _DESCRIBED.search(before):
        return False
    return (
        bool(
            _PLACE.search(before)
            or re.search(
                rf"{NAME}(?: \([^()]*\))?,? (?:and )?$|{DATA_NOUN},?(?: named| called| --?| –| —)? $"
                rf"|(?:datasets?|data sets"
                rf"|benchmarks?|suites): $|[Oo]n (?:the )?$",
                before,
            )
            or (
                re.search(r"\b(?:improv|boost|enhanc|increas|rais)(?:e?s|ing|ed) $", before)
                and re.match(
                    rf"(?:, {NAME})*,? and {NAME} (?:performance|accuracy|scores?|results)\b",
                    sentence.masked[at + len(symbol) :],
                )
            )
        )
        or before == ""
    )


_RIGHT_ON = re.compile(r"\b(?:on|with|using|from|over)(?: (?:the|our|this|a|an|both|[a-z]+-[a-z]+|[a-z]+ed))* $")
_TUNED_ON = re.compile(r"\b(?:train|tun)(?:ed|ing) (?:on|with) (?:the |our )?$")
_FROM_DATA = re.compile(r"\b(?:data|texts?|corpora|sequences|documents|images|pairs) from (?:the )?$")
_CALLED = ("called", "named", "dubbed")
_TRAINING = re.compile(r"\b(?:pre-?|fine-?)?(?:train(?:ed|ing)|tun(?:ed|ing))\b")
#: "Leveraging D, we develop M".
_DEVELOPED = Cue(
    rf"\b(?:[Ll]everaging|[Uu]sing|[Ww]ith|[Uu]tilizing|[Bb]uilding on|[Bb]ased on) (?:the |our )?(?P<data>{NAME})"
    rf"(?: [a-z]+)?, we (?:[a-z]+ )?(?:develop|train|build|present|introduce|propose|obtain"
    rf"|fine-?tune) (?:the )?(?:[a-z]+ ){{0,2}}?(?P<model>{NAME})"
)


#: "To evaluate our model, we introduce B": B is what it is evaluated on.
_TO_EVALUATE = re.compile(
    rf"^To (?:[a-z]+ )?(?:(?P<trains>train)|(?:train and )?(?:evaluate|assess|test|measure|benchmark"
    rf"|validate)) (?:(?:the|our|its"
    rf"|this) [^⟦]{{0,60}}|{NAME}), we (?:[a-z]+ )?"
    rf"(?:introduce|construct|build|create|propose|develop|curate|present) (?:[\w-]+ ){{0,6}}?(?P<data>{NAME})"
)


def _made_for_it(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read "To evaluate our model, we introduce B", where the paper is on a model or method."""
    match = _TO_EVALUATE.match(sentence.masked)
    if not match:
        return
    data, main = reading.written(sentence.name(match["data"])), reading.main()
    if match["trains"] and reading.introduced.get(data) in _DATA_KINDS and main != PAPER:
        yield reading.claim("evaluation.trained-on", main, "trainedOn", data, index)
    elif reading.introduced.get(data) in _DATA_KINDS and reading.introduced.get(main, "Benchmark") not in _DATA_KINDS:
        yield reading.claim("evaluation.on", main, "evaluatedOn", data, index)


def _developed(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read "Leveraging D, we develop M", where D is data and M a model of the paper."""
    for match in sentence.finditer(_DEVELOPED):
        data, model = (reading.written(sentence.name(match[group])) for group in ("data", "model"))
        known = sentence.name(match["data"]).kind == "data" or reading.introduced.get(data) == "Dataset"
        if known and reading.introduced.get(model) == "Model":
            yield reading.claim("evaluation.trained-on", model, "trainedOn", data, index)


def _own_training_data(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Take data that a paper about a model introduces as what the model is trained on, where training is spoken of."""
    main = reading.main()
    near = reading.sentences[index - 1].masked + " " + sentence.masked
    if reading.introduced.get(main) != "Model" or not _TRAINING.search(near) or _TEST_DATA.search(sentence.masked):
        return
    for name, kind in reading.introduced.items():
        if kind == "Dataset" and reading.introduced_in[name] == index and name not in main:
            yield reading.claim("evaluation.trained-on", main, "trainedOn", name, index)


_DATA_KINDS = ("Dataset", "Benchmark")
_TEST_DATA = re.compile(r"\b(?:evaluat\w+|benchmark\w*|test(?:ing|ed|s)?)\b")


def _trained_on(reading: Reading, sentence: Sentence) -> list[tuple[Name, int]]:
    """Give the names of data that something is trained on, each with the place of its cue."""
    found: list[tuple[Name, int]] = []
    for pattern in (_TRAINS, _SOURCE):
        for cue in sentence.finditer(pattern):
            if (
                is_negated(sentence, cue.start())
                or _IS_BEATEN.search(sentence.masked[: cue.start()])
                or (pattern is _SOURCE and not re.search(r"train|tun(?:ed|ing)|using|uses?\b", sentence.masked))
            ):
                continue
            if pattern is _SOURCE and cue[0].rstrip().endswith(_CALLED) and not _TRAINING.search(sentence.masked):
                continue  # a data set may be made for tests
            run = _RUN.match(sentence.masked[cue.end() :])
            for match in re.finditer(NAME, run[0]) if run else ():
                name = sentence.name(match[0])
                after = sentence.masked[cue.end() + match.end() :]
                before = sentence.masked[: cue.end() + match.start()]
                kind = reading.introduced.get(reading.written(name))
                own = (kind == "Dataset" and _RIGHT_ON.search(before)) or (
                    kind == "Benchmark" and _TUNED_ON.search(before)
                )
                from_data = name.kind == "name" and _FROM_DATA.search(cue[0]) and not names_a_model(name)
                if (
                    name.kind == "data"
                    or own
                    or from_data
                    or _is_data_here(name, after)
                    or cue[0].rstrip(' "').endswith("called")
                ):
                    found.append((name, cue.start()))
    return found


#: Sizes and languages are no names of data: "a 35GB corpus", "a Korean-English corpus", "five scRNA-seq datasets".
_NO_DATA = re.compile(r"[\d.]+ ?[KMGT]?B|(?:[A-Z][a-z]+(?:an|ese|ish|ic|i|ch|hai|lish)-?)+")
_MANY = re.compile(r"^\"?(?: [a-z-]+){0,2} (?:datasets|corpora|data sets|benchmarks|collections)\b")


def _is_data_here(name: Name, after: str) -> bool:
    """Tell whether the noun behind a name makes it data, rather than the name the data's kind, size or language."""
    return bool(_DATA_BEHIND.match(after)) and not _NO_DATA.fullmatch(name.text) and not _MANY.match(after)


#: The model that is trained, right before the verb: "the GIT model was trained on".
_JUST_BEFORE = re.compile(
    r"(?P<name>⟦n\d+⟧)(?: models?)?,?(?: (?:is|are|was|were|has been|which|that))* (?:[a-z]+ly )?$"
)


def _trainee(reading: Reading, index: int, sentence: Sentence, name: Name, position: int) -> list[str]:
    """Say what is trained: the model named behind the verb, the subject before it, or what the text speaks of."""
    at = sentence.masked.find(name_symbol(name, sentence.names.index(name)))
    objects = [n for n in sentence.names_in(position, at) if n.kind == "name"]
    owner = re.search(r"(?P<name>⟦n\d+⟧) with (?:[a-z-]+ )?$", sentence.masked[:position])
    if owner:
        return [reading.written(sentence.name(owner["name"]))]
    other = _JUST_BEFORE.search(sentence.masked[:position])
    if (
        other
        and not reading.is_introduced(sentence.name(other["name"]).text)
        and not sentence.name(other["name"]).concept
    ):
        return [reading.written(sentence.name(other["name"]))]
    named = [s for s in reading.subjects(index, position) if s in reading.introduced]
    if objects and not reading.is_introduced(objects[0].text) and named:
        return named
    if objects and re.match(rf"\S+ (?:the |a |an |our )?(?:[\w-]+ )?{NAME}", sentence.masked[position:]):
        return [reading.written(objects[0])]
    own = [
        s for s in reading.subjects(index, position) if s == PAPER or reading.introduced.get(s) in ("Model", "Method")
    ]
    return own or [s for s in [examinee(reading, index, name)] if reading.introduced.get(s) not in _DATA_KINDS]

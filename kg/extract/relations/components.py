"""What a system contains or is built around: ``usesComponent``. A component is no ancestor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.gazetteer import is_of_known_family
from kg.extract.lexicon import CLASS_NAMES, TECHNIQUES, type_of_phrase
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.data import names_a_model
from kg.extract.relations.named_parts import PART_NAMED
from kg.extract.relations.reading import NAME, Reading, is_near, is_negated, listed_names
from kg.extract.rule import Rule
from kg.extract.rules import all_rules, rules_for
from kg.model import PAPER, Claim
from kg.names import parse_name

__all__ = ["COMPONENT_NOUN", "extract_components"]


#: Nouns that say that a named thing is a part of another.
COMPONENT_NOUN = (
    r"(?:encoders?|backbones?|decoders?|retrievers?|tokenizers?|vocoders?|embeddings?|features?|engine"
    r"|module|head|planner|judge|captioner|detector|simulator|renderer|codec|prior|planner|generator"
    r"|verifier|expert|language model|LLM|vision encoder|text encoder|image encoder|physics engine)"
)
_BACKBONE = re.compile(rf"(?P<name>{NAME})(?:'s|-based)? (?:[a-z-]+ ){{0,2}}?{COMPONENT_NOUN}\b")
#: What a name that says itself that it is a part ends with.
_MODULE_NAME = re.compile(
    r"(?:Embedding|Attention|Module|Block|Layer|Encoder|Decoder|Head|Tokenizer|Adapter|Fusion|Sampler|Router)s?$"
)
#: Verbs by which a system has its parts.
_HAS = re.compile(
    r"\b(?:us(?:es?|ing|ed)|leverag\w+|employ\w*|utili[sz]\w+|with|combin\w+|integrat\w+|compris\w+"
    r"|consist\w*|compos\w+"
    r"|adopt\w*|based|built|incorporat\w+|equipped|via|through|featur\w+|has|have|connect\w*|coupl\w*|on top of|aligns?"
    r"|bridg\w+|generates|predicts|relies on|augment\w*|merg\w+|passed to|fed to|fed into|processed by"
    r"|initiali[sz]\w+)\b[^;:]*$"
)
_COMPARES = re.compile(
    r"\b(?:than|outperform\w*|over|surpass\w*|compared?|comparable|competitive|evaluat\w+|unlike|[Ee]xisting"
    r"|[Pp]revious|[Pp]rior|[Cc]onventional|[Tt]raditional"
    r"|experiments?|tested|across|baselines?|match\w*|replac\w+|inherit\w+|instead|vs\.?|versus|without)\b|\d $"
)
#: "an X backbone", "the X vision encoder".
_WITH_NOUN = Cue(
    rf"(?P<name>{NAME})(?: \([^()]*\))?(?:'s|-based(?P<adjective>(?: [a-z-]+){{1,3}}?)??)? (?:(?:[a-z]+-)?(?:vision"
    rf"|visual|image|text|speech"
    rf"|audio|video|frozen"
    r"|language|feature|speech-|pre-?trained) ){0,2}(?:(?:[a-z]+ )?(?:encoders?|backbones?|decoders?)|retrievers?"
    r"|tokenizers?|vocoders?"
    r"|language models?|LLMs?|modules?|layers|blocks|features|embeddings?|latents|transcripts|priors?|codecs?|judges?"
    r"|rewards?|adapters?|(?P<loose>classifiers?|detectors?|evaluators?|planners?|scor(?:ers?|ing)|graders?))\b"
)
#: Anything has features, blocks and layers: only a model's are a part.
_MANY_HAVE = re.compile(r" (?:features|blocks|layers|latents|transcripts|rewards?)$")
#: "leveraging X", "our method employs the X model to ...", where X is a known model.
_USED = Cue(
    rf"\b(?:(?:[Ll]everag|[Ee]mploy|[Ii]ncorporat|[Ii]ntegrat|[Aa]dopt|[Uu]tili[sz]|[Uu]s)(?:e?s|ing)"
    rf"|[Ww]e (?:leverage|employ|use"
    rf"|adopt|utili[sz]e|incorporate|integrate)) (?:the |an? |both )?(?:(?:frozen|powerful|large"
    rf"|lightweight|advanced|existing"
    rf"|publicly available|open-source|state-of-the-art|pre-?trained|original|[a-z]+-[a-z]+) ){{0,2}}"
    rf"(?P<used>{NAME}(?:(?:, and|,| and) (?:the )?{NAME})*)(?P<behind>.{{0,30}})"
)
#: "with X", "using X", "via X": X is a known model that does a part of the work.
_WITH = Cue(
    rf"\b(?:(?:combin|integrat|leverag|us|harness|exploit|utili[sz]|transfer|inherit|distil"
    rf"|tap)\w* (?:[\w-]+ ){{1,4}}?(?:of|from)"
    rf"|[Ww]ith|[Uu]sing|[Vv]ia|[Tt]hrough|prompt(?:ing|s)?|quer(?:y|ies|ying)|[Ff]rozen|off-the-shelf|underlying"
    rf"|[Aa]round) (?:the |an? |both )?(?:(?:frozen|powerful|pre-?trained|off-the-shelf|small|large"
    rf"|lightweight|open-source|proprietary|foundation|multimodal|language|vision-language|vision|models?"
    rf"|LLM|VLM|MLLM) ){{0,4}}"
    rf"(?P<used>{NAME}(?:(?:, and|,| and) (?:the )?{NAME})*)(?P<behind>.{{0,30}})"
)
#: Words that want another reading of "with X": compared, made or seen together.
_OTHER_WITH = re.compile(
    r"\b(?:evaluate[sd]?|than|outperform\w*|over|surpass\w*|compar\w+|competi\w+|par|parity|similar\w*"
    r"|consistent\w*|along"
    r"|correlat\w*|contrast\w*|unlike|existing|previous|prior|experiments?|studies|baselines?|match\w*"
    r"|replac\w+|inherit\w+|instead|vs\.?|versus|without|rivals?|beats?|equal|agree\w*|interact\w*|conversations?"
    r"|generated|written|created|released|trained|tun(?:ed|ing)|aligned|alignment|inspired|associated|compatib\w+"
    r"|integrates?|combin(?:e[sd]?|ing) [^,;]*|starting|collaborat\w+|partner\w+|shar\w+|start\w*|benchmark\w*|gap"
    r"|observed|issues?|problems?|experience|aligns)\b[^,;:]*$|\bcomparing [^;:]*$"
)
_ABSOLUTE = re.compile(r"(?: \([^()]*\))? (?:[a-z]+ )?(?!using)[a-z]+ing\b|'s |-\w")
#: "we evaluate our method": what follows tells with what.
_OWN_TESTED = re.compile(
    rf"\b[Ww]e (?:[a-z]+ )?(?:evaluate|test|validate|demonstrate)d? (?:(?P<name>{NAME})|(?:our|this|the) [a-z]+|it\b)"
)
#: "Unlike A, our method ...": what follows is no comparison.
_CONTRAST = re.compile(r"^(?:[Cc]ompared|[Uu]nlike|[Ii]n contrast|[Ii]nstead of|[Dd]ifferent from|[Bb]eyond)\b[^,]*, ")
#: "..., we establish": but what we find, show or measure is a study.
_WE_MAKE = re.compile(
    r", we (?!(?:[a-z]+ly )?(?:find|show|evaluat|analy|observ|stud|investigat|compar|measur|test|examin"
    r"|assess|demonstrat|explor|track))"
)
_TRAINS = re.compile(r"\b(?:fine-?tun|train|evaluat|test|compar)\w* [^,;]*$")
_BY_WHICH = re.compile(r"^(?:With|By|Through|Using|Via) ")
_PASSIVE = re.compile(r"\b(?:was|were|is|are) (?:[a-z]+ly )?[a-z]+(?:ed|[^m]en|ilt|ought|own)\b")
#: What is used so is a yardstick, not a part.
_YARDSTICK = re.compile(
    r"(?:'s|-\w| (?:as (?:an? )?(?:baselines?|test ?bed|case study)|benchmarks?|evaluation|protocols?|datasets?"
    r"|to (?:evaluate|assess|test|compare)|for (?:evaluation|comparison)|(?:[a-z]+ )?(?:data|captions?|images|imagery"
    r"|transcripts|outputs|rollouts|APIs?|tokeni[sz]ation))\b)"
)
#: A sentence about what is studied, or made by others, with a model.
_STUDIED = re.compile(
    r"\b(?:stud(?:y|ies|ied)|analy[sz]e[sd]?|(?:[Ww]e|[Tt]o|and) benchmark|benchmarked|contrasts?"
    r"|compar(?:es?|ed)|investigat\w+"
    r"|examin\w+|validat\w+|(?:an?|new) (?:benchmarks?|baselines?)"
    r"|(?:generated|created|written|collected|produced|annotated) )\b(?! (?:introduces|presents|proposes))[^;]*$"
)
_THIS_STUDY = re.compile(r"\b(?:[Tt]his|[Tt]he|[Oo]ur|present) (?:[a-z]+ )?study\b")
_AS_PART = Cue(
    rf"(?P<name>{NAME})(?: \([^()]*\))?,? as (?:a |an |the |its |our "
    rf"|their )?(?:[\w-]+ ){{0,3}}?(?:{COMPONENT_NOUN}|classifiers?)\b"
)
#: The names of a list before its last one: "A, B and C as ...".
_LIST_BEFORE = re.compile(rf"(?:{NAME}(?: \([^()]*\))?, )*{NAME}(?: \([^()]*\))?,? (?:and|or) $")


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
    part = all_rules()["component.combines"]
    yield from _named_parts(reading, index, sentence, seen)
    yield from _used_models(reading, index, sentence, seen)
    yield from _with_models(reading, index, sentence, seen)
    for match in sentence.finditer(_AS_PART):
        if (
            sentence.name(match["name"]).kind == "name"
            and not is_negated(sentence, match.start())
            and not re.search(r"\b[Ww]e (?:[a-z]+ )?(?:compar|evaluat|benchmark)", sentence.masked[: match.start()])
        ):
            listed = _LIST_BEFORE.search(sentence.masked[: match.start()])
            names = [*(sentence.names_in(*listed.span()) if listed else ()), sentence.name(match["name"])]
            begin = listed.start() if listed else match.start()
            for subject in reading.subjects(index, begin) or [reading.latest(index)]:
                for name in names:
                    yield from _component(reading, index, part, subject, name, seen)


def _named_parts(reading: Reading, index: int, sentence: Sentence, seen: set[tuple[str, str]]) -> Iterator[Claim]:
    """Read parts that their noun makes parts, "an X backbone", where the paper's own thing has them."""
    rule = all_rules()["component.combines"]
    for match in sentence.finditer(_WITH_NOUN):
        left = _before(reading, sentence, match.start())
        if _HAS.search(left) and not _COMPARES.search(left) and not is_negated(sentence, match.start()):
            chain = re.search(rf"{NAME} and $", left)
            names = [sentence.name(chain[0][:-5])] if chain else []
            names.append(sentence.name(match["name"]))
            if match["loose"] or match["adjective"] or _MANY_HAVE.search(match[0]):
                names = [n for n in names if names_a_model(n)]
            yield from _part_of_own(reading, index, rule, sentence, names, match.start(), seen)
    for group, match in ((g, match) for g, cue in PART_NAMED.items() for match in sentence.finditer(cue)):
        if not _COMPARES.search(_before(reading, sentence, match.start())) and "stands for" not in sentence.masked:
            names = sentence.names_in(*match.span("part"))
            if group in ("example", "bracket", "role"):
                names = [n for n in names if names_a_model(n)]
                ahead = sentence.masked[: match.start()]
                has = group != "example" or _HAS.search(ahead)
                if not has or _STUDIED.search(ahead) or _TRAINS.search(ahead) or _OTHER_WITH.search(ahead):
                    continue
                if group != "example" and (_TESTS.search(sentence.masked) or "train" in match[0]):
                    continue
            if group == "tool":
                names = [n for n in names if is_of_known_family(n.text) or parse_name(n.text).parameters]
            if group == "from":  # features also come from data
                names = [n for n in names if is_of_known_family(n.text) or re.search(r"[a-z][A-Z0-9]|-", n.text)]
            yield from _part_of_own(reading, index, rule, sentence, names, match.start(), seen)


#: "X, which", "the X system that": the paper's thing, whatever the sentence tells of it.
_OWN_WHICH = re.compile(rf"(?P<name>{NAME})(?: \([^()]*\))?(?: [a-z]+){{0,2}},? (?:that|which) $")


def _used_models(reading: Reading, index: int, sentence: Sentence, seen: set[tuple[str, str]]) -> Iterator[Claim]:
    """Read known models that the paper's own thing is said to use: "Leveraging X, Z ..."."""
    rule = all_rules()["component.uses"]
    for match in sentence.finditer(_USED):
        left = _before(reading, sentence, match.start())
        relative = _OWN_WHICH.search(left)
        own = relative is not None and reading.is_introduced(sentence.name(relative["name"]).text)
        if (
            (_COMPARES.search(left) and not own)
            or _STUDIED.search(_THIS_STUDY.sub("", left))
            or _YARDSTICK.match(match["behind"])
            or is_negated(sentence, match.start())
        ):
            continue
        names = [
            n
            for n in sentence.names_in(*match.span("used"))
            if names_a_model(n) and n.text.casefold() not in TECHNIQUES
        ]
        yield from _part_of_own(reading, index, rule, sentence, names, match.start(), seen)


#: "three components: (1) A; and (2) B": parts of one list.
_NUMBERED = re.compile(r"[:;] (?:and )?\((?:\d|i{1,3}|iv|[a-e])\) ")
#: "resolution over a shared X encoder" compares nothing.
_SHARED = re.compile(r"\bover (?:an? |the )?(?:(?:shared|frozen|common|single|pre-?trained) )+$")


#: A sentence of tests, in which "with three models (A, B, C)" tells what was tested.
_TESTS = re.compile(
    r"\b(?:[Ee]xperiment|[Ee]xplor|[Aa]ssess|[Ee]valuat|[Bb]enchmark|[Tt]est|[Cc]ompar|[Ss]tud(?:y|ies)"
    r"|[Pp]articipants)"
    r"|\b(?:[Aa]cross|performance|accuracy)\b"
)


def _before(reading: Reading, sentence: Sentence, position: int) -> str:
    """Give what stands before a cue, without what the paper's thing is set against, and that it is tested."""
    left = _NUMBERED.sub(", ", _SHARED.sub("", _CONTRAST.sub("", sentence.masked[:position])))
    tested = _OWN_TESTED.search(left)
    if tested and (not tested["name"] or reading.is_introduced(sentence.name(tested["name"]).text)):
        left = left[: tested.start()] + left[tested.end() :]
    return left


def _with_models(reading: Reading, index: int, sentence: Sentence, seen: set[tuple[str, str]]) -> Iterator[Claim]:
    """Read known models by which the paper's own thing does a part of its work: "using X", "with a frozen X"."""
    rule = all_rules()["component.with"]
    for match in sentence.finditer(_WITH):
        left = _before(reading, sentence, match.start())
        if (
            _OTHER_WITH.search(left)
            or _STUDIED.search(_THIS_STUDY.sub("", left))
            or _YARDSTICK.match(match["behind"])
            or _ABSOLUTE.match(match["behind"])
            or is_negated(sentence, match.start())
        ):
            continue
        names = [
            n
            for n in sentence.names_in(*match.span("used"))
            if names_a_model(n) and n.text.casefold() not in TECHNIQUES | CLASS_NAMES
        ]
        yield from _part_of_own(reading, index, rule, sentence, names, match.start(), seen)


def _part_of_own(
    reading: Reading,
    index: int,
    rule: Rule,
    sentence: Sentence,
    names: list[Name],
    position: int,
    seen: set[tuple[str, str]],
) -> Iterator[Claim]:
    has = _HAS.search(sentence.masked[:position])
    own = [
        s
        for at in (position, has.start() if has else position)
        for s in reading.subjects(index, at)
        if s == PAPER or s in reading.introduced
    ]
    own = list(dict.fromkeys(own))
    if not own and re.search(r"\b(?:[Ww]e|[Oo]ur|[Tt]his|[Ii]t)\b|^[A-Z]\w+ing\b", sentence.masked[:position]):
        own = [reading.main(index)]
    if not own and _BY_WHICH.match(sentence.masked) and _WE_MAKE.search(sentence.masked[position:]):
        own = [reading.main(index)]
    if not own and _PASSIVE.search(sentence.masked) and not re.search(NAME, sentence.masked[:position]):
        own = [reading.main(index)]
    if not own and position == 0:  # "Leveraging X, Z plans ahead"
        ahead = re.match(
            rf"[^,]*(?:, {NAME})*(?:, (?:one of|an?|the|our) [^,⟦]*)?, (?:(?:the |our )?(?P<name>{NAME})"
            rf"|(?:we(?! (?:[a-z]+ly )?(?:find|show|evaluat"
            rf"|analy|observ|stud"
            rf"|investigat|compar|measur|test|examin))|our|it|this)\b)",
            sentence.masked,
        )
        name_ahead = reading.written(sentence.name(ahead["name"])) if ahead and ahead["name"] else ""
        own = (
            [name_ahead]
            if reading.introduced.get(name_ahead)
            else [reading.main(index)]
            if ahead and not name_ahead
            else []
        )
    for subject in own:
        for name in names:
            if name.kind == "name" and not name.concept and not reading.is_introduced(name.text):
                yield from _component(reading, index, rule, subject, name, seen)


def _is_part(sentence: Sentence, rule: Rule, cue: re.Match[str], name: Name) -> bool:
    """Tell whether what is used or combined is a part: a noun must say so, as in "a frozen X", "an X encoder"."""
    if rule.id != "component.combines":
        return True
    at = sentence.masked.find(sentence.symbol(name), cue.end())
    beside = _BACKBONE.match(sentence.masked, at)
    joined = re.search(r"^(?:integrat|incorporat)", cue[0], re.IGNORECASE) and type_of_phrase("a " + name.alias.lower())
    module = _MODULE_NAME.search(name.alias or name.text)
    frozen = re.search(r"\b(?:frozen|pre-?trained|off-the-shelf)(?: [a-z]+){0,2} $", sentence.masked[:at])
    return bool(beside or frozen or joined or module)


def _component(
    reading: Reading, index: int, rule: Rule, subject: str, name: Name, seen: set[tuple[str, str]]
) -> Iterator[Claim]:
    part = reading.written(name)
    if (subject, part) in seen or subject == part:
        return
    used = ("component.uses", "component.with", "component.combines")
    if rule.id in used and reading.introduced.get(subject) in ("Dataset", "Benchmark"):
        return  # data are made and tested with models, and contain none
    seen.add((subject, part))
    yield reading.claim(rule.id, subject, "usesComponent", part, index)

"""Who descends: the subject before a cue of lineage, the name behind the ancestor, or what the next sentence names."""

from __future__ import annotations

import re

from kg.extract.lexicon import type_of_phrase
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.ancestors import NAMELY, WEIGHTS, end_of
from kg.extract.relations.reading import NAME, Reading, listed_names
from kg.extract.rule import Rule
from kg.model import PAPER

__all__ = ["find_heirs", "has_no_name", "is_model_before"]

#: The noun right before "based on" where it is no thing of the paper: "existing models based on T".
_OTHERS = re.compile(
    r"\b(?:models|methods|approaches|systems|networks|LLMs|LMs|VLMs|algorithms|techniques|baselines"
    r"|architectures|features|priors?|agents)(?: that (?:are|is)| which are)? $"
)
_OWN_FAMILY = re.compile(
    r"\b(?:[Oo]ur|(?:family|series|suite|set|class|collection|range) of|two|three|four|five|these|releas\w+|introduc\w+"
    r"|present|train|develop|build|propose|design|create) (?:[\w⟦⟧-]+,? ){0,7}$"
)
_BASED_WE = re.compile(
    rf"(?P<parent>{NAME})(?: \([^()]*\))?, we (?:\w+ ){{0,2}}?(?:introduce|propose|present|develop|build"
    rf"|release|train|design|create|construct) (?:[\w-]+,? ){{0,10}}?(?P<child>{NAME})"
)
#: "fine-tuned X models, called Y"; "a small version of X which we call Y".
_CALLED = re.compile(
    rf"(?: \([^()]*\))?(?: [a-z][\w-]*){{0,3}}?(?:,? (?:which|that) we (?:call|term|name|dub|refer to as)"
    rf"|,? (?:called|named|dubbed|termed)| models?,|, (?:resulting in|yielding)(?: the"
    rf"| our)?) (?P<name>{NAME})(?=[,.;]| (?:and|which|that)\b|$)"
)
_SUCH_AS = re.compile(rf"(?: \([^()]*\))?(?: [a-z]+)?,? (?:such as|including|like) (?={NAME})")
#: Models without a name of their own: "we release A, B, and six small models distilled from".
_UNNAMED = re.compile(
    rf"\b(?:and|of|with) (?:two|three|four|five|six|seven|eight|several|many|\d+) (?:[a-z-]+ ){{0,3}}models"
    rf"(?: \([^()]*\))?(?: [a-z-]+ from {NAME})? $"
)
#: "We call the resulting model X", "The improved model, X, ...": what the sentence before made.
_NAMES_RESULT = re.compile(
    rf"(?:[Ww]e (?:call|name|term|dub) (?:the|this|our)|[Tt]he (?:resulting|improved|final|resultant|obtained))"
    rf"(?: [a-z-]+){{0,3}},? (?P<name>{NAME})"
)
#: "applied during the post-training of X": X is tuned by it, it does not come of X.
_DURING = re.compile(r"\b(?:during|in|for|before|after) (?:the )?$")
#: "we propose a small framework based on": what is made has no name here.
_WE_MAKE = re.compile(r"\b(?:propose|present|introduce|develop|design)s? (?P<made>(?:an?|the) (?:[\w-]+ ){1,10})$")
#: "We compare X against A, distilled versions of B": these are others.
_COMPARED_WITH = re.compile(r"\b(?:compar(?:e|es|ed|ing)|outperform\w*|against|versus)\b[^;]*(?:, |and )$")
#: What may be, what is common, and what is an example of others.
_NOT_OWN = re.compile(
    r"\b(?:typically|usually|often|commonly|generally|traditionally)\b[^,;]{0,40}$"
    r"|\b(?:potential|opportunity|ability|possible|easy) to $|\b(?:including|such as|existing|like) (?:[a-z]+ )*$"
)
#: "X, derived from Y", "a benchmark derived from Y"; but not "features derived from Y".
_THING_BEFORE = re.compile(
    r"(?:⟧|\)|,|\b(?:is|are|was|were|models?|LLMs?|LMs?|VLMs?|datasets?|benchmarks?|framework|method"
    r"|architecture|network"
    r"|suite|series|family|corpus)) $"
)
_DATA_BEFORE = re.compile(r"\b(?:benchmarks?|datasets?|corpus|corpora|suite|data|questions|tasks)(?:,? which is)? $")
#: "distilled versions of X (A and B)": A and B descend, whoever is compared with them.
_VERSIONS = re.compile(r"\b(?:versions?|variants?) of$")
_INVESTIGATES = re.compile(r"\b[Ww]e (?:[a-z]+ly )?(?:investigate|study|compare|evaluate|explore|examine|analy[sz]e)\b")
#: How many characters may stand before a cue that opens its sentence: "With simple changes to X, we ...".
_OPENING = 25


def has_no_name(left: str) -> bool:
    """Tell whether the text before a cue ends with models that have no name: "and six models (1B, 7B)"."""
    return _UNNAMED.search(left) is not None


def find_heirs(reading: Reading, index: int, rule: Rule, cue: re.Match[str], ancestors: list[Name]) -> list[str]:
    """Say who descends from the ancestors behind a cue; nobody where the sentence speaks of others."""
    sentence = reading.sentences[index]
    left = sentence.masked[: cue.start()]
    named = NAMELY.match(sentence.masked[end_of(sentence, ancestors[-1]) :]) is not None
    if _speaks_of_others(rule, cue, left) and not (named and _VERSIONS.search(cue[0])):
        return []
    heirs = _named_behind(reading, sentence, left, ancestors)
    if heirs is None:
        heirs = [s for s in _named_before(reading, index, cue, left) if _may_descend(reading, sentence, cue, s)]
    if rule.predicate in WEIGHTS:  # data sets have no weights: what is tuned in a paper on data has no name
        heirs = [PAPER if reading.introduced.get(s) in ("Dataset", "Benchmark") else s for s in heirs]
    return list(dict.fromkeys(heirs))


def _speaks_of_others(rule: Rule, cue: re.Match[str], left: str) -> bool:
    wording = cue[0].lower()
    return bool(
        _COMPARED_WITH.search(left)
        or _NOT_OWN.search(left)
        or (wording == "derived from" and (not _THING_BEFORE.search(left) or _DATA_BEFORE.search(left)))
        or (rule.id == "lineage.initialized" and "starting from" in wording and _INVESTIGATES.search(left))
    )


def _named_behind(reading: Reading, sentence: Sentence, left: str, ancestors: list[Name]) -> list[str] | None:
    """Give the heirs that stand behind the ancestors: "two variants of X, namely Y and Z"; None if none do."""
    end = end_of(sentence, ancestors[-1])
    behind = sentence.masked[end:]
    members, examples, called = NAMELY.match(behind), _SUCH_AS.match(behind), _CALLED.match(behind)
    if examples and not re.search(r"\b(?:models|LLMs|LMs|VLMs|systems|networks)(?: that are)? $", left):
        examples = None
    listed = members or examples
    if listed:
        begin = end + listed.end()
        return [reading.written(n) for n in listed_names(sentence, begin) if n.kind == "name"]
    if _OTHERS.search(left) and not _OWN_FAMILY.search(left):
        return []
    if called and reading.is_introduced(sentence.name(called["name"]).text):
        return [reading.written(sentence.name(called["name"]))]
    return None


def _named_before(reading: Reading, index: int, cue: re.Match[str], left: str) -> list[str]:
    if has_no_name(left):
        return [PAPER]
    if _DURING.search(left):
        return []
    return _made_by_us(reading, index, left) or _heirs(reading, index, cue.start())


def _heirs(reading: Reading, index: int, position: int) -> list[str]:
    sentence = reading.sentences[index]
    subjects = reading.subjects(index, position)
    if not subjects and re.match(r"[^⟦]*$", sentence.masked[:position]):
        based = _BASED_WE.search(sentence.masked, position)
        if based:
            return [reading.written(sentence.name(based["child"]))]
        ahead = re.match(
            rf"[^⟦]*{NAME}(?: \([^()]*\))?(?: [a-z-]+){{0,3}}, (?:the |our )?(?P<name>{NAME})",
            sentence.masked[position:],
        )
        if ahead:
            return [reading.written(sentence.name(ahead["name"]))]
        if position < _OPENING and re.search(r", we\b", sentence.masked):
            return [reading.main(index)]
        if position < 3 and re.search(
            r"^[^,]*, (?:it|they|(?:our|the|this|these) (?:[a-z]+ )?(?:models?|method|framework|approach|system))\b",
            sentence.masked,
        ):
            return [reading.latest(index)]
        subjects = (
            [_named_next(reading, index) or reading.latest(index)]
            if re.search(r"\b(?:[Ww]e|[Oo]ur)\b|^(?:It|Its|This|These|The|First|Then)\b", sentence.masked[:position])
            else []
        )
    if (
        len(subjects) == 1
        and subjects[0] == reading.main(index)
        and re.search(r"\b[Ww]e\b", sentence.masked[:position])
    ):
        return [_named_next(reading, index) or subjects[0]]
    return subjects


def _named_next(reading: Reading, index: int) -> str:
    """Give the name that the next sentence gives to what this sentence makes, or ``""``."""
    following = reading.sentences[index + 1] if index + 1 < len(reading.sentences) else None
    found = _NAMES_RESULT.match(following.masked) if following else None
    name = reading.written(following.name(found["name"])) if found and following else ""
    return name if name in reading.introduced else ""


def _made_by_us(reading: Reading, index: int, left: str) -> list[str]:
    """Give what "we propose a framework based on" speaks of: the paper's own thing if it is of that class."""
    made = _WE_MAKE.search(left)
    if not made or made["made"].rstrip().endswith(("which", "that")):
        return []
    main = reading.main(index)
    own = reading.introduced.get(main, "")
    kind = type_of_phrase(made["made"])
    return [main if kind == own or {kind, own} == {"Model", "Method"} else PAPER]


def _may_descend(reading: Reading, sentence: Sentence, cue: re.Match[str], subject: str) -> bool:
    """Tell whether a subject is the paper's own, or an outside thing that the cue follows at once: "X is based on"."""
    if subject == PAPER or reading.is_introduced(subject):
        return True
    beside = re.search(
        rf"(?P<name>{NAME})(?: \([^()]*\))?,?(?: (?:which|that))?(?: (?:is|are|was|were|has been"
        rf"|have been))?(?: [a-z-]+){{0,2}} $",
        sentence.masked[: cue.start()],
    )
    return beside is not None and reading.written(sentence.name(beside["name"])) == subject


def is_model_before(left: str, rule: Rule) -> bool:
    """Tell whether what is built on a named thing is a model or a method, rather than a study or an index."""
    if rule.id != "lineage.built-on":
        return True
    noun = re.search(r"(?:[\w-]+ ){1,5}$", left)
    return noun is not None and type_of_phrase("a " + noun[0].strip()) in ("Model", "Method")

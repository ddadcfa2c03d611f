"""What a model descends from: the nine relations of lineage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import vocab
from kg.extract.cue import Cue
from kg.extract.gazetteer import is_of_known_family
from kg.extract.lexicon import CLASS_NAMES, TECHNIQUES, type_of_phrase
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.components import COMPONENT_NOUN
from kg.extract.relations.reading import NAME, Reading, is_near, is_negated, listed_names
from kg.extract.rule import Rule
from kg.extract.rules import rules_for
from kg.model import PAPER, Claim
from kg.names import TUNED_ROLES, is_extension, parse_name, tokens_of

__all__ = ["extract_lineage"]

_TUNED = (
    r"(?:(?:instruction|supervised|preference|post|further)[- ])*(?:fine-?tun(?:e|ed|es|ing)"
    r"|post-?train(?:ed|ing|s)?|instruction-?tuned|tuned|RL-trained)"
)
_DATA = (
    r"(?:data|traces?|outputs?|trajector(?:y|ies)|labels?|pseudo-labels|demonstrations?|completions?"
    r"|responses?|samples?|conversations?|examples|rationales|instructions|annotations?|dialogues"
    r"|preferences|captions?|knowledge)"
)


_FRAMEWORK = re.compile(r"^ (?:[a-z-]+ )?(?:architecture|framework|paradigm|design|structure)\b")
#: A noun that makes the names before it models, architectures or systems.
_DESIGN_NOUN = re.compile(
    r"(?: \([^()]*\))?(?: [a-z-]+){0,2}? (?:architectures?|frameworks?|models?|networks?|backbones?"
    r"|encoders?|transformers?|designs?"
    r"|engines?|platforms?|systems?|algorithms?|methods?|series|famil(?:y|ies)|LLMs?|agents?|detectors?"
    r"|modules?|baselines?)\b"
)
#: The noun right before "based on" where it is no thing of the paper: "existing models based on T".
_OTHERS = re.compile(
    r"\b(?:models|methods|approaches|systems|networks|LLMs|LMs|VLMs|algorithms|techniques|baselines"
    r"|architectures|features|priors?|agents)(?: that (?:are|is)| which are)? $"
)
_OWN_FAMILY = re.compile(
    r"\b(?:[Oo]ur|(?:family|series|suite|set|class|collection|range) of|two|three|four|five|these|releas\w+|introduc\w+"
    r"|present|train|develop|build|propose|design|create) (?:[\w-]+,? ){0,6}$"
)
_GENERATED = Cue(
    rf"(?P<name>{NAME})(?:(?:-generated| generated|-synthesized|-annotated|-distilled|-labell?ed"
    rf"| to (?:generate|produce|synthesi[sz]e|annotate|create|label))\b[^.;⟦]{{0,80}}?{_DATA}\b"
    rf"| pseudo-labels\b)"
)
_EXTENDED = Cue(
    rf"\b(?:extend(?:s|ed|ing)?|adapt(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)|evolv(?:e|es|ed"
    rf"|ing)) (?P<parent>{NAME}) (?:in)?to (?P<child>{NAME})(?=[,.; ])"
)
_BASED_WE = re.compile(
    rf"(?P<parent>{NAME})(?: \([^()]*\))?, we (?:\w+ ){{0,2}}?(?:introduce|propose|present|develop|build"
    rf"|release|train|design|create|construct) (?:[\w-]+,? ){{0,10}}?(?P<child>{NAME})"
)
_KIND_OF = Cue(
    rf"(?P<child>{NAME})(?: \([^()]*\))?, an? (?:[a-z][\w-]* ){{0,4}}?(?:SOTA )?(?P<parent>⟦n\d+⟧)(?:(?:-based"
    rf"|-style)? (?:[a-z-]+ ){{0,3}}?(?P<noun>model|network|architecture|LLM|LM|variant|version|detector)"
    rf"|(?:-based|-style)"
    rf" (?:[a-z-]+ ){{0,3}}?(?:framework|method|approach|system|agent))\b"
)
_USES_KIND = Cue(
    r"\b(?:is|uses?|adopts?|employs?|using) (?:an? "
    r"|the )?(?:(?!any\b)[a-z-]+ ){0,3}?(?P<parent>⟦n\d+⟧)(?:-based|-style)"
    r" (?:[a-z-]+ ){0,4}?(?:architecture|model|network|backbone)\b"
)
#: "fine-tuned X models, called Y"; "a small version of X which we call Y".
_CALLED = re.compile(
    rf"(?: \([^()]*\))?(?: [a-z][\w-]*){{0,3}}?(?:,? (?:which|that) we (?:call|term|name|dub|refer to as)"
    rf"|,? (?:called|named|dubbed|termed)| models?,|, (?:resulting in|yielding)(?: the"
    rf"| our)?) (?P<name>{NAME})(?=[,.;]| (?:and|which|that)\b|$)"
)
_NAMELY = re.compile(rf"(?: \([^()]*\))?(?:, (?:namely|i\.e\.,?|called)|:) (?={NAME})")
_SUCH_AS = re.compile(rf"(?: \([^()]*\))?(?: [a-z]+)?,? (?:such as|including|like) (?={NAME})")
#: Models without a name of their own: "we release A, B, and six small models distilled from".
_UNNAMED = re.compile(
    rf"\b(?:and|of|with) (?:two|three|four|five|six|seven|eight|several|many|\d+) (?:[a-z-]+ ){{0,3}}models"
    rf"(?: \([^()]*\))?(?: [a-z-]+ from {NAME})? $"
)
_TRAINING = re.compile(
    r"\b(?:pre-?|post-?|re)?(?:train|tun|learn|distil|teach|taught|supervis|SFT|imitat|guid|cold-start)\w*"
)
_POWERS = Cue(rf"(?P<part>{NAME}) (?:now |currently |also )?powers (?P<whole>{NAME})")
_WITH_VERSION_OF = Cue(
    rf"(?P<parent>{NAME})(?: models?)? (?:is |was |are |were )?(?:further )?(?:{_TUNED}"
    rf"|adapted)\b[^.;]{{0,80}}?(?:, resulting in|, yielding|to (?:obtain|produce|create|get|build)|into"
    rf"|resulting in the creation of)(?: the creation of)? (?:our )?(?P<child>{NAME})"
)
_FROM_WE = Cue(
    rf"\b[Ww]e (?:(?:further |then |also )?(?:{_TUNED})|(?:further |then |also )?(?:conduct|perform"
    rf"|apply) [^.;⟦]{{0,90}}?"
    rf"(?:{_TUNED}|SFT|RLHF|DPO|Optimization|reinforcement learning)(?: \([^()]*\))?[^.;⟦]{{0,70}}? (?:on|to))"
    rf" (?:the )?(?P<parent>{NAME})[^.;]{{0,100}}?"
    rf"(?:, resulting in|, yielding| to (?:obtain|produce|create|get"
    rf"|build))(?: the creation of)? (?:our )?(?P<child>{NAME})"
)


def extract_lineage(reading: Reading) -> Iterator[Claim]:
    """Yield the ancestors that the sentences of a paper state, in order."""
    for index, sentence in enumerate(reading.sentences):
        if not sentence.names or (index == 0 and len(sentence.names) == 1):
            continue
        covered: list[tuple[str, int, int]] = []
        for rule in rules_for("descent", sentence.words):
            for cue in rule.cue.pattern.finditer(sentence.masked):
                taken = any(f == rule.family and cue.start() < end and start < cue.end() for f, start, end in covered)
                if taken or is_negated(sentence, cue.start()) or not _by_technique(sentence, rule, cue):
                    continue
                claims = list(_descend(reading, index, sentence, rule, cue))
                if claims:
                    covered.append((rule.family, *cue.span()))
                    yield from claims
        if index:
            yield from _other_wordings(reading, index, sentence)
    yield from _tuned_members(reading)


def _by_technique(sentence: Sentence, rule: Rule, cue: re.Match[str]) -> bool:
    """Tell whether the name of a technique in a cue, if there is one, is of the kind that the rule wants."""
    name = cue["technique"] if rule.technique else None
    return name is None or rule.technique is None or rule.technique.fullmatch(sentence.name(name).text) is not None


def _other_wordings(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read wordings in which the ancestor follows no cue: "X-generated data", "an X language model", "X powers Y"."""
    for match in sentence.finditer(_GENERATED):
        parent = reading.written(sentence.name(match["name"]))
        child = reading.main(index)
        if (
            not is_negated(sentence, match.start())
            and not reading.is_introduced(parent)
            and _TRAINING.search(sentence.masked)
            and reading.introduced.get(child) in ("Model", "Method")
        ):
            yield reading.claim("lineage.generated-data", child, "distilledFrom", parent, index)
    for match in sentence.finditer(_KIND_OF):
        child, parent = reading.written(sentence.name(match["child"])), reading.written(sentence.name(match["parent"]))
        if (
            reading.is_introduced(child)
            and child != parent
            and not re.search(r"\b(?:[Ww]ith|[Uu]sing|[Ii]n|[Oo]n) $", sentence.masked[: match.start()])
            and (match["noun"] in ("variant", "version") or not reading.is_introduced(parent))
            and _is_kind(reading, sentence, match)
            and not sentence.name(match["parent"]).possessive
        ):
            kind = match["noun"] in ("variant", "version")
            rule, predicate = ("lineage.variant", "variantOf") if kind else ("lineage.kind-of", "basedOnArchitecture")
            yield reading.claim(rule, child, predicate, parent, index)
    for match in sentence.finditer(_USES_KIND):
        parent = reading.written(sentence.name(match["parent"]))
        for child in reading.subjects(index, match.start()):
            if reading.is_introduced(child) and not reading.is_introduced(parent):
                yield reading.claim("lineage.kind-of", child, "basedOnArchitecture", parent, index)
    for match in sentence.finditer(_EXTENDED):
        child, parent = reading.written(sentence.name(match["child"])), reading.written(sentence.name(match["parent"]))
        if reading.is_introduced(child):
            yield reading.claim("lineage.extended", child, "basedOnArchitecture", parent, index)
    for match in sentence.finditer(_POWERS):
        whole, part = reading.written(sentence.name(match["whole"])), reading.written(sentence.name(match["part"]))
        yield reading.claim("lineage.powered-by", whole, "usesComponent", part, index)


def _is_kind(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether "an X model" or "an X-based framework" says of what kind it is, rather than what it is for."""
    name = sentence.name(match["parent"])
    based = match.string[match.end("parent") :].startswith("-")
    return (
        (based and _is_design(reading, name, ""))
        or is_of_known_family(name.text)
        or parse_name(name.text).sized
        or match["noun"] in ("variant", "version")
    )


def _descend(reading: Reading, index: int, sentence: Sentence, rule: Rule, cue: re.Match[str]) -> Iterator[Claim]:
    made = sentence.search(_FROM_WE) or sentence.search(_WITH_VERSION_OF)
    if made and rule.predicate == "fineTunedFrom":
        child, parent = sentence.name(made["child"]), sentence.name(made["parent"])
        if parent.kind == "name":
            yield reading.claim(rule.id, reading.written(child), rule.predicate, reading.written(parent), index)
        return
    ancestors = [n for n in listed_names(sentence, cue.end()) if n.kind == "name" and not n.possessive]
    if cue.start() == 0 and _STUDIES.match(sentence.masked):
        return
    if cue.start() == 0:  # "Built on A, B outperforms": what follows the comma is the heir
        ancestors = (
            ancestors[:1] if " and " not in sentence.masked[cue.end() : cue.end() + 60].split(",")[0] else ancestors
        )
    ancestors = [n for n in ancestors if not _PLURAL_CLASS.fullmatch(n.text) or reading.is_introduced(n.text)]
    if not ancestors or not is_near(sentence, cue.end(), ancestors[0]):
        return
    if rule.id == "lineage.generated-data" and not _TRAINING.search(sentence.masked):
        return
    if (
        rule.predicate in ("basedOnArchitecture", "distilledFrom", "succeeds")
        and rule.id != "lineage.same-architecture"
    ):
        any_name = rule.predicate != "basedOnArchitecture"
        after_list = sentence.masked[_end_of(sentence, ancestors[-1]) :]
        if _THEORY.match(after_list):
            return
        ancestors = [n for n in ancestors if _is_design(reading, n, after_list) or (any_name and not n.alias)]
    left = sentence.masked[: cue.start()]
    if not ancestors or _COMPARED_WITH.search(left) or _NOT_OWN.search(left):
        return
    if cue[0].lower() == "derived from" and not _THING_BEFORE.search(left):
        return
    if rule.id == "lineage.initialized" and "starting from" in cue[0].lower() and _INVESTIGATES.search(left):
        return
    own_list = _NAMELY.match(sentence.masked[_end_of(sentence, ancestors[0]) :])
    if own_list:  # "two variants of X, namely Y and Z"
        ancestors = ancestors[:1]
    behind = sentence.masked[_end_of(sentence, ancestors[-1]) :]
    unnamed = _UNNAMED.search(left) is not None
    called, such = _CALLED.match(behind), _SUCH_AS.match(behind)
    if own_list:
        subjects = [
            reading.written(n)
            for n in listed_names(sentence, _end_of(sentence, ancestors[0]) + own_list.end())
            if n.kind == "name"
        ]
    elif such and re.search(r"\b(?:models|LLMs|LMs|VLMs|systems|networks)(?: that are)? $", left):
        subjects = [
            reading.written(n)
            for n in listed_names(sentence, _end_of(sentence, ancestors[-1]) + such.end())
            if n.kind == "name"
        ]
    elif _OTHERS.search(left) and not _OWN_FAMILY.search(left):
        return
    elif called and reading.is_introduced(sentence.name(called["name"]).text):
        subjects = [reading.written(sentence.name(called["name"]))]
    elif unnamed or _DURING.search(left):
        subjects = [PAPER] if unnamed else []
    elif _made_by_us(reading, index, left):
        subjects = _made_by_us(reading, index, left)
    else:
        subjects = _heirs(reading, index, cue.start())
    if index == 0:
        ancestors = [n for n in ancestors if is_of_known_family(n.text) or reading.is_named(n.text)]
    if rule.predicate in WEIGHTS:  # data sets have no weights: what is tuned in a paper on data has no name
        subjects = [PAPER if reading.introduced.get(s) in ("Dataset", "Benchmark") else s for s in subjects]
    if not (such or called or own_list):
        subjects = [s for s in subjects if _may_descend(reading, sentence, cue, s)]
    for subject in dict.fromkeys(subjects):
        for ancestor in ancestors:
            predicate = _mechanism(reading, sentence, rule, ancestor)
            name = reading.written(ancestor)
            if predicate in WEIGHTS and reading.introduced.get(subject) in ("Dataset", "Benchmark"):
                continue
            if subject == PAPER and predicate == "basedOnArchitecture" and not (unnamed or _model_before(left, rule)):
                continue
            if predicate and subject != name and (unnamed or _plausible(reading, subject, name, rule)):
                for stated in (predicate, *_implied(predicate)):
                    yield reading.claim(rule.id, subject, stated, name, index)


@cache
def _implied(predicate: str) -> tuple[str, ...]:
    """Give the relations of the same kind above one in the ontology: what is adapted is fine-tuned as well."""
    relations = vocab.load().relations
    one = relations[predicate]
    return tuple(name for name, other in relations.items() if other.iri in one.parents and other.kind == one.kind)


def _end_of(sentence: Sentence, name: Name) -> int:
    symbol = sentence.symbol(name)
    return sentence.masked.find(symbol) + len(symbol)


def _is_design(reading: Reading, name: Name, after: str) -> bool:
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


_CODED = re.compile(r"\S*[a-z]\S*[A-Z]\S*|\S*[A-Z]\S*\d\S*|[A-Z]{4,}\S*|[A-Z]\S*-\S+")


#: How many characters may stand before a cue that opens its sentence: "With simple changes to X, we ...".
_OPENING = 25


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
            if re.search(r"\b(?:[Ww]e|[Oo]ur)\b|^(?:It|This|These|The|First|Then)\b", sentence.masked[:position])
            else []
        )
    if (
        len(subjects) == 1
        and subjects[0] == reading.main(index)
        and re.search(r"\b[Ww]e\b", sentence.masked[:position])
    ):
        return [_named_next(reading, index) or subjects[0]]
    return subjects


#: "We call the resulting model X", "The improved model, X, ...": what the sentence before made.
_NAMES_RESULT = re.compile(
    rf"(?:[Ww]e (?:call|name|term|dub) (?:the|this|our)|[Tt]he (?:resulting|improved|final|resultant|obtained))"
    rf"(?: [a-z-]+){{0,3}},? (?P<name>{NAME})"
)


def _named_next(reading: Reading, index: int) -> str:
    """Give the name that the next sentence gives to what this sentence makes, or ``""``."""
    following = reading.sentences[index + 1] if index + 1 < len(reading.sentences) else None
    found = _NAMES_RESULT.match(following.masked) if following else None
    name = reading.written(following.name(found["name"])) if found and following else ""
    return name if name in reading.introduced else ""


_STARTS = re.compile(
    rf"^[Ss]tarting from [^,]*{NAME}[^,]*, (?:we|it|this)\b.*(?:\bfine-?tun|reinforcement|\bRL|SFT|post-?train|align"
    rf"|[Pp]reference|\bappl(?:y|ies) {NAME})"
)
#: "applied during the post-training of X": X is tuned by it, it does not come of X.
_DURING = re.compile(r"\b(?:during|in|for|before|after) (?:the )?$")
#: "we propose a small framework based on": what is made has no name here.
_WE_MAKE = re.compile(r"\b(?:propose|present|introduce|develop|design)s? (?P<made>(?:an?|the) (?:[\w-]+ ){1,10})$")


def _model_before(left: str, rule: Rule) -> bool:
    """Tell whether what is built on a named thing is a model or a method, rather than a study or an index."""
    if rule.id != "lineage.built-on":
        return True
    noun = re.search(r"(?:[\w-]+ ){1,5}$", left)
    return noun is not None and type_of_phrase("a " + noun[0].strip()) in ("Model", "Method")


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


def _made_by_us(reading: Reading, index: int, left: str) -> list[str]:
    """Give what "we propose a framework based on" speaks of: the paper's own thing if it is of that class."""
    made = _WE_MAKE.search(left)
    if not made or made["made"].rstrip().endswith(("which", "that")):
        return []
    main = reading.main(index)
    own = reading.introduced.get(main, "")
    kind = type_of_phrase(made["made"])
    return [main if kind == own or {kind, own} == {"Model", "Method"} else PAPER]


#: Many of a kind: VFMs.
_PLURAL_CLASS = re.compile(r"[A-Z]{2,}s")
_THEORY = re.compile(
    r"(?:'s)? (?:[a-z]+ )?(?:theorem|inequality|lemma|equations?|problem|conjecture|principle|law|formula"
    r"|theory|test)\b"
)
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
_INVESTIGATES = re.compile(r"\b[Ww]e (?:[a-z]+ly )?(?:investigate|study|compare|evaluate|explore|examine|analy[sz]e)\b")
_STUDIES = re.compile(
    r"^[^,]*, we (?:[a-z]+ly )?(?:evaluate|test|compare|study|analy[sz]e|investigate|examine|assess)\b"
)


def _mechanism(reading: Reading, sentence: Sentence, rule: Rule, ancestor: Name) -> str:
    """Give the predicate of a rule; "built on" a checkpoint means its weights, on a framework its design.

    "Starting from X, we apply reinforcement learning" tunes X.
    """
    if rule.id == "lineage.initialized" and _STARTS.search(sentence.masked):
        return "fineTunedFrom"
    if rule.id != "lineage.built-on":
        return rule.predicate
    symbol = sentence.symbol(ancestor)
    after = sentence.masked[sentence.masked.find(symbol) + len(symbol) :]
    if _FRAMEWORK.match(after):
        return "basedOnArchitecture"
    if re.match(rf" (?:\([^()]*\) )?(?:[a-z-]+ )?{COMPONENT_NOUN}\b", after):
        return "usesComponent"
    read = parse_name(ancestor.text)
    return "fineTunedFrom" if read.parameters or read.tuned else "basedOnArchitecture"


#: The relations in which weights pass from one model to another.
WEIGHTS = frozenset(
    {"fineTunedFrom", "initializedFrom", "distilledFrom", "prunedFrom", "quantizedFrom", "mergedFrom", "adaptedFrom"}
)


def _plausible(reading: Reading, subject: str, ancestor: str, rule: Rule) -> bool:
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
    if is_extension(ancestor, subject):
        return False
    return reading.is_introduced(subject) or not reading.is_introduced(ancestor)


def _tuned_members(reading: Reading) -> Iterator[Claim]:
    """Take an introduced ``X - Instruct`` as fine-tuned from ``X``, where the text names ``X`` too."""
    for name in reading.introduced:
        if (
            reading.introduced[name] != "Model"
            or not parse_name(name).tuned
            or tokens_of(name)[-1].casefold() not in TUNED_ROLES
        ):
            continue
        index = reading.introduced_in[name]
        bases = {
            reading.written(n)
            for s in reading.sentences
            for n in s.names
            if n.kind == "name" and is_extension(name, n.text)
        }
        bases = {b for b in bases if b != name and is_extension(name, b)}
        if bases and index:
            base = max(bases, key=lambda b: (len(tokens_of(b)), b))
            yield reading.claim("lineage.tuned-member", name, "fineTunedFrom", base, index)

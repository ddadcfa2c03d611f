"""What a model descends from: the nine relations of lineage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import vocab
from kg.extract.cue import Cue
from kg.extract.gazetteer import is_of_known_family
from kg.extract.lexicon import TECHNIQUES
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.ancestors import WEIGHTS, end_of, find_ancestors, is_design, is_plausible, is_training
from kg.extract.relations.components import COMPONENT_NOUN
from kg.extract.relations.heirs import find_heirs, has_no_name, is_model_before
from kg.extract.relations.reading import NAME, Reading, is_negated
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
_GENERATED = Cue(
    rf"(?P<name>{NAME})(?:(?:-generated| generated|-synthesized|-annotated|-distilled|-labell?ed"
    rf"| to (?:generate|produce|synthesi[sz]e|annotate|create|label))\b[^.;⟦]{{0,80}}?{_DATA}\b"
    rf"| pseudo-labels\b)"
)
_EXTENDED = Cue(
    rf"\b(?:extend(?:s|ed|ing)?|adapt(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)|evolv(?:e|es|ed"
    rf"|ing)) (?P<parent>{NAME}) (?:in)?to (?P<child>{NAME})(?=[,.; ])"
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
#: "the P model M was based on".
_BASE_OF = Cue(
    rf"\b(?:the|its) (?:base )?(?P<parent>{NAME}) (?:base |foundation )?(?:model|architecture) (?:that |which )?"
    rf"(?P<child>{NAME}) (?:is|was|are|were) (?:based|built|fine-?tuned) (?:on|from)\b"
)
#: "P models have been instrumental in training models such as A, B".
_FOUNDATION = Cue(
    rf"(?P<parent>{NAME})(?: models?)? (?:ha(?:s|ve) (?:been|served)|serves?|(?:is|are|was|were)) [^.;⟦]{{0,60}}?"
    rf"\b(?:training|building|developing|creating|foundation (?:for|of)|basis (?:for|of)|backbone (?:for"
    rf"|of)) (?:[a-z-]+ ){{0,4}}?"
    rf"models? such as (?P<children>{NAME}(?:(?:, and|,| and) {NAME})*)"
)
_POWERS = Cue(rf"(?P<part>{NAME}) (?:now |currently |also )?powers (?P<whole>{NAME})")
_WITH_VERSION_OF = Cue(
    rf"(?P<parent>{NAME})(?: models?)? (?:is |was |are |were )?(?:further )?(?:{_TUNED}"
    rf"|adapted)\b[^.;]{{0,80}}?(?:, resulting in|, yielding|to (?:obtain|produce|create|get|build)|into"
    rf"|resulting in the creation of)(?: the creation of)? (?:our )?(?P<child>{NAME})"
)
_FROM_WE = Cue(
    rf"\b[Ww]e (?:(?:further |then |also )?(?:{_TUNED})|(?:further |then |also )?(?:conduct|perform"
    rf"|apply) (?:[^.;⟦]|{NAME}){{0,90}}?"
    rf"(?:{_TUNED}|SFT|RLHF|DPO|Optimization|reinforcement learning)(?: \([^()]*\))?(?:[^.;⟦]"
    rf"|{NAME}){{0,70}}? (?:on|to))"
    rf" (?:the )?(?P<parent>{NAME})[^.;]{{0,100}}?"
    rf"(?:, resulting in|, yielding| to (?:obtain|produce|create|get"
    rf"|build))(?: the creation of)? (?:our )?(?P<child>{NAME})"
)
#: "X, which extends Y", "X, an adaptation of Y", where X's name ends with Y's.
_TAKES_UP = re.compile(
    r"(?:\b(?:[Ww]e|to|and) (?:adapt|extend|modify|leverage|augment|build (?:up)?on|enhance)"
    r"|\b(?:leverag|extend|enhanc|adapt|augment|employ|us|integrat|incorporat|modif|improv)(?:e?s|ies)"
    r"|\b(?:leverag|extend|adapt)ing|\b(?:adaptation|fork|extension|version|modification|variation) of"
    r"|\b(?:built|based|building) (?:up)?on)"
    r" (?:the |an? )?(?:(?!of\b)[a-z-]+ ){0,2}$"
)
_USING = re.compile(r"\b(?:using|integrating|incorporating) (?:the |an? )?$")
_KIND_BEHIND = re.compile(
    r"-|'s | (?:[a-z-]+ )?(?:encoders?|backbones?|features|embeddings|methods|scenarios|tasks|data)\b"
)
#: "a B model fine-tuned on ...": the paper tunes it.
_TUNED_ON = Cue(
    r"(?P<parent>⟦n\d+⟧)(?: models?)?(?: \([^()]*\))?,? (?:(?:is|are|was"
    r"|were) )?(?:further )?(?:fine-?tuned|mid-trained"
    r"|post-trained|instruction-tuned) (?:on|with|using|for|via|by|to)\b"
)
#: "training on the model M with ...", "training a Llama-3-8B model with".
_TRAINING_OF = Cue(
    r"\b(?:RL-|post-)?[Tt]rain(?:ing|ed|s)? (?:on |of )?(?:an? |the )?(?:[a-z-]+ ){0,2}?(?P<parent>⟦n\d+⟧)(?: models?)?"
    r" (?:with|using|via|by|on)\b"
)
_NOT_TUNED_HERE = re.compile(
    r"\b(?:than|[Cc]ompared (?:to|with)|over|existing|previous|prior|such as|like|outperform\w*|surpass\w*|match\w*"
    r"|exceed\w*|versus|vs\.?|baselines?|state-of-the-art|SOTA)\b[^,;:]*$"
)
_STARTS = re.compile(
    rf"^[Ss]tarting from [^,]*{NAME}[^,]*, (?:we|it|this)\b.*(?:\bfine-?tun|reinforcement|\bRL|SFT|post-?train|align"
    rf"|[Pp]reference|\bappl(?:y|ies) {NAME})"
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
    yield from _named_after_in_title(reading)
    yield from _tuned_members(reading)
    yield from _next_versions(reading)


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
            and is_training(sentence)
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
    for match in sentence.finditer(_BASE_OF):
        child, parent = (reading.written(sentence.name(match[group])) for group in ("child", "parent"))
        if child != parent:
            yield reading.claim("lineage.built-on", child, "basedOnArchitecture", parent, index)
    for match in sentence.finditer(_FOUNDATION):
        parent = reading.written(sentence.name(match["parent"]))
        for name in sentence.names_in(*match.span("children")):
            if name.kind == "name" and reading.written(name) != parent:
                yield reading.claim("lineage.built-on", reading.written(name), "basedOnArchitecture", parent, index)
    yield from _named_after(reading, index, sentence)
    yield from _tuned_here(reading, index, sentence)
    for match in sentence.finditer(_POWERS):
        whole, part = reading.written(sentence.name(match["whole"])), reading.written(sentence.name(match["part"]))
        yield reading.claim("lineage.powered-by", whole, "usesComponent", part, index)


def _named_after(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Take a thing that takes up another, and ends with its name, as its descendant: "LocoMamba leverages Mamba"."""
    for name in sentence.names:
        parent = reading.written(name)
        if name.kind != "name" or name.concept or parent in reading.introduced or parent.casefold() in TECHNIQUES:
            continue
        at = sentence.masked.find(sentence.symbol(name))
        before, behind = sentence.masked[:at], sentence.masked[end_of(sentence, name) :]
        taken_up = _TAKES_UP.search(before) or (_USING.search(before) and _FRAMEWORK.match(behind))
        if not taken_up or is_negated(sentence, at) or _KIND_BEHIND.match(behind):
            continue
        for child in dict.fromkeys([*(reading.written(n) for n in sentence.names), *reading.subjects(index, at)]):
            if reading.introduced.get(child) in ("Model", "Method", "Software") and _ends_with(child, parent):
                yield reading.claim("lineage.named-after", child, "basedOnArchitecture", parent, index)


def _named_after_in_title(reading: Reading) -> Iterator[Claim]:
    """Read a title that says what its name is made of: "RoBERTa: A Robustly Optimized BERT ..."."""
    head, _, rest = reading.document.text[: reading.document.title_end].partition(":")
    for child in reading.introduced:
        if child not in head:
            continue
        for word in dict.fromkeys(re.findall(r"[A-Z]\w{3,}", rest)):
            parent = reading.written(word)
            certain = sum(map(str.isupper, word)) > 1 or reading.is_named(word)  # "Carbon and Nitrogen Flux"
            if certain and is_of_known_family(word) and word in child[1:] and parent not in reading.introduced:
                yield reading.claim("lineage.named-after", child, "basedOnArchitecture", parent, 0)


def _ends_with(longer: str, shorter: str) -> bool:
    """Tell whether a name ends with another, from a capital or a hyphen on: "LocoMamba", "HiMo-CLIP"."""
    head = longer[: -len(shorter)]
    return (
        len(shorter) > 2
        and bool(head)
        and longer.endswith(shorter)
        and (not head[-1].isalnum() or shorter[0].isupper())
    )


def _tuned_here(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read "a B model fine-tuned on D": the thing of the paper that the sentence speaks of, or the paper, tunes B."""
    for match in (*sentence.finditer(_TUNED_ON), *sentence.finditer(_TRAINING_OF)):
        name = sentence.name(match["parent"])
        parent = reading.written(name)
        left = sentence.masked[: match.start()]
        training = match.re is _TRAINING_OF.pattern
        if (
            reading.is_introduced(parent)
            or not (parse_name(name.text).parameters or (is_of_known_family(name.text) and not training))
            or _NOT_TUNED_HERE.search(left)
            or is_negated(sentence, match.start())
        ):
            continue
        heir = re.search(
            rf"(?P<name>{NAME})(?: \([^()]*\))?,? (?:which |that )?(?:is|are|was|were)?,? ?(?:a |an |the )?$", left
        )
        child = reading.written(sentence.name(heir["name"])) if heir else PAPER
        yield reading.claim(
            "lineage.tuned-here", child if reading.is_introduced(child) else PAPER, "fineTunedFrom", parent, index
        )


def _is_kind(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether "an X model" or "an X-based framework" says of what kind it is, rather than what it is for."""
    name = sentence.name(match["parent"])
    based = match.string[match.end("parent") :].startswith("-")
    return (
        (based and is_design(reading, name, ""))
        or _ends_with(sentence.name(match["child"]).text, name.text)
        or is_of_known_family(name.text)
        or parse_name(name.text).sized
        or match["noun"] in ("variant", "version")
    )


def _descend(reading: Reading, index: int, sentence: Sentence, rule: Rule, cue: re.Match[str]) -> Iterator[Claim]:
    """Yield what one cue states, once for each heir and ancestor."""
    made = sentence.search(_FROM_WE) or sentence.search(_WITH_VERSION_OF)
    if made and rule.predicate == "fineTunedFrom":
        child, parent = sentence.name(made["child"]), sentence.name(made["parent"])
        if parent.kind == "name":
            yield reading.claim(rule.id, reading.written(child), rule.predicate, reading.written(parent), index)
        return
    ancestors = find_ancestors(reading, index, rule, cue)
    if not ancestors:
        return
    left = sentence.masked[: cue.start()]
    for heir in find_heirs(reading, index, rule, cue, ancestors):
        for ancestor in ancestors:
            predicate, name = _mechanism(reading, sentence, rule, ancestor), reading.written(ancestor)
            if heir != name and _may_state(reading, rule, left, heir, predicate, name):
                for stated in (predicate, *_implied(predicate)):
                    yield reading.claim(rule.id, heir, stated, name, index)


def _may_state(reading: Reading, rule: Rule, left: str, heir: str, predicate: str, ancestor: str) -> bool:
    """Tell whether a relation can hold: data sets have no weights, and a paper is built on nothing, a model is."""
    unnamed = has_no_name(left)
    if predicate in WEIGHTS and reading.introduced.get(heir) in ("Dataset", "Benchmark"):
        return False
    if heir == PAPER and predicate == "basedOnArchitecture" and not (unnamed or is_model_before(left, rule)):
        return False
    return unnamed or is_plausible(reading, heir, ancestor, rule)


@cache
def _implied(predicate: str) -> tuple[str, ...]:
    """Give the relations of the same kind above one in the ontology: what is adapted is fine-tuned as well."""
    relations = vocab.load().relations
    one = relations[predicate]
    return tuple(name for name, other in relations.items() if other.iri in one.parents and other.kind == one.kind)


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


_DATA_BEHIND = re.compile(r" (?:[a-z-]+ )?(?:data|datasets?|corpus|corpora|benchmarks?|suite)\b")


def _tuned_members(reading: Reading) -> Iterator[Claim]:
    """Take an introduced ``X - Instruct`` as fine-tuned from ``X``, where the text names ``X`` too."""
    first: dict[str, int] = {}
    for index, sentence in enumerate(reading.sentences):
        for found in sentence.names:
            if found.kind == "name" and not _DATA_BEHIND.match(sentence.masked[end_of(sentence, found) :]):
                first.setdefault(reading.written(found), index)
    for name in dict.fromkeys([*reading.introduced, *first]):
        member = any(
            kind == "Model" and (name == own or is_extension(name, own)) for own, kind in reading.introduced.items()
        )
        if not member or not parse_name(name).tuned or tokens_of(name)[-1].casefold() not in TUNED_ROLES:
            continue
        index = reading.introduced_in.get(name, first.get(name, 0))
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


def _next_versions(reading: Reading) -> Iterator[Claim]:
    """Take an introduced ``X 3`` as the successor of the ``X 2`` that the text names too, whatever it says of it."""
    for child in reading.introduced:
        number = _version(child)
        if not number or reading.introduced[child] not in ("Model", "Method"):
            continue
        older = [
            (version, index, parent)
            for index, sentence in enumerate(reading.sentences)
            for parent in map(reading.written, sentence.names)
            if parent not in reading.introduced
            and (version := _version(parent) or (_first(sentence, parent) if number[0] < _MANY else ()))
            and version < number
            and parse_name(parent).base.casefold() == parse_name(child).base.casefold()
        ]
        if older:
            version = max(version for version, _, _ in older)
            _, index, parent = min(((v, i, p) for v, i, p in older if v == version), key=lambda found: found[1])
            yield reading.claim("lineage.next-version", child, "succeeds", parent, index)


#: A number like that of YOLO9000 counts no versions.
_MANY = 100


def _first(sentence: Sentence, name: str) -> tuple[int, ...]:
    """Give (1,) for a name without a version, or nothing where it is that of a series."""
    read = parse_name(name)
    plain = not read.version and read.parameters is None and not read.roles and read.experts is None
    written = next((n for n in sentence.names if n.text == name), None)
    if not plain or written is None:
        return ()
    after = sentence.masked[end_of(sentence, written) :]
    return (1,) if not re.match(r" \d|(?: [a-z]+)? (?:series|family|families|models)\b", after) else ()


def _version(name: str) -> tuple[int, ...]:
    """Give the version of a name that states nothing else, as numbers: ``Gemma 3`` is (3,); others have none."""
    read = parse_name(name)
    plain = read.version and read.parameters is None and not read.roles and read.experts is None
    return tuple(map(int, read.version.split("."))) if plain else ()

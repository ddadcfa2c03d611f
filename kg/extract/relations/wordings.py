"""Wordings of descent in which the ancestor follows no cue: "X-generated data", "an X language model", "X powers Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.gazetteer import is_of_known_family
from kg.extract.lexicon import TECHNIQUES
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.ancestors import end_of, is_design, is_training
from kg.extract.relations.namesakes import ends_with
from kg.extract.relations.reading import NAME, Reading, is_negated
from kg.model import PAPER, Claim
from kg.names import parse_name

__all__ = ["on_transformer", "read_wordings"]

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
#: "fine-tuned on verified B outputs".
_OUTPUTS = Cue(
    rf"\b(?:train(?:ed|ing)|tun(?:ed|ing)|distilled|learn(?:ed|ing)) (?:on|from"
    rf"|with) (?:[a-z]+ ){{0,2}}?(?P<name>{NAME})(?:['’]s)?"
    r" (?:outputs|traces|completions|rationales|responses|generations)\b"
)
#: "to explore scaling up B, we train a model called C".
_SCALED_UP = Cue(
    r"\b[Ss]caling up (?:the )?(?P<parent>⟦n\d+⟧)(?: models?)?, we (?:[a-z]+ )?(?:train|present|introduce"
    r"|build|develop|propose)"
    r" (?:[\w-]+,? ){0,8}?(?P<child>⟦n\d+⟧)"
)

_EXTENDED = Cue(
    rf"\b(?:extend(?:s|ed|ing)?|adapt(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)|evolv(?:e|es|ed"
    rf"|ing)) (?P<parent>{NAME}) (?:in)?to (?P<child>{NAME})(?=[,.; ])"
)
_KIND_OF = Cue(
    rf"(?P<child>{NAME})(?: \([^()]*\))?, (?:an?|our) (?P<how>(?:(?:[a-z]"
    rf"|\d+(?:\.\d+)?[BM]\b)[\w-]* ){{0,4}}?)(?:SOTA )?(?P<parent>⟦n\d+⟧)(?:(?:-based"
    rf"|-style)? (?:[a-z-]+ ){{0,3}}?(?P<noun>model|network|architecture|LLM|LM|variant|version|detector"
    rf"|encoder|decoder)"
    rf"|(?:-based|-style)"
    rf" (?:[a-z-]+ ){{0,3}}?(?:framework|method|approach|system|agent|models|networks|LLMs|LMs|encoders))\b"
)
_IS_TUNED = re.compile(r"\b(?:instruction-|further )?(?:fine-?tuned|instruction-tuned|post-trained)\b")
_USES_KIND = Cue(
    r"\b(?:is|uses?|adopts?|employs?|using) (?:an? "
    r"|the )?(?:(?!any\b)[a-z-]+ ){0,3}?(?P<parent>⟦n\d+⟧)(?:-based|-style)"
    r" (?:[a-z-]+ ){0,4}?(?:architecture|model|network|backbone)\b"
)
#: The kind that is written without a capital.
_ON_TRANSFORMER = Cue(
    r"\b(?:based|built|relies|rely) (?:solely |purely |entirely )?(?:up)?on (?:the "
    r"|a )(?:[a-z-]+ ){0,2}?transformer architecture\b"
)
_POWERS = Cue(rf"(?P<part>{NAME}) (?:now |currently |also )?powers (?P<whole>{NAME})")

#: "distil P into C"; "we build C on top of P".
_INTO = Cue(
    rf"\bdistil(?:l|ls|led|ling)? (?:the )?(?P<teacher>{NAME})"
    rf"(?: models?)? into (?:[^.;⟦]{{0,60}}?,? (?:called|named|dubbed|namely) )?"
    rf"(?P<student>{NAME})|\b(?:[Ww]e|and|to) (?:[a-z]+ )?(?:build|develop|train|construct|implement) (?P<child>{NAME})"
    rf"(?: \([^()]*\))? (?:on top of|upon|by fine-?tuning|from) (?:the )?(?P<parent>{NAME})(?! (?:data"
    rf"|datasets?|corpus)\b)"
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
#: "X, which extends Y", "X, an adaptation of Y", where X's name ends with Y's.
_TAKES_UP = re.compile(
    r"(?:\b(?:[Ww]e|to|and) (?:adapt|extend|modify|leverage|augment|build (?:up)?on|enhance)"
    r"|\b(?:leverag|extend|enhanc|adapt|augment|employ|us|integrat|incorporat|modif|improv)(?:e?s|ies)"
    r"|\b(?:leverag|extend|adapt)ing|\b(?:adaptation|fork|extension|version|modification|variation) of"
    r"|\b(?:built|based|building) (?:up)?on)"
    r" (?:the |an? )?(?:(?!of\b)[a-z-]+ ){0,2}$"
)
#: "a B model fine-tuned on ...": the paper tunes it.
_TUNED_ON = Cue(
    r"(?P<parent>⟦n\d+⟧)(?: models?)?(?: \([^()]*\))?,? (?:(?:is|are|was"
    r"|were) )?(?:further )?(?:fine-?tuned|mid-trained"
    r"|post-trained|instruction-tuned) (?:on|with|using|for|via|by|to)\b"
)
#: "our fine-tuned B", "the B finetuned model".
_TUNED_NAME = Cue(
    r"\b(?:[Oo]ur|the resulting) (?:[a-z-]+ )?(?:instruction-|further )?(?:fine-?tuned|post-trained) (?P<parent>⟦n\d+⟧)"
    r"|\bthe (?P<named>⟦n\d+⟧) (?:fine-?tuned|post-trained) model\b"
)
#: "we fine-tune three models (A, B, and C)".
_TUNED_LIST = Cue(
    rf"\b[Ww]e (?:[a-z]+ )?(?:fine-?tuned?|post-train(?:ed)?|instruction-tuned?) (?:(?!on\b)[\w-]+ ){{0,5}}?"
    rf"(?:models|LLMs|LMs|VLMs|families|networks|transformers|architectures)(?: \(|, (?:namely |including )?|: )"
    rf"(?P<parents>{NAME}(?:(?:, and|,| and) {NAME})+)"
    rf"|^(?:[Ww]hen |[Bb]y )?[Ff]ine-?tuning (?:(?!on\b)[a-z-]+ ){{0,4}}(?:models|LLMs|LMs|VLMs) (?:such as|like) "
    rf"(?P<such>{NAME}(?:(?:, and(?: an?)?|,| and(?: an?)?) {NAME})*)"
    rf"|^(?:[A-Z][a-z]+ )?[Ff]ine-?tuning of (?:the )?(?P<opens>{NAME}(?:,? and {NAME})*) (?:improves?"
    rf"|increases?|boosts?|reduces?"
    r"|yields?|raises?|achieves?|outperforms?)\b"
)
#: "its base model B".
_ITS_BASE = Cue(r"\b(?:its|our|the) base (?:model|LLM|VLM|policy),? \(?(?P<parent>⟦n\d+⟧)")
#: "training on the model M with ...", "training a Llama-3-8B model with".
_TRAINING_OF = Cue(
    r"\b(?:RL-|post-)?[Tt]rain(?:ing|ed|s)? (?:on |of )?(?:an? |the )?(?:[a-z-]+ ){0,2}?(?P<parent>⟦n\d+⟧)(?: models?)?"
    r" (?:with|using|via|by|on)\b"
)
_USING = re.compile(r"\b(?:using|integrating|incorporating) (?:the |an? )?$")
_KIND_BEHIND = re.compile(
    r"-|'s | (?:[a-z-]+ )?(?:encoders?|backbones?|features|embeddings|methods|scenarios|tasks|data)\b"
)
_NOT_TUNED_HERE = re.compile(
    r"\b(?:than|[Cc]ompared (?:to|with)|over|existing|previous|prior|such as|like|outperform\w*|surpass\w*|match\w*"
    r"|exceed\w*|versus|vs\.?|baselines?|state-of-the-art|SOTA)\b[^,;:]*$"
)


def on_transformer(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read "based on the transformer architecture", which has no capital and so no name."""
    for match in sentence.finditer(_ON_TRANSFORMER):
        child = (reading.subjects(index, match.start()) or [reading.main(index)])[0]
        if reading.introduced.get(child) in ("Model", "Method") and not is_negated(sentence, match.start()):
            yield reading.claim("lineage.built-on", child, "basedOnArchitecture", "Transformer", index)


def read_wordings(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read wordings in which the ancestor follows no cue: "X-generated data", "an X language model", "X powers Y"."""
    for match in (*sentence.finditer(_GENERATED), *sentence.finditer(_OUTPUTS)):
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
            if not kind and _IS_TUNED.search(
                match["how"] + match.string[match.end() : match.end() + 40].partition(",")[0]
            ):
                rule, predicate = "lineage.tuned-here", "fineTunedFrom"
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
    for match in sentence.finditer(_INTO):
        taught = bool(match["teacher"])
        heir = sentence.name(match["student" if taught else "child"])
        origin = sentence.name(match["teacher" if taught else "parent"])
        read = parse_name(origin.text)
        weights = read.parameters or read.tuned or "tuning" in match[0]
        if origin.kind == "name" and reading.is_introduced(heir.text) and not reading.is_introduced(origin.text):
            predicate = "distilledFrom" if taught else "fineTunedFrom" if weights else "basedOnArchitecture"
            rule = "lineage.distilled" if taught else "lineage.built-on"
            yield reading.claim(rule, reading.written(heir), predicate, reading.written(origin), index)
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
    for match in sentence.finditer(_SCALED_UP):
        child, parent = (reading.written(sentence.name(match[group])) for group in ("child", "parent"))
        if reading.is_introduced(child) and child != parent:
            yield reading.claim("lineage.scaled", child, "scaledFrom", parent, index)
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
            if reading.introduced.get(child) in ("Model", "Method", "Software") and ends_with(child, parent):
                yield reading.claim("lineage.named-after", child, "basedOnArchitecture", parent, index)


def _tuned_here(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read "a B model fine-tuned on D": the thing of the paper that the sentence speaks of, or the paper, tunes B."""
    for match in sentence.finditer(_TUNED_LIST):
        group = next(group for group in ("parents", "such", "opens") if match[group])
        for name in sentence.names_in(*match.span(group)):
            if name.kind == "name" and not reading.is_introduced(name.text):
                yield reading.claim("lineage.tuned-here", PAPER, "fineTunedFrom", reading.written(name), index)
    for match in sentence.finditer(_ITS_BASE):
        name, child = (
            sentence.name(match["parent"]),
            (reading.subjects(index, match.start()) or [reading.main(index)])[0],
        )
        tuned = reading.introduced.get(child) in ("Model", "Method") or child == PAPER
        if (
            tuned
            and is_training(reading.sentences[index - 1]) | is_training(sentence)
            and not reading.is_introduced(name.text)
        ):
            yield reading.claim("lineage.tuned-here", child, "fineTunedFrom", reading.written(name), index)
    for match in sentence.finditer(_TUNED_NAME):
        name = sentence.name(match["parent"] or match["named"])
        if is_of_known_family(name.text) and not reading.is_introduced(name.text):
            yield reading.claim("lineage.tuned-here", PAPER, "fineTunedFrom", reading.written(name), index)
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
            rf"(?P<name>{NAME})(?: \([^()]*\))?,? (?:which |that )?(?:is|are|was|were)?,? ?(?:a |an |the )?"
            rf"(?:(?:[a-z-]+ ){{0,3}}(?:of|from) (?:the )?)?$",
            left,
        )
        child = reading.written(sentence.name(heir["name"])) if heir else PAPER
        yield reading.claim(
            "lineage.tuned-here", child if reading.is_introduced(child) else PAPER, "fineTunedFrom", parent, index
        )


def _is_spoken_of(reading: Reading, name: Name) -> bool:
    """Tell whether the text writes a name elsewhere too: a capital alone does not make "a Session-based model" one."""
    return sum(other.text == name.text for sentence in reading.sentences for other in sentence.names) > 1


def _is_kind(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether "an X model" or "an X-based framework" says of what kind it is, rather than what it is for."""
    name = sentence.name(match["parent"])
    based = match.string[match.end("parent") :].startswith("-")
    return (
        (based and is_design(reading, name, ""))
        or (based and match["noun"] and _is_spoken_of(reading, name))
        or ends_with(sentence.name(match["child"]).text, name.text)
        or is_of_known_family(name.text)
        or parse_name(name.text).sized
        or match["noun"] in ("variant", "version")
    )

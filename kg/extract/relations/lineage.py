"""What a model descends from: the nine relations of lineage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gazetteer import is_of_known_family
from kg.extract.mentions import Name, Sentence
from kg.extract.relations.components import COMPONENT_NOUN
from kg.extract.relations.reading import NAME, Reading, Rule, is_near, is_negated, listed_names
from kg.model import PAPER, Claim
from kg.names import is_extension, parse_name, tokens_of

__all__ = ["RULES", "extract_lineage"]

_TUNED = (
    r"(?:(?:instruction|supervised|preference|post|further)[- ])*(?:fine-?tun(?:e|ed|es|ing)"
    r"|post-?train(?:ed|ing|s)?|instruction-?tuned|tuned|RL-trained)"
)
_DATA = (
    r"(?:data|traces?|outputs?|trajector(?:y|ies)|labels?|pseudo-labels|demonstrations?|completions?"
    r"|responses?|samples?|conversations?|examples|rationales|instructions|annotations?|dialogues"
    r"|preferences|captions?|knowledge)"
)


def _rule(name: str, predicate: str, cue: str, confidence: float) -> Rule:
    return Rule(f"lineage.{name}", predicate, re.compile(cue, re.IGNORECASE), confidence)


#: In order: where two cues overlap, the first one holds. The subject stands before the cue, the ancestors behind it.
RULES = (
    _rule(
        "fine-tuned",
        "fineTunedFrom",
        rf"\b{_TUNED}(?: and [a-z-]+ed)? (?:versions?|variants?|checkpoints?|models? )?(?:of|from|on top of"
        rf"|upon|based on|over|starting from)\b(?! data)",
        0.93,
    ),
    _rule(
        "trained-on-top",
        "fineTunedFrom",
        r"\btrained\b[^.;⟦]{0,60}? on top of\b|\btrained (?:by|via|with|using|through) [^.;⟦]{0,60}? (?:from"
        r"|starting from)\b|\b(?:RL|reinforcement learning|SFT|RLHF|DPO) on top of\b",
        0.93,
    ),
    _rule(
        "fine-tuning",
        "fineTunedFrom",
        rf"(?:\b(?:fine-?tun(?:e|es|ing)|post-?train(?:s|ing)?)|\bwe (?:[a-z]+ )?(?:fine-?tuned|post-?trained))"
        rf" (?:the |a |an )?(?:(?!(?:on|with|using|via|for|and|or|of|in|by)\b)[a-z-]+ ){{0,3}}?"
        rf"(?={NAME}(?: models?| checkpoints?| base)?(?: on| with| using| to| via| for|,|\.| and| from| in))",
        0.8,
    ),
    _rule(
        "initialized",
        "initializedFrom",
        r"\b(?:initiali[sz](?:ed|ing|es) (?:from|with|by|using)|warm-?started (?:from|with)|upcycled? (?:from"
        r"|of)?|upcycling|continual(?:ly)? pre-?train(?:ed|ing) (?:from|of|on top of)"
        r"|continued? pre-?training (?:of|from|on top of)|continu(?:ed|ing) (?:the )?training (?:of|from)"
        r"|retrofit(?:ted|s)? (?:from)?|starting from (?:a |an |the )?(?:pre-?trained )?|inherit(?:s|ing"
        r"|ed)?(?: from)?|adapted from|converted from)",
        0.9,
    ),
    _rule(
        "distilled",
        "distilledFrom",
        rf"\bdistill(?:ed|ing|s)(?: [a-z-]+){{0,4}}? from\b|\bdistill(?:ing|s|ed)? (?=(?:the )?{NAME})"
        rf"|\bdistillation (?:from|of)\b|\bdistilled versions? of\b",
        0.93,
    ),
    _rule(
        "generated-data",
        "distilledFrom",
        rf"\b(?:{_DATA} (?:generated|produced|distilled|synthesi[sz]ed|sampled|created)"
        rf"(?: [a-z]+)? (?:by|from|with|using)"
        rf"|(?:(?:cold-start|synthetic|distillation|distilled|instruction(?:-following)?|preference|reasoning"
        rf"|teacher|SFT)"
        rf" {_DATA}|traces?|trajector(?:y|ies)|outputs|rationales|completions|responses|demonstrations) from)\b"
        rf"(?= (?:the |a |an |both |its )*(?:[a-z-]+ ){{0,3}}{NAME})",
        0.8,
    ),
    _rule(
        "pruned",
        "prunedFrom",
        r"\bprun(?:ed|ing)(?: [a-z]+){0,3}? (?:from|of|version of)\b|\bprun(?:ing|ed) (?=⟦n)",
        0.9,
    ),
    _rule(
        "quantized",
        "quantizedFrom",
        r"\bquanti[sz](?:ed|ing|ation)(?: (?:version|variant|checkpoint)s?)? (?:of|from)\b",
        0.9,
    ),
    _rule("merged", "mergedFrom", r"\bmerg(?:ed from|ing|es|e of|ed version of)\b(?= (?:the )?⟦n)", 0.9),
    _rule(
        "same-budget",
        "scaledFrom",
        r"\bsame (?:[\w-]+ ){0,3}(?:budget|compute|recipe|training (?:data|set|corpus|recipe)|data"
        r"|hyperparameters) (?:as|used (?:by|for|in))\b",
        0.9,
    ),
    _rule(
        "scaled",
        "scaledFrom",
        r"\b(?:scal(?:ed|ing)(?:[- ](?:up|down))?|larger|smaller|bigger|lighter|lightweight|compact"
        r"|distilled)(?:[- ][a-z]+)? (?:version|variant|sibling|counterpart)s? of\b|\bscal(?:ing"
        r"|es?) (?:up )?(?=⟦n\d+⟧ (?:to|up))",
        0.88,
    ),
    _rule(
        "succeeds",
        "succeeds",
        r"\b(?:successors? (?:of|to)|succeeds|succeeding|next (?:version|generation|iteration) of|(?:improved"
        r"|upgraded|updated|new|newer|enhanced|latest|second|third|revised) (?:version|generation"
        r"|iteration)s? of|(?:evolution|upgrade) of|(?:building|builds|improv(?:es|ing)) (?:up)?on (?:its|the"
        r"|our) predecessors?,?|advanc(?:es|ing) (?:up)?on (?:its|our) predecessor|(?:upgrade|update"
        r"|evolution) (?:from|of)|(?:its|our|the) (?:direct |immediate )?predecessors?,?(?= (?:the )?⟦n))",
        0.88,
    ),
    _rule(
        "same-architecture",
        "basedOnArchitecture",
        r"\b(?:same|identical) (?:[\w-]+ ){0,3}(?:architecture|structure|design|backbone) (?:as|of|to"
        r"|used (?:by|in))\b|\barchitecture (?:is )?(?:identical|similar) to\b",
        0.95,
    ),
    _rule(
        "architecture",
        "basedOnArchitecture",
        r"\b(?:extend(?:s|ing|ed)?|extension (?:of|to)|generali[sz](?:es|ing|ation of)|adopt(?:s|ing"
        r"|ed)?(?: the)?|hybrid of|variants? of|modif(?:ies|ying|ication of)|inherits? (?:from|the)"
        r"|integrat(?:es|ing) ideas from|derived from|follow(?:s|ing) the architecture of"
        r"|changes to(?= the ⟦n\d+⟧ architecture))\b(?= (?:the |a |an "
        r"|our )?(?:[a-z-]+ ){0,2}(?:architecture of (?:the )?)?⟦n\d+⟧(?! (?:in)?to ⟦))",
        0.8,
    ),
    _rule(
        "built-on",
        "basedOnArchitecture",
        r"\b(?:based|built|building|builds|founded|developed|constructed|implemented|instantiated"
        r"|grounded)(?: directly| primarily| solely| entirely| further)? (?:up)?on(?: top of)?\b"
        r"|\bon the basis of\b|\bbuilt (?:from|around|with|atop)\b",
        0.85,
    ),
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
    r"\b(?:[Ww]e|[Oo]ur|family|series|suite|set|class|collection|range|two|three|these)\b[^.;]{0,80}$"
)
_GENERATED = re.compile(
    rf"(?P<name>{NAME})(?:(?:-generated| generated|-synthesized|-annotated|-distilled|-labell?ed"
    rf"| to (?:generate|produce|synthesi[sz]e|annotate|create|label))\b[^.;⟦]{{0,80}}?{_DATA}\b"
    rf"| pseudo-labels\b)"
)
_EXTENDED = re.compile(
    rf"\b(?:extend(?:s|ed|ing)?|adapt(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)|evolv(?:e|es|ed"
    rf"|ing)) (?P<parent>{NAME}) (?:in)?to (?P<child>{NAME})(?=[,.; ])"
)
_BASED_WE = re.compile(
    rf"(?P<parent>{NAME})(?: \([^()]*\))?, we (?:\w+ ){{0,2}}?(?:introduce|propose|present|develop|build"
    rf"|release|train|design|create|construct) (?:[\w-]+ ){{0,6}}?(?P<child>{NAME})"
)
_KIND_OF = re.compile(
    rf"(?P<child>{NAME})(?: \([^()]*\))?, an? (?:[a-z][\w-]* ){{0,4}}?(?P<parent>⟦n\d+⟧)(?:-based"
    rf"|-style)? (?:[a-z-]+ ){{0,3}}?(?:model|network|architecture|LLM|LM)\b"
)
_POWERS = re.compile(rf"(?P<part>{NAME}) (?:now |currently |also )?powers (?P<whole>{NAME})")
_WITH_VERSION_OF = re.compile(
    rf"(?P<parent>{NAME})(?: models?)? (?:is |was |are |were )?(?:further )?(?:{_TUNED}"
    rf"|adapted)\b[^.;]{{0,80}}?(?:, resulting in|, yielding|to (?:obtain|produce|create|get|build)|into"
    rf"|resulting in the creation of)(?: the creation of)? (?:our )?(?P<child>{NAME})"
)
_FROM_WE = re.compile(
    rf"\b[Ww]e (?:further |then |also )?(?:{_TUNED}) (?:the )?(?P<parent>{NAME})[^.;]{{0,100}}?"
    rf"(?:, resulting in|, yielding| to (?:obtain|produce|create|get"
    rf"|build))(?: the creation of)? (?:our )?(?P<child>{NAME})"
)


def extract_lineage(reading: Reading) -> Iterator[Claim]:
    """Yield the ancestors that the sentences of a paper state, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        if not sentence.names:
            continue
        covered: list[tuple[int, int]] = []
        for rule in RULES:
            for cue in rule.cue.finditer(sentence.masked):
                if any(cue.start() < end and start < cue.end() for start, end in covered) or is_negated(
                    sentence, cue.start()
                ):
                    continue
                claims = list(_descend(reading, index, sentence, rule, cue))
                if claims:
                    covered.append(cue.span())
                    yield from claims
        yield from _other_wordings(reading, index, sentence)
    yield from _tuned_members(reading)


def _other_wordings(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Read wordings in which the ancestor follows no cue: "X-generated data", "an X language model", "X powers Y"."""
    for match in _GENERATED.finditer(sentence.masked):
        parent = reading.written(sentence.name(match["name"]))
        child = reading.main(index)
        if (
            not is_negated(sentence, match.start())
            and not reading.is_introduced(parent)
            and reading.introduced.get(child) in ("Model", "Method")
        ):
            yield reading.claim("lineage.generated-data", 0.8, child, "distilledFrom", parent, index)
    for match in _KIND_OF.finditer(sentence.masked):
        child, parent = reading.written(sentence.name(match["child"])), reading.written(sentence.name(match["parent"]))
        if (
            reading.is_introduced(child)
            and not reading.is_introduced(parent)
            and not sentence.name(match["parent"]).possessive
        ):
            yield reading.claim("lineage.kind-of", 0.75, child, "basedOnArchitecture", parent, index)
    for match in _EXTENDED.finditer(sentence.masked):
        child, parent = reading.written(sentence.name(match["child"])), reading.written(sentence.name(match["parent"]))
        if reading.is_introduced(child):
            yield reading.claim("lineage.extended", 0.88, child, "basedOnArchitecture", parent, index)
    for match in _POWERS.finditer(sentence.masked):
        whole, part = reading.written(sentence.name(match["whole"])), reading.written(sentence.name(match["part"]))
        yield reading.claim("lineage.powered-by", 0.9, whole, "usesComponent", part, index)


def _descend(reading: Reading, index: int, sentence: Sentence, rule: Rule, cue: re.Match[str]) -> Iterator[Claim]:
    made = _FROM_WE.search(sentence.masked) or _WITH_VERSION_OF.search(sentence.masked)
    if made and rule.predicate == "fineTunedFrom":
        child, parent = sentence.name(made["child"]), sentence.name(made["parent"])
        if parent.kind == "name":
            yield reading.claim(
                rule.id, rule.confidence, reading.written(child), rule.predicate, reading.written(parent), index
            )
        return
    ancestors = [n for n in listed_names(sentence, cue.end()) if n.kind == "name" and not n.possessive]
    if cue.start() == 0:  # "Built on A, B outperforms": what follows the comma is the heir
        ancestors = (
            ancestors[:1] if " and " not in sentence.masked[cue.end() : cue.end() + 60].split(",")[0] else ancestors
        )
    if not ancestors or not is_near(sentence, cue.end(), ancestors[0]):
        return
    if rule.predicate == "basedOnArchitecture":
        after_list = sentence.masked[_end_of(sentence, ancestors[-1]) :]
        ancestors = [n for n in ancestors if _is_design(reading, n, after_list)]
    left = sentence.masked[: cue.start()]
    if _OTHERS.search(left) and not _OWN_FAMILY.search(left):
        return
    subjects = _heirs(reading, index, cue.start())
    for subject in subjects:
        for ancestor in ancestors:
            predicate = _mechanism(reading, sentence, rule, ancestor)
            name = reading.written(ancestor)
            if predicate and subject != name and _plausible(reading, subject, name, rule):
                yield reading.claim(rule.id, rule.confidence, subject, predicate, name, index)


def _end_of(sentence: Sentence, name: Name) -> int:
    symbol = sentence.symbol(name)
    return sentence.masked.find(symbol) + len(symbol)


def _is_design(reading: Reading, name: Name, after: str) -> bool:
    """Tell whether a name can be that of a model or an architecture, rather than of a theory, a norm or a place.

    It is of a known family or the paper's own, has the shape of a product's name, or a noun behind the list says so.
    """
    return (
        _DESIGN_NOUN.match(after) is not None
        or is_of_known_family(name.text)
        or reading.is_introduced(name.text)
        or parse_name(name.text).sized
        or re.fullmatch(r"\S*[a-z]\S*[A-Z]\S*|\S*[A-Z]\S*\d\S*|[A-Z]{4,}\S*|\S+-\S+", name.text) is not None
    )


def _heirs(reading: Reading, index: int, position: int) -> list[str]:
    sentence = reading.sentences[index]
    subjects = reading.subjects(index, position)
    if not subjects and re.match(r"[^⟦]*$", sentence.masked[:position]):
        based = _BASED_WE.search(sentence.masked, position)
        if based:
            return [reading.written(sentence.name(based["child"]))]
        ahead = re.match(rf"[^⟦]*{NAME}(?: \([^()]*\))?, (?P<name>{NAME})", sentence.masked[position:])
        if ahead:
            return [reading.written(sentence.name(ahead["name"]))]
        if position < 3 and re.search(r", we\b", sentence.masked):
            return [reading.main(index)]
        if position < 3 and re.search(r"^[^,]*, (?:it|they|our|the|this|these)\b", sentence.masked):
            return [reading.latest(index)]
        subjects = (
            [reading.latest(index)]
            if re.search(r"\b(?:[Ww]e|[Oo]ur|[Tt]he|[Tt]hese|[Ii]t)\b", sentence.masked[:position])
            else []
        )
    return subjects


def _mechanism(reading: Reading, sentence: Sentence, rule: Rule, ancestor: Name) -> str:
    """Give the predicate of a rule; "built on" a checkpoint means its weights, on a framework its design."""
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


def _plausible(reading: Reading, subject: str, ancestor: str, rule: Rule) -> bool:
    """Let a thing of the paper descend from one outside or from another of its own, never the reverse."""
    if subject == PAPER:
        return not reading.is_introduced(ancestor) and rule.predicate != "basedOnArchitecture"
    if is_extension(ancestor, subject):
        return False
    return reading.is_introduced(subject) or not reading.is_introduced(ancestor)


def _tuned_members(reading: Reading) -> Iterator[Claim]:
    """Take an introduced ``X - Instruct`` as fine-tuned from ``X``, where the text names ``X`` too."""
    for name in reading.introduced:
        if not parse_name(name).tuned:
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
            yield reading.claim("lineage.tuned-member", 0.95, name, "fineTunedFrom", base, index)

"""What a model descends from, and what a system contains: the nine lineage relations and ``usesComponent``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions import Name, Sentence, name_symbol
from kg.extract.names import is_extension, parse_name, tokens_of
from kg.extract.relations.reading import NAME, Reading, Rule, is_negated, listed_names
from kg.model import PAPER, Claim

__all__ = ["RULES", "extract_lineage"]

_TUNED = r"(?:(?:instruction|supervised|preference|post|further)[- ])*(?:fine-?tun(?:e|ed|es|ing)|post-?train(?:ed|ing|s)?|instruction-?tuned|tuned|RL-trained)"
_DATA = r"(?:data|traces?|outputs?|trajector(?:y|ies)|labels?|pseudo-labels|demonstrations?|completions?|responses?|samples?|conversations?|examples|rationales|instructions|annotations?|dialogues|preferences|captions?|knowledge)"


def _rule(name: str, predicate: str, cue: str, confidence: float) -> Rule:
    return Rule(f"lineage.{name}", predicate, re.compile(cue, re.IGNORECASE), confidence)


#: In order: where two cues overlap, the first one holds. The subject stands before the cue, the ancestors behind it.
RULES = (
    _rule("fine-tuned", "fineTunedFrom", rf"\b{_TUNED}(?: and [a-z-]+ed)? (?:versions?|variants?|checkpoints?|models? )?(?:of|from|on top of|upon|based on|over|starting from)\b(?! data)", 0.93),
    _rule("trained-on-top", "fineTunedFrom", r"\btrained\b[^.;⟦]{0,60}? on top of\b|\btrained (?:by|via|with|using|through) [^.;⟦]{0,60}? (?:from|starting from)\b|\b(?:RL|reinforcement learning|SFT|RLHF|DPO) on top of\b", 0.93),
    _rule("fine-tuning", "fineTunedFrom", rf"\b{_TUNED} (?:the |a |an )?(?:[a-z-]+ ){{0,3}}?(?={NAME}(?: models?| checkpoints?| base)?(?: on| with| using| to| via| for|,|\.| and| from| in))", 0.85),
    _rule("initialized", "initializedFrom", r"\b(?:initiali[sz](?:ed|ing|es) (?:from|with|by|using)|warm-?started (?:from|with)|upcycled? (?:from|of)?|upcycling|continual(?:ly)? pre-?train(?:ed|ing) (?:from|of|on top of)|continued? pre-?training (?:of|from|on top of)|continu(?:ed|ing) (?:the )?training (?:of|from)|retrofit(?:ted|s)? (?:from)?|starting from (?:a |an |the )?(?:pre-?trained )?|inherit(?:s|ing|ed)?(?: from)?|adapted from|converted from)", 0.9),
    _rule("distilled", "distilledFrom", rf"\bdistill(?:ed|ing|s)(?: [a-z-]+){{0,4}}? from\b|\bdistill(?:ing|s|ed)? (?=(?:the )?{NAME})|\bdistillation (?:from|of)\b|\bdistilled versions? of\b", 0.93),
    _rule("generated-data", "distilledFrom", rf"\b(?:[\w-]+ )?{_DATA} (?:(?:generated|produced|distilled|synthesi[sz]ed|sampled|created|obtained|annotated|labeled|collected)(?: [a-z]+)? )?(?:by|from|with|using)\b(?= (?:the |a |an |both |its )*(?:[a-z-]+ ){{0,3}}{NAME})", 0.8),
    _rule("pruned", "prunedFrom", r"\bprun(?:ed|ing)(?: [a-z]+){0,3}? (?:from|of|version of)\b|\bprun(?:ing|ed) (?=⟦n)", 0.9),
    _rule("quantized", "quantizedFrom", r"\bquanti[sz](?:ed|ing|ation)(?: (?:version|variant|checkpoint)s?)? (?:of|from)\b", 0.9),
    _rule("merged", "mergedFrom", r"\bmerg(?:ed from|ing|es|e of|ed version of)\b(?= (?:the )?⟦n)", 0.9),
    _rule("same-budget", "scaledFrom", r"\bsame (?:[\w-]+ ){0,3}(?:budget|compute|recipe|training (?:data|set|corpus|recipe)|data|hyperparameters) (?:as|used (?:by|for|in))\b", 0.9),
    _rule("scaled", "scaledFrom", r"\b(?:scal(?:ed|ing)(?:[- ](?:up|down))?|larger|smaller|bigger|lighter|lightweight|compact|distilled)(?:[- ][a-z]+)? (?:version|variant|sibling|counterpart)s? of\b|\bscal(?:ing|es?) (?:up )?(?=⟦n\d+⟧ (?:to|up))", 0.88),
    _rule("succeeds", "succeeds", r"\b(?:successors? (?:of|to)|succeeds|succeeding|next (?:version|generation|iteration) of|(?:improved|upgraded|updated|new|newer|enhanced|latest|second|third|revised) (?:version|generation|iteration)s? of|(?:evolution|upgrade) of|(?:building|builds|improv(?:es|ing)) (?:up)?on (?:its|the|our) predecessors?,?|advanc(?:es|ing) (?:up)?on (?:its|our) predecessor|(?:upgrade|update|evolution) (?:from|of)|(?:its|our|the) (?:direct |immediate )?predecessors?,?(?= (?:the )?⟦n))", 0.88),
    _rule("same-architecture", "basedOnArchitecture", r"\b(?:same|identical) (?:[\w-]+ ){0,3}(?:architecture|structure|design|backbone) (?:as|of|to|used (?:by|in))\b|\barchitecture (?:is )?(?:identical|similar) to\b", 0.95),
    _rule("architecture", "basedOnArchitecture", r"\b(?:extend(?:s|ing|ed)?|extension (?:of|to)|generali[sz](?:es|ing|ation of)|adopt(?:s|ing|ed)?(?: the)?|hybrid of|variants? of|modif(?:ies|ying|ication of)|inherits? (?:from|the)|integrat(?:es|ing) ideas from|derived from|follow(?:s|ing) the architecture of|changes to(?= the ⟦n\d+⟧ architecture))\b(?= (?:the |a |an |our )?(?:[a-z-]+ ){0,2}(?:architecture of (?:the )?)?⟦n\d+⟧(?! (?:in)?to ⟦))", 0.8),
    _rule("built-on", "basedOnArchitecture", r"\b(?:based|built|building|builds|founded|developed|constructed|implemented|instantiated|grounded)(?: directly| primarily| solely| entirely| further)? (?:up)?on(?: top of)?\b|\bon the basis of\b|\bbuilt (?:from|around|with|atop)\b", 0.85),
)

_COMPONENT_NOUN = r"(?:encoders?|backbones?|decoders?|retrievers?|tokenizers?|vocoders?|embeddings?|features?|engine|module|head|planner|judge|captioner|detector|simulator|renderer|codec|prior|planner|generator|verifier|expert|language model|LLM|vision encoder|text encoder|image encoder|physics engine)"
COMPONENT_RULES = (
    _rule("powered-by", "usesComponent", r"\b(?:powered|driven|orchestrated) by\b", 0.9),
    _rule("processed-with", "usesComponent", r"\b(?:encoded|decoded|tokenized|embedded|rendered|retrieved|extracted|parsed|vocoded|processed|segmented)(?: and [a-z]+ed)? (?:with|by|using|via)\b", 0.85),
    _rule("combines", "usesComponent", r"\b(?:combin(?:es|ing)|integrat(?:es|ing)|incorporat(?:es|ing)|coupl(?:es|ing)|connect(?:s|ing)|fus(?:es|ing)|equipped with|augmented with|pairs|consists of|composed of|comprises|wraps|employ(?:s|ing)|utiliz(?:es|ing)|leverag(?:es|ing)|us(?:es|ing))\b", 0.8),
)
_BACKBONE = re.compile(rf"(?P<name>{NAME})(?:'s|-based)? (?:[a-z-]+ ){{0,2}}?{_COMPONENT_NOUN}\b")
_AS_PART = re.compile(rf"(?P<name>{NAME})(?: \([^()]*\))? as (?:a |an |the |its |our |their )?(?:[\w-]+ ){{0,3}}?{_COMPONENT_NOUN}\b")
_FRAMEWORK = re.compile(r"^ (?:[a-z-]+ )?(?:architecture|framework|paradigm|design|structure)\b")
#: Words that may stand between a cue and the name that it governs.
_NEAR = re.compile(
    rf"(?:\s|,|\(|:|and\b|or\b|both\b|the\b|an?\b|its\b|our\b|their\b|existing\b|original\b|popular\b|recent\w*\b|proposed\b|strong\b|powerful\b|vanilla\b|standard\b|frozen\b|pre-?trained\b|base\b|open\b|public\w*\b"
    rf"|novel\b|small\w*\b|large\w*\b|language\b|vision\b|text\b|image\b|foundation\b|backbones?\b|checkpoints?\b|models?\b|weights\b|architectures?\b|design\b|framework\b|series\b|family\b|teacher\b|of\b|from\b|such as\b|including\b|namely\b|like\b"
    rf"|same\b|latest\b|previous\b|earlier\b|well-known\b|[a-z]+-[a-z-]+\b|state-of-the-art\b|multimodal\b|multilingual\b|deep\b|neural\b|physics\b|diffusion\b|transformer\b|predecessors?\b|different\b|two\b|three\b|several\b|{NAME})*$"
)
#: The noun right before "based on" where it is no thing of the paper: "existing models based on T".
_OTHERS = re.compile(r"\b(?:models|methods|approaches|systems|networks|LLMs|LMs|VLMs|algorithms|techniques|baselines|architectures|features|priors?|agents)(?: that (?:are|is)| which are)? $")
_OWN_FAMILY = re.compile(r"\b(?:[Ww]e|[Oo]ur|family|series|suite|set|class|collection|range|two|three|these)\b[^.;]{0,80}$")
_GENERATED = re.compile(rf"(?P<name>{NAME})(?:(?:-generated| generated|-synthesized|-annotated|-distilled|-labell?ed| to (?:generate|produce|synthesi[sz]e|annotate|create|label))\b[^.;⟦]{{0,80}}?{_DATA}\b| pseudo-labels\b)")
_EXTENDED = re.compile(rf"\b(?:extend(?:s|ed|ing)?|adapt(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)|evolv(?:e|es|ed|ing)) (?P<parent>{NAME}) (?:in)?to (?P<child>{NAME})(?=[,.; ])")
_BASED_WE = re.compile(rf"(?P<parent>{NAME})(?: \([^()]*\))?, we (?:\w+ ){{0,2}}?(?:introduce|propose|present|develop|build|release|train|design|create|construct) (?:[\w-]+ ){{0,6}}?(?P<child>{NAME})")
_KIND_OF = re.compile(rf"(?P<child>{NAME})(?: \([^()]*\))?, an? (?:[a-z][\w-]* ){{0,4}}?(?P<parent>⟦n\d+⟧)(?:-based|-style)? (?:[a-z-]+ ){{0,3}}?(?:model|network|architecture|LLM|LM)\b")
_POWERS = re.compile(rf"(?P<part>{NAME}) (?:now |currently |also )?powers (?P<whole>{NAME})")
_WITH_VERSION_OF = re.compile(rf"(?P<parent>{NAME})(?: models?)? (?:is |was |are |were )?(?:further )?(?:{_TUNED}|adapted)\b[^.;]{{0,80}}?(?:, resulting in|, yielding|to (?:obtain|produce|create|get|build)|into|resulting in the creation of)(?: the creation of)? (?:our )?(?P<child>{NAME})")
_FROM_WE = re.compile(rf"\b[Ww]e (?:further |then |also )?(?:{_TUNED}) (?:the )?(?P<parent>{NAME})[^.;]{{0,100}}?(?:, resulting in|, yielding| to (?:obtain|produce|create|get|build))(?: the creation of)? (?:our )?(?P<child>{NAME})")


def extract_lineage(reading: Reading) -> Iterator[Claim]:
    """Yield the ancestors and the components that the sentences of a paper state, in order."""
    for index, sentence in enumerate(reading.sentences[1:], 1):
        covered: list[tuple[int, int]] = []
        for rule in RULES:
            for cue in rule.cue.finditer(sentence.masked):
                if any(cue.start() < end and start < cue.end() for start, end in covered) or is_negated(sentence, cue.start()):
                    continue
                claims = list(_descend(reading, index, sentence, rule, cue))
                if claims:
                    covered.append(cue.span())
                    yield from claims
        yield from _components(reading, index, sentence)
        yield from _other_wordings(reading, index, sentence)
    yield from _tuned_members(reading)


def _other_wordings(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    """Wordings in which the ancestor does not follow a cue: "GPT-generated data", "a GPT language model", "X powers Y"."""
    for match in _GENERATED.finditer(sentence.masked):
        parent = reading.written(sentence.name(match["name"]))
        child = reading.main(index)
        if not is_negated(sentence, match.start()) and not reading.is_introduced(parent) and reading.introduced.get(child) in ("Model", "Method"):
            yield reading.claim("lineage.generated-data", 0.8, child, "distilledFrom", parent, index)
    for match in _KIND_OF.finditer(sentence.masked):
        child, parent = reading.written(sentence.name(match["child"])), reading.written(sentence.name(match["parent"]))
        if reading.is_introduced(child) and not reading.is_introduced(parent) and not sentence.name(match["parent"]).possessive:
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
            yield reading.claim(rule.id, rule.confidence, reading.written(child), rule.predicate, reading.written(parent), index)
        return
    ancestors = [n for n in listed_names(sentence, cue.end()) if n.kind == "name" and not n.possessive]
    if cue.start() == 0:  # "Built on A, B outperforms": what follows the comma is the heir
        ancestors = ancestors[:1] if " and " not in sentence.masked[cue.end() : cue.end() + 60].split(",")[0] else ancestors
    if not ancestors or _far(sentence, cue.end(), ancestors[0]):
        return
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


def _far(sentence: Sentence, position: int, name: Name) -> bool:
    """Whether more than a few words stand between the cue and the name it should govern."""
    symbol = next(name_symbol(n, i) for i, n in enumerate(sentence.names) if n is name)
    between = sentence.masked[position : sentence.masked.find(symbol, position)]
    return not _NEAR.match(between)


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
        subjects = [reading.latest(index)] if re.search(r"\b(?:[Ww]e|[Oo]ur|[Tt]he|[Tt]hese|[Ii]t)\b", sentence.masked[:position]) else []
    return subjects


def _mechanism(reading: Reading, sentence: Sentence, rule: Rule, ancestor: Name) -> str:
    """The predicate of a rule; "built on" a particular checkpoint means its weights, on a framework its design."""
    if rule.id != "lineage.built-on":
        return rule.predicate
    symbol = next(name_symbol(n, i) for i, n in enumerate(sentence.names) if n is ancestor)
    after = sentence.masked[sentence.masked.find(symbol) + len(symbol) :]
    if _FRAMEWORK.match(after):
        return "basedOnArchitecture"
    if re.match(rf" (?:\([^()]*\) )?(?:[a-z-]+ )?{_COMPONENT_NOUN}\b", after):
        return "usesComponent"
    read = parse_name(ancestor.text)
    return "fineTunedFrom" if read.parameters or read.tuned else "basedOnArchitecture"


def _plausible(reading: Reading, subject: str, ancestor: str, rule: Rule) -> bool:
    """A thing of the paper may descend from a thing outside it or from another of the paper's own, never the reverse."""
    if subject == PAPER:
        return not reading.is_introduced(ancestor) and rule.predicate != "basedOnArchitecture"
    if is_extension(ancestor, subject):
        return False
    return reading.is_introduced(subject) or not reading.is_introduced(ancestor)


def _components(reading: Reading, index: int, sentence: Sentence) -> Iterator[Claim]:
    masked = sentence.masked
    seen: set[tuple[str, str]] = set()
    for rule in COMPONENT_RULES:
        for cue in rule.cue.finditer(masked):
            if is_negated(sentence, cue.start()):
                continue
            for name in listed_names(sentence, cue.end()):
                if name.kind != "name" or _far(sentence, cue.end(), name) or not _is_part(sentence, rule, cue, name):
                    continue
                for subject in reading.subjects(index, cue.start()) or [reading.latest(index)]:
                    yield from _component(reading, index, rule, subject, name, seen)
    part = COMPONENT_RULES[-1]
    for match in _AS_PART.finditer(masked):
        if sentence.name(match["name"]).kind == "name" and not is_negated(sentence, match.start()):
            for subject in reading.subjects(index, match.start()) or [reading.latest(index)]:
                yield from _component(reading, index, part, subject, sentence.name(match["name"]), seen)


def _is_part(sentence: Sentence, rule: Rule, cue: re.Match[str], name: Name) -> bool:
    """"uses X" and "combines X" name a part only where a noun says so: a frozen X, an X encoder."""
    if rule.id != "lineage.combines":
        return True
    symbol = next(name_symbol(n, i) for i, n in enumerate(sentence.names) if n is name)
    at = sentence.masked.find(symbol, cue.end())
    beside = _BACKBONE.match(sentence.masked, at)
    frozen = re.search(r"\b(?:frozen|pre-?trained|off-the-shelf)(?: [a-z]+){0,2} $", sentence.masked[:at])
    return bool(beside or frozen)


def _component(reading: Reading, index: int, rule: Rule, subject: str, name: Name, seen: set[tuple[str, str]]) -> Iterator[Claim]:
    part = reading.written(name)
    if (subject, part) in seen or subject == part or is_extension(part, subject) and False:
        return
    seen.add((subject, part))
    yield reading.claim(rule.id, rule.confidence, subject, "usesComponent", part, index)


def _tuned_members(reading: Reading) -> Iterator[Claim]:
    """An introduced ``X - Instruct`` is fine-tuned from ``X``, where the text names ``X`` too."""
    for name in reading.introduced:
        if not parse_name(name).tuned:
            continue
        index = reading.introduced_in[name]
        bases = {reading.written(n) for s in reading.sentences for n in s.names if n.kind == "name" and is_extension(name, n.text)}
        bases = {b for b in bases if b != name and is_extension(name, b)}
        if bases and index:
            base = max(bases, key=lambda b: (len(tokens_of(b)), b))
            yield reading.claim("lineage.tuned-member", 0.95, name, "fineTunedFrom", base, index)

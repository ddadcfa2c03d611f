"""What a paper introduces, and what kind of thing each is: ``introduces`` and ``type``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cue import Cue
from kg.extract.lexicon import CLASS_NAMES, HEAD_NOUN, type_of_phrase
from kg.extract.mentions import Name, Sentence, same_name
from kg.extract.relations.kinds import Introduction, inherited_kind, kind_of, noun_beside
from kg.extract.relations.reading import ADVERBS, Reading, canonical_names
from kg.extract.relations.reading import ANY_NAME as NAME
from kg.extract.shapes import is_generic
from kg.model import PAPER, Claim
from kg.names import ROLE_WORDS, is_extension, name_key, parse_name, tokens_of

__all__ = ["find_introduced", "noun_beside"]


_VERB = (
    r"(?:(?:present|provide|report|share|describe|discuss) (?:the )?(?:[a-z]+ )?"
    r"(?:details|results|findings|lessons) (?:on|of|about|from) (?:the )?(?:training|development|design|creation) of"
    r"|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|propos(?:e|es|ed|ing)|releas(?:e|es|ed|ing)"
    r"|open[- ]?sourc(?:e|es|ed|ing)|unveil(?:s|ed)?"
    r"|develop(?:s|ed|ing)?|creat(?:e|es|ed|ing)|construct(?:s|ed|ing)?|build|built|design(?:s|ed)?"
    r"|contribut(?:e|es|ed|ing)|provid(?:e|es)|offer"
    r"|announc(?:e|es|ed|ing)|curat(?:e|es|ed|ing)|devis(?:e|es|ed)|train(?:ed)?|describe|formulat(?:e|es)"
    r"|establish|pioneer|collect(?:ed)?|publish"
    r"|document the development of|detail)"
)
_AUTHOR = (
    r"(?:\b[Ww]e|\b[Ii]|\b[Tt]his (?:[a-z]+ )?(?:paper|work|report|study|article|manuscript|letter|thesis)"
    r"|\b[Tt]he (?:paper|authors?|present work)|\b[Tt]he (?:[\w]+ |⟦n\d+⟧ ){1,4}(?:community"
    r"|team),[^.]{0,200},)"
)
#: "we introduce", and the verbs coordinated with it: "and release", ", introducing".
_CUE = Cue(
    rf"(?:{_AUTHOR}(?: then| here| additionally| first| finally| now| are| have| also)*,?"
    rf"(?: (?:excited|proud|happy|pleased|delighted) to)? {ADVERBS}{_VERB}|(?:,"
    rf"| and)(?: also| finally| publicly| then)? (?:we )?{ADVERBS}{_VERB}|\bto {_VERB}|\b{_VERB}) "
)
_MODIFIER = (
    r"(?:(?!(?:of|for|to|that|which|with|on|in|by|from|based|using|as|how|than|and|or|is|are|via|through"
    r"|leveraging|like|such|utili[sz]ing|employing|combining|integrating|applying|extending|adapting|inspired"
    r"|into|between|whose|when|against|comprising|consisting|including|containing"
    r"|featuring)\b)[\w$%~'’\"/.+][\w$%~'’\"/.+-]* ){0,9}?"
)
_LIST_TAIL = rf"(?:(?: ?\([^()]*\))?(?:,? and (?:the |our |an? )?|, ){NAME})*"
_DIRECT = re.compile(rf"(?:\"|“)?{_MODIFIER}(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,60}})")
_APPOSED = re.compile(
    rf"(?P<phrase>(?:an?|the|our|two|new|the first)\s[^.;:]{{4,170}}?)(?:,| --?-?| –| —|:)? (?:(?:namely"
    rf"|i\.e\.,?|called|named|dubbed|termed),? )?(?:the )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
_COORDINATED = re.compile(
    rf"(?P<phrase>(?:an?|the|our)\s(?:[\w-]+ ){{1,7}}?)and (?:an? |the "
    rf"|our )?(?:[a-z-]+ ){{0,5}}?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
_RELEASED = (
    r"(?:models?|variants?|versions?|checkpoints?|data ?sets?|benchmarks?|corpus|corpora|architectures?|toolkit|library"
    r"|{0})"
)
#: "models (X, Y, and Z); a dataset (W)".
_BRACKETED = re.compile(
    rf"(?P<phrase>\b(?:[\w-]+ )?{_RELEASED.format(r'[a-z]+s')}) \((?P<names>{NAME}(?:(?:, and|,| and) {NAME})+)\)(?P<after>)"
    rf"|(?P<phrase1>\b{_RELEASED.format('dataset')}) \((?P<names1>{NAME})(?P<after1>\))"
)
#: "we release small models, X and Y, as well as data sets, Z".
_PLURALS = re.compile(
    rf"(?:^|as well as |, and )(?P<phrase>(?:[a-z][\w-]* ){{0,6}}?(?:models|variants|versions|checkpoints|datasets"
    rf"|benchmarks)), (?:namely |called )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
#: What is named behind one of these is used, not introduced.
_USES = re.compile(
    r"\b(?:on|using|with|from|than|like|evaluat\w*|outperform\w*|compare[ds]?|such as|including|based|via|by|across|over"
    r"|to|leverag\w+|existing|previous|combin\w+)\b"
)
_MEANS = re.compile(
    rf"\b(?:through|via|with|by|using|called) (?P<names>{NAME}), (?P<after>(?:an?|our) [^,.;]{{3,120}})"
)
_NAMING = Cue(
    rf"(?P<phrase>\b(?:an?|[Oo]ur|new|novel|such|the first|two|three)\s(?:[^.;:]"
    rf"|\.\d){{2,170}}?),? ?(?:\(?(?:called|named|termed|dubbed|coined|denoted(?: as)?|(?:that"
    rf"|which) we (?:call|term|name|dub|refer to as|denote(?: as)?)|hereafter|we call(?: it)?"
    rf"|we name(?: it)?)) (?:the |as )?(?:\"|“)?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
_OWN = Cue(
    rf"\b[Oo]ur (?P<new>(?:(?:proposed|new|novel|newly [a-z]+ed) )*)(?:(?!(?:models?|methods?|approach|framework"
    rf"|architecture|system|results?|experiments?|work|paper|code|findings?|analys[ie]s|evaluations?|study|pipeline"
    rf"|algorithm|of|for|to|with|on|in|than)\b)[a-z][\w-]* ){{0,4}}?(?:\"|“)?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
_PASSIVE = Cue(
    rf"(?P<names>{NAME})(?P<after>(?:, [^,]{{3,120}},| \([^()]*\))?) (?:is|are) (?:[a-z]+ly )?(?:introduced"
    rf"|proposed|presented|released|open-sourced)\b(?! (?:in|by) (?:\[|⟦))"
)
_MADE = Cue(
    rf"\b(?:train(?:ing|ed)?|build(?:ing)?|built|obtain(?:ing|ed)?|yield(?:s|ing|ed)?|result(?:s|ing"
    rf"|ed)? in|lead(?:s|ing)? to|develop(?:ment of|ing)|creat(?:ing|ion of)"
    rf"|call(?:ed)?) (?:the creation of )?"
    rf"(?:(?P<phrase>(?:an?|our|the first)\s[^.;:⟦]{{3,100}}?)(?:,| called"
    rf"| named) )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>(?: models?)?[,.] ?.{{0,40}}|$)"
)
_FLAVOURS = re.compile(
    rf"(?:models?|variants?|versions?|specializations?|flavors?|checkpoints?"
    rf"|series) \((?P<names>{NAME})(?=(?P<after>\)))"
)
_MEMBERS = Cue(
    rf"\b(?:[Tt]he resulting|[Oo]ur(?: \w+)?|[Tt]hese|[Tt]he released|[Tt]hree|[Tt]wo|[Tt]he new) (?:models"
    rf"|variants|checkpoints|versions|datasets|benchmarks)(?:,? (?:including|namely|such as|called|i\.e\.,)"
    rf"|,|:) (?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
_DETERMINED = (
    r"(?:[Oo]ur (?:[a-z][\w-]* ){0,4}?|[Tt]he (?:(?:resulting|final|improved|proposed|new|updated|obtained|resultant"
    r"|flagship|complete|[a-z]+-tuned)\b,? )+(?:[a-z][\w-]* ){0,2}?)"
)
#: "Our largest model, X, is": the name in apposition to the paper's own thing.
_HEADED = Cue(
    rf"\b(?P<phrase>{_DETERMINED}(?:{HEAD_NOUN}|variants?|versions?|result|submission|configuration)),"
    rf" (?:called |named |dubbed |namely,? )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>[,.;]| is| are| has|$)"
)
#: "We call the resulting models X"; "this model, which we call X".
_CALL = Cue(
    rf"\b[Ww]e (?:then |hereafter )?(?:call|name|term|dub|denote|refer to) (?P<phrase>(?:the|this|these|our|it|them)\b"
    rf"(?: [\w-]+){{0,6}}?)(?: as| by)?,? (?:the )?(?:\"|“)?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
    rf"|\b(?P<phrase2>(?:[Tt]his|[Tt]he|[Tt]hese) [^.;:⟦]{{2,100}}?),? (?:that|which) we (?:call|term|name|dub"
    rf"|refer to as|denote(?: as| by)?) (?:the )?(?:\"|“)?(?P<names2>{NAME})(?P<after2>.{{0,40}})"
)
#: "a newly designed module, X"; "a new architecture (X)"; "a novel X technique".
_NEW = (
    r"\b(?:an?|one|the|our) (?:new|novel|newly [a-z]+ed|first)(?:,| and)? (?:(?!(?:of|for|that|to|with|in)\b)[\w-]+,? )"
    r"{0,5}?"
)
_NOUN_THEN_NAME = Cue(
    rf"(?P<phrase>{_NEW}{HEAD_NOUN})(?:, (?:called |named |dubbed |namely )?| \()(?P<names>{NAME})"
    rf"(?P<after>[,.;)]| (?:that|which|to|for)\b|$)"
)
_NOVEL_NAME = Cue(
    rf"\b(?:(?:an?|our) (?:novel|new|newly [a-z]+ed)|(?:demonstrate|showcase) (?:an?|our)(?: [a-z-]+)?)"
    rf" (?P<names>{NAME})(?P<after> (?:[a-z-]+ )?{HEAD_NOUN}\b)"
)
#: "two variants: X and Y"; "checkpoints for X and Y"; "we fine-tune a large model, X".
_COUNTED = Cue(
    rf"(?P<phrase>\b(?:two|three|four|five|several|our|new) (?:[^.;:⟦]){{0,60}}?(?:models|variants|versions)):"
    rf" (?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
_CHECKPOINTS = Cue(
    rf"\b(?:releas\w+|open-?sourc\w+|publish\w*|provid\w+)\b[^.;:]{{0,80}}?\b(?:checkpoints?|weights|code|models?)"
    rf" (?:for|of) (?:the |our )?(?P<names>{NAME}(?:(?:, and|,| and| &) (?:the )?{NAME})*)(?P<after>.{{0,40}})"
)
_TUNED_MODEL = Cue(
    rf"\b[Ww]e (?:\w+ )?(?:fine-?tun|train|post-?train|adapt|distill?|pre-?train)\w* (?P<phrase>(?:an?|the) [^.;:,]{{3,80}}?"
    rf" (?:model|LLM|VLM|network|checkpoint|version|variant)s?), (?P<names>{NAME})(?P<after>[,.;]| (?:and|which|that)\b|$)"
)
#: "three techniques: X, which ...; Y, which ...; and Z".
_ITEMS = re.compile(r"(?P<phrase>[^.:;⟦]{3,90}?):(?P<items> .*)")
_ITEM_NAME = re.compile(rf"(?:^|; (?:and )?|, and |\) )(?:\(?\w{{1,3}}\) ?)?(?:the |an? )?(?P<names>{NAME})(?P<after>.{{0,40}})")
_RESULTING = re.compile(r"(?:result|creat|yield)(?!ed)")
_FAMILY = Cue(
    rf"(?:(?P<family>{NAME})? ?(?:model )?(?:family|series|suite|collection"
    rf"|line-?up)(?: of [a-z ]*models)?(?:,? which| that)?|^[Ii]t|^[Tt]hey)"
    rf" (?:consists? of|comprises?|includes?|contains?|features|encompass(?:es)?|spans|covers)(?P<members>[^.]*)"
    rf"|(?P<family2>{NAME}) (?:model )?(?:family|series|suite|line-?up)(?: of [a-z ]*models)?,?"
    rf" (?:including|comprising|consisting of|namely)(?P<members2>(?: (?:the )?{NAME}(?:,? and|,))+ {NAME})"
)
_EXTENDED = Cue(
    rf"\b(?:extend(?:ed)?|adapt(?:ed)?|generali[sz]ed?|scaled?|upgraded?) (?:{NAME}|our [\w ]{{3,30}}?|it"
    rf"|this [a-z]+) (?:in)?to (?:an? |the )?(?:single |new |general )?(?P<names>{NAME})"
    rf"(?P<after>, (?:an?|which) .{{0,40}}| {HEAD_NOUN}\b)"
)
_ORDINAL = Cue(
    rf"^(?:First(?:ly)?|Second(?:ly)?|Third(?:ly)?|Fourth|Finally|Additionally|Moreover|Furthermore"
    rf"|Next),? (?:the |our |an? )?(?:[a-z][\w-]* ){{0,3}}?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
_NOVEL = Cue(
    rf"(?P<names>{NAME}), (?P<after>(?:an? (?:new|novel|first)|the first"
    rf"|a first-of-its-kind)\b [^,.;]{{3,120}})"
)
_ITEM = re.compile(
    rf"(?:\(?\b(?:\d|i{{1,3}}|iv|[a-e])\)) (?:[a-z-]+ ){{0,4}}?(?P<names>{NAME})(?=(?P<after>.{{0,40}}))"
)

#: What may follow the name of a thing that is introduced; anything else says that the name only modifies a noun.
_GOOD_AFTER = re.compile(
    rf"^(?:'s|’s)?(?:\"|”)?(?:\s*$|\s?[,.;:()\[\]—–!?\"”]| --?-? | (?:and|or|that|which|to|for|by|with|as"
    rf"|on|in|is|are|was|at|from|where|can|has|achieves|under|over|using|via|through|along|alongside"
    rf"|trained|capable|based on|built|a|an|consisting"
    rf"|designed|comprising|containing|powered|developed|whose|together|sizes?|including|released"
    rf"|fine-tuned|finetuned|when|while|publicly|openly|of|under|without|because|since|specifically)\b"
    rf"| (?:[\w-]+ ){{0,4}}?(?:{HEAD_NOUN}|family|project|paradigm|setting|task|protocol|principle|score"
    rf"|format|gap|problem)s?\b| ⟦c)"
)
_OWN_VERB = re.compile(r" (?:[a-z]+(?:s|ed)|achieve|attain|reach|obtain|outperform|surpass|match|show|perform|have|can)\b")
#: The name is a class, the thing is called by the next one: "a new vision Transformer, called Swin Transformer".
_NAMED_NEXT = re.compile(r"(?: [a-z-]+)?,? (?:called|named|dubbed|termed) (?:the )?⟦")
_KNOWN_BEFORE = re.compile(
    r"\b(?:recent(?:ly)?|existing|previous(?:ly)?|popular|well-known|widely|publicly available"
    r"|pre-existing|commonly|other|established|prior)\b"
)
_USED_ON = re.compile(r"\b(?:on|across|over|in|with|using|from|evaluat\w*|test\w*)(?: [a-z]+)?,? ?$")
_DATA_CUE = re.compile(r"^ (?:benchmark|dataset|data set|corpus|leaderboard|challenge|task|test set)s?\b")


def find_introduced(reading: Reading) -> list[Claim]:
    """Find what the paper introduces; fill in the reading's names and give the claims ``introduces`` and ``type``."""
    found = list(_candidates(reading))
    texts: list[str] = []
    for f in found:
        if f.name.text not in texts:
            texts.append(f.name.text)
    names = [n for s in reading.sentences for n in s.names]
    reading.canonical = canonical_names(names, texts)
    claims: list[Claim] = []
    best: dict[str, Introduction] = {}
    where: dict[str, int] = {}
    for f in found:
        name = reading.written(f.name)
        if name not in best or (f.index and not best[name].index):
            best[name] = f
    for name, f in best.items():
        reading.introduced[name], where[name] = kind_of(
            reading, name, [x for x in found if reading.written(x.name) == name]
        )
        reading.introduced_in[name] = f.index
    for name, f in best.items():
        kind = reading.introduced[name] = reading.introduced[name] or inherited_kind(reading, name)
        claims.append(reading.claim(f.rule, PAPER, "introduces", name, f.index))
        claims.append(reading.claim("introduction.type", name, "type", kind, where[name] or f.index))
    return claims


# --- candidates --------------------------------------------------------------------------------------------------


def _candidates(reading: Reading) -> Iterator[Introduction]:
    for index, sentence in enumerate(reading.sentences):
        if index == 0 or not sentence.names:
            continue
        yield from _by_verb(sentence, index)
        yield from _by_pattern(sentence, index, reading.document.text[: reading.document.title_end])
        yield from _by_family(reading, sentence, index)
    yield from _by_title(reading)


def _by_verb(sentence: Sentence, index: int) -> Iterator[Introduction]:
    masked = sentence.masked
    author = re.search(_AUTHOR, masked)
    for cue in sentence.finditer(_CUE):
        led = re.search(_AUTHOR, cue[0]) is not None
        gerund = re.search(r"ing $", cue[0]) and (
            masked[max(0, cue.start() - 1) : cue.start() + 1].lstrip().startswith(",")
            or cue.start() == 0
            or cue[0].startswith(",")
        )
        follows = (
            author is not None
            and author.end() < cue.start()
            and cue[0].startswith((",", " and"))
            and not cue[0].startswith((", to", " to"))
        )
        third = re.search(r"(?:introduces|presents|proposes) $", cue[0]) and author is None
        if not (led or gerund or follows or third):
            continue
        rest = masked[cue.end() :]
        if not re.search(r"\btrain(?:ed)? $", cue[0]) or re.match(
            rf"{NAME}(?: \([^()]*\))?, (?:an?|our|the first) ", rest
        ):
            yield from _objects(sentence, index, rest, third=bool(third) and not led)
        else:
            direct = _DIRECT.match(rest)
            name = sentence.name(re.findall(NAME, direct["names"])[0]) if direct else None
            if direct and name and is_extension(name.text, name.alias):  # "train a large T (T-e)"
                yield from _accept(sentence, index, direct, "introduction.verb", "model")
        for match in _FLAVOURS.finditer(rest):
            yield from _accept(sentence, index, match, "introduction.list", "models")
        trained = re.search(r"\btrain(?:ed)? $", cue[0])
        if trained:
            continue
        for match in _MEANS.finditer(rest):
            if led and type_of_phrase(match["after"]):
                yield from _accept(sentence, index, match, "introduction.apposition", match["after"])


def _objects(sentence: Sentence, index: int, rest: str, *, third: bool) -> Iterator[Introduction]:
    bracketed = [m for m in _BRACKETED.finditer(rest) if not _USES.search(rest[: m.start()])]
    direct = _DIRECT.match(rest)
    for match in bracketed:
        which = "1" if match["names1"] else ""
        if type_of_phrase(match["phrase" + which]):
            yield from _accept(sentence, index, match, "introduction.list", match["phrase" + which], which)
    for match in _PLURALS.finditer(rest):
        if not _USES.search(rest[: match.start()]):
            yield from _accept(sentence, index, match, "introduction.list", match["phrase"])
    if direct:
        yield from _accept(sentence, index, direct, "introduction.verb", direct["after"])
    elif not bracketed:
        apposed = _APPOSED.match(rest)
        if (
            apposed
            and type_of_phrase(apposed["phrase"])
            and re.match(r"(?:\s*$|[,.;:(]| (?:that|which|to|for|and|capable|with|trained|by|—|-))", apposed["after"])
        ):
            comma = (
                rest[: apposed.start("names")]
                .rstrip()
                .removesuffix(" the")
                .endswith((",", ":", "-", "—", "–", "called", "named", "dubbed", "termed", "namely", "i.e.,", "i.e."))
            )
            if comma and not _in_list_of_objects(apposed) and not _PARTS.search(apposed["phrase"]):
                yield from _accept(sentence, index, apposed, "introduction.apposition", apposed["phrase"])
    listed = _ITEMS.match(rest)
    if listed and not third and listed["phrase"].endswith("s") and type_of_phrase(listed["phrase"]):
        for item in _ITEM_NAME.finditer(listed["items"]):
            yield from _accept(sentence, index, item, "introduction.list", listed["phrase"])
    coordinated = _COORDINATED.match(rest)
    if coordinated and not third and type_of_phrase(coordinated["phrase"]):
        yield from _accept(sentence, index, coordinated, "introduction.list", "")


_PARTS = re.compile(r"\b(?:comprising|consisting|including|such as|like)\b")


def _in_list_of_objects(match: re.Match[str]) -> bool:
    """Tell whether the apposed name is rather the second item of a list: ``a method for A, B, and C``."""
    return bool(re.match(rf",? and |, {NAME}", match["after"])) and not re.search(
        r"\b(?:models|methods|datasets|benchmarks|variants|two|three)\b", match["phrase"]
    )


def _by_pattern(sentence: Sentence, index: int, sentence_title: str) -> Iterator[Introduction]:
    masked = sentence.masked
    for match in sentence.finditer(_NAMING):
        if not _KNOWN_BEFORE.search(match["phrase"]):
            yield from _accept(sentence, index, match, "introduction.naming", match["phrase"])
    for match in sentence.finditer(_MEMBERS):
        if _USED_ON.search(masked[: match.start()]):
            continue
        yield from _accept(sentence, index, match, "introduction.list", match[0].split(" ⟦")[0])
    for match in sentence.finditer(_EXTENDED):
        yield from _accept(sentence, index, match, "introduction.apposition", match["after"])
    for pattern in (_HEADED, _NOUN_THEN_NAME, _TUNED_MODEL):
        for match in sentence.finditer(pattern):
            yield from _accept(sentence, index, match, "introduction.apposition", match["phrase"])
    for match in sentence.finditer(_NOVEL_NAME):
        if re.search(rf"{NAME}(?: \([^()]*\))?, $", masked[: match.start()]):
            continue  # "X, a new Y framework": X is introduced
        yield from _accept(sentence, index, match, "introduction.naming", "a" + match["after"])
    for match in sentence.finditer(_CALL):
        which = "2" if match["names2"] else ""
        yield from _accept(sentence, index, match, "introduction.naming", match["phrase" + which], which)
    for pattern in (_COUNTED, _CHECKPOINTS):
        for match in sentence.finditer(pattern):
            if _in_series(sentence, match, sentence_title):
                yield from _accept(sentence, index, match, "introduction.list", "models")
    for match in sentence.finditer(_ORDINAL):
        if sentence.name(match["names"]).alias:
            yield Introduction(sentence.name(match["names"]), index, "introduction.list", "")
    for match in sentence.finditer(_NOVEL):
        if type_of_phrase(match["after"]) and not _KNOWN_BEFORE.search(masked[: match.start()]):
            yield from _accept(sentence, index, match, "introduction.naming", match["after"])
    for match in sentence.finditer(_OWN):
        name = sentence.name(match["names"])
        in_title = name_key(name.text) in name_key(sentence_title)
        if (name.alias or parse_name(name.text).sized or in_title or match["new"]) and (
            name.kind == "name" or match["new"]
        ):
            rule = "introduction.naming" if name.kind == "data" else "introduction.own"
            yield from _accept(sentence, index, match, rule, match["after"])
    for match in sentence.finditer(_PASSIVE):
        yield from _accept(sentence, index, match, "introduction.verb", match["after"])
    for match in sentence.finditer(_MADE):
        if (
            match["phrase"] and not _KNOWN_BEFORE.search(match["phrase"]) and type_of_phrase(match["phrase"])
        ) or (
            _RESULTING.match(match[0])
            or (match[0].startswith("obtain") and re.search(r"\b[Ww]e\b.*\bto $", masked[: match.start()]))
        ):
            yield from _accept(sentence, index, match, "introduction.apposition", match["phrase"] or "")


def _by_family(reading: Reading, sentence: Sentence, index: int) -> Iterator[Introduction]:
    for match in sentence.finditer(_FAMILY):
        if match["family2"] and not _is_own_family(reading, sentence, match):
            continue
        listed = match["members"] or match["members2"]
        items = list(_ITEM.finditer(listed)) or list(
            re.finditer(
                rf"(?:^ |, |and |: |(?:models|versions|sizes),? )(?:the "
                rf"|an? )?(?:[a-z]+ ){{0,2}}?(?P<names>{NAME})(?=(?P<after>.{{0,40}}))",
                listed,
            )
        )
        series = match["family"] or match["family2"]
        family = sentence.name(series).text if series else ""
        for item in items:
            name = sentence.name(item["names"])
            if name.kind != "name" or (match[0].startswith(("It", "it", "They", "they")) and not _in_series(sentence, item, reading.paper.title)):
                continue
            if family and name.text.casefold() in ROLE_WORDS:
                name = Name(name.start, name.end, f"{family} {name.text}", name.kind, alias=name.text)
            yield Introduction(name, index, "introduction.family", "models")


def _is_own_family(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether a family is the paper's own: the authors introduce it, or the title begins as its name does."""
    led = re.search(rf"{_AUTHOR}[^,;:]{{0,30}}$", sentence.masked[: match.start()])
    return bool(led) or name_key(sentence.name(match["family2"]).text) in name_key(reading.paper.title)


def _in_series(sentence: Sentence, match: re.Match[str], title: str) -> bool:
    """Tell whether one of the names begins as a name of the title does: members of what the paper is about."""
    title_key = name_key(title)
    return any(len(word) > 2 and name_key(word) in title_key
               for n in sentence.names_in(*match.span("names")) for word in tokens_of(n.text)[:1])  # fmt: skip


def _accept(
    sentence: Sentence, index: int, match: re.Match[str], rule: str, phrase: str, which: str = ""
) -> Iterator[Introduction]:
    """Yield the names of a match that are introduced; ``which`` is the suffix of its group of names."""
    names = "names" + which
    symbols = re.findall(NAME, match[names])
    for symbol in symbols:
        name = sentence.name(symbol)
        at = match.string.find(symbol, match.start(names))
        after = match.string[at + len(symbol) :][:80]
        if _NAMED_NEXT.match(after) or (_is_class(name) and not match.string[:at].endswith("the ")):
            continue
        if name.possessive and symbol == symbols[-1]:
            continue
        good = _GOOD_AFTER.match(after) or (rule == "introduction.own" and _OWN_VERB.match(after))
        if symbol == symbols[-1] and (not good or re.match(r"-\w", after)):
            continue
        if name.kind == "data" and rule not in ("introduction.verb", "introduction.list", "introduction.naming"):
            continue
        yield Introduction(name, index, rule, phrase)


def _is_class(name: Name) -> bool:
    """Tell whether a name is that of a whole class of networks, as in "a dense Transformer"."""
    return not name.alias and name.text.casefold() in CLASS_NAMES


def _by_title(reading: Reading) -> Iterator[Introduction]:
    title = reading.sentences[0]
    text = reading.document.text[: reading.document.title_end]
    head, colon, rest = text.partition(":")
    head = re.sub(r"\s+(?:Technical Report|Report|System Card|Model Card)$", "", head)
    words = head.split()
    mentioned = {name_key(w) for s in reading.sentences[1:] for n in s.names for w in (n.text, n.alias) if w}
    firsts = {
        name_key(tokens_of(n.text)[0])
        for s in reading.sentences[1:]
        for n in s.names
        if n.kind == "name" and len(tokens_of(n.text)) > 1
    }
    if not words or len(words) > (5 if colon else 4):
        return
    single = len(words) == 1
    strong = single and sum(c.isupper() for c in head) >= 2 and bool(colon) and not is_generic(head)
    own_name = next((n for n in title.names if n.start == 0 and n.end >= len(head.rstrip())), None)
    extended = any(is_extension(n.text, head) for s in reading.sentences[1:] for n in s.names if n.kind == "name")
    recurs = any(same_name(head, m) for m in mentioned) or extended or (single and name_key(head) in firsts)
    if recurs or strong:
        name = Name(0, len(head), head.strip(), "name", alias=own_name.alias if own_name else "")
        yield Introduction(name, 0, "introduction.title", rest.strip())


# --- types -------------------------------------------------------------------------------------------------------

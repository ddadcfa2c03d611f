"""What a paper introduces, and what kind of thing each is: ``introduces`` and ``type``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gazetteer import is_of_known_family
from kg.extract.lexicon import CLASS_NAMES, TECHNIQUES, type_of_phrase
from kg.extract.mentions import Name, Sentence, same_name
from kg.extract.relations import introduction_cues as cues
from kg.extract.relations.canonical import canonical_names
from kg.extract.relations.kinds import Introduction, inherited_kind, kind_of, noun_beside
from kg.extract.relations.reading import ANY_NAME as NAME
from kg.extract.relations.reading import Reading
from kg.extract.shapes import is_generic, shape_of
from kg.model import PAPER, Claim
from kg.names import ROLE_WORDS, is_extension, name_key, parse_name, tokens_of

__all__ = ["find_introduced", "noun_beside"]


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
    yield from _by_copula(reading)


def _by_copula(reading: Reading) -> Iterator[Introduction]:
    """Read an announcement that begins with what it is about, "Zephon 2 is our new model"; no study of that does."""
    first = reading.sentences[1] if len(reading.sentences) > 1 else None
    match = cues.COPULA.match(first.masked) if first else None
    if not first or not match or any(cues.STUDIES.search(s.masked) for s in reading.sentences[1:]):
        return
    name = first.name(match["names"])
    title = name_key(reading.document.text[: reading.document.title_end])
    about = name_key(tokens_of(name.text)[0]) in title and (parse_name(name.text).sized or name_key(name.text) in title)
    if about and name.kind == "name" and type_of_phrase(match["phrase"]) in ("Model", "Dataset", "Benchmark"):
        yield Introduction(name, 1, "introduction.apposition", match["phrase"])


def _by_verb(sentence: Sentence, index: int) -> Iterator[Introduction]:
    masked = sentence.masked
    author = re.search(cues.AUTHOR, masked)
    for cue in sentence.finditer(cues.CUE):
        led = re.search(cues.AUTHOR, cue[0]) is not None
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
        purpose = author is not None and cue[0].startswith("to ") and cues.APPOSED_NEW.match(masked[cue.end() :])
        if not (led or gerund or follows or third or purpose) or cues.LONG_AGO.search(masked[: cue.end()]):
            continue
        rest = masked[cue.end() :]
        if not re.search(r"\btrain(?:ed)? $", cue[0]) or re.match(
            rf"{NAME}(?: \([^()]*\))?, (?:an?|our|the first) ", rest
        ):
            yield from _objects(sentence, index, rest, third=bool(third) and not led)
        else:
            direct = cues.DIRECT.match(rest)
            name = sentence.name(re.findall(NAME, direct["names"])[0]) if direct else None
            if direct and name and is_extension(name.text, name.alias):  # "train a large T (T-e)"
                yield from _accept(sentence, index, direct, "introduction.verb", "model")
        for match in cues.FLAVOURS.finditer(rest):
            yield from _accept(sentence, index, match, "introduction.list", "models")
        for match in (*cues.PRODUCES.finditer(rest), *cues.NUMBERED.finditer(rest)):
            if type_of_phrase(match["after"]):
                yield from _accept(sentence, index, match, "introduction.apposition", match["after"])
        trained = re.search(r"\btrain(?:ed)? $", cue[0])
        if trained:
            continue
        for match in cues.MEANS.finditer(rest):
            if led and type_of_phrase(match["after"]):
                yield from _accept(sentence, index, match, "introduction.apposition", match["after"])


def _objects(sentence: Sentence, index: int, rest: str, *, third: bool) -> Iterator[Introduction]:
    if cues.STUDY.match(rest):
        return
    bracketed = [m for m in cues.BRACKETED.finditer(rest) if not cues.USES.search(rest[: m.start()])]
    direct = cues.DIRECT.match(rest)
    for match in bracketed:
        which = "1" if match["names1"] else ""
        if type_of_phrase(match["phrase" + which]):
            yield from _accept(sentence, index, match, "introduction.list", match["phrase" + which], which)
    for match in cues.PLURALS.finditer(rest):
        if not cues.USES.search(rest[: match.start()]):
            yield from _accept(sentence, index, match, "introduction.list", match["phrase"])
    if direct:
        yield from _accept(sentence, index, direct, "introduction.verb", direct["after"])
    elif not bracketed:
        apposed = cues.APPOSED.match(rest)
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
    listed = cues.ITEMS.match(rest)
    if listed and not third and listed["phrase"].endswith("s") and type_of_phrase(listed["phrase"]):
        for item in cues.ITEM_NAME.finditer(listed["items"]):
            yield from _accept(sentence, index, item, "introduction.list", listed["phrase"])
    coordinated = cues.COORDINATED.match(rest)
    used = coordinated and cues.USES.search(rest[: coordinated.start("names")])
    if coordinated and not used and not third and type_of_phrase(coordinated["phrase"]):
        yield from _accept(sentence, index, coordinated, "introduction.list", "")


_PARTS = re.compile(r"\b(?:comprising|consisting|including|such as|like)\b")


def _in_list_of_objects(match: re.Match[str]) -> bool:
    """Tell whether the apposed name is rather the second item of a list: ``a method for A, B, and C``."""
    return bool(re.match(rf",? and |, {NAME}", match["after"])) and not re.search(
        r"\b(?:models|methods|datasets|benchmarks|variants|two|three)\b", match["phrase"]
    )


def _by_pattern(sentence: Sentence, index: int, sentence_title: str) -> Iterator[Introduction]:
    masked = sentence.masked
    for match in sentence.finditer(cues.NAMING):
        if not cues.KNOWN_BEFORE.search(match["phrase"]):
            yield from _accept(sentence, index, match, "introduction.naming", match["phrase"])
    for match in sentence.finditer(cues.MEMBERS):
        if cues.USED_ON.search(masked[: match.start()]):
            continue
        yield from _accept(sentence, index, match, "introduction.list", match[0].split(" ⟦")[0])
    for match in sentence.finditer(cues.EXTENDED):
        yield from _accept(sentence, index, match, "introduction.apposition", match["after"])
    for pattern in (cues.HEADED, cues.NOUN_THEN_NAME, cues.TUNED_MODEL, cues.IS_CALLED):
        for match in sentence.finditer(pattern):
            if (
                match["phrase"][0] in "Aa"
                and pattern is cues.HEADED
                and not _in_series(sentence, match, sentence_title)
            ):
                continue  # "a fast version, X": of a thing of the title
            yield from _accept(sentence, index, match, "introduction.apposition", match["phrase"])
    for match in sentence.finditer(cues.SIZED) if any(name.alias for name in sentence.names) else ():
        name = sentence.name(match["names"])
        if name.alias and is_extension(name.text, name.alias) and re.search(r"\b[Ww]e\b.*\btrain", masked):
            yield Introduction(name, index, "introduction.apposition", "model")
    for match in sentence.finditer(cues.CORE):
        if sentence.name(match["names"]).alias:
            yield from _accept(sentence, index, match, "introduction.apposition", match["after"])
    for match in sentence.finditer(cues.NOVEL_NAME):
        if re.search(rf"{NAME}(?: \([^()]*\))?, $", masked[: match.start()]):
            continue  # "X, a new Y framework": X is introduced
        yield from _accept(sentence, index, match, "introduction.naming", "a" + match["after"])
    for match in sentence.finditer(cues.CALL):
        which = "2" if match["names2"] else ""
        yield from _accept(sentence, index, match, "introduction.naming", match["phrase" + which], which)
    for pattern in (cues.COUNTED, cues.CHECKPOINTS):
        for match in sentence.finditer(pattern):
            if _in_series(sentence, match, sentence_title):
                yield from _accept(sentence, index, match, "introduction.list", "models")
    for match in sentence.finditer(cues.ORDINAL):
        if sentence.name(match["names"]).alias:
            yield Introduction(sentence.name(match["names"]), index, "introduction.list", "")
    for match in sentence.finditer(cues.NOVEL):
        if type_of_phrase(match["after"]) and not cues.KNOWN_BEFORE.search(masked[: match.start()]):
            yield from _accept(sentence, index, match, "introduction.naming", match["after"])
    yield from _by_own(sentence, index, sentence_title)
    for match in sentence.finditer(cues.PASSIVE):
        yield from _accept(sentence, index, match, "introduction.verb", match["after"])
    for match in sentence.finditer(cues.MADE):
        if (match["phrase"] and not cues.KNOWN_BEFORE.search(match["phrase"]) and type_of_phrase(match["phrase"])) or (
            cues.RESULTING.match(match[0])
            or (match[0].startswith("obtain") and re.search(r"\b[Ww]e\b.*\bto $", masked[: match.start()]))
        ):
            yield from _accept(sentence, index, match, "introduction.apposition", match["phrase"] or "")


def _by_own(sentence: Sentence, index: int, sentence_title: str) -> Iterator[Introduction]:
    """Read "our X", "the proposed X" and "our model X"."""
    masked = sentence.masked
    for match in sentence.finditer(cues.OWN):
        if _APPOSED.search(masked[: match.start()]):
            continue  # "X, our Y model": it is X that they introduce
        name = sentence.name(match["names"])
        whole = re.search(re.escape(name.text) + r"(?![\w.])", sentence_title, re.IGNORECASE)
        in_title = name_key(name.text) in name_key(sentence_title) and (whole or not is_of_known_family(name.text))
        own_kind = cues.ITS_NOUN.match(match["after"]) and not is_of_known_family(name.text)
        sized = parse_name(name.text).sized and (
            not is_of_known_family(name.text) or _in_series(sentence, match, sentence_title)
        )
        if (name.alias or sized or in_title or match["new"] or own_kind) and (name.kind == "name" or match["new"]):
            rule = "introduction.naming" if name.kind == "data" else "introduction.own"
            yield from _accept(sentence, index, match, rule, match["after"])
    for match in sentence.finditer(cues.PROPOSED):
        name = sentence.name(match["names"])
        if not is_of_known_family(name.text) and not all(map(_is_common, tokens_of(name.text))):
            yield from _accept(sentence, index, match, "introduction.own", match["after"])
    for match in sentence.finditer(cues.OWN_NAMED):
        name = sentence.name(re.findall(NAME, match["names"])[0])
        played = match["noun"] in ("program", "bot", "system", "agent")
        if name.kind == "name" and (played or not is_of_known_family(name.text)):
            yield from _accept(sentence, index, match, "introduction.own", match["noun"])


def _by_family(reading: Reading, sentence: Sentence, index: int) -> Iterator[Introduction]:
    for match in sentence.finditer(cues.FAMILY):
        if match["family2"] and not _is_own_family(reading, sentence, match):
            continue
        listed = match["members"] or match["members2"] or ""
        items = list(cues.ITEM.finditer(listed)) or list(
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
            if name.kind != "name" or (
                match[0].startswith(("It", "it", "They", "they"))
                and not _in_series(sentence, item, reading.paper.title)
            ):
                continue
            if family and name.text.casefold() in ROLE_WORDS:
                name = Name(name.start, name.end, f"{family} {name.text}", name.kind, alias=name.text)
            yield Introduction(name, index, "introduction.family", "models")


def _is_own_family(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether a family is the paper's own: the authors introduce it, or the title begins as its name does."""
    led = re.search(rf"{cues.AUTHOR}[^,;:]{{0,30}}$", sentence.masked[: match.start()])
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
        if cues.NAMED_NEXT.match(after) or (_is_class(name) and not match.string[:at].endswith("the ")):
            continue
        if name.possessive and symbol == symbols[-1]:
            continue
        if name.text.casefold() in TECHNIQUES and _MODIFIED.search(match.string[:at]):
            continue  # "a customized DPO approach"
        good = cues.GOOD_AFTER.match(after) or (rule == "introduction.own" and cues.OWN_VERB.match(after))
        good = good or (cues.NOUN_AFTER.match(after) if name.alias else None)
        if symbol == symbols[-1] and (not good or re.match(r"-\w", after)):
            continue
        if name.kind == "data" and rule not in ("introduction.verb", "introduction.list", "introduction.naming"):
            continue
        yield Introduction(name, index, rule, phrase)


_SHORTEST = 3
_APPOSED = re.compile(rf"(?:^|\bthat |: ){NAME}(?: \([^()]*\))?, $")
_MODIFIED = re.compile(
    r"\b(?:an?|our|the) (?:(?:customi[sz]ed|modified|tailored|improved|enhanced|adapted|standard|lightweight|simple)"
    r"|[a-z-]+-(?:based|aware|style|guided|enhanced)) (?:[a-z-]+ )?$"
)


def _is_common(word: str) -> bool:
    """Tell whether a word of a name says what kind of thing it is, or is too short to be a name."""
    return len(word) < _SHORTEST or is_generic(word) or word.casefold() in CLASS_NAMES


def _is_class(name: Name) -> bool:
    """Tell whether a name is that of a whole class of networks, as in "a dense Transformer"."""
    return not name.alias and name.text.casefold() in CLASS_NAMES


_ANNOUNCES = re.compile(r"^(?:Introducing|Announcing|Presenting):? (?:the )?(?=\S*[A-Z])|^Hello (?=\S*\d)")
#: What a name may end with in a title that the abstract does not take up: ``wav2vec 2.0: ...``.
_NUMBERS = ("number", "version")


def _by_title(reading: Reading) -> Iterator[Introduction]:
    title = reading.sentences[0]
    text = reading.document.text[: reading.document.title_end]
    head, colon, rest = _ANNOUNCES.sub("", text).partition(":")
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
    begin = text.find(head)
    own_name = next((n for n in title.names if n.start == begin and n.end >= begin + len(head.rstrip())), None)
    extended = any(is_extension(n.text, head) for s in reading.sentences[1:] for n in s.names if n.kind == "name")
    recurs = any(same_name(head, m) for m in mentioned) or extended or (single and name_key(head) in firsts)
    numbered = bool(colon) and len(words) == 2 and shape_of(words[0]) == "strong" and shape_of(words[1]) in _NUMBERS
    if recurs or strong or numbered:
        at = text.find(head)
        name = Name(at, at + len(head), head.strip(), "name", alias=own_name.alias if own_name else "")
        yield Introduction(name, 0, "introduction.title", rest.strip())


# --- types -------------------------------------------------------------------------------------------------------

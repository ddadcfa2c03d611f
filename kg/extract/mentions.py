"""Find the names in a text: of models, methods, data and licences, by their shape and by the ontology's aliases.

A *mention* here is a span of clean text. Its kind is ``name`` (some artefact), ``data`` (a benchmark or data set that
the ontology or the words beside it say is one) or ``licence``. Sentences are then *masked*: each mention becomes one
symbol such as ``⟦n3⟧``, so that a rule reads ``⟦n0⟧ outperforms ⟦n1⟧ (280B)`` whatever the names are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.cue import Cue, words_in
from kg.extract.gazetteer import Known, find_known, lab_words
from kg.extract.initialisms import initialism_before, is_initialism
from kg.extract.lexicon import GENERIC_NAMES, SENTENCE_OPENERS
from kg.extract.text import Document, Span
from kg.names import ROLE_WORDS, name_key

__all__ = ["Name", "Sentence", "find_names", "mask_sentences", "name_symbol", "same_name"]

_TOKEN = re.compile(r"(?:\d+-)?[^\W_](?:[\w]|[-.'’/+&@](?=\w))*\+*")
#: From the first capital or digit of a word to its end: no name is without one.
_CANDIDATE = re.compile(r"[^\Wa-z_]\S*")
_SIZE = re.compile(r"^(?:\d+x)?\d+(?:\.\d+)?[BMTbmt](?:-A\d+(?:\.\d+)?B)?$")
_COUNT_AFTER = re.compile(
    r"\s*(?:parameters?|params?|tokens?|-parameter|open|dense|model|models|variant|variants|activated"
    r"|active|scale)\b"
)
_NUMBER = re.compile(r"^\d+(?:\.\d+)*$")
_VERSION = re.compile(r"^v\d+(?:\.\d+)*$")
_LOWER_CODE = re.compile(r"^[a-z]+(?:[-.][a-z]+)*[-.]?\d[\w.-]*$")
_SUFFIX = re.compile(
    r"[-–](?:based|like|style|level|trained|tuned|powered|driven|generated|enhanced|augmented|aware|free"
    r"|only|scale|class|sized"
    r"|finetuned|guided|focused|oriented|centric|grounded|conditioned|supervised|wise|agnostic|specific"
    r"|compatible|equivalent|inspired|type|fine|pre|initialized|and|vs|over|quality|annotated)(?:-\w+)*$"
)
_ROLE_TAIL = re.compile(r"\s--?\s?(?:(?P<role>[A-Za-z]+)\b|(?P<word>[A-Z][a-z]+)(?=[,.;)]| \d+B\b| and\b))")
#: Initials that say what kind of thing the name before them is; the name ends there.
_CLASS_NOUN = re.compile(r"^(?:APIs?|GPUs?|CPUs?|TPUs?)$")
#: A count such as 32K is no name and no size of a model.
_COUNT = re.compile(r"^\d+(?:\.\d+)?[Kk]$")
#: What may follow the number that ends a name; anything else in lower case is what the number counts.
_AFTER_NUMBER = re.compile(
    r"\s+(?:and|or|on|in|across|has|have|is|was|are|were|with|by|for|to|from|as|at|when|while|than|via"
    r"|under|over|but|which|that|can|use[sd]?"
    r"|series|family|families|models?|variants?|backbones?|checkpoints?|outperform\w*|achiev\w*|surpass\w*"
    r"|match\w*|exceed\w*|[a-z]+ing|base[d]?|shows?|demonstrat\w+|serves?|remains?|does|-)\b"
    r"|['’]s|[.,;:)\]?!]|\s*$|\s[A-Z(]|\s--?\s|\s(?:\d+x)?\d+(?:\.\d+)?[BM]\b|\sv\d"
)
#: The plural of a class noun names all things of a kind: Code LLMs.
_PLURAL_CLASS = re.compile(r"\b(?:LLMs|LMs|VLMs|MLLMs|LMMs|PLMs|SLMs|Models|Agents|Networks)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A mention in clean text: half-open offsets, the name as written, its kind, and the other name given in brackets.

    A ``concept`` is an initialism of ordinary words, "quality estimation (QE)": it names an idea, not an artefact.
    ``canonical`` is the ontology's IRI where the name is an alias of a known benchmark, data set or licence.
    """

    start: int
    end: int
    text: str
    kind: str
    alias: str = ""
    concept: bool = False
    canonical: str = ""
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its names masked; ``starts[i]`` is the clean offset of the character ``masked[i]``.

    ``words`` are the gate words in it, by which a :class:`Cue` knows whether it can match at all.
    """

    start: int
    end: int
    masked: str
    starts: tuple[int, ...]
    names: tuple[Name, ...]
    words: frozenset[int]

    def finditer(self, cue: Cue) -> Iterator[re.Match[str]]:
        """Yield the matches of a cue in the masked sentence."""
        return cue.finditer(self.masked, self.words)

    def search(self, cue: Cue) -> re.Match[str] | None:
        """Give the first match of a cue in the masked sentence."""
        return cue.search(self.masked, self.words)

    def name(self, symbol: re.Match[str] | str) -> Name:
        """Give the name that a symbol of ``masked`` such as ``⟦n3⟧`` stands for."""
        text = symbol if isinstance(symbol, str) else symbol[0]
        return self.names[int(re.sub(r"\D", "", text))]

    def symbol(self, name: Name) -> str:
        """Give the symbol that stands for a name of this sentence."""
        return next(name_symbol(found, index) for index, found in enumerate(self.names) if found is name)

    def names_in(self, start: int, end: int) -> list[Name]:
        """Give the names whose symbols lie in ``masked[start:end]``, in order."""
        return [self.name(m) for m in re.finditer(r"⟦\w(\d+)⟧", self.masked[start:end])]


def same_name(first: str, second: str) -> bool:
    """Tell whether two names differ in nothing but case, spaces, punctuation and a plural s."""
    a, b = name_key(first), name_key(second)
    return a == b or a + "s" == b or b + "s" == a


# --- names by shape ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def _shape(token: str) -> str:
    """``strong`` (only a name looks so), ``capital``, ``size``, ``number``, ``version`` or ``word``."""
    if _SIZE.match(token):
        return "size"
    if (
        _COUNT.match(token)
        or re.fullmatch(r"[\d.]+[BMK](?:/[\d.]+[BMK])+", token)
        or re.match(r"\d+(?:\.\d+)?[BMKT]?-[a-z]", token)
    ):
        return "word"
    if _NUMBER.match(token):
        return "number"
    if _VERSION.match(token):
        return "version"
    letters = [c for c in token if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters:
        return "word"
    if capitals >= 2 or (capitals and any(c.isdigit() for c in token)) or (capitals and not token[0].isupper()):
        return "strong"
    if token[0].isupper():
        return "capital"
    return (
        "strong"
        if _LOWER_CODE.match(token)
        and "-" in token
        and not re.match(r"^(?:top|pass)?-?\d+$", token)
        and re.search(r"-\d{2,}|\d-[a-z]|[a-z]-\d", token)
        else "word"
    )


def _tokens(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Give the tokens of the words that have a capital or a digit, with their offsets."""
    found = []
    for tail in _CANDIDATE.finditer(text, start, end):
        at = max(start, text.rfind(" ", start, tail.start()) + 1)
        for begin, token in _tokens_of_word(text[at : tail.end()]):
            found.append((at + begin, at + begin + len(token), token))
    return found


@lru_cache(maxsize=1 << 16)
def _tokens_of_word(word: str) -> tuple[tuple[int, str], ...]:
    """Split a word between spaces into tokens without possessive and suffix: ``(GPT-3-based`` gives ``GPT-3``."""
    return tuple((m.start(), _SUFFIX.sub("", re.sub(r"['’]s$", "", m[0]))) for m in _TOKEN.finditer(word))


@lru_cache(maxsize=1 << 14)
def _is_generic(token: str) -> bool:
    folded = token.casefold()
    return folded in GENERIC_NAMES or folded.rstrip("s") in GENERIC_NAMES or folded in lab_words()


def _name_spans(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Spans that are shaped like names in one sentence; the flag says that only its place gives it a capital."""
    tokens = _tokens(text, start, end)
    spans: list[tuple[int, int, bool]] = []
    i = 0
    while i < len(tokens):
        begin, stop, token = tokens[i]
        shape = _shape(token)
        opener = not text[start:begin].strip(" \"'([“‘") or text[:begin].rstrip().endswith((":", ". ", "? "))
        if shape not in ("strong", "capital") or (opener and token.casefold() in SENTENCE_OPENERS):
            i += 1
            continue
        last = i
        while last + 1 < len(tokens) and _continues(text, tokens[last], tokens[last + 1], end):
            last += 1
        stop = tokens[last][1]
        stop = _with_role(text, stop)
        weak = opener and last == i and shape == "capital"
        while last > i and _CLASS_NOUN.match(tokens[last][2]):
            last -= 1
            stop = tokens[last][1]
        measured = _is_generic(tokens[i][2]) and last > i and _shape(tokens[i + 1][2]) in ("number", "size")
        if not measured and not all(_is_generic(t[2]) for t in tokens[i : last + 1] if _shape(t[2]) != "number"):
            spans.append((begin, stop, weak))
        i = max(last, i) + 1
        while i < len(tokens) and tokens[i][0] < stop:
            i += 1
    return spans


def _with_role(text: str, stop: int) -> int:
    """Where a name ends that goes on behind a dash: ``Mistral 7B -- Instruct``, ``Code Llama - Python 7B``."""
    role = _ROLE_TAIL.match(text, stop)
    if role is None:
        return stop
    word = role["role"] or role["word"]
    named = re.match(r"[,.;)]| \d+B\b| and\b|\s[a-z]|$", text[role.end() :])
    if word.casefold() not in ROLE_WORDS and not (word[0].isupper() and named and re.match(r"\s-\s", text[stop:])):
        return stop
    size = re.compile(r" \d+(?:\.\d+)?B\b").match(text, role.end())
    return size.end() if size else role.end()


def _continues(text: str, current: tuple[int, int, str], following: tuple[int, int, str], end: int) -> bool:
    """Tell whether the next token goes on with the name: one space between, and a shape that names have inside."""
    if text[current[1] : following[0]] != " " or text[following[0] : following[1]] != following[2]:
        return False
    shape = _shape(following[2])
    if shape in ("capital", "strong"):
        return following[2].casefold() not in ("we", "our", "this", "the") and not _SUFFIX.search(current[2])
    if shape == "version":
        return True
    if shape == "size":
        return not _COUNT_AFTER.match(text, following[1], end) or not re.match(
            r"\s*(?:parameters?|params?|tokens?|-parameter)", text[following[1] : end]
        )
    if text[following[1] : following[1] + 1] == ")" and text.rfind("(", 0, following[0]) <= text.rfind(
        ")", 0, following[0]
    ):
        return False  # the number of an item: "GLM-4 1) rivals"
    return (
        shape == "number"
        and bool(_AFTER_NUMBER.match(text[following[1] : end]))
        and not re.match(r"\.\d|,\d", text[following[1] : end])
    )


_BRACKET = re.compile(r"\s?\(\s?(?P<inside>[^()]{2,80}?)\s?\)")


def _sentence_names(text: str, start: int, end: int, aliases: Iterable[Known]) -> list[Name]:
    known = [Name(k.start, k.end, text[k.start : k.end], k.kind, canonical=k.iri) for k in aliases]
    taken = [(k.start, k.end) for k in known]
    found = [
        Name(b, e, text[b:e], "weak" if weak else "name", possessive=text[e : e + 2] in ("'s", "’s"))
        for b, e, weak in _name_spans(text, start, end)
    ]
    kept = [n for n in found if not any(n.start < e and s < n.end for s, e in taken)]
    for name in found:  # a name longer than the alias inside it is another name (``MATH-Shepherd``), but not of data
        inside = [
            k for k in known if name.start <= k.start and k.end <= name.end and k.end - k.start < name.end - name.start
        ]
        if (
            inside
            and name not in kept
            and inside[0].kind == "data"
            and name.end > inside[-1].end
            and re.search(r"[A-Za-z]{2,}", text[inside[-1].end : name.end])
        ):
            known = [k for k in known if k not in inside]
            kept.append(name)
    return _with_brackets(text, start, end, sorted([*kept, *known], key=lambda n: (n.start, -n.end)))


def _with_brackets(text: str, start: int, end: int, names: list[Name]) -> list[Name]:
    """Join a name and its other form in brackets: ``Retrieval-Enhanced Transformer (RETRO)`` is one mention."""
    joined: list[Name] = list(names)
    for bracket in _BRACKET.finditer(text, start, end):
        inside = bracket["inside"]
        short = next((n for n in joined if n.start == bracket.start("inside") and n.end == bracket.end("inside")), None)
        generic = short is None and _is_generic(inside)
        if short is None and not (
            generic or (re.fullmatch(r"[\w+'’-]{2,15}", inside) and sum(c.isupper() for c in inside) >= 2)
        ):
            long_first = _definition_inside(joined, bracket)
            if long_first:
                joined = [n for n in joined if not (n.start >= long_first.start and n.start < bracket.end())]
                joined.append(long_first)
            continue
        begin = None if " " in inside else initialism_before(text, start, bracket.start(), inside)
        before = next((n for n in joined if n.end == bracket.start() or n.end + 1 == bracket.start()), None)
        if (
            begin is None
            and before is not None
            and _shape(inside) == "strong"
            and before.kind != "licence"
            and not generic
            and name_key(inside)[:1] == name_key(before.text)[:1]
            and not _SIZE.match(inside)
        ):
            begin = before.start
        if begin is None:
            continue
        if (
            before is not None
            and before.start < begin
            and text[before.start : before.end].count(" ") < 6
            and before.kind == "name"
        ):
            begin = (
                before.start
                if is_initialism(inside, re.findall(r"[\w$'’+]+", text[before.start : bracket.start()]))
                else begin
            )
        joined = [n for n in joined if n.end <= begin or n.start >= bracket.end()]
        if generic:
            continue
        long = text[begin : bracket.start()].strip()
        kind = "data" if before is not None and before.kind == "data" else "name"
        canonical = (before.canonical if before is not None else "") or (short.canonical if short is not None else "")
        if canonical and short is not None and short.kind == "data":
            kind = "data"
        concept = kind == "name" and not re.search(
            r"[A-Z]", re.sub(r"^[A-Z](?=[a-z])", "", long) if not text[start:begin].strip(" \"'(“‘") else long
        )
        joined.append(Name(begin, bracket.end(), inside, kind, alias=long, canonical=canonical, concept=concept))
    return sorted(joined, key=lambda n: (n.start, -n.end))


def _definition_inside(names: Iterable[Name], bracket: re.Match[str]) -> Name | None:
    """``GIPO (Gaussian Importance sampling Policy Optimization)``: the short form first, the long in brackets."""
    for name in names:
        if name.end in (bracket.start(), bracket.start() - 1) and name.kind != "licence":
            words = re.findall(r"[\w$'’+]+", bracket["inside"])
            if len(words) > 1 and is_initialism(name.text, words):
                return Name(
                    name.start, bracket.end(), name.text, name.kind, alias=bracket["inside"], canonical=name.canonical
                )
    return None


# --- the whole document ------------------------------------------------------------------------------------------


def find_names(document: Document) -> list[list[Name]]:
    """Find the names of each sentence, the title's first.

    A capitalised word that begins a sentence is a name only where the text uses it as one elsewhere.
    """
    text = document.text
    spans = [(0, document.title_end), *document.sentences]
    raw = [_sentence_names(text, s, e, aliases) for (s, e), aliases in zip(spans, find_known(text, spans), strict=True)]
    certain = {name_key(w) for names in raw[1:] for n in names if n.kind != "weak" for w in (n.text, n.alias) if w}
    certain |= {name_key(t) for t in _title_heads(text[: document.title_end])}
    first_words = {name_key(n.text.split(" ")[0]) for names in raw[1:] for n in names if n.kind == "name"}
    concepts = {name_key(n.text) for names in raw for n in names if n.concept}
    plurals = {n.text for names in raw for n in names if _PLURAL_CLASS.search(n.text)}
    concepts |= {name_key(form) for text in plurals for form in (text, text[:-1])}
    resolved = []
    for names in raw:
        kept = []
        for n in names:
            if n.kind == "name" and not n.concept and name_key(n.text) in concepts:
                kept.append(replace(n, concept=True))
            elif n.kind != "weak":
                kept.append(n)
            elif name_key(n.text) in certain or name_key(n.text) in first_words:
                kept.append(replace(n, kind="name", concept=name_key(n.text) in concepts))
        resolved.append(kept)
    return resolved


def _title_heads(title: str) -> list[str]:
    """Say what of a title can be a name: what stands before its colon, or a title of at most three words."""
    head, colon, _ = title.partition(":")
    if colon:
        return [head.strip()]
    return [title] if len(title.split()) <= 3 else []


def name_symbol(name: Name, index: int) -> str:
    """Give the symbol of the ``index``-th name of a sentence; ``c`` marks a concept."""
    return f"⟦{'c' if name.concept else name.kind[0]}{index}⟧"


def mask_sentences(document: Document, names: Sequence[Sequence[Name]]) -> list[Sentence]:
    """Write each sentence, the title first, with symbols for names: ``⟦n0⟧``, ``⟦d1⟧`` (data), ``⟦l2⟧`` (licence)."""
    spans: list[Span] = [(0, document.title_end), *document.sentences]
    masked = []
    for (start, end), found in zip(spans, names, strict=True):
        pieces: list[str] = []
        starts: list[int] = []
        position = start
        for index, name in enumerate(found):
            pieces.append(document.text[position : name.start])
            starts.extend(range(position, name.start))
            symbol = name_symbol(name, index)
            pieces.append(symbol)
            starts.extend([name.start] * len(symbol))
            position = name.end
        pieces.append(document.text[position:end])
        starts.extend(range(position, end))
        text = "".join(pieces)
        masked.append(Sentence(start, end, text, (*starts, end), tuple(found), words_in(text)))
    return masked

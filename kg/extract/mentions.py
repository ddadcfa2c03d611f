"""Find the names in a text: of models, methods, data and licences, by their shape and by the ontology's aliases.

A *mention* here is a span of clean text. Its kind is ``name`` (some artefact), ``data`` (a benchmark or data set that
the ontology or the words beside it say is one) or ``licence``. Sentences are then *masked*: each mention becomes one
symbol such as ``⟦n3⟧``, so that a rule reads ``⟦n0⟧ outperforms ⟦n1⟧ (280B)`` whatever the names are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.brackets import join_brackets
from kg.extract.cue import Cue, words_in
from kg.extract.gazetteer import Known, find_known
from kg.extract.name import Name, same_name
from kg.extract.shapes import name_spans
from kg.extract.text import Document, Span
from kg.names import name_key

__all__ = ["Name", "Sentence", "find_names", "mask_sentences", "name_symbol", "same_name"]

#: The plural of a class noun names all things of a kind: Code LLMs.
_PLURAL_CLASS = re.compile(r"\b(?:LLMs|LMs|VLMs|MLLMs|LMMs|PLMs|SLMs|Models|Agents|Networks)$")


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


def _sentence_names(text: str, start: int, end: int, aliases: Iterable[Known]) -> list[Name]:
    known = [_as_name(text, k) for k in aliases]
    taken = [(k.start, k.end) for k in known]
    found = [
        Name(b, e, text[b:e], "weak" if weak else "name", possessive=text[e : e + 2] in ("'s", "’s"))
        for b, e, weak in name_spans(text, start, end)
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
    return join_brackets(text, start, end, sorted([*kept, *known], key=lambda n: (n.start, -n.end)))


#: Behind a benchmark's name, another edition of it: ``OCRBench v2``, ``SemEval-2025 Task 9``.
_EDITION = re.compile(
    r" v\d+(?:\.\d+)*\b| [1-9]\.\d(?![\d%x]| ?%| points| pp)"
    r"| [2-9](?= (?:and|or|data ?sets?|benchmarks?)\b|,|;|\)|\.(?!\d)|$)"
    r"|(?:[- ]? ?20\d\d)? (?:Task|Track|Subtask) (?:\d+[a-z]?|[A-Z])\b(?!-)"
)


def _as_name(text: str, known: Known) -> Name:
    """Make a name of an alias; another edition of a benchmark is a thing of its own, maybe one not listed."""
    edition = _EDITION.match(text, known.end) if known.kind == "data" else None
    if edition is None:
        return Name(known.start, known.end, text[known.start : known.end], known.kind, canonical=known.iri)
    return Name(known.start, edition.end(), text[known.start : edition.end()], known.kind)


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

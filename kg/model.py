"""The values that flow through the project, and the invariants they keep.

All are frozen and compared by content. Nothing here imports anything but the standard library.

The flow: readers give :class:`SourceRecord` and :class:`ReadFailure`; ``papers`` makes :class:`Paper`; ``extract``
gives :class:`Claim` values whose subject and object are names *as the text writes them* (``PAPER`` for the paper
itself); ``resolve`` and ``assemble`` turn these into claims between IRIs, collected in a :class:`KnowledgeGraph`;
``rdf`` writes those as :data:`Triple` values and reads them back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal as OneOf
from typing import NamedTuple

__all__ = [
    "IRI",
    "PAPER",
    "Basis",
    "Claim",
    "DatePrecision",
    "Entity",
    "Evidence",
    "Extraction",
    "Finding",
    "KnowledgeGraph",
    "Literal",
    "Mention",
    "Paper",
    "Quantity",
    "ReadFailure",
    "Result",
    "SourceRecord",
    "Term",
    "Triple",
]

#: The subject of a claim about the paper itself, in claims as written.
PAPER = "PAPER"

#: Where a fact comes from: a field of the listing, the text, our reviewed tables, or a computation.
Basis = OneOf["listed", "extracted", "curated", "inferred"]

#: What of a date the source states; ``year-inferred`` is a day whose year we computed.
DatePrecision = OneOf["day", "year-inferred", "month", "year", "none"]

Severity = OneOf["error", "warning", "info"]


class IRI(str):
    """An absolute IRI; a ``str`` with a type of its own, so that names and identifiers do not mix."""

    __slots__ = ()


class Literal(NamedTuple):
    """An RDF literal: lexical form, datatype IRI and, for ``rdf:langString``, a language tag."""

    value: str
    datatype: IRI = IRI("http://www.w3.org/2001/XMLSchema#string")
    language: str = ""


Term = IRI | Literal


class Triple(NamedTuple):
    """One RDF 1.1 statement without blank nodes."""

    subject: IRI
    predicate: IRI
    object: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """One record as its source has it: nothing is cleaned, guessed or resolved yet.

    A listing pastes title and authors as one line; it is kept in ``byline`` and ``papers`` finds the boundary.
    Formats with fields of their own fill ``title`` and ``authors`` instead. ``line`` is 1-based.
    """

    source: str
    format: str
    line: int
    id: str = ""
    byline: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    truncated: bool = False
    date_text: str = ""
    category: str = ""
    code: bool = False
    affiliations: tuple[str, ...] = ()
    abstract: str = ""

    def __post_init__(self) -> None:
        if not self.title and not self.byline:
            raise ValueError(f"{self.source}:{self.line}: a record has neither title nor byline")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFailure:
    """A piece of the input that could not be read: where it stands, its text, and the reason as a sentence."""

    source: str
    line: int
    raw: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper, cleaned: the title apart from its authors, a date with its precision, and the text that is read.

    ``text`` is the title, a newline, and the abstract; all offsets are half-open code-point offsets into it.
    ``id`` is the input's own id where it has one, else the last segment of ``iri``.
    ``date_text`` and ``line`` keep what the listing said and where.
    """

    iri: IRI
    id: str
    title: str
    authors: tuple[str, ...]
    truncated: bool
    date: date | None
    date_precision: DatePrecision
    date_text: str
    category: str
    code: bool
    affiliations: tuple[str, ...]
    abstract: str
    source: str
    line: int

    @property
    def text(self) -> str:
        """The title and the abstract as one string; see the class for what offsets mean."""
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in a paper's text: half-open offsets, the name that claims use, the form that stands there, and its class.

    ``text`` is the form in which the paper's claims write the name (``RETRO``); ``surface`` is what the offsets cover
    (``Retrieval-Enhanced Transformer``). ``type`` is a class of the vocabulary, or ``""`` where no words say it.
    """

    paper: IRI
    start: int
    end: int
    text: str
    surface: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing of the graph: its IRI, its class in the vocabulary (``Model``, ``Person``), its label and other names."""

    iri: IRI
    type: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence of a paper that states a claim, found by ``rule`` with ``confidence`` (0..1).

    ``paper.text[start:end] == quote`` holds for the paper with the IRI ``paper``.
    """

    paper: IRI
    start: int
    end: int
    quote: str
    rule: str
    confidence: float

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.quote):
            raise ValueError(
                f"evidence [{self.start}, {self.end}) does not fit a quote of {len(self.quote)} characters"
            )
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A whole number as the object of a claim: parameters, tokens."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A reported figure: a benchmark, a metric (``-`` where none is named) and the value as written (``67.5%``).

    ``benchmark`` is a name in claims as written and an IRI once resolved.
    """

    benchmark: str
    metric: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement with where it comes from.

    ``predicate`` is a local name of the vocabulary (``fineTunedFrom``). As written, ``subject`` and ``object`` are
    names (``PAPER`` for the paper); once resolved they are :class:`IRI` values. An extracted claim never lacks
    evidence; a curated one names its ``sources``; an inferred one says by what it follows in ``note``.
    """

    subject: str
    predicate: str
    object: str | Quantity | Result
    basis: Basis
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.basis == "extracted" and not self.evidence:
            raise ValueError(f"an extracted claim needs evidence: {self.subject} {self.predicate} {self.object}")
        if self.basis == "curated" and not self.sources:
            raise ValueError(f"a curated claim needs a source: {self.subject} {self.predicate} {self.object}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one paper's text gives: the names in it and the claims it states, both as written, in reading order."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeGraph:
    """Everything known after resolution: what ``rdf`` writes and reads. Each tuple is sorted by IRI or content."""

    papers: tuple[Paper, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check found: how bad, about what, in a sentence, by which rule."""

    severity: Severity
    subject: str
    message: str
    rule: str

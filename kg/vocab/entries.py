"""What the ontology lists, as values: terms, laboratories, families of models, benchmarks, licences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kg.model import IRI

__all__ = [
    "AuthorGroup",
    "Benchmark",
    "Class",
    "Family",
    "FamilyLink",
    "Identity",
    "Lab",
    "Licence",
    "Relation",
    "Vocabulary",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class of things: ``Model``. ``color`` is how the viewer paints it, empty where it does not."""

    iri: IRI
    name: str
    label: str
    definition: str
    example: str
    parents: tuple[IRI, ...]
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A property: what it joins, and of which ``kind`` it is (``lineage-weights``, ``comparison``, ``quantity``).

    ``domain`` and ``range`` are class IRIs, or a datatype as range; ``None`` where the property fits anything.
    ``dash`` is a line style of the viewer: ``solid``, ``dashed`` or ``dotted``.
    """

    iri: IRI
    name: str
    label: str
    definition: str
    example: str
    domain: IRI | None
    range: IRI | None
    kind: str
    parents: tuple[IRI, ...]
    color: str
    dash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """An organisation that makes models or papers. ``aliases`` include ``codes``, the tags that listings show."""

    iri: IRI
    label: str
    aliases: tuple[str, ...]
    codes: tuple[str, ...]
    sources: tuple[IRI, ...]
    same_as: tuple[IRI, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorGroup:
    """A collective in author lists ("Gemini Team") and the organisation it acts for."""

    iri: IRI
    label: str
    aliases: tuple[str, ...]
    acts_for: IRI
    sources: tuple[IRI, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLink:
    """A curated relation to the family ``iri`` by ``predicate``, a local name, and who says so."""

    iri: IRI
    predicate: str
    sources: tuple[IRI, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A curated line of models, such as Mixtral.

    ``succeeds`` are its curated links to other families, of any predicate; the sources of ``developers`` are those of
    the whole entry.
    """

    iri: IRI
    label: str
    aliases: tuple[str, ...]
    developers: tuple[IRI, ...]
    developer_sources: tuple[IRI, ...]
    succeeds: tuple[FamilyLink, ...]

    @property
    def developer(self) -> IRI | None:
        """The developer where there is exactly one: of a joint work no single one is the maker."""
        return self.developers[0] if len(self.developers) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A benchmark or a data set with the ways its name is written."""

    iri: IRI
    label: str
    aliases: tuple[str, ...]
    kind: Literal["Benchmark", "Dataset"]
    sources: tuple[IRI, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence; ``spdx`` is its SPDX identifier, or our short name where SPDX has none."""

    iri: IRI
    spdx: str
    label: str
    aliases: tuple[str, ...]
    sources: tuple[IRI, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A curated statement on names: that all of them mean one thing (``same``), or that no two of them do.

    ``papers`` are titles; where there are any, only the names as they stand in these papers are meant. Of one name
    that is told apart, those papers mean another thing than all other papers.
    """

    iri: IRI
    same: bool
    names: tuple[str, ...]
    papers: tuple[str, ...]
    reason: str
    sources: tuple[IRI, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything ``ontology/`` says. Mappings are by local name; tuples are in the order of the IRIs."""

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    labs: tuple[Lab, ...]
    groups: tuple[AuthorGroup, ...]
    families: tuple[Family, ...]
    benchmarks: tuple[Benchmark, ...]
    licences: tuple[Licence, ...]
    identities: tuple[Identity, ...]

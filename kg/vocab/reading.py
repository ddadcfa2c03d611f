"""From the Turtle files to the values of :mod:`kg.vocab.entries`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.model import IRI
from kg.vocab.entries import (
    AuthorGroup,
    Benchmark,
    Class,
    Family,
    FamilyLink,
    Identity,
    Lab,
    Licence,
    Relation,
    Vocabulary,
)
from kg.vocab.namespaces import DCTERMS, NS, OWL, RDF, RDFS, SCHEMA, SKOS
from kg.vocab.turtle import KG, Table, ontology_path

__all__ = ["load", "read_identities", "read_vocabulary"]


@cache
def load() -> Vocabulary:
    """Read the ontology that comes with the program, once."""
    return read_vocabulary(ontology_path())


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read the Turtle files of an ontology; a file or an entry that is wrong is named in an ``InputError``."""
    terms, labs, families, benchmarks, licences = (
        Table(folder / f"{name}.ttl") for name in ("kg", "labs", "families", "benchmarks", "licences")
    )
    classes = [_class(terms, iri) for iri in terms.of_type(OWL.Class)]
    relations = [_relation(terms, iri) for iri in terms.of_type(OWL.ObjectProperty, OWL.DatatypeProperty)]
    return Vocabulary(
        classes=MappingProxyType({found.name: found for found in classes}),
        relations=MappingProxyType({found.name: found for found in relations}),
        labs=tuple(_lab(labs, iri) for iri in labs.of_type(KG.Organization)),
        groups=tuple(_group(labs, iri) for iri in labs.of_type(KG.AuthorGroup)),
        families=tuple(_families(families)),
        benchmarks=tuple(_benchmark(benchmarks, iri) for iri in benchmarks.of_type(KG.Benchmark, KG.Dataset)),
        licences=tuple(_licence(licences, iri) for iri in licences.of_type(KG.Licence)),
        identities=_identities(Table(folder / "same.ttl")),
    )


def read_identities(path: Path) -> tuple[Identity, ...]:
    """Read the statements of a user's file: which names mean the same, and which do not.

    Raises
    ------
    InputError
        If the file is no Turtle, has no such statement, or one that is not complete.

    """
    table = Table(path, where=str(path))
    if found := _identities(table):
        return found
    raise table.error("", "there is no kg:SameNames and no kg:DistinctNames in it", "see ontology/same.ttl")


def _identities(table: Table) -> tuple[Identity, ...]:
    return tuple(_identity(table, iri) for iri in table.of_type(KG.SameNames, KG.DistinctNames))


def _identity(table: Table, iri: IRI) -> Identity:
    kinds, names, papers = table.all(iri, RDF.type), table.all(iri, KG.writtenAs), table.all(iri, KG.inPaper)
    if KG.SameNames in kinds and KG.DistinctNames in kinds:
        raise table.error(iri, "it says both that its names mean the same and that they do not", "keep one class")
    if not names or (len(names) == 1 and not papers and KG.SameNames not in kinds):
        raise table.error(iri, "there are too few kg:writtenAs", "give two names, or one and kg:inPaper")
    return Identity(
        iri=iri,
        same=KG.SameNames in kinds,
        names=names,
        papers=papers,
        reason=table.one(iri, RDFS.comment),
        sources=table.iris(iri, DCTERMS.source),
    )


def _class(table: Table, iri: IRI) -> Class:
    return Class(
        iri=iri,
        name=iri.removeprefix(NS),
        label=table.one(iri, RDFS.label),
        definition=table.one(iri, SKOS.definition),
        example=table.one(iri, SKOS.example),
        parents=table.iris(iri, RDFS.subClassOf),
        color=table.optional(iri, KG.color),
    )


def _relation(table: Table, iri: IRI) -> Relation:
    return Relation(
        iri=iri,
        name=iri.removeprefix(NS),
        label=table.one(iri, RDFS.label),
        definition=table.one(iri, SKOS.definition),
        example=table.one(iri, SKOS.example),
        domain=table.optional_iri(iri, RDFS.domain),
        range=table.optional_iri(iri, RDFS.range),
        kind=table.one(iri, KG.relationKind),
        parents=table.iris(iri, RDFS.subPropertyOf),
        color=table.optional(iri, KG.color),
        dash=table.optional(iri, KG.dash),
    )


def _lab(table: Table, iri: IRI) -> Lab:
    codes = table.all(iri, SKOS.notation)
    return Lab(
        iri=iri,
        label=table.one(iri, RDFS.label),
        aliases=table.all(iri, SKOS.altLabel) + codes,
        codes=codes,
        sources=table.sources(iri),
        same_as=table.iris(iri, SCHEMA.sameAs),
    )


def _group(table: Table, iri: IRI) -> AuthorGroup:
    return AuthorGroup(
        iri=iri,
        label=table.one(iri, RDFS.label),
        aliases=table.all(iri, SKOS.altLabel),
        acts_for=IRI(table.one(iri, KG.actsFor)),
        sources=table.sources(iri),
    )


def _families(table: Table) -> Iterator[Family]:
    links: dict[str, list[FamilyLink]] = defaultdict(list)
    for link in table.of_type(KG.CuratedLink):
        links[table.one(link, RDF.subject)].append(
            FamilyLink(
                iri=IRI(table.one(link, RDF.object)),
                predicate=table.one(link, RDF.predicate).removeprefix(NS),
                sources=table.sources(link),
                note=table.one(link, KG.note),
            )
        )
    for iri in table.of_type(KG.ModelFamily):
        developers = table.iris(iri, KG.developer)
        yield Family(
            iri=iri,
            label=table.one(iri, RDFS.label),
            aliases=table.all(iri, SKOS.altLabel),
            developers=developers,
            developer_sources=table.sources(iri) if developers else (),
            succeeds=tuple(links[iri]),
        )


def _benchmark(table: Table, iri: IRI) -> Benchmark:
    return Benchmark(
        iri=iri,
        label=table.one(iri, RDFS.label),
        aliases=table.all(iri, SKOS.altLabel),
        kind="Benchmark" if KG.Benchmark in table.all(iri, RDF.type) else "Dataset",
        sources=table.sources(iri),
    )


def _licence(table: Table, iri: IRI) -> Licence:
    return Licence(
        iri=iri,
        spdx=table.one(iri, DCTERMS.identifier),
        label=table.one(iri, RDFS.label),
        aliases=table.all(iri, SKOS.altLabel),
        sources=table.sources(iri),
    )

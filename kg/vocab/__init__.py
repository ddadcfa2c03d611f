"""The vocabulary as code: terms, relations and the curated tables, read from the Turtle files of ``ontology/``.

The ontology is written by people and is the only place where a term, a laboratory, a family of models, a benchmark
or a licence is added; this package only reads it. A misspelt term raises ``AttributeError`` and never makes a new one.
"""

from __future__ import annotations

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
from kg.vocab.namespaces import (
    DCTERMS,
    FABIO,
    FOAF,
    NIF,
    NS,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    ClosedNamespace,
    compact,
    expand,
)
from kg.vocab.reading import load, read_identities, read_vocabulary
from kg.vocab.turtle import KG, ontology_path

__all__ = [
    "DCTERMS",
    "FABIO",
    "FOAF",
    "KG",
    "NIF",
    "NS",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "XSD",
    "AuthorGroup",
    "Benchmark",
    "Class",
    "ClosedNamespace",
    "Family",
    "FamilyLink",
    "Identity",
    "Lab",
    "Licence",
    "Relation",
    "Vocabulary",
    "compact",
    "expand",
    "load",
    "ontology_path",
    "read_identities",
    "read_vocabulary",
]

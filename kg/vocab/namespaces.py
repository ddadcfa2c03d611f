"""Prefixes and closed namespaces: a term that is not listed raises instead of being made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UsageError
from kg.model import IRI

__all__ = [
    "DCTERMS",
    "FABIO",
    "FOAF",
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
    "ClosedNamespace",
    "compact",
    "expand",
]

#: Prefixes of the ontology, of exports and of queries; the same as ``ontology/kg.ttl`` declares. None is called
#: ``org``, which rdflib would rename.
PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kg": "https://w3id.org/modelkin/ns#",
        "paper": "https://w3id.org/modelkin/id/paper/",
        "model": "https://w3id.org/modelkin/id/model/",
        "family": "https://w3id.org/modelkin/id/family/",
        "dataset": "https://w3id.org/modelkin/id/dataset/",
        "benchmark": "https://w3id.org/modelkin/id/benchmark/",
        "method": "https://w3id.org/modelkin/id/method/",
        "software": "https://w3id.org/modelkin/id/software/",
        "person": "https://w3id.org/modelkin/id/person/",
        "group": "https://w3id.org/modelkin/id/group/",
        "organization": "https://w3id.org/modelkin/id/organization/",
        "licence": "https://w3id.org/modelkin/id/licence/",
        "result": "https://w3id.org/modelkin/id/result/",
        "claim": "https://w3id.org/modelkin/id/claim/",
        "rule": "https://w3id.org/modelkin/id/rule/",
        "curated": "https://w3id.org/modelkin/id/curated/",
        "spdx": "http://spdx.org/licenses/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "prov": "http://www.w3.org/ns/prov#",
        "w3org": "http://www.w3.org/ns/org#",
        "schema": "https://schema.org/",
        "fabio": "http://purl.org/spar/fabio/",
        "fair4ml": "https://w3id.org/fair4ml#",
        "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    }
)

#: The namespace of our own terms.
NS: Final = IRI(PREFIXES["kg"])


class ClosedNamespace:
    """A namespace that has the terms it was given and no other; ``terms`` may be computed at first use.

    >>> RDF.type
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    >>> RDF.tpye
    Traceback (most recent call last):
    AttributeError: rdf: has no term 'tpye'
    """

    def __init__(self, prefix: str, terms: str | Callable[[], frozenset[str]]) -> None:
        self._prefix = prefix
        known = frozenset() if callable(terms) else frozenset(terms.split())
        self._terms = terms if callable(terms) else lambda: known

    def __getattr__(self, name: str) -> IRI:
        if name.startswith("_") or name not in self._terms():
            raise AttributeError(f"{self._prefix}: has no term {name!r}")
        return IRI(PREFIXES[self._prefix] + name)

    def __getitem__(self, name: str) -> IRI:
        """Give a term whose name is computed, under the same rule."""
        return self.__getattr__(name)

    def __contains__(self, name: object) -> bool:
        return name in self._terms()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._terms()))


RDF: Final = ClosedNamespace("rdf", "Property Statement langString object predicate subject type")
RDFS: Final = ClosedNamespace("rdfs", "comment domain label range seeAlso subClassOf subPropertyOf")
OWL: Final = ClosedNamespace("owl", "AnnotationProperty Class DatatypeProperty ObjectProperty Ontology")
XSD: Final = ClosedNamespace("xsd", "anyURI boolean date decimal gMonthDay gYear gYearMonth integer string")
SKOS: Final = ClosedNamespace("skos", "altLabel definition example notation prefLabel")
DCTERMS: Final = ClosedNamespace(
    "dcterms",
    "abstract created creator identifier isPartOf issued license source subject title",
)
FOAF: Final = ClosedNamespace("foaf", "Agent Group Organization Person member name")
PROV: Final = ClosedNamespace(
    "prov",
    "Agent Entity Organization Person hadPrimarySource wasAttributedTo wasDerivedFrom",
)
SCHEMA: Final = ClosedNamespace("schema", "Dataset Organization Person ScholarlyArticle name sameAs")
FABIO: Final = ClosedNamespace("fabio", "Preprint")
NIF: Final = ClosedNamespace(
    "nif",
    "Context OffsetBasedString String anchorOf beginIndex endIndex isString referenceContext",
)


def expand(curie: str) -> IRI:
    """Write a prefixed name in full.

    >>> expand("dcterms:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, colon, name = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise UsageError(f"{curie!r} has no known prefix", remedy=f"use one of {', '.join(PREFIXES)}")
    return IRI(PREFIXES[prefix] + name)


def compact(iri: str) -> str:
    """Write an IRI with its prefix where it has one of ours.

    >>> compact("https://w3id.org/modelkin/id/model/gpt-3.5"), compact("https://example.org/x")
    ('model:gpt-3.5', 'https://example.org/x')
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri

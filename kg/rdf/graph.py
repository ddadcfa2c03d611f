"""From triples back to the graph: the inverse of :mod:`kg.rdf.triples`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast

from kg.assemble import merge_claims
from kg.model import (
    IRI,
    Basis,
    Claim,
    DatePrecision,
    Entity,
    Evidence,
    KnowledgeGraph,
    Literal,
    Paper,
    Quantity,
    Result,
    Term,
    Triple,
)
from kg.rdf.triples import BASES, PREDICATES
from kg.vocab import DCTERMS, KG, NIF, NS, RDF, RDFS, SKOS, XSD, load

__all__ = ["triples_to_graph"]

_NAMES = {term: name for name, term in PREDICATES.items()}
_BASIS = {term: cast(Basis, name) for name, term in BASES.items()}

#: Classes that are no entities: they are written from papers and claims.
_DERIVED = frozenset({"Paper", "Result", "Authorship", "Claim", "Passage", "ExtractionRule", "Basis", "CuratedLink"})


class _Node:
    """What is said of one subject: its values by predicate, sorted."""

    def __init__(self, values: Mapping[IRI, set[Term]]) -> None:
        self._values = values

    def all(self, predicate: str) -> list[str]:
        found = self._values.get(IRI(predicate), ())
        return sorted(term.value if isinstance(term, Literal) else term for term in found)

    def one(self, predicate: str, default: str = "") -> str:
        return next(iter(self.all(predicate)), default)

    def term(self, predicate: str) -> Term:
        return next(iter(self._values[IRI(predicate)]))


def triples_to_graph(triples: Iterable[Triple]) -> KnowledgeGraph:
    """Read a graph back; ``triples_to_graph(graph_to_triples(g)) == g``.

    What is not part of a graph (terms of the ontology, foreign statements) is passed over.
    """
    said: dict[IRI, dict[IRI, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in triples:
        said[subject][predicate].add(value)
    nodes = {iri: _Node(values) for iri, values in sorted(said.items())}
    papers = [_paper(iri, node, nodes) for iri, node in nodes.items() if KG.Paper in node.all(RDF.type)]
    claims = [*_creators(nodes), *(_claim(node, nodes) for node in nodes.values() if KG.Claim in node.all(RDF.type))]
    return KnowledgeGraph(papers=tuple(papers), entities=tuple(_entities(nodes)), claims=tuple(merge_claims(claims)))


def _paper(iri: IRI, node: _Node, nodes: Mapping[IRI, _Node]) -> Paper:
    places = [nodes[IRI(place)] for place in node.all(KG.authorship)]
    places.sort(key=lambda place: int(place.one(KG.position)))
    issued = node.one(DCTERMS.issued)
    affiliations = node.one(KG.listedAffiliationText)
    return Paper(
        iri=iri,
        id=node.one(DCTERMS.identifier),
        title=node.one(DCTERMS.title),
        authors=tuple(place.one(KG.listedName) for place in places),
        truncated=node.one(KG.authorsTruncated) == "true",
        date=date.fromisoformat(issued) if issued else None,
        date_precision=cast(DatePrecision, node.one(KG.datePrecision, "none")),
        date_text=node.one(KG.listedDate),
        category=node.one(KG.category),
        code=node.one(KG.codeListed) == "true",
        affiliations=tuple(affiliations.split(", ")) if affiliations else (),
        abstract=node.one(DCTERMS.abstract),
        source=node.one(KG.sourceName),
        line=int(node.one(KG.lineNumber, "1")),
    )


def _entities(nodes: Mapping[IRI, _Node]) -> Iterator[Entity]:
    """Yield the entities; of several classes the one that the IRI's folder or the most special class says."""
    classes = {found.iri: name for name, found in load().classes.items() if name not in _DERIVED}
    for iri, node in nodes.items():
        kinds = [classes[IRI(kind)] for kind in node.all(RDF.type) if kind in classes]
        if kinds and node.all(RDFS.label):
            folder = iri.rsplit("/", 2)[-2].replace("family", "modelfamily").replace("group", "authorgroup")
            kind = next((k for k in kinds if k.lower() == folder), kinds[0])
            aliases = tuple(node.all(SKOS.altLabel))
            yield Entity(iri=iri, type=kind, label=node.one(RDFS.label), aliases=aliases)


def _creators(nodes: Mapping[IRI, _Node]) -> Iterator[Claim]:
    for iri, node in nodes.items():
        for place in (nodes[IRI(place)] for place in node.all(KG.authorship)):
            agent, position = IRI(place.one(KG.agent)), place.one(KG.position)
            yield Claim(subject=iri, predicate="creator", object=agent, basis="listed", note=position)


def _claim(node: _Node, nodes: Mapping[IRI, _Node]) -> Claim:
    predicate = node.one(RDF.predicate)
    name = _NAMES.get(IRI(predicate), predicate.removeprefix(NS))
    basis = _BASIS[IRI(node.one(KG.basis))]
    sources = tuple(node.all(KG.source)) if basis in ("curated", "inferred") else ()
    return Claim(
        subject=IRI(node.one(RDF.subject)),
        predicate=name,
        object=_object(node.term(RDF.object), nodes),
        basis=basis,
        evidence=_evidence(node, nodes),
        sources=sources,
        note=node.one(KG.note),
    )


def _object(term: Term, nodes: Mapping[IRI, _Node]) -> IRI | Quantity | Result:
    if isinstance(term, Literal):
        if term.datatype != XSD.integer:
            raise ValueError(f"the object of a claim is a whole number or an IRI, not {term.value!r}")
        return Quantity(value=int(term.value))
    result = nodes.get(term)
    if result is None or KG.Result not in result.all(RDF.type):
        return term
    return Result(
        benchmark=IRI(found) if (found := result.one(KG.benchmark)) else "-",
        metric=result.one(KG.metric, "-"),
        value=result.one(KG.value),
    )


def _evidence(node: _Node, nodes: Mapping[IRI, _Node]) -> tuple[Evidence, ...]:
    found = node.one(KG.evidence)
    if not found:
        return ()
    passage = nodes[IRI(found)]
    rule = nodes[IRI(node.one(KG.rule))]
    return (
        Evidence(
            paper=IRI(node.one(KG.source)),
            start=int(passage.one(NIF.beginIndex)),
            end=int(passage.one(NIF.endIndex)),
            quote=passage.one(NIF.anchorOf),
            rule=rule.one(RDFS.label),
            confidence=float(node.one(KG.confidence)),
        ),
    )

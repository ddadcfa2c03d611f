"""From triples back to the graph: the inverse of :mod:`kg.rdf.triples`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast

from kg.assemble import merge_claims
from kg.ids import local_name
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
from kg.rdf.terms import split_list
from kg.rdf.triples import BASES, PREDICATES
from kg.vocab import DCTERMS, KG, NIF, NS, PROV, RDF, RDFS, SKOS, XSD, load

__all__ = ["triples_to_graph"]

_NAMES = {term: name for name, term in PREDICATES.items()}
_BASIS = {term: cast(Basis, name) for name, term in BASES.items()}

#: Classes that are no entities: they are written from papers and claims.
_DERIVED = frozenset(
    "Paper Result Authorship Claim Passage ExtractionRule Basis CuratedLink SameNames DistinctNames".split()
)


class _Node:
    """What is said of one subject: its values by predicate, sorted."""

    def __init__(self, iri: IRI, values: Mapping[IRI, set[Term]]) -> None:
        self._iri = iri
        self._values = values

    def all(self, predicate: str) -> list[str]:
        found = self._values.get(IRI(predicate), ())
        return sorted(term.value if isinstance(term, Literal) else term for term in found)

    def one(self, predicate: str, default: str = "") -> str:
        return next(iter(self.all(predicate)), default)

    def number(self, predicate: str) -> int:
        if not re.fullmatch("[+-]?[0-9]+", found := self.one(predicate)):
            raise ValueError(f"{self._iri} has {found!r} as its {local_name(predicate)}, which is no whole number")
        return int(found)

    def iri(self, predicate: str) -> IRI:
        if isinstance(found := self.term(predicate), Literal):
            raise ValueError(f"{self._iri} has the text {found.value!r} as its {local_name(predicate)}")
        return found

    def term(self, predicate: str) -> Term:
        found = self._values.get(IRI(predicate))
        if not found:
            raise ValueError(f"{self._iri} has no {local_name(predicate)}")
        return min(found, key=str)


class _Nodes(dict[IRI, _Node]):
    """All nodes by their IRI, in its order."""

    def __missing__(self, iri: IRI) -> _Node:
        raise ValueError(f"{iri} is referred to but nothing is said of it")


def triples_to_graph(triples: Iterable[Triple]) -> KnowledgeGraph:
    """Read a graph back; ``triples_to_graph(graph_to_triples(g)) == g``.

    What is not part of a graph (terms of the ontology, foreign statements) is passed over.

    Raises
    ------
    ValueError
        If something that :func:`~kg.rdf.graph_to_triples` always writes is missing or of another kind.

    """
    said: dict[IRI, dict[IRI, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in triples:
        said[subject][predicate].add(value)
    nodes = _Nodes((iri, _Node(iri, values)) for iri, values in sorted(said.items()))
    papers = [_paper(iri, node, nodes) for iri, node in nodes.items() if KG.Paper in node.all(RDF.type)]
    claims = [*_creators(nodes), *(_claim(node, nodes) for node in nodes.values() if KG.Claim in node.all(RDF.type))]
    return KnowledgeGraph(papers=tuple(papers), entities=tuple(_entities(nodes)), claims=tuple(merge_claims(claims)))


def _paper(iri: IRI, node: _Node, nodes: _Nodes) -> Paper:
    places = [nodes[IRI(place)] for place in node.all(KG.authorship)]
    places.sort(key=lambda place: place.number(KG.position))
    issued = node.one(DCTERMS.issued)
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
        affiliations=split_list(node.one(KG.listedAffiliationText)),
        abstract=node.one(DCTERMS.abstract),
        source=node.one(KG.sourceName),
        line=node.number(KG.lineNumber),
    )


def _entities(nodes: _Nodes) -> Iterator[Entity]:
    """Yield the entities; of several classes the one that the IRI's folder or the most special class says."""
    classes = {found.iri: name for name, found in load().classes.items() if name not in _DERIVED}
    for iri, node in nodes.items():
        kinds = [classes[IRI(kind)] for kind in node.all(RDF.type) if kind in classes]
        if kinds and node.all(RDFS.label):
            folder = local_name(iri.rpartition("/")[0]).replace("family", "modelfamily").replace("group", "authorgroup")
            kind = next((k for k in kinds if k.lower() == folder), kinds[0])
            aliases = tuple(node.all(SKOS.altLabel))
            yield Entity(iri=iri, type=kind, label=node.one(RDFS.label), aliases=aliases)


def _creators(nodes: _Nodes) -> Iterator[Claim]:
    for iri, node in nodes.items():
        for place in (nodes[IRI(place)] for place in node.all(KG.authorship)):
            agent, position = place.iri(KG.agent), place.number(KG.position)
            yield Claim(subject=iri, predicate="creator", object=agent, basis="listed", note=str(position))


def _claim(node: _Node, nodes: _Nodes) -> Claim:
    subject, predicate, basis = node.iri(RDF.subject), node.iri(RDF.predicate), node.iri(KG.basis)
    if basis not in _BASIS:
        raise ValueError(f"{basis} is no basis that a claim can have")
    evidence = _evidence(node, nodes)
    implied = {item.paper for item in evidence} or ({subject} if basis == KG.Listed else set())
    return Claim(
        subject=subject,
        predicate=_NAMES.get(predicate, predicate.removeprefix(NS)),
        object=_object(predicate, node.term(RDF.object), nodes),
        basis=_BASIS[basis],
        evidence=evidence,
        sources=tuple(source for source in node.all(KG.source) if source not in implied),
        note=node.one(KG.note),
    )


def _object(predicate: str, term: Term, nodes: _Nodes) -> str | Quantity | Result:
    if isinstance(term, Literal):
        return _literal(predicate, term)
    result = nodes.get(term)
    if result is None or KG.Result not in result.all(RDF.type):
        return term
    return Result(
        benchmark=IRI(found) if (found := result.one(KG.benchmark)) else "-",
        metric=result.one(KG.metric, "-"),
        value=result.one(KG.value),
    )


def _literal(predicate: str, value: Literal) -> str | Quantity:
    if value.datatype == XSD.integer:
        return Quantity(value=int(value.value))
    if predicate == KG.writtenAs:
        return value.value
    raise ValueError(f"the object of a claim is a whole number or an IRI, not {value.value!r}")


def _evidence(node: _Node, nodes: _Nodes) -> tuple[Evidence, ...]:
    if not node.all(KG.evidence):
        return ()
    passage = nodes[node.iri(KG.evidence)]
    return (
        Evidence(
            paper=nodes[passage.iri(NIF.referenceContext)].iri(PROV.hadPrimarySource),
            start=passage.number(NIF.beginIndex),
            end=passage.number(NIF.endIndex),
            quote=passage.one(NIF.anchorOf),
            rule=nodes[node.iri(KG.rule)].one(RDFS.label),
            confidence=float(node.one(KG.confidence)),
        ),
    )

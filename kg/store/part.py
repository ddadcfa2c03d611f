"""A part of a graph: what is reached from a few things over some relations, with all that says so.

Only claims of things that are reached are looked up, so that it takes as long as the part is large, not the graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph

from kg.ids import local_name
from kg.model import IRI, Triple
from kg.store.engine import to_term
from kg.vocab import DCTERMS, KG, NIF, NS, PROV, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from kg.store.engine import Store

__all__ = ["are_stated", "called", "joined", "named_so", "parents", "part_triples", "reached"]

_Node = pyoxigraph.NamedNode
#: What is said of a thing that is reached, beside the relations that are followed.
_SAID = ("actsFor", "developer", "license", "hasResult", "parameterCount", "activeParameterCount", "contextLength",
         "trainingTokens")  # fmt: skip

_SAID_OF_PAPERS = ("introduces", "producedBy")


def called(store: Store, name: str) -> list[Triple]:
    """Give classes and names of the things, other than papers, that are called exactly so."""
    literal = pyoxigraph.Literal(name)
    found = {
        quad.subject for label in (RDFS.label, SKOS.altLabel) for quad in _quads(store, None, _Node(label), literal)
    }
    said = [triple for node in sorted(found, key=str) for triple in _about(store, [node])]
    papers = {triple.subject for triple in said if triple.object == KG.Paper}
    naming = {RDF.type, RDFS.label, SKOS.altLabel}
    return [triple for triple in said if triple.subject not in papers and triple.predicate in naming]


def named_so(store: Store, name: str) -> set[str]:
    """Find all that is called exactly so, papers too."""
    literal = pyoxigraph.Literal(name)
    labels = (RDFS.label, SKOS.altLabel, DCTERMS.title)
    return {quad.subject.value for label in labels for quad in _quads(store, None, _Node(label), literal)}


def joined(store: Store, iri: str, relations: Iterable[str]) -> set[str]:
    """Find what is joined to a thing by relations (local names), with their direction or against it."""
    found: set[str] = set()
    for name in relations:
        predicate = _Node(DCTERMS.creator if name == "creator" else NS + name)
        found.update(q.object.value for q in _quads(store, _Node(iri), predicate, None) if isinstance(q.object, _Node))
        found.update(quad.subject.value for quad in _quads(store, None, predicate, _Node(iri)))
    return found


def are_stated(store: Store, one: str, other: str, relations: Collection[str]) -> bool:
    """Tell whether a sentence states one of some relations between two things."""
    for subject, target in ((one, other), (other, one)):
        for quad in _quads(store, None, _Node(RDF.subject), _Node(subject)):
            said = _values(store, quad.subject)
            (predicate,), (object_,) = said[RDF.predicate], said[RDF.object]
            if object_ == _Node(target) and local_name(predicate.value) in relations and KG.evidence in said:
                return True
    return False


def _is_paper(store: Store, iri: str) -> bool:
    return any(True for _ in _quads(store, _Node(iri), _Node(RDF.type), _Node(KG.Paper)))


def reached(store: Store, starts: Collection[str], out: Collection[str], back: Collection[str]) -> set[str]:
    """Find the things that are reached from some over relations (local names), with their direction or against it.

    What the starts themselves are variants of is reached too, and what their families descend from; the other members
    of these are there, since a family has the date of its first, but nothing is reached from them.
    """
    families = {one for start in starts for one in _ends(store, start, ("inFamily",), ())}
    beside = families | {one for family in families for one in _ends(store, family, (), ("inFamily",))}
    series = {one for start in starts for one in _ends(store, start, ("variantOf",), ())}
    seen = {*starts, *series, *parents(store, families, out)}
    waiting = sorted(seen)
    while waiting:
        for one in _ends(store, waiting.pop(), out, back):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return seen | beside


def parents(store: Store, things: Iterable[str], out: Collection[str]) -> set[str]:
    """Find what relations lead to from some things, in one step."""
    return {end for thing in things for end in _ends(store, thing, out, ())}


def part_triples(store: Store, things: Collection[str], relations: Collection[str]) -> Iterator[Triple]:
    """Yield the triples of a part of a graph, which reads back as a graph of its own.

    It has the things, the claims of those relations between them, who introduced and who develops them, their
    numbers, licences and results, and the papers and sentences that say so.
    """
    introduced = {iri for thing in things for iri in _ends(store, thing, (), ("introduces",))}
    wanted = {*relations, *_SAID}
    claims: list[pyoxigraph.NamedNode] = []
    entities = set(things)
    papers = {*introduced, *(one for one in things if _is_paper(store, one))}
    introduced = papers
    for subject in sorted({*things, *introduced}):
        for quad in _quads(store, None, _Node(RDF.subject), _Node(subject)):
            said = _values(store, quad.subject)
            (predicate,), (target,) = said[RDF.predicate], said[RDF.object]
            name = local_name(predicate.value)
            if name not in wanted and not (subject in introduced and name in _SAID_OF_PAPERS):
                continue
            if subject in introduced and subject not in things and name not in _SAID_OF_PAPERS:
                continue
            if target.value not in things and (name in relations or name == "introduces"):
                continue
            if isinstance(target, _Node):
                entities.add(target.value)
            claims.append(quad.subject)
            for passage in said.get(KG.evidence, ()):
                papers.update(_papers(store, passage))
                yield from _about(store, [passage, *_contexts(store, passage), *said[KG.rule]])
    for entity in sorted(entities):  # a result is on a benchmark
        entities = entities | set(_ends(store, entity, ("benchmark",), ()))
    yield from _about(store, claims)
    for paper in sorted(papers):
        places = _values(store, _Node(paper)).get(KG.authorship, ())
        entities |= {agent.value for place in places for agent in _values(store, place)[KG.agent]}
        yield from _about(store, places)
    yield from _about(store, [_Node(iri) for iri in sorted(entities | papers)])


def _quads(store: Store, subject: Any, predicate: Any, object_: Any) -> Iterator[Any]:
    """Look triples up; in a graph that we wrote each subject is an IRI, and what a predicate leads to is known."""
    return store.quads_for_pattern(subject, predicate, object_)


def _ends(store: Store, iri: str, out: Iterable[str], back: Iterable[str]) -> Iterator[str]:
    for name in out:
        for quad in _quads(store, _Node(iri), _Node(NS + name), None):
            yield quad.object.value
    for name in back:
        for quad in _quads(store, None, _Node(NS + name), _Node(iri)):
            yield quad.subject.value


def _values(store: Store, node: pyoxigraph.NamedNode) -> dict[IRI, list[pyoxigraph.NamedNode]]:
    found: dict[IRI, list[pyoxigraph.NamedNode]] = {}
    for quad in _quads(store, node, None, None):
        found.setdefault(IRI(quad.predicate.value), []).append(quad.object)
    return found


def _contexts(store: Store, passage: pyoxigraph.NamedNode) -> list[pyoxigraph.NamedNode]:
    return [quad.object for quad in _quads(store, passage, _Node(NIF.referenceContext), None)]


def _papers(store: Store, passage: pyoxigraph.NamedNode) -> Iterator[str]:
    for context in _contexts(store, passage):
        for quad in _quads(store, context, _Node(PROV.hadPrimarySource), None):
            yield quad.object.value


def _about(store: Store, nodes: Iterable[pyoxigraph.NamedNode]) -> Iterator[Triple]:
    for node in nodes:
        for quad in _quads(store, node, None, None):
            yield Triple(IRI(quad.subject.value), IRI(quad.predicate.value), to_term(quad.object))

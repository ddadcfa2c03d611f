"""Each shape fires on a graph that breaks it alone."""

from __future__ import annotations

from collections.abc import Iterable

import pyshacl
import pytest
import rdflib

from kg.model import IRI, Claim, KnowledgeGraph, Literal, Triple
from kg.rdf import graph_to_triples
from kg.rdf.terms import integer, text
from kg.validate import _to_rdflib, validate
from kg.vocab import DCTERMS, KG, NIF, RDF, RDFS, ontology_path

ID = "https://w3id.org/modelkin/id/"


def model(name: str) -> IRI:
    return IRI(f"{ID}model/{name}")


@pytest.fixture(scope="module")
def sound(seed_graph: KnowledgeGraph) -> frozenset[Triple]:
    """Give the triples of three papers: enough of everything, quick to check."""
    kept = [
        p
        for p in seed_graph.papers
        if p.title in ("Mixtral of Experts", "Magistral", "Training Compute-Optimal Large Language Models")
    ]
    iris = {p.iri for p in kept}
    claims = [
        c for c in seed_graph.claims if c.subject in iris or (c.evidence and {e.paper for e in c.evidence} <= iris)
    ]
    named = {str(x) for c in claims for x in (c.subject, c.object)} | {
        getattr(c.object, "benchmark", "") for c in claims
    }
    entities = tuple(e for e in seed_graph.entities if e.iri in named)
    return frozenset(graph_to_triples(KnowledgeGraph(papers=tuple(kept), entities=entities, claims=tuple(claims))))


def rules(triples: Iterable[Triple]) -> set[str]:
    return {finding.rule for finding in validate(triples)}


def test_the_bundled_graph_conforms(seed_graph: KnowledgeGraph) -> None:
    triples = list(graph_to_triples(seed_graph))
    assert validate(triples) == []


def test_all_shapes_hold_as_shacl_states_them(sound: frozenset[Triple]) -> None:
    ontology = rdflib.Graph().parse(ontology_path("kg.ttl"), format="turtle")
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    conforms, _, report = pyshacl.validate(_to_rdflib(sound), shacl_graph=shapes, ont_graph=ontology)
    assert conforms, report


def first(triples: frozenset[Triple], predicate: IRI, value: object = None) -> Triple:
    return min(t for t in triples if t.predicate == predicate and (value is None or t.object == value))


def without(triples: frozenset[Triple], gone: Triple, *added: Triple) -> set[Triple]:
    return {*(triples - {gone}), *added}


def test_each_shape_fires_alone(sound: frozenset[Triple]) -> None:
    assert rules(sound) == set()
    mixtral, mistral = model("mixtral-8x7b"), model("mistral-7b")
    title = next(t for t in sorted(sound) if t.predicate == DCTERMS.title and "/paper/" in t.subject)
    place = first(sound, KG.position, integer(2))
    name = first(sound, KG.listedName)
    label = next(t for t in sorted(sound) if t.predicate == RDFS.label and t.subject == mixtral)
    metric = first(sound, KG.metric)
    step = next(t for t in sorted(sound) if t.predicate == KG.directAncestor and t.subject == mixtral)
    basis = first(sound, KG.basis, KG.Extracted)
    evidence = next(t for t in sorted(sound) if t.predicate == KG.evidence and t.subject == basis.subject)
    begin = first(sound, NIF.beginIndex)
    broken = {
        "Paper": without(sound, title),
        "AuthorOrder": without(sound, place, place._replace(object=integer(7))),
        "Authorship": without(sound, name),
        "Labelled": without(sound, label),
        "Model": {*sound, Triple(mixtral, KG.parameterCount, integer(3))},
        "ActiveParameters": {
            *sound,
            Triple(mistral, KG.parameterCount, integer(5000)),
            Triple(mistral, KG.activeParameterCount, integer(9000)),
        },
        "Result": without(sound, metric),
        "LineageStep": without(sound, step),
        "NoOwnAncestor": {*sound, Triple(mistral, KG.directAncestor, mixtral)},
        "Claim": without(sound, basis),
        "ExtractedHasEvidence": without(sound, evidence),
        "Passage": without(sound, begin),
        "PassageQuotes": without(sound, begin, begin._replace(object=integer(int(begin.object.value) + 1)))
        if isinstance(begin.object, Literal)
        else set(),
    }
    for shape, triples in broken.items():
        assert shape in rules(triples), shape


def test_a_claim_needs_its_plain_triple_a_fitting_subject_and_object(sound: frozenset[Triple]) -> None:
    mixtral = model("mixtral-8x7b")
    plain = first(sound, KG.basedOnArchitecture)
    assert "ClaimIsStated" in rules(without(sound, plain))
    person = next(t.subject for t in sorted(sound) if t.predicate == RDF.type and t.object == KG.Person)
    claim = Claim(subject=person, predicate="outperforms", object=mixtral, basis="inferred", note="n")
    odd = {*sound, *graph_to_triples(KnowledgeGraph(papers=(), entities=(), claims=(claim,)))}
    assert "Domain" in rules(odd)
    claim = Claim(subject=mixtral, predicate="inFamily", object=person, basis="inferred", note="n")
    assert "Range" in rules({*sound, *graph_to_triples(KnowledgeGraph(papers=(), entities=(), claims=(claim,)))})


def test_curated_claims_need_a_source_and_persons_a_persons_name(sound: frozenset[Triple]) -> None:
    node = IRI(f"{ID}claim/c0")
    curated = [
        Triple(node, RDF.type, KG.Claim),
        Triple(node, RDF.subject, model("mixtral-8x7b")),
        Triple(node, RDF.predicate, KG.succeeds),
        Triple(node, RDF.object, model("mistral-7b")),
        Triple(node, KG.basis, KG.Curated),
        Triple(node, KG.confidence, Literal("1.0", IRI("http://www.w3.org/2001/XMLSchema#decimal"))),
        Triple(model("mixtral-8x7b"), KG.succeeds, model("mistral-7b")),
    ]
    assert rules([*sound, *curated]) == {"CuratedHasSource"}
    person = IRI(f"{ID}person/some-team")
    named = [Triple(person, RDF.type, KG.Person), Triple(person, RDFS.label, text("Some Team"))]
    findings = validate([*sound, *named])
    assert [(f.rule, f.severity) for f in findings] == [("PersonIsNoGroup", "warning")]


def test_a_big_graph_is_checked_in_part_and_says_so(sound: frozenset[Triple]) -> None:
    findings = validate(sound, most=len(sound) // 2)
    assert findings[-1].rule == "sample" and findings[-1].severity == "info"

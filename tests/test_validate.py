"""Each shape fires on a graph that breaks it alone; the audit finds what cannot all be true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyshacl
import pytest
import rdflib

from kg.model import IRI, Claim, Entity, Evidence, Finding, KnowledgeGraph, Literal, Paper, Quantity, Triple
from kg.rdf import graph_to_triples
from kg.rdf.terms import integer, text
from kg.validate import AUDIT_RULES, _to_rdflib, audit, rule_names, validate
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
    assert [f for f in audit(triples) if f.severity == "error"] == []


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


def claims_to_triples(graph: KnowledgeGraph, *claims: Claim) -> list[Triple]:
    return list(
        graph_to_triples(KnowledgeGraph(papers=graph.papers, entities=graph.entities, claims=(*graph.claims, *claims)))
    )


def test_the_audit_finds_cycles_wrong_dates_contradictions_and_two_sizes(seed_graph: KnowledgeGraph) -> None:
    gopher, chinchilla = model("gopher"), model("chinchilla")

    def more(predicate: str, value: object) -> Claim:
        return Claim(subject=gopher, predicate=predicate, object=value, basis="curated", sources=("https://e.org/x",))  # type: ignore[arg-type]

    found = {
        finding.rule: finding
        for finding in audit(
            claims_to_triples(
                seed_graph,
                more("scaledFrom", chinchilla),
                more("outperforms", chinchilla),
                more("parameterCount", Quantity(value=10**9)),
            )
        )
    }
    assert set(found) - {"unknown-parent"} == {
        "lineage-cycle", "child-older-than-parent", "mutual-outperformance", "two-sizes"
    }  # fmt: skip
    assert "280,000,000,000" in found["two-sizes"].message and "1,000,000,000" in found["two-sizes"].message
    assert "same compute budget as Gopher" in found["lineage-cycle"].message


# --- the audit, on papers written for it -------------------------------------------------------------------------


def paper(name: str, day: str, text: str) -> Paper:
    return Paper(
        iri=IRI(f"{ID}paper/{name}"), id=name, title=name, authors=("Ada Byron",), truncated=False,
        date=date.fromisoformat(day), date_precision="day", date_text=day, category="cs.CL", code=False,
        affiliations=(), abstract=text, source="x.txt", line=1,
    )  # fmt: skip


def said(source: Paper, subject: str, predicate: str, value: str) -> Claim:
    start = len(source.text) - len(source.abstract)
    evidence = Evidence(
        paper=source.iri, start=start, end=len(source.text), quote=source.abstract, rule="a.b", confidence=0.9
    )
    return Claim(subject=IRI(subject), predicate=predicate, object=IRI(value), basis="extracted", evidence=(evidence,))


def found(papers: Iterable[Paper], claims: Iterable[Claim], *data: str) -> dict[str, Finding]:
    names = [Entity(iri=model(name), type="Model", label=name.title()) for name in ("new", "old", "base")]
    benchmarks = [Entity(iri=IRI(f"{ID}dataset/{name}"), type="Benchmark", label=name) for name in data]
    graph = KnowledgeGraph(papers=tuple(papers), entities=(*names, *benchmarks), claims=tuple(claims))
    return {finding.rule: finding for finding in audit(graph_to_triples(graph))}


def test_an_old_name_introduced_again_is_no_child_older_than_its_parent() -> None:
    child = paper("child", "2020-01-01", "We fine-tune Base.")
    again = paper("again", "2023-01-01", "We introduce Base.")
    other = paper("other", "2019-01-01", "Old is a fine-tuned Base.")
    claims = [
        said(child, child.iri, "introduces", model("new")),
        said(child, model("new"), "fineTunedFrom", model("base")),
        said(again, again.iri, "introduces", model("base")),
    ]
    young = found([child, again], claims)
    assert young["child-older-than-parent"].severity == "warning"
    assert all(f"“{p.abstract}”" in young["child-older-than-parent"].message for p in (child, again))
    known = found([child, again, other], [*claims, said(other, model("old"), "fineTunedFrom", model("base"))])
    assert "child-older-than-parent" not in known
    assert all(f"“{p.abstract}”" in known["introduced-again"].message for p in (again, other))


@pytest.mark.parametrize(
    ("one", "two", "severity"),
    [
        ("New beats Old on MMLU.", "Old beats New on MMLU and GSM8K.", "warning"),
        ("New beats Old on MMLU.", "Old beats New on MMLU-Pro.", None),
        ("New beats Old on HumanEval+.", "Old beats New on HumanEval.", None),
        ("New beats Old on MMLU.", "Old beats New.", "info"),
        ("New beats Old.", "Old beats New.", "info"),
    ],
)
def test_two_that_beat_one_another_contradict_on_one_benchmark_only(one: str, two: str, severity: str | None) -> None:
    first, second = paper("first", "2020-01-01", one), paper("second", "2020-02-01", two)
    claims = [
        said(first, model("new"), "outperforms", model("old")),
        said(second, model("old"), "outperforms", model("new")),
    ]
    told = found([first, second], claims, "MMLU", "MMLU-Pro", "GSM8K", "HumanEval", "HumanEval+")
    finding = told.get("mutual-outperformance")
    assert (finding and finding.severity) == severity
    assert finding is None or (f"“{one}”" in finding.message and f"“{two}”" in finding.message)


def test_parents_that_resolve_to_nothing_and_things_of_no_claim_are_told() -> None:
    child = paper("child", "2020-01-01", "We fine-tune Base.")
    claims = [
        said(child, child.iri, "introduces", model("new")),
        said(child, model("new"), "fineTunedFrom", model("base")),
    ]
    told = found([child], claims)
    assert told["unknown-parent"].subject == model("base") and "“We fine-tune Base.”" in told["unknown-parent"].message
    assert told["orphan"].subject == model("old")
    introduced = found([child], [*claims, said(child, child.iri, "introduces", model("base"))])
    assert "unknown-parent" not in introduced


def test_each_rule_has_one_name(seed_graph: KnowledgeGraph) -> None:
    names = rule_names()
    assert len(names) == len(set(names)) and set(AUDIT_RULES) < set(names)
    assert {"Paper", "NoOwnAncestor"} < set(names)
    assert {finding.rule for finding in audit(graph_to_triples(seed_graph))} <= set(AUDIT_RULES)

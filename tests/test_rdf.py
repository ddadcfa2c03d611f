"""What the triples look like, that every tool reads them, and that they lead back to the same graph."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ids
from kg.assemble import merge_claims
from kg.errors import KgError
from kg.model import IRI, Claim, Entity, Evidence, KnowledgeGraph, Paper, Quantity, Result, Triple
from kg.rdf import graph_to_triples, triples_to_graph, turtle_lines, write_ntriples, write_turtle
from kg.rdf.terms import decimal, safe, term_text, text
from kg.vocab import KG, RDF, RDFS


@pytest.fixture(scope="module")
def turtle(seed_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rdf") / "graph.ttl"
    write_turtle(graph_to_triples(seed_graph), path)
    return path


def test_there_and_back_gives_the_same_graph(seed_graph: KnowledgeGraph) -> None:
    assert triples_to_graph(graph_to_triples(seed_graph)) == seed_graph


def test_a_claim_is_a_plain_triple_with_its_evidence_beside_it(seed_graph: KnowledgeGraph) -> None:
    triples = set(graph_to_triples(seed_graph))
    mixtral, mistral = ids.entity_iri("Model", "Mixtral 8x7B"), ids.entity_iri("Model", "Mistral 7B")
    assert Triple(mixtral, KG.basedOnArchitecture, mistral) in triples
    assert Triple(mixtral, KG.directAncestor, mistral) in triples
    (node,) = [
        t.subject
        for t in triples
        if t.predicate == RDF.predicate
        and t.object == KG.basedOnArchitecture
        and Triple(t.subject, RDF.subject, mixtral) in triples
    ]
    said = {t.predicate: t.object for t in triples if t.subject == node and t.predicate != RDF.type}
    assert said[KG.basis] == KG.Extracted and isinstance(said[KG.evidence], IRI)
    assert said[KG.rule] == ids.rule_iri("lineage.same-architecture")


def test_a_component_is_no_ancestor(seed_graph: KnowledgeGraph) -> None:
    triples = set(graph_to_triples(seed_graph))
    parts = [t for t in triples if t.predicate == KG.usesComponent]
    assert parts and not any(Triple(t.subject, KG.directAncestor, t.object) in triples for t in parts)


def test_what_a_listing_shows_beside_authors_is_not_the_developer(seed_graph: KnowledgeGraph) -> None:
    listed = [c for c in seed_graph.claims if c.predicate == "listedAffiliation"]
    assert {c.basis for c in listed} == {"listed"}
    developers = {c.object for c in seed_graph.claims if c.predicate == "developer"}
    assert ids.entity_iri("Organization", "University of Cambridge") not in developers


def test_groups_are_apart_from_persons_and_authors_are_in_order(seed_graph: KnowledgeGraph) -> None:
    kinds = {e.label: e.type for e in seed_graph.entities}
    assert (kinds["Gemini Team"], kinds["Arthur Mensch"]) == ("AuthorGroup", "Person")
    places = {t.object: t.subject for t in graph_to_triples(seed_graph) if t.predicate == KG.listedName}
    assert str(places[text("Mistral-AI")]).endswith("/author/1")


def test_no_blank_node_and_no_clock(seed_graph: KnowledgeGraph, turtle: Path) -> None:
    written = turtle.read_text(encoding="utf-8")
    assert "_:" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", written) and "[" not in re.sub(
        r'"(?:[^"\\]|\\.)*"', "", written
    )


def test_rdflib_and_pyoxigraph_read_the_same_triples(turtle: Path, seed_graph: KnowledgeGraph) -> None:
    ours = set(graph_to_triples(seed_graph))
    with turtle.open("rb") as stream:
        theirs = {str(q.triple) for q in pyoxigraph.parse(stream, format=pyoxigraph.RdfFormat.TURTLE)}
    assert len(theirs) == len(ours)
    assert len(rdflib.Graph().parse(turtle, format="turtle")) == len(ours)


def test_rapper_reads_it_without_a_word(turtle: Path, seed_graph: KnowledgeGraph) -> None:
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not installed (package raptor2-utils)")
    done = subprocess.run(["rapper", "-i", "turtle", "-c", str(turtle)], capture_output=True, text=True, check=True)
    assert f"returned {len(set(graph_to_triples(seed_graph)))} triples" in done.stderr
    assert "warning" not in done.stderr.lower() and "error" not in done.stderr.lower()


def test_n3js_reads_it(turtle: Path, seed_graph: KnowledgeGraph, tmp_path: Path) -> None:
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm and node are not installed")
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "n3"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"npm could not install n3: {done.stderr.strip().splitlines()[-1:]}")
    script = (
        "const n3=require('n3'),fs=require('fs');console.log(new n3.Parser().parse(fs.readFileSync"
        "(process.argv[1],'utf8')).length)"
    )
    told = subprocess.run(["node", "-e", script, str(turtle)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(told.stdout) == len(set(graph_to_triples(seed_graph))) and not told.stderr


def test_builds_give_the_same_bytes_whatever_the_machine_is_set_to(tmp_path: Path) -> None:
    settings_of = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    ]
    outputs = []
    for number, changed in enumerate(settings_of):
        output = tmp_path / str(number)
        command = [sys.executable, "-m", "kg", "build", "--as-of", "2026-11-23", "-o", str(output)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **changed})
        outputs.append({name: (output / name).read_bytes() for name in ("graph.ttl", "graph.html", "report.md")})
    assert outputs[0] == outputs[1]


def test_ntriples_are_one_a_line(tmp_path: Path) -> None:
    triples = [Triple(IRI("https://e.org/a"), RDFS.label, text('a "quoted"\nline\twith \\ and é'))]
    assert write_ntriples(triples, tmp_path / "x.nt") == 1
    (found,) = pyoxigraph.parse((tmp_path / "x.nt").read_bytes(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert isinstance(found.object, pyoxigraph.Literal) and found.object.value == 'a "quoted"\nline\twith \\ and é'


def test_terms_are_made_fit_in_one_place() -> None:
    assert text("a\x00b\ud800c\uffff").value == "a\ufffdb\ufffdc\ufffd"
    assert term_text(decimal(0.5)) == '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    for bad in ("javascript:alert(1)", "relative/path", "https://a b", "", "https://a\u0000"):
        with pytest.raises(KgError, match="cannot stand as an IRI"):
            safe(bad)


def test_turtle_is_sorted_and_sorted_input_makes_no_difference(seed_graph: KnowledgeGraph) -> None:
    triples = list(graph_to_triples(seed_graph))
    assert list(turtle_lines(triples)) == list(turtle_lines(reversed(triples)))


# --- any graph at all --------------------------------------------------------------------------------------------

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=30
).map(lambda s: s.strip() or "x")


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    title, abstract, authors = draw(WORDS), draw(WORDS), draw(st.lists(WORDS, max_size=3))
    iri = ids.paper_iri(title, authors[0] if authors else "")
    paper = Paper(
        iri=iri,
        id=draw(WORDS),
        title=title,
        authors=tuple(authors),
        truncated=draw(st.booleans()),
        date=draw(st.none() | st.dates()),
        date_precision="day",
        date_text=draw(WORDS),
        category="cs.CL",
        code=draw(st.booleans()),
        affiliations=("mit",),
        abstract=abstract,
        source="x.txt",
        line=draw(st.integers(1, 10**6)),
    )
    names = draw(st.lists(WORDS, min_size=2, max_size=4, unique_by=ids.slug))
    models = [Entity(iri=ids.entity_iri("Model", n), type="Model", label=n, aliases=(n + "+",)) for n in names]
    people = {
        ids.entity_iri("Person", n): Entity(iri=ids.entity_iri("Person", n), type="Person", label=n) for n in authors
    }
    quote = paper.text[: len(title)]
    evidence = Evidence(
        paper=iri, start=0, end=len(quote), quote=quote, rule="r.one", confidence=draw(st.sampled_from([0.5, 0.9, 1.0]))
    )
    a, b = models[0].iri, models[1].iri
    claims = [
        *(
            Claim(subject=iri, predicate="creator", object=ids.entity_iri("Person", n), basis="listed", note=str(i))
            for i, n in enumerate(authors, 1)
        ),
        Claim(subject=a, predicate="fineTunedFrom", object=b, basis="extracted", evidence=(evidence,)),
        Claim(
            subject=a,
            predicate="parameterCount",
            object=Quantity(value=draw(st.integers(1, 10**15))),
            basis="inferred",
            note="n",
        ),
        Claim(
            subject=b,
            predicate="result",
            object=Result(benchmark="-", metric=draw(WORDS), value=draw(WORDS)),
            basis="extracted",
            evidence=(evidence,),
        ),
        Claim(
            subject=b,
            predicate="succeeds",
            object=a,
            basis="curated",
            sources=("https://example.org/x",),
            note=draw(WORDS),
        ),
    ]
    entities = sorted([*models, *people.values()], key=lambda e: e.iri)
    return KnowledgeGraph(papers=(paper,), entities=tuple(entities), claims=tuple(merge_claims(claims)))


@settings(max_examples=120, deadline=None)
@given(graphs())
def test_any_graph_comes_back(graph: KnowledgeGraph) -> None:
    assert triples_to_graph(graph_to_triples(graph)) == graph
    written = "".join(turtle_lines(graph_to_triples(graph)))
    read = {q.triple for q in pyoxigraph.parse(written.encode(), format=pyoxigraph.RdfFormat.TURTLE)}
    assert len(read) == len(set(graph_to_triples(graph)))

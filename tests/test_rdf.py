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

from kg import ids
from kg.errors import KgError
from kg.model import IRI, KnowledgeGraph, Literal, Term, Triple
from kg.rdf import graph_to_triples, turtle_lines, write_ntriples, write_turtle
from kg.rdf.terms import decimal, safe, term_text, text
from kg.vocab import KG, RDF, RDFS


@pytest.fixture(scope="module", params=["seed_graph", "tiny_graph"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """Give a real graph, then one of hostile texts."""
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def turtle(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rdf") / "graph.ttl"
    write_turtle(graph_to_triples(graph), path)
    return path


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


def test_no_blank_node_and_no_clock(graph: KnowledgeGraph, turtle: Path) -> None:
    written = turtle.read_text(encoding="utf-8")
    assert "_:" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", written) and "[" not in re.sub(
        r'"(?:[^"\\]|\\.)*"', "", written
    )


def test_rdflib_and_pyoxigraph_read_the_same_triples(turtle: Path, graph: KnowledgeGraph) -> None:
    ours = {(t.subject, t.predicate, *_plain(t.object)) for t in graph_to_triples(graph)}
    with turtle.open("rb") as stream:
        theirs = [quad.triple for quad in pyoxigraph.parse(stream, format=pyoxigraph.RdfFormat.TURTLE)]
    assert {(t.subject.value, t.predicate.value, *_parsed(t.object)) for t in theirs} == ours
    read = rdflib.Graph().parse(turtle, format="turtle")
    assert {(str(s), str(p), str(o)) for s, p, o in read if not isinstance(o, rdflib.Literal)} == {
        (s, p, o) for s, p, o, kind in ours if kind == "iri"
    }
    assert {str(o) for o in read.objects() if isinstance(o, rdflib.Literal) and o.language} == {
        o for _, _, o, kind in ours if kind == "en"
    }
    assert len(read) == len(ours)


def _plain(term: Term) -> tuple[str, str]:
    return (term.value, term.language or term.datatype) if isinstance(term, Literal) else (term, "iri")


def _parsed(term: object) -> tuple[str, str]:
    if isinstance(term, pyoxigraph.Literal):
        return term.value, term.language or term.datatype.value
    assert isinstance(term, pyoxigraph.NamedNode)
    return term.value, "iri"


def test_rapper_reads_it_without_a_word(turtle: Path, graph: KnowledgeGraph) -> None:
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not installed (package raptor2-utils)")
    done = subprocess.run(["rapper", "-i", "turtle", "-c", str(turtle)], capture_output=True, text=True, check=True)
    assert f"returned {len(set(graph_to_triples(graph)))} triples" in done.stderr
    assert "warning" not in done.stderr.lower() and "error" not in done.stderr.lower()


def test_n3js_reads_it(turtle: Path, graph: KnowledgeGraph, tmp_path: Path) -> None:
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
    assert int(told.stdout) == len(set(graph_to_triples(graph))) and not told.stderr


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

"""Any graph leads through triples, and through Turtle and N-Triples in a foreign parser, back to the same graph."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ids
from kg.assemble import merge_claims
from kg.audit import audit
from kg.errors import KgError
from kg.model import IRI, Claim, Entity, Evidence, KnowledgeGraph, Literal, Paper, Quantity, Result, Triple
from kg.network import triples_to_network
from kg.pipeline import Reading, assemble
from kg.rdf import graph_to_triples, triples_to_graph, turtle_lines, write_ntriples, write_turtle
from kg.rdf.terms import term_text
from kg.store import iter_triples, load_store
from kg.vocab import KG

#: Any text that RDF can carry: quotes, backslashes, line ends, right to left, beyond the basic plane, unassigned.
WORDS = st.text(
    alphabet=st.characters(
        codec="utf-8",
        exclude_characters="\ufffe\uffff\x7f" + "".join(chr(c) for c in range(32) if chr(c) not in "\t\n\r"),
    ),
    min_size=1,
    max_size=30,
)


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
        affiliations=tuple(draw(st.lists(WORDS, max_size=3))),
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
    evidence = Evidence(paper=iri, start=0, end=len(quote), quote=quote, rule="r.one", confidence=draw(st.floats(0, 1)))
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


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_graph_comes_back(graph: KnowledgeGraph) -> None:
    assert triples_to_graph(graph_to_triples(graph)) == graph
    for parsed in pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.N_TRIPLES:
        is_turtle = parsed == pyoxigraph.RdfFormat.TURTLE
        triples = graph_to_triples(graph)
        lines = turtle_lines(triples) if is_turtle else (f"{_line(t)}\n" for t in triples)
        found = pyoxigraph.parse("".join(lines).encode(), format=parsed)
        assert triples_to_graph(_triple(quad) for quad in found) == graph


def _line(triple: Triple) -> str:
    return f"<{triple.subject}> <{triple.predicate}> {term_text(triple.object)} ."


def _triple(quad: pyoxigraph.Quad) -> Triple:
    found = quad.object
    assert isinstance(quad.subject, pyoxigraph.NamedNode)
    if isinstance(found, pyoxigraph.Literal):
        value: IRI | Literal = Literal(found.value, IRI(found.datatype.value), found.language or "")
    else:
        assert isinstance(found, pyoxigraph.NamedNode)
        value = IRI(found.value)
    return Triple(IRI(quad.subject.value), IRI(quad.predicate.value), value)


@pytest.mark.parametrize("which", ["seed_graph", "tiny_graph"])
def test_files_lead_back_to_the_graph(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(which)
    write_turtle(graph_to_triples(graph), tmp_path / "g.ttl")
    write_ntriples(graph_to_triples(graph), tmp_path / "g.nt")
    for name in "g.ttl", "g.nt":
        assert triples_to_graph(iter_triples(load_store(tmp_path / name))) == graph


def test_a_graph_of_real_abstracts_comes_back(shared: Path) -> None:
    graph = assemble([str(shared / "gold" / "dev-papers.jsonl")], Reading(as_of=date(2026, 11, 23))).graph
    assert len(graph.papers) > 50
    assert triples_to_graph(graph_to_triples(graph)) == graph


def test_characters_that_rdf_cannot_carry_are_replaced_one_for_one(tiny_graph: KnowledgeGraph) -> None:
    dirty = replace(tiny_graph.papers[0], abstract="\x00\x1b\ud800\uffff" + tiny_graph.papers[0].abstract[4:])
    graph = KnowledgeGraph(papers=(dirty,), entities=tiny_graph.entities, claims=tiny_graph.claims)
    (paper,) = triples_to_graph(graph_to_triples(graph)).papers
    assert paper.abstract == "\ufffd" * 4 + tiny_graph.papers[0].abstract[4:]
    "".join(turtle_lines(graph_to_triples(graph))).encode("utf-8")


def test_a_thing_without_a_fit_name_is_refused(tiny_graph: KnowledgeGraph) -> None:
    for bad in "javascript:alert(1)", "https://e.org/a b", "https://e.org/>", "x":
        odd = Entity(iri=IRI(bad), type="Model", label="x")
        with pytest.raises(KgError, match="cannot stand as an IRI"):
            list(graph_to_triples(KnowledgeGraph(papers=(), entities=(odd,), claims=())))


def test_damaged_triples_are_told_in_a_sentence_and_never_break_the_reader(seed_graph: KnowledgeGraph) -> None:
    whole = sorted(set(graph_to_triples(seed_graph)), key=str)
    values = [triple.object for triple in whole]
    chance, told = random.Random(5), 0
    for _ in range(60):
        triples = whole[:]
        for _ in range(chance.choice((1, 3, 30))):
            place = chance.randrange(len(triples))
            old = triples.pop(place)
            odd = (old._replace(object=chance.choice(values)), old._replace(subject=IRI("urn:x:y")))
            triples.extend(chance.choice([(), odd[:1], odd[1:]]))
        try:
            triples_to_network(triples)
        except ValueError as error:
            told += 1
            assert len(str(error).split()) > 3
        for finding in audit(triples):
            assert finding.message
    assert 0 < told < 60


@pytest.mark.parametrize(
    ("gone", "reason"),
    [
        ("predicate", "has no predicate"),
        ("evidence", "nothing is said of it"),
        ("beginIndex", "has '' as its beginIndex"),
    ],
)
def test_what_is_missing_is_named(tiny_graph: KnowledgeGraph, gone: str, reason: str) -> None:
    triples = list(graph_to_triples(tiny_graph))
    if gone == "evidence":
        cited = {t.object for t in triples if t.predicate == KG.evidence}
        kept = [t for t in triples if t.subject not in cited]
    else:
        kept = [t for t in triples if ids.local_name(t.predicate) != gone]
    with pytest.raises(ValueError, match=reason):
        triples_to_graph(kept)
    assert [finding.rule for finding in audit(kept)] == ["unreadable"]

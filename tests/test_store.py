"""The embedded store: built whole, opened for reading, asked with bound terms, and never harmed by a query."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError, OutputError, UsageError
from kg.model import IRI, KnowledgeGraph, Literal, Triple
from kg.rdf import graph_to_triples, write_turtle
from kg.store import Store, build_store, iter_triples, labels, load_store, open_store, query
from kg.vocab import RDFS

NAME = "SELECT ?thing ?label WHERE { ?thing rdfs:label ?label } ORDER BY ?label"


@pytest.fixture(scope="module")
def store(seed_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("store") / "store"
    build_store(graph_to_triples(seed_graph), path)
    return open_store(path)


def test_the_store_holds_the_triples(store: Store, seed_graph: KnowledgeGraph) -> None:
    assert set(iter_triples(store)) == {
        Triple(s, p, Literal(o.value, o.datatype, o.language) if isinstance(o, Literal) else o)
        for s, p, o in _as_stored(graph_to_triples(seed_graph))
    }
    assert "Mixtral 8x7B" in labels(store)


def _as_stored(triples: object) -> set[Triple]:
    """Write decimals in the engine's own canonical form."""
    changed = set()
    for s, p, o in triples:  # type: ignore[attr-defined]
        if isinstance(o, Literal) and o.datatype.endswith("#decimal"):
            o = Literal(o.value.removesuffix(".0"), o.datatype)
        changed.add(Triple(s, p, o))
    return changed


def test_a_turtle_file_is_a_store_too(seed_graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_turtle(graph_to_triples(seed_graph), tmp_path / "g.ttl")
    assert len(query(load_store(tmp_path / "g.ttl"), NAME).rows) > 100


def test_values_are_bound_as_terms_and_never_as_text(store: Store) -> None:
    hostile = Literal('x" } DELETE WHERE { ?s ?p ?o } #')
    assert query(store, NAME, bindings={"label": hostile}).rows == ()
    (row,) = query(store, NAME, bindings={"label": Literal("Chinchilla"), "thing": _iri("model/chinchilla")}).rows
    assert row == (_iri("model/chinchilla"), Literal("Chinchilla"))


def _iri(tail: str) -> IRI:
    return IRI(f"https://w3id.org/modelkin/id/{tail}")


def test_ask_construct_and_limits(store: Store) -> None:
    assert query(store, "ASK { ?s kg:outperforms ?o }").rows[0][0] == Literal(
        "true", IRI("http://www.w3.org/2001/XMLSchema#boolean")
    )
    graph = query(store, "CONSTRUCT { ?a kg:outperforms ?b } WHERE { ?a kg:outperforms ?b }")
    assert graph.is_graph and len(graph.rows) > 10
    some = query(store, NAME, limit=3)
    assert len(some.rows) == 3 and some.truncated
    assert query(store, "SELECT ?x WHERE { BIND(1/0 AS ?x) }").rows == ((None,),)


@pytest.mark.parametrize(
    ("sparql", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("LOAD <http://127.0.0.1:1/>", "LOAD"),
        ("SELECT * {" + "{" * 2250 + "?a ?p ?b" + "}" * 2250 + "}", "levels of brackets"),
        ("SELECT * { ?s ?p ?o FILTER(" + "!(" * 3000 + "true" + ")" * 3000 + ") }", "levels of brackets"),
        ("SELECT (" + "1+" * 40_000 + "1 AS ?x) {}", "40000 operators"),
        ("SELECT * { ?s " + "a/" * 40_000 + "a ?o }", "40001 operators"),
        ("SELECT * { FILTER(" + "true&&" * 15_000 + "true) }", "15001 operators"),
        ("SELECT * { " + "OPTIONAL{?s a ?o}" * 4_500 + " }", "4501 groups"),
        ("SELECT * { " + "VALUES ?a {1}" * 600 + " }", "1201 groups"),
        ("SELECT * { " + " ".join(f"BIND(1 AS ?a{i})" for i in range(4_000)) + " }", "4001 groups"),
        ("SELEC ?x", "no SPARQL"),
        ("x" * 200_000, "200000 characters"),
    ],
)
def test_what_could_harm_is_refused_with_a_sentence(store: Store, sparql: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        query(store, sparql)


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <URL> {}",
        "#\rSERVICE <URL> {}",
        "SERVICE#{\n<URL>#}\r{}",
        "SERVICESILENT<URL>{}",
        "SERVICE SILENT ?server {}",
        "?s ?p 1SERVICE<URL>{}",
        "?s ?p trueSERVICEx:{}",
        "SERVICEx:a\\#b{}",
        "FILTER(?a<?b)SERVICE#>\n<URL>{}",
        "FILTER(?a<'x>')SERVICE<URL>{} #'\n",
        'FILTER(?a<?b#>"""\n)SERVICE<URL>{} #"""\n',
        "?s ?p x:a\\# . SERVICE<URL>{}",
        "?s ?p <http://e.org/\\u0041#> . SERVICE<URL>{}",
        "?s ?p <http://e.org/\u00a0#> . SERVICE<URL>{}",
    ],
)
def test_no_spelling_of_a_call_reaches_another_server(store: Store, call: str) -> None:
    sparql = "PREFIX x: <URL> SELECT * { " + call + " }"
    with pytest.raises(UsageError, match="SERVICE is not allowed"):
        query(store, sparql.replace("URL", "http://127.0.0.1:1/"))


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT ?from WHERE { ?from rdfs:label "DELETE FROM SERVICE" }',
        "SELECT ?service ?load { ?service kg:developer ?load } LIMIT 0",
        'SELECT ?x { ?x rdfs:label ?l FILTER(CONTAINS(?l, "speech service")) OPTIONAL { ?x kg:inFamily ?f } } LIMIT 0',
        "SELECT ?x { VALUES ?x { " + "model:a-b-1.5 " * 400 + "} ?x kg:fineTunedFrom <https://e.org/service#from-x> }",
    ],
)
def test_words_in_texts_and_names_are_no_commands(store: Store, sparql: str) -> None:
    assert query(store, sparql).rows == ()


@pytest.mark.parametrize("other", ["letter.txt", "OPTIONS-old"])
def test_a_foreign_directory_is_left_alone(tmp_path: Path, other: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "CURRENT").write_text("issue 7")
    (tmp_path / "mine" / other).write_text("dear")
    with pytest.raises(OutputError, match="no store of ours"):
        build_store([Triple(_iri("a"), RDFS.label, Literal("a"))], tmp_path / "mine")
    assert sorted(p.name for p in (tmp_path / "mine").iterdir()) == ["CURRENT", other]


def test_a_store_is_replaced_whole(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_store([Triple(_iri("a"), RDFS.label, Literal(name))], tmp_path / "store")
    assert labels(open_store(tmp_path / "store")) == ["two"]
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_what_is_no_store_or_turtle_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store"):
        open_store(tmp_path)
    (tmp_path / "x.ttl").write_text("this is <no turtle")
    with pytest.raises(InputError, match=r"x\.ttl"):
        load_store(tmp_path / "x.ttl")

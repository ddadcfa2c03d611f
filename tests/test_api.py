"""The library from Python: what it gives, what it holds, and what it says of wrong questions."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.errors import InputError, NotFoundError, UsageError

LISTING = """CLOct 10, 2023
Zephon: A Language ModelAda Byron, Charles Babbage
We introduce Zephon, a language model fine-tuned from Mistral 7B.

AIFeb 30, 2024
A Study of DaysAda Byron
An abstract.
"""


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.build()


def test_importing_it_loads_nothing() -> None:
    code = "import sys, kg; print(sorted(m for m in sys.modules if m.startswith(('kg.', 'rdflib', 'networkx'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_query_gives_rows_that_a_table_takes(graph: kg.Graph) -> None:
    rows = graph.query("SELECT ?m ?n WHERE { ?m kg:parameterCount ?n } ORDER BY DESC(?n) ?m", limit=3)
    assert rows.columns == ("m", "n") and len(rows) == 3
    assert all(isinstance(row["n"], int) for row in rows)
    assert "<table>" in rows._repr_html_() and str(rows[0]["n"]) in rows._repr_html_()


def test_named_queries_and_parameters_bound_as_terms(graph: kg.Graph) -> None:
    assert len(graph.query("papers")) == 17
    (mistral,) = [node for node in graph.find("Mistral 7B") if node.type == "Model"]
    rows = graph.query("SELECT ?m ?child WHERE { ?child kg:directAncestor+ ?m } ORDER BY ?child", m=mistral)
    assert any(str(row["child"]).endswith("mixtral-8x7b") for row in rows)
    hostile = '" } INSERT DATA { <a:b> <a:b> <a:b> } #'
    assert graph.query("SELECT ?s ?l WHERE { ?s rdfs:label ?l }", l=hostile) == []


def test_lineage_why_and_rank_answer_as_the_commands_do(graph: kg.Graph) -> None:
    tree = graph.lineage("Chinchilla")
    assert tree.node.label == "Chinchilla" and graph.lineage("Gopher", down=True).steps
    joined = graph.why("Mixtral 8x7B", "Mistral 7B")
    assert joined is not None and joined.direct and "same architecture" in joined.statements[0].quotes[0].text
    assert [place.node.label for place in graph.rank("authors", by="betweenness", top=2)] == [
        "Arthur Mensch",
        "Sebastian Borgeaud",
    ]


def test_networks_are_networkx_and_one_s_own(graph: kg.Graph) -> None:
    lineage = graph.network("lineage")
    assert isinstance(lineage, nx.MultiDiGraph) and nx.is_directed_acyclic_graph(lineage)
    lineage.clear()
    assert graph.network("lineage").number_of_edges() > 0
    assert graph.network().number_of_edges() > graph.network("lineage").number_of_edges()
    assert nx.is_connected(graph.network("authors")) in (True, False)


def test_it_shows_itself_in_a_notebook(graph: kg.Graph) -> None:
    html = graph._repr_html_()
    assert html.startswith("<iframe ") and "sandbox=" in html and "srcdoc=" in html and "<script" not in html


def test_what_cannot_be_read_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    listing = tmp_path / "papers.txt"
    listing.write_text(LISTING, encoding="utf-8")
    graph = kg.build(listing, as_of=date(2024, 6, 1))
    assert graph.counts()["papers"] == 2 and any("Feb 30" in sentence for sentence in graph.unread)


def test_what_is_written_is_loaded_again(tmp_path: Path) -> None:
    listing = tmp_path / "papers.txt"
    listing.write_text(LISTING, encoding="utf-8")
    graph = kg.build(listing, output=tmp_path / "out", as_of=date(2024, 6, 1))
    assert set(kg.load(tmp_path / "out").triples) == set(graph.triples)
    graph.write(tmp_path / "again.nt")
    assert set(kg.load(tmp_path / "again.nt").triples) == set(graph.triples)


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda g: g.query("lineages"), NotFoundError, "did you mean lineage"),
        (lambda g: g.query("SELECT ?x"), UsageError, "no SPARQL"),
        (lambda g: g.query("SELECT ?s WHERE { ?s a ?c }", c="x"), UsageError, "does not select"),
        (lambda g: g.query("papers", x=[1]), UsageError, "the parameter x"),
        (lambda g: g.rank("models", by="fame"), UsageError, "pagerank"),
        (lambda g: g.network("friends"), UsageError, "lineage"),
        (lambda g: g.find("Mistrel 7B"), NotFoundError, "Mistral 7B"),
        (lambda g: kg.load("nowhere"), InputError, "nowhere"),
        (lambda g: kg.friends, AttributeError, "friends"),
    ],
)
def test_wrong_questions_get_one_sentence(graph: kg.Graph, ask: object, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        ask(graph)  # type: ignore[operator]


def test_writing_goes_by_the_end_of_the_name(graph: kg.Graph, tmp_path: Path) -> None:
    graph.write(tmp_path / "graph.graphml")
    assert nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True).number_of_nodes() == len(graph.network())
    graph.write(tmp_path / "graph.NT")
    lines = (tmp_path / "graph.NT").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(graph)
    with pytest.raises(UsageError, match=r"says no format; end it in one of \.ttl, "):
        graph.write(tmp_path / "graph.xlsx")
    assert not (tmp_path / "graph.xlsx").exists()


def test_a_shell_completes_the_names_before_they_are_used() -> None:
    code = "import kg; print([n for n in ('Answer', 'Graph', 'build', 'load', 'text') if n not in dir(kg)])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

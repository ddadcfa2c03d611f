"""Each export is read back by a tool of its own kind, and says the same as the graph."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pyarrow.parquet as pq
import pytest
import rdflib
from click.testing import CliRunner

import kg
from kg.cli import kg as command
from kg.exports import FORMATS, export

SENTENCE = "Mixtral has the same architecture as Mistral 7B"
MIXTRAL, MISTRAL = (f"https://w3id.org/modelkin/id/model/{name}" for name in ("mixtral-8x7b", "mistral-7b"))


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.build()


@pytest.fixture(scope="module")
def edges(graph: kg.Graph) -> int:
    return graph.network().number_of_edges()


def written(graph: kg.Graph, form: str, place: Path) -> Path:
    export(graph.knowledge, form, place / form)
    return place / form


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize(("form", "name"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")])
def test_rdf_reads_back_as_the_same_triples(graph: kg.Graph, tmp_path: Path, form: str, name: str) -> None:
    graph.write(tmp_path / "graph.ttl")
    want = set(rdflib.Graph().parse(tmp_path / "graph.ttl"))
    got = set(rdflib.Graph().parse(written(graph, form, tmp_path), format=name))
    assert {tuple(map(str, triple)) for triple in got} == {tuple(map(str, triple)) for triple in want}
    assert {str(o.datatype) for _, _, o in got if isinstance(o, rdflib.Literal)} == {
        str(o.datatype) for _, _, o in want if isinstance(o, rdflib.Literal)
    }


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_back_every_node_edge_and_sentence(
    graph: kg.Graph, edges: int, tmp_path: Path, form: str
) -> None:
    place = written(graph, form, tmp_path)
    read = nx.read_graphml(place, force_multigraph=True) if form == "graphml" else nx.read_gexf(place)
    assert read.number_of_nodes() == graph.network().number_of_nodes()
    assert read.number_of_edges() == edges
    assert read.nodes[MIXTRAL]["label"] == "Mixtral 8x7B"
    steps = [
        d for u, v, d in read.edges(data=True) if (u, v) == (MIXTRAL, MISTRAL) and SENTENCE in d.get("sentence", "")
    ]
    assert steps and all(step["paper_date"] == "2024-01-08" and step["confidence"] > 0.8 for step in steps)


def test_neo4j_s_files_have_its_headers_and_join(graph: kg.Graph, edges: int, tmp_path: Path) -> None:
    place = written(graph, "neo4j", tmp_path)
    with (place / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (place / "relationships.csv").open(encoding="utf-8", newline="") as file:
        relations = list(csv.DictReader(file))
    known = {node["iri:ID"] for node in nodes}
    assert len(relations) == edges and {":START_ID", ":TYPE", ":END_ID"} <= set(relations[0])
    assert all(row[":START_ID"] in known and row[":END_ID"] in known for row in relations)
    assert {node[":LABEL"] for node in nodes} >= {"Model", "Paper", "Person"}


def test_sqlite_answers_a_question(graph: kg.Graph, edges: int, tmp_path: Path) -> None:
    base = sqlite3.connect(written(graph, "sqlite", tmp_path))
    try:
        assert base.execute("SELECT count(*) FROM edges").fetchone() == (edges,)
        asked = "SELECT sentence FROM edges WHERE source = ? AND target = ? AND relation = 'basedOnArchitecture'"
        ((sentence,),) = base.execute(asked, (MIXTRAL, MISTRAL)).fetchall()
        assert SENTENCE in sentence
    finally:
        base.close()


def test_parquet_reads_back_as_two_tables(graph: kg.Graph, edges: int, tmp_path: Path) -> None:
    place = written(graph, "parquet", tmp_path)
    table = pq.read_table(place / "edges.parquet")
    assert table.num_rows == edges and str(table.schema.field("confidence").type) == "double"
    assert MIXTRAL in pq.read_table(place / "nodes.parquet").column("id").to_pylist()


#: What GEXF 1.2 lets each element have, as its schema says; of ours, none may have more.
GEXF = {
    "gexf": {"version", "variant", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"},
    "graph": {"timeformat", "start", "startopen", "end", "endopen", "defaultedgetype", "idtype", "mode"},
    "attributes": {"class", "mode", "start", "startopen", "end", "endopen"},
    "attribute": {"id", "title", "type"},
    "nodes": {"count"},
    "node": {"start", "startopen", "end", "endopen", "pid", "id", "label"},
    "edges": {"count"},
    "edge": {"start", "startopen", "end", "endopen", "id", "type", "label", "source", "target", "weight"},
    "attvalues": set[str](),
    "attvalue": {"for", "value", "start", "startopen", "end", "endopen"},
}


def test_gexf_is_what_its_schema_allows(graph: kg.Graph, edges: int, tmp_path: Path) -> None:
    space = "{http://www.gexf.net/1.2draft}"
    root = ElementTree.parse(written(graph, "gexf", tmp_path)).getroot()
    for element in root.iter():
        name = element.tag.removeprefix(space)
        assert set(element.attrib) <= GEXF[name], f"<{name}> has {set(element.attrib) - GEXF[name]}"
    assert root.get("version") == "1.2" and [child.tag for child in root] == [f"{space}graph"]
    for kind in ("node", "edge"):
        things = list(root.iter(f"{space}{kind}"))
        assert len({thing.attrib["id"] for thing in things}) == len(things), f"a {kind} has the id of another"
        (table,) = (table for table in root.iter(f"{space}attributes") if table.get("class") == kind)
        types = {column.attrib["id"]: column.attrib["type"] for column in table}
        assert set(types.values()) <= {"string", "double", "float", "integer", "long", "boolean", "anyURI"}
        for value in (value for thing in things for value in thing.iter(f"{space}attvalue")):
            assert types[value.attrib["for"]] == "string" or float(value.attrib["value"]) <= 1
    nodes = {node.attrib["id"] for node in root.iter(f"{space}node")}
    links = list(root.iter(f"{space}edge"))
    assert len(links) == edges and all({link.attrib["source"], link.attrib["target"]} <= nodes for link in links)
    assert {"basedOnArchitecture", "outperforms"} <= {link.attrib["label"] for link in links}


def files(place: Path) -> dict[str, bytes]:
    found = sorted(place.iterdir()) if place.is_dir() else [place]
    return {file.name: file.read_bytes() for file in found}


@pytest.mark.parametrize("form", FORMATS)
def test_equal_graphs_give_equal_files(graph: kg.Graph, tmp_path: Path, form: str) -> None:
    first = files(written(graph, form, tmp_path / "a"))
    assert first == files(written(kg.build(), form, tmp_path / "b")) and all(first.values())


def test_the_command_writes_and_refuses(graph: kg.Graph, tmp_path: Path) -> None:
    place = tmp_path / "graph.ttl"
    graph.write(place)
    (tmp_path / "file").write_text("x")

    def run(form: str, name: str) -> int:
        arguments = ["export", form, "-o", str(tmp_path / name), "--graph", str(place)]
        return CliRunner().invoke(command, arguments).exit_code

    assert run("graphml", "x.graphml") == 0 and (tmp_path / "x.graphml").exists()
    assert run("excel", "x.xlsx") == 2
    assert run("sqlite", "file/x.db") == 3 and not list(tmp_path.glob(".*part"))

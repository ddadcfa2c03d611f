"""Each named query has its expected answer on the bundled papers, and gives it in every engine that is at hand.

rdflib and Oxigraph always are. ``make portability`` installs Comunica into ``.node`` by npm and Apache Jena by apt.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

import kg
from kg.vocab import ontology_path

QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(ontology_path("queries").glob("*.rq"))}
#: The answers as `kg query NAME --format csv` prints them; what a change of the rules changes is read and kept anew.
ANSWERS = Path(__file__).parent / "data" / "answers"
SCRIPTS = Path(__file__).parent / "portability"
NODE = Path(__file__).parents[1] / ".node"
JARS = Path("/usr/share/java")
LIBRARIES = (
    "jena-arq jena-base jena-core jena-iri libthrift thrift commons-lang3 commons-csv commons-io commons-codec"
    " commons-compress commons-cli gson guava httpclient httpcore jackson-core jackson-databind jackson-annotations"
    " jsonld-java protobuf slf4j-api slf4j-nop dexx.collection titanium-json-ld jakarta.json-api"
).split()

#: A term as its kind or datatype, its text and its language; None where a variable has no value.
Cell = tuple[str, str, str] | None
Row = tuple[Cell, ...]


def rows_of(answer: str | bytes) -> list[Row]:
    """Read SPARQL 1.1 Query Results JSON."""
    found = json.loads(answer)

    def cell(binding: Mapping[str, str] | None) -> Cell:
        if binding is None:
            return None
        kind = binding.get("datatype", "http://www.w3.org/2001/XMLSchema#string").rpartition("#")[2]
        kind = binding["type"] if binding["type"] != "literal" and kind == "string" else kind
        return (kind.replace("typed-literal", "string"), binding["value"], binding.get("xml:lang", ""))

    return [tuple(cell(row.get(name)) for name in found["head"]["vars"]) for row in found["results"]["bindings"]]


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("seeds") / "graph.ttl"
    kg.build().write(place)
    return place


@pytest.fixture(scope="module")
def oxigraph(turtle: Path) -> dict[str, list[Row]]:
    store = pyoxigraph.Store()
    store.load(path=str(turtle), format=pyoxigraph.RdfFormat.TURTLE)
    found = {}
    for name, query in QUERIES.items():
        solutions = store.query(query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        answer = solutions.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        assert answer is not None
        found[name] = rows_of(answer)
    return found


@pytest.mark.parametrize("name", QUERIES)
def test_a_named_query_has_its_expected_answer_on_the_bundled_papers(
    name: str, oxigraph: Mapping[str, Sequence[Row]]
) -> None:
    expected = list(csv.reader(io.StringIO((ANSWERS / f"{name}.csv").read_text(encoding="utf-8"))))
    found = [[cell[1] if cell else "" for cell in row] for row in oxigraph[name]]
    keep = f"if this is right: kg query {name} --format csv > tests/data/answers/{name}.csv"
    assert found == expected[1:], keep


def test_there_is_no_answer_to_a_query_that_is_gone() -> None:
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(QUERIES)


def test_most_answers_are_not_empty_and_none_repeats_a_row(oxigraph: Mapping[str, Sequence[Row]]) -> None:
    for name, rows in oxigraph.items():
        assert len(set(rows)) == len(rows), name
    assert sum(bool(rows) for rows in oxigraph.values()) >= len(QUERIES) - 8


def test_rdflib_gives_the_same_rows_in_the_same_order(turtle: Path, oxigraph: Mapping[str, Sequence[Row]]) -> None:
    graph = rdflib.Graph().parse(turtle)
    for name, query in QUERIES.items():
        assert rows_of(graph.query(query).serialize(format="json") or b"") == list(oxigraph[name]), name


def test_jena_gives_the_same_rows_in_the_same_order(
    turtle: Path, oxigraph: Mapping[str, Sequence[Row]], tmp_path: Path
) -> None:
    if not ((JARS / "jena-arq.jar").exists() and shutil.which("java")):
        pytest.skip("Apache Jena is not installed; make portability installs it")
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:  # Debian's jar has these where its own classes do not look
        moved = "org/apache/jena/ext/"
        for name in jar.namelist():
            if name.startswith(moved) and name.endswith(".properties"):
                place = tmp_path / "messages" / name.removeprefix(moved)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(jar.read(name))
    jars = [str(tmp_path / "messages"), *(str(jar) for name in LIBRARIES if (jar := JARS / f"{name}.jar").exists())]
    command = ["java", "-cp", ":".join(jars), str(SCRIPTS / "AskJena.java"), str(turtle)]
    subprocess.run([*command, str(ontology_path("queries")), str(tmp_path)], check=True, timeout=300)
    for name, rows in oxigraph.items():
        assert rows_of((tmp_path / f"{name}.json").read_bytes()) == list(rows), name


def test_comunica_gives_the_same_rows(turtle: Path, oxigraph: Mapping[str, Sequence[Row]], tmp_path: Path) -> None:
    """Not in the same order: Comunica 4 sorts by one key after the other, and loses the order of the one before."""
    if not (NODE / "node_modules" / "@comunica" / "query-sparql-file").exists():
        pytest.skip("Comunica is not installed; make portability installs it")
    command = ["node", str(SCRIPTS / "comunica.mjs"), str(NODE), str(turtle), str(ontology_path("queries"))]
    subprocess.run([*command, str(tmp_path)], check=True, timeout=300)
    for name, rows in oxigraph.items():
        assert Counter(rows_of((tmp_path / f"{name}.json").read_bytes())) == Counter(rows), name

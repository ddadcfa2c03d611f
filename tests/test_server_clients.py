"""`kg serve` as other people's clients ask it: SPARQLWrapper, rdflib's remote store, Comunica, curl."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.error
from pathlib import Path
from typing import Any

import pytest
import rdflib
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.vocab import PREFIXES

if not sys.platform.startswith("linux"):
    pytest.skip("processes are looked up as Linux shows them", allow_module_level=True)

#: Where make portability installs Comunica, whose command for files asks endpoints too.
NODE = Path(__file__).parents[1] / ".node"
PREFIX = f"PREFIX kg: <{PREFIXES['kg']}> PREFIX rdfs: <{PREFIXES['rdfs']}>\n"
MODELS = f"{PREFIX}SELECT ?name WHERE {{ ?m a kg:Model ; rdfs:label ?name }} ORDER BY ?name"
GRAPH = f"{PREFIX}CONSTRUCT {{ ?m rdfs:label ?name }} WHERE {{ ?m a kg:Model ; rdfs:label ?name }}"


@pytest.fixture(scope="module")
def names(built: Path) -> list[str]:
    """Give the names of the models as rdflib reads them from the Turtle file."""
    graph = rdflib.Graph().parse(built / "graph.ttl")
    return [str(row[0]) for row in graph.query(MODELS)]  # type: ignore[index]


def wrapper(server: Any, query: str, format_: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{server.address}sparql")
    client.setQuery(query)
    client.setReturnFormat(format_)
    return client


@pytest.mark.parametrize(("method", "how"), [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_each_way(server: Any, names: list[str], method: str, how: str) -> None:
    client = wrapper(server, MODELS, JSON)
    client.setMethod(method)
    client.setRequestMethod(how)
    found: Any = client.queryAndConvert()
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == names


def test_sparqlwrapper_reads_each_format(server: Any, names: list[str]) -> None:
    as_csv: Any = wrapper(server, MODELS, CSV).queryAndConvert()
    assert as_csv.decode().splitlines() == ["name", *names]
    as_xml: Any = wrapper(server, MODELS, XML).queryAndConvert()
    assert [node.firstChild.data for node in as_xml.getElementsByTagName("literal")] == names
    as_turtle: Any = wrapper(server, GRAPH, TURTLE).queryAndConvert()
    assert len(rdflib.Graph().parse(data=as_turtle, format="turtle")) == len(names)


def test_sparqlwrapper_tells_a_query_that_is_none(server: Any) -> None:
    with pytest.raises(QueryBadFormed, match="This is no SPARQL: line 1, column 9"):
        wrapper(server, "SELECT *", JSON).query()
    with pytest.raises(QueryBadFormed, match="takes no updates"):
        client = wrapper(server, "INSERT DATA { <x:a> <x:b> <x:c> }", JSON)
        client.setMethod(POST)
        client.query()


def test_rdflib_asks_it_as_a_remote_store(server: Any, names: list[str]) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{server.address}sparql"))
    assert [str(row[0]) for row in graph.query(MODELS)] == names  # type: ignore[index]
    with pytest.raises((urllib.error.HTTPError, ValueError)):
        graph.query("SELECT *")


def test_comunica_asks_it(server: Any, names: list[str]) -> None:
    """Told that this is an endpoint, and finding it out by itself from the service description."""
    command = NODE / "node_modules/.bin/comunica-sparql-file"
    if not command.exists():
        pytest.skip("Comunica is not installed; make portability installs it")
    for source in (f"sparql@{server.address}sparql", f"{server.address}sparql"):
        done = subprocess.run([command, source, "-q", MODELS], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert [row["name"].strip('"') for row in json.loads(done.stdout)] == names, source


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
class TestCurl:
    @staticmethod
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "-sS", *arguments], capture_output=True, text=True, check=True, timeout=30
        ).stdout

    def test_get_post_and_direct(self, server: Any, names: list[str]) -> None:
        to = f"{server.address}sparql"
        wanted = ["name", *names]
        text = self.curl("-G", to, "-H", "Accept: text/csv", "--data-urlencode", f"query={MODELS}")
        assert text.splitlines() == wanted
        text = self.curl(to, "-H", "Accept: text/csv", "--data-urlencode", f"query={MODELS}")
        assert text.splitlines() == wanted
        direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", MODELS)
        assert self.curl(to, "-H", "Accept: text/csv", *direct).splitlines() == wanted

    def test_head_and_options(self, server: Any) -> None:
        assert self.curl("-I", f"{server.address}sparql?query=ASK%7B%7D").startswith("HTTP/1.1 200")
        options = self.curl("-i", "-X", "OPTIONS", f"{server.address}sparql")
        assert options.startswith("HTTP/1.1 204")
        assert "allow: GET, HEAD, POST, OPTIONS" in options.lower().replace(
            "get, head, post, options", "GET, HEAD, POST, OPTIONS"
        )

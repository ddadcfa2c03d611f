"""`kg serve` as the SPARQL 1.1 Protocol has it, over HTTP: queries, formats, errors, descriptions, a clean stop."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.namespace import RDF, VOID

from kg.queries import query_text

if not sys.platform.startswith("linux"):
    pytest.skip("processes are looked up as Linux shows them", allow_module_level=True)

MODELS = "SELECT ?name WHERE { ?m a kg:Model ; rdfs:label ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT { ?m rdfs:label ?name } WHERE { ?m a kg:Model ; rdfs:label ?name }"
FORM = "application/x-www-form-urlencoded"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


def names(text: str) -> list[str]:
    return [row["name"]["value"] for row in json.loads(text)["results"]["bindings"]]


def test_the_three_ways_to_ask_give_one_answer(server: Any) -> None:
    got = server.ask(MODELS)
    form = server.request("POST", "/sparql", urlencode({"query": MODELS}), content_type=FORM)
    direct = server.request("POST", "/sparql", MODELS, content_type="application/sparql-query; charset=utf-8")
    assert (got.status, form.status, direct.status) == (200, 200, 200)
    assert got.text == form.text == direct.text
    assert "Mixtral 8x7B" in names(got.text)
    assert names(got.text) == sorted(names(got.text))


def test_rows_come_in_the_four_w3c_formats(server: Any) -> None:
    wanted = names(server.ask(MODELS).text)
    as_csv = server.ask(MODELS, "text/csv")
    assert [row["name"] for row in csv.DictReader(io.StringIO(as_csv.text))] == wanted
    as_tsv = server.ask(MODELS, "text/tab-separated-values")
    assert as_tsv.text.splitlines() == ["?name", *(json.dumps(name, ensure_ascii=False) for name in wanted)]
    as_xml = server.ask(MODELS, "application/sparql-results+xml")
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [found.text for found in ElementTree.fromstring(as_xml.text).iter(f"{space}literal")] == wanted
    for answer, kind in ((as_csv, "text/csv"), (as_tsv, "text/tab-separated-values")):
        assert answer.headers["content-type"].startswith(kind)
    assert as_xml.headers["content-type"] == "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("media_type", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        pytest.param(
            "application/ld+json",
            "json-ld",
            marks=pytest.mark.filterwarnings(
                "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
            ),  # rdflib's own
        ),
    ],
)
def test_graphs_come_in_the_formats_of_rdf(server: Any, media_type: str, format_: str) -> None:
    answer = server.ask(GRAPH, media_type)
    assert answer.headers["content-type"].partition(";")[0] == media_type
    found = rdflib.Graph().parse(data=answer.text, format=format_)
    assert sorted(map(str, found.objects())) == names(server.ask(MODELS).text)


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
    ],
)
def test_the_header_accept_is_weighed(server: Any, accept: str, given: str) -> None:
    answer = server.ask(MODELS, accept)
    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == given
    assert "Accept" in answer.headers["vary"]


def test_ask_is_true_or_false(server: Any) -> None:
    assert json.loads(server.ask("ASK { ?m a kg:Model }").text)["boolean"] is True
    assert json.loads(server.ask("ASK { ?m a <x:none> }").text)["boolean"] is False


def test_named_queries_give_what_kg_query_gives(server: Any, built: Path) -> None:
    for name in ("models", "lineage", "authors"):
        command = [sys.executable, "-m", "kg", "query", name, "--graph", built, "--format", "csv"]
        here = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
        there = server.ask(query_text(name), "text/csv").text
        assert list(csv.reader(io.StringIO(there))) == list(csv.reader(io.StringIO(here))), name


ERRORS = [
    ("GET", "/sparql?query=SELECT", "", {}, 400, "This is no SPARQL: line 1, column 7, at the end of the text."),
    ("POST", "/sparql", "a=b", {"content_type": FORM}, 400, "There is no query in the request"),
    ("POST", "/sparql", "query=ASK{}&query=ASK{}", {"content_type": FORM}, 400, "more than one query"),
    ("POST", "/sparql", "update=CLEAR+ALL", {"content_type": FORM}, 400, "takes no updates"),
    ("POST", "/sparql", "CLEAR ALL", {"content_type": "application/sparql-update"}, 415, "takes no updates"),
    ("POST", "/sparql", "ASK {}", {"content_type": "text/plain"}, 415, "Send the query as application/sparql-query"),
    ("POST", "/sparql", b"query=\xff", {"content_type": "application/sparql-query"}, 400, "not UTF-8"),
    ("POST", "/sparql", "#" * 500_000, {"content_type": "application/sparql-query"}, 413, "larger than 400000 bytes"),
    ("GET", "/sparql?query=ASK{}&default-graph-uri=x:y", "", {}, 400, "leave out default-graph-uri"),
    ("GET", "/sparql?query=ASK{}", "", {"accept": "image/png"}, 406, "None of the formats"),
    ("GET", "/sparql?query=ASK{}", "", {"accept": "text/turtle"}, 406, "None of the formats"),
    ("PUT", "/sparql", "ASK {}", {}, 405, "This address is only read"),
    ("GET", "/nothing", "", {}, 404, "nothing at this address"),
    ("GET", "/query/..%2Fapp.py", "", {}, 404, "nothing at this address"),
    ("GET", "/", "", {"host": "evil.example"}, 400, "another name"),
]


@pytest.mark.parametrize(("method", "path", "body", "headers", "status", "said"), ERRORS)
def test_an_error_is_a_plain_sentence_with_its_status(
    server: Any, method: str, path: str, body: str, headers: dict[str, str], status: int, said: str
) -> None:
    answer = server.request(method, path, body, **headers)
    assert answer.status == status
    assert said in answer.text
    assert answer.text.endswith(".\n") and answer.text.count("\n") == 1
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/x> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "DROP ALL",
    ],
)
def test_what_writes_or_calls_out_is_refused(server: Any, query: str) -> None:
    before = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text
    answer = server.ask(query)
    assert answer.status == 400
    assert "is not allowed here" in answer.text
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text == before


def test_service_reaches_nobody_whatever_the_text_looks_like(server: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        for call in (
            "SERVICE <{}> {{ ?s ?p ?o }}",
            "SERVICE\n#x\n<{}>{{ ?s ?p ?o }}",
            "BIND(<{}> AS ?e) SERVICE ?e {{}}",
        ):
            server.ask(f"SELECT * {{ {call.format(f'http://127.0.0.1:{port}/')} }}")
        listener.settimeout(0.3)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_service_describes_itself(server: Any) -> None:
    answer = server.request("GET", "/sparql", accept="text/turtle")
    found = rdflib.Graph().parse(data=answer.text, format="turtle")
    service = found.value(predicate=RDF.type, object=SD.Service)
    assert str(found.value(service, SD.endpoint)) == f"{server.address}sparql"
    assert found.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    formats = {str(one).rpartition("/")[2] for one in found.objects(service, SD.resultFormat)}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_XML", "Turtle", "RDF_XML"} <= formats


def test_void_counts_what_is_in_the_graph(server: Any, built: Path) -> None:
    answer = server.request("GET", "/.well-known/void", accept="text/turtle")
    found = rdflib.Graph().parse(data=answer.text, format="turtle")
    graph = rdflib.Graph().parse(built / "graph.ttl")
    dataset = found.value(predicate=RDF.type, object=VOID.Dataset)
    assert int(found.value(dataset, VOID.triples)) == len(graph)  # type: ignore[arg-type]
    parts = {
        found.value(part, VOID["class"]): found.value(part, VOID.entities)
        for part in found.objects(dataset, VOID.classPartition)
    }
    assert {kind: int(count) for kind, count in parts.items()} == {  # type: ignore[arg-type]
        kind: len(set(graph.subjects(RDF.type, kind))) for kind in set(graph.objects(None, RDF.type))
    }
    assert str(found.value(dataset, VOID.dataDump)) == f"{server.address}graph.ttl"
    assert server.request("GET", "/graph.ttl").text == (built / "graph.ttl").read_text(encoding="utf-8")


def test_the_page_of_the_graph_is_served_as_it_was_built(server: Any, built: Path) -> None:
    answer = server.request("GET", "/")
    assert answer.text == (built / "graph.html").read_text(encoding="utf-8")
    assert answer.headers["content-type"].startswith("text/html")


def test_a_browser_that_opens_the_endpoint_sees_the_editor(server: Any) -> None:
    answer = server.request("GET", "/sparql", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (answer.status, answer.headers["location"]) == (303, "/query")
    page = server.request("GET", "/query")
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert page.headers["x-content-type-options"] == "nosniff"


def test_pages_of_this_machine_may_ask_and_others_may_not(server: Any, serve: Callable[..., Any]) -> None:
    name = "access-control-allow-origin"
    near, far = "http://localhost:3000", "https://example.org"
    assert server.request("GET", "/sparql?query=ASK{}", origin=near).headers[name] == near
    assert name not in server.request("GET", "/sparql?query=ASK{}", origin=far).headers
    preflight = server.request("OPTIONS", "/sparql", origin=far, access_control_request_method="POST")
    assert preflight.status == 400
    opened = serve("--cors")
    assert opened.request("GET", "/sparql?query=ASK{}", origin=far).headers[name] == "*"


def test_an_answer_is_cut_at_the_limit_and_says_so(serve: Callable[..., Any]) -> None:
    small = serve("--limit", "10")
    for kind, count in (("text/csv", 11), ("text/tab-separated-values", 11)):
        answer = small.ask("SELECT * { ?s ?p ?o }", kind)
        assert answer.headers["x-sparql-truncated"] == "true"
        assert answer.headers["x-sparql-maxrows"] == "10"
        assert len(answer.text.splitlines()) == count
    assert len(small.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples").text.splitlines()) == 10
    whole = small.ask("SELECT * { ?s ?p ?o } LIMIT 10")
    assert "x-sparql-truncated" not in whole.headers
    assert len(json.loads(whole.text)["results"]["bindings"]) == 10


def test_a_rebuilt_graph_is_served_without_a_restart(serve: Callable[..., Any], built: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(built, output)
    running = serve(graph=output)
    before = names(running.ask(MODELS).text)
    listing = tmp_path / "one.jsonl"
    paper = {"title": "Gobbler", "authors": ["Ada Byron"], "date": "2024-01-01", "abstract": "We introduce Gobbler-7B."}
    listing.write_text(json.dumps(paper), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", listing, "-o", output]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    after = names(running.ask(MODELS).text)
    assert len(before) > 1 and after == ["Gobbler-7B"]


def test_a_turtle_file_is_served_too(serve: Callable[..., Any], built: Path) -> None:
    assert names(serve(graph=built / "graph.ttl").ask(MODELS).text) == names(serve().ask(MODELS).text)


def test_only_this_machine_is_listened_to_by_default(server: Any) -> None:
    assert server.place[0] == "127.0.0.1"
    command = [sys.executable, "-m", "kg", "serve", "--host", "0.0.0.0", "--port", "1", "--graph", "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert "whoever reaches 0.0.0.0 can read this graph" in done.stderr


def test_a_port_that_is_taken_is_told(server: Any, built: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--port", str(server.place[1]), "--graph", built]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "cannot be listened on" in done.stderr and "--port" in done.stderr


@pytest.mark.parametrize("one", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_and_leaves_no_process(serve: Callable[..., Any], one: signal.Signals) -> None:
    running = serve("--timeout", "60")
    client = socket.create_connection(running.place)
    query = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"})
    client.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    time.sleep(0.5)
    family = running.family()
    assert len(family) > 2
    begin = time.monotonic()
    running.process.send_signal(one)
    assert running.process.wait(10) == 0
    assert time.monotonic() - begin < 3
    client.close()
    assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]


def test_workers_end_when_the_server_is_killed(serve: Callable[..., Any]) -> None:
    running = serve()
    assert running.ask("ASK {}").status == 200
    family = running.family()
    running.process.kill()
    running.process.wait(10)
    until = time.monotonic() + 5
    while (left := [pid for pid in family if _lives(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        os.kill(pid, 0)
    except (OSError, IndexError):
        return False
    return state != "Z"

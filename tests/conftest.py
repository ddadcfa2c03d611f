"""Fixtures that several files share: the graph of the bundled listing, and the shared data where it is present."""

from __future__ import annotations

import dataclasses
import http.client
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from kg.assemble import build_graph, merge_claims
from kg.extract import extract
from kg.ids import entity_iri, paper_iri
from kg.model import Claim, Entity, Evidence, KnowledgeGraph, Paper, Quantity, Result
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, read


@pytest.fixture(scope="session")
def seed_graph() -> KnowledgeGraph:
    """Build the graph of the seventeen bundled papers."""
    found = records_to_papers(read(BUNDLED_LISTING), as_of=date(2026, 11, 23))
    papers = [paper for paper in found if isinstance(paper, Paper)]
    return build_graph(papers, {paper.iri: extract(paper) for paper in papers})


@pytest.fixture(scope="session")
def tiny_graph() -> KnowledgeGraph:
    """Write a graph by hand whose texts hold all that writers of RDF stumble over."""
    title, abstract = (
        'Foo "2"\\n',
        "\x27\x27\x27Foo-2\x27\x27\x27\r\n\tbeats <Bar> \u202eאבג\u2028 😀 \x85 # @en ^^x \\u0041 \U0010fffd.",
    )
    iri = paper_iri(title, "Ó Briain, Dara")
    paper = Paper(
        iri=iri,
        id="x:1",
        title=title,
        authors=("Ó Briain, Dara",),
        truncated=True,
        date=date(2026, 2, 28),
        date_precision="day",
        date_text="28 Feb '26",
        category="cs.CL",
        code=False,
        affiliations=("University of California, Berkeley", "a\\"),
        abstract=abstract,
        source="x.txt",
        line=1,
    )
    foo, bar = (
        Entity(iri=entity_iri("Model", n), type="Model", label=n, aliases=(n + "\\",)) for n in ("Foo-2", "Bar")
    )
    dara = Entity(iri=entity_iri("Person", "Dara Ó Briain"), type="Person", label="Dara Ó Briain")
    start = len(title) + 1
    said = Evidence(paper=iri, start=start, end=len(paper.text), quote=abstract, rule="a.b", confidence=0.123456)
    bare = Result(benchmark="-", metric="-", value='"10%"')
    claims = [
        Claim(subject=iri, predicate="creator", object=dara.iri, basis="listed", note="1"),
        Claim(subject=foo.iri, predicate="outperforms", object=bar.iri, basis="extracted", evidence=(said,)),
        Claim(subject=foo.iri, predicate="parameterCount", object=Quantity(value=2), basis="inferred", note="a\nb"),
        Claim(subject=foo.iri, predicate="result", object=bare, basis="extracted", evidence=(said,)),
        Claim(subject=foo.iri, predicate="succeeds", object=bar.iri, basis="curated", sources=("https://e.org/(a)#b",)),
    ]
    entities = tuple(sorted((foo, bar, dara), key=lambda e: e.iri))
    return KnowledgeGraph(papers=(paper,), entities=entities, claims=tuple(merge_claims(claims)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the data beside the checkout that is not part of the project."""
    place = Path(__file__).parents[2] / "shared"
    if not (place / "gold").is_dir():
        pytest.skip("../shared is not here")
    return place


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the bundled listing as `kg build` does, and give its directory; nobody may change it."""
    output = tmp_path_factory.mktemp("built") / "output"
    subprocess.run([sys.executable, "-m", "kg", "build", "-o", output], check=True, capture_output=True, timeout=120)
    return output


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a server answered: its status, its headers with lower-case names, and its text."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclasses.dataclass(frozen=True)
class Server:
    """A running `kg serve`: its address, which ends in a slash, and its process."""

    address: str
    process: subprocess.Popen[str]

    @property
    def place(self) -> tuple[str, int]:
        """The host and the port."""
        parts = urlsplit(self.address)
        return str(parts.hostname), int(parts.port or 0)

    def request(self, method: str, path: str, body: str | bytes = "", **headers: str) -> Answer:
        """Send one request on a connection of its own; ``content_type="a/b"`` is the header Content-Type."""
        client = http.client.HTTPConnection(*self.place, timeout=30)
        try:
            data = body.encode() if isinstance(body, str) else body
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            client.request(method, path, data or None, named)
            answer = client.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read().decode())
        finally:
            client.close()

    def ask(self, query: str, accept: str = "application/json", **parameters: str) -> Answer:
        """Ask a query by GET."""
        return self.request("GET", f"/sparql?{urlencode({'query': query, **parameters})}", accept=accept)

    def family(self) -> set[int]:
        """Give the process ids of the server and of all that it started."""
        parents = {int(pid.name): _parent(pid) for pid in Path("/proc").iterdir() if pid.name.isdigit()}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0  # it has just ended


@pytest.fixture(scope="module")
def serve(built: Path) -> Iterator[Callable[..., Server]]:
    """Start servers, of the bundled listing unless a graph is given; they are stopped in the end."""
    pytest.importorskip("starlette")
    started: list[subprocess.Popen[str]] = []

    def start(*options: str, graph: Path = built) -> Server:
        command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--graph", str(graph), *options]
        environment = {**os.environ, "PYTHONWARNINGS": "error"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        started.append(process)
        assert process.stdout and process.stderr
        address = process.stdout.readline().strip()
        assert address, process.stderr.read()
        return Server(address, process)

    yield start
    for process in started:
        process.terminate()
    for process in started:
        with process:
            process.communicate(timeout=20)


@pytest.fixture(scope="module")
def server(serve: Callable[..., Server]) -> Server:
    """Give a server of the bundled listing with the limits that it has by itself."""
    return serve()

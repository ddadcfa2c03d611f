"""`kg serve`: how fast it answers, how fast a worker is replaced, and what a good client sees while others misbehave.

usage: python tests/benchmarks/bench_server.py [--seconds S]
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph
import rdflib

from kg.queries import query_text

NAMED = ("models", "lineage", "authors", "outperforms")
GOOD = "SELECT ?m ?l WHERE { ?m a kg:Model ; rdfs:label ?l } ORDER BY ?l LIMIT 20"
#: Each ends its worker, by its time, its memory or the engine's own end; a server that cannot stop them is lost.
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)* ?b . ?c (!<x:y>)* ?d }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f",
    "SELECT * {" + "".join(f"?a{i} ?b{i} ?c{i} . " for i in range(200)) + "}",
    "SELECT (GROUP_CONCAT(?x) AS ?y) { ?a ?b ?x . ?c ?d ?e . ?f ?g ?h }",
)


@contextlib.contextmanager
def served(output: Path, *options: str) -> Iterator[tuple[str, int]]:
    """Serve a graph on a free port; gives the address, and stops the server in the end."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--graph", str(output), *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout
    address = urlsplit(server.stdout.readline().strip())
    try:
        yield str(address.hostname), int(address.port or 0)
    finally:
        server.terminate()
        server.wait(10)


def ask(client: http.client.HTTPConnection, query: str) -> int:
    """Ask a query, read its answer whole, and give the status."""
    client.request("POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"})
    answer = client.getresponse()
    answer.read()
    return answer.status


def milliseconds(act: Callable[[], object], times: int = 30) -> float:
    """Give the median time of an act, after one that warms up."""
    act()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return 1000 * statistics.median(taken)


def answers(output: Path) -> None:
    """Named queries over HTTP, beside the bare engine and rdflib on the same graph in this process."""
    engine = pyoxigraph.Store.read_only(str(output / "store"))
    graph = rdflib.Graph().parse(output / "graph.ttl")
    with served(output) as place, contextlib.closing(http.client.HTTPConnection(*place)) as client:
        print(f"{'query':14}{'kg serve':>10}{'engine':>10}{'rdflib':>10}   (median, ms)")
        for name in NAMED:
            text = query_text(name)
            over_http = milliseconds(lambda text=text: ask(client, text))
            bare = milliseconds(
                lambda text=text: engine.query(text).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            )
            slow = milliseconds(lambda text=text: list(graph.query(text)), 3)
            print(f"{name:14}{over_http:10.1f}{bare:10.1f}{slow:10.1f}", flush=True)


def replacement(output: Path) -> None:
    """From the end of the only worker until its successor has answered, as a client sees it."""
    taken = []
    with served(output, "--workers", "1", "--timeout", "0.2") as place:
        for _ in range(20):
            with contextlib.closing(http.client.HTTPConnection(*place)) as client:
                assert ask(client, HOSTILE[0]) == 503
                begin = time.perf_counter()
                assert ask(client, "ASK {}") == 200
                taken.append(1000 * (time.perf_counter() - begin))
    median, most = statistics.median(taken), max(taken)
    print(f"a worker is replaced in {median:.0f} ms (median), {most:.0f} ms at most of {len(taken)}", flush=True)


def crowd(output: Path, seconds: float) -> None:
    """Ask as a good client, alone and beside clients that send nothing but hostile queries."""
    for hostile in (0, 2, 8):
        with served(output, "--timeout", "2") as place:
            over, statuses = threading.Event(), list[int]()
            threads = [threading.Thread(target=misbehave, args=(place, n, over, statuses)) for n in range(hostile)]
            for thread in threads:
                thread.start()
            taken, failed = good_client(place, seconds)
            over.set()
            for thread in threads:
                thread.join()
        at = [taken[min(len(taken) - 1, int(len(taken) * share))] for share in (0.5, 0.99, 1)]
        print(
            f"beside {hostile} hostile clients ({statuses.count(503)} queries ended): {len(taken)} good queries, "
            f"{failed} failed; median {at[0]:.1f} ms, p99 {at[1]:.1f} ms, worst {at[2]:.0f} ms",
            flush=True,
        )


def misbehave(place: tuple[str, int], turn: int, over: threading.Event, statuses: list[int]) -> None:
    """Ask one hostile query after the other until it is over, and note what came of them."""
    while not over.is_set():
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(http.client.HTTPConnection(*place, timeout=30)) as client,
        ):
            statuses.append(ask(client, HOSTILE[turn % len(HOSTILE)]))
        turn += 1


def good_client(place: tuple[str, int], seconds: float) -> tuple[list[float], int]:
    """Ask a small query again and again, a hundred times a second at most; give the sorted times and the failures."""
    taken, failed = [], 0
    until = time.perf_counter() + seconds
    with contextlib.closing(http.client.HTTPConnection(*place, timeout=30)) as client:
        while time.perf_counter() < until:
            begin = time.perf_counter()
            failed += ask(client, GOOD) != 200
            taken.append(1000 * (time.perf_counter() - begin))
            time.sleep(0.01)
    return sorted(taken), failed


def main() -> None:
    """Measure, and print a line or a table each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="how long the good client asks")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        subprocess.run([sys.executable, "-m", "kg", "build", "-o", str(output)], check=True, capture_output=True)
        answers(output)
        replacement(output)
        crowd(output, seconds)


if __name__ == "__main__":
    main()

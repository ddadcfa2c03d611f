"""How fast the graph answers: lineage, families and SPARQL, beside rdflib and pyoxigraph on the same triples.

usage: python tests/benchmarks/bench_answers.py [--papers N]

First on the bundled papers, then on so many made-up ones (100,000), each of which introduces a model that is made from
an earlier one. Rdflib takes minutes to load these, so that it is asked on the bundled ones only.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph
import rdflib

import kg
from kg.analyses import KIN, find, lineage
from kg.analyses.family import family_card
from kg.analyses.why import TIERS, why
from kg.cli.graphs import open_around, open_between, open_graph_store
from kg.ids import entity_iri, paper_iri
from kg.model import Claim, Entity, Evidence, KnowledgeGraph, Paper
from kg.rdf import graph_to_triples
from kg.store import build_store, query

#: A named query on everything is the user's to limit; this one asks for one thing, as a page of a model would.
SPARQL = "SELECT ?label { <%s> kg:directAncestor+ ?a . ?a rdfs:label ?label } ORDER BY ?label"
PREFIXES = {"kg": "https://w3id.org/modelkin/ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
FAMILIES, PEOPLE = 2_000, 50_000


def made_up(papers: int) -> KnowledgeGraph:
    """Make a graph in which each paper's model is fine-tuned from one before it."""
    rng = random.Random(7)
    people = [Entity(iri=entity_iri("Person", f"P {i}"), type="Person", label=f"P {i}") for i in range(PEOPLE)]
    kinds = [Entity(iri=entity_iri("ModelFamily", f"F{i}"), type="ModelFamily", label=f"F{i}") for i in range(FAMILIES)]
    found, models, claims = [], [], []
    for number in range(papers):
        name = f"F{number % FAMILIES}-{number}"
        model = Entity(iri=entity_iri("Model", name), type="Model", label=name)
        authors = rng.sample(people, 3)
        paper = a_paper(number, name, [author.label for author in authors])
        said = Evidence(
            paper=paper.iri, start=0, end=len(paper.title), quote=paper.title, rule="made-up", confidence=0.9
        )
        claims += [Claim(subject=paper.iri, predicate="creator", object=author.iri, basis="listed", note=str(place))
                   for place, author in enumerate(authors, 1)]  # fmt: skip
        claims += [
            Claim(subject=paper.iri, predicate="introduces", object=model.iri, basis="extracted", evidence=(said,)),
            Claim(subject=model.iri, predicate="inFamily", object=kinds[number % FAMILIES].iri, basis="inferred"),
        ]
        if models:
            parent = rng.choice(models).iri
            claims.append(
                Claim(subject=model.iri, predicate="fineTunedFrom", object=parent, basis="extracted", evidence=(said,))
            )
        models.append(model)
        found.append(paper)
    return KnowledgeGraph(papers=tuple(found), entities=(*people, *kinds, *models), claims=tuple(claims))


def a_paper(number: int, name: str, authors: list[str]) -> Paper:
    """Make a paper that introduces a model."""
    title = f"{name}, made from an earlier model"
    return Paper(
        iri=paper_iri(title, authors[0]), id=f"made-up:{number}", title=title, authors=tuple(authors), truncated=False,
        date=date(2020, 1, 1) + timedelta(days=number // 50), date_precision="day", date_text="", category="cs.CL",
        code=False, affiliations=(), abstract="", source="made up", line=number + 1,
    )  # fmt: skip


def milliseconds(ask: Callable[[], object], runs: int = 7) -> float:
    """Give the median time of several runs, after one that warms up."""
    ask()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def questions(output: Path, model: str, family: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is asked of a graph, by name."""

    def descent(name: str, *, down: bool = False) -> object:
        network = open_around(output, [name], KIN, "down" if down else "up")
        return lineage(network, find(network, name, KIN)[0].iri, down=down)

    def card() -> object:
        network = open_around(output, [family], KIN, "near")
        return family_card(network, find(network, family, KIN)[0].iri)

    def joins() -> object:
        network = open_between(output, model, family, TIERS, direct=True)
        return why(network, *([node.iri for node in find(network, name)] for name in (model, family)))

    command = [sys.executable, "-m", "kg", "lineage", model, "--graph", str(output)]
    yield f"lineage of {model}", lambda: descent(model)
    yield f"what descends from {model}", lambda: descent(model, down=True)
    yield f"family {family}", card
    yield f"why {model} and {family}", joins
    yield "kg lineage, as a command", lambda: subprocess.run(command, check=True, capture_output=True, timeout=120)


def measure(output: Path, model: str, family: str) -> None:
    """Print the times of a graph."""
    for name, ask in questions(output, model, family):
        print(f"  {name:44} {milliseconds(ask):8.1f} ms")
    store = open_graph_store(output)
    network = open_around(output, [model], KIN)
    text = SPARQL % find(network, model, KIN)[0].iri
    raw = pyoxigraph.Store.read_only(str(output / "store"))
    answers = [query(store, text).rows, list(raw.query(text, prefixes=PREFIXES))]
    assert len(answers[0]) == len(answers[1]) > 0
    print(f"  {'SPARQL: its ancestors, kg':44} {milliseconds(lambda: query(store, text)):8.1f} ms")
    print(f"  {'SPARQL: its ancestors, pyoxigraph':44} "
          f"{milliseconds(lambda: list(raw.query(text, prefixes=PREFIXES))):8.1f} ms")  # fmt: skip
    if (turtle := output / "graph.ttl").exists():
        graph = rdflib.Graph().parse(turtle)
        assert len(list(graph.query(text, initNs=PREFIXES))) == len(answers[0])
        print(f"  {'SPARQL: its ancestors, rdflib':44} "
              f"{milliseconds(lambda: list(graph.query(text, initNs=PREFIXES))):8.1f} ms")  # fmt: skip


def main() -> None:
    """Measure both graphs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=100_000)
    papers = parser.parse_args().papers
    with tempfile.TemporaryDirectory() as place:
        bundled, large = Path(place) / "bundled", Path(place) / "large"
        subprocess.run([sys.executable, "-m", "kg", "build", "-o", bundled], check=True, capture_output=True)
        print(f"the bundled papers, {len(kg.load(bundled).network())} things")
        measure(bundled, "Mixtral 8x7B - Instruct", "Mistral")
        large.mkdir()
        build_store(graph_to_triples(made_up(papers)), large / "store")
        store = pyoxigraph.Store.read_only(str(large / "store"))
        print(f"{papers:,} made-up papers, {len(store):,} triples")
        measure(large, f"F{(papers - 1) % FAMILIES}-{papers - 1}", "F7")


if __name__ == "__main__":
    main()

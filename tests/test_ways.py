"""What joins two things, read from a part of the store, is what the whole graph gives."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from kg.analyses import find
from kg.analyses.ways import shortest_way
from kg.analyses.why import TIERS, VIA, path, why
from kg.cli import kg as command
from kg.cli.graphs import open_between, open_network
from kg.reports.why import render_why_json


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("seeds")
    assert CliRunner().invoke(command, ["build", "-o", str(place)]).exit_code == 0
    return place


def pairs_of(network: nx.MultiDiGraph[str], number: int) -> list[tuple[str, str]]:
    """Give pairs of names that mean something in the graph, the same ones in each run."""
    named = sorted({data["label"] for _, data in network.nodes(data=True) if data["type"] != "Result"})
    draw = random.Random(5)
    return [(draw.choice(named), draw.choice(named)) for _ in range(number)]


def test_why_is_that_of_the_whole_graph(built: Path) -> None:
    whole, chains, direct = open_network(built), 0, 0
    for a, b in pairs_of(whole, 120):
        part = open_between(built, a, b, TIERS, direct=True)
        ends = [[node.iri for node in find(whole, name)] for name in (a, b)]
        assert [[node.iri for node in find(part, name)] for name in (a, b)] == ends
        expected, found = why(whole, *ends), why(part, *ends)
        assert (found and render_why_json(found)) == (expected and render_why_json(expected)), (a, b)
        chains += bool(expected and not expected.direct)
        direct += bool(expected and expected.direct)
    assert chains > 60 and direct


@pytest.mark.parametrize("via", VIA)
def test_paths_are_those_of_the_whole_graph(built: Path, via: str) -> None:
    whole, found = open_network(built), 0
    for a, b in [("Chinchilla", "MMLU"), *pairs_of(whole, 40)]:
        part = open_between(built, a, b, [VIA[via]])
        ends = [[node.iri for node in find(whole, name)] for name in (a, b)]
        expected, got = path(whole, *ends, via), path(part, *ends, via)
        assert (got and render_why_json(got)) == (expected and render_why_json(expected)), (a, b)
        found += bool(expected)
    assert found


def test_the_way_is_as_short_as_that_of_networkx_and_the_most_stated_of_these() -> None:
    draw = random.Random(7)
    for _ in range(60):
        graph: nx.Graph[str] = nx.gnm_random_graph(14, 20, seed=draw.randrange(10**6))
        graph = nx.relabel_nodes(graph, str)
        stated = {frozenset(edge) for edge in graph.edges if draw.random() < 0.5}
        way = shortest_way(graph.__getitem__, lambda a, b: frozenset((a, b)) in stated, "0", "1")  # noqa: B023
        if not nx.has_path(graph, "0", "1"):
            assert way == []
            continue
        every = sorted(
            (sum(frozenset(step) not in stated for step in pairwise(one)), one)
            for one in nx.all_shortest_paths(graph, "0", "1")
        )
        assert way == every[0][1]

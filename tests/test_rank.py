"""Rankings: equal to networkx run directly and to counting by hand, on graphs that show direction, weights and ties."""

from __future__ import annotations

import random
import re
from itertools import pairwise, permutations
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from kg.analyses import MEASURES, PROJECTIONS, pivots, rank
from kg.analyses.centrality import (
    authorities,
    betweenness,
    descendants,
    eigenvector,
    hubs,
    katz,
    katz_attenuation,
    pagerank,
)
from kg.cli import kg
from kg.model import KnowledgeGraph
from kg.network import graph_to_network
from kg.rdf import graph_to_triples, write_turtle

CLOSE = {"rel": 1e-5, "abs": 1e-7}


@pytest.fixture(scope="module")
def seeds(seed_graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    return graph_to_network(seed_graph)


def directed(seed: int, size: int = 12, links: int = 30) -> nx.DiGraph[str]:
    """Draw a weighted graph with links in both directions; the first and second node are joined to everything."""
    draw = random.Random(seed)
    graph: nx.DiGraph[str] = nx.DiGraph()
    names = [f"n{number:02}" for number in range(size)]
    for one, other in [*pairwise(names), *(draw.sample(names, 2) for _ in range(links))]:
        graph.add_edge(one, other, weight=draw.randint(1, 4))
    return graph


GRAPHS = [directed(seed) for seed in range(4)]
BOTH = [*GRAPHS, *(graph.to_undirected() for graph in GRAPHS)]


@pytest.mark.parametrize("graph", BOTH)
def test_scores_are_those_of_networkx_run_directly(graph: nx.Graph[str]) -> None:
    assert pagerank(graph) == pytest.approx(nx.pagerank(graph, weight="weight", tol=1e-12, max_iter=1000), **CLOSE)
    assert betweenness(graph) == nx.betweenness_centrality(graph)
    alpha = katz_attenuation(graph)
    expected = nx.katz_centrality(graph, alpha=alpha, weight="weight", max_iter=10_000, tol=1e-12)
    assert katz(graph) == pytest.approx(expected, **CLOSE)
    best_hubs, best_authorities = nx.hits(graph, max_iter=10_000, tol=1e-12)
    assert hubs(graph) == pytest.approx(best_hubs, **CLOSE)
    assert authorities(graph) == pytest.approx(best_authorities, **CLOSE)


@pytest.mark.parametrize("graph", GRAPHS)
def test_the_eigenvector_is_that_of_networkx_without_directions(graph: nx.DiGraph[str]) -> None:
    both: nx.Graph[str] = nx.Graph()
    for u, v, weight in graph.edges(data="weight"):
        both.add_edge(u, v, weight=weight + both.get_edge_data(u, v, {"weight": 0})["weight"])
    expected = nx.eigenvector_centrality(both, weight="weight", max_iter=10_000, tol=1e-12)
    assert eigenvector(graph) == pytest.approx(expected, **CLOSE)


@pytest.mark.parametrize("graph", GRAPHS)
def test_descendants_are_those_that_reach_a_node(graph: nx.DiGraph[str]) -> None:
    assert descendants(graph) == {node: len(nx.ancestors(graph, node)) for node in graph}


def test_betweenness_counts_shortest_paths_along_the_links() -> None:
    graph = directed(7, size=7, links=8)
    counted = dict.fromkeys(graph, 0.0)
    for start, end in permutations(graph, 2):
        if nx.has_path(graph, start, end):
            paths = list(nx.all_shortest_paths(graph, start, end))
            for node in {*graph} - {start, end}:
                counted[node] += sum(node in path for path in paths) / len(paths)
    pairs = (len(graph) - 1) * (len(graph) - 2)
    assert betweenness(graph) == pytest.approx({node: number / pairs for node, number in counted.items()})


def test_katz_counts_chains_by_their_length() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph([("c", "b"), ("b", "a")])
    scores, alpha = katz(graph), katz_attenuation(graph)
    assert alpha == 0.85
    assert scores["a"] / scores["c"] == pytest.approx(1 + alpha + alpha**2)
    assert scores["b"] / scores["c"] == pytest.approx(1 + alpha)


def test_hubs_point_and_authorities_are_pointed_to() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph([("h1", "a1"), ("h1", "a2"), ("h2", "a1")])
    assert max(authorities(graph), key=authorities(graph).__getitem__) == "a1"
    assert max(hubs(graph), key=hubs(graph).__getitem__) == "h1"
    assert authorities(graph)["h1"] == hubs(graph)["a1"] == 0
    assert set(authorities(nx.empty_graph(["alone"], create_using=nx.DiGraph)).values()) == {0}


def test_a_large_graph_is_estimated_from_a_fixed_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyses.centrality._STEPS_OF_PATHS", 1500)
    graph = nx.relabel_nodes(nx.star_graph(59), str)
    assert pivots(graph) == 12
    estimate = betweenness(graph)
    assert estimate == nx.betweenness_centrality(graph, k=12, seed=0)
    assert max(estimate, key=estimate.__getitem__) == "0"


# --- what is ranked


def family_graph() -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind, names in {"Model": "a b c", "ModelFamily": "A B C", "Paper": "p q", "Person": "ann bob",
                        "Organization": "lab"}.items():  # fmt: skip
        network.add_nodes_from(names.split(), type=kind)
    for claim in ("b fineTunedFrom a", "c outperforms a", "c distilledFrom b", "a inFamily A", "b inFamily B",
                  "c inFamily C", "C succeeds A", "p introduces a", "q introduces b", "p creator ann", "q creator bob",
                  "a developer lab", "p producedBy lab", "a directAncestor b"):  # fmt: skip
        subject, predicate, object_ = claim.split()
        network.add_edge(subject, object_, key=predicate)
    return network


def test_families_are_joined_by_their_own_claims_and_those_of_their_members() -> None:
    edges = {(u, v): weight for u, v, weight in PROJECTIONS["families"](family_graph()).edges(data="weight")}
    assert edges == {("B", "A"): 1, ("C", "A"): 2, ("C", "B"): 1}


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("models", {"a": 2, "b": 1, "c": 0}), ("families", {"A": 2, "B": 1, "C": 0}), ("papers", {"p": 2, "q": 1}),
        ("authors", {"ann": 2, "bob": 1}), ("labs", {"lab": 2}),
    ],
)  # fmt: skip
def test_descendants_follow_lineage_and_no_comparison(what: str, expected: dict[str, int]) -> None:
    assert descendants(PROJECTIONS[what](family_graph())) == expected
    network = family_graph()
    network.remove_edge("c", "b")
    network.remove_edge("C", "A")
    assert max(descendants(PROJECTIONS[what](network)).values()) == 1


def test_attention_gathers_at_the_older_model() -> None:
    for by in ("pagerank", "katz", "authorities", "descendants"):
        network = family_graph()
        assert rank(network, PROJECTIONS["models"](network), MEASURES[by])[0].node.iri == "a", by


def test_equal_scores_are_in_the_order_of_the_names(seeds: nx.MultiDiGraph[str]) -> None:
    for what, project in PROJECTIONS.items():
        for by, measure in MEASURES.items():
            places = rank(seeds, project(seeds), measure)
            keys = [(-round(place.score, 9), place.node.label.casefold(), place.node.iri) for place in places]
            assert keys == sorted(keys), (what, by)


def test_what_most_descends_from_in_the_bundled_papers(seeds: nx.MultiDiGraph[str]) -> None:
    def first(what: str) -> tuple[str, float]:
        place = rank(seeds, PROJECTIONS[what](seeds), MEASURES["descendants"])[0]
        return place.node.label, place.score

    assert first("models") == ("Mistral 7B", 3)
    assert first("families")[0] == "Mistral"
    assert first("papers") == ("Mistral 7B", 2)  # one of the three is the paper's own


def test_who_links_most_in_the_bundled_papers(seeds: nx.MultiDiGraph[str]) -> None:
    projection = PROJECTIONS["authors"](seeds)
    scores = nx.betweenness_centrality(projection)
    places = rank(seeds, projection, MEASURES["betweenness"])
    assert [place.node.label for place in places[:2]] == ["Arthur Mensch", "Sebastian Borgeaud"]
    assert {place.node.iri: place.score for place in places} == scores


def test_the_command_draws_its_ranking_and_tells_of_an_estimate(
    seed_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, picture = tmp_path / "graph.ttl", tmp_path / "rank.svg"
    write_turtle(list(graph_to_triples(seed_graph)), graph)
    monkeypatch.setattr("kg.analyses.centrality._STEPS_OF_PATHS", 1200)
    words = ["rank", "authors", "--by", "betweenness", "--graph", str(graph), "--plot", str(picture)]
    done = CliRunner().invoke(kg, words)
    assert done.exit_code == 0, done.output
    assert re.search(r"estimated from the shortest paths that start at \d+ of 30 authors", done.stderr)
    assert f"wrote {picture}" in done.stderr
    assert picture.read_text(encoding="utf-8").startswith("<?xml")
    assert CliRunner().invoke(kg, [*words[:-1], "rank.gif"]).exit_code == 2

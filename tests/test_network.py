"""The network that analyses and page read: nodes, edges and what they carry."""

from __future__ import annotations

import random

import pytest

from kg import ids
from kg.model import KnowledgeGraph
from kg.network import graph_to_network, triples_to_network
from kg.rdf import graph_to_triples

MIXTRAL = ids.entity_iri("Model", "Mixtral 8x7B")
MISTRAL = ids.entity_iri("Model", "Mistral 7B")


@pytest.fixture(scope="module")
def network(seed_graph: KnowledgeGraph):  # type: ignore[no-untyped-def]
    return graph_to_network(seed_graph)


def test_a_node_says_what_it_is(network) -> None:  # type: ignore[no-untyped-def]
    data = network.nodes[MIXTRAL]
    assert (data["type"], data["label"], data["date"]) == ("Model", "Mixtral 8x7B", "2024-01-08")
    assert (data["family"], data["lab"]) == ("Mixtral", "Mistral AI")
    assert data["facts"]["parameterCount"] == ["47000000000"]
    assert data["facts"]["license"] == ["Apache License 2.0"]


def test_an_edge_carries_the_sentence(network) -> None:  # type: ignore[no-untyped-def]
    edge = network.edges[MIXTRAL, MISTRAL, "basedOnArchitecture"]
    (sentence,) = edge["evidence"]
    assert edge["basis"] == "extracted" and edge["confidence"] == sentence["confidence"]
    assert sentence["quote"].startswith("Mixtral has the same architecture as Mistral 7B")
    assert (sentence["title"], sentence["date"]) == ("Mixtral of Experts", "2024-01-08")


def test_curated_steps_name_their_source(network) -> None:  # type: ignore[no-untyped-def]
    edge = network.edges[ids.entity_iri("ModelFamily", "Mixtral"), ids.entity_iri("ModelFamily", "Mistral"), "succeeds"]
    assert edge["basis"] == "curated" and edge["sources"] and not edge["evidence"]


def test_figures_are_nodes_on_the_way_to_their_benchmark(network) -> None:  # type: ignore[no-untyped-def]
    chinchilla = ids.entity_iri("Model", "Chinchilla")
    (result,) = [v for _, v, key in network.out_edges(chinchilla, keys=True) if key == "hasResult"]
    assert network.nodes[result]["facts"] == {"metric": ["accuracy"], "value": ["67.5%"]}
    assert network.has_edge(result, ids.entity_iri("Benchmark", "MMLU"), "benchmark")


def test_authors_keep_their_place(network, seed_graph: KnowledgeGraph) -> None:  # type: ignore[no-untyped-def]
    paper = next(p for p in seed_graph.papers if p.title == "Magistral")
    places = {
        network.nodes[v]["label"]: d["position"]
        for _, v, k, d in network.out_edges(paper.iri, keys=True, data=True)
        if k == "creator"
    }
    assert places == {"Mistral-AI": 1, "Abhinav Rastogi": 2, "Albert Q. Jiang": 3}
    assert network.nodes[paper.iri]["facts"]["authors"][-1] == "et al."


def test_the_order_of_triples_makes_no_difference(seed_graph: KnowledgeGraph) -> None:
    triples = list(graph_to_triples(seed_graph))
    shuffled = triples[:]
    random.Random(3).shuffle(shuffled)
    one, other = triples_to_network(triples), triples_to_network(shuffled)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_an_empty_graph_is_an_empty_network() -> None:
    assert len(triples_to_network([])) == 0

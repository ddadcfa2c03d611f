"""A lineage read from a part of the store is the lineage that the whole graph gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analyses import KIN, find, lineage
from kg.analyses.family import family_card
from kg.analyses.graph import typed
from kg.cli.graphs import open_around, open_graph_store, open_network
from kg.reports import lineage as reports
from kg.reports.family import render_family_json
from kg.store import iter_triples, part_triples, reached


@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
def test_every_lineage_is_that_of_the_whole_graph(built: Path, down: bool) -> None:
    whole = open_network(built)
    steps = 0
    for iri in typed(whole, KIN):
        name = whole.nodes[iri]["label"]
        root = find(whole, name, KIN)[0].iri
        part = open_around(built, [name], KIN, "down" if down else "up")
        assert find(part, name, KIN)[0].iri == root
        expected = reports.render_json(lineage(whole, root, down=down))
        assert reports.render_json(lineage(part, root, down=down)) == expected, name
        steps += expected.count('"relation"')
    assert steps > len(typed(whole, KIN))


def test_every_family_card_is_that_of_the_whole_graph(built: Path) -> None:
    whole = open_network(built)
    for iri in typed(whole, KIN):
        name = whole.nodes[iri]["label"]
        root = find(whole, name, KIN)[0].iri
        part = open_around(built, [name], KIN, "near")
        assert render_family_json(family_card(part, root)) == render_family_json(family_card(whole, root)), name


def test_a_name_as_people_type_it_is_found_in_the_whole_graph(built: Path) -> None:
    assert find(open_around(built, ["mistral7b"], KIN), "mistral7b", KIN)[0].label == "Mistral 7B"


def test_only_what_is_reached_is_read(built: Path) -> None:
    store = open_graph_store(built)
    whole = set(iter_triples(store))
    root = find(open_network(built), "Mistral 7B - Instruct", KIN)[0].iri
    things = reached(store, [root], ["fineTunedFrom"], [])
    family = {"mistral", "mistral-7b", "mistral-7b-instruct", "mistral-medium-3"}  # its members date it
    assert {iri.rpartition("/")[2] for iri in things} == family
    part = set(part_triples(store, things, ["fineTunedFrom"]))
    assert part < whole
    assert len(part) < len(whole) / 10

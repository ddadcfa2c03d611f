"""Families at a glance, what came when, chains between two, and who links them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

import kg
from kg.analyses.family import family_card
from kg.analyses.links import links
from kg.analyses.moves import flows, moves
from kg.cli import kg as command

Ask = Callable[..., Result]


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.build()


@pytest.fixture(scope="module")
def ask(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    place = tmp_path_factory.mktemp("seeds") / "graph.ttl"
    graph.write(place)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(command, [*arguments, "--graph", str(place)])

    return run


def found(graph: kg.Graph, name: str, kind: str = "") -> str:
    return next(node.iri for node in graph.find(name) if kind in ("", node.type))


@pytest.mark.parametrize(
    ("one", "other", "person", "through"),
    [
        ("Chinchilla", "Mistral 7B", "Arthur Mensch", None),
        ("Gopher", "Mistral 7B", "Sebastian Borgeaud", "Arthur Mensch"),
    ],
)
def test_who_links_two_models(graph: kg.Graph, one: str, other: str, person: str, through: str | None) -> None:
    (link,) = links(graph.network(), found(graph, one), found(graph, other))  # type: ignore[arg-type]
    assert link.person.label == person
    assert (link.through.label if link.through else None) == through
    if through:
        titles = [paper.label for paper in link.together]
        assert (
            len(titles) == 2 and any("Compute-Optimal" in t for t in titles) and any("retrieving" in t for t in titles)
        )


def test_a_move_is_dated_by_the_papers_that_show_it(graph: kg.Graph) -> None:
    (path,) = moves(graph.network())  # type: ignore[arg-type]
    assert path.person.label == "Arthur Mensch" and not path.unsure
    assert [(s.lab.label, s.first, s.last) for s in path.stays] == [
        ("Google DeepMind", "2021-12-08", "2022-03-29"),
        ("Mistral AI", "2023-10-10", "2023-10-10"),
    ]
    assert [(a.label, b.label, n) for a, b, n in flows([path])] == [("Google DeepMind", "Mistral AI", 1)]


def test_a_name_that_may_be_two_persons_makes_no_flow() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from(["A", "B"], type="Organization")
    network.add_nodes_from(["ann", "ann2"], type="Person")
    for paper, lab in (("p1", "A"), ("p2", "B")):
        network.add_node(paper, type="Paper", date="2023-01-01")
        network.add_edge(paper, "ann", key="creator")
        network.add_edge(paper, lab, key="producedBy")
    network.add_edge("ann", "ann2", key="possiblySameAs")
    (path,) = moves(network)
    assert path.unsure == "may be the same as 1 other name" and flows([path]) == []


def test_a_family_s_card(graph: kg.Graph) -> None:
    card = family_card(graph.network(), found(graph, "Mistral", "ModelFamily"))  # type: ignore[arg-type]
    names = [member.node.label for member in card.members]
    assert names[:2] == ["Mistral 7B", "Mistral 7B - Instruct"] and card.labs == ("Mistral AI",)
    assert dict(card.members[0].facts)["parameterCount"] == ("7000000000",)
    assert [step.object.label for step in card.members[1].steps] == ["Mistral 7B"]


def test_licences_that_change_along_a_step_and_people_who_persist(tmp_path: Path) -> None:
    listing = tmp_path / "papers.txt"
    listing.write_text(
        "CLOct 10, 2023\nZephon 7BAda Byron, Charles Babbage\n"
        "We introduce Zephon 7B, a language model released under the Apache 2.0 license.\n\n"
        "CLJan 10, 2024\nZephon 7B InstructAda Byron, Mary Somerville\n"
        "We introduce Zephon 7B Instruct, a language model fine-tuned from Zephon 7B. "
        "Zephon 7B Instruct is released under the MIT license.\n",
        encoding="utf-8",
    )
    graph = kg.build(listing, as_of=date(2024, 6, 1))
    card = family_card(graph.network(), found(graph, "Zephon", "ModelFamily"))  # type: ignore[arg-type]
    ((step, parent, child),) = card.licence_changes
    assert (step.subject.label, parent, child) == ("Zephon 7B Instruct", "Apache License 2.0", "MIT License")
    assert [(person.label, len(papers)) for person, papers in card.persons] == [("Ada Byron", 2)]


def test_the_commands_answer_as_text_markdown_and_json(ask: Ask) -> None:
    card = ask("family", "Mixtral")
    assert card.exit_code == 0 and "47 B" in card.stdout and "based on the architecture of Mistral 7B" in card.stdout
    assert ask("family", "mixtral", "--format", "markdown").stdout.startswith("# Mixtral")
    assert json.loads(ask("family", "mixtral", "--format", "json").stdout)["node"]["label"] == "Mixtral"
    lines = ask("timeline", "Mistral AI").stdout.splitlines()
    assert lines[1].startswith("2023-10-10  Mistral AI  Mistral 7B") and len(lines) == 9
    assert len(json.loads(ask("timeline", "--format", "json").stdout)) == 17


def test_a_path_follows_the_claims_it_is_told_to(ask: Ask) -> None:
    people = ask("path", "Gopher", "Mistral 7B", "--via", "people")
    assert people.exit_code == 0
    assert people.stdout.index("Sebastian Borgeaud") < people.stdout.index("Arthur Mensch")
    lineage = ask("path", "Mixtral 8x7B - Instruct", "Mistral 7B", "--via", "lineage", "--format", "json")
    steps = json.loads(lineage.stdout)["claims"]
    assert [step["predicate"] for step in steps][-1] == "basedOnArchitecture"
    nothing = ask("path", "Gopher", "Mistral 7B", "--via", "lineage")
    assert nothing.exit_code == 1 and "no chain of claims joins" in nothing.stderr


def test_people_tells_links_moves_and_flows_and_what_lists_hide(ask: Ask) -> None:
    linked = ask("people", "Chinchilla", "Mistral 7B")
    assert linked.stdout.startswith("Arthur Mensch\n") and "et al." in linked.stderr
    assert "2021-12-08 to 2022-03-29  Google DeepMind" in ask("people").stdout
    assert "Google DeepMind,Mistral AI,1" in ask("people", "--flow", "--format", "csv").stdout
    assert json.loads(ask("people", "--format", "json").stdout)[0]["stays"][1]["lab"]["label"] == "Mistral AI"
    assert ask("people", "NEVIS'22", "Gemini").exit_code in (0, 1)
    assert ask("people", "Chinchilla").exit_code == 2
    assert ask("people", "--format", "csv").exit_code == 2

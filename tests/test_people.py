"""Who links what, who moved, who matters, who belongs together: on the bundled papers and on small graphs by hand."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from kg.analyses.careers import careers, flows
from kg.analyses.graph import node_at
from kg.analyses.groups import communities, key_people
from kg.analyses.links import links, papers_for, work_of
from kg.cli import kg
from kg.errors import NotFoundError
from kg.model import KnowledgeGraph
from kg.network import graph_to_network
from kg.rdf import graph_to_triples, write_turtle
from kg.reports import people as reports

Kg = Callable[..., Result]


@pytest.fixture(scope="module")
def seeds(seed_graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    return graph_to_network(seed_graph)


@pytest.fixture(scope="module")
def seeds_file(seed_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "graph.ttl"
    write_turtle(list(graph_to_triples(seed_graph)), path)
    return path


@pytest.fixture
def run_people(seeds_file: Path) -> Kg:
    return lambda *words: CliRunner().invoke(kg, ["people", *map(str, words), "--graph", str(seeds_file)])


def papers(*lines: str) -> nx.MultiDiGraph[str]:
    """Read papers from lines of name, date, labs, authors: ``p1 2021-12-08 A,B Ann,Bob``; ``+`` marks "et al."."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for line in lines:
        paper, day, labs, authors = line.split()
        date = "" if day == "-" else day
        network.add_node(paper, type="Paper", label=paper, date=date, truncated=authors.endswith("+"), precision="day")
        for lab in filter(None, labs.strip("-").split(",")):
            network.add_node(lab, type="Organization", label=lab)
            network.add_edge(paper, lab, key="producedBy")
        for position, author in enumerate(authors.strip("+").split(","), start=1):
            network.add_node(author, type="Person", label=author)
            network.add_edge(paper, author, key="creator", position=position)
    return network


def chains(network: nx.MultiDiGraph[str], one: str, other: str) -> list[tuple[list[str], list[list[str]]]]:
    found = links(network, work_of(network, one), work_of(network, other)).chains
    return [
        ([who.label for who in chain.people], [[p.label for p in step] for step in chain.shared]) for chain in found
    ]


# --- links


def test_who_wrote_both_chinchilla_and_mistral_7b(seeds: nx.MultiDiGraph[str]) -> None:
    assert chains(seeds, "Chinchilla", "mistral7b") == [(["Arthur Mensch"], [])]


def test_who_wrote_gopher_reaches_mistral_7b_over_retro_and_chinchilla(seeds: nx.MultiDiGraph[str]) -> None:
    shared = [
        "Improving language models by retrieving from trillions of tokens",
        "Training Compute-Optimal Large Language Models",
    ]
    assert chains(seeds, "Gopher", "Mistral 7B") == [(["Sebastian Borgeaud", "Arthur Mensch"], [shared])]


def test_the_two_labs_are_linked_by_who_wrote_for_both(seeds: nx.MultiDiGraph[str]) -> None:
    found = links(seeds, work_of(seeds, "deepmind"), work_of(seeds, "mistral ai"))
    [chain] = found.chains
    assert [paper.date for paper in (*chain.start, *chain.end)] == ["2021-12-08", "2022-03-29", "2023-10-10"]
    assert (found.hidden, found.papers) == (13, 13)


def test_a_listed_affiliation_links_nobody(seeds: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(NotFoundError, match="no paper of this graph is behind University of Cambridge"):
        work_of(seeds, "University of Cambridge")


def test_all_shortest_chains_are_found_the_earliest_first() -> None:
    network = papers(
        "start 2020-01-01 - Ann,Bob", "x 2021-01-01 - Ann,Cy", "y 2019-01-01 - Bob,Di", "end 2022-01-01 - Cy,Di"
    )
    assert chains(network, "start", "end") == [(["Bob", "Di"], [["y"]]), (["Ann", "Cy"], [["x"]])]
    assert links(network, work_of(network, "start"), work_of(network, "end"), most=1).cut


def test_chains_are_as_long_as_networkx_says(seeds: nx.MultiDiGraph[str]) -> None:
    from kg.analyses.people import coauthors

    joined = coauthors(seeds)
    people = sorted(joined)
    for one in people:
        for other in people[::5]:
            length = nx.shortest_path_length(joined, one, other) if nx.has_path(joined, one, other) else None
            ends = [(node_at(seeds, iri), papers_for(seeds, iri)) for iri in (one, other)]
            found = links(seeds, ends[0], ends[1], most=500)
            if length is None:
                assert not found.chains
            else:
                assert {len(chain.people) - 1 for chain in found.chains} == {length}
                assert len(found.chains) == len(list(nx.all_shortest_paths(joined, one, other)))


# --- careers and moves


def only_move(*lines: str) -> tuple[str, str, tuple[str, ...]]:
    [career] = careers(papers(*lines), ["Ann"])
    [move] = career.moves
    return move.after, move.before, move.doubts


def test_complete_author_lists_show_a_move_as_a_dated_interval() -> None:
    lines = ("a 2020-01-01 A Ann,Bob", "b 2020-06-01 A Ann", "c 2022-01-01 B Ann", "d 2023-01-01 A Bob")
    assert only_move(*lines) == ("2020-06-01", "2022-01-01", ())


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("d 2023-01-01 A Bob+", "1 paper of A from 2022-01-01 on may hide the name behind “et al.”"),
        ("d 2019-01-01 B Bob+", "1 paper of B up to 2020-01-01 may hide the name behind “et al.”"),
        ("d 2023-01-01 A,B Ann", "“d” is a paper of both laboratories"),
    ],
)
def test_a_move_is_not_shown_where_a_paper_may_speak_against_it(line: str, doubt: str) -> None:
    assert only_move("a 2020-01-01 A Ann", "c 2022-01-01 B Ann", line) == ("2020-01-01", "2022-01-01", (doubt,))


@pytest.mark.parametrize("line", ["d 2021-01-01 A Bob+", "d 2021-01-01 B Bob+", "d 2023-01-01 C Bob+", "d - A Bob+"])
def test_cut_lists_elsewhere_do_not_speak_against_it(line: str) -> None:
    assert only_move("a 2020-01-01 A Ann+", "c 2022-01-01 B Ann+", line)[2] == ()


def test_who_returns_has_moved_nowhere_for_sure() -> None:
    [career] = careers(papers("a 2020-01-01 A Ann", "b 2021-01-01 B Ann", "c 2022-01-01 A Ann"))
    assert [stay.lab.label for stay in career.stays] == ["A", "B", "A"]
    assert [move.doubts for move in career.moves] == [
        ("wrote for A again, on 2022-01-01",), ("wrote for A before, on 2020-01-01",),
    ]  # fmt: skip


def test_two_labs_on_one_day_are_in_no_order() -> None:
    assert "wrote for both laboratories on 2020-01-01" in only_move("a 2020-01-01 A Ann", "b 2020-01-01 B Ann")[2]


def test_a_name_that_may_be_anothers_moves_nowhere_for_sure() -> None:
    network = papers("a 2020-01-01 A Ann", "b 2021-01-01 B Ann", "c 2021-01-01 B A.Ash")
    network.add_edge("A.Ash", "Ann", key="possiblySameAs", note="the initial fits")
    [career] = careers(network)
    assert career.moves[0].doubts == ("may be one with A.Ash, who is kept apart",)


def test_a_date_that_is_no_day_is_a_doubt() -> None:
    network = papers("a 2020-01-01 A Ann", "b 2021-01-01 B Ann")
    network.nodes["b"]["precision"] = "year"
    assert careers(network)[0].moves[0].doubts == ("the date of “b” is known only to the year",)


def test_joint_undated_and_unplaced_papers_are_told_and_place_nobody() -> None:
    [career] = careers(papers("a 2020-01-01 A,B Ann", "b - A Ann", "c 2021-01-01 - Ann"), ["Ann"])
    assert career.stays == () and career.moves == ()
    assert [paper.label for paper in career.joint] == ["a"]
    assert [paper.label for paper in career.unplaced] == ["c", "b"]
    assert "no move: no paper places the person with one laboratory" in reports.render_careers([career])


def test_the_bundled_papers_suggest_one_move_and_say_why_it_is_not_shown(seeds: nx.MultiDiGraph[str]) -> None:
    [career] = careers(seeds)
    assert career.person.label == "Arthur Mensch"
    assert [(stay.lab.label, stay.first, stay.last) for stay in career.stays] == [
        ("Google DeepMind", "2021-12-08", "2022-03-29"), ("Mistral AI", "2023-10-10", "2023-10-10"),
    ]  # fmt: skip
    doubts = ("2 papers of Google DeepMind from 2023-10-10 on may hide the name behind “et al.”",)
    assert [(move.after, move.before, move.doubts) for move in career.moves] == [("2022-03-29", "2023-10-10", doubts)]


# --- flows


def test_flows_add_up_the_moves() -> None:
    network = papers(
        "a 2020-01-01 A Ann,Bob,Cy", "b 2021-01-01 B Ann,Bob", "c 2022-01-01 C Cy",
        "d 2023-01-01 C Eve+", "e 2023-01-01 A Bob",
    )  # fmt: skip
    found = flows(network)
    assert [(flow.start.label, flow.end.label, len(flow.moves), flow.shown) for flow in found] == [
        ("A", "B", 2, 1), ("A", "C", 1, 1), ("B", "A", 1, 0),
    ]  # fmt: skip
    answer = json.loads(reports.render_flows_json(found))
    assert [lab["label"] for lab in answer["labs"]] == ["A", "B", "C"]
    assert answer["matrix"] == [[0, 2, 1], [1, 0, 0], [0, 0, 0]]
    assert answer["shown"] == [[0, 1, 1], [0, 0, 0], [0, 0, 0]]
    assert reports.render_flows(found).splitlines()[:4] == [
        "from  to     1     2     3",
        "1 A          ·  1(1)     1",
        "2 B        (1)     ·     ·",
        "3 C          ·     ·     ·",
    ]


# --- key people and communities


def test_who_wrote_most_of_a_family(seeds: nx.MultiDiGraph[str]) -> None:
    found = key_people(seeds, work_of(seeds, "Voxtral")[1])
    assert [(one.person.label, len(one.papers), one.led) for one in found] == [
        ("Alexander H. Liu", 3, 0), ("Andy Ehrenberg", 3, 0), ("Andy Lo", 2, 0), ("Alexis Tacnet", 1, 0),
    ]  # fmt: skip


def test_the_first_of_a_list_by_the_alphabet_leads_nothing() -> None:
    network = papers(
        "a 2020-01-01 - Ann,Bob,Cy", "b 2020-01-01 - Bob,Ann,Cy", "c 2020-01-01 - Ann,Bob", "d 2020-01-01 - Ann,Cy+"
    )
    assert {one.person.label: one.led for one in key_people(network, "abcd")} == {"Ann": 1, "Bob": 1, "Cy": 0}


def test_two_groups_that_one_paper_joins_stay_two_groups() -> None:
    network = papers(
        "p1 2020-01-01 A a,b,c,d", "p2 2020-01-01 A a,b,c,d", "p3 2020-01-01 B w,x,y,z", "p4 2020-01-01 B w,x,y,z",
        "p5 2020-01-01 - a,w", "p6 2020-01-01 - alone",
    )  # fmt: skip
    found = communities(network)
    assert [{who.label for who in group.people} for group in found] == [set("abcd"), set("wxyz")]
    assert [[(lab.label, number) for lab, number in group.labs] for group in found] == [[("A", 4)], [("B", 4)]]
    assert found[0].people[0].label == "a"


def test_groups_of_the_bundled_papers_keep_deepmind_and_mistral_apart(seeds: nx.MultiDiGraph[str]) -> None:
    found = communities(seeds)
    [old] = [group for group in found if any(who.label == "Arthur Mensch" for who in group.people)]
    assert {"Sebastian Borgeaud", "Jordan Hoffmann", "Jack W. Rae"} <= {who.label for who in old.people}
    everybody = [who.iri for group in found for who in group.people]
    assert len(everybody) == len(set(everybody)) == 30


# --- the command


def test_the_text_of_links_fits_eighty_columns(seeds: nx.MultiDiGraph[str]) -> None:
    found = links(seeds, work_of(seeds, "Gopher"), work_of(seeds, "Mistral 7B"))
    text = reports.render_links(found, width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert "  Sebastian Borgeaud – Arthur Mensch" in text.splitlines()


@pytest.mark.parametrize(
    "words",
    [("links", "Gopher", "Mistral 7B"), ("moves",), ("flows",), ("key", "Voxtral"), ("groups",)],
    ids=lambda w: w[0],
)
def test_every_answer_can_be_had_in_every_format(run_people: Kg, words: tuple[str, ...]) -> None:
    texts = {}
    for format_ in ("text", "json", "csv", "tsv", "markdown"):
        done = run_people(*words, "--format", format_)
        assert done.exit_code == 0, done.output
        texts[format_] = done.stdout
    assert json.loads(texts["json"])
    rows = list(csv.reader(io.StringIO(texts["csv"])))
    assert rows == list(csv.reader(io.StringIO(texts["tsv"]), delimiter="\t"))
    assert len(texts["markdown"].splitlines()) == len(rows) + 1 > 2
    assert len({*texts.values()}) == 5


def test_an_unknown_name_gets_the_nearest_ones(run_people: Kg) -> None:
    done = run_people("moves", "Artur Mensh")
    assert done.exit_code == 1
    assert "did you mean Arthur Mensch" in done.stderr


def test_no_chain_is_exit_code_1_with_the_reason(run_people: Kg) -> None:
    done = run_people("links", "NEVIS'22", "Mistral 7B")
    assert done.exit_code == 1
    assert "no chain of co-authors joins NEVIS'22 and Mistral 7B" in done.stderr
    assert "2 of their author lists end in “et al.”" in done.stderr


def test_answers_are_the_same_for_every_hash_seed(seeds_file: Path) -> None:
    found = set()
    for seed in ("0", "1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        words = [sys.executable, "-m", "kg", "people", "groups", "--format", "json", "--graph", str(seeds_file)]
        found.add(subprocess.run(words, env=environment, capture_output=True, check=True).stdout)
    assert len(found) == 1

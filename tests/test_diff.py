"""What two graphs differ in, and that the patch turns one into the other in another engine."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

import kg
from kg.analyses.diff import difference
from kg.cli import kg as command
from kg.reports.diff import render_update

OLD = "CLOct 10, 2023\nZephon: A ModelAda Byron\nWe introduce Zephon, a language model fine-tuned from Mistral 7B.\n"
NEW = (
    "CLOct 10, 2023\nZephon: A ModelAda Byron\n"
    "We introduce Zephon, a language model that is fine-tuned from Mistral 7B.\n"
    "\nCLOct 12, 2023\nQuarrel: A ModelAda Byron\nWe introduce Quarrel, a language model. Quarrel outperforms Zephon.\n"
)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    places = []
    for name, listing in (("old", OLD), ("new", NEW)):
        place = tmp_path_factory.mktemp(name)
        (place / "papers.txt").write_text(listing, encoding="utf-8")
        kg.build(place / "papers.txt", output=place / "out", as_of=date(2024, 1, 1))
        places.append(place / "out")
    return places[0], places[1]


def test_it_tells_what_appeared_went_and_changed(graphs: tuple[Path, Path]) -> None:
    found = difference(kg.load(graphs[0]).knowledge, kg.load(graphs[1]).knowledge)
    said = {change.what for change in found.appeared}
    assert {"Quarrel: A Model", "Quarrel (Model)", "Quarrel · outperforms · Zephon"} <= said
    assert found.went == ()
    changed = {change.what: change for change in found.changed}
    step = changed["Zephon · fine-tuned from · Mistral 7B"]
    assert "model fine-tuned" in step.before and "model that is fine-tuned" in step.after


def test_a_graph_does_not_differ_from_itself(graphs: tuple[Path, Path]) -> None:
    one = kg.load(graphs[0])
    assert difference(one.knowledge, one.knowledge).appeared == ()
    assert render_update(one.triples, one.triples) == ""


def test_the_patch_turns_the_old_graph_into_the_new_one(graphs: tuple[Path, Path]) -> None:
    old, new = (rdflib.Graph().parse(place / "graph.ttl") for place in graphs)
    old.update(render_update(kg.load(graphs[0]).triples, kg.load(graphs[1]).triples))
    assert set(old) == set(new)


def test_the_command_writes_text_json_and_the_patch(graphs: tuple[Path, Path]) -> None:
    run = CliRunner().invoke
    places = [str(place) for place in graphs]
    text = run(command, ["diff", *places])
    assert text.exit_code == 0 and "+ claim: Quarrel · outperforms · Zephon" in text.stdout
    assert "0 went" in text.stderr
    assert json.loads(run(command, ["diff", *places, "--format", "json"]).stdout)["went"] == []
    assert run(command, ["diff", *places, "--format", "sparql"]).stdout.startswith("DELETE DATA {\n")
    assert run(command, ["diff", places[0], "nowhere"]).exit_code == 3

"""Lineage by kind, as of a day, and as a report: what is left out, what crosses laboratories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from click.testing import CliRunner, Result

import kg
from kg.asof import known_by
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
        return CliRunner().invoke(command, ["lineage", *arguments, "--graph", str(place)])

    return run


def test_only_steps_of_the_kinds_asked_for_are_followed(ask: Ask) -> None:
    everything = ask("Mixtral 8x7B - Instruct").stdout
    assert "fine-tuned from" in everything and "architecture" in everything
    weights = ask("Mixtral 8x7B - Instruct", "--kind", "weights").stdout
    assert "fine-tuned from" in weights and "architecture" not in weights
    both = ask("Mixtral 8x7B - Instruct", "--kind", "weights", "--kind", "design").stdout
    assert "architecture" in both


def test_as_of_a_day_later_papers_and_what_they_introduce_are_unknown(ask: Ask, graph: kg.Graph) -> None:
    assert "Magistral" in ask("Mistral", "--down").stdout
    then = ask("Mistral", "--down", "--as-of", "2024-02-01").stdout
    assert "Mixtral" in then and "Magistral" not in then
    unknown = ask("Chinchilla", "--as-of", "2020-01-01")
    assert unknown.exit_code == 1 or "Gopher · 2021" not in unknown.stdout
    past = known_by(graph.knowledge, date(2023, 10, 10))
    assert max(paper.date for paper in past.papers if paper.date) == date(2023, 10, 10)
    named = {entity.label for entity in past.entities}
    assert "Mistral 7B" in named and "Mixtral 8x7B" not in named
    alive = {paper.iri for paper in past.papers}
    assert all(item.paper in alive for claim in past.claims for item in claim.evidence)


def test_a_report_has_the_diagram_and_every_sentence(ask: Ask) -> None:
    report = ask("Chinchilla", "--format", "markdown").stdout
    assert report.startswith("# Lineage of Chinchilla") and "```mermaid\nflowchart BT" in report
    assert "## Chinchilla · scaled from · Gopher" in report and "> “We test this hypothesis" in report


def test_wrong_days_and_kinds_are_refused(ask: Ask) -> None:
    assert ask("Chinchilla", "--as-of", "yesterday").exit_code == 2
    assert ask("Chinchilla", "--kind", "friendship").exit_code == 2

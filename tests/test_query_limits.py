"""Queries that run for ever, eat memory or end the engine; booleans, bound parameters, answers as pages."""

from __future__ import annotations

import json
import os
import signal
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import kg as command
from kg.errors import KgError, UsageError
from kg.worker import ask_in_worker

Ask = Callable[..., Result]
#: Doubles a text at each BIND: minutes and gigabytes for an engine that nothing stops.
DOUBLING = "SELECT ?z WHERE { BIND('xxxxxxxxxx' AS ?a0) " + "".join(
    f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(40)
) + "BIND(STRLEN(?a40) AS ?z) }"  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    place = tmp_path_factory.mktemp("seeds") / "graph.ttl"
    kg.build().write(place)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(command, ["query", *arguments, "--graph", str(place)])

    return run


def test_a_query_that_never_ends_is_stopped_with_one_sentence(ask: Ask) -> None:
    joins = " ".join(f"?a{n} ?p{n} ?b{n} ." for n in range(6))
    done = ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {joins} }}", "--timeout", "0.5")
    assert done.exit_code == 1 and "stopped after 0.5 seconds" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_query_that_takes_all_memory_ends_alone(ask: Ask) -> None:
    done = ask(DOUBLING, "--timeout", "20")
    assert done.exit_code == 1 and done.stderr.startswith("Error: the query")


def test_what_ends_the_engine_is_told_by_its_signal() -> None:
    with pytest.raises(KgError, match="SIGABRT"):
        ask_in_worker(lambda: os.kill(os.getpid(), signal.SIGABRT), 10)


def test_answers_and_errors_come_back_as_they_are() -> None:
    def refuse() -> None:
        raise UsageError("no", remedy="yes")

    assert ask_in_worker(lambda: {"a": [1, None]}, 10) == {"a": [1, None]}
    with pytest.raises(UsageError, match="no; yes"):
        ask_in_worker(refuse, 10)


def test_an_ask_is_a_boolean_in_json_and_xml(ask: Ask) -> None:
    for pattern, truth in (("?s kg:outperforms ?o", True), ("?s kg:outperforms ?s", False)):
        query = f"ASK {{ {pattern} }}"
        assert json.loads(ask(query, "--format", "json").stdout) == {"head": {}, "boolean": truth}
        root = ET.fromstring(ask(query, "--format", "xml").stdout)
        assert root.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == str(truth).lower()


@pytest.mark.parametrize(
    ("variable", "parameter", "rows"),
    [
        ("n", "n=70000000000", 3),
        ("m", "m=model:mistral-7b", 1),
        ("m", "m=<https://w3id.org/modelkin/id/model/mistral-7b>", 1),
        ("m", "m=x } ; DROP ALL #", 0),
    ],
)
def test_parameters_are_bound_as_terms(ask: Ask, variable: str, parameter: str, rows: int) -> None:
    done = ask("SELECT ?m ?n WHERE { ?m kg:parameterCount ?n }", "--param", parameter, "--format", "csv")
    assert done.exit_code == 0 and len(done.stdout.splitlines()) == 1 + rows, variable


def test_parameters_that_are_none_are_refused(ask: Ask) -> None:
    assert ask("ASK {}", "--param", "nonsense").exit_code == 2
    missing = ask("SELECT ?m WHERE { ?m a kg:Model }", "--param", "n=1")
    assert missing.exit_code == 2 and "does not select ?n" in missing.stderr


def test_the_answer_to_construct_becomes_a_page(ask: Ask, tmp_path: Path) -> None:
    page = tmp_path / "wins.html"
    query = "CONSTRUCT { ?a kg:outperforms ?b } WHERE { ?a kg:outperforms ?b }"
    assert ask(query, "--view", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert ask("ASK {}", "--view", str(page)).exit_code == 2

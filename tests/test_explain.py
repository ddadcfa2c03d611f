"""``kg query --explain``: a query taken apart; and long answers on a terminal go through a pager."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import kg as command


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("seeds") / "graph.ttl"
    kg.build().write(place)
    return place


def explained(place: Path, *arguments: str) -> str:
    done = CliRunner().invoke(command, ["query", *arguments, "--explain", "--graph", str(place)])
    assert done.exit_code == 0, done.output
    return done.output


def test_each_pattern_has_the_number_of_its_matches(place: Path) -> None:
    told = explained(place, "SELECT ?m ?n WHERE { ?m a kg:Model ; kg:parameterCount ?n FILTER(?n > 7) } LIMIT 2")
    models = re.search(r"\?m a kg:Model +(\d+)", told)
    asked = CliRunner().invoke(
        command,
        ["query", "SELECT (COUNT(?m) AS ?n) WHERE { ?m a kg:Model }", "--format", "csv", "--graph", str(place)],
    )
    assert models and models[1] == asked.output.split()[1]
    assert "keep where ?n > 7" in told and "rows 1 to 2" in told and "2 rows in" in told


def test_every_named_query_can_be_taken_apart(place: Path) -> None:
    listed = CliRunner().invoke(command, ["query", "--list", "--format", "csv", "--graph", str(place)])
    names = [line.split(",")[0] for line in listed.output.splitlines()[1:]]
    assert len(names) >= 24
    for name in names:
        assert "match" in explained(place, name)


def on_a_terminal(place: Path, *arguments: str) -> str:
    """Run the command in a terminal of five lines whose pager marks that it was used."""
    child, screen = pty.fork()
    if child == 0:
        os.environ.update(PAGER="sed s/^/PAGED:/", LINES="5", COLUMNS="100", NO_COLOR="1")
        os.execv(sys.executable, [sys.executable, "-m", "kg", *arguments, "--graph", str(place)])
    seen, end = b"", time.monotonic() + 60
    while time.monotonic() < end and select.select([screen], [], [], 60)[0]:
        try:
            piece = os.read(screen, 65536)
        except OSError:  # the other side is closed: Linux says so with an error
            break
        if not piece:
            break
        seen += piece
    os.close(screen)
    os.waitpid(child, 0)
    return seen.decode()


def test_long_answers_go_through_the_pager_of_a_terminal_and_short_ones_do_not(place: Path) -> None:
    assert "PAGED:" in on_a_terminal(place, "query", "models")
    assert "PAGED:" not in on_a_terminal(place, "query", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")

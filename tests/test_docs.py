"""Documentation that cannot rot: every command explains itself, and what the README shows is what happens."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from kg.analyses import MEASURES, PROJECTIONS
from kg.cli import kg

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COMMANDS = sorted(kg.commands)

_FENCE = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
#: Commands that the README may show and that a test does not run: they install, or open a window.
_NOT_RUN = re.compile(r"(pip|pipx|uv|git|make|cd|open|xdg-open|python -m venv|\.)\b")


class Shown(NamedTuple):
    """A command that the README shows, and the output that it shows for it."""

    line: int
    command: str
    output: str


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(name: str) -> None:
    command = kg.commands[name]
    help_ = command.get_help(click.Context(command, info_name=f"kg {name}"))
    assert command.help, f"kg {name} has no help"
    assert re.search(rf"^\s+(\S+ \| )?kg {name}\b", help_, re.MULTILINE), f"kg {name} --help shows no example"
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help, f"kg {name} {parameter.opts[0]} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_in_the_help_is_a_command_that_parses(name: str) -> None:
    import shlex

    examples = re.findall(rf"(?:^\s*|\| )kg ({name}\b[^|>\n]*)", kg.commands[name].help or "", re.MULTILINE)
    assert examples
    for example in examples:
        words = shlex.split(example)
        kg.commands[words[0]].make_context(words[0], words[1:], resilient_parsing=False)


def test_the_help_of_rank_tells_each_line_of_its_tables() -> None:
    command = kg.commands["rank"]
    help_ = " ".join(command.get_help(click.Context(command, info_name="kg rank")).split())
    for table in (PROJECTIONS, MEASURES):
        for name, function in table.items():
            assert f"{name} {(function.__doc__ or '').split()[0]}" in help_


@pytest.fixture(scope="module")
def readme() -> str:
    if not README.exists() or not README.read_text(encoding="utf-8").strip():
        pytest.skip("the README is not written yet")
    return README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_mentioned_in_the_readme(readme: str, name: str) -> None:
    assert re.search(rf"\bkg {name}\b", readme), f"README.md does not mention kg {name}"


def test_what_the_readme_shows_is_what_happens(readme: str, tmp_path: Path) -> None:
    """Run every ``console`` block in order, in one directory that starts with the bundled listing as papers.txt.

    Lines after ``$`` are commands; what follows is their output, in which ``...`` stands for anything.
    """
    (tmp_path / "papers.txt").write_bytes((ROOT / "kg" / "data" / "papers.txt").read_bytes())
    checker = doctest.OutputChecker()
    ran = 0
    for shown in iter_shown(readme):
        if _NOT_RUN.match(shown.command):
            continue
        got = run_shown(shown.command, tmp_path)
        fits = checker.check_output(shown.output, got, doctest.ELLIPSIS)
        assert fits, f"README.md:{shown.line}: {shown.command}\n--- shown\n{shown.output}--- got\n{got}"
        ran += 1
    assert ran, "the README shows no command"


def iter_shown(text: str) -> Iterator[Shown]:
    """Yield the commands of the ``console`` blocks with the output shown for each."""
    for block in _FENCE.finditer(text):
        first = text.count("\n", 0, block.start(1)) + 1
        lines = block[1].splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        assert starts and starts[0] == 0, f"README.md:{first}: a console block begins with a command after '$ '"
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            command, rest = lines[start][2:], start + 1
            while command.endswith("\\"):
                command, rest = command[:-1] + lines[rest].removeprefix("> "), rest + 1
            yield Shown(first + start, command, "".join(f"{line}\n" for line in lines[rest:end]))


def run_shown(command: str, directory: Path) -> str:
    """Run a command with ``kg`` on the path, and give what a person would see of it: output and errors together."""
    bin_ = directory / ".bin"
    bin_.mkdir(exist_ok=True)
    (bin_ / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    (bin_ / "kg").chmod(0o755)
    environment = {**os.environ, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, shell=True, cwd=directory, env=environment, text=True, encoding="utf-8", timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return done.stdout


def test_the_runner_finds_commands_and_their_output() -> None:
    text = "Intro\n\n```console\n$ echo one\none\n$ echo \\\n> two\ntwo\n```\n\n```python\n$ no\n```\n"
    assert list(iter_shown(text)) == [Shown(4, "echo one", "one\n"), Shown(6, "echo two", "two\n")]


def test_the_runner_shows_what_a_person_would_see(tmp_path: Path) -> None:
    assert "Error: No such command 'nonsense'" in run_shown("kg nonsense", tmp_path)

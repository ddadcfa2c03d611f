"""The command ``kg``: arguments, printing and exit codes. Each command opens, calls the library, and prints.

Data go to standard output, progress and warnings to standard error. Exit codes: 0 done, 1 does not conform or not
found, 2 wrong usage, 3 input could not be read or output not written; 130 interrupted, 141 the reader went away.
"""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

import sys

import click

from kg.cli.ask import lineage, why
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.completion import completion
from kg.cli.diff import diff
from kg.cli.evaluate import evaluate
from kg.cli.export import export
from kg.cli.family import family, path, timeline
from kg.cli.look import view
from kg.cli.mcp import mcp
from kg.cli.people import people
from kg.cli.query import query
from kg.cli.rank import rank
from kg.cli.read import claims, papers, triples
from kg.cli.rules import rules
from kg.cli.serve import serve
from kg.cli.terminal import Commands, show_version, utf8

__all__ = ["kg", "main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version, help="Show the version."
)
def kg() -> None:
    """Build and ask a knowledge graph of AI papers, models and their lineage.

    Every fact comes with the sentence of the paper that states it.

    \b
    kg build papers.txt                    a listing into output/
    kg lineage Magistral                   what it descends from, with the sentences
    kg why "Mixtral 8x7B" "Mistral 7B"     what joins the two
    kg rank authors --by betweenness       who links the others
    """


for command in (
    build, papers, claims, triples, query, lineage, why, path, family, timeline, people, rank, diff, export, view,
    serve,
    check, rules, evaluate, mcp, completion,
):  # fmt: skip
    kg.add_command(command)


def main() -> None:
    """Run the command line of the process: ``kg`` and ``python -m kg``."""
    for stream in (sys.stdout, sys.stderr):
        utf8(stream)
    kg(prog_name="kg")

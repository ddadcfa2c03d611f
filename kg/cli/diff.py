"""``kg diff``: what a later graph has that an earlier one had not."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.graphs import open_knowledge, open_triples
from kg.cli.terminal import emit, format_option, painter

__all__ = ["diff"]


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@format_option("text", "json", "sparql")
def diff(old: Path, new: Path, format_: str) -> None:
    """Tell how two graphs differ.

    What appeared, what went, what rests on other sentences now. OLD and NEW are output directories, stores or Turtle
    files. As SPARQL it is an update: deletions and insertions that turn OLD into NEW in any SPARQL store.

    \b
    kg diff graphs/monday graphs/today
    kg diff graphs/monday graphs/today --format sparql > patch.ru
    """
    from kg.reports.diff import render_diff, render_diff_json, render_update

    if format_ == "sparql":
        emit(render_update(open_triples(old), open_triples(new)))
        return
    from kg.analyses.diff import difference

    found = difference(open_knowledge(old), open_knowledge(new))
    emit(render_diff(found, paint=painter()) if format_ == "text" else render_diff_json(found))
    counts = (len(found.appeared), len(found.went), len(found.changed))
    click.echo("{} appeared, {} went, {} changed".format(*counts), err=True)

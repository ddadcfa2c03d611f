"""``kg build``: from listings to a graph on disk."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from kg.cli.read import reading_options, to_reading
from kg.cli.terminal import confidence_option, progress, report_failures

__all__ = ["build"]

_STRICT_FAILED = 3


@click.command()
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@click.option(
    "-o",
    "--output",
    default="output",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The directory to write to.",
)
@click.option(
    "--same",
    multiple=True,
    metavar="FILE.ttl",
    type=click.Path(path_type=Path),
    help="Which names mean the same and which do not, as in ontology/same.ttl; it overrules all rules.",
)
@confidence_option
@reading_options
def build(
    inputs: tuple[str, ...],
    output: Path,
    same: tuple[Path, ...],
    min_confidence: float,
    as_of: datetime | None,
    input_format: str,
    strict: bool,
) -> None:
    """Build a graph from listings of papers.

    Writes graph.ttl, graph.html, store/ and report.md into the output directory, all or none of them. Without an
    INPUT it reads the bundled listing; - is standard input. Entries that cannot be read are listed, the rest is built.

    \b
    kg build papers.txt
    kg build papers.txt more.txt -o graphs/today
    kg build papers.txt --same same.ttl
    pbpaste | kg build - --as-of 2026-04-01
    """
    from kg import pipeline
    from kg.reports.build import render_summary

    reading = replace(to_reading(as_of, input_format), same=same, min_confidence=min_confidence)
    with progress() as tell:
        summary = pipeline.build(inputs, output, reading, tell)
    report_failures(summary.failures)
    click.echo(render_summary(summary), err=True)
    if summary.failures:
        click.echo(f"{_entries(len(summary.failures))} could not be read; see {output / 'report.md'}", err=True)
    page = output / pipeline.OUTPUTS["page"]
    click.echo(f"wrote {output}; open {page}, or try: {_suggestion(output)}", err=True)
    if summary.failures and strict:
        click.get_current_context().exit(_STRICT_FAILED)


def _suggestion(output: Path) -> str:
    return "kg rank models" if output == Path("output") else f"kg rank models --graph {output}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"

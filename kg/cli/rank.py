"""``kg rank``: who and what stands in the middle."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.graphs import graph_option, open_network
from kg.cli.terminal import Table, confidence_option, emit, format_option

__all__ = ["rank"]

_DIGITS = 6


def _projections() -> Iterable[str]:
    from kg.analyses import PROJECTIONS

    return PROJECTIONS


def _measures() -> Iterable[str]:
    from kg.analyses import MEASURES

    return MEASURES


class _Rank(click.Command):
    """A command whose help tells of each line of the tables, in the words of its docstring."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what can be ranked, and by what."""
        from kg.analyses import MEASURES, PROJECTIONS

        for heading, table in (("What is ranked", PROJECTIONS), ("By what", MEASURES)):
            with formatter.section(heading):
                formatter.write_dl([(name, _sentence(function)) for name, function in table.items()])


def _sentence(function: object) -> str:
    return (function.__doc__ or "").partition("\n")[0].replace("``", "")


@click.command(cls=_Rank)
@click.argument("what", type=Table(_projections))
@click.option("--by", "measure", type=Table(_measures), default="pagerank", show_default=True, help="The measure.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many places to show.")
@confidence_option
@format_option("table", "json", "csv", "tsv", "markdown")
@graph_option
def rank(what: str, measure: str, top: int, min_confidence: float, format_: str, graph: Path) -> None:
    """Rank authors, models, papers or labs.

    Each is measured in the network that suits it, by networkx; equal scores are in the order of the names.

    \b
    kg rank authors --by betweenness
    kg rank models --top 5 --format markdown
    """
    from kg.analyses import MEASURES, PROJECTIONS
    from kg.analyses import rank as rank_nodes
    from kg.reports.tables import render_table

    network = open_network(graph, min_confidence)
    places = rank_nodes(network, PROJECTIONS[what](network), MEASURES[measure])[:top]
    if format_ == "table":
        short = [(place.position, place.node.label, f"{place.score:.{_DIGITS}f}") for place in places]
        emit(render_table(("rank", "name", measure), short))
    else:
        exact = [(place.position, place.node.label, place.score, place.node.iri) for place in places]
        emit(render_table(("rank", "name", measure, "iri"), exact, format_))
    if not places:
        click.echo(f"There are no {what} in this graph.", err=True)

"""``kg rank``: who and what stands in the middle."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.graphs import graph_option, open_network
from kg.cli.terminal import Table, confidence_option, emit, format_option, plot_option, save_plot

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
@plot_option
@graph_option
def rank(
    what: str, measure: str, top: int, min_confidence: float, format_: str, plot: Path | None, graph: Path
) -> None:
    """Rank authors, models, papers, labs or families.

    Each is measured in the network that suits it (below), where links with a direction lead from the newer to the
    older, so that attention gathers at what others build on. Scores are those of networkx; equal ones are in the order
    of the names. In a graph of very many links betweenness is an estimate, and says so.

    \b
    kg rank authors --by betweenness
    kg rank models --top 5 --format markdown
    kg rank families --by descendants --plot families.svg
    """
    from kg.analyses import MEASURES, PROJECTIONS, pivots
    from kg.analyses import rank as rank_nodes
    from kg.reports.tables import render_table

    network = open_network(graph, min_confidence)
    projection = PROJECTIONS[what](network)
    if measure == "betweenness" and (drawn := pivots(projection)) < len(projection):
        click.echo(f"estimated from the shortest paths that start at {drawn} of {len(projection)} {what}", err=True)
    places = rank_nodes(network, projection, MEASURES[measure])[:top]
    if format_ == "table":
        short = [(place.position, place.node.label, _short(place.score, measure)) for place in places]
        emit(render_table(("rank", "name", measure), short))
    else:
        exact = [(place.position, place.node.label, place.score, place.node.iri) for place in places]
        emit(render_table(("rank", "name", measure, "iri"), exact, format_))
    if not places:
        click.echo(f"There are no {what} in this graph.", err=True)
    if plot:
        from kg.plots import draw_ranking

        save_plot(draw_ranking(places, title=f"{what.capitalize()} by {measure}"), plot)


def _short(score: float, measure: str) -> str:
    """Write a score for people: a count as a whole number."""
    return f"{score:.0f}" if measure == "descendants" else f"{score:.{_DIGITS}f}"

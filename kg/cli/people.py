"""``kg people``: who links two things, who moved between laboratories, and what flows between them."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import NAME, graph_option, open_network
from kg.cli.terminal import confidence_option, emit, format_option, painter
from kg.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["people"]


@click.command()
@click.argument("a", type=NAME, required=False)
@click.argument("b", type=NAME, required=False)
@click.option("--flow", is_flag=True, help="How many persons were seen at one laboratory and next at another.")
@confidence_option
@format_option("text", "json", "csv", "markdown")
@graph_option
def people(a: str | None, b: str | None, flow: bool, min_confidence: float, format_: str, graph: Path) -> None:
    """Tell who links two things, or who moved.

    A and B are laboratories, models, families or papers: who wrote for both, in order of time; where there is nobody,
    who of the one wrote with whom of the other. Without them: who was seen at two laboratories or more, and when.

    A person is seen at the laboratory that produced a paper, or develops what it introduces. What a listing shows
    beside the authors does not count: it says neither whose affiliation it is nor who built the model. Author lists
    that end in "et al." hide people, and a person is known by name: what is shown is shown by papers, the rest is open.

    \b
    kg people Chinchilla "Mistral 7B"
    kg people "Google DeepMind" "Mistral AI"
    kg people
    kg people --flow --format markdown
    """
    if (a is None) != (b is None) or (flow and a is not None):
        raise UsageError("give two names, or none", remedy='such as kg people Chinchilla "Mistral 7B"')
    if format_ in ("csv", "markdown") and not flow:
        raise UsageError(f"only --flow is a table to write as {format_}", remedy="choose text or json")
    network = open_network(graph, min_confidence)
    if a is not None and b is not None:
        _links(network, a, b, format_)
    else:
        _moves(network, format_, flow=flow)


def _links(network: nx.MultiDiGraph[str], a: str, b: str, format_: str) -> None:
    from kg import analyses
    from kg.analyses.links import links, papers_about, truncated
    from kg.reports.people import render_links, render_links_json

    here, there = (analyses.find(network, name)[0] for name in (a, b))
    found = links(network, here.iri, there.iri)
    if format_ == "json":
        emit(render_links_json(here, there, found))
    else:
        emit(render_links(here, there, found, paint=painter()))
    papers = [p for end in (here, there) for p in papers_about(network, end.iri)]
    hidden = len(truncated(network, papers))
    if hidden:
        lists = "list of authors ends" if hidden == 1 else "lists of authors end"
        click.echo(f"{hidden} {lists} in “et al.”: more people may link them.", err=True)
    if not found:
        raise NotFoundError(f"nobody in this graph links {here.label} and {there.label}")


def _moves(network: nx.MultiDiGraph[str], format_: str, *, flow: bool) -> None:
    from kg.analyses.moves import flows, moves
    from kg.reports.people import render_moves, render_moves_json
    from kg.reports.tables import render_table

    paths = moves(network)
    if flow:
        rows = [(one.label, other.label, count) for one, other, count in flows(paths)]
        emit(render_table(("from", "to", "persons"), rows, "table" if format_ == "text" else format_))
    else:
        emit(render_moves_json(paths) if format_ == "json" else render_moves(paths, paint=painter()))
    if not paths:
        click.echo("Nobody in this graph was seen at two laboratories.", err=True)

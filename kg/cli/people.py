"""``kg people``: who links what, who moved between laboratories, who matters to a family, who belongs together."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import NAME, graph_option, open_network
from kg.cli.terminal import confidence_option, emit, format_option, painter, plot_option, save_plot, terminal_width
from kg.errors import NotFoundError

if TYPE_CHECKING:
    from kg.reports.tables import Row

__all__ = ["people"]

_FORMATS = ("text", "json", "csv", "tsv", "markdown")


@click.group()
def people() -> None:
    """Tell who links labs and models, and who moved between labs.

    All of it rests on papers: on the authors that are listed, and on the labs behind a paper, which produced it or
    develop a model that it introduces. That a person wrote for a lab is what may be said; whom they work for is not in
    the graph, and what a listing shows beside the authors is nobody's affiliation for sure and is not used. Author
    lists that end in "et al." hide people, a person is known by name alone, and answers say where that matters.

    \b
    kg people links Gopher "Mistral 7B"     who joins the authors of the two
    kg people moves "Arthur Mensch"         for which labs, when, by which papers
    kg people flows --plot flows.svg        from lab to lab, as a matrix and a picture
    kg people key Voxtral                   who wrote most papers of a family
    kg people groups                        who writes with whom
    """


@people.command()
@click.argument("a", type=NAME)
@click.argument("b", type=NAME)
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="How many chains to show.")
@confidence_option
@format_option(*_FORMATS)
@graph_option
def links(a: str, b: str, top: int, min_confidence: float, format_: str, graph: Path) -> None:
    """Tell who links A and B: labs, models, families, papers or people.

    Who is listed with both, in order of time; where nobody is, the shortest chains of co-authors, each step with the
    papers that the two wrote together. Without any chain the exit code is 1.

    \b
    kg people links Chinchilla "Mistral 7B"
    kg people links deepmind "mistral ai" --format csv
    """
    from kg import analyses
    from kg.reports import people as reports

    network = open_network(graph, min_confidence)
    answer = analyses.links(network, analyses.work_of(network, a), analyses.work_of(network, b), most=top)
    if not answer.chains:
        hidden = f" {answer.hidden} of their author lists end in “et al.” and may hide one" if answer.hidden else ""
        what = f"no chain of co-authors joins {answer.start.label} and {answer.end.label} in this graph"
        raise NotFoundError(f"{what};{hidden}" if hidden else what)
    if format_ == "text":
        emit(reports.render_links(answer, width=terminal_width(), paint=painter()))
    elif format_ == "json":
        emit(reports.render_links_json(answer))
    else:
        _emit_rows(reports.links_to_rows(answer), format_)


@people.command()
@click.argument("names", type=NAME, nargs=-1)
@confidence_option
@format_option(*_FORMATS)
@plot_option
@graph_option
def moves(names: tuple[str, ...], min_confidence: float, format_: str, plot: Path | None, graph: Path) -> None:
    """Tell for which labs people wrote, and who moved.

    For the persons NAMES, or for all who wrote for more than one lab. A move lies between the last paper for one lab
    and the first for the next. It is not shown, and the reasons stand below it, where the person wrote for the first
    lab later or for the second earlier; where a paper of either lab then has an author list that ends in "et al." and
    may hide the name; where both labs stand behind one paper; where a date is not known to the day; or where the name
    may be that of another person.

    \b
    kg people moves
    kg people moves "Arthur Mensch" "Jordan Hoffmann"
    kg people moves --plot careers.svg
    """
    from kg import analyses
    from kg.reports import people as reports

    network = open_network(graph, min_confidence)
    wanted = [analyses.find(network, name, ("Person",))[0].iri for name in names]
    found = analyses.careers(network, wanted)
    if format_ == "text":
        emit(reports.render_careers(found, width=terminal_width(), paint=painter()))
    elif format_ == "json":
        emit(reports.render_careers_json(found))
    else:
        _emit_rows(reports.careers_to_rows(found), format_)
    if not found:
        click.echo("No author of this graph wrote for more than one lab.", err=True)
    if plot:
        from kg.plots import draw_careers

        save_plot(draw_careers(found, title="Who wrote for which lab"), plot)


@people.command()
@confidence_option
@format_option(*_FORMATS)
@plot_option
@graph_option
def flows(min_confidence: float, format_: str, plot: Path | None, graph: Path) -> None:
    """Show the moves from lab to lab as a matrix.

    Rows are the labs that people come from, columns those that they go to. A number in brackets counts moves that the
    papers suggest and do not show; `kg people moves` says why. CSV and Markdown have a row for each pair of labs.

    \b
    kg people flows
    kg people flows --format json
    kg people flows --plot flows.svg
    """
    from kg import analyses
    from kg.reports import people as reports

    found = analyses.flows(open_network(graph, min_confidence))
    if format_ == "json":
        emit(reports.render_flows_json(found))
    elif format_ != "text":
        _emit_rows(reports.flows_to_rows(found), format_)
    elif found:
        emit(reports.render_flows(found, width=terminal_width(), paint=painter()))
    if not found:
        click.echo("No author of this graph wrote for one lab and then for another.", err=True)
    if plot:
        from kg.plots import draw_flows

        save_plot(draw_flows(found, title="From lab to lab"), plot)


@people.command()
@click.argument("name", type=NAME)
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many people to show.")
@confidence_option
@format_option(*_FORMATS)
@graph_option
def key(name: str, top: int, min_confidence: float, format_: str, graph: Path) -> None:
    """Tell who wrote most papers of a family, a model or a lab.

    By the number of papers, then of papers that the person leads. Who is named first leads a paper, unless its author
    list is in the order of the alphabet, where that says nothing.

    \b
    kg people key Voxtral
    kg people key "mistral ai" --top 5 --format markdown
    """
    from kg import analyses
    from kg.reports import people as reports

    network = open_network(graph, min_confidence)
    node, papers = analyses.work_of(network, name)
    found = analyses.key_people(network, papers)[:top]
    if format_ == "json":
        emit(reports.render_key_people_json(found))
    else:
        headers, rows = reports.key_people_to_rows(found)
        if format_ == "text":
            headers, rows = headers[:-1], [row[:-1] for row in rows]
        _emit_rows((headers, rows), "table" if format_ == "text" else format_)
    hidden = sum(bool(network.nodes[paper].get("truncated")) for paper in papers)
    if hidden:
        of = "1 paper" if len(papers) == 1 else f"{len(papers)} papers"
        click.echo(f"{hidden} of {of} of {node.label} hide authors behind “et al.”.", err=True)


@people.command()
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many groups to show.")
@click.option(
    "--resolution", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True,
    help="Above 1 for smaller groups, below for larger ones.",
)  # fmt: skip
@confidence_option
@format_option(*_FORMATS)
@graph_option
def groups(top: int, resolution: float, min_confidence: float, format_: str, graph: Path) -> None:
    """Tell which authors write with one another more than with others.

    By the Louvain method on the network of co-authors, weighted by shared papers, with a fixed seed: equal graphs give
    equal groups. Within a group, those with most co-authors in it come first.

    \b
    kg people groups
    kg people groups --resolution 0.5 --format csv
    """
    from kg import analyses
    from kg.reports import people as reports

    found = analyses.communities(open_network(graph, min_confidence), resolution=resolution)[:top]
    if format_ == "text":
        emit(reports.render_communities(found, width=terminal_width(), paint=painter()))
    elif format_ == "json":
        emit(reports.render_communities_json(found))
    else:
        _emit_rows(reports.communities_to_rows(found), format_)
    if not found:
        click.echo("No two authors of this graph wrote together.", err=True)


def _emit_rows(table: tuple[tuple[str, ...], list[Row]], format_: str) -> None:
    from kg.reports.tables import render_table

    emit(render_table(*table, format_))

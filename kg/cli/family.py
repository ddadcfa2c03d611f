"""``kg family``, ``kg timeline`` and ``kg path``: a family at a glance, what came when, what chain joins two things."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import NAME, graph_option, open_around, open_between, open_network
from kg.cli.terminal import (
    Table,
    confidence_option,
    emit,
    format_option,
    painter,
    plot_option,
    save_plot,
    terminal_width,
)
from kg.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from kg.answers import Node

__all__ = ["family", "path", "timeline"]

#: So many rows still make a picture.
_MOST_DRAWN = 150


@click.command()
@click.argument("name", type=NAME)
@confidence_option
@format_option("text", "markdown", "json")
@graph_option
def family(name: str, min_confidence: float, format_: str, graph: Path) -> None:
    """Show a family of models at a glance.

    Its members by date with sizes, licences and what they descend from; then where the stated licence changes along
    a step of descent, who wrote two or more of its papers, and its results. A name that is no family's shows the
    variants of the thing.

    \b
    kg family Mistral
    kg family Gemini --format markdown
    """
    from kg import analyses
    from kg.analyses.family import family_card
    from kg.reports.family import render_family, render_family_json

    kin = analyses.KIN
    network = open_network(graph, min_confidence) if min_confidence else open_around(graph, [name], kin, "near")
    node = analyses.find(network, name, kin)[0]
    card = family_card(network, node.iri)
    emit(render_family_json(card) if format_ == "json" else render_family(card, format_, paint=painter()))


@click.command()
@click.argument("name", type=NAME, required=False)
@confidence_option
@format_option("table", "markdown", "json", "csv", "tsv")
@plot_option
@graph_option
def timeline(name: str | None, min_confidence: float, format_: str, plot: Path | None, graph: Path) -> None:
    """Show what came when.

    The papers by date, each with what it introduces. With a NAME only those of a family, a model, a laboratory or
    a person.

    \b
    kg timeline
    kg timeline "Mistral AI"
    kg timeline Gemini --plot gemini.svg
    """
    from kg import analyses
    from kg.analyses.links import papers_for
    from kg.reports.family import render_timeline

    network = open_network(graph, min_confidence)
    papers = analyses.timeline(network)
    if name is not None:
        about = {paper for node in analyses.find(network, name)[:1] for paper in papers_for(network, node.iri)}
        papers = [item for item in papers if item[0].iri in about]
        if not papers:
            raise NotFoundError(f"no paper of this graph is about {name!r}")
    if plot:
        _plot_timeline(papers, name, plot)
    emit(render_timeline(papers, format_))


def _plot_timeline(papers: Sequence[tuple[Node, tuple[Node, ...]]], name: str | None, plot: Path) -> None:
    """Draw a row a paper, called by what it introduces."""
    if len(papers) > _MOST_DRAWN:
        raise UsageError(
            f"{len(papers)} papers are too many for a picture", remedy="name a family, model, lab or person"
        )
    from kg.plots import draw_timeline

    rows = [replace(paper, label=", ".join(made.label for made in introduced) or paper.label)
            for paper, introduced in papers]  # fmt: skip
    save_plot(draw_timeline(rows, title=f"What {name} brought" if name else "What came when"), plot)


def _ways() -> Iterable[str]:
    from kg.analyses.why import VIA

    return VIA


@click.command()
@click.argument("a", type=NAME)
@click.argument("b", type=NAME)
@click.option("--via", type=Table(_ways), default="any", show_default=True, help="Over which claims.")
@confidence_option
@format_option("text", "json")
@graph_option
def path(a: str, b: str, via: str, min_confidence: float, format_: str, graph: Path) -> None:
    """Find the shortest chain of claims between two.

    Each step comes with its sentence. Claims are followed in both directions, over descent, comparisons, people,
    papers, laboratories and benchmarks, or only over those of one kind. Of several shortest chains the one with the
    most stated steps is shown.

    \b
    kg path Gopher "Mistral 7B" --via people
    kg path Chinchilla Magistral
    """
    from kg import analyses
    from kg.analyses.why import VIA
    from kg.analyses.why import path as find_path
    from kg.reports.why import render_why, render_why_json

    joins, people = [VIA[via]], via == "people"
    network = open_network(graph, min_confidence) if min_confidence else open_between(graph, a, b, joins, people=people)
    starts, ends = analyses.find(network, a), analyses.find(network, b)
    if people:  # it leads over papers and persons: begin at the papers that introduce the two
        from kg.analyses.links import papers_for

        ways = [[p for node in nodes for p in papers_for(network, node.iri)] for nodes in (starts, ends)]
        iris = [[*(node.iri for node in nodes), *papers] for nodes, papers in zip((starts, ends), ways, strict=True)]
    else:
        iris = [[node.iri for node in nodes] for nodes in (starts, ends)]
    answer = find_path(network, iris[0], iris[1], via)
    if answer is None:
        raise NotFoundError(f"no chain of claims joins {starts[0].label} and {ends[0].label} in this graph")
    emit(render_why_json(answer) if format_ == "json" else render_why(answer, width=terminal_width(), paint=painter()))

"""``kg lineage`` and ``kg why``: what things descend from, and what joins them."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.graphs import NAME, graph_option, open_around, open_between, open_knowledge, open_network
from kg.cli.terminal import confidence_option, emit, format_option, painter, terminal_width
from kg.errors import NotFoundError

__all__ = ["lineage", "why"]

_NOT_SAME = 1


@click.command()
@click.argument("name", type=NAME)
@click.option("--down", is_flag=True, help="What descends from it, instead of what it descends from.")
@click.option("--depth", type=click.IntRange(min=0), default=50, show_default=True, help="How many steps to take.")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(["weights", "design", "succession"]),
    multiple=True,
    help="Follow only such steps: weights passed on, shared design, succession; may be given several times.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="What could be known on this day: later papers and what they introduce are left out.",
)
@confidence_option
@format_option("tree", "json", "mermaid", "dot", "svg", "markdown")
@graph_option
def lineage(
    name: str,
    down: bool,
    depth: int,
    kinds: tuple[str, ...],
    as_of: datetime | None,
    min_confidence: float,
    format_: str,
    graph: Path,
) -> None:
    """Show what a model or family descends from.

    Each step comes with the sentence that states it. What no paper of the graph states says so: [curated: ...] with
    its source, [inferred: ...] with its reason. JSON nests nodes of iri, type, label, date, lab, relation (the
    claim, with all its evidence), repeated, cut, members, steps.

    \b
    kg lineage Magistral
    kg lineage "mistral 7b" --down
    kg lineage Magistral --format svg > magistral.svg
    kg lineage Mistral --down --as-of 2025-01-01 --kind weights
    """
    from kg import analyses
    from kg.reports import lineage as reports

    if as_of or min_confidence:  # what is left out may be a thing's only paper: of that only the whole graph tells
        network = open_network(graph, min_confidence, as_of=as_of.date() if as_of else None)
    else:
        network = open_around(graph, [name], analyses.KIN, "down" if down else "up")
    if kinds:
        network = analyses.of_kinds(network, [f"lineage-{kind}" for kind in kinds])
    node = analyses.find(network, name, analyses.KIN)[0]
    tree = analyses.lineage(network, node.iri, down=down, max_depth=depth)
    if format_ == "tree":
        emit(reports.render_tree(tree, width=terminal_width(), paint=painter()))
        if not (tree.members or tree.steps or tree.cut):
            direction = "descends from" if down else "is an ancestor of"
            click.echo(f"The graph states nothing that {direction} {node.label}.", err=True)
    elif format_ in ("json", "markdown"):
        emit((reports.render_json if format_ == "json" else reports.render_markdown)(tree))
    elif format_ == "svg":
        from kg.plots import draw_lineage, picture_text

        title = f"What descends from {node.label}" if down else f"What {node.label} descends from"
        emit(picture_text(draw_lineage(*reports.flatten(tree), title=title)))
    else:
        emit((reports.render_mermaid if format_ == "mermaid" else reports.render_dot)(tree))


@click.command()
@click.argument("a", type=NAME)
@click.argument("b", type=NAME)
@click.option("--same", is_flag=True, help="Whether the two names mean one thing, and why; if not, the exit code is 1.")
@confidence_option
@format_option("text", "json")
@graph_option
def why(a: str, b: str, same: bool, min_confidence: float, format_: str, graph: Path) -> None:
    """Tell what joins two things, and who says so.

    Every claim between them with its sentence and paper, or the shortest chain of claims. A and B are models,
    families, methods, benchmarks, people, labs or papers. Without any connection the exit code is 1.

    With --same, whether A and B are two names of one thing: by which rule or curated statement, and in which papers
    each name stands.

    \b
    kg why "Mixtral 8x7B" "Mistral 7B"
    kg why "magistral small" "mistral 7b" --format json
    kg why --same "A. Mensch" "Arthur Mensch"
    """
    if same:
        _why_same(a, b, min_confidence, format_, graph)
        return
    from kg import analyses
    from kg.analyses.why import TIERS
    from kg.reports.why import render_why, render_why_json

    network = open_network(graph, min_confidence) if min_confidence else open_between(graph, a, b, TIERS, direct=True)
    starts, ends = analyses.find(network, a), analyses.find(network, b)
    answer = analyses.why(network, [node.iri for node in starts], [node.iri for node in ends])
    if answer is None:
        raise NotFoundError(f"no connection between {starts[0].label} and {ends[0].label} in this graph")
    if format_ == "json":
        emit(render_why_json(answer))
    else:
        emit(render_why(answer, width=terminal_width(), paint=painter()))


def _why_same(a: str, b: str, min_confidence: float, format_: str, graph: Path) -> None:
    from kg import analyses
    from kg.reports.same import render_same, render_same_json

    answer = analyses.same(open_knowledge(graph, min_confidence), a, b)
    if format_ == "json":
        emit(render_same_json(answer))
    else:
        emit(render_same(answer, width=terminal_width(), paint=painter()))
    if not answer.same:
        click.get_current_context().exit(_NOT_SAME)

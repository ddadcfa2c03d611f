"""``kg mcp``: the graph as tools for an assistant."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.graphs import graph_option, open_triples
from kg.cli.terminal import confidence_option

__all__ = ["mcp"]


@click.command()
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True, metavar="SECONDS",
    help="Stop a query after so long.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(min=1), default=200, show_default=True, metavar="N",
    help="Give so many rows of a query at most.",
)  # fmt: skip
@confidence_option
@graph_option
def mcp(timeout: float, limit: int, min_confidence: float, graph: Path) -> None:
    """Serve the graph to an assistant.

    It speaks the Model Context Protocol over standard input and output, and has five tools that only read: search,
    facts, lineage, why and query. Each statement comes with the sentence that says so, its paper, rule and
    confidence, so that an assistant can cite it. The assistant starts the command itself: name it in its configuration,
    with the arguments below and the whole path of the graph.

    \b
    kg mcp --graph output
    """
    from kg.api import Graph
    from kg.assistant import make_server

    make_server(Graph(open_triples(graph, min_confidence)), timeout=timeout, most_rows=limit).run("stdio")

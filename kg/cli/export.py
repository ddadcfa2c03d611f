"""``kg export``: the graph for other tools."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.graphs import graph_option, open_knowledge
from kg.cli.terminal import Table, confidence_option

__all__ = ["export"]


def _formats() -> Iterable[str]:
    from kg.exports import FORMATS

    return FORMATS


@click.command()
@click.argument("format_", metavar="FORMAT", type=Table(_formats))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file or directory to write.")
@confidence_option
@graph_option
def export(format_: str, output: Path, min_confidence: float, graph: Path) -> None:
    """Write the graph for other tools.

    FORMAT is turtle, ntriples, jsonld, graphml, gexf (Gephi), neo4j (two CSV files for neo4j-admin import), sqlite, or
    parquet (two files; needs pyarrow). Edges carry basis, confidence, and the sentence with its paper, date and rule.

    \b
    kg export graphml -o graph.graphml
    kg export sqlite -o graph.db
    kg export neo4j -o neo4j/
    """
    from kg.exports import export as write

    write(open_knowledge(graph, min_confidence), format_, output)
    click.echo(f"wrote {output}", err=True)

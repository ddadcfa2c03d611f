"""``kg query``: SPARQL on the graph, by name, from a file or as text."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.graphs import graph_option, open_graph_store
from kg.cli.terminal import emit, format_option
from kg.errors import InputError, UsageError

__all__ = ["query"]


@click.command()
@click.argument("what", metavar="[NAME | SPARQL]", required=False)
@click.option("--file", "file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option("--list", "list_", is_flag=True, help="List the named queries.")
@format_option("table", "csv", "tsv", "json", "xml", "markdown", "turtle", "ntriples")
@click.option("--limit", type=click.IntRange(min=1), help="The most rows to give.")
@graph_option
def query(what: str | None, file: Path | None, list_: bool, format_: str, limit: int | None, graph: Path) -> None:
    """Ask the graph in SPARQL: a named query, a text, or a file.

    \b
    kg query --list
    kg query lineage
    kg query "SELECT ?m WHERE { ?m a kg:Model } LIMIT 5" --format csv
    kg query --file mine.rq --format json
    """
    if sum((what is not None, file is not None, list_)) != 1:
        raise UsageError(
            "give one of a NAME, a SPARQL text, --file and --list", remedy="kg query --list shows the names"
        )
    from kg.queries import comment_of, named_queries, query_text

    if list_:
        from kg.reports.tables import TABLE_FORMATS, render_table

        rows = [(name, comment_of(text)) for name, text in named_queries().items()]
        emit(render_table(("name", "answers"), rows, format_ if format_ in TABLE_FORMATS else "table"))
        return
    text = _read(file) if file else query_text(what or "")
    _answer(text, format_, limit, graph)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "this is not a text file" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error))
        raise InputError(reason, where=str(file), remedy="name a file with a SPARQL query") from error


def _answer(text: str, format_: str, limit: int | None, graph: Path) -> None:
    from kg.reports.rows import GRAPH_FORMATS, render_rows
    from kg.store import query as ask

    store = open_graph_store(graph)
    answer = ask(store, text, limit=limit)
    if format_ in GRAPH_FORMATS and not answer.is_graph:
        remedy = "ask with CONSTRUCT, or choose another format"
        raise UsageError(f"only CONSTRUCT and DESCRIBE give a graph to write as {format_}", remedy=remedy)
    emit(render_rows(answer, format_))
    if answer.truncated:
        click.echo(f"There are more than these {limit} rows.", err=True)

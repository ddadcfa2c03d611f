"""``kg query``: SPARQL on the graph, by name, from a file or as text."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

import difflib
import re
from pathlib import Path

import click

from kg.cli.graphs import graph_option, open_graph_store
from kg.cli.terminal import emit, format_option
from kg.errors import InputError, NotFoundError, UsageError

__all__ = ["query"]

_A_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


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
    if list_:
        from kg.reports.tables import TABLE_FORMATS, render_table

        rows = [(name, _comment(text)) for name, text in named_queries().items()]
        emit(render_table(("name", "answers"), rows, format_ if format_ in TABLE_FORMATS else "table"))
        return
    text = _read(file) if file else _named_or_text(what or "")
    _answer(text, format_, limit, graph)


def named_queries() -> dict[str, str]:
    """Read the queries of the ontology by name."""
    from kg.vocab import ontology_path

    paths = sorted(ontology_path("queries").glob("*.rq"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def _comment(text: str) -> str:
    """Give the comment at the head of a query: its help."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "this is not a text file" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error))
        raise InputError(reason, where=str(file), remedy="name a file with a SPARQL query") from error


def _named_or_text(what: str) -> str:
    """Take a single word as the name of a query, anything longer as SPARQL."""
    if not _A_NAME.fullmatch(what):
        return what
    queries = named_queries()
    if what in queries:
        return queries[what]
    near = tuple(difflib.get_close_matches(what, queries, n=3, cutoff=0.4))
    remedy = f"did you mean {' or '.join(near)}?" if near else "kg query --list shows the names"
    raise NotFoundError(f"there is no query named {what!r}", remedy=remedy, candidates=near)


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

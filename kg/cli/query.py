"""``kg query``: SPARQL on the graph, by name, from a file or as text."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import graph_option, open_graph_store
from kg.cli.terminal import emit, format_option, painter
from kg.errors import InputError, UsageError
from kg.model import IRI, Literal, Term

if TYPE_CHECKING:
    from kg.store import Rows

__all__ = ["query"]


@click.command()
@click.argument("what", metavar="[NAME | SPARQL]", required=False)
@click.option("--file", "file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option("--list", "list_", is_flag=True, help="List the named queries.")
@format_option("table", "csv", "tsv", "json", "xml", "markdown", "turtle", "ntriples")
@click.option("--limit", type=click.IntRange(min=1), help="The most rows to give.")
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Bind a selected variable: <IRI>, prefix:name, a number, or a text. It is bound as a term, never pasted.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after so long.",
)
@click.option("--explain", is_flag=True, help="Take the query apart, with the number of matches of each pattern.")
@click.option("--view", "page", type=click.Path(path_type=Path), help="Write the answer to CONSTRUCT as a page.")
@graph_option
def query(
    what: str | None,
    file: Path | None,
    list_: bool,
    format_: str,
    limit: int | None,
    parameters: tuple[str, ...],
    timeout: float,
    explain: bool,
    page: Path | None,
    graph: Path,
) -> None:
    """Ask the graph in SPARQL: a named query, a text, or a file.

    \b
    kg query --list
    kg query lineage
    kg query "SELECT ?m WHERE { ?m a kg:Model } LIMIT 5" --format csv
    kg query --file mine.rq --format json
    kg query ancestors --param descendant="Magistral Small"
    kg query lineage --explain
    kg query "SELECT ?m ?n WHERE { ?m kg:parameterCount ?n }" --param n=7000000000
    kg query "CONSTRUCT { ?a kg:outperforms ?b } WHERE { ?a kg:outperforms ?b }" --view wins.html
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
    bindings = dict(map(_parameter, parameters))
    if explain:
        _explain(text, bindings, limit, timeout, graph)
        return
    answer = _ask(text, bindings, limit, timeout, graph)
    if page is not None:
        _write_page(answer, page)
    else:
        _show(answer, format_)
    if parameters and not answer.rows:
        click.echo(
            "There are no such rows. A text is matched as the graph writes it: “Mistral 7B”, not “mistral”.", err=True
        )
    if answer.truncated:
        click.echo(f"There are more than these {limit} rows.", err=True)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "this is not a text file" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error))
        raise InputError(reason, where=str(file), remedy="name a file with a SPARQL query") from error


def _parameter(text: str) -> tuple[str, Term]:
    """Read ``name=value``: an IRI in angle brackets or with one of our prefixes, a number, or a text."""
    from kg.vocab import PREFIXES, XSD

    name, equals, value = text.partition("=")
    name = name.lstrip("?$")
    if not equals or not name.isidentifier():
        raise UsageError(f"the parameter {text!r} is no NAME=VALUE", remedy="such as --param n=7000000000")
    prefix, colon, local = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        return name, IRI(value[1:-1])
    if colon and prefix in PREFIXES and local and not local.startswith("//"):
        return name, IRI(PREFIXES[prefix] + local)
    if re.fullmatch(r"[+-]?\d+", value):
        return name, Literal(value, XSD.integer)
    if re.fullmatch(r"[+-]?\d*\.\d+", value):
        return name, Literal(value, XSD.decimal)
    return name, Literal(value)


def _ask(text: str, bindings: dict[str, Term], limit: int | None, timeout: float, graph: Path) -> Rows:
    from kg.store import query as ask
    from kg.worker import ask_in_worker

    answer: Rows = ask_in_worker(lambda: ask(open_graph_store(graph), text, bindings=bindings, limit=limit), timeout)
    return answer


def _explain(text: str, bindings: dict[str, Term], limit: int | None, timeout: float, graph: Path) -> None:
    from kg.analyses.explain import explain
    from kg.reports.explain import render_explanation
    from kg.worker import ask_in_worker

    found = ask_in_worker(lambda: explain(open_graph_store(graph), text, bindings=bindings, limit=limit), timeout)
    emit(render_explanation(found, paint=painter()))


def _show(answer: Rows, format_: str) -> None:
    from kg.reports.rows import GRAPH_FORMATS, render_rows

    if format_ in GRAPH_FORMATS and not answer.is_graph:
        remedy = "ask with CONSTRUCT, or choose another format"
        raise UsageError(f"only CONSTRUCT and DESCRIBE give a graph to write as {format_}", remedy=remedy)
    emit(render_rows(answer, format_))


def _write_page(answer: Rows, page: Path) -> None:
    from kg.reports.rows import triples_of
    from kg.viewer import triples_page, write_page

    if not answer.is_graph:
        raise UsageError("only CONSTRUCT and DESCRIBE give a graph to show", remedy="ask with CONSTRUCT")
    write_page(page, triples_page(triples_of(answer), title="The answer to a query"))
    click.echo(f"wrote {page}", err=True)

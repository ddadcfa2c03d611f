"""``kg view``: the page of the graph."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import NAME, graph_option, open_network
from kg.cli.terminal import confidence_option, emit
from kg.errors import OutputError, UsageError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["view"]


@click.command()
@click.argument("name", required=False, type=NAME)
@click.option("--depth", type=click.IntRange(min=1), help="Only what is at most so many steps from NAME.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
@click.option("--open/--no-open", "open_", default=None, help="Open a browser, or not. [default: on a terminal only]")
@confidence_option
@graph_option
def view(
    name: str | None, depth: int | None, output: Path | None, open_: bool | None, min_confidence: float, graph: Path
) -> None:
    """Show the graph as a page in a browser.

    Opens it at NAME if one is given, and prints where it is. The page is one file that needs no network. It was
    made by `kg build`; with -o, or where it is missing, it is drawn anew. So it is with --min-confidence or --depth,
    into a file beside it.

    \b
    kg view
    kg view Magistral
    kg view -o page.html --no-open
    kg view Mixtral --depth 2 -o mixtral.html
    """
    from kg.analyses import find
    from kg.ids import ID, slug
    from kg.pipeline import TITLE
    from kg.viewer import surroundings

    if depth and not name:
        raise UsageError("--depth needs a NAME to measure from", remedy="kg view Mixtral --depth 2")
    page = output or _page_of(graph, min_confidence)
    fragment = ""
    if name or output or min_confidence > 0 or not page.exists():
        network = open_network(graph, min_confidence)
        title = TITLE
        if name:
            found = find(network, name)[0]
            fragment = f"#node={found.iri.removeprefix(ID)}"
            if depth:
                network = surroundings(network, found.iri, depth)
                title = f"{found.label} and what is around it"
                page = output or page.with_stem(f"{page.stem}-{slug(found.label)}-{depth}")
        if depth or output or min_confidence > 0 or not page.exists():
            _write(page, network, title)
    address = page.resolve().as_uri() + fragment
    emit(f"{address if fragment else page}\n")
    if sys.stdout.isatty() if open_ is None else open_:
        click.launch(address)


def _write(page: Path, network: nx.MultiDiGraph[str], title: str) -> None:
    from kg.viewer import render_page, to_view, write_page

    try:
        write_page(page, render_page(to_view(network), title=title))
    except OSError as error:
        raise OutputError(error.strerror or str(error), where=str(page), remedy="choose another with -o") from error


def _page_of(graph: Path, min_confidence: float) -> Path:
    """Give the place of the page: in the output directory, or beside a store or a Turtle file.

    A page of the surer claims has a name of its own, such as ``graph-0.9.html``.
    """
    if graph.is_file():
        page = graph.with_suffix(".html")
    else:
        is_store = (graph / "CURRENT").exists()
        page = (graph.resolve().parent if is_store else graph) / "graph.html"
    return page.with_stem(f"{page.stem}-{min_confidence:g}") if min_confidence else page

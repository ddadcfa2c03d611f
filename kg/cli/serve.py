"""``kg serve``: the graph over HTTP, as a SPARQL endpoint with a query editor and the page."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from kg.cli.graphs import graph_option, open_triples, store_or_file
from kg.errors import KgError

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; others reach 0.0.0.0.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7878, show_default=True,
    help="The port; 0 takes a free one.",
)  # fmt: skip
@click.option(
    "--timeout", "--timeout-s", "seconds", type=click.FloatRange(min=0.1), default=10.0, show_default=True,
    metavar="SECONDS", help="Stop a query after so long.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(min=1), default=10_000, show_default=True, help="The most rows of an answer."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=12, show_default=True, help="How many queries run at a time."
)
@click.option(
    "--memory", type=click.IntRange(min=512), default=1024, show_default=True, metavar="MB",
    help="The most memory of a query.",
)  # fmt: skip
@click.option("--cors", is_flag=True, help="Let web pages of any site ask, on loopback too.")
@graph_option
def serve(host: str, port: int, seconds: float, limit: int, workers: int, memory: int, cors: bool, graph: Path) -> None:
    """Serve the graph over HTTP: SPARQL and the page.

    For reading only. Prints the address; there is the page of the graph, under /query the editor, under /sparql the
    endpoint, under /.well-known/void what is in it. A later `kg build` is served without a restart. Control-C ends it.

    \b
    kg serve
    kg serve --port 0 --timeout 5 --limit 1000
    kg serve --host 0.0.0.0
    """
    if not hasattr(os, "fork"):
        raise KgError("kg serve runs where processes can be forked: on Linux and macOS", remedy="use kg query here")
    try:
        from kg.server.front import serve as run
    except ImportError as error:
        what = f"kg serve needs {error.name}, which is not installed here"
        raise KgError(what, remedy='install it with pip install "modelkin[serve]"') from error
    from kg.server.settings import Settings, is_loopback

    if not is_loopback(host):
        click.echo(f"Warning: whoever reaches {host} can read this graph and ask it.", err=True)
    with ExitStack() as stack:
        place = store_or_file(graph)
        if place.is_file():
            from kg.store import build_store

            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-serve-")))
            build_store(open_triples(place), folder / "store")
            store, beside, dump = folder / "store", place.parent, place
        else:
            store, beside, dump = place, place.parent, place.parent / "graph.ttl"
        run(
            Settings(
                store=store,
                host=host,
                port=port,
                seconds=seconds,
                limit=limit,
                workers=workers,
                memory=memory * 2**20,
                any_origin=cors,
                page=beside / "graph.html",
                dump=dump,
            ),
            lambda address: _say(address, graph),
        )


def _say(address: str, graph: Path) -> None:
    click.echo(address)
    click.echo(f"serving {graph}; queries at {address}query, SPARQL at {address}sparql; Control-C ends it", err=True)

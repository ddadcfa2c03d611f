"""Where a command finds its graph: an output directory, a store, or a Turtle file; and names from it for the shell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import InputError

if TYPE_CHECKING:
    import networkx as nx
    from click.shell_completion import CompletionItem

    from kg.model import KnowledgeGraph, Triple
    from kg.store import Store

__all__ = ["NAME", "graph_option", "open_graph_store", "open_knowledge", "open_network", "open_triples"]

F = TypeVar("F", bound=Callable[..., Any])

_STORE, _TURTLE = "store", "graph.ttl"
_COMPLETIONS = 50


def graph_option(command: F) -> F:
    """Add ``--graph`` to a command that asks a graph."""
    return click.option(
        "--graph",
        default="output",
        show_default=True,
        type=click.Path(path_type=Path),
        help="The graph: an output directory, a store, or a Turtle file.",
    )(command)


def open_graph_store(graph: Path) -> Store:
    """Open the graph for queries; the store of an output directory where it has one, else its Turtle file.

    Raises
    ------
    InputError
        If there is no graph.

    """
    from kg.store import load_store, open_store

    place = _locate(graph)
    return open_store(place) if place.is_dir() else load_store(place)


def open_triples(graph: Path) -> Iterable[Triple]:
    """Read all triples of the graph."""
    from kg.store import iter_triples

    return iter_triples(open_graph_store(graph))


def open_knowledge(graph: Path) -> KnowledgeGraph:
    """Read the graph as papers, things and claims.

    Raises
    ------
    InputError
        If there is no graph, or it is RDF of another kind.

    """
    from kg.rdf import triples_to_graph

    try:
        return triples_to_graph(open_triples(graph))
    except (KeyError, ValueError) as error:
        what = f"this is RDF, but no graph that `kg build` wrote ({error})"
        raise InputError(what, where=str(graph), remedy="`kg check` says what is wrong with it") from error


def open_network(graph: Path) -> nx.MultiDiGraph[str]:
    """Read the graph as a network.

    Raises
    ------
    InputError
        If there is no graph, or it is RDF of another kind.

    """
    from kg.network import graph_to_network

    try:
        return graph_to_network(open_knowledge(graph))
    except (KeyError, ValueError) as error:
        what = f"this is RDF, but no graph that `kg build` wrote ({error})"
        raise InputError(what, where=str(graph), remedy="`kg check` says what is wrong with it") from error


def _locate(graph: Path) -> Path:
    if graph.is_file():
        return graph
    for place in (graph / _STORE, graph / _TURTLE):
        if place.exists():
            return place
    if (graph / "CURRENT").exists():
        return graph
    what = "there is no graph in this directory" if graph.is_dir() else "there is no such file or directory"
    raise InputError(what, where=str(graph), remedy="build one with `kg build`, or name another with --graph")


class _Name(click.ParamType[str]):
    """The name of something in the graph; the shell completes it from the labels."""

    name = "name"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the labels that begin so; a graph that cannot be read offers none."""
        from click.shell_completion import CompletionItem

        from kg.errors import KgError
        from kg.store import labels

        try:
            found = labels(open_graph_store(Path(ctx.params.get("graph") or "output")))
        except KgError:
            return []
        wanted = incomplete.casefold()
        near = sorted(label for label in found if label.casefold().startswith(wanted))
        return [CompletionItem(label) for label in near[:_COMPLETIONS]]


NAME = _Name()

"""Where a command finds its graph: an output directory, a store, or a Turtle file; and names from it for the shell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx
    from click.shell_completion import CompletionItem

    from kg.model import KnowledgeGraph, Triple
    from kg.store import Store

__all__ = [
    "NAME",
    "graph_option",
    "open_graph_store",
    "open_knowledge",
    "open_network",
    "open_triples",
    "store_or_file",
]

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

    place = store_or_file(graph)
    return open_store(place) if place.is_dir() else load_store(place)


def open_triples(graph: Path, min_confidence: float = 0.0) -> Iterable[Triple]:
    """Read all triples of the graph, or those of what is extracted with at least so much confidence."""
    from kg.store import iter_triples

    if not min_confidence:
        return iter_triples(open_graph_store(graph))
    from kg.rdf import graph_to_triples

    return graph_to_triples(open_knowledge(graph, min_confidence))


def open_knowledge(graph: Path, min_confidence: float = 0.0) -> KnowledgeGraph:
    """Read the graph as papers, things and claims, without what is extracted with less than ``min_confidence``.

    Raises
    ------
    InputError
        If there is no graph, or it is RDF of another kind.

    """
    from kg.confidence import keep_confident
    from kg.rdf import triples_to_graph

    try:
        return keep_confident(triples_to_graph(open_triples(graph)), min_confidence)
    except (KeyError, ValueError) as error:
        what = f"this is RDF, but no graph that `kg build` wrote ({error})"
        raise InputError(what, where=str(graph), remedy="`kg check` says what is wrong with it") from error


def open_network(graph: Path, min_confidence: float = 0.0, *, as_of: date | None = None) -> nx.MultiDiGraph[str]:
    """Read the graph as a network, without what is extracted with less than ``min_confidence``.

    With ``as_of`` it is the graph as it could be known on that day.

    Raises
    ------
    InputError
        If there is no graph, or it is RDF of another kind.

    """
    from kg.asof import known_by
    from kg.network import graph_to_network

    try:
        knowledge = open_knowledge(graph, min_confidence)
        return graph_to_network(known_by(knowledge, as_of) if as_of else knowledge)
    except (KeyError, ValueError) as error:
        what = f"this is RDF, but no graph that `kg build` wrote ({error})"
        raise InputError(what, where=str(graph), remedy="`kg check` says what is wrong with it") from error


def store_or_file(graph: Path) -> Path:
    """Find the store of an output directory, or its Turtle file, or what is named itself.

    Raises
    ------
    InputError
        If there is none of them.

    """
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

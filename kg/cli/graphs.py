"""Where a command finds its graph: an output directory, a store, or a Turtle file; and names from it for the shell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from kg.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx
    from click.shell_completion import CompletionItem

    from kg.model import KnowledgeGraph, Triple
    from kg.store import Store

__all__ = [
    "NAME",
    "graph_option",
    "open_around",
    "open_between",
    "open_graph_store",
    "open_knowledge",
    "open_network",
    "open_triples",
    "store_or_file",
]

#: Relations of these kinds lead from no thing to another, or say again what a nearer one says.
_NO_STEPS = ("quantity", "provenance", "bibliographic", "licensing", "lineage")

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


def open_around(
    graph: Path, names: Iterable[str], types: Collection[str], way: Literal["up", "down", "near"] = "up"
) -> nx.MultiDiGraph[str]:
    """Read of the graph what the things of these names descend from, what descends from them, or what is near.

    Near are a thing's members and variants, and what these descend from in one step. Families come with their
    members, things with their papers. Where a name is not written as in the graph all of it is read, to find what
    is meant; the lineage in it is the same.

    Raises
    ------
    InputError
        If there is no graph, or it is RDF of another kind.

    """
    from kg.analyses import find
    from kg.analyses.graph import kinds
    from kg.network import triples_to_network
    from kg.store import called, parents, part_triples, reached

    store = open_graph_store(graph)
    descent = [name for name, kind in kinds().items() if kind.startswith("lineage-")]
    belonging = [name for name, kind in kinds().items() if kind == "membership"]
    try:
        starts = {node.iri for name in names for node in find(triples_to_network(called(store, name)), name, types)}
    except NotFoundError:
        return open_network(graph)
    out, back = {"up": ([*descent, "variantOf"], []), "down": ([], descent), "near": ([], [])}[way]
    things = reached(store, starts, out, [*belonging, *back])
    if way == "near":
        things |= parents(store, things, descent)
    try:
        return triples_to_network(part_triples(store, things, [*descent, *belonging]))
    except (KeyError, ValueError) as error:
        what = f"this is RDF, but no graph that `kg build` wrote ({error})"
        raise InputError(what, where=str(graph), remedy="`kg check` says what is wrong with it") from error


def open_between(
    graph: Path, a: str, b: str, ways: Sequence[Callable[[str], bool]], *, direct: bool = False, people: bool = False
) -> nx.MultiDiGraph[str]:
    """Read of the graph what two names stand for, and what joins them.

    With ``direct`` that is all between the two, if there is anything, else the shortest way. A way leads over claims
    whose relation the first of ``ways`` lets through, or else the next; with ``people`` it may begin at the papers
    behind the two. Where a name is not written as in the graph all of it is read.
    """
    from kg.analyses import find
    from kg.analyses.graph import kinds
    from kg.analyses.links import papers_for
    from kg.analyses.ways import shortest_way
    from kg.network import triples_to_network
    from kg.store import are_stated, joined, named_so, parents, part_triples

    store = open_graph_store(graph)
    following = [name for name, kind in kinds().items() if kind not in _NO_STEPS]
    belonging = [name for name, kind in kinds().items() if kind == "membership"]
    try:
        ends = []
        for name in (a, b):
            things = named_so(store, name)
            things |= {member for thing in things for member in joined(store, thing, ["inFamily"])}
            things |= {paper for thing in things for paper in joined(store, thing, ["introduces"])}
            part = triples_to_network(part_triples(store, things, belonging))
            found = [node.iri for node in find(part, name)]
            ends.append([*found, *(paper for iri in found for paper in papers_for(part, iri))] if people else found)
    except NotFoundError:
        return open_network(graph)
    pairs = [(one, other) for one in ends[0] for other in ends[1] if one != other]
    chosen = {*ends[0], *ends[1]}
    beside = direct and any(other in joined(store, one, [*following, "creator"]) for one, other in pairs)
    for joins in () if beside else ways:
        names = [name for name in (*following, "creator") if joins(name)]
        near, stated = partial(joined, store, relations=names), partial(are_stated, store, relations=names)
        found_ways = [shortest_way(near, stated, one, other) for one, other in pairs]
        shortest = min(filter(None, found_ways), key=len, default=[])
        if shortest:
            chosen |= set(shortest)
            break
    chosen |= {member for thing in chosen for member in parents(store, [thing], ["inFamily"])}
    chosen |= {member for thing in sorted(chosen) for member in joined(store, thing, ["inFamily"])}
    relations = [
        name for name in following if name not in ("actsFor", "developer", "producedBy", "introduces", "hasResult")
    ]
    return triples_to_network(part_triples(store, chosen, relations))


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

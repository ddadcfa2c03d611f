"""The library from Python: build or load a graph and ask it, with the answers that the commands print as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.answers import Career, Connection, FamilyCard, Lineage, Links, Node, Ranked
from kg.errors import InputError, UsageError
from kg.model import KnowledgeGraph, Triple
from kg.rows import Answer, Value, to_term, to_value

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store

__all__ = ["Answer", "Graph", "Value", "build", "load", "text"]

#: A page of more things than this is not shown in a notebook of itself; a table of counts is.
_MOST_SHOWN = 3000
#: What each node of a network carries.
_NODE_KEYS = ("type", "label", "date", "lab")


class Graph:
    """A graph of claims. It is held in memory and never changed; everything is derived from it when first asked for.

    >>> import kg
    >>> graph = kg.build()
    >>> [node.label for node in graph.find("mixtral8x7b")]
    ['Mixtral 8x7B']
    >>> graph.rank("authors", by="betweenness")[0].node.label
    'Arthur Mensch'
    """

    def __init__(self, triples: Iterable[Triple], *, unread: Iterable[str] = ()) -> None:
        self._triples = tuple(triples)
        #: What of the input could not be read, a sentence each.
        self.unread = tuple(unread)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.counts().items())
        return f"<kg.Graph: {counts}>"

    def __len__(self) -> int:
        return len(self._triples)

    @property
    def triples(self) -> tuple[Triple, ...]:
        """The triples, in no order."""
        return self._triples

    @cached_property
    def knowledge(self) -> KnowledgeGraph:
        """The graph as papers, things and claims."""
        from kg.rdf import triples_to_graph

        try:
            return triples_to_graph(self._triples)
        except (KeyError, ValueError) as error:
            raise InputError(f"this is RDF, but no graph that `kg build` wrote ({error})") from error

    @cached_property
    def _network(self) -> nx.MultiDiGraph[str]:
        from kg.network import graph_to_network

        return graph_to_network(self.knowledge)

    @cached_property
    def _store(self) -> Store:
        from kg.store import store_of

        return store_of(self._triples)

    def counts(self) -> dict[str, int]:
        """Count papers, claims and things."""
        graph = self.knowledge
        return {"papers": len(graph.papers), "claims": len(graph.claims), "things": len(graph.entities)}

    def query(self, what: str, *, limit: int | None = None, **parameters: Value | Node) -> Answer:
        """Ask in SPARQL: a named query (``kg query --list``) or a text.

        Parameters
        ----------
        what : str
            The name of a query, or SPARQL 1.1 Query; our prefixes need no declaration.
        limit : int, optional
            The most rows to give.
        **parameters
            Values of variables that the query selects, bound as terms and never pasted into the text: a
            :class:`~kg.answers.Node`, an :class:`~kg.model.IRI`, a text or a number.

        Raises
        ------
        NotFoundError
            If a single word is no named query.
        UsageError
            If it is no SPARQL, or asks for what is not allowed.

        Examples
        --------
        >>> import kg
        >>> graph = kg.build()
        >>> rows = graph.query("SELECT ?f ?label WHERE { ?m kg:inFamily ?f ; rdfs:label ?label } ORDER BY ?label",
        ...                    f=graph.find("Mixtral")[0])
        >>> [row["label"] for row in rows]
        ['Mixtral 8x7B', 'Mixtral 8x7B - Instruct']

        """
        from kg.queries import query_text
        from kg.store import query

        bindings = {name: to_term(name, value) for name, value in parameters.items()}
        rows = query(self._store, query_text(what), bindings=bindings, limit=limit)
        return Answer(rows.columns, ([to_value(term) for term in row] for row in rows.rows))

    def find(self, name: str) -> list[Node]:
        """Find what a name stands for, the thing most likely meant first; see :func:`kg.analyses.find`."""
        from kg import analyses

        return analyses.find(self._network, name)

    def lineage(self, name: str, *, down: bool = False, max_depth: int = 50) -> Lineage:
        """Find what a model or family descends from, or with ``down`` what descends from it, with the sentences."""
        from kg import analyses

        node = analyses.find(self._network, name, analyses.KIN)[0]
        return analyses.lineage(self._network, node.iri, down=down, max_depth=max_depth)

    def why(self, one: str, other: str) -> Connection | None:
        """Find what joins two things: every claim between them, or the shortest chain of claims; None if nothing."""
        from kg import analyses

        ends = [[node.iri for node in self.find(name)] for name in (one, other)]
        return analyses.why(self._network, *ends)

    def family(self, name: str) -> FamilyCard:
        """Tell of a family of models its members by date, their sizes and licences, who persists, and results."""
        from kg import analyses
        from kg.analyses.family import family_card

        return family_card(self._network, analyses.find(self._network, name, analyses.KIN)[0].iri)

    def links(self, one: str, other: str) -> Links:
        """Find who links two models, families, papers, laboratories or people, in order of time.

        >>> import kg
        >>> [[who.label for who in chain.people] for chain in kg.build().links("Chinchilla", "Mistral 7B").chains]
        [['Arthur Mensch']]
        """
        from kg.analyses.links import links, work_of

        return links(self._network, work_of(self._network, one), work_of(self._network, other))

    def careers(self, *people: str) -> list[Career]:
        """Tell for which laboratories people wrote, in order of time, and whether that shows a move; of all if none."""
        from kg import analyses

        iris = [analyses.find(self._network, name, ["Person"])[0].iri for name in people]
        return analyses.careers(self._network, iris)

    def rank(self, what: str, *, by: str = "pagerank", top: int | None = None) -> list[Ranked]:
        """Rank authors, models, papers, labs or families by a measure; ``kg rank --help`` tells where each is measured.

        Measures are pagerank, degree, betweenness, eigenvector, katz, authorities, hubs and descendants.
        """
        from kg import analyses

        projection = _choice(analyses.PROJECTIONS, what)
        measure = _choice(analyses.MEASURES, by)
        return analyses.rank(self._network, projection(self._network), measure)[:top]

    def network(self, part: str = "claims") -> nx.Graph[str]:
        """Give the graph, or a part of it, as a networkx graph of its own.

        Parameters
        ----------
        part : str
            ``claims`` is everything, as a MultiDiGraph whose edges carry the sentences; ``lineage`` only the steps of
            descent, child to parent; ``authors``, ``models``, ``papers``, ``labs`` and ``families`` are what ``rank``
            measures in.

        Raises
        ------
        UsageError
            If there is no such part.

        Examples
        --------
        >>> import kg, networkx
        >>> networkx.is_directed_acyclic_graph(kg.build().network("lineage"))
        True

        """
        from kg import analyses
        from kg.analyses.graph import is_lineage

        if part == "claims":
            return self._network.copy()
        if part == "lineage":
            descent = self._network.copy()
            descent.remove_edges_from([edge for edge in descent.edges(keys=True) if not is_lineage(edge[2])])
            descent.remove_nodes_from([node for node in self._network if not descent.degree(node)])
            return descent
        project = _choice(analyses.PROJECTIONS, part, "claims", "lineage")
        projected = cast("nx.Graph[str]", project(self._network)).copy()
        for node in projected:
            projected.nodes[node].update({key: self._network.nodes[node].get(key, "") for key in _NODE_KEYS})
        return projected

    def write(self, path: Path | str) -> None:
        """Write the graph into a file, in the format that the end of its name means, as ``kg export`` does.

        These are .ttl, .nt, .jsonld, .graphml, .gexf, and .db or .sqlite.

        Raises
        ------
        UsageError
            If the name ends otherwise.
        OutputError
            If the file cannot be written.

        """
        from kg.exports import SUFFIXES, export
        from kg.rdf import write_ntriples, write_turtle

        path = Path(path)
        format_ = SUFFIXES.get(path.suffix.lower())
        if format_ is None:
            raise UsageError(f"the name {path.name!r} says no format", remedy=f"end it in one of {', '.join(SUFFIXES)}")
        if format_ == "turtle":
            write_turtle(self._triples, path)
        elif format_ == "ntriples":
            write_ntriples(sorted(self._triples), path)
        else:
            export(self.knowledge, format_, path)

    def page(self, title: str = "Models and their lineage") -> str:
        """Give the page of the graph: one HTML file that needs nothing else."""
        from kg.viewer import render_page, to_view

        return render_page(to_view(self._network), title=title)

    def _repr_html_(self) -> str:
        if len(self._network) > _MOST_SHOWN:
            return f"<p>{escape(repr(self))}; write <code>graph.page()</code> into a file to see it</p>"
        from kg.viewer import notebook_html

        return notebook_html(self._network, title="Models and their lineage")


def text(answer: Lineage | Connection | Links | FamilyCard | Sequence[Career]) -> str:
    """Write an answer as the command line prints it.

    >>> import kg
    >>> print(kg.text(kg.build().lineage("Mixtral 8x7B", max_depth=1)).splitlines()[0])
    Mixtral 8x7B · Mistral AI · 2024-01-08
    """
    from kg.reports.family import render_family
    from kg.reports.lineage import render_tree
    from kg.reports.people import render_careers, render_links
    from kg.reports.why import render_why

    match answer:
        case Lineage():
            told = render_tree(answer)
        case Connection():
            told = render_why(answer)
        case Links():
            told = render_links(answer)
        case FamilyCard():
            told = render_family(answer)
        case _:
            told = render_careers(answer)
    return told.rstrip("\n")


def build(
    *sources: Path | str,
    output: Path | str | None = None,
    as_of: date | None = None,
    input_format: str = "auto",
    same: Iterable[Path | str] = (),
    min_confidence: float = 0.0,
) -> Graph:
    """Build a graph from listings of papers; without any from the bundled one.

    Parameters
    ----------
    *sources : path
        Files as pasted from a web page, or JSON lines.
    output : path, optional
        Also write graph.ttl, graph.html, store/ and report.md into this directory, as ``kg build`` does.
    as_of : date, optional
        The day that dates without a year are read as of; today if it is not given.
    input_format : str
        ``auto``, ``listing`` or ``jsonl``.
    same : iterable of path
        Turtle files that say which names mean the same.
    min_confidence : float
        Leave out what is extracted with less confidence.

    Raises
    ------
    InputError
        If an input could not be read, or no paper was found. What else could not be read is in ``Graph.unread``.

    Examples
    --------
    >>> import kg
    >>> kg.build()
    <kg.Graph: 17 papers, ... claims, ... things>

    """
    from kg import pipeline
    from kg.rdf import graph_to_triples
    from kg.readers import BUNDLED_LISTING

    day = as_of or date.today()
    files = tuple(Path(path) for path in same)
    reading = pipeline.Reading(as_of=day, format=input_format, same=files, min_confidence=min_confidence)
    names = [str(source) for source in sources] or [str(BUNDLED_LISTING)]
    if output is not None:
        summary = pipeline.build(names, Path(output), reading)
        return Graph(load(output).triples, unread=_unread(summary.failures))
    assembled = pipeline.assemble(names, reading)
    return Graph(graph_to_triples(assembled.graph), unread=_unread(assembled.failures))


def load(path: Path | str = "output") -> Graph:
    """Load a graph that ``kg build`` wrote: its directory, its store, or a Turtle or N-Triples file.

    Raises
    ------
    InputError
        If there is none.

    """
    from kg.store import iter_triples, load_store, open_store

    place = Path(path)
    if place.is_dir():
        inside = [place / "store", place / "graph.ttl", place]
        place = next((one for one in inside[:2] if one.exists()), place)
    if not place.exists():
        raise InputError("there is no such file or directory", where=str(path), remedy="build one with `kg.build`")
    return Graph(iter_triples(open_store(place) if place.is_dir() else load_store(place)))


def _unread(failures: Iterable[Any]) -> list[str]:
    return [f"{failure.source}:{failure.line}: {failure.reason}" for failure in failures]


def _choice(table: Mapping[str, Any], name: str, *more: str) -> Any:
    if name not in table:
        raise UsageError(f"{name!r} is not one of {', '.join((*more, *table))}")
    return table[name]

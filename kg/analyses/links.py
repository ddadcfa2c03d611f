"""Who links two things: persons who wrote for both, else the shortest chains of co-authors between their authors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at, node_order, subjects, typed
from kg.analyses.lookup import find
from kg.analyses.people import authors_of
from kg.answers import Chain, Links, Node
from kg.errors import NotFoundError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LINKED", "links", "papers_for", "work_of"]

#: What may be linked.
LINKED = ("Model", "ModelFamily", "Method", "Software", "Dataset", "Benchmark", "Organization", "Person", "Paper")


def papers_for(network: nx.MultiDiGraph[str], iri: str) -> list[str]:
    """List the papers behind a thing, by IRI.

    Of a person those that it wrote, of a laboratory those that it stands behind (see ``labs_of``), of a family those
    that introduce a member, of a paper itself, of anything else those that introduce it.
    """
    kind = network.nodes[iri].get("type")
    if kind == "Paper":
        return [iri]
    if kind == "Person":
        return subjects(network, iri, "creator")
    if kind == "Organization":
        made = subjects(network, iri, "developer")
        near = {paper for model in made for paper in subjects(network, model, "introduces")}
        return sorted(near.union(subjects(network, iri, "producedBy")))
    members = [iri, *subjects(network, iri, "inFamily")] if kind == "ModelFamily" else [iri]
    return sorted({paper for member in members for paper in subjects(network, member, "introduces")})


def work_of(network: nx.MultiDiGraph[str], name: str, types: Collection[str] = LINKED) -> tuple[Node, list[str]]:
    """Find what a name means and the papers behind it: of several things of that name, the first that has papers.

    Raises
    ------
    NotFoundError
        If nothing goes by the name, or no paper of the graph is behind it.

    """
    nodes = find(network, name, types)
    for node in nodes:
        if papers := papers_for(network, node.iri):
            return node, papers
    raise NotFoundError(f"no paper of this graph is behind {nodes[0].label}, so nobody is known to have written for it")


def links(
    network: nx.MultiDiGraph[str], start: tuple[Node, list[str]], end: tuple[Node, list[str]], *, most: int = 20
) -> Links:
    """Find the shortest chains of co-authors from the authors of some papers to those of others.

    Parameters
    ----------
    network : nx.MultiDiGraph
        The graph; co-authorship is taken from its papers, groups such as a team are no authors.
    start, end : tuple of Node and list of str
        A thing with its papers, as :func:`work_of` gives it.
    most : int
        How many chains to give; of more, those that are first by the names of their persons are sorted by date.

    Returns
    -------
    Links
        A chain of one person is somebody who wrote for both. Chains are in the order of their earliest papers: at the
        start, then at the end. Without any, the lists of authors do not join the two.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["ann", "bob"], type="Person")
    >>> graph.add_nodes_from(["p1", "p2", "p3"], type="Paper")
    >>> for paper, author in [("p1", "ann"), ("p2", "ann"), ("p2", "bob"), ("p3", "bob")]:
    ...     _ = graph.add_edge(paper, author, key="creator")
    >>> chains = links(graph, work_of(graph, "p1"), work_of(graph, "p3")).chains
    >>> [([who.label for who in chain.people], [[p.label for p in step] for step in chain.shared]) for chain in chains]
    [(['ann', 'bob'], [['p2']])]

    """
    papers_by, authors_by = _authorship(network)
    starts, ends = (_authors(end, authors_by) for end in (start, end))
    routes = list(islice(_routes(starts, ends, papers_by, authors_by), most + 1))
    chains = [_chain(network, route, start[1], end[1], papers_by) for route in routes[:most]]
    papers = {*start[1], *end[1]}
    return Links(
        start=start[0],
        end=end[0],
        chains=tuple(sorted(chains, key=_chain_order)),
        papers=len(papers),
        hidden=sum(bool(network.nodes[paper].get("truncated")) for paper in papers),
        cut=len(routes) > most,
    )


def _authorship(network: nx.MultiDiGraph[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    authors_by = {paper: authors_of(network, paper) for paper in typed(network, ["Paper"])}
    papers_by: dict[str, list[str]] = defaultdict(list)
    for paper, authors in authors_by.items():
        for author in authors:
            papers_by[author].append(paper)
    return papers_by, authors_by


def _authors(end: tuple[Node, list[str]], authors_by: Mapping[str, list[str]]) -> set[str]:
    """Give the authors of an end's papers; an end that is a person is that person alone."""
    if end[0].type == "Person":
        return {end[0].iri}
    return {author for paper in end[1] for author in authors_by[paper]}


def _routes(
    starts: set[str], ends: set[str], papers_by: Mapping[str, list[str]], authors_by: Mapping[str, list[str]]
) -> Iterator[tuple[str, ...]]:
    """Yield all shortest chains from one set of persons to another, in the order of their IRIs."""
    steps = dict.fromkeys(starts, 0)
    front, depth = set(starts), 0
    while front and not front & ends:
        depth += 1
        reached = {near for one in front for paper in papers_by[one] for near in authors_by[paper]}
        front = reached - steps.keys()
        steps.update(dict.fromkeys(front, depth))

    def back(one: str) -> Iterator[tuple[str, ...]]:
        if not steps[one]:
            yield (one,)
            return
        near = {other for paper in papers_by[one] for other in authors_by[paper]}
        for other in sorted(other for other in near if steps.get(other) == steps[one] - 1):
            yield from ((*route, one) for route in back(other))

    for one in sorted(front & ends):
        yield from back(one)


def _chain(
    network: nx.MultiDiGraph[str],
    route: tuple[str, ...],
    start: list[str],
    end: list[str],
    papers_by: Mapping[str, list[str]],
) -> Chain:
    def nodes(papers: Iterable[str]) -> tuple[Node, ...]:
        return tuple(sorted((node_at(network, paper) for paper in papers), key=node_order))

    return Chain(
        people=tuple(node_at(network, person) for person in route),
        start=nodes({*papers_by[route[0]]}.intersection(start)),
        shared=tuple(nodes({*papers_by[one]}.intersection(papers_by[other])) for one, other in pairwise(route)),
        end=nodes({*papers_by[route[-1]]}.intersection(end)),
    )


def _chain_order(chain: Chain) -> tuple[list[str], list[str]]:
    dates = [papers[0].date or "9" for papers in (chain.start, chain.end, *chain.shared) if papers]
    return dates, [person.label.casefold() for person in chain.people]

"""Who matters to a family, a model or a laboratory, and which authors belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at, node_order, typed
from kg.analyses.people import authors_of, coauthors, labs_of
from kg.answers import Community, Contributor

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["communities", "key_people"]

_SEED = 0


def key_people(network: nx.MultiDiGraph[str], papers: Iterable[str]) -> list[Contributor]:
    """Rank who wrote some papers: by their number, then by how many of them the person leads, then the earliest first.

    Who is named first leads a paper, unless its list is sorted by the alphabet (of first or of last names, with at
    least three names, or two and "et al."), where the first place says nothing.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["Bo Ash", "Al Fir"], type="Person")
    >>> for paper, author, position in [("p1", "Bo Ash", 1), ("p1", "Al Fir", 2), ("p2", "Al Fir", 1)]:
    ...     _ = graph.add_edge(paper, author, key="creator", position=position)
    >>> [(one.person.label, len(one.papers), one.led) for one in key_people(graph, ["p1", "p2"])]
    [('Al Fir', 2, 1), ('Bo Ash', 1, 1)]
    """
    written: dict[str, list[str]] = {}
    led: Counter[str] = Counter()
    for paper in papers:
        for author in authors_of(network, paper):
            written.setdefault(author, []).append(paper)
        led.update(_leader(network, paper))
    found = [
        Contributor(
            person=node_at(network, person),
            papers=tuple(sorted((node_at(network, paper) for paper in theirs), key=node_order)),
            led=led[person],
        )
        for person, theirs in written.items()
    ]
    return sorted(
        found, key=lambda one: (-len(one.papers), -one.led, one.papers[0].date or "9", *node_order(one.person)[1:])
    )


def _leader(network: nx.MultiDiGraph[str], paper: str) -> list[str]:
    """Give who leads a paper: the first of its persons, or nobody where the alphabet decides who is first."""
    edges = network.out_edges(paper, keys=True, data=True)
    places = sorted((data.get("position", 0), author) for _, author, key, data in edges if key == "creator")
    people = [author for _, author in places if network.nodes[author].get("type") == "Person"]
    names = [node_at(network, author).label.casefold() for author in people]
    last = [name.rsplit(maxsplit=1)[-1] for name in names]
    told = len(names) > (1 if network.nodes[paper].get("truncated") else 2)
    sorted_by_name = told and (names == sorted(names) or last == sorted(last))
    return people[:1] if not sorted_by_name else []


def communities(network: nx.MultiDiGraph[str], *, resolution: float = 1.0) -> list[Community]:
    """Split the authors into those who write with one another more than with others; the largest come first.

    By the Louvain method (Blondel et al. 2008) on the network of co-authors, where two persons are joined by the number
    of papers that they wrote together; ``resolution`` above 1 favours smaller groups. The method draws at random: with
    a fixed seed and the authors in the order of their IRIs, equal graphs give equal groups. Who never wrote with
    another person of the graph is in none.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("abcd", type="Person")
    >>> for paper, authors in [("p1", "ab"), ("p2", "cd")]:
    ...     graph.add_node(paper, type="Paper")
    ...     keys = graph.add_edges_from((paper, author, "creator") for author in authors)
    >>> [[who.label for who in group.people] for group in communities(graph)]
    [['a', 'b'], ['c', 'd']]
    """
    import networkx as nx

    joined = coauthors(network)
    joined.remove_nodes_from([person for person, number in list(joined.degree()) if not number])
    names = list(joined)
    # numbers, for the order of a set of strings differs from run to run
    numbers = {name: place for place, name in enumerate(names)}
    places: nx.Graph[int] = nx.Graph()
    places.add_nodes_from(numbers.values())
    weighted: Iterable[tuple[str, str, int]] = joined.edges(data="weight")
    places.add_weighted_edges_from((numbers[u], numbers[v], weight) for u, v, weight in weighted)
    if not places:
        return []
    groups = nx.community.louvain_communities(places, weight="weight", resolution=resolution, seed=_SEED)
    writing: dict[str, list[str]] = {}
    for paper in typed(network, ["Paper"]):
        for author in authors_of(network, paper):
            writing.setdefault(author, []).append(paper)
    found = [_community(network, joined, [names[place] for place in sorted(group)], writing) for group in groups]
    return sorted(found, key=lambda one: (-len(one.people), -one.papers, node_order(one.people[0])))


def _community(
    network: nx.MultiDiGraph[str], joined: nx.Graph[str], group: list[str], writing: dict[str, list[str]]
) -> Community:
    inside = set(group)
    ties = {person: sum(near in inside for near in joined[person]) for person in group}
    papers = {paper for person in group for paper in writing[person]}
    behind = Counter(
        lab for person in group for lab in {lab for paper in writing[person] for lab in labs_of(network, paper)}
    )
    labs = sorted(
        ((node_at(network, lab), number) for lab, number in behind.items()), key=lambda one: (-one[1], one[0].label)
    )
    people = sorted(
        (node_at(network, person) for person in group), key=lambda one: (-ties[one.iri], *node_order(one)[1:])
    )
    return Community(people=tuple(people), labs=tuple(labs), papers=len(papers))

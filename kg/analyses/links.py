"""Who links two laboratories, families, models or papers: authors of both, or authors who wrote together elsewhere."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at, node_order, subjects, typed
from kg.analyses.people import authors_of, labs_of
from kg.answers import Link, Node

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["links", "papers_about", "truncated"]


def papers_about(network: nx.MultiDiGraph[str], node: str) -> list[str]:
    """List the papers behind a thing: those that introduce a model or a family's members, that a lab produced."""
    kind = network.nodes[node].get("type")
    if kind == "Paper":
        return [node]
    if kind == "Organization":
        return [paper for paper in typed(network, ["Paper"]) if node in labs_of(network, paper)]
    if kind == "Person":
        return subjects(network, node, "creator")
    things = [node, *subjects(network, node, "inFamily"), *subjects(network, node, "variantOf")]
    return sorted({paper for thing in things for paper in subjects(network, thing, "introduces")})


def links(network: nx.MultiDiGraph[str], here: str, there: str) -> list[Link]:
    """Find who links two things.

    Parameters
    ----------
    network : nx.MultiDiGraph
        The graph of claims.
    here, there : str
        Nodes: laboratories, families, models or papers.

    Returns
    -------
    list of Link
        Persons who wrote for both, by the date of their first paper. Where there is nobody, persons who wrote for
        the one, each with an author of the other (``through``) and the papers that the two wrote together.

    Notes
    -----
    A list of authors that ends in "et al." shows neither who else wrote a paper nor who did not; a person is known by
    name. What is found is shown by papers, what is not found is not excluded.

    """
    mine, theirs = papers_about(network, here), papers_about(network, there)
    left, right = _written(network, mine), _written(network, theirs)
    both = [_link(network, person, left[person], right[person]) for person in left.keys() & right.keys()]
    if both:
        return sorted(both, key=_order)
    together = _together(network, set(mine) | set(theirs))
    found = [
        _link(network, one, left[one], right[other], other, together[one, other])
        for one in left
        for other in right
        if together.get((one, other))
    ]
    return sorted(found, key=_order)


def _order(link: Link) -> tuple[tuple[str, str, str], str, str]:
    first = min((node_order(paper) for paper in (*link.here, *link.there)), default=("", "", ""))
    return first, link.person.label.casefold(), link.through.label.casefold() if link.through else ""


def _written(network: nx.MultiDiGraph[str], papers: list[str]) -> dict[str, list[str]]:
    written: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for author in authors_of(network, paper):
            written[author].append(paper)
    return dict(written)


def _together(network: nx.MultiDiGraph[str], apart: set[str]) -> dict[tuple[str, str], list[str]]:
    """Give the papers that each two persons wrote together, without those of the two sides themselves."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paper in typed(network, ["Paper"]):
        authors = authors_of(network, paper) if paper not in apart else []
        for one in authors:
            for other in authors:
                if one != other:
                    found[one, other].append(paper)
    return found


def _link(
    network: nx.MultiDiGraph[str],
    person: str,
    here: list[str],
    there: list[str],
    through: str = "",
    together: list[str] | None = None,
) -> Link:
    def nodes(papers: list[str]) -> tuple[Node, ...]:
        return tuple(sorted((node_at(network, paper) for paper in papers), key=node_order))

    return Link(
        person=node_at(network, person),
        here=nodes(here),
        there=nodes(there),
        through=node_at(network, through) if through else None,
        together=nodes(together or []),
    )


def truncated(network: nx.MultiDiGraph[str], papers: list[str]) -> list[str]:
    """List those of the papers whose list of authors ends in "et al."."""
    return [p for p in papers if "et al." in network.nodes[p].get("facts", {}).get("authors", ())]

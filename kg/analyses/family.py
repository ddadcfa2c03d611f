"""A family of models at a glance: members by date, sizes, licences along the lineage, people who stay, results."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.analyses.graph import is_lineage, node_at, node_order, objects, statement_at, statement_order, subjects
from kg.analyses.people import authors_of
from kg.answers import FamilyCard, Member, Node, Statement

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["family_card"]

#: The facts of a member that a card shows, in this order.
_FACTS = ("parameterCount", "activeParameterCount", "contextLength", "trainingTokens", "license")


def family_card(network: nx.MultiDiGraph[str], family: str) -> FamilyCard:
    """Collect what the graph knows of a family.

    Parameters
    ----------
    network : nx.MultiDiGraph
        The graph of claims.
    family : str
        The node of a family; its members are what is in it. Of anything else the variants are the members.

    Returns
    -------
    FamilyCard
        Members by date; a licence change for each step of descent between two things whose stated licences differ,
        newest step first; persons who wrote two or more of the papers that introduce members, most papers first.

    """
    found = subjects(network, family, "inFamily") or [family, *subjects(network, family, "variantOf")]
    nodes = sorted((node_at(network, member) for member in found), key=node_order)
    members = tuple(_member(network, node) for node in nodes)
    labs = sorted({member.node.lab for member in members if member.node.lab})
    return FamilyCard(
        node=node_at(network, family),
        labs=tuple(labs),
        members=members,
        licence_changes=_licence_changes(network, members),
        persons=_persons(network, [node.iri for node in nodes]),
        results=_results(network, [node.iri for node in nodes]),
    )


def _member(network: nx.MultiDiGraph[str], node: Node) -> Member:
    facts = network.nodes[node.iri].get("facts", {})
    steps = [
        statement_at(network, node.iri, parent, key)
        for _, parent, key in network.out_edges(node.iri, keys=True)
        if is_lineage(key)
    ]
    return Member(
        node=node,
        facts=tuple((name, tuple(facts[name])) for name in _FACTS if facts.get(name)),
        steps=tuple(sorted(steps, key=statement_order)),
    )


def _licence_changes(
    network: nx.MultiDiGraph[str], members: tuple[Member, ...]
) -> tuple[tuple[Statement, str, str], ...]:
    """Give the steps of descent along which the stated licence changes, with the parent's and the child's."""
    found = []
    for member in members:
        for step in member.steps:
            child = ", ".join(dict(member.facts).get("license", ()))
            parent = ", ".join(network.nodes[step.object.iri].get("facts", {}).get("license", ()))
            if child and parent and child != parent:
                found.append((step, parent, child))
    return tuple(sorted(found, key=lambda change: statement_order(change[0])))


def _persons(network: nx.MultiDiGraph[str], members: list[str]) -> tuple[tuple[Node, tuple[Node, ...]], ...]:
    papers = sorted({paper for member in members for paper in subjects(network, member, "introduces")})
    written: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for author in authors_of(network, paper):
            written[author].append(paper)
    found = [
        (node_at(network, author), tuple(sorted((node_at(network, paper) for paper in wrote), key=node_order)))
        for author, wrote in written.items()
        if len(wrote) > 1
    ]
    return tuple(sorted(found, key=lambda item: (-len(item[1]), node_order(item[0]))))


def _results(network: nx.MultiDiGraph[str], members: list[str]) -> tuple[Node, ...]:
    found = {result for member in members for result in objects(network, member, "hasResult")}
    return tuple(sorted((node_at(network, result) for result in found), key=lambda node: (node.label, node.iri)))

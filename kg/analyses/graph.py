"""What the other analyses read off a network: its nodes and claims as values, and relations by their kind.

A network is an ``nx.MultiDiGraph`` whose nodes are IRIs with ``type``, ``label``, ``date``, ``family``, ``lab`` and
``facts``, and whose edge keys are predicates with ``basis``, ``confidence``, ``evidence``, ``sources`` and ``note``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.answers import Node, Quote, Statement
from kg.vocab import load

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "is_lineage",
    "iter_statements",
    "kind_of",
    "kinds",
    "node_at",
    "node_order",
    "objects",
    "of_kinds",
    "statement_at",
    "statement_order",
    "subjects",
    "typed",
    "words_for",
]

#: Kinds of lineage, the closest kinship first; the order in which a report lists steps.
LINEAGE_KINDS = ("lineage-weights", "lineage-design", "lineage-succession")
_KIND_ORDER = {kind: place for place, kind in enumerate((*LINEAGE_KINDS, "membership", "component", "comparison"))}


@cache
def kinds() -> dict[str, str]:
    """Give the kind of each relation of the vocabulary: ``fineTunedFrom`` is of ``lineage-weights``.

    >>> kinds()["fineTunedFrom"], kinds()["succeeds"], kinds()["outperforms"]
    ('lineage-weights', 'lineage-succession', 'comparison')
    """
    return {name: relation.kind for name, relation in load().relations.items()}


def kind_of(predicate: str) -> str:
    """Give the kind of a relation, empty for one that the vocabulary does not list."""
    return kinds().get(predicate, "")


def is_lineage(predicate: str) -> bool:
    """Tell whether a relation leads from a thing to what it descends from.

    ``directAncestor``, which the graph holds beside each specific relation, is none: it would count each step twice.

    >>> is_lineage("distilledFrom"), is_lineage("usesComponent"), is_lineage("directAncestor")
    (True, False, False)
    """
    return kind_of(predicate) in LINEAGE_KINDS


def of_kinds(network: nx.MultiDiGraph[str], wanted: Iterable[str]) -> nx.MultiDiGraph[str]:
    """Give a network without the steps of descent of other kinds than those; everything else stays.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph([("b", "a", "succeeds"), ("c", "a", "distilledFrom"), ("c", "b", "outperforms")])
    >>> sorted(of_kinds(graph, ["lineage-weights"]).edges(keys=True))
    [('c', 'a', 'distilledFrom'), ('c', 'b', 'outperforms')]
    """
    kept = frozenset(wanted)
    part = network.copy()
    part.remove_edges_from([e for e in network.edges(keys=True) if is_lineage(e[2]) and kind_of(e[2]) not in kept])
    return part


def words_for(predicate: str) -> str:
    """Say a relation in words: the vocabulary's label, else the name taken apart.

    >>> words_for("listedElsewhere")
    'listed elsewhere'
    """
    if predicate == "creator":  # of Dublin Core, whose label does not say in which direction it is read
        return "written by"
    relation = load().relations.get(predicate)
    return relation.label if relation else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", predicate).lower()


def node_at(network: nx.MultiDiGraph[str], iri: str) -> Node:
    """Read a node; a family without a date of its own has the year of its first dated member."""
    data = network.nodes[iri]
    date = str(data.get("date", ""))
    if not date and data.get("type") == "ModelFamily":
        dates = [str(network.nodes[member].get("date", "")) for member in subjects(network, iri, "inFamily")]
        date = min((day[:4] for day in dates if day), default="")
    label = str(data.get("label") or iri.rsplit("/", 1)[-1])
    return Node(iri=iri, type=str(data.get("type", "")), label=label, date=date, lab=str(data.get("lab", "")))


def node_order(node: Node) -> tuple[str, str, str]:
    """Order nodes by date (undated last), then label, then IRI."""
    return (node.date or "9", node.label.casefold(), node.iri)


def statement_at(network: nx.MultiDiGraph[str], subject: str, object_: str, predicate: str) -> Statement:
    """Read the claim on the edge ``subject`` to ``object_`` with the key ``predicate``, with its sentences."""
    data = network.edges[subject, object_, predicate]
    return Statement(
        subject=node_at(network, subject),
        predicate=predicate,
        words=words_for(predicate),
        kind=kind_of(predicate),
        object=node_at(network, object_),
        basis=str(data.get("basis", "")),
        confidence=float(data.get("confidence", 1.0)),
        quotes=tuple(sorted((_quote(item) for item in data.get("evidence", ())), key=_quote_order)),
        sources=tuple(sorted(data.get("sources", ()))),
        note=str(data.get("note", "")),
    )


def statement_order(statement: Statement) -> tuple[int, str, tuple[str, str, str], str]:
    """Order claims by kinship (weights, design, succession, the rest), then relation, then what they lead to."""
    place = _KIND_ORDER.get(statement.kind, len(_KIND_ORDER))
    return (place, statement.predicate, node_order(statement.object), statement.subject.iri)


def iter_statements(network: nx.MultiDiGraph[str], subject: str, object_: str) -> Iterator[Statement]:
    """Yield the claims that lead from one node to another, closest kinship first; none for unknown nodes."""
    if not network.has_edge(subject, object_):
        return
    keys = [key for key in network[subject][object_] if key != "directAncestor"]
    yield from sorted((statement_at(network, subject, object_, key) for key in keys), key=statement_order)


def subjects(network: nx.MultiDiGraph[str], object_: str, predicate: str) -> list[str]:
    """List the nodes that have ``predicate`` leading to a node, sorted by IRI."""
    return sorted(node for node, _, key in network.in_edges(object_, keys=True) if key == predicate)


def objects(network: nx.MultiDiGraph[str], subject: str, predicate: str) -> list[str]:
    """List the nodes to which ``predicate`` leads from a node, sorted by IRI."""
    return sorted(node for _, node, key in network.out_edges(subject, keys=True) if key == predicate)


def typed(network: nx.MultiDiGraph[str], types: Iterable[str]) -> list[str]:
    """List the nodes of the given classes, sorted by IRI."""
    wanted = frozenset(types)
    return sorted(node for node, data in network.nodes(data=True) if data.get("type") in wanted)


def _quote(item: dict[str, Any]) -> Quote:
    return Quote(
        text=item["quote"],
        paper=item.get("paper", ""),
        title=item.get("title", ""),
        date=item.get("date", ""),
        start=int(item.get("start", 0)),
        end=int(item.get("end", 0)),
        rule=item.get("rule", ""),
        confidence=float(item.get("confidence", 1.0)),
    )


def _quote_order(quote: Quote) -> tuple[str, str, int, str]:
    return (quote.date or "9", quote.paper, quote.start, quote.rule)

"""The views of the page: which things each shows, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.viewer.force import lay_out_whole
from kg.viewer.lanes import LineageLayout, TimedNode, lay_out_lineage
from kg.viewer.palette import relation_look, type_order
from kg.viewer.ranks import lay_out_ranks
from kg.viewer.records import EdgeRecord
from kg.viewer.words import day_words, shortened

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Places", "scenes_of"]

_FAMILY: Final = "ModelFamily"
_MODEL: Final = "Model"
_AUTHORS: Final = frozenset({"Person", "AuthorGroup"})

#: Where each thing stands in one view, and in which block (-1 where the view has none).
Places = Mapping[str, tuple[int, int, int]]


def scenes_of(
    network: nx.MultiDiGraph[str], drawn: Sequence[str], edges: Sequence[EdgeRecord]
) -> tuple[list[dict[str, object]], dict[str, Places]]:
    """Return the views of the page, the one that opens first at the head, and the places of each.

    A view that would show fewer than two things is left out; everything is always there.
    """
    views: list[dict[str, object]] = []
    places: dict[str, Places] = {}
    for name, label, layout in (
        ("lineage", "Lineage", _lineage(network, drawn, edges)),
        ("people", "People", _people(network, drawn, edges)),
    ):
        if len(layout.positions) > 1:
            views.append({"id": name, "label": label, **_lanes(layout)})
            places[name] = {node: (*at, layout.block_of[node]) for node, at in layout.positions.items()}
    compared = _compare(network, edges)
    if len(compared) > 1:
        views.append({"id": "compare", "label": "Compare", "blocks": [], "ticks": []})
        places["compare"] = {node: (*at, -1) for node, at in compared.items()}
    views.append({"id": "everything", "label": "Everything", "blocks": [], "ticks": []})
    places["everything"] = {node: (*at, -1) for node, at in _whole(network, drawn, edges).items()}
    return views, places


def _lanes(layout: LineageLayout) -> dict[str, object]:
    """Return the blocks and the periods of a view by time."""
    return {
        "blocks": [[int(bool(one.id)), one.left, one.top, one.right, one.bottom] for one in layout.blocks],
        "ticks": [
            {"year": tick.date[:4] or "undated", "label": day_words(tick.date)[:-5], "x": tick.x}
            for tick in layout.ticks
        ],
    }


def _name(network: nx.MultiDiGraph[str], node: str) -> str:
    return shortened(str(network.nodes[node].get("label") or node))


def _whole(
    network: nx.MultiDiGraph[str], drawn: Sequence[str], edges: Sequence[EdgeRecord]
) -> dict[str, tuple[int, int]]:
    """Return the places of the view of everything."""
    order = {node: (*type_order(str(network.nodes[node].get("type", ""))), node) for node in drawn}
    return lay_out_whole(drawn, [(edge["source"], edge["target"]) for edge in edges], order)


def _lineage(network: nx.MultiDiGraph[str], drawn: Sequence[str], edges: Sequence[EdgeRecord]) -> LineageLayout:
    """Return the places of the lineage view: what descends from something, what papers introduce, their families."""
    nodes = network.nodes
    ends: set[str] = set()
    parents: dict[str, list[str]] = {}
    family: dict[str, str] = {}
    variants: list[tuple[str, str]] = []
    for edge in edges:
        source, target, kind = edge["source"], edge["target"], relation_look(edge["relation"]).kind
        if kind.startswith("lineage"):
            ends |= {source, target}
            parents.setdefault(source, []).append(target)
        elif edge["relation"] == "variantOf":
            variants.append((source, target))
            parents.setdefault(source, []).append(target)
        elif edge["relation"] == "inFamily":
            family.setdefault(source, target)
        elif edge["relation"] == "introduces" and nodes[target].get("type") == _MODEL:
            ends.add(target)
    for _ in range(3):  # a variant of a variant of what is shown is shown
        ends |= {end for pair in variants if not ends.isdisjoint(pair) for end in pair}
    ends |= {family[node] for node in ends if node in family}
    heads = {node: node for node in drawn if nodes[node].get("type") == _FAMILY}
    family |= heads
    timed = [
        TimedNode(
            id=node,
            label=_name(network, node),
            family=family.get(node, ""),
            date=str(nodes[node].get("date") or ""),
            head=node in heads,
        )
        for node in drawn
        if node in ends
    ]
    return lay_out_lineage(timed, parents)


def _people(network: nx.MultiDiGraph[str], drawn: Sequence[str], edges: Sequence[EdgeRecord]) -> LineageLayout:
    """Return the places of the people view: a lane for each laboratory, its papers by date, behind each its authors.

    A person stands behind the first of their papers, in the lane of its laboratory; lines lead on to the later ones.
    """
    nodes = network.nodes
    labs: dict[str, set[str]] = {}
    written: dict[str, list[str]] = {}
    made = {edge["source"]: edge["target"] for edge in reversed(edges) if edge["relation"] == "developer"}
    for edge in edges:
        source, target = edge["source"], edge["target"]
        if edge["relation"] == "producedBy":
            labs.setdefault(source, set()).add(target)
        elif edge["relation"] == "introduces" and target in made:
            labs.setdefault(source, set()).add(made[target])
        elif edge["relation"] == "creator" and nodes[target].get("type") in _AUTHORS:
            written.setdefault(target, []).append(source)
    papers = {paper for one in written.values() for paper in one}
    lane = {paper: min(labs[paper]) if paper in labs else paper for paper in papers}
    timed = [_timed(network, paper, lane[paper]) for paper in sorted(papers)]
    parents: dict[str, list[str]] = {}
    for author, theirs in sorted(written.items()):
        theirs.sort(key=lambda paper: (str(nodes[paper].get("date") or "9"), paper))
        parents.setdefault(author, []).append(theirs[0])
        for later in theirs[1:]:
            parents.setdefault(later, []).append(author)
        timed.append(_timed(network, author, lane[theirs[0]], str(nodes[theirs[0]].get("date") or "")))
    heads = sorted({one for one in lane.values() if one not in papers})
    timed += [_timed(network, head, head, "", head=True) for head in heads]
    return lay_out_lineage(timed, parents)


def _timed(
    network: nx.MultiDiGraph[str], node: str, family: str, date: str | None = None, *, head: bool = False
) -> TimedNode:
    day = str(network.nodes[node].get("date") or "") if date is None else date
    return TimedNode(id=node, label=_name(network, node), family=family, date=day, head=head)


def _compare(network: nx.MultiDiGraph[str], edges: Sequence[EdgeRecord]) -> dict[str, tuple[int, int]]:
    """Return the places of what is said to do better or as well as another."""
    wins: list[tuple[str, str]] = []
    draws: list[tuple[str, str]] = []
    for edge in edges:
        if relation_look(edge["relation"]).kind == "comparison" and edge["source"] != edge["target"]:
            (wins if edge["relation"] == "outperforms" else draws).append((edge["source"], edge["target"]))
    labels = {node: _name(network, node) for pair in (*wins, *draws) for node in pair}
    return lay_out_ranks(labels, wins, draws)

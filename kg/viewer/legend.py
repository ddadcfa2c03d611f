"""What the page says of classes, relations and rules: names, colours, dashes, arrows and the terms for exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg import vocab
from kg.extract.rules import all_rules
from kg.viewer.palette import kind_look, kind_order, lightened, relation_look, type_look, type_order
from kg.viewer.records import EdgeRecord, NodeRecord

__all__ = ["kinds_of", "relations_of", "rules_of", "types_of"]

#: Relations whose term is not the vocabulary's own of that name.
_TERMS = {"creator": vocab.DCTERMS.creator, "benchmark": vocab.KG.benchmark}


def types_of(nodes: Sequence[NodeRecord]) -> list[dict[str, object]]:
    """Return the legend of classes."""
    return [
        {
            "id": name,
            "label": (look := type_look(name)).label,
            "one": look.one,
            "light": look.color,
            "dark": lightened(look.color),
            "shape": look.shape,
            "size": look.size,
            "term": _class_term(name),
        }
        for name in sorted({node["type"] for node in nodes}, key=type_order)
    ]


def _class_term(name: str) -> str:
    term = vocab.load().classes.get(name)
    return str(term.iri) if term else ""


def kinds_of(edges: Sequence[EdgeRecord]) -> list[dict[str, object]]:
    """Return the legend of relations; a kind shows the colour and dash of its most frequent relation."""
    counts: dict[str, Counter[str]] = {}
    for edge in edges:
        counts.setdefault(relation_look(edge["relation"]).kind, Counter())[edge["relation"]] += 1
    legend: list[dict[str, object]] = []
    for kind in sorted(counts, key=kind_order):
        most = relation_look(min(counts[kind], key=lambda name: (-counts[kind][name], name)))
        look = kind_look(kind)
        legend.append(
            {
                "id": kind,
                "label": look.label,
                "light": most.color,
                "dark": lightened(most.color),
                "dash": list(most.dash),
                "arrow": look.arrow,
                "width": look.width,
                "flow": look.flow,
            }
        )
    return legend


def relations_of(edges: Sequence[EdgeRecord]) -> dict[str, dict[str, object]]:
    """Return what the page says of each relation that occurs."""
    return {
        name: {
            "label": (look := relation_look(name)).label,
            "inverse": look.inverse,
            "kind": look.kind,
            "light": look.color,
            "dark": lightened(look.color),
            "dash": list(look.dash),
            "term": _relation_term(name),
        }
        for name in sorted({edge["relation"] for edge in edges})
    }


def _relation_term(name: str) -> str:
    if name in _TERMS:
        return str(_TERMS[name])
    term = vocab.load().relations.get(name)
    return str(term.iri) if term else ""


def rules_of(names: Iterable[str]) -> dict[str, str]:
    """Return for each rule that found something what it matches, in words."""
    known = all_rules()
    return {name: known[name].says for name in sorted(set(names)) if name in known}

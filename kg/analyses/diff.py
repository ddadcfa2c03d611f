"""How one graph differs from another: papers, things and claims that appeared or went, and claims said otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.analyses.graph import words_for
from kg.answers import Change, Difference
from kg.model import Claim, KnowledgeGraph, Quantity, Result

__all__ = ["difference"]

_Key = tuple[str, str, str, str]


def difference(old: KnowledgeGraph, new: KnowledgeGraph) -> Difference:
    """Compare two graphs.

    Two claims are one if subject, relation, object and basis are equal; it has changed if its sentences, their
    confidence, its sources or its note differ. Lists are sorted by kind (papers, things, claims) and words.

    >>> empty = KnowledgeGraph(papers=(), entities=(), claims=())
    >>> difference(empty, empty)
    Difference(appeared=(), went=(), changed=())
    """
    here, there = _things(old), _things(new)
    labels = {**_labels(old), **_labels(new)}
    before, after = _claims(old), _claims(new)
    appeared = [there[key] for key in there.keys() - here.keys()]
    appeared += [_change(after[key], labels, after=_support(after[key])) for key in after.keys() - before.keys()]
    went = [here[key] for key in here.keys() - there.keys()]
    went += [_change(before[key], labels, before=_support(before[key])) for key in before.keys() - after.keys()]
    changed = [
        _change(after[key], labels, before=was, after=now)
        for key in before.keys() & after.keys()
        if (was := _support(before[key])) != (now := _support(after[key]))
    ]
    return Difference(appeared=_sorted(appeared), went=_sorted(went), changed=_sorted(changed))


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    order = {"paper": 0, "thing": 1, "claim": 2}
    return tuple(sorted(changes, key=lambda one: (order[one.kind], one.what, one.before, one.after)))


def _things(graph: KnowledgeGraph) -> dict[str, Change]:
    papers: dict[str, Change] = {paper.iri: Change(kind="paper", what=paper.title) for paper in graph.papers}
    papers.update((e.iri, Change(kind="thing", what=f"{e.label} ({e.type})")) for e in graph.entities)
    return papers


def _labels(graph: KnowledgeGraph) -> dict[str, str]:
    labels: dict[str, str] = {p.iri: p.title for p in graph.papers}
    labels.update((e.iri, e.label) for e in graph.entities)
    return labels


def _claims(graph: KnowledgeGraph) -> dict[_Key, Claim]:
    return {(c.subject, c.predicate, str(c.object), c.basis): c for c in graph.claims}


def _change(claim: Claim, labels: Mapping[str, str], *, before: str = "", after: str = "") -> Change:
    subject = labels.get(claim.subject, claim.subject)
    what = f"{subject} · {words_for(claim.predicate)} · {_object(claim, labels)}"
    return Change(kind="claim", what=what, before=before, after=after)


def _object(claim: Claim, labels: Mapping[str, str]) -> str:
    if isinstance(claim.object, Quantity):
        return f"{claim.object.value:,}"
    if isinstance(claim.object, Result):
        found = claim.object
        return " ".join(filter(None, (labels.get(found.benchmark, found.benchmark), found.metric, found.value)))
    return labels.get(claim.object, claim.object)


def _support(claim: Claim) -> str:
    """Say what a claim rests on: its sentences with their confidence, else basis, sources and note."""
    sentences = sorted(f"“{' '.join(e.quote.split())}” ({e.confidence:.3f})" for e in claim.evidence)
    return "; ".join(sentences) or f"[{', '.join(filter(None, (claim.basis, *claim.sources, claim.note)))}]"

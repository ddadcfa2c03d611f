"""A graph as it could be known on a day: only papers of that day or before, and what they and older facts say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.model import Claim, KnowledgeGraph

__all__ = ["known_by"]


def known_by(graph: KnowledgeGraph, day: date) -> KnowledgeGraph:
    """Leave out what only later papers say.

    Papers after the day go, with their sentences; a claim stays while a sentence of an older paper states it. Things
    that a later paper introduces go with all claims about them, curated and inferred ones too: nobody could have
    known them; so do variants of these that no older paper names, and families of which nothing else was known. Other
    papers and things without a date stay.

    >>> known_by(KnowledgeGraph(papers=(), entities=(), claims=()), date(2024, 1, 1)).claims
    ()
    """
    later: set[str] = {paper.iri for paper in graph.papers if paper.date is not None and paper.date > day}
    introduced = [(c.subject, str(c.object)) for c in graph.claims if c.predicate == "introduces"]
    old = {thing for paper, thing in introduced if paper not in later}
    unborn = {thing for paper, thing in introduced if paper in later} - old
    named = old | {end for c in graph.claims for end in (c.subject, str(c.object)) if _is_older(c, later)}
    for relation in ("variantOf", "inFamily"):  # members go with their series, families with their members
        pairs = [(c.subject, str(c.object)) for c in graph.claims if c.predicate == relation]
        if relation == "variantOf":
            unborn |= {variant for variant, series in pairs if series in unborn} - named
        else:
            unborn |= {family for member, family in pairs if member in unborn} - {
                family for member, family in pairs if member not in unborn
            }
    gone = {*later, *unborn}
    claims = [kept for claim in graph.claims if (kept := _said_before(claim, gone, later)) is not None]
    return KnowledgeGraph(
        papers=tuple(paper for paper in graph.papers if paper.iri not in gone),
        entities=tuple(entity for entity in graph.entities if entity.iri not in gone),
        claims=tuple(claims),
    )


def _is_older(claim: Claim, later: set[str]) -> bool:
    return any(item.paper not in later for item in claim.evidence)


def _said_before(claim: Claim, gone: set[str], later: set[str]) -> Claim | None:
    target = getattr(claim.object, "benchmark", claim.object)
    if claim.subject in gone or target in gone:
        return None
    evidence = tuple(item for item in claim.evidence if item.paper not in later)
    if claim.evidence and not evidence:
        return None
    return replace(claim, evidence=evidence) if evidence != claim.evidence else claim

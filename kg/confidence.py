"""Leave out what was extracted with too little confidence, of a paper's claims as of a whole graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.assemble import combined_confidence
from kg.model import Claim, KnowledgeGraph

__all__ = ["keep_confident", "keep_confident_claims"]


def keep_confident_claims(claims: Iterable[Claim], min_confidence: float) -> tuple[Claim, ...]:
    """Keep the claims whose evidence together is at least so sure (0..1), and all that are not extracted."""
    return tuple(
        claim for claim in claims if claim.basis != "extracted" or combined_confidence(claim.evidence) >= min_confidence
    )


def keep_confident(graph: KnowledgeGraph, min_confidence: float) -> KnowledgeGraph:
    """Keep a graph with its extracted claims that are at least so sure (0..1).

    Papers and things stay, and so do listed, curated and inferred claims: nothing is inferred anew.
    """
    return replace(graph, claims=keep_confident_claims(graph.claims, min_confidence))

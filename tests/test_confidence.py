"""What is not sure enough is left out, of a paper's claims as of a graph."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.assemble import combined_confidence
from kg.confidence import keep_confident, keep_confident_claims
from kg.model import IRI, Claim, Evidence, KnowledgeGraph
from kg.pipeline import Reading, assemble
from kg.rdf import graph_to_triples, triples_to_graph


def claim(*evidence: tuple[str, float]) -> Claim:
    said = (Evidence(paper=IRI(p), start=0, end=1, quote="x", rule="a.b", confidence=c) for p, c in evidence)
    return Claim(subject="A", predicate="outperforms", object="B", basis="extracted", evidence=tuple(said))


def test_a_claim_is_kept_from_its_confidence_on() -> None:
    weak, sure = claim(("p", 0.7)), claim(("p", 0.9))
    assert keep_confident_claims([weak, sure], 0.0) == (weak, sure)
    assert keep_confident_claims([weak, sure], 0.9) == (sure,)
    assert keep_confident_claims([weak, sure], 0.9001) == ()


def test_papers_that_agree_make_a_claim_surer() -> None:
    assert keep_confident_claims([claim(("p", 0.7), ("q", 0.7))], 0.9)
    assert not keep_confident_claims([claim(("p", 0.7), ("p", 0.7))], 0.9)


def test_only_extracted_claims_are_left_out_of_a_graph(seed_graph: KnowledgeGraph) -> None:
    kept = keep_confident(seed_graph, 0.95)
    assert keep_confident(seed_graph, 0.0) == seed_graph
    assert (kept.papers, kept.entities) == (seed_graph.papers, seed_graph.entities)
    gone = set(seed_graph.claims) - set(kept.claims)
    assert gone
    assert all(one.basis == "extracted" and combined_confidence(one.evidence) < 0.95 for one in gone)
    assert all(combined_confidence(one.evidence) >= 0.95 for one in kept.claims if one.basis == "extracted")
    assert triples_to_graph(graph_to_triples(kept)) == kept


def test_a_graph_is_assembled_without_them_and_they_are_counted(tmp_path: Path) -> None:
    listing = tmp_path / "papers.jsonl"
    listing.write_text(
        '{"title": "Boreas", "authors": ["Ada Byron"], "date": "2024-01-01", "abstract": "We introduce Boreas, a'
        ' language model. Boreas outperforms Zephon 7B, and it achieves 61.5% on MMLU."}\n',
        encoding="utf-8",
    )
    reading = Reading(as_of=date(2026, 1, 1))
    whole = assemble([str(listing)], reading)
    none = assemble([str(listing)], replace(reading, min_confidence=1.0))
    assert whole.left_out == 0
    extracted = [one for one in whole.graph.claims if one.basis == "extracted"]
    assert none.left_out >= len(extracted) > 0
    assert not any(one.basis == "extracted" for one in none.graph.claims)

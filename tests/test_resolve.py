"""Who is who, and what the graph adds to what papers say."""

from __future__ import annotations

from datetime import date

import pytest

from kg import ids
from kg.assemble import build_graph, combined_confidence, merge_claims
from kg.extract import extract
from kg.model import IRI, Claim, Evidence, KnowledgeGraph, Paper, Quantity
from kg.papers import records_to_papers
from kg.readers.lines import Line
from kg.readers.listing import read_listing


def graph_of(*entries: str) -> KnowledgeGraph:
    lines = [Line(number, line) for number, line in enumerate("\n".join(entries).split("\n"), 1)]
    found = records_to_papers(read_listing(lines, "t"), as_of=date(2026, 11, 23))
    papers = [paper for paper in found if isinstance(paper, Paper)]
    return build_graph(papers, {paper.iri: extract(paper) for paper in papers})


def entry(title: str, authors: str, abstract: str, day: str = "Jan 8, 2024") -> str:
    return f"CL{day}\n{title}{authors}\n{abstract}"


def said(graph: KnowledgeGraph, predicate: str) -> set[tuple[str, str, str]]:
    labels = {e.iri: e.label for e in graph.entities} | {p.iri: p.title for p in graph.papers}
    return {
        (labels[IRI(c.subject)], labels.get(IRI(str(c.object)), str(c.object)), c.basis)
        for c in graph.claims
        if c.predicate == predicate
    }


def test_one_name_written_in_several_ways_is_one_thing() -> None:
    graph = graph_of(
        entry("Zephon", "Ada Byron, Alan Turing", "We introduce Zephon 7B. Zephon 7B outperforms Brindle-13B-Chat."),
        entry(
            "Quarrel", "Ada Byron, Kurt Weill", "We introduce Quarrel 9B. Quarrel 9B outperforms Brindle 13B - Chat."
        ),
    )
    brindles = [e for e in graph.entities if e.label.startswith("Brindle")]
    assert len(brindles) == 1 and brindles[0].iri == ids.entity_iri("Model", "Brindle 13B Chat")


def test_a_paper_that_introduces_a_thing_says_how_it_is_written() -> None:
    graph = graph_of(
        entry("Quarrel", "Ada Byron, Kurt Weill", "We introduce Quarrel 9B. Quarrel 9B outperforms ZEPHON 7B."),
        entry("Zephon", "Ada Byron, Alan Turing", "We introduce Zephon 7B, a language model."),
    )
    assert "Zephon 7B" in {e.label for e in graph.entities}


def test_groups_persons_and_labs() -> None:
    graph = graph_of(
        "CLJan 8, 2024\nZephon Weather ModelsGemini Team, Ada Byron et al. · deepmind, unheardof\nWe read clouds.",
    )
    kinds = {e.label: e.type for e in graph.entities}
    assert (kinds["Gemini Team"], kinds["Ada Byron"]) == ("AuthorGroup", "Person")
    assert said(graph, "listedAffiliation") == {
        ("Zephon Weather Models", "Google DeepMind", "listed"),
        ("Zephon Weather Models", "unheardof", "listed"),
    }
    assert {basis for _, _, basis in said(graph, "actsFor")} == {"curated"}
    assert {basis for _, _, basis in said(graph, "producedBy")} == {"inferred"}


def test_a_method_named_like_data_stays_apart() -> None:
    graph = graph_of(
        entry("Ruling", "Ada Byron, Alan Turing", "We propose RULEX, a novel optimization method."),
        entry(
            "Zephon", "Ada Byron, Kurt Weill", "We introduce Zephon 7B. Zephon 7B reaches 61.5% on the RULEX benchmark."
        ),
    )
    assert {e.type for e in graph.entities if e.label == "RULEX"} == {"Method", "Dataset"}


def test_names_tell_sizes_and_series_only_where_no_text_does() -> None:
    graph = graph_of(
        entry("Zephon", "Ada Byron, Alan Turing", "We introduce Zephon 7B. Zephon 7B outperforms Brindle 13B.")
    )
    sizes = {(c.subject, c.object, c.basis) for c in graph.claims if c.predicate == "parameterCount"}
    assert (ids.entity_iri("Model", "Brindle 13B"), Quantity(value=13 * 10**9), "inferred") in sizes


def test_family_and_developer_are_inferred_and_name_their_reason() -> None:
    graph = graph_of(
        entry("Zephon", "Ada Byron, Alan Turing", "We introduce Zephon 7B. Zephon 7B outperforms Mistral 7B.")
    )
    assert ("Mistral 7B", "Mistral", "inferred") in said(graph, "inFamily")
    assert ("Mistral 7B", "Mistral AI", "inferred") in said(graph, "developer")
    assert ("Mistral", "Mistral AI", "curated") in said(graph, "developer")
    assert all(c.note for c in graph.claims if c.basis == "inferred")
    assert all(c.sources for c in graph.claims if c.basis == "curated")


def test_a_thing_named_after_a_model_is_no_member_of_its_family() -> None:
    graph = graph_of(entry("Tuning", "Ada Byron, Alan Turing", "We introduce Mistral-Adapter, a model with gates."))
    assert not said(graph, "inFamily") and not said(graph, "developer")


def test_curated_families_come_only_where_they_are_used(seed_graph: KnowledgeGraph) -> None:
    links = said(seed_graph, "succeeds")
    assert {("Mixtral", "Mistral", "curated"), ("Magistral", "Mixtral", "curated")} <= links
    members = {family for _, family, _ in said(seed_graph, "inFamily")}
    assert {e.label for e in seed_graph.entities if e.type == "ModelFamily"} == members


def evidence(paper: str, confidence: float, start: int = 0) -> Evidence:
    return Evidence(paper=IRI(paper), start=start, end=start + 1, quote="x", rule="r", confidence=confidence)


def claim(**fields: object) -> Claim:
    return Claim(**{"subject": "a", "predicate": "matches", "object": "b", "basis": "extracted", **fields})  # type: ignore[arg-type]


def test_merging_keeps_every_sentence_and_the_surest_rule_of_each() -> None:
    merged = merge_claims(
        [
            claim(evidence=(evidence("p", 0.5),)),
            claim(evidence=(evidence("q", 0.8),)),
            claim(evidence=(evidence("p", 0.9),)),
        ]
    )
    assert [(e.paper, e.confidence) for e in merged[0].evidence] == [("p", 0.9), ("q", 0.8)]
    assert len(merged) == 1 and combined_confidence(merged[0].evidence) == pytest.approx(0.98)


def test_what_is_stated_makes_the_inferred_claim_needless() -> None:
    stated, inferred = claim(evidence=(evidence("p", 0.5),)), claim(basis="inferred", note="n")
    assert merge_claims([inferred, stated]) == [stated]


def test_an_extracted_claim_needs_evidence_and_a_curated_one_a_source() -> None:
    with pytest.raises(ValueError, match="needs evidence"):
        claim()
    with pytest.raises(ValueError, match="needs a source"):
        claim(basis="curated")

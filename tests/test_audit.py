"""The audit finds what cannot all be true, and what stands alone; it says so with the sentences."""

from __future__ import annotations

from datetime import date

import pytest

from kg import ids
from kg.assemble import build_graph
from kg.audit import audit
from kg.extract import extract
from kg.model import IRI, Claim, Finding, KnowledgeGraph, Paper, Quantity, Triple
from kg.rdf import graph_to_triples

ID = "https://w3id.org/modelkin/id/"


def model(name: str) -> IRI:
    return IRI(f"{ID}model/{name}")


def claims_to_triples(graph: KnowledgeGraph, *claims: Claim) -> list[Triple]:
    return list(
        graph_to_triples(KnowledgeGraph(papers=graph.papers, entities=graph.entities, claims=(*graph.claims, *claims)))
    )


def test_the_audit_finds_cycles_wrong_dates_contradictions_and_two_sizes(seed_graph: KnowledgeGraph) -> None:
    gopher, chinchilla = model("gopher"), model("chinchilla")

    def more(predicate: str, value: object) -> Claim:
        return Claim(subject=gopher, predicate=predicate, object=value, basis="curated", sources=("https://e.org/x",))  # type: ignore[arg-type]

    found = {
        finding.rule: finding
        for finding in audit(
            claims_to_triples(
                seed_graph,
                more("scaledFrom", chinchilla),
                more("outperforms", chinchilla),
                more("parameterCount", Quantity(value=10**9)),
            )
        )
    }
    assert set(found) == {"lineage-cycle", "child-older-than-parent", "mutual-outperformance", "two-sizes", "orphan"}
    assert "280,000,000,000" in found["two-sizes"].message and "1,000,000,000" in found["two-sizes"].message
    assert "same compute budget as Gopher" in found["lineage-cycle"].message


def paper(title: str, when: date, abstract: str) -> Paper:
    return Paper(
        iri=ids.paper_iri(title, "Ada Byron"), id=title, title=title, authors=("Ada Byron",), truncated=False,
        date=when, date_precision="day", date_text=when.isoformat(), category="cs.CL", code=False,
        affiliations=(), abstract=abstract, source="x.txt", line=1,
    )  # fmt: skip


def findings(*papers: Paper) -> dict[str, list[Finding]]:
    graph = build_graph(list(papers), {p.iri: extract(p) for p in papers}, ())
    found: dict[str, list[Finding]] = {}
    for finding in audit(graph_to_triples(graph)):
        found.setdefault(finding.rule, []).append(finding)
    return found


def test_two_that_outperform_one_another_on_one_benchmark_contradict() -> None:
    early = paper(
        "Zephon", date(2024, 1, 1), "We introduce Zephon, a language model. Zephon outperforms Boreas on MMLU."
    )
    late = paper(
        "Boreas", date(2024, 5, 1), "We introduce Boreas, a language model. Boreas outperforms Zephon on MMLU."
    )
    (finding,) = findings(early, late)["mutual-outperformance"]
    assert finding.severity == "warning" and "on MMLU" in finding.message
    assert "Zephon outperforms Boreas" in finding.message and "Boreas outperforms Zephon" in finding.message


def test_on_two_benchmarks_they_do_not() -> None:
    early = paper(
        "Zephon", date(2024, 1, 1), "We introduce Zephon, a language model. Zephon outperforms Boreas on MMLU."
    )
    late = paper(
        "Boreas", date(2024, 5, 1), "We introduce Boreas, a language model. Boreas outperforms Zephon on GSM8K."
    )
    assert "mutual-outperformance" not in findings(early, late)


def test_where_no_benchmark_is_named_it_is_a_remark() -> None:
    early = paper("Zephon", date(2024, 1, 1), "We introduce Zephon, a language model. Zephon outperforms Boreas.")
    late = paper(
        "Boreas", date(2024, 5, 1), "We introduce Boreas, a language model. Boreas outperforms Zephon on MMLU."
    )
    (finding,) = findings(early, late)["mutual-outperformance"]
    assert finding.severity == "info"


def test_a_name_that_was_known_before_is_not_introduced_again() -> None:
    early = paper("Zephon", date(2023, 1, 1), "We introduce Zephon, a language model fine-tuned from Boreas 7B.")
    late = paper("Boreas 7B", date(2024, 5, 1), "We release Boreas 7B, a language model.")
    found = findings(early, late)
    (finding,) = found["introduced-again"]
    assert "2024-05-01" in finding.message and "2023-01-01" in finding.message and "fine-tuned" in finding.message
    assert "child-older-than-parent" not in found


def test_names_that_nothing_explains_and_papers_that_state_nothing_are_told() -> None:
    found = findings(
        paper("Zephon", date(2023, 1, 1), "We introduce Zephon, a language model. Zephon outperforms Querulon 7B."),
        paper("On Weather", date(2023, 2, 1), "It rains."),
    )
    (unexplained,) = found["unexplained-name"]
    assert "Querulon 7B" in unexplained.message and "outperforms" in unexplained.message
    assert [f.message for f in found["orphan"]] == ["“On Weather”: its abstract states nothing that the rules read"]
    assert {f.severity for f in (unexplained, *found["orphan"])} == {"info"}


def test_the_bundled_graph_has_no_errors_and_no_warnings(seed_graph: KnowledgeGraph) -> None:
    assert {f.severity for f in audit(graph_to_triples(seed_graph))} <= {"info"}


def test_what_introduces_a_thing_again_is_told_once_for_it_with_both_dates() -> None:
    old = paper("One", date(2024, 1, 1), "We introduce Zephon, a language model fine-tuned from Boreas 7B.")
    other = paper("Two", date(2024, 2, 1), "We introduce Notos, a language model fine-tuned from Boreas 7B.")
    late = paper("Three", date(2025, 1, 1), "We introduce Boreas 7B, a language model.")
    (finding,) = findings(old, other, late)["introduced-again"]
    assert "2025-01-01" in finding.message and "2024-01-01" in finding.message and "2 claims" in finding.message


@pytest.mark.parametrize(
    ("abstracts", "wrong"),
    [
        (("We introduce Zephon, a 7B language model.", "We use Zephon (9B)."), True),
        (("We introduce Zephon, a 7B language model.", "Zephon (7.2B) is fast. We use Zephon (7.2B)."), False),
        (("We introduce Zephon, a method with 7M parameters.", "Zephon (9M) is a method."), False),
        (("We introduce Zephon (7B) and, of that name, Zephon (9B), two language models.",), False),
    ],
)
def test_two_sizes_are_reported_of_one_model_unless_one_is_rounded(abstracts: tuple[str, ...], wrong: bool) -> None:
    papers = [paper(f"Paper {place}", date(2024, 1, 1 + place), text) for place, text in enumerate(abstracts)]
    found = findings(*papers).get("two-sizes", [])
    assert len(found) == wrong
    assert all("7,000,000,000 and 9,000,000,000" in finding.message for finding in found)

"""Authors, groups and laboratories: who is one person, who is not, and what is left open."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ids, vocab
from kg.assemble import build_graph
from kg.audit import audit
from kg.model import IRI, KnowledgeGraph, Paper
from kg.rdf import graph_to_triples, triples_to_graph
from kg.resolve.persons import agreement, parse_person, written_out

Byline = tuple[str, ...]


def paper(place: int, authors: Byline, labs: Byline = ()) -> Paper:
    title = f"Paper {place}"
    return Paper(
        iri=ids.paper_iri(title, authors[0]), id=title, title=title, authors=authors, truncated=False,
        date=date(2024, 1, 1 + place), date_precision="day", date_text="", category="cs.CL", code=False,
        affiliations=labs, abstract="We say something.", source="x.txt", line=1 + place,
    )  # fmt: skip


def graph_of(*papers: Paper, same: Iterable[vocab.Identity] = ()) -> KnowledgeGraph:
    return build_graph(papers, {}, same)


def persons(graph: KnowledgeGraph) -> list[str]:
    return sorted(entity.label for entity in graph.entities if entity.type == "Person")


def author_of(graph: KnowledgeGraph, place: int, position: int = 1) -> str:
    papers = {paper.iri: paper.title for paper in graph.papers}
    return next(
        str(claim.object)
        for claim in graph.claims
        if claim.predicate == "creator"
        and papers[IRI(claim.subject)] == f"Paper {place}"
        and claim.note == str(position)
    )


def one_person(first: Byline, second: Byline, labs: tuple[Byline, Byline] = ((), ())) -> bool:
    graph = graph_of(paper(0, first, labs[0]), paper(1, second, labs[1]))
    return author_of(graph, 0) == author_of(graph, 1)


#: The first names of two author lists with others beside them, and whether they are one person.
SHARED = ("Guillaume Zephyr",)
CASES = [
    # equal names
    (("Arthur Mensch",), ("Arthur Mensch",), True),
    (("Arthur Mensch", "Ada Byron"), ("Arthur Mensch", "Kurt Weill"), True),
    (("Mensch, Arthur",), ("Arthur Mensch",), True),
    (("ARTHUR MENSCH",), ("Arthur Mensch",), True),
    (("Renée Dubois",), ("Renee Dubois",), True),
    (("Jörg Bornschein",), ("Joerg Bornschein",), True),
    (("Jean-Baptiste Alayrac",), ("Jean Baptiste Alayrac",), True),
    (("Laurens van der Maaten",), ("van der Maaten, Laurens",), True),
    (("Laurens van der Maaten",), ("Maaten, Laurens van der",), True),
    (("Laurens van der Maaten",), ("Laurens Van Der Maaten",), True),
    (("Diego de las Casas",), ("de las Casas, Diego",), True),
    (("Rami Al-Rfou",), ("Rami Al Rfou",), True),
    (("Sean O'Dell",), ("Sean O’Dell",), True),
    (("Łukasz Kaiser",), ("Lukasz Kaiser",), True),
    (("A. Mensch",), ("A Mensch",), True),
    # initials and middle names, with something shared
    (("A. Mensch", *SHARED), ("Arthur Mensch", *SHARED), True),
    (("Mensch, A.", *SHARED), ("Arthur Mensch", *SHARED), True),
    (("Albert Jiang", *SHARED), ("Albert Q. Jiang", *SHARED), True),
    (("A. Q. Jiang", *SHARED), ("Albert Qiaochu Jiang", *SHARED), True),
    (("J.-B. Alayrac", *SHARED), ("Jean-Baptiste Alayrac", *SHARED), True),
    (("JB Alayrac", *SHARED), ("Jean-Baptiste Alayrac", *SHARED), True),
    (("L. van der Maaten", *SHARED), ("Laurens van der Maaten", *SHARED), True),
    (("John Doe Jr.", *SHARED), ("John Doe", *SHARED), True),
    # the same without anything shared
    (("A. Mensch", "Ada Byron"), ("Arthur Mensch", "Kurt Weill"), False),
    (("Albert Jiang", "Ada Byron"), ("Albert Q. Jiang", "Kurt Weill"), False),
    (("A. Mensch",), ("Arthur Mensch",), False),
    # names that do not agree, whatever is shared
    (("Jane Smith", *SHARED), ("John Smith", *SHARED), False),
    (("J. B. Doe", *SHARED), ("J. C. Doe", *SHARED), False),
    (("Arthur Mensch", *SHARED), ("Arthur Mensing", *SHARED), False),
    (("Arthur B. Mensch", *SHARED), ("Arthur C. Mensch", *SHARED), False),
    (("B. Mensch", *SHARED), ("Arthur Mensch", *SHARED), False),
    (("Laurens van der Maaten", *SHARED), ("Laurens Maaten", *SHARED), False),
    (("Wei Zhang", *SHARED), ("Zhang Wei", *SHARED), False),
    (("John Doe Jr.", *SHARED), ("John Doe Sr.", *SHARED), False),
    # very common names
    (("Wei Zhang", *SHARED), ("Wei Zhang", *SHARED), True),
    (("Wei Zhang", "Ada Byron"), ("Wei Zhang", "Kurt Weill"), False),
    (("Wei Zhang", "Yang Liu"), ("Wei Zhang", "Yang Liu"), False),
    (("Wei Zhang", "Yang Liu", "Li Wang"), ("Wei Zhang", "Yang Liu", "Li Wang"), True),
    (("Wei Emma Zhang", "Ada Byron"), ("Wei Emma Zhang", "Kurt Weill"), True),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "same"), CASES)
def test_who_is_one_person(first: Byline, second: Byline, same: bool) -> None:
    assert one_person(first, second) is same
    assert one_person(second, first) is same


@pytest.mark.parametrize(
    ("labs", "same"),
    [((("deepmind",), ("Google DeepMind",)), True), ((("deepmind",), ("tsinghua",)), False), (((), ("mila",)), False)],
)
def test_a_shared_laboratory_is_evidence(labs: tuple[Byline, Byline], same: bool) -> None:
    assert one_person(("W. Zephyr", "Ada Byron"), ("Willa Zephyr", "Kurt Weill"), labs) is same
    assert one_person(("Wei Zhang", "Ada Byron"), ("Wei Zhang", "Kurt Weill"), labs) is same


def test_a_shared_group_is_evidence() -> None:
    assert one_person(("W. Zephyr", "Zephon Team"), ("Willa Zephyr", "Zephon Team"))
    assert one_person(("W. Zephyr", "Gemini Team"), ("Willa Zephyr", "Kurt Weill"), ((), ("deepmind",)))


def test_two_authors_of_one_paper_are_two_persons() -> None:
    graph = graph_of(paper(0, ("A. Byron", "Ada Byron", "Kurt Weill")), paper(1, ("Ada Byron", "Kurt Weill")))
    assert persons(graph) == ["A. Byron", "Ada Byron", "Kurt Weill"]


def test_an_initial_that_fits_two_persons_is_left_open() -> None:
    rows = (("J. Doe", "Ada Byron", "Kurt Weill"), ("John Doe", "Ada Byron"), ("Jane Doe", "Kurt Weill"))
    graph = graph_of(*(paper(place, authors) for place, authors in enumerate(rows)))
    assert persons(graph) == ["Ada Byron", "J. Doe", "Jane Doe", "John Doe", "Kurt Weill"]
    found = [finding for finding in audit(graph_to_triples(graph)) if finding.rule == "open-identity"]
    assert [(finding.severity, finding.subject) for finding in found] == [("info", ids.entity_iri("Person", "J. Doe"))]
    assert found[0].message.startswith("J. Doe of “Paper 0” may be Jane Doe or John Doe: kept apart (")


def test_evidence_for_one_of_two_decides() -> None:
    rows = (("J. Doe", "Ada Byron"), ("John Doe", "Ada Byron"), ("Jane Doe", "Kurt Weill"))
    graph = graph_of(*(paper(place, authors) for place, authors in enumerate(rows)))
    assert persons(graph) == ["Ada Byron", "Jane Doe", "John Doe", "Kurt Weill"]
    told = [(claim.object, claim.note) for claim in graph.claims if claim.predicate == "writtenAs"]
    assert told == [("J. Doe", "the initials fit, and they share the co-author Ada Byron [person.initials]")]


def test_initials_that_fit_two_persons_do_not_tell_alone() -> None:
    rows = (("J. Doe", "Ada Byron"), ("J. Doe", "Alan Turing"), ("John Doe",), ("Jane Doe",))
    graph = graph_of(*(paper(place, authors) for place, authors in enumerate(rows)))
    assert persons(graph).count("J. Doe") == 2
    graph = graph_of(*(paper(place, authors) for place, authors in enumerate(rows[:3])))
    assert persons(graph).count("J. Doe") == 1


def test_one_merge_may_be_the_evidence_of_the_next() -> None:
    rows = [("A. Byron", "K. Weill", "Alan Turing"), ("Ada Byron", "Alan Turing"), ("Ada Byron", "Kurt Weill")]
    graph = graph_of(*(paper(place, authors) for place, authors in enumerate(rows)))
    assert persons(graph) == ["Ada Byron", "Alan Turing", "Kurt Weill"]


def test_namesakes_have_one_label_and_two_names() -> None:
    graph = graph_of(paper(0, ("Wei Zhang", "Ada Byron")), paper(1, ("Wei Zhang", "Kurt Weill")))
    assert persons(graph).count("Wei Zhang") == 2
    assert author_of(graph, 0) == ids.entity_iri("Person", "Wei Zhang") != author_of(graph, 1)


def test_the_fullest_name_is_the_label() -> None:
    shared = "Guillaume Zephyr"
    graph = graph_of(
        paper(0, ("A. Pérez", shared)), paper(1, ("Pérez, Álvaro M.", shared)), paper(2, ("Alvaro Perez", shared))
    )
    assert persons(graph) == [shared, "Álvaro M. Pérez"]


def test_the_authors_of_the_bundled_listing_are_one_person_each(seed_graph: KnowledgeGraph) -> None:
    papers: dict[str, set[str]] = defaultdict(set)
    for claim in seed_graph.claims:
        if claim.predicate == "creator":
            papers[str(claim.object)].add(claim.subject)
    for name in ("Sebastian Borgeaud", "Arthur Mensch", "Albert Q. Jiang", "Aidan Clark"):
        assert len(papers[ids.entity_iri("Person", name)]) > 1, name
    labels = persons(seed_graph)
    assert len(labels) == len(set(labels))
    assert not [claim for claim in seed_graph.claims if claim.predicate == "possiblySameAs"]


# --- curated statements ---------------------------------------------------------------------------------------------


def statement(*names: str, same: bool = True, papers: tuple[str, ...] = ()) -> vocab.Identity:
    return vocab.Identity(
        iri=IRI("https://example.org/s"), same=same, names=names, papers=papers, reason="We know.", sources=()
    )


@pytest.mark.parametrize(
    ("first", "second", "said", "same"),
    [
        ("Bill Zephyr", "William Zephyr", statement("Bill Zephyr", "William Zephyr"), True),
        ("Wei Zhang", "Wei Zhang", statement("Wei Zhang"), True),
        ("Ada Zephyr", "Zephyr, Ada", statement("Ada Zephyr", "Zephyr, Ada", same=False), False),
        ("Ada Zephyr", "Ada Zephyr", statement("Ada Zephyr", same=False, papers=("Paper 1",)), False),
        ("Dan Jurafsky", "Daniel Jurafsky", statement("Nobody", "Here"), True),
        ("Dan Jurafsky", "Daniel Jurafsky", statement("Dan Jurafsky", "Daniel Jurafsky", same=False), False),
    ],
)
def test_statements_on_people_overrule_the_rules(first: str, second: str, said: vocab.Identity, same: bool) -> None:
    graph = graph_of(paper(0, (first, "Ada Byron")), paper(1, (second, "Kurt Weill")), same=[said])
    assert (author_of(graph, 0) == author_of(graph, 1)) is same


# --- groups and laboratories ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("deepmind", "Google DeepMind", True),
        ("DeepMind", "deepmind", True),
        ("Mila, Montreal", "mila", True),
        ("Zephon Labs Inc.", "Zephon Labs", True),
        ("The Zephon Institute", "Zephon Institute", True),
        ("Zephon-Institute", "Zephon Institute", True),
        ("Zephon Institute", "Quagga Institute", False),
        ("Google", "Google DeepMind", False),
        ("University of Zephon", "Zephon", False),
        ("mila, tsinghua", "mila", False),
    ],
)
def test_names_of_laboratories(one: str, other: str, same: bool) -> None:
    graph = graph_of(paper(0, ("Ada Byron",), (one,)), paper(1, ("Kurt Weill",), (other,)))
    labs = {str(claim.object) for claim in graph.claims if claim.predicate == "listedAffiliation"}
    assert len(labs) == (1 if same else 2)


def test_a_statement_takes_a_name_from_a_laboratory_of_our_table() -> None:
    said = statement("deepmind", "Google DeepMind", same=False)
    graph = graph_of(
        paper(0, ("Ada Byron",), ("deepmind",)), paper(1, ("Ada Byron",), ("Google DeepMind",)), same=[said]
    )
    assert {e.label for e in graph.entities if e.type == "Organization"} == {"deepmind", "Google DeepMind"}


@pytest.mark.parametrize(
    ("name", "lab", "basis"),
    [
        ("Gemini Team", "Google DeepMind", "curated"),
        ("Mila", "Mila", "inferred"),
        ("Codestral Team", "Mistral AI", "inferred"),
        ("Anthropic Team", "Anthropic", "inferred"),
        ("Zephon Team", "", ""),
    ],
)
def test_groups_act_for_laboratories(name: str, lab: str, basis: str) -> None:
    graph = graph_of(paper(0, (name, "Ada Byron")))
    labels = {entity.iri: entity.label for entity in graph.entities}
    acts = [(labels[IRI(str(c.object))], c.basis) for c in graph.claims if c.predicate == "actsFor"]
    assert acts == ([(lab, basis)] if lab else [])
    assert [(labels[IRI(str(c.object))], c.basis) for c in graph.claims if c.predicate == "producedBy"] == (
        [(lab, "inferred")] if lab else []
    )


# --- any names ------------------------------------------------------------------------------------------------------

GIVEN = st.sampled_from(["J.", "John", "Jane", "Jörg", "Joerg", "J. A.", "John A.", "JA", "Ai-Lin", "Ailin", ""])
SURNAME = st.sampled_from(["Doe", "Smith", "Zhang", "van der Zephyr", "Müller", "Mueller"])
AUTHOR = st.builds(lambda given, surname: f"{given} {surname}".strip(), GIVEN, SURNAME)
BYLINES = st.lists(st.lists(AUTHOR, min_size=1, max_size=4).map(tuple), min_size=1, max_size=6)


@settings(max_examples=80, deadline=None)
@given(BYLINES, st.integers(0, 99))
def test_the_order_of_papers_changes_nothing_and_the_graph_comes_back(rows: list[Byline], seed: int) -> None:
    papers = [paper(place, authors) for place, authors in enumerate(rows)]
    shuffled = random.Random(seed).sample(papers, len(papers))
    graph = graph_of(*papers)
    assert graph == graph_of(*shuffled)
    assert triples_to_graph(graph_to_triples(graph)) == graph


@settings(max_examples=80, deadline=None)
@given(BYLINES)
def test_names_of_one_person_agree_and_never_stand_twice_in_a_paper(rows: list[Byline]) -> None:
    graph = graph_of(*(paper(place, authors) for place, authors in enumerate(rows)))
    places = [claim for claim in graph.claims if claim.predicate == "creator"]
    authors = {paper.iri: paper.authors for paper in graph.papers}
    names: dict[str, set[str]] = defaultdict(set)
    for claim in places:
        names[str(claim.object)].add(authors[IRI(claim.subject)][int(claim.note) - 1])
    for written in names.values():
        assert all(agreement(parse_person(a), parse_person(b)) for a in written for b in written)
    for iri in authors:
        listed = {(str(c.object), parse_person(authors[iri][int(c.note) - 1]).key) for c in places if c.subject == iri}
        assert len({person for person, _ in listed}) == len(listed)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_read_as_a_name(one: str, other: str) -> None:
    assert agreement(parse_person(one), parse_person(one)) == "equal"
    assert agreement(parse_person(one), parse_person(other)) == agreement(parse_person(other), parse_person(one))
    assert parse_person(written_out(one)).key == parse_person(one).key or "," in one

"""Fixtures that several files share: the graph of the bundled listing, and the shared data where it is present."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.assemble import build_graph, merge_claims
from kg.extract import extract
from kg.ids import entity_iri, paper_iri
from kg.model import Claim, Entity, Evidence, KnowledgeGraph, Paper, Quantity, Result
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, read


@pytest.fixture(scope="session")
def seed_graph() -> KnowledgeGraph:
    """Build the graph of the seventeen bundled papers."""
    found = records_to_papers(read(BUNDLED_LISTING), as_of=date(2026, 11, 23))
    papers = [paper for paper in found if isinstance(paper, Paper)]
    return build_graph(papers, {paper.iri: extract(paper) for paper in papers})


@pytest.fixture(scope="session")
def tiny_graph() -> KnowledgeGraph:
    """Write a graph by hand whose texts hold all that writers of RDF stumble over."""
    title, abstract = (
        'Foo "2"\\n',
        "\x27\x27\x27Foo-2\x27\x27\x27\r\n\tbeats <Bar> \u202eאבג\u2028 😀 \x85 # @en ^^x \\u0041 \U0010fffd.",
    )
    iri = paper_iri(title, "Ó Briain, Dara")
    paper = Paper(
        iri=iri,
        id="x:1",
        title=title,
        authors=("Ó Briain, Dara",),
        truncated=True,
        date=date(2026, 2, 28),
        date_precision="day",
        date_text="28 Feb '26",
        category="cs.CL",
        code=False,
        affiliations=("University of California, Berkeley", "a\\"),
        abstract=abstract,
        source="x.txt",
        line=1,
    )
    foo, bar = (
        Entity(iri=entity_iri("Model", n), type="Model", label=n, aliases=(n + "\\",)) for n in ("Foo-2", "Bar")
    )
    dara = Entity(iri=entity_iri("Person", "Dara Ó Briain"), type="Person", label="Dara Ó Briain")
    start = len(title) + 1
    said = Evidence(paper=iri, start=start, end=len(paper.text), quote=abstract, rule="a.b", confidence=0.123456)
    bare = Result(benchmark="-", metric="-", value='"10%"')
    claims = [
        Claim(subject=iri, predicate="creator", object=dara.iri, basis="listed", note="1"),
        Claim(subject=foo.iri, predicate="outperforms", object=bar.iri, basis="extracted", evidence=(said,)),
        Claim(subject=foo.iri, predicate="parameterCount", object=Quantity(value=2), basis="inferred", note="a\nb"),
        Claim(subject=foo.iri, predicate="result", object=bare, basis="extracted", evidence=(said,)),
        Claim(subject=foo.iri, predicate="succeeds", object=bar.iri, basis="curated", sources=("https://e.org/(a)#b",)),
    ]
    entities = tuple(sorted((foo, bar, dara), key=lambda e: e.iri))
    return KnowledgeGraph(papers=(paper,), entities=entities, claims=tuple(merge_claims(claims)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the data beside the checkout that is not part of the project."""
    place = Path(__file__).parents[2] / "shared"
    if not (place / "gold").is_dir():
        pytest.skip("../shared is not here")
    return place

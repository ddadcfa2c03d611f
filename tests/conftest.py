"""Fixtures that several files share: the graph of the bundled listing, and the shared data where it is present."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.assemble import build_graph
from kg.extract import extract
from kg.model import KnowledgeGraph, Paper
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, read


@pytest.fixture(scope="session")
def seed_graph() -> KnowledgeGraph:
    """Build the graph of the seventeen bundled papers."""
    found = records_to_papers(read(BUNDLED_LISTING), as_of=date(2026, 11, 23))
    papers = [paper for paper in found if isinstance(paper, Paper)]
    return build_graph(papers, {paper.iri: extract(paper) for paper in papers})


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the data beside the checkout that is not part of the project."""
    place = Path(__file__).parents[2] / "shared"
    if not (place / "gold").is_dir():
        pytest.skip("../shared is not here")
    return place

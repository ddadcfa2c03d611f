"""From a paper to its claims: find names, find what is introduced, then let each family of rules read the sentences."""

from __future__ import annotations

from kg.extract.mentions import find_names, mask_sentences
from kg.extract.relations.comparison import extract_comparisons
from kg.extract.relations.evaluation import extract_evaluations, extract_licences
from kg.extract.relations.introduction import extract_introductions, find_introduced
from kg.extract.relations.lineage import extract_lineage
from kg.extract.relations.numbers import extract_numbers
from kg.extract.relations.reading import Reading
from kg.extract.text import read_document
from kg.model import Claim, Paper

__all__ = ["extract_claims", "read_paper"]

#: The families of rules, in the order in which their claims are given.
EXTRACTORS = (
    extract_introductions,
    extract_numbers,
    extract_licences,
    extract_lineage,
    extract_comparisons,
    extract_evaluations,
)


def read_paper(paper: Paper) -> Reading:
    """Read a paper's text: names found and masked, nothing extracted yet."""
    document = read_document(paper.text, len(paper.title))
    return Reading(paper, document, tuple(mask_sentences(document, find_names(document))))


def extract_claims(paper: Paper) -> list[Claim]:
    """The claims that a paper's title and abstract state, as written, each with its sentence.

    Each combination of subject, predicate and object is given once, with the first sentence that states it.
    """
    reading = read_paper(paper)
    claims = find_introduced(reading)
    for extract in EXTRACTORS:
        claims.extend(extract(reading))
    first: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        first.setdefault((claim.subject, claim.predicate, claim.object), claim)
    return list(first.values())

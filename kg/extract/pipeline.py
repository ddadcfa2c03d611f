"""From a paper to its claims: find names, find what is introduced, then let each family of rules read the sentences."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions import find_names, mask_sentences
from kg.extract.relations.comparison import extract_comparisons
from kg.extract.relations.components import extract_components
from kg.extract.relations.evaluation import extract_evaluations
from kg.extract.relations.introduction import find_introduced
from kg.extract.relations.kinds import noun_beside
from kg.extract.relations.licences import extract_licences
from kg.extract.relations.lineage import extract_lineage
from kg.extract.relations.numbers import extract_numbers
from kg.extract.relations.reading import Reading
from kg.extract.relations.variants import extract_variants
from kg.extract.text import read_document
from kg.model import Claim, Extraction, Mention, Paper
from kg.names import name_key

__all__ = ["extract", "extract_claims", "read_paper"]

#: The families of rules, in the order in which their claims are given.
EXTRACTORS = (
    extract_variants,
    extract_numbers,
    extract_licences,
    extract_lineage,
    extract_components,
    extract_comparisons,
    extract_evaluations,
)


def read_paper(paper: Paper) -> Reading:
    """Read a paper's text: names found and masked, nothing extracted yet."""
    document = read_document(paper.text, len(paper.title))
    return Reading(paper, document, tuple(mask_sentences(document, find_names(document))))


def extract(paper: Paper) -> Extraction:
    """Read the names and the claims in a paper's title and abstract, as written, each claim with its sentence.

    Each combination of subject, predicate and object is given once, with the first sentence that states it.
    """
    reading = read_paper(paper)
    claims = find_introduced(reading)
    for extractor in EXTRACTORS:
        claims.extend(extractor(reading))
    first: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        first.setdefault((claim.subject, claim.predicate, claim.object), claim)
    return Extraction(mentions=tuple(_mentions(reading)), claims=tuple(first.values()))


def extract_claims(paper: Paper) -> list[Claim]:
    """Give the claims that a paper states, as written; see :func:`extract`."""
    return list(extract(paper).claims)


def _mentions(reading: Reading) -> Iterator[Mention]:
    """Yield the names of the abstract; of the title only those that the abstract or a claim knows."""
    known = {name_key(n.text) for s in reading.sentences[1:] for n in s.names} | set(map(name_key, reading.introduced))
    for index, sentence in enumerate(reading.sentences):
        for position, name in enumerate(sentence.names):
            if name.kind == "licence" or name.concept or (index == 0 and name_key(name.text) not in known):
                continue
            text = reading.written(name)
            kind = reading.introduced.get(text) or (
                "Benchmark" if name.kind == "data" else noun_beside(sentence, position)
            )
            yield _mention(reading, name.start, name.start + len(name.alias or name.text), text, kind)


def _mention(reading: Reading, start: int, end: int, text: str, kind: str) -> Mention:
    start, end = reading.document.original(start, end)
    surface = reading.paper.text[start:end]
    return Mention(paper=reading.paper.iri, start=start, end=end, text=text, surface=surface, type=kind)

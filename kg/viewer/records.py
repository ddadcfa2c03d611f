"""The plain data of the page: what :func:`kg.viewer.to_view` gives and the page is written from."""

from __future__ import annotations

from typing import TypedDict

__all__ = ["EdgeRecord", "EvidenceRecord", "NodeRecord", "ResultRecord", "View"]


class EvidenceRecord(TypedDict):
    """A sentence of a paper. ``paper`` is the paper's id; ``where`` its title and date, if it is not in the network.

    ``cue`` are the half-open offsets into the quote of the words that the rule looks for, empty where it has none.
    """

    quote: str
    paper: str
    where: str
    rule: str
    confidence: float
    cue: list[int]


class ResultRecord(TypedDict):
    """One reported figure of a model."""

    benchmark: str
    metric: str
    value: str
    evidence: list[EvidenceRecord]


class NodeRecord(TypedDict):
    """A thing, with ``short`` its label in the picture and ``also`` its other names.

    ``at`` is its place in each view and the number of the block in which it stands there, -1 for none.
    ``when`` is the date in words and ``day`` as a number that sorts like it, 0 without a date. ``family`` and ``lab``
    are names. ``web`` is the address of a paper on arXiv, where its id is known.
    """

    id: str
    label: str
    short: str
    type: str
    when: str
    day: int
    family: str
    lab: str
    also: list[str]
    facts: list[tuple[str, list[str]]]
    results: list[ResultRecord]
    web: str
    weight: int
    at: dict[str, tuple[int, int, int]]


class EdgeRecord(TypedDict):
    """A claim between two things. ``listed`` is the place of an author in a paper's list, 0 elsewhere."""

    source: str
    target: str
    relation: str
    basis: str
    confidence: float
    evidence: list[EvidenceRecord]
    sources: list[str]
    note: str
    listed: int


class View(TypedDict):
    """All that the page needs; ``base`` is what the ids have in common and links leave out."""

    base: str
    nodes: list[NodeRecord]
    edges: list[EdgeRecord]
    types: list[dict[str, object]]
    kinds: list[dict[str, object]]
    bases: list[dict[str, object]]
    relations: dict[str, dict[str, object]]
    rules: dict[str, str]
    prefixes: dict[str, str]
    views: list[dict[str, object]]

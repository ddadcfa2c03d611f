"""Count what extraction states against what a reader wrote down.

A stated claim that fits a required gold claim is right; one that fits only an optional one counts for nothing, and so
does one that fits a gold claim which another already fits; any other is wrong. A required claim that nothing fits is
missed. Claims whose predicate gold claims do not have are not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg.evaluation.gold import GROUP_OF, GROUPS, GoldClaim, GoldPaper, StatedClaim
from kg.evaluation.matching import alternatives, fits, normalized, same_passage

__all__ = ["Counts", "Evaluation", "Judgement", "evaluate"]

Verdict = Literal["right", "wrong", "not counted"]


class Counts(NamedTuple):
    """How many claims are right, wrong and missed, and the rates that follow; a rate of nothing is 0."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of stated claims that are right."""
        return _share(self.right, self.wrong)

    @property
    def recall(self) -> float:
        """The share of gold claims that are stated."""
        return _share(self.right, self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Counts(right=3, wrong=1, missed=2)
        Counts(right=3, wrong=1, missed=2)
        >>> round(Counts(right=3, wrong=1, missed=2).f1, 3), Counts().f1
        (0.667, 0.0)
        """
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What became of a stated claim; ``gold`` is the required claim that a right one fits."""

    paper: str
    claim: StatedClaim
    verdict: Verdict
    gold: GoldClaim | None = None

    @property
    def group(self) -> str:
        """The group in which the claim is counted."""
        return GROUP_OF[self.claim.predicate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The judged claims in the order of gold and text, the missed ones with their papers, and counts by group.

    ``counts`` has the groups, then ``lineage, any type`` (right whatever the kind of descent), ``all but type``,
    ``all``, and ``evidence``: the right claims whose quote shares half of its words with the gold's, and the others.
    """

    judgements: tuple[Judgement, ...]
    missed: tuple[tuple[str, GoldClaim], ...]
    counts: Mapping[str, Counts]


def evaluate(gold: Sequence[GoldPaper], stated: Mapping[str, Iterable[StatedClaim]]) -> Evaluation:
    """Hold what extraction states of each paper, by the id of its gold line, against the gold claims."""
    distinct = {paper.id: list(_distinct(stated.get(paper.id, ()))) for paper in gold}
    judgements, missed = _judge_all(gold, distinct, typed=True)
    counts = _counts(judgements, missed)
    loose = _counts(*_judge_all(gold, distinct, typed=False))
    quoted = sum(same_passage(j.gold.quote, j.claim.quote) for j in judgements if j.gold)
    right = sum(j.verdict == "right" for j in judgements)
    rows = {
        **counts,
        "lineage, any type": loose["lineage"],
        "all but type": _sum(counts[group] for group in GROUPS if group != "type"),
        "all": _sum(counts.values()),
        "evidence": Counts(right=quoted, missed=right - quoted),
    }
    return Evaluation(judgements=tuple(judgements), missed=tuple(missed), counts=rows)


def _distinct(claims: Iterable[StatedClaim]) -> Iterator[StatedClaim]:
    """Leave out claims that cannot be judged, and of claims that differ only in how they write a name all but one."""
    seen: set[tuple[str, str, str]] = set()
    for claim in claims:
        key = normalized(claim.subject), claim.predicate, normalized(claim.object)
        if claim.predicate in GROUP_OF and key not in seen:
            seen.add(key)
            yield claim


def _judge_all(
    gold: Iterable[GoldPaper], stated: Mapping[str, Sequence[StatedClaim]], *, typed: bool
) -> tuple[list[Judgement], list[tuple[str, GoldClaim]]]:
    judgements: list[Judgement] = []
    missed: list[tuple[str, GoldClaim]] = []
    for paper in gold:
        judged, open_ = _judge(paper, stated[paper.id], typed=typed)
        judgements += judged
        missed += [(paper.id, claim) for claim in open_]
    return judgements, missed


def _judge(paper: GoldPaper, stated: Iterable[StatedClaim], *, typed: bool) -> tuple[list[Judgement], list[GoldClaim]]:
    """Judge a paper's claims in their order, and give the required gold claims that none of them fits."""
    introduced = {name for gold in paper.claims if gold.predicate == "introduces" for name in alternatives(gold.object)}
    judgements: list[Judgement] = []
    open_ = [gold for gold in paper.claims if not gold.optional]
    for claim in stated:
        verdict: Verdict = "right"
        found = next((gold for gold in open_ if fits(gold, claim, introduced, typed=typed)), None)
        if found:
            open_.remove(found)
        else:
            known = any(fits(gold, claim, introduced, typed=typed) for gold in paper.claims)
            verdict = "not counted" if known else "wrong"
        judgements.append(Judgement(paper=paper.id, claim=claim, verdict=verdict, gold=found))
    return judgements, open_


def _counts(judgements: Iterable[Judgement], missed: Iterable[tuple[str, GoldClaim]]) -> dict[str, Counts]:
    """Count by group; a missed claim with several predicates is of the group of its first."""
    found = dict.fromkeys(GROUPS, Counts())
    for one in judgements:
        kind = Counts(right=int(one.verdict == "right"), wrong=int(one.verdict == "wrong"))
        found[one.group] = _sum((found[one.group], kind))
    for _, claim in missed:
        group = GROUP_OF[claim.predicate.split(" | ")[0]]
        found[group] = _sum((found[group], Counts(missed=1)))
    return found


def _sum(counts: Iterable[Counts]) -> Counts:
    return Counts(*(sum(column) for column in zip(*counts, strict=True)))


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 0.0

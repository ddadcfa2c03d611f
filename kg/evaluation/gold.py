"""Claims as a reader writes them down, one paper a line, and the papers that they are about.

A line is ``{"id": ..., "claims": [{"s": subject, "p": predicate, "o": object, "quote": ..., "opt": true?}]}``. A field
may hold alternatives with `` | `` between; ``opt`` marks a claim that may or may not be found. A line may have the
``title`` of its paper, for listings in which papers have no id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Claim, Paper, Quantity, Result
from kg.names import name_key

__all__ = [
    "BUNDLED_GOLD",
    "GROUPS",
    "GROUP_OF",
    "LINEAGE",
    "GoldClaim",
    "GoldPaper",
    "StatedClaim",
    "match_papers",
    "object_text",
    "parse_gold",
    "stated_claims",
]

#: The claims of the bundled listing that a reader wrote down.
BUNDLED_GOLD = Path(__file__).parent.parent / "data" / "seeds-gold.jsonl"

#: The relations of descent.
LINEAGE = (
    "fineTunedFrom", "initializedFrom", "distilledFrom", "prunedFrom", "quantizedFrom", "mergedFrom",
    "basedOnArchitecture", "scaledFrom", "succeeds",
)  # fmt: skip
#: The predicates that gold claims may have, in the groups that are counted together.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "introduces": ("introduces",),
    "type": ("type",),
    "variantOf": ("variantOf",),
    "numbers": ("parameterCount", "activeParameterCount", "contextLength", "trainingTokens"),
    "license": ("license",),
    "trainedOn": ("trainedOn",),
    "evaluatedOn": ("evaluatedOn",),
    "result": ("result",),
    "lineage": LINEAGE,
    "usesComponent": ("usesComponent",),
    "comparison": ("outperforms", "matches"),
}
#: The group of each predicate.
GROUP_OF = {predicate: group for group, predicates in GROUPS.items() for predicate in predicates}

_FORM = '{"id": ..., "claims": [{"s": ..., "p": ..., "o": ..., "quote": ...}]}'
_BARS_OF_A_RESULT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """A claim that a reader found; each field but ``quote`` may hold alternatives with `` | `` between."""

    subject: str
    predicate: str
    object: str
    quote: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPaper:
    """A paper's claims as a reader found them; ``line`` is 1-based, ``title`` may be empty."""

    id: str
    claims: tuple[GoldClaim, ...]
    title: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClaim:
    """A claim that extraction states, as ``kg claims`` writes it, with the rule and its confidence."""

    subject: str
    predicate: str
    object: str
    quote: str = ""
    rule: str = ""
    confidence: float = 1.0


def object_text(claim: Claim) -> str:
    """Write the object of a claim as written: a name, a whole number, or ``benchmark|metric|value``."""
    match claim.object:
        case Quantity(value=number):
            return str(number)
        case Result(benchmark=benchmark, metric=metric, value=value):
            return f"{benchmark}|{metric}|{value}"
        case name:
            return name


def stated_claims(claims: Iterable[Claim]) -> Iterator[StatedClaim]:
    """Yield for each extracted claim, as written, what each of its sentences states."""
    for claim in claims:
        for evidence in claim.evidence:
            yield StatedClaim(
                subject=claim.subject,
                predicate=claim.predicate,
                object=object_text(claim),
                quote=evidence.quote,
                rule=evidence.rule,
                confidence=evidence.confidence,
            )


def match_papers(gold: Sequence[GoldPaper], papers: Iterable[Paper], source: str) -> Mapping[str, Paper]:
    """Find the paper of each line, by its id or else its title; give it by the line's id.

    Raises
    ------
    InputError
        If a line's paper is not there; ``source`` is what the message calls the gold.

    """
    by_id: dict[str, Paper] = {}
    by_title: dict[str, Paper] = {}
    for paper in papers:
        by_id.setdefault(paper.id, paper)
        by_title.setdefault(name_key(paper.title), paper)
    found: dict[str, Paper] = {}
    for one in gold:
        match = by_id.get(one.id) or (by_title.get(name_key(one.title)) if one.title else None)
        if match is None:
            what = f"no paper has the id {one.id!r}" + (f" or the title {one.title!r}" if one.title else "")
            raise InputError(what, where=f"{source}:{one.line}", remedy="name the file of its papers with --papers")
        found[one.id] = match
    return found


def parse_gold(lines: Iterable[str], source: str) -> list[GoldPaper]:
    """Read gold claims, one paper a line; blank lines are passed over.

    Raises
    ------
    InputError
        If a line has another form, with its number, or if there is none.

    """
    papers: dict[str, GoldPaper] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            paper = _paper(line, number)
            if paper.id in papers:
                remedy = f"put all its claims on line {papers[paper.id].line}"
                raise InputError(f"the id {paper.id!r} is there twice", remedy=remedy)
        except InputError as error:
            raise InputError(error.what, where=f"{source}:{number}", remedy=error.remedy) from None
        papers[paper.id] = paper
    if not papers:
        raise InputError("there are no gold claims in it", where=source, remedy=f"write one paper a line: {_FORM}")
    return list(papers.values())


def _paper(line: str, number: int) -> GoldPaper:
    """Read one line; an error says what is wrong in it, not where it stands."""
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        what = f"this is no JSON ({error.msg} at column {error.colno})"
        raise InputError(what, remedy=f"write {_FORM}") from None
    except RecursionError:
        raise InputError("this JSON is nested too deep", remedy=f"write {_FORM}") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("claims"), list):
        raise InputError("this is no object with an id and a list of claims", remedy=f"write {_FORM}")
    title = fields.get("title", "")
    if not isinstance(title, str):
        raise InputError("'title' is not a text", remedy="write the paper's title or leave the field out")
    claims = tuple(_claim(claim, f"claim {place}") for place, claim in enumerate(fields["claims"], start=1))
    return GoldPaper(id=_text(fields, "id", "the line"), claims=claims, title=title, line=number)


def _claim(fields: Any, what: str) -> GoldClaim:
    if not isinstance(fields, dict):
        raise InputError(f"{what} is no object", remedy=f"write {_FORM}")
    claim = GoldClaim(
        subject=_text(fields, "s", what),
        predicate=_text(fields, "p", what),
        object=_text(fields, "o", what),
        quote=_text(fields, "quote", what) if "quote" in fields else "",
        optional=fields.get("opt", False),
    )
    if not isinstance(claim.optional, bool):
        raise InputError(f"the 'opt' of {what} is not true or false", remedy="leave it out where a claim is required")
    for predicate in claim.predicate.split(" | "):
        if predicate not in GROUP_OF:
            remedy = f"choose one of {', '.join(GROUP_OF)}"
            raise InputError(f"{what} has the unknown predicate {predicate!r}", remedy=remedy)
    results = claim.object.split(" | ") if claim.predicate == "result" else ()
    if any(one.count("|") != _BARS_OF_A_RESULT for one in results):
        raise InputError(f"{what} is a result with the object {claim.object!r}", remedy="write benchmark|metric|value")
    return claim


def _text(fields: dict[str, Any], name: str, what: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{what} has no text as its {name!r}", remedy=f"write {_FORM}")
    return value

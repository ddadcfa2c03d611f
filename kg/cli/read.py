"""``kg papers``, ``kg claims``, ``kg triples``: what the inputs give, before a graph is built from it."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.terminal import confidence_option, emit, format_option, progress, report_failures
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.model import Claim, Extraction, Paper, ReadFailure
    from kg.pipeline import Reading

__all__ = ["claims", "keep_readable", "papers", "reading_options", "report_left_out", "to_reading", "triples"]

F = TypeVar("F", bound=Callable[..., Any])
_STRICT_FAILED = 3


def reading_options(command: F) -> F:
    """Add the options of every command that reads inputs."""
    for option in (
        click.option("--strict", is_flag=True, help="Leave with exit code 3 if any entry could not be read."),
        click.option(
            "--input-format", default="auto", show_default=True, metavar="NAME", help="How to read the input."
        ),
        click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="YYYY-MM-DD",
            help="The day of the listing: a date without a year is the latest such day not after it. [default: today]",
        ),
    ):
        command = option(command)
    return command


def to_reading(as_of: datetime | None, input_format: str) -> Reading:
    """Settle how to read; only here does the command line look at the clock."""
    from kg.pipeline import Reading

    return Reading(as_of=as_of.date() if as_of else date.today(), format=input_format)


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@reading_options
@format_option("jsonl", "table")
def papers(inputs: tuple[str, ...], as_of: datetime | None, input_format: str, strict: bool, format_: str) -> None:
    """Print the papers of a listing as they were read.

    One JSON object a line: title, authors, truncated ("et al."), date, year_inferred, category, code,
    affiliations, abstract, and id where the input has one. INPUT is a file, or - for standard input.

    \b
    kg papers papers.txt
    kg papers papers.txt --format table
    pbpaste | kg papers - --as-of 2026-04-01
    """
    from kg.pipeline import iter_papers

    failures: list[ReadFailure] = []
    found = _counted(keep_readable(iter_papers(inputs, to_reading(as_of, input_format)), failures))
    if format_ == "jsonl":
        for paper in found:
            emit(json.dumps(_record(paper), ensure_ascii=False) + "\n")
    else:
        from kg.reports.tables import render_table

        rows = [[_date(paper), paper.category, paper.title, _authors(paper), *_marks(paper)] for paper in found]
        emit(render_table(["date", "category", "title", "authors", "affiliations", "code"], rows))
    _finish(failures, strict)


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@confidence_option
@reading_options
@format_option("jsonl", "table")
def claims(
    inputs: tuple[str, ...],
    min_confidence: float,
    as_of: datetime | None,
    input_format: str,
    strict: bool,
    format_: str,
) -> None:
    """Print the claims that the papers state.

    Names are as the text writes them. One JSON object a line: paper, subject (PAPER for the paper itself),
    predicate, object, quote, start, end, rule, confidence, basis. A result's object is benchmark|metric|value.

    \b
    kg claims papers.txt
    kg claims papers.txt --format table | grep fineTunedFrom
    kg claims papers.txt --min-confidence 0.95
    """
    from kg.pipeline import iter_extractions

    failures: list[ReadFailure] = []
    found = keep_readable(iter_extractions(inputs, to_reading(as_of, input_format)), failures)
    left_out: list[Claim] = []
    kept = _keep_confident(found, min_confidence, left_out)
    rows = (row for paper, claim in kept for row in _claim_rows(paper, claim))
    if format_ == "jsonl":
        for row in rows:
            emit(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        from kg.reports.tables import render_table

        columns = ["paper", "subject", "predicate", "object", "confidence", "quote"]
        emit(render_table(columns, ([row[column] for column in columns] for row in rows)))
    report_left_out(len(left_out), min_confidence)
    _finish(failures, strict)


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@confidence_option
@reading_options
def triples(
    inputs: tuple[str, ...],
    output: Path,
    min_confidence: float,
    as_of: datetime | None,
    input_format: str,
    strict: bool,
) -> None:
    """Write the graph of a listing as N-Triples.

    Without a store, a page and a report; the file appears whole or not at all.

    \b
    kg triples papers.txt -o graph.nt
    """
    from kg.pipeline import write_triples

    reading = replace(to_reading(as_of, input_format), min_confidence=min_confidence)
    with progress() as tell:
        _, failures, left_out = write_triples(inputs, output, reading, tell)
    report_left_out(left_out, min_confidence)
    click.echo(f"wrote {output}", err=True)
    _finish(failures, strict)


def _keep_confident(
    found: Iterable[tuple[Paper, Extraction]], min_confidence: float, left_out: list[Claim]
) -> Iterator[tuple[Paper, Claim]]:
    """Yield the claims that are sure enough with their papers, and put the rest aside."""
    from kg.confidence import keep_confident_claims

    for paper, extraction in found:
        kept = keep_confident_claims(extraction.claims, min_confidence)
        left_out += [claim for claim in extraction.claims if claim not in kept]
        yield from ((paper, claim) for claim in kept)


def report_left_out(left_out: int, min_confidence: float) -> None:
    """Tell how many claims were not sure enough, where only sure ones are asked for."""
    from kg.reports.build import render_left_out

    if min_confidence:
        click.echo(render_left_out(left_out, min_confidence), err=True)


T = TypeVar("T")


def keep_readable(items: Iterator[T | ReadFailure], failures: list[ReadFailure]) -> Iterator[T]:
    """Yield what could be read, and put the rest aside; an input in which nothing could be read is an error."""
    from kg.model import ReadFailure

    good = 0
    for item in items:
        if isinstance(item, ReadFailure):
            failures.append(item)
        else:
            good += 1
            yield item
    if not good and failures:
        first = failures[0]
        raise InputError(first.reason, where=f"{first.source}:{first.line}", remedy="no paper could be read")


def _counted(found: Iterator[T]) -> Iterator[T]:
    """Show how far the work is, where the answer itself does not."""
    if sys.stdout.isatty():
        yield from found
        return
    with progress() as tell:
        for count, item in enumerate(found, start=1):
            tell("reading", count)
            yield item


def _finish(failures: Sequence[ReadFailure], strict: bool) -> None:
    report_failures(failures)
    if failures and strict:
        click.get_current_context().exit(_STRICT_FAILED)


def _record(paper: Paper) -> dict[str, object]:
    record: dict[str, object] = {
        "title": paper.title,
        "authors": list(paper.authors),
        "truncated": paper.truncated,
        "date": _date(paper) or None,
        "year_inferred": paper.date_precision == "year-inferred",
        "category": paper.category,
        "code": paper.code,
        "affiliations": list(paper.affiliations),
        "abstract": paper.abstract,
    }
    own_id = paper.id if paper.id != paper.iri.rsplit("/", 1)[-1] else ""
    return {"id": own_id, **record} if own_id else record


def _date(paper: Paper) -> str:
    """Write a date as precisely as it is known: ``2024-01-08``, ``2024-01``, ``2024``."""
    if paper.date is None:
        return ""
    length = {"month": 7, "year": 4}.get(paper.date_precision, 10)
    return paper.date.isoformat()[:length]


def _authors(paper: Paper) -> str:
    return ", ".join(paper.authors) + (" et al." if paper.truncated else "")


def _marks(paper: Paper) -> tuple[str, str]:
    return ", ".join(paper.affiliations), "code" if paper.code else ""


def _claim_rows(paper: Paper, claim: Claim) -> Iterator[dict[str, Any]]:
    from kg.evaluation import object_text

    for evidence in claim.evidence:
        yield {
            "paper": paper.id,
            "subject": claim.subject,
            "predicate": claim.predicate,
            "object": object_text(claim),
            "quote": evidence.quote,
            "start": evidence.start,
            "end": evidence.end,
            "rule": evidence.rule,
            "confidence": evidence.confidence,
            "basis": claim.basis,
        }

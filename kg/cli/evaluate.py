"""``kg eval``: how right extraction is, and whether its confidence is true."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.read import keep_readable, report_left_out, to_reading
from kg.cli.terminal import confidence_option, emit, format_option, report_failures
from kg.errors import InputError, OutputError

if TYPE_CHECKING:
    from kg.evaluation import StatedClaim
    from kg.model import Paper, ReadFailure

__all__ = ["evaluate"]

_FILE = click.Path(path_type=Path)


@click.command("eval")
@click.argument("gold", required=False, type=_FILE)
@click.option("--papers", type=_FILE, metavar="FILE", help="Its papers. [default: dev-papers.jsonl for dev.jsonl]")
@click.option("--errors", is_flag=True, help="List the wrong and the missed claims too.")
@confidence_option
@format_option("table", "json")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the JSON to this file as well."
)
def evaluate(
    gold: Path | None, papers: Path | None, errors: bool, min_confidence: float, format_: str, output: Path | None
) -> None:
    """Hold the extracted claims against those of a reader.

    Precision and recall for each group of relations; then whether confidence is true: of the claims that are stated
    with so much confidence, the share that is right. Without GOLD it takes the claims that a reader found in the
    bundled listing. The JSON also counts right and wrong claims of each rule.

    GOLD has one paper a line, {"id", "title"?, "claims": [{"s", "p", "o", "quote", "opt"?}]}: subject, predicate
    and object as the text writes them, alternatives with " | " between; opt marks a claim that need not be found.

    \b
    kg eval
    kg eval dev.jsonl --errors
    kg eval dev.jsonl --papers papers.txt --format json
    """
    from kg.evaluation import BUNDLED_GOLD, match_papers, parse_gold
    from kg.evaluation import evaluate as hold_against
    from kg.reports.evaluation import render_evaluation, render_evaluation_json

    source = gold or BUNDLED_GOLD
    wanted = parse_gold(_lines(source), source.name)
    found = _read_papers(_papers_of(gold, papers))
    matched = match_papers(wanted, found, source.name)
    if others := len(found) - len({paper.iri for paper in matched.values()}):
        click.echo(f"{others} of the {len(found)} papers have no line of gold claims and are passed over", err=True)
    stated, left_out = _stated(matched, min_confidence)
    evaluation = hold_against(wanted, stated)
    report_left_out(left_out, min_confidence)
    as_json = render_evaluation_json(
        evaluation,
        errors=errors,
        gold=source.name,
        papers=len(wanted),
        min_confidence=min_confidence,
        left_out=left_out,
    )
    emit(as_json if format_ == "json" else render_evaluation(evaluation, errors=errors))
    if output:
        _write(as_json, output)


def _lines(gold: Path) -> list[str]:
    remedy = "name a file of gold claims, one paper a line"
    try:
        return gold.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError("this is not a text file in UTF-8", where=str(gold), remedy=remedy) from error
    except OSError as error:
        raise InputError((error.strerror or str(error)).lower(), where=str(gold), remedy=remedy) from error


def _papers_of(gold: Path | None, papers: Path | None) -> Path:
    """Find the papers of a gold file: those named, the bundled listing for the bundled gold, or the file beside it."""
    from kg.readers import BUNDLED_LISTING

    if papers or not gold:
        return papers or BUNDLED_LISTING
    beside = gold.with_name(f"{gold.stem}-papers.jsonl")
    if not beside.exists():
        what = f"its papers are not beside it, in {beside.name}"
        raise InputError(what, where=str(gold), remedy="name their file with --papers")
    return beside


def _read_papers(source: Path) -> list[Paper]:
    from kg.pipeline import iter_papers

    failures: list[ReadFailure] = []
    found = list(keep_readable(iter_papers([str(source)], to_reading(None, "auto")), failures))
    report_failures(failures)
    return found


def _stated(papers: Mapping[str, Paper], min_confidence: float) -> tuple[dict[str, list[StatedClaim]], int]:
    """Extract the claims of each paper that are sure enough, and count the others."""
    from kg.confidence import keep_confident_claims
    from kg.evaluation import stated_claims
    from kg.extract import extract_claims

    stated: dict[str, list[StatedClaim]] = {}
    left_out = 0
    for id_, paper in papers.items():
        claims = extract_claims(paper)
        kept = keep_confident_claims(claims, min_confidence)
        left_out += len(claims) - len(kept)
        stated[id_] = list(stated_claims(kept))
    return stated, left_out


def _write(text: str, output: Path) -> None:
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            (error.strerror or str(error)).lower(), where=str(output), remedy="choose another with -o"
        ) from error
    click.echo(f"wrote {output}", err=True)

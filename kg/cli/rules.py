"""``kg rules``: how claims are found, and how often each way is right."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import Table, emit, format_option, painter

if TYPE_CHECKING:
    from kg.extract.rule import Rule

__all__ = ["rules"]

_HEADER = ("rule", "predicate", "confidence", "right", "wrong", "matches")
_TEST = ("example", "subject", "object", "counterexample")


def _ids() -> Sequence[str]:
    from kg.extract.rules import all_rules

    return list(all_rules())


@click.command()
@click.argument("rule", required=False, type=Table(_ids), metavar="[RULE]")
@format_option("table", "json", "csv", "tsv", "markdown")
def rules(rule: str | None, format_: str) -> None:
    """Show the rules by which claims are found.

    Each with the measured share of its claims that are right. With RULE, the one in full: a
    text in which it finds a claim, and one that looks alike in which it finds none.

    \b
    kg rules
    kg rules lineage.fine-tuned
    kg rules --format json
    """
    from kg.extract.rule import measured
    from kg.extract.rules import all_rules
    from kg.reports.tables import render_table

    if rule and format_ == "table":
        emit("".join(_in_full(all_rules()[rule])))
        return
    chosen = [all_rules()[rule]] if rule else list(all_rules().values())
    rows = [(r.id, r.predicate, r.confidence, *measured().get(r.id, (0, 0)), r.says) for r in chosen]
    if format_ == "table":
        emit(render_table(_HEADER, rows, format_))
    else:
        tests = [(r.example, *r.finds, r.counterexample) for r in chosen]
        whole = [(*row, *test) for row, test in zip(rows, tests, strict=True)]
        emit(render_table((*_HEADER, *_TEST), whole, format_))


def _in_full(rule: Rule) -> Iterator[str]:
    from kg.extract.rule import measured

    paint = painter()
    right, wrong = measured().get(rule.id, (0, 0))
    yield f"{paint('label', rule.id)} finds {paint('relation', rule.predicate)}: {rule.says}\n"
    yield f"confidence {rule.confidence:.2f}: of its claims that were judged {right} were right and {wrong} wrong\n"
    subject, value = rule.finds
    yield f"\nexample         {paint('quote', rule.example)}\n"
    yield f"finds           {subject} {paint('relation', rule.predicate)} {value}\n"
    yield f"counterexample  {paint('quote', rule.counterexample)}\n"
    if rule.reader:
        yield f"\npattern         {rule.cue.pattern.pattern}\n"

"""``kg check``: whether the graph conforms to the shapes, and whether its lineage is sound."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import graph_option, open_triples
from kg.cli.terminal import Table, confidence_option, emit, format_option

if TYPE_CHECKING:
    from kg.model import Finding

__all__ = ["check"]

_DOES_NOT_CONFORM = 1
_SHOWN = 10
_SEVERITIES = ("error", "warning", "info")


def _rule_names() -> list[str]:
    from kg.audit import RULES
    from kg.validate import shape_names

    return [*RULES, *shape_names()]


@click.command()
@click.option(
    "--rule",
    "rules",
    type=Table(_rule_names),
    multiple=True,
    metavar="RULE",
    help="Tell only what this rule finds; may be given several times.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Show so many findings of each rule; without it {_SHOWN} as text, and all in other formats.",
)
@confidence_option
@format_option("text", "table", "json", "csv", "tsv", "markdown")
@graph_option
def check(rules: tuple[str, ...], limit: int | None, min_confidence: float, format_: str, graph: Path) -> None:
    """Check the shapes and the lineage of the graph.

    The shapes are SHACL; lineage, comparisons and sizes are searched for what cannot all be true, names for
    those that nothing explains or that may be one thing. Each finding quotes its sentences.
    The exit code is 1 if there is an error among what is told; warnings and remarks do not count.

    \b
    kg check
    kg check --rule child-older-than-parent --limit 50
    kg check --graph other/graph.ttl --format json
    """
    from kg.audit import RULES, audit
    from kg.validate import validate

    triples = list(open_triples(graph, min_confidence))
    wanted = {*rules, "unreadable"} if set(rules) & set(RULES) else set(rules)  # what cannot be read is not audited
    findings = sorted((f for f in [*validate(triples), *audit(triples)] if not wanted or f.rule in wanted), key=_order)
    shown = _first_of_each(findings, limit or (_SHOWN if format_ == "text" else len(findings)))
    if format_ == "text":
        for finding in shown:
            emit(f"{finding.severity}: {finding.subject}: {finding.message} [{finding.rule}]\n")
    else:
        from kg.reports.tables import render_table

        rows = [(one.severity, one.subject, one.message, one.rule) for one in shown]
        emit(render_table(("severity", "subject", "message", "rule"), rows, format_))
    _tell_counts(findings, shown)
    found = Counter(finding.severity for finding in findings)
    counts = ", ".join(
        f"{found[severity]} {severity}{'s' * (found[severity] != 1)}" for severity in ("error", "warning")
    )
    if rules:
        click.echo(f"checked {', '.join(dict.fromkeys(rules))} only: {counts}", err=True)
    else:
        click.echo(f"{'does not conform' if found['error'] else 'conforms'}: {counts}", err=True)
    if found["error"]:
        click.get_current_context().exit(_DOES_NOT_CONFORM)


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return (_SEVERITIES.index(finding.severity), finding.rule, finding.subject, finding.message)


def _first_of_each(findings: list[Finding], most: int) -> list[Finding]:
    """Keep the first findings of each severity and rule, in order."""
    kept: list[Finding] = []
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        seen[finding.severity, finding.rule] += 1
        if seen[finding.severity, finding.rule] <= most:
            kept.append(finding)
    return kept


def _tell_counts(findings: list[Finding], shown: list[Finding]) -> None:
    """Tell on standard error how many findings each rule has, and of how many not all are shown."""
    told = Counter((one.severity, one.rule) for one in shown)
    for (severity, rule), count in Counter((one.severity, one.rule) for one in findings).items():
        part = f", {told[severity, rule]} shown" if told[severity, rule] < count else ""
        click.echo(f"{severity} {rule}: {count}{part}", err=True)

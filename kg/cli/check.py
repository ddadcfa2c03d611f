"""``kg check``: whether the graph conforms to the shapes, and whether its lineage is sound."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import graph_option, open_triples
from kg.cli.terminal import confidence_option, emit, format_option

if TYPE_CHECKING:
    from kg.model import Finding

__all__ = ["check"]

_DOES_NOT_CONFORM = 1
_SEVERITIES = ("error", "warning", "info")


@click.command()
@confidence_option
@format_option("text", "table", "json", "csv", "tsv", "markdown")
@graph_option
def check(min_confidence: float, format_: str, graph: Path) -> None:
    """Check the shapes and the lineage of the graph.

    The shapes are SHACL; lineage, comparisons and sizes are searched for what cannot all be true, names for
    those that nothing explains or that may be one thing. Each finding quotes its sentences.
    The exit code is 1 if there is an error; warnings and remarks do not count.

    \b
    kg check
    kg check --graph other/graph.ttl --format json
    """
    from kg.audit import audit
    from kg.validate import validate

    triples = list(open_triples(graph, min_confidence))
    findings = validate(triples)
    if not any(finding.severity == "error" for finding in findings):
        findings += audit(triples)  # the audit reads the graph, which only one that conforms lets it
    findings.sort(key=_order)
    if format_ == "text":
        for finding in findings:
            emit(f"{finding.severity}: {finding.subject}: {finding.message} [{finding.rule}]\n")
    else:
        from kg.reports.tables import render_table

        rows = [(one.severity, one.subject, one.message, one.rule) for one in findings]
        emit(render_table(("severity", "subject", "message", "rule"), rows, format_))
    found = Counter(finding.severity for finding in findings)
    counts = ", ".join(f"{count} {word}{'s' * (count != 1)}" for word, count in _counted(findings))
    click.echo(f"{'does not conform' if found['error'] else 'conforms'}: {counts}", err=True)
    if found["error"]:
        click.get_current_context().exit(_DOES_NOT_CONFORM)


def _counted(findings: list[Finding]) -> list[tuple[str, int]]:
    found = Counter(finding.severity for finding in findings)
    return [("error", found["error"]), ("warning", found["warning"]), ("remark", found["info"])]


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return (_SEVERITIES.index(finding.severity), finding.rule, finding.subject, finding.message)

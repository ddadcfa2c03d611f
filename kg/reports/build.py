"""The report that a build leaves beside its graph: what was read, what came of it, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.answers import BuildSummary, Lineage, Node, Ranked
from kg.reports.lineage import render_mermaid
from kg.reports.tables import render_table

__all__ = ["Findings", "render_build_report", "render_left_out", "render_summary"]

#: Classes whose name is no English plural by adding an s.
_PLURALS = {
    "Dataset": "data sets",
    "ModelFamily": "families",
    "AuthorGroup": "author groups",
    "Software": "pieces of software",
}
_SINGULARS = {"families": "family", "pieces of software": "piece of software"}


class Findings(NamedTuple):
    """What the analyses found in the graph of a build.

    ``timeline`` has each paper with what it introduces, ``families`` each family with its members, ``bridges``
    each person who wrote for several laboratories with (date, laboratory); ``rankings`` has a title for each.
    """

    timeline: Sequence[tuple[Node, Sequence[Node]]]
    families: Sequence[tuple[Node, Sequence[Node]]]
    lineages: Sequence[Lineage]
    rankings: Mapping[str, Sequence[Ranked]]
    bridges: Sequence[tuple[Node, Sequence[tuple[str, Node]]]]


def render_build_report(summary: BuildSummary, findings: Findings) -> str:
    """Write the report as Markdown; sections without anything to say are left out."""
    return "\n".join(_sections(summary, findings))


def render_summary(summary: BuildSummary) -> str:
    """Say in one line what a build read and made.

    >>> print(render_summary(BuildSummary(sources=("a.txt",), papers=1, claims=(("extracted", 2),),
    ...     entities=(("Model", 1), ("ModelFamily", 2)), failures=())))
    1 paper, 2 claims (2 extracted), 3 things (1 model, 2 families)
    """
    parts = (
        "1 paper" if summary.papers == 1 else f"{summary.papers} papers",
        _counted("claims", summary.claims),
        _counted("things", [(_said(t, n), n) for t, n in summary.entities]),
    )
    said = ", ".join(parts)
    if summary.min_confidence:
        said += f"; {render_left_out(summary.left_out, summary.min_confidence)}"
    return said


def render_left_out(left_out: int, min_confidence: float) -> str:
    """Say how many extracted claims are left out for want of confidence.

    >>> render_left_out(1, 0.9)
    'left out 1 claim extracted with less confidence than 0.9'
    """
    return f"left out {left_out} claim{'s' * (left_out != 1)} extracted with less confidence than {min_confidence:g}"


def _counted(what: str, parts: Sequence[tuple[str, int]]) -> str:
    total = sum(number for _, number in parts)
    return f"{total} {what} ({', '.join(f'{number} {part}' for part, number in parts)})" if parts else f"no {what}"


def _said(type_: str, number: int) -> str:
    """Say a class in words: ``AuthorGroup`` twice is "author groups"."""
    plural = _PLURALS.get(type_, f"{type_.lower()}s")
    return _SINGULARS.get(plural, plural.removesuffix("s")) if number == 1 else plural


def _sections(summary: BuildSummary, findings: Findings) -> Iterator[str]:
    yield "# The graph in short\n"
    yield f"{render_summary(summary)}. Read from {', '.join(f'`{source}`' for source in summary.sources)}.\n"
    yield "## Papers\n"
    rows = [
        (paper.date, paper.label, paper.lab, ", ".join(one.label for one in introduced))
        for paper, introduced in findings.timeline
    ]
    yield render_table(("date", "title", "lab", "introduces"), rows, "markdown")
    if findings.families:
        yield "## Families\n"
        members = [(family.label, family.lab, _span(nodes), _names(nodes)) for family, nodes in findings.families]
        yield render_table(("family", "lab", "dates", "members"), members, "markdown")
    if findings.lineages:
        yield "## Lineage\n"
        yield "Arrows lead from the derived to its source; dashed ones are curated or inferred, not read in a paper.\n"
        yield f"```mermaid\n{render_mermaid(*findings.lineages)}```\n"
    for title, ranking in findings.rankings.items():
        if ranking:
            yield f"## {title}\n"
            places = [(place.position, place.node.label, f"{place.score:.4f}") for place in ranking]
            yield render_table(("#", "name", "score"), places, "markdown")
    if findings.bridges:
        yield "## Seen at more than one laboratory\n"
        yield "By the papers above; a person is known by name alone, and lists that end in “et al.” hide others.\n"
        moves = [(who.label, _moves(labs)) for who, labs in findings.bridges]
        yield render_table(("person", "laboratories"), moves, "markdown")
    if summary.failures:
        yield "## Not read\n"
        rows_failed = [(one.source, one.line, one.reason) for one in summary.failures]
        yield render_table(("source", "line", "reason"), rows_failed, "markdown")


def _span(nodes: Sequence[Node]) -> str:
    years = sorted({node.date[:4] for node in nodes if node.date})
    return "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def _names(nodes: Sequence[Node]) -> str:
    return ", ".join(node.label for node in nodes)


def _moves(labs: Sequence[tuple[str, Node]]) -> str:
    return ", ".join(f"{lab.label} ({day})" if day else lab.label for day, lab in labs)

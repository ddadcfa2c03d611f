"""A family of models at a glance, and what came when, as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from kg.answers import FamilyCard, Member, Node, Statement
from kg.reports.tables import Row, render_table
from kg.reports.values import Paint, name, plain, quote_line

__all__ = ["render_family", "render_family_json", "render_timeline", "timeline_rows"]

_COLUMNS = ("date", "member", "parameters", "active", "context", "licence", "descends from")
_FACTS = ("parameterCount", "activeParameterCount", "contextLength", "license")
#: Above these a number is written in the unit: 7 B, 32 k.
_UNITS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k"))


def render_family(card: FamilyCard, format: str = "text", *, paint: Paint = plain) -> str:  # noqa: A002
    """Write a card: a table of members, then where licences change, who persists, and results; text or Markdown."""
    heading = f"# {card.node.label}" if format == "markdown" else paint("label", name(card.node))
    rows = [_row(member) for member in card.members]
    said = [place for place, column in enumerate(_COLUMNS) if column == "member" or any(row[place] for row in rows)]
    shown = [tuple(row[place] for place in said) for row in rows]
    table = render_table([_COLUMNS[place] for place in said], shown, "table" if format == "text" else format)
    where = f"{heading}{' · ' + ', '.join(card.labs) if card.labs else ''}\n\n"
    sections = [f"\n{line}\n" for line in _sections(card, format, paint)]
    return where + table + "".join(sections)


def _row(member: Member) -> Row:
    facts = dict(member.facts)
    cells = [", ".join(_short(value) for value in facts.get(fact, ())) for fact in _FACTS]
    steps = "; ".join(dict.fromkeys(f"{step.words} {step.object.label}" for step in member.steps))
    return (member.node.date or "undated", member.node.label, *cells, steps)


def _short(value: str) -> str:
    """Write a whole number with its unit, anything else as it is.

    >>> _short("7000000000"), _short("32768"), _short("12800000000"), _short("MIT")
    ('7 B', '32.768 k', '12.8 B', 'MIT')
    """
    if not value.isdigit():
        return value
    number = int(value)
    size, unit = next(((size, unit) for size, unit in _UNITS if number >= size), (1, ""))
    return f"{number / size:g} {unit}".strip()


def _sections(card: FamilyCard, format_: str, paint: Paint) -> Iterator[str]:
    item = "- " if format_ == "markdown" else "  "
    for title, lines in (
        ("Licences change", [_licence(change) for change in card.licence_changes]),
        ("People who persist", [_person(person, papers) for person, papers in card.persons]),
        ("Results", [result.label for result in card.results]),
    ):
        if lines:
            heading = f"## {title}\n" if format_ == "markdown" else paint("relation", title)
            yield "\n".join((heading, *(f"{item}{line}" for line in lines)))


def _licence(change: tuple[Statement, str, str]) -> str:
    step, parent, child = change
    said = [quote_line(quote) for quote in step.quotes[:1]]
    where = f"{step.object.label} ({parent}) to {step.subject.label} ({child})"
    return " ".join((where, *said))


def _person(person: Node, papers: tuple[Node, ...]) -> str:
    return f"{person.label}: {len(papers)} papers, {papers[0].date or 'undated'} to {papers[-1].date or 'undated'}"


def render_family_json(card: FamilyCard) -> str:
    """Write the card with every statement and sentence."""
    return json.dumps(asdict(card), ensure_ascii=False, indent=2) + "\n"


def timeline_rows(papers: list[tuple[Node, tuple[Node, ...]]]) -> list[Row]:
    """Give a row for each paper: date, laboratory, title, what it introduces."""
    return [
        (
            paper.date or "undated",
            paper.lab,
            " ".join(paper.label.split()),
            ", ".join(made.label for made in introduced),
        )
        for paper, introduced in papers
    ]


def render_timeline(papers: list[tuple[Node, tuple[Node, ...]]], format: str) -> str:  # noqa: A002
    """Write what came when, a row for each paper."""
    return render_table(("date", "lab", "paper", "introduces"), timeline_rows(papers), format)

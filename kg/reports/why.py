"""Why two things belong together, told with the sentences that say so."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from kg.answers import Connection, Statement
from kg.reports.values import Paint, name, node_to_dict, plain, statement_to_dict, support

__all__ = ["render_why", "render_why_json"]

_SENTENCES = 5


def render_why(connection: Connection, *, width: int | None = None, paint: Paint = plain) -> str:
    """Tell each claim in a line, and below it the sentences or the source that it rests on.

    ``width`` wraps sentences to so many columns; without it nothing is wrapped or cut.
    """
    return "".join(f"{line}\n" for line in _lines(connection, width, paint))


def _lines(connection: Connection, width: int | None, paint: Paint) -> Iterator[str]:
    if not connection.direct:
        start, end = name(connection.start), name(connection.end)
        hops = len({frozenset((one.subject.iri, one.object.iri)) for one in connection.statements})
        yield f"No claim joins {start} and {end} directly; the shortest chain has {hops} steps:"
        yield ""
    for statement in connection.statements:
        yield _sentence(statement, paint)
        room = None if width is None else max(width - 2, 30)
        for role, text in support(statement, _SENTENCES):
            lines = [text] if room is None else textwrap.wrap(text, room, subsequent_indent=" ")
            yield from (f"  {paint(role, line)}" for line in lines)


def _sentence(statement: Statement, paint: Paint) -> str:
    ends = [paint("label", name(node)) for node in (statement.subject, statement.object)]
    return f"{ends[0]} · {paint('relation', statement.words)} · {ends[1]}"


def render_why_json(connection: Connection) -> str:
    """Write a connection as JSON: ``start``, ``end``, ``direct``, and ``claims`` with every sentence."""
    answer = {
        "start": node_to_dict(connection.start),
        "end": node_to_dict(connection.end),
        "direct": connection.direct,
        "claims": [
            {
                **statement_to_dict(statement),
                "subject_label": statement.subject.label,
                "object_label": statement.object.label,
            }
            for statement in connection.statements
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"

"""Whether two names mean one thing, told with every step and the papers it rests on."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from kg.answers import NameReason, Sameness
from kg.reports.values import Paint, name, node_to_dict, plain

__all__ = ["render_same", "render_same_json"]

_MOST_PAPERS = 3


def render_same(answer: Sameness, *, width: int | None = None, paint: Paint = plain) -> str:
    """Tell the answer in a line, and below it each reason with its papers.

    ``width`` wraps the reasons to so many columns; without it nothing is wrapped.
    """
    return "".join(f"{line}\n" for line in _lines(answer, width, paint))


def _lines(answer: Sameness, width: int | None, paint: Paint) -> Iterator[str]:
    things = [paint("label", name(node)) for node in (answer.one, answer.other) if node]
    if answer.same:
        yield f"the same: {things[0]}, because" if things else "the same, though the graph names neither, because"
    else:
        yield f"not the same: {' and '.join(things)}, because"
    room = None if width is None else max(width - 2, 30)
    for reason in answer.reasons:
        text = _sentence(reason)
        lines = [text] if room is None else textwrap.wrap(text, room, subsequent_indent=" ")
        yield from (f"  {paint('source', line)}" for line in lines)


def _sentence(reason: NameReason) -> str:
    papers = [", ".join(filter(None, (" ".join(paper.label.split()), paper.date))) for paper in reason.papers]
    more = len(papers) - _MOST_PAPERS
    shown = [*papers[:_MOST_PAPERS], *([f"and {more} more"] if more > 0 else []), *reason.sources]
    said = f"“{reason.name}”: {reason.words}" if reason.name else reason.words
    return " — ".join(filter(None, (said, "; ".join(shown))))


def render_same_json(answer: Sameness) -> str:
    """Write the answer as JSON: ``same``, what each name means, and the reasons with all papers."""
    record = {
        "same": answer.same,
        "one": node_to_dict(answer.one) if answer.one else None,
        "other": node_to_dict(answer.other) if answer.other else None,
        "reasons": [
            {
                "name": reason.name,
                "reason": reason.words,
                "papers": [node_to_dict(paper) for paper in reason.papers],
                "sources": list(reason.sources),
            }
            for reason in answer.reasons
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"

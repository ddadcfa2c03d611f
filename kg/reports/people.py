"""People and laboratories as text: who links two things, and who was seen where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from kg.answers import Link, Node, Path
from kg.reports.values import Paint, name, plain

__all__ = ["render_links", "render_links_json", "render_moves", "render_moves_json"]


def render_links(here: Node, there: Node, links: list[Link], *, paint: Paint = plain) -> str:
    """Tell who wrote for both, in order of time; else who of the one wrote with whom of the other, and what."""
    return "".join(f"{line}\n" for line in _links(here, there, links, paint))


def _links(here: Node, there: Node, links: list[Link], paint: Paint) -> Iterator[str]:
    if links and links[0].through is not None:
        yield f"Nobody is listed for both {name(here)} and {name(there)}; these wrote together:"
    for link in links:
        yield paint("label", link.person.label)
        yield f"  {paint('relation', name(here))}: {_papers(link.here)}"
        if link.through is not None:
            yield f"  {paint('relation', 'with ' + link.through.label)}: {_papers(link.together)}"
        yield f"  {paint('relation', name(there))}: {_papers(link.there)}"


def _papers(papers: tuple[Node, ...]) -> str:
    return "; ".join(f"{' '.join(paper.label.split())}, {paper.date or 'undated'}" for paper in papers)


def render_links_json(here: Node, there: Node, links: list[Link]) -> str:
    """Write ``from``, ``to`` and ``links``: person, papers on both sides, and with whom."""
    answer = {"from": asdict(here), "to": asdict(there), "links": [asdict(link) for link in links]}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def render_moves(paths: list[Path], *, paint: Paint = plain) -> str:
    """Write each person with a line for each laboratory: from when to when, and by which papers."""
    return "".join(f"{line}\n" for line in _moves(paths, paint))


def _moves(paths: list[Path], paint: Paint) -> Iterator[str]:
    for path in paths:
        yield paint("label", path.person.label) + (paint("mark", f" ({path.unsure})") if path.unsure else "")
        for stay in path.stays:
            span = stay.first if stay.first == stay.last else f"{stay.first} to {stay.last}"
            yield f"  {paint('relation', span or 'undated')}  {stay.lab.label}: {_papers(stay.papers)}"


def render_moves_json(paths: list[Path]) -> str:
    """Write a list of person, stays and doubt."""
    return json.dumps([asdict(path) for path in paths], ensure_ascii=False, indent=2) + "\n"

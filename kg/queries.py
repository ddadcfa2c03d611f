"""The named queries of the ontology: ``ontology/queries/NAME.rq``, each with its help in the comment at its head."""

from __future__ import annotations

import difflib
import re
from functools import cache

from kg.errors import NotFoundError
from kg.vocab import ontology_path

__all__ = ["comment_of", "named_queries", "query_text"]

_A_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@cache
def named_queries() -> dict[str, str]:
    """Read the queries of the ontology by name, in the order of their names."""
    paths = sorted(ontology_path("queries").glob("*.rq"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def comment_of(text: str) -> str:
    r"""Give the comment at the head of a query: its help.

    >>> comment_of("# All models,\n# by name.\nSELECT ?m WHERE { ?m a kg:Model }")
    'All models, by name.'
    """
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)


def query_text(what: str) -> str:
    """Take a single word as the name of a query, anything longer as SPARQL.

    Raises
    ------
    NotFoundError
        If a single word is the name of none, with the nearest names.

    """
    if not _A_NAME.fullmatch(what):
        return what
    queries = named_queries()
    if what in queries:
        return queries[what]
    near = tuple(difflib.get_close_matches(what, queries, n=3, cutoff=0.4))
    remedy = f"did you mean {' or '.join(near)}?" if near else "kg query --list shows the names"
    raise NotFoundError(f"there is no query named {what!r}", remedy=remedy, candidates=near)

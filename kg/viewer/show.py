"""The graph where it is asked for: a page of a network or of triples, and a frame with that page for a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from kg.model import Triple
from kg.viewer.page import render_page
from kg.viewer.part import any_network
from kg.viewer.view import to_view

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["notebook_html", "triples_page"]


def triples_page(triples: Iterable[Triple], *, title: str) -> str:
    """Return triples of any kind, such as the answer to a CONSTRUCT query, as a page.

    >>> from kg.model import IRI
    >>> one, knows, other = (IRI(f"https://e.org/{name}") for name in ("a", "knows", "b"))
    >>> page = triples_page([Triple(one, knows, other)], title="Who knows whom")
    >>> page[:15], "knows" in page
    ('<!doctype html>', True)
    """
    return render_page(to_view(any_network(triples)), title=title)


def notebook_html(network: nx.MultiDiGraph[str], *, title: str = "Graph", fragment: str = "", height: int = 560) -> str:
    """Return a network as a piece of HTML that a notebook shows, for a ``_repr_html_``.

    It is one frame that holds the whole page: nothing is written beside the notebook, nothing is loaded, and the page
    can reach nothing of the notebook. ``fragment`` is what stands behind the ``#`` of a page's address, such as
    ``node=model/mixtral-8x7b&view=compare``; ``height`` is in pixels.
    """
    page = render_page(to_view(network), title=title, fragment=fragment)
    name = escape(title.encode("utf-8", "replace").decode("utf-8"))
    style = f"width:100%;height:{height}px;border:1px solid #8885;border-radius:10px"
    rights = "allow-scripts allow-popups allow-downloads"
    return f'<iframe title="{name}" sandbox="{rights}" loading="lazy" style="{style}" srcdoc="{escape(page)}"></iframe>'

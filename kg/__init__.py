"""A knowledge graph of AI papers, models and their lineage, each fact with the sentence that says so.

>>> import kg
>>> graph = kg.build()  # the bundled listing
>>> graph.lineage("Mixtral 8x7B").steps[0].statement.words
'based on the architecture of'

Importing ``kg`` is cheap: the library is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Answer, Graph, build, load, text

__all__ = ["Answer", "Graph", "build", "load", "text"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

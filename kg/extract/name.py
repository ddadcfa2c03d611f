"""A name in a text: a span of clean text that names a model, a method, data or a licence."""

from __future__ import annotations

from dataclasses import dataclass

from kg.names import name_key

__all__ = ["Name", "same_name"]


@dataclass(frozen=True, slots=True)
class Name:
    """A mention in clean text: half-open offsets, the name as written, its kind, and the other name given in brackets.

    A ``concept`` is an initialism of ordinary words, "quality estimation (QE)": it names an idea, not an artefact.
    ``canonical`` is the ontology's IRI where the name is an alias of a known benchmark, data set or licence.
    """

    start: int
    end: int
    text: str
    kind: str
    alias: str = ""
    concept: bool = False
    canonical: str = ""
    possessive: bool = False


def same_name(first: str, second: str) -> bool:
    """Tell whether two names differ in nothing but case, spaces, punctuation and a plural s."""
    a, b = name_key(first), name_key(second)
    return a == b or a + "s" == b or b + "s" == a

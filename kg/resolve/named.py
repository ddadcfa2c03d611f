"""Which names a claim holds, each with the class that its place in the claim suggests."""

from __future__ import annotations

from kg.model import PAPER, Claim, Quantity, Result

__all__ = ["DATA", "names_in"]

#: The classes of data.
DATA = ("Benchmark", "Dataset")

_DATA_PREDICATES = frozenset({"evaluatedOn", "trainedOn"})


def names_in(claim: Claim) -> list[tuple[str, str]]:
    """Give the names that a claim says something of; both ends are models where the place does not say otherwise.

    >>> names_in(Claim(subject="Mixtral 8x7B", predicate="evaluatedOn", object="MMLU", basis="curated", sources=("s",)))
    [('Mixtral 8x7B', 'Model'), ('MMLU', 'Dataset')]
    """
    named = [] if claim.subject == PAPER else [(claim.subject, "Model")]
    if isinstance(claim.object, Result):
        return [*named, *([] if claim.object.benchmark == "-" else [(claim.object.benchmark, "Benchmark")])]
    if isinstance(claim.object, Quantity) or claim.predicate in ("type", "license", "introduces"):
        return named
    return [*named, (claim.object, "Dataset" if claim.predicate in _DATA_PREDICATES else "Model")]

"""When a claim that extraction states is the one that a reader wrote down.

Names match without regard to case, spaces and punctuation. What is evaluated, achieved or trained on may be said of
the paper or of anything that it introduces. A result matches on its benchmark and value; its metric is not judged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet

from kg.evaluation.gold import LINEAGE, GoldClaim, StatedClaim

__all__ = ["alternatives", "fits", "normalized", "same_passage"]

_ARTICLE = re.compile(r"^(the|our|a|an)\s+")
_PUNCTUATION = re.compile(r"[^0-9a-z+]+")
_NUMBER = re.compile(r"-?\d[\d,]*\.?\d*")
_WORD = re.compile(r"\w+")
#: Predicates whose subject may be the paper instead of what it introduces, or the other way round.
_OF_PAPER_OR_OWN = frozenset({"evaluatedOn", "result", "trainedOn"})
_UNNAMED = ("", "-")


def normalized(name: str) -> str:
    """Reduce a name to what tells it from others.

    >>> normalized("The Mixtral 8x7B – Instruct"), normalized("文心")
    ('mixtral8x7binstruct', '文心')
    """
    text = unicodedata.normalize("NFKD", name).casefold()
    text = _ARTICLE.sub("", text.strip())
    return _PUNCTUATION.sub("", text) or text


def alternatives(field: str) -> set[str]:
    """Give the names that a field of a gold claim holds, normalized."""
    return {normalized(name) for name in field.split(" | ")}


def fits(gold: GoldClaim, stated: StatedClaim, introduced: AbstractSet[str], *, typed: bool = True) -> bool:
    """Tell whether a stated claim is a reader's claim.

    Parameters
    ----------
    gold, stated : GoldClaim, StatedClaim
        The two claims, of one paper.
    introduced : set of str
        The normalized names of what the paper introduces.
    typed : bool
        Whether a step of lineage must be of the right kind.

    """
    predicates = set(gold.predicate.split(" | "))
    if stated.predicate not in predicates and (
        typed or stated.predicate not in LINEAGE or predicates.isdisjoint(LINEAGE)
    ):
        return False
    subjects, subject, own = alternatives(gold.subject), normalized(stated.subject), introduced | {"paper"}
    of_own = stated.predicate in _OF_PAPER_OR_OWN and subject in own and not subjects.isdisjoint(own)
    if subject not in subjects and not of_own:
        return False
    if stated.predicate == "result":
        return any(_same_result(one, stated.object) for one in gold.object.split(" | "))
    return normalized(stated.object) in alternatives(gold.object)


def same_passage(gold: str, stated: str) -> bool:
    """Tell whether two quotes share at least half of the words of the shorter one.

    >>> same_passage("we train a model", "We train it"), same_passage("we train a model", "on data")
    (True, False)
    """
    a, b = (set(_WORD.findall(quote.casefold())) for quote in (gold, stated))
    return bool(a and b) and len(a & b) * 2 >= min(len(a), len(b))


def _same_result(gold: str, stated: str) -> bool:
    if gold.count("|") != 2 or stated.count("|") != 2:
        return False
    (benchmark, _, value), (stated_benchmark, _, stated_value) = gold.split("|"), stated.split("|")
    one, other = normalized(benchmark), normalized(stated_benchmark)
    if _value(value) != _value(stated_value):
        return False
    return one in other or other in one or one in _UNNAMED or other in _UNNAMED


def _value(text: str) -> float | str:
    """Read the figure of a result, without its unit; a text without one stands for itself."""
    match = _NUMBER.search(text)
    return float(match.group().replace(",", "")) if match else normalized(text)

"""Short names that papers spell out in different ways: SAM, a model that segments or a way to minimize.

Such a name means another thing in each of them, and in a paper that does not spell it out it may mean any.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg import vocab
from kg.model import IRI, Extraction, Paper
from kg.resolve.models import spelling_key

__all__ = ["is_listed", "long_forms", "mean_the_same", "meanings"]

_LONGEST_SHORT_NAME = 8
_SHARED_BEGINNING = 3


def long_forms(papers: Sequence[Paper], extractions: Mapping[IRI, Extraction]) -> dict[str, dict[IRI, str]]:
    """Give how each paper spells out each short name, by the name's spelling key; of several ways the first."""
    found: dict[str, dict[IRI, str]] = defaultdict(dict)
    for paper in papers:
        for mention in extractions[paper.iri].mentions if paper.iri in extractions else ():
            short, long = (" ".join(text.split()) for text in (mention.text, mention.surface))
            if _spells_out(long, short):
                forms = found[spelling_key(short)]
                forms[paper.iri] = min(long, forms.get(paper.iri, long))
    return found


def meanings(forms_of: Mapping[str, Mapping[IRI, str]]) -> dict[str, dict[IRI, str]]:
    """Give for each short name of several meanings, by its spelling key, how each paper spells it out.

    :param forms_of: how papers spell short names out, from :func:`long_forms`

    Long forms of one meaning are given as the first of them in the alphabet. A name of our tables means what they say,
    but in a paper that spells it out in another way than they do; where they do not spell it out, nothing is told.
    """
    found = {}
    for key, forms in sorted(forms_of.items()):
        groups = _groups(set(forms.values()))
        known = _known().get(key)
        if known is not None:
            groups = [group for group in groups if known and not any(mean_the_same(name, group[0]) for name in known)]
        if len(groups) > (known is None):
            first = {form: group[0] for group in groups for form in group}
            found[key] = {paper: first[form] for paper, form in forms.items() if form in first}
    return found


def _spells_out(long: str, short: str) -> bool:
    """Tell whether a form has several words and the name only their letters, in order.

    >>> _spells_out("Segment Anything Model", "SAM"), _spells_out("SAM 2 model", "SAM"), _spells_out("SAM", "SAM")
    (True, False, False)
    """
    words = _words(long)
    letters = re.sub(r"[^a-z]", "", short.casefold())
    joined = "".join(words)
    if len(words) < 2 or " " in short or not 2 <= len(letters) <= _LONGEST_SHORT_NAME or short.islower():
        return False
    if len(joined) < 2 * len(letters) or short.casefold() in words or re.search(r"[\\{}$_~@]", long):
        return False
    return words[0][0] == letters[0] and _in_order(letters, joined)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters.removesuffix("s"))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _groups(forms: Iterable[str]) -> list[list[str]]:
    """Sort long forms by what they mean; each group is sorted."""
    groups: list[list[str]] = []
    for form in sorted(forms):
        group = next((group for group in groups if mean_the_same(group[0], form)), None)
        if group is None:
            groups.append([form])
        else:
            group.append(form)
    return groups


def mean_the_same(one: str, other: str) -> bool:
    """Tell whether two long forms differ only in endings, dashes, small words and words that stand between.

    >>> mean_the_same("Vision Transformers", "visual transformer"), mean_the_same("Multi-Modal LM", "Multimodal LM")
    (True, True)
    >>> mean_the_same("Process Reward Model", "process-level reward models")
    True
    >>> mean_the_same("Batch Preference Optimization", "Bregman Preference Optimization")
    False
    """
    if spelling_key(one).removesuffix("s") == spelling_key(other).removesuffix("s"):
        return True
    short, long = sorted(([w for w in _words(form) if len(w) > _SHARED_BEGINNING] for form in (one, other)), key=len)
    if len(short) < 2 or not (_alike(short[0], long[0]) and _alike(short[-1], long[-1])):
        return False
    rest = iter(long)
    return all(any(_alike(word, found) for found in rest) for word in short)


def _alike(one: str, other: str) -> bool:
    return one[:_SHARED_BEGINNING] == other[:_SHARED_BEGINNING]


def is_listed(key: str) -> bool:
    """Tell whether a name, given by its spelling key, is one of our tables, so that it means what they say."""
    return key in _known()


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """Give the names of our tables by their spelling keys, each with the forms of its entry that spell it out."""
    tables = vocab.load()
    entries = [(entry.label, *entry.aliases) for entry in tables.benchmarks]
    entries += [(entry.label, *entry.aliases) for entry in tables.families]
    return {
        spelling_key(name): tuple(form for form in names if _spells_out(form, name))
        for names in entries
        for name in names
    }

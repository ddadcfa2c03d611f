"""Which form of a name stands for all of them within one paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.mentions import Name, same_name
from kg.names import is_extension, name_key, parse_name

__all__ = ["canonical_names"]


def canonical_names(names: Sequence[Name], introduced: Sequence[str]) -> dict[str, str]:
    """Which form stands for each name of a paper.

    A long form and the initialism in its brackets are one name, as are plural and singular. A short form of the one
    introduced name that begins or ends with it is that name (``Mixtral`` after ``Mixtral 8x7B``, ``Control Suite``);
    a version tag alone makes no other thing (``Mistral 7B v0.1``).
    """
    canonical: dict[str, str] = {}
    written: dict[str, str] = {}
    for name in names:
        written.setdefault(name_key(name.text), name.text)
        if name.alias and not is_extension(name.text, name.alias):
            canonical.setdefault(name_key(name.alias), name.text)
    for key, text in written.items():
        singular = key[:-1] if text.endswith("s") else ""  # MagicoderS is no plural
        if singular in written and key not in canonical:
            canonical[key] = written[singular]
        for other_key, other in written.items():
            if (
                is_extension(other, text)
                and re.fullmatch(r"v\d+(?:\.\d+)*", other.rsplit(" ", 1)[-1])
                and same_name(other.rsplit(" ", 1)[0], text)
            ):
                canonical[other_key] = text
    canonical |= _of_series(names)
    for name in names:
        key = name_key(name.text)
        own = next((text for text in introduced if name_key(text) == key), written[key])
        if name.text != own:  # "Eagle2" and "Eagle 2"
            canonical.setdefault(key, own)
    for key, text in written.items():
        if key in canonical or any(same_name(text, i) for i in introduced):
            continue
        longer = [i for i in introduced if _is_short_form(text, i)]
        if len(longer) == 1:
            canonical[key] = canonical.get(name_key(longer[0]), longer[0])
    return canonical


def _of_series(names: Sequence[Name]) -> dict[str, str]:
    """Give the full names of members of a series that a list shortens: "Zephon Core, Flash, and Edge"."""
    written = {name.text for name in names}
    full: dict[str, str] = {}
    series = ""
    for before, name in pairwise(names):
        words = before.text.split(" ")
        series = words[0] if len(words) > 1 else series
        member = f"{series} {name.text}"
        if not 0 < name.start - before.end <= _LONGEST_JOINT:
            series = ""
        elif series and " " not in name.text and member in written:
            full[name_key(name.text)] = member
    firsts = {
        name_key(text.split(" ")[-1]): text
        for text in written
        if text.split(" ")[0] in {f.split(" ")[0] for f in full.values()}
    }
    return firsts | full if full else {}


#: How many characters join two names of a list: ``, and``.
_LONGEST_JOINT = 6


def _is_short_form(text: str, full: str) -> bool:
    words, full_words = text.split(" "), full.split(" ")
    if len(words) >= len(full_words):
        return False
    if len(words) > 1 and full_words[-len(words) :] == words:
        return True
    rest = parse_name(full)
    return full_words[: len(words)] == words and rest.experts is not None and not rest.roles

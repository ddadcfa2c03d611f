"""The grammar of people's names, and when two of them may belong to one person.

A name is read as given names, surname with its particles, and suffix, in either order (``Laurens van der Maaten``,
``Maaten, Laurens van der``). Accents, hyphens and capitals do not count; initials stand for names that begin so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg import ids

__all__ = ["Agreement", "PersonName", "agreement", "disagreement", "parse_person", "person_key", "written_out"]

#: How two names agree: as one name written differently, but for middle names, or by initials.
Agreement = Literal["equal", "letters", "middle", "initials"]

#: Words that belong to the surname behind them, and those of them that do so in capitals too.
_PARTICLES = frozenset(
    "af al bin da das dal de del della den der di do dos du el ibn la las le los ten ter van vander von zu".split()
)
_CAPITAL_PARTICLES = frozenset("al bin de del della den der dos el ibn ten ter van vander von".split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)
_LONGEST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded: given names in order, an initial as one letter; surname in one word; suffix.

    ``other`` are the given names and the surname in the other way to spell ä, ö, ü, å and ø: Müller as Mueller.
    ``key`` is the name as one text, equal for equal names.
    """

    given: tuple[str, ...]
    surname: str
    suffix: str
    other: tuple[tuple[str, ...], str]
    key: str

    @property
    def initial(self) -> str:
        """The first letter of the first given name; empty for a name of one word."""
        return self.given[0][:1] if self.given else ""

    @property
    def surnames(self) -> frozenset[str]:
        """The ways to spell the surname."""
        return frozenset((self.surname, self.other[1]))

    @property
    def spelled_out(self) -> bool:
        """Tell whether the first given name is more than an initial."""
        return bool(self.given) and len(self.given[0]) > 1


@lru_cache(maxsize=1 << 17)
def parse_person(name: str) -> PersonName:
    """Read a name.

    >>> parse_person("Maaten, Laurens van der") == parse_person("Laurens van der Maaten")
    True
    >>> parse_person("J.-B. Alayrac").given, parse_person("JB Alayrac").given, parse_person("José O'Neill Jr.").key
    (('j', 'b'), ('j', 'b'), 'jose oneill jr')
    """
    given, surname, suffix = _split(unicodedata.normalize("NFC", name))
    capitals = "".join(surname).isupper()
    spelt = [[word.translate(_DIGRAPHS) for word in words] for words in (given, surname)]
    parts = _given(given, capitals=capitals), "".join(map(_fold, surname)), "".join(map(_fold, suffix))
    other = _given(spelt[0], capitals=capitals), "".join(map(_fold, spelt[1]))
    return PersonName(*parts, other=other, key=" ".join(filter(None, (*parts[0], *parts[1:]))))


def person_key(name: str) -> str:
    """Give names that are spelt alike one key: order, accents, hyphens, dots and capitals do not count.

    >>> person_key("Pérez, José") == person_key("Jose Perez")
    True
    """
    return parse_person(name).key


def written_out(name: str) -> str:
    """Write a name in the order in which people say it.

    >>> written_out("van der Maaten, Laurens"), written_out("Maaten, Laurens van der"), written_out("Ada  Byron")
    ('Laurens van der Maaten', 'Laurens van der Maaten', 'Ada Byron')
    """
    if "," not in name:
        return " ".join(name.split())
    given, surname, suffix = _split(name)
    return " ".join((*given, *surname, *suffix))


def _split(name: str) -> tuple[list[str], list[str], list[str]]:
    """Split a name into the words of given names, surname and suffix."""
    parts = [part.split() for part in name.split(",") if part.strip()]
    suffix = [part for part in parts[1:] if len(part) == 1 and _fold(part[0]) in _SUFFIXES]
    parts = [part for part in parts if part not in suffix]
    if len(parts) == 2:
        surname, given = parts
        while len(given) > 1 and _is_particle(given[-1]):
            surname = [given[-1], *surname]
            given = given[:-1]
    else:
        words = [word for part in parts for word in part]
        if len(words) > 2 and _fold(words[-1]) in _SUFFIXES:
            suffix.append([words.pop()])
        begin = max(len(words) - 1, 0)
        while begin > 1 and _is_particle(words[begin - 1]):
            begin -= 1
        given, surname = words[:begin], words[begin:]
    if len(surname) > 1 and _fold(surname[-1]) in _SUFFIXES:
        suffix.append([surname.pop()])
    return given, surname, [word for part in suffix for word in part]


def _is_particle(word: str) -> bool:
    return word in _PARTICLES or (word.casefold() in _CAPITAL_PARTICLES and not word.isupper())


def _given(words: list[str], *, capitals: bool) -> tuple[str, ...]:
    """Give the given names of some words; capitals that stand together are initials unless all names are capitals."""
    found: list[str] = []
    for part in (part for word in words for part in re.split(r"[-‐-―.]+", word)):
        if part.isupper() and 1 < len(part) <= _LONGEST_INITIALS and not capitals and len(words) == 1:
            found += map(_fold, part)
        else:
            found.append(_fold(part))
    return tuple(filter(None, found))


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    """Reduce a word to letters without case and accents; of letters that are not Latin a hash stays."""
    if not any(map(str.isalnum, word)):
        return ""
    return ids.slug(word).replace("-", "")


# --- agreement ---------------------------------------------------------------------------------------------------


def agreement(one: PersonName, other: PersonName) -> Agreement | None:
    """Say how two names agree, or give ``None`` where they cannot be one person's.

    >>> read = parse_person
    >>> [agreement(read("A. Mensch"), read(name)) for name in ("Arthur Mensch", "Mensch, A.", "Bea Mensch")]
    ['initials', 'equal', None]
    >>> agreement(read("Albert Q. Jiang"), read("Albert Jiang")), agreement(read("Jörg Müller"), read("Joerg Mueller"))
    ('middle', 'letters')
    """
    if one.key == other.key:
        return "equal"
    if one.surnames.isdisjoint(other.surnames) or not one.given or not other.given:
        return None
    if one.suffix != other.suffix and one.suffix and other.suffix:
        return None
    if "".join(one.given) == "".join(other.given) and one.spelled_out and other.spelled_out:
        return "letters" if one.suffix == other.suffix else "middle"
    ways = [(a, b) for a in (one.given, one.other[0]) for b in (other.given, other.other[0])]
    found = [way for a, b in ways if (way := _given_agreement(a, b))]
    return min(found, key=("letters", "middle", "initials").index) if found else None


def _given_agreement(one: tuple[str, ...], other: tuple[str, ...]) -> Agreement | None:
    way: Agreement = "letters" if len(one) == len(other) else "middle"
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a == b:
            continue
        if min(len(a), len(b)) > 1 or a[:1] != b[:1]:
            return None
        way = "initials" if place == 0 or way == "initials" else "middle"
    return way


def disagreement(one: PersonName, other: PersonName) -> str:
    """Say why two names cannot be one person's; empty where they can.

    >>> disagreement(parse_person("Jane Smith"), parse_person("John Smith"))
    'the given names jane and john differ'
    """
    if agreement(one, other):
        return ""
    if one.surnames.isdisjoint(other.surnames):
        return f"the surnames {one.surname} and {other.surname} differ"
    if not one.given or not other.given:
        return "one of them has no given name"
    if one.suffix != other.suffix and one.suffix and other.suffix:
        return f"the suffixes {one.suffix} and {other.suffix} differ"
    return f"the given names {' '.join(one.given)} and {' '.join(other.given)} differ"

"""Where the title ends and the authors begin, in a line that joins them with nothing between.

``Mistral 7BAlbert Q. Jiang, Arthur Mensch`` can be cut before each letter that could begin a name. Every cut is a
candidate; a linear model scores what each would mean (the words that end the title, the shape and the parts of the
first author's name, the same words in the abstract, the same names elsewhere in the listing) and the best one wins.
The model's weights are in ``boundary.bin``: one signed byte for each of 2^18 hashed features, trained by the
repository's ``tests/benchmarks/train_boundary.py`` as a conditional log-linear model over the candidates of a line.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.model import SourceRecord

__all__ = [
    "BUCKETS",
    "WEIGHTS",
    "NameEvidence",
    "abstract_words",
    "author_names",
    "candidates",
    "features",
    "split_byline",
]

#: Number of buckets that features are hashed into, and where the weights lie.
BUCKETS = 1 << 18
WEIGHTS = Path(__file__).parent / "boundary.bin"

#: No title is longer, in characters, and no more of a list of authors is looked at to judge a cut. What lies beyond
#: is not weighed, so that the work on a line is bounded however long it is.
_LONGEST_TITLE = 1000
_NAMES_VIEW = 400

_PARTICLES = (
    r"(?:de|del|della|dei|den|der|des|di|da|dos|du|van|von|vom|zu|zur|la|las|le|los|el|al|bin|bint|ibn|abu|ben|ten|ter"
    r"|af|av)"
)
_PARTICLE = re.compile(rf"{_PARTICLES} (?:{_PARTICLES} )*[^\W\da-z_]")
_IS_PARTICLE = re.compile(rf"{_PARTICLES}\Z")
_GROUP = re.compile(r"(?:Team|Collaboration|Consortium|Group|Community|Project|Initiative|Labs?|AI)$|^(?:The|Team) ")
_COMMA = re.compile(r" ?[,;，；、] ?")
_AND = re.compile(r" (?:and|&) ")
#: A capital inside a word that is none of ``McDonald``, ``O'Neil``, ``J.R.``: a name glued to what stands before it.
_GLUE = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bDi)(?<=[^\W_A-Z]|[?!)”])[A-Z]")
_SUFFIX = re.compile(r"^(?:Jr|Sr|I{2,3}|IV|PhD|MD)\.?$")


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """How often whole names are those of authors whose place in a line is certain.

    Given and family names alone were measured to tell nothing beyond what the model knows of names.
    """

    names: Counter[str]

    @classmethod
    def from_records(cls, records: Iterable[SourceRecord]) -> NameEvidence:
        """Count the names that nothing is glued to: those behind the last comma before which a title may end."""
        return cls(
            Counter(
                name
                for record in records
                for name in (record.authors if record.title else _certain_names(record.byline))
                if 2 <= len(name.split()) <= 5
            )
        )


def _certain_names(byline: str) -> tuple[str, ...]:
    """Give the names behind the last piece of a line that has a name glued to a title.

    >>> _certain_names("Rain, Hail, and SnowAda Byron, Kurt Weill, Li Wang")
    ('Kurt Weill', 'Li Wang')
    """
    pieces = _COMMA.split(byline)
    glued = max((index for index, piece in enumerate(pieces) if _GLUE.search(piece)), default=0)
    return author_names(", ".join(pieces[glued + 1 :]))


def split_byline(
    record: SourceRecord, evidence: NameEvidence, weights: Sequence[float] | None = None
) -> tuple[str, tuple[str, ...]]:
    """Cut a record's byline into the title and the authors' names.

    Gives the whole line and no author where no cut is possible. Ties go to the earlier cut. ``weights`` are the
    model's, one a bucket; without them the bundled ones. Cuts behind the first thousand characters are not tried, and
    four hundred characters of names are weighed: the time for a line grows with its length, not with its square.
    """
    byline = record.byline
    weights = _weights() if weights is None else weights
    words = abstract_words(record)
    best, where = 0.0, None
    for cut in candidates(byline, words):
        score = sum(weights[bucket] for bucket in features(record, cut, words, evidence))
        if where is None or score > best:
            best, where = score, cut
    if where is None:
        return byline, ()
    return byline[:where].strip(), author_names(byline[where:])


def abstract_words(record: SourceRecord) -> frozenset[str]:
    """Give the words of a record's abstract in lower case."""
    return frozenset(re.findall(r"\w+", record.abstract.casefold()))


def author_names(text: str) -> tuple[str, ...]:
    """Split a list of authors at its commas and at "and"; a suffix such as Jr. stays with its name.

    "and" in the name of a group separates nothing: it has one word on its left, or a word such as "for" before it.

    >>> author_names("Ada Lovelace, John Doe, Jr., Alan Turing and the Rain Team")
    ('Ada Lovelace', 'John Doe, Jr.', 'Alan Turing', 'the Rain Team')
    >>> author_names("Rain and Hail Team, Centre for Snow and Ice")
    ('Rain and Hail Team', 'Centre for Snow and Ice')
    """
    names: list[str] = []
    for part in _COMMA.split(text):
        for name in _at_and(part.removeprefix("and ").removeprefix("& ").strip()):
            if names and _SUFFIX.match(name):
                names[-1] = f"{names[-1]}, {name}"
            elif name:
                names.append(name)
    return tuple(names)


def _at_and(text: str) -> list[str]:
    """Split names joined by "and", but for the name of one group."""
    if " and " not in text and " & " not in text:
        return [text]
    names = [name.strip() for name in _AND.split(text)]
    one_group = _GROUP.search(names[-1]) is not None and " " not in names[0]
    return [text] if one_group or re.search(r" (?:for|of|on) ", names[0]) else names


def candidates(byline: str, words: frozenset[str] = frozenset()) -> Iterator[int]:
    """Yield each position where a name may begin right behind another character, in order.

    That is a capital or a letter of a script without case behind anything but a space, a lower-case letter behind a
    digit or a mark, a particle (``de las Casas``) before a capital, and, where the first name ends in lower case, any
    letter before which a word of the abstract (``words``) ends.

    >>> list(candidates("Mistral 7BAlbert Jiang"))
    [9, 10]
    >>> list(candidates("Snow in the alpsbell hooks, Kurt Weill", frozenset({"alps", "snow"})))
    [16]
    """
    inside = _lower_case_cuts(byline, words)
    for position in range(1, min(len(byline), _LONGEST_TITLE + 1)):
        if position in inside or _may_begin_name(byline, position):
            yield position


def _may_begin_name(byline: str, position: int) -> bool:
    letter, before = byline[position], byline[position - 1]
    if not letter.isalpha() or before.isspace() or before in "-(/“" or _opens_quote(byline, position - 1):
        return False
    if letter.isupper():
        return True
    if not letter.islower():  # a script without case
        return before.lower() != before.upper() or before.isdigit()
    if not before.isalpha():
        return True
    alone = before.isupper() and (position == 1 or byline[position - 2].isspace())  # A|da Byron
    return not alone and _PARTICLE.match(byline, position) is not None


def _lower_case_cuts(byline: str, words: frozenset[str]) -> frozenset[int]:
    """Find where a word of the abstract ends inside the words before the first comma, if these end in lower case.

    A name behind it has two to four words. Without the abstract nothing tells where in ``alpsbell`` the name begins.
    """
    piece = _COMMA.split(byline[: _LONGEST_TITLE + _NAMES_VIEW], maxsplit=1)[0]
    tokens = [(token.start(), token[0]) for token in re.finditer(r"\S+", piece)][-4:]
    if len(tokens) < 2 or tokens[-1][1][0].isupper():
        return frozenset()
    return frozenset(
        start + size
        for start, token in tokens[:-1]
        for size in range(2, len(token) - 1)
        if not token[size].isupper() and re.sub(r"^\W+", "", token[:size].casefold()) in words
    )


def _opens_quote(text: str, position: int) -> bool:
    """Say whether the character is a quotation mark that opens what follows: nothing or a space stands before it."""
    return text[position] in "\"'‘’" and (position == 0 or text[position - 1].isspace())


def features(record: SourceRecord, cut: int, words: frozenset[str], evidence: NameEvidence) -> Iterator[int]:
    """Yield the hashed features of cutting a record's byline at ``cut``.

    ``words`` are the words of the abstract in lower case.
    """
    return map(bucket, describe(record, cut, words, evidence))


def bucket(feature: str) -> int:
    """Hash a feature to the place of its weight."""
    return zlib.crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS


def describe(record: SourceRecord, cut: int, words: frozenset[str], evidence: NameEvidence) -> Iterator[str]:
    """Yield the features of cutting a record's byline at ``cut`` as texts, always as many and in one order."""
    title, rest = record.byline[:cut], record.byline[cut : cut + _NAMES_VIEW]
    names = _visible_names(rest)
    yield from _title_features(title, words)
    yield from _name_features(names[0].split(), names, record, evidence, words)
    yield f"edge={_kind(title[-1])}{_kind(rest[0])}{_kind(rest[1:2])}"
    yield f"edges={_kind(title[-2:-1])}{_kind(title[-1])}{_kind(rest[0])}{_kind(rest[1:2])}{_kind(rest[2:3])}"


def _visible_names(rest: str) -> list[str]:
    """Split what would be the authors at commas, and at an "and" of theirs, not one of a title that goes on.

    >>> _visible_names("Ada Byron and Kurt Weill"), _visible_names("Torch and TensorFlow ComparedAda Byron")
    (['Ada Byron', 'Kurt Weill'], ['Torch and TensorFlow ComparedAda Byron'])
    """
    pieces = _COMMA.split(rest)
    last = [name for name in _AND.split(pieces[-1]) if name.strip()]
    if all(_plausible(name) and not _GLUE.search(name) for name in last):
        pieces[-1:] = last
    return pieces


def _title_features(title: str, words: frozenset[str]) -> Iterator[str]:
    tokens = title.split()
    last = tokens[-1]
    folded = re.sub(r"^\W+|\W+$", "", last.casefold())
    yield f"T={folded}"
    yield f"T2={' '.join(tokens[-2:]).casefold()}"
    yield f"Tend={folded[-3:]}"
    yield f"Tshape={_shape(last)}"
    yield f"Tlen={min(len(tokens), 6)}"
    yield f"Tmark={last[-1] if not last[-1].isalnum() else 'w'}"
    parts = [part for part in re.findall(r"\w+", folded) if part]
    known = bool(parts) and parts[-1] in words
    yield f"Tin={known}{min(len(folded), 4)}{_shape(last)[:2]}"
    yield f"Tplural={known or (bool(parts) and (parts[-1] + 's' in words or parts[-1].rstrip('s') in words))}"
    yield f"Topen={title.count('(') - title.count(')')}{title.count('“') - title.count('”')}"


def _name_features(
    first: list[str], names: list[str], record: SourceRecord, evidence: NameEvidence, words: frozenset[str]
) -> Iterator[str]:
    given, family = first[0], first[-1]
    shapes = " ".join(_shape(word) for word in first[:5])
    yield f"N={shapes}"
    yield f"Nlen={min(len(first), 6)}"
    yield f"G={given.casefold()}"
    yield f"Gshape={_shape(given)}{len(first) > 1}"
    for size in (2, 3, 4):
        yield f"Gbegin={given[:size].casefold()}"
        yield f"Gend={given[-size:].casefold()}"
    yield f"F={family.casefold()}{len(first) > 1}"
    yield f"Fend={family[-3:].casefold()}{len(first) > 1}"
    yield f"names={min(len(names), 7)}{record.truncated}"
    yield f"odd={sum(not _plausible(name) or _GLUE.search(name) is not None for name in names)}"
    yield f"group={_GROUP.search(names[0]) is not None}{len(first)}"
    yield f"Gin={given.casefold() in words}{len(first) > 1}"
    yield f"seen={min(evidence.names[names[0]], 2)}"


def _plausible(name: str) -> bool:
    """Say whether a text could be a name: one to six words, none a lower-case word but a particle."""
    parts = name.split()
    return 1 <= len(parts) <= 6 and all(not p[0].islower() or _IS_PARTICLE.match(p) for p in parts)


def _kind(character: str) -> str:
    if not character:
        return "$"
    if character.isupper():
        return "X"
    if character.islower():
        return "x"
    if character.isdigit():
        return "9"
    return "a" if character.isalpha() else character


@lru_cache(maxsize=1 << 14)
def _shape(word: str) -> str:
    """Write a word as its kinds of characters, runs of one kind shortened: ``Xx``, ``X.``, ``XXx``, ``Xx-Xx``."""
    return re.sub(r"(X{3})X+|(x)x+|(9)9+|(a)a+", r"\1\2\3\4", "".join(map(_kind, word)))[:8]


@lru_cache(maxsize=1)
def _weights() -> array[int]:
    weights = array("b")
    weights.frombytes(WEIGHTS.read_bytes())
    return weights

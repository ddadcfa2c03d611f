"""Listings pasted from a web page: a line with category and date, a line of title and authors, then the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import ReadFailure, SourceRecord
from kg.readers.lines import Line

__all__ = ["looks_like_listing", "read_listing"]

#: ``CLOct 10, 2023Code``: category code, date as it stands there, and a badge where code is listed.
_HEADER = re.compile(
    r"(?P<category>[A-Z]{2}) {0,3}"
    r"(?P<date>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? {0,3}\d{1,2}(?:,? {0,3}\d{1,4})?) {0,3}"
    r"(?P<code>Code)?",
    re.ASCII,
)
#: What ends a line of title and authors: names cut short, then, behind a dot, the places the authors write from.
_TRUNCATION = re.compile(r"\bet al\.?$")
_DOT = re.compile(r"[·•∙⋅]")
#: So many dots at most are looked at from the end of a line, so that a line of dots alone takes no time.
_MOST_DOTS = 12

_PARTICLES = frozenset("de del della der den di da dos du van von la le el al bin ibn".split())
_LONGEST_BYLINE = 1000
#: A full stop that ends a sentence, not a name (``Ada B.``) or what is added to one.
_SENTENCE_END = re.compile(r"(?<! Jr)(?<! Sr)(?<! al)(?<!Inc)(?<!Ltd)(?<=[^\W\dA-Z_]|[)\]”\"])[.。]$")
_FEWEST_WORDS = 8
#: So much of a line is looked at where only its end matters.
_END_VIEW = 20

#: An abstract pasted as one line is at least so long; what a page writes below it is a few words, neither a sentence
#: nor an address (both have a dot).
_ONE_LINE = 200
_REMARK = re.compile(r"[^.!?]{1,60}")

#: arXiv's two-letter classes by archive; a code that several archives have belongs to the first.
_CATEGORIES = {
    "cs": (
        "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC SD"
        " SE SI SY"
    ),
    "stat": "AP CO ME ML OT TH",
    "eess": "AS IV SP",
    "math": "AC AG AT CA CT CV DG FA GM GN GR GT HO KT LO MG MP NT OA OC PR QA RA RT SG SP ST",
    "q-bio": "BM CB MN NC PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "econ": "EM",
    "physics": "AO ED PH",
}
_ARCHIVE = {code: archive for archive, codes in reversed(_CATEGORIES.items()) for code in codes.split()}


def looks_like_listing(lines: Iterable[str]) -> bool:
    """Say whether any of the lines begins an entry of a listing."""
    return any(_HEADER.fullmatch(line.strip()) for line in lines)


def read_listing(lines: Iterable[Line], source: str) -> Iterator[SourceRecord | ReadFailure]:
    """Yield an entry for each header line with a line of title and authors behind it.

    The lines that follow up to the next header are the abstract; there may be none. Blank lines mean nothing.
    """
    entry: list[Line] = []
    for line in lines:
        if not line.text:
            continue
        if _HEADER.fullmatch(line.text):
            yield from _entry(entry, source)
            entry = []
        entry.append(line)
    yield from _entry(entry, source)


def _entry(lines: list[Line], source: str) -> Iterator[SourceRecord | ReadFailure]:
    if not lines:
        return
    header = _HEADER.fullmatch(lines[0].text)
    if header is None:
        reason = "this stands before the first entry; an entry begins with a line such as 'CLOct 10, 2023'"
        yield _failure(lines, source, reason)
        return
    if len(lines) == 1:
        yield _failure(lines, source, "the entry ends after its date; add its line of title and authors")
        return
    if _is_sentence(lines[1].text):
        reason = "the entry has no line of title and authors, a sentence stands in its place; add the line"
        yield _failure(lines, source, reason)
        return
    end = next((i for i in range(2, len(lines)) if _is_byline(lines[i].text, lines[i - 1].text)), len(lines))
    own, lost = lines[:end], lines[end:]
    remarks = _remarks(own)
    yield _record(header, own[: len(own) - len(remarks)], source)
    if remarks:
        reason = "this stands below an abstract and is no sentence of it; it is left out"
        yield _failure(remarks, source, reason)
    if lost:
        reason = "an entry begins here without its line of category and date; add one such as 'CLOct 10, 2023'"
        yield _failure(lost, source, reason)


def _is_sentence(text: str) -> bool:
    """Tell whether what should be title and authors is rather the abstract: many words and a full stop."""
    return len(text.split(maxsplit=_FEWEST_WORDS)) >= _FEWEST_WORDS and _ends_sentence(text)


def _ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text[-_END_VIEW:]) is not None


def _is_byline(text: str, before: str) -> bool:
    """Tell whether a line among those of an abstract is rather the title and authors of another entry.

    ``before`` is the line above. Names at the end of a line are common in an abstract that is wrapped over lines;
    such a line is a byline only if ``et al.`` or places end it, or if the line above ends a sentence, and for a
    name of one word only if both hold.
    """
    if len(text) > _LONGEST_BYLINE:
        return False
    byline, truncated, affiliations = _split_tail(text)
    words = _words_of_first_name(byline)
    marks = (truncated or bool(affiliations)) + (_ends_sentence(before))
    return (words > 1 and marks > 0) or (words == 1 and marks > 1)


def _words_of_first_name(byline: str) -> int:
    """Count the words of the name that is glued to the end of a title, with only names behind it; 0 if there is none.

    >>> [_words_of_first_name(text) for text in ("Mistral 7BAlbert Q. Jiang, Arthur Mensch", "It uses PyTorch, Keras")]
    [3, 1]
    >>> _words_of_first_name("We compare it with PyTorch in two settings")
    0
    """
    for name in reversed(byline.split(", ")):
        words = name.split()
        for behind, word in enumerate(reversed(words)):
            if _is_glued(word):
                return behind + 1
            if not _begins_name(word):
                return 0
    return 0


def _is_glued(word: str) -> bool:
    """Say whether a word has a capital, or a letter of a script without case, right behind the end of another word."""
    return any(
        (b.isupper() and (a.islower() or a.isdigit() or a in ')?!”"' or (a.isupper() and c.islower())))
        or (b.isalpha() and b.lower() == b.upper() and a.lower() != a.upper())
        for a, b, c in zip(word, word[1:], f"{word[2:]} ", strict=False)
    )


def _begins_name(word: str) -> bool:
    return word in _PARTICLES or not word[0].islower()


def _remarks(entry: list[Line]) -> list[Line]:
    """Give the lines below an abstract that a page wrote there (``Load more``): a few words each, no sentence.

    Only an abstract that is pasted as one long line, full stop included, shows where it ends.
    """
    for index in range(3, len(entry)):
        above = entry[index - 1].text
        if len(above) >= _ONE_LINE and _ends_sentence(above):
            below = entry[index:]
            return below if all(_REMARK.fullmatch(line.text) for line in below) else []
    return []


def _record(header: re.Match[str], lines: list[Line], source: str) -> SourceRecord:
    byline, truncated, affiliations = _split_tail(lines[1].text)
    code = header["category"]
    return SourceRecord(
        source=source,
        format="listing",
        line=lines[0].number,
        byline=byline,
        truncated=truncated,
        date_text=header["date"],
        category=f"{_ARCHIVE[code]}.{code}" if code in _ARCHIVE else code,
        code=header["code"] is not None,
        affiliations=affiliations,
        abstract=" ".join(line.text for line in lines[2:]),
    )


def _split_tail(text: str) -> tuple[str, bool, tuple[str, ...]]:
    """Take ``et al.`` and the places behind a dot off a line of title and authors.

    A dot in a title has no names before it, so it separates no places.

    >>> _split_tail("Mistral 7BAlbert Q. Jiang, Arthur Mensch et al. · cambridge, eth")
    ('Mistral 7BAlbert Q. Jiang, Arthur Mensch', True, ('cambridge', 'eth'))
    >>> _split_tail("Hot · Cold ModelsAda Byron")
    ('Hot · Cold ModelsAda Byron', False, ())
    """
    for dot in list(_DOT.finditer(text))[-_MOST_DOTS:]:
        names, places = text[: dot.start()].rstrip(" ,"), text[dot.end() :]
        byline, truncated = _split_truncation(names)
        if truncated or _words_of_first_name(names) or not any(map(str.isupper, places)):
            parts = (place.strip(" ,;") for place in re.split(r"[,·•∙⋅]", places))
            return byline or text, truncated, tuple(filter(None, parts))
    byline, truncated = _split_truncation(text)
    return byline or text, truncated, ()


def _split_truncation(text: str) -> tuple[str, bool]:
    """Take ``et al.`` off the end of a list of authors; say whether it was there."""
    found = _TRUNCATION.search(text[-_END_VIEW:])
    return (text[: found.start() - len(found.string)].rstrip(" ,"), True) if found else (text, False)


def _failure(lines: list[Line], source: str, reason: str) -> ReadFailure:
    raw = "\n".join(line.text for line in lines)
    return ReadFailure(source=source, line=lines[0].number, raw=raw, reason=reason)

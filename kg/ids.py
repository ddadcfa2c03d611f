"""Names to identifiers: readable, stable IRIs that depend on content alone.

Equal names give equal IRIs on every machine and in every run; no clock, counter or random number takes part.
Deciding that two *different* names mean one thing is the business of ``resolve``, not of this module.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from kg.model import IRI, Claim, Evidence, Quantity, Result

__all__ = [
    "ID",
    "arxiv_address",
    "claim_iri",
    "context_iri",
    "entity_iri",
    "is_safe_iri",
    "local_name",
    "paper_iri",
    "passage_iri",
    "result_iri",
    "rule_iri",
    "slug",
]

#: Everything the project names lives below this IRI.
ID: Final = IRI("https://w3id.org/modelkin/id/")

#: class of an entity -> the folder of its IRI below :data:`ID`
_FOLDERS: Final = {
    "AuthorGroup": "group",
    "Benchmark": "benchmark",
    "Dataset": "dataset",
    "Licence": "licence",
    "Method": "method",
    "Model": "model",
    "ModelFamily": "family",
    "Organization": "organization",
    "Person": "person",
    "Software": "software",
}

#: Letters that Unicode does not decompose.
_LETTERS: Final = {
    **{"Æ": "AE", "æ": "ae", "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ł": "L"},
    **{"ł": "l", "Ø": "O", "ø": "o", "Œ": "OE", "œ": "oe", "ß": "ss", "ẞ": "SS", "Þ": "Th", "þ": "th"},
}
#: Marks that tell names apart: HumanEval from HumanEval+, C from C#, A* from A.
_MARKS: Final = {"+": "-plus-", "#": "-sharp-", "*": "-star-"}
_SPELLED_OUT: Final = str.maketrans({**_LETTERS, **_MARKS})
_MARKED: Final = str.maketrans(_MARKS)

_GREEK: Final = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?(\w+)")
_SEPARATORS: Final = re.compile(r"(?:(?<![0-9])\.|\.(?![0-9])|[^a-z0-9.])+")
_IRI_CHARACTER: Final = r'[^\x00-\x20<>"{}|\\^`\x7f-\x9f\ud800-\udfff]'
_SAFE_IRI: Final = re.compile(rf"(?:https?://(?!/)|urn:[A-Za-z0-9]){_IRI_CHARACTER}+", re.IGNORECASE)

_LONGEST_NAME: Final = 100
_LONGEST_TITLE: Final = 80


def slug(name: str) -> str:
    """Write a name as the last segment of an IRI: ASCII, lower case, words joined by hyphens.

    A dot stays only between digits, and the first character is a letter. A name of which letters would be lost,
    or that is very long, carries a hash of the whole, so that two different names do not become one.

    >>> slug("Mixtral 8x7B - Instruct"), slug("GPT-3.5 Turbo"), slug("NEVIS'22"), slug("José Pérez")
    ('mixtral-8x7b-instruct', 'gpt-3.5-turbo', 'nevis-22', 'jose-perez')
    >>> slug("HumanEval+"), slug("π0.5"), slug("360VL"), slug("文心"), slug("文心 4.5")
    ('humaneval-plus', 'pi0.5', 'n-360vl', 'n-1a564da9', 'n-4.5-ed32d490')
    """
    spelled = name.translate(_MARKED) if name.isascii() else _spell_out(name)
    words = _SEPARATORS.sub("-", spelled.lower()).strip("-")
    lost = not spelled.isascii() and any(letter.isalnum() and not letter.isascii() for letter in spelled.lower())
    if lost or not words or len(words) > _LONGEST_NAME:
        digest = _digest(unicodedata.normalize("NFC", name), length=8)
        words = f"{_cut(words, _LONGEST_NAME - 11)}-{digest}" if words else f"n-{digest}"
    return words if words[0].isalpha() else f"n-{words}"


def entity_iri(type: str, name: str, *, apart: str = "") -> IRI:  # noqa: A002 - the field of Entity has this name
    """Name a thing of the class ``type`` (``Model``, ``Person``) by its name.

    Of two namesakes, one is told ``apart`` by a text that is its own, of which a hash is added.

    >>> entity_iri("ModelFamily", "Mixtral")
    'https://w3id.org/modelkin/id/family/mixtral'
    >>> entity_iri("Person", "Wei Zhang", apart="the author of another paper")
    'https://w3id.org/modelkin/id/person/wei-zhang-7d33ba46'
    """
    if type not in _FOLDERS:
        raise ValueError(f"entities of the class {type!r} have no IRI of their own; known are {', '.join(_FOLDERS)}")
    return IRI(f"{ID}{_FOLDERS[type]}/{slug(name)}{f'-{_digest(apart, length=8)}' if apart else ''}")


def paper_iri(title: str, first_author: str) -> IRI:
    """Name a paper by its title and first listed author; capitals, accents' encoding and spacing do not matter.

    >>> paper_iri("Mixtral of Experts", "Albert Q. Jiang")
    'https://w3id.org/modelkin/id/paper/mixtral-of-experts-pc5a0bb95'
    """
    normalised = [" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in (title, first_author)]
    return IRI(f"{ID}paper/{_cut(slug(title), _LONGEST_TITLE)}-p{_digest(*normalised, length=8)}")


def context_iri(paper: IRI) -> IRI:
    """Name the text of a paper, into which all offsets point."""
    return IRI(f"{paper}/text")


def passage_iri(paper: IRI, start: int, end: int) -> IRI:
    """Name the characters ``[start, end)`` of a paper's text in the manner of RFC 5147.

    >>> passage_iri(IRI("https://example.org/p1"), 0, 42)
    'https://example.org/p1/text#char=0,42'
    """
    return IRI(f"{context_iri(paper)}#char={start},{end}")


def rule_iri(rule: str) -> IRI:
    """Name an extraction rule; its dots become hyphens.

    >>> rule_iri("lineage.same-architecture")
    'https://w3id.org/modelkin/id/rule/lineage-same-architecture'
    """
    return IRI(f"{ID}rule/{slug(rule.replace('.', '-'))}")


def result_iri(subject: IRI, result: Result) -> IRI:
    """Name a reported figure by whose it is, on what, in which metric and with which value.

    >>> result_iri(IRI("https://example.org/chinchilla"), Result(benchmark="MMLU", metric="accuracy", value="67.5%"))
    'https://w3id.org/modelkin/id/result/chinchilla-mmlu-ra2c89dbe'
    """
    digest = _digest(subject, result.benchmark, result.metric, result.value, length=8)
    parts = (local_name(subject), *([] if result.benchmark == "-" else [local_name(result.benchmark)]))
    return IRI(f"{ID}result/{_cut(slug(' '.join(parts)), _LONGEST_TITLE)}-r{digest}")


def claim_iri(claim: Claim) -> IRI:
    """Name a claim by what it says and where: passages of an extracted claim, basis and sources of any other.

    Rule, confidence and note are left out, so that a better rule does not rename what it finds.

    >>> claim = Claim(subject=IRI("https://example.org/b"), predicate="succeeds", object=IRI("https://example.org/a"),
    ...               basis="curated", sources=("https://example.org/news",))
    >>> claim_iri(claim)
    'https://w3id.org/modelkin/id/claim/c4048e79bec793172'
    """
    places = sorted({_passage(evidence) for evidence in claim.evidence}) or [claim.basis, *sorted(claim.sources)]
    return IRI(f"{ID}claim/c{_digest(claim.subject, claim.predicate, *_object_key(claim.object), *places, length=16)}")


def local_name(iri: str) -> str:
    """Give the last segment of an IRI, after the last ``/`` or ``#``; a plain name is its own.

    >>> local_name("https://w3id.org/modelkin/id/model/mixtral-8x7b"), local_name("MMLU")
    ('mixtral-8x7b', 'MMLU')
    """
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]


def is_safe_iri(text: str) -> bool:
    """Say whether a text from outside may stand as an IRI in RDF and as a link on a page: http(s) or urn, no blanks.

    >>> [is_safe_iri(text) for text in ("https://arxiv.org/abs/2401.04088", "javascript:alert(1)", "http://a b", "x")]
    [True, False, False, False]
    """
    return _SAFE_IRI.fullmatch(text) is not None


def _spell_out(name: str) -> str:
    """Write a name in ASCII as far as that is possible: without accents, Greek letters by their names."""
    letters = unicodedata.normalize("NFKD", name).translate(_SPELLED_OUT)
    return "".join(_spell_greek(letter) for letter in letters if not unicodedata.combining(letter))


def _spell_greek(character: str) -> str:
    """Spell a Greek letter out, as people do who type the name of a model: π becomes ``pi``."""
    found = None if character.isascii() else _GREEK.match(unicodedata.name(character, ""))
    return found[1].lower() if found else character


def _cut(words: str, length: int) -> str:
    """Shorten a slug to at most ``length`` characters, at a hyphen where there is one."""
    if len(words) <= length:
        return words
    whole_words, hyphen, _ = words[: length + 1].rpartition("-")
    return whole_words if hyphen else words[:length].rstrip(".")


def _object_key(value: str | Quantity | Result) -> tuple[str, ...]:
    """Write an object so that objects of different kinds never have the same key."""
    match value:
        case Quantity():
            return ("quantity", str(value.value))
        case Result():
            return ("result", value.benchmark, value.metric, value.value)
        case _:
            return ("name", value)


def _passage(evidence: Evidence) -> str:
    return passage_iri(evidence.paper, evidence.start, evidence.end)


def _digest(*parts: str, length: int) -> str:
    """Hash texts to ``length`` hexadecimal digits; JSON keeps their borders apart, lone surrogates included."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:length]


_ARXIV: Final = re.compile(
    r"(?:arxiv:|https?://(?:www\.)?arxiv\.org/abs/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?",
    re.IGNORECASE,
)


def arxiv_address(identifiers: Iterable[str]) -> str:
    """Give the address of a paper on arXiv if one of its identifiers is arXiv's, else nothing.

    >>> arxiv_address(["arXiv:2310.06825v1"]), arxiv_address(["mistral-7b"])
    ('https://arxiv.org/abs/2310.06825', '')
    """
    found = (_ARXIV.fullmatch(one) for one in identifiers)
    return next((f"https://arxiv.org/abs/{match[1]}" for match in found if match), "")

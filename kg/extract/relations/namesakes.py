"""What names say of descent by themselves: RoBERTa of BERT, X 3 of X 2, X Instruct of X."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gazetteer import is_of_known_family
from kg.extract.mentions import Sentence
from kg.extract.relations.ancestors import end_of
from kg.extract.relations.reading import Reading
from kg.model import Claim
from kg.names import TUNED_ROLES, is_extension, parse_name, tokens_of

__all__ = ["ends_with", "named_after_in_title", "next_versions", "tuned_members", "tuned_namesakes"]


def named_after_in_title(reading: Reading) -> Iterator[Claim]:
    """Read a title that says what its name is made of: "RoBERTa: A Robustly Optimized BERT ..."."""
    head, _, rest = reading.document.text[: reading.document.title_end].partition(":")
    for child in reading.introduced:
        if child not in head:
            continue
        for word in dict.fromkeys(re.findall(r"[A-Z]\w{3,}", rest)):
            parent = reading.written(word)
            certain = sum(map(str.isupper, word)) > 1 or reading.is_named(word)  # "Carbon and Nitrogen Flux"
            if certain and is_of_known_family(word) and word in child[1:] and parent not in reading.introduced:
                yield reading.claim("lineage.named-after", child, "basedOnArchitecture", parent, 0)


def ends_with(longer: str, shorter: str) -> bool:
    """Tell whether a name ends with another, from a capital or a hyphen on: "LocoMamba", "HiMo-CLIP"."""
    head = longer[: -len(shorter)]
    return (
        len(shorter) > 2
        and bool(head)
        and longer.endswith(shorter)
        and (not head[-1].isalnum() or shorter[0].isupper())
    )


_DATA_BEHIND = re.compile(r" (?:[a-z-]+ )?(?:data|datasets?|corpus|corpora|benchmarks?|suite)\b")


_TUNES = re.compile(r"\b(?:instruction[- ])?(?:fine-?)?tun(?:ed|ing)\b|\binstruction-?fine-?tuned\b")


def tuned_namesakes(reading: Reading) -> Iterator[Claim]:
    """Take an introduced Flan-X 20B as fine-tuned from X 20B, where a sentence on tuning names X 20B."""
    models = [name for name, kind in reading.introduced.items() if kind == "Model"]
    for index, sentence in enumerate(reading.sentences):
        if not _TUNES.search(sentence.masked):
            continue
        for name in sentence.names:
            parent = reading.written(name)
            if not parse_name(parent).parameters or parent in reading.introduced:
                continue
            for child in dict.fromkeys([*models, *map(reading.written, sentence.names)]):
                own = (
                    child in models or any(is_extension(child, model) for model in models) or _is_tuned(sentence, child)
                )
                if own and child != parent and ends_with(child.casefold(), parent.casefold()):
                    yield reading.claim("lineage.tuned-member", child, "fineTunedFrom", parent, index)


def _is_tuned(sentence: Sentence, name: str) -> bool:
    found = next((n for n in sentence.names if n.text == name), None)
    return found is not None and _TUNED_BEHIND.match(sentence.masked[end_of(sentence, found) :]) is not None


_TUNED_BEHIND = re.compile(r"(?: models?)?,? (?:is |are |was )?(?:instruction[- ])?(?:fine-?tuned|finetuned|tuned)\b")


def tuned_members(reading: Reading) -> Iterator[Claim]:
    """Take an introduced ``X - Instruct`` as fine-tuned from ``X``, where the text names ``X`` too."""
    first: dict[str, int] = {}
    for index, sentence in enumerate(reading.sentences):
        for found in sentence.names:
            if found.kind == "name" and not _DATA_BEHIND.match(sentence.masked[end_of(sentence, found) :]):
                first.setdefault(reading.written(found), index)
    for name in dict.fromkeys([*reading.introduced, *first]):
        member = any(
            kind == "Model" and (name == own or is_extension(name, own)) for own, kind in reading.introduced.items()
        )
        if not member or not parse_name(name).tuned or tokens_of(name)[-1].casefold() not in TUNED_ROLES:
            continue
        index = reading.introduced_in.get(name, first.get(name, 0))
        bases = {
            reading.written(n)
            for s in reading.sentences
            for n in s.names
            if n.kind == "name" and is_extension(name, n.text)
        }
        bases = {b for b in bases if b != name and is_extension(name, b)}
        if bases and index:
            base = max(bases, key=lambda b: (len(tokens_of(b)), b))
            yield reading.claim("lineage.tuned-member", name, "fineTunedFrom", base, index)


def next_versions(reading: Reading) -> Iterator[Claim]:
    """Take an introduced ``X 3`` as the successor of the ``X 2`` that the text names too, whatever it says of it."""
    for child in reading.introduced:
        number = _version(child)
        if not number or reading.introduced[child] not in ("Model", "Method"):
            continue
        older = [
            (version, index, parent)
            for index, sentence in enumerate(reading.sentences)
            for parent in map(reading.written, sentence.names)
            if parent not in reading.introduced
            and (version := _version(parent) or (_first(sentence, parent) if number[0] < _MANY else ()))
            and version < number
            and parse_name(parent).base.casefold() == parse_name(child).base.casefold()
        ]
        if older:
            version = max(version for version, _, _ in older)
            _, index, parent = min(((v, i, p) for v, i, p in older if v == version), key=lambda found: found[1])
            yield reading.claim("lineage.next-version", child, "succeeds", parent, index)


#: A number like that of YOLO9000 counts no versions.
_MANY = 100


def _first(sentence: Sentence, name: str) -> tuple[int, ...]:
    """Give (1,) for a name without a version, or nothing where it is that of a series."""
    read = parse_name(name)
    plain = not read.version and read.parameters is None and not read.roles and read.experts is None
    written = next((n for n in sentence.names if n.text == name), None)
    if not plain or written is None:
        return ()
    after = sentence.masked[end_of(sentence, written) :]
    return (1,) if not re.match(r" \d|(?: [a-z]+)? (?:series|family|families|models)\b", after) else ()


def _version(name: str) -> tuple[int, ...]:
    """Give the version of a name that states nothing else, as numbers: ``Gemma 3`` is (3,); others have none."""
    read = parse_name(name)
    plain = read.version and read.parameters is None and not read.roles and read.experts is None
    return tuple(map(int, read.version.split("."))) if plain else ()

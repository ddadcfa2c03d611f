"""To which family a model belongs, by its name: a curated family, or one that several models show.

A name says its family where the family's name is followed by versions, sizes and words for variants only. Another word
makes another thing: an adapter or a prompt named after a model is no member of its family.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg import ids, vocab
from kg.model import IRI, Entity
from kg.names import ROLE_WORDS, tokens_of
from kg.resolve.models import is_version, key_of, spelling_key, without_maker

__all__ = ["Membership", "curated_family", "memberships"]

#: Words behind a family's name that make a variant, besides the words for roles.
_VARIANT_WORDS = ROLE_WORDS | frozenset(
    "b g h image moe video music ocr prover next preview exp experimental zero".split()
)

#: Words that name no family though several models may be called so.
_GENERIC = ROLE_WORDS | frozenset(
    "agent approach architecture baseline checkpoint decoder deep diffusion encoder ensemble expert experts family"
    " foundation framework generator human judge language learner learning llm lm lora method mixture mllm model models"
    " module moe network neural oracle original our ours planner policy proposed random retriever series setting shot"
    " single slm standard student system teacher text the transformer variant version vlm world".split()
)
_STARTS_VERSION = re.compile(r"\d|v\d|(?<=[a-z])[BRV]\d")
_FEWEST_MEMBERS = 2
_SHORTEST_BASE = 2
_LONGEST_SHORT = 3


@dataclass(frozen=True, slots=True, order=True)
class Membership:
    """A model's place in a family, and by what it follows. ``label`` is the family's name if no table lists it."""

    model: IRI
    family: IRI
    note: str
    label: str = ""


def memberships(entities: Iterable[Entity], texts: Iterable[str]) -> list[Membership]:
    """Find the family of each model that has one.

    A family that our table does not have is formed of at least two models whose names have one base and differ in
    version, size or role; not of a base that the papers' ``texts`` use as an ordinary word.
    """
    found: list[Membership] = []
    others: list[Entity] = []
    for model in (entity for entity in entities if entity.type == "Model"):
        named = curated_family(model.label)
        if named is None:
            others.append(model)
            continue
        family, rest = named
        note = f"its name is that of the family {family.label}" + (f", with {' and '.join(rest)}" if rest else "")
        found.append(Membership(model.iri, family.iri, note))
    return sorted([*found, *_formed(others, texts)])


def curated_family(name: str) -> tuple[vocab.Family, list[str]] | None:
    """Give the family of our table to which a model's name says it belongs, and the words behind the family's name.

    Of several the one with the longest name.

    >>> for name in ("Qwen2.5-Coder", "Mistral Medium 3", "QwenVL", "Mistralite", "BERT4Traj"):
    ...     found = curated_family(name)
    ...     print(found and (found[0].label, found[1]))
    ('Qwen', ['2.5', 'Coder'])
    ('Mistral', ['Medium', '3'])
    ('Qwen', ['VL'])
    None
    None
    """
    name = without_maker(name)[1]
    for end in _ends(name):
        family = _families().get(spelling_key(name[:end]))
        rest = tokens_of(name[end:].strip(" -"))
        if family and all(token.casefold() in _VARIANT_WORDS or _says_version(token) for token in rest):
            return family, rest
    return None


def _ends(name: str) -> list[int]:
    """Give the places where a family's name may end within a model's, the last first."""
    found = {len(name)}
    for place in range(1, len(name)):
        before, after = name[place - 1], name[place]
        ends = before.isalnum() and not after.isalnum()
        if ends or (before.isalpha() and _STARTS_VERSION.match(name, place)):
            found.add(place)
        elif before.islower() and after.isupper():
            word = re.match(r"[^\W\d_]+", name[place:])
            if word and word[0].casefold() in ROLE_WORDS and len(word[0]) > 1:
                found.add(place)
    return sorted(found, reverse=True)


def _says_version(token: str) -> bool:
    return any(map(str.isdigit, token)) and is_version(token)


@cache
def _families() -> Mapping[str, vocab.Family]:
    listed = reversed(vocab.load().families)
    return {spelling_key(name): family for family in listed for name in (family.label, *family.aliases)}


# --- families that no table lists --------------------------------------------------------------------------------


def _formed(models: Iterable[Entity], texts: Iterable[str]) -> Iterator[Membership]:
    """Yield the members of the families that the names of several models show."""
    by_base: dict[str, list[Entity]] = defaultdict(list)
    for model in models:
        base = _base(model.label)
        if base:
            by_base[spelling_key(base)].append(model)
    shown = {
        base: found for base, found in by_base.items() if len(list(filter(_is_extended, found))) >= _FEWEST_MEMBERS
    }
    if not shown:
        return
    ordinary = _ordinary_words(texts)
    for _, members in sorted(shown.items()):
        label = _most_frequent(_base(member.label) for member in members)
        if all(word.casefold() in ordinary | _GENERIC for word in label.replace("-", " ").split()):
            continue
        names = sorted(member.label for member in members if _is_extended(member))
        told = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        for member in members:
            yield Membership(
                model=member.iri,
                family=ids.entity_iri("ModelFamily", label),
                note=f"{told} share the name {label} and differ in version, size or role",
                label=label,
            )


def _base(name: str) -> str:
    """Give the words of a name before version, size and role, as written; empty where more words follow those.

    >>> _base("Zephon-2 7B Chat"), _base("ZephonV2"), _base("Zephon 7B Adapter"), _base("Zephon4Rec"), _base("3B")
    ('Zephon', 'Zephon', '', '', '')
    """
    key = key_of(name)
    if key.stem[0] not in key.words or len(key.words) > 1 or len(key.base) < _SHORTEST_BASE:
        return ""
    if not all(map(is_version, key.versions)):
        return ""
    ends = [end for end in range(1, len(name) + 1) if spelling_key(name[:end]) == key.base]
    if not ends or (name[ends[0] : ends[0] + 1].isalpha() and not _STARTS_VERSION.match(name, ends[0])):
        return ""
    written = name[: ends[0]]
    return written if any(map(str.isupper, written)) and (key.sizes or not _is_short(written)) else ""


def _is_short(name: str) -> bool:
    """Tell whether a name is one of a few capitals, which mean many things: FP16 and FP8 are no family."""
    return name.isupper() and len(name) <= _LONGEST_SHORT


def _is_extended(model: Entity) -> bool:
    """Tell whether a name says a version, size or role behind its base; a bare one may be short for such a name."""
    key = key_of(model.label)
    return bool(key.sizes or key.roles or key.versions or key.release)


def _most_frequent(names: Iterable[str]) -> str:
    count = Counter(names)
    return min(count, key=lambda name: (-count[name], name))


def _ordinary_words(texts: Iterable[str]) -> set[str]:
    """Give the words that the texts write in small letters and not as a part of a name."""
    return {word for text in texts for word in re.findall(r"(?<![\w-])[a-z]{2,}(?![\w-])", text)}

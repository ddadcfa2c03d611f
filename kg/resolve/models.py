"""When two names of models mean one model: a key from the grammar of names, and the few rules beyond it.

Size, version, role words and every other word count; how they are written and in which order sizes and role words come
does not. A wrong merge is worse than a missed one, so names that differ in any word are different models, with three
exceptions that are told as reasons: the maker's name before the model's, the packaging ``hf`` behind it, and the tag
of a first release (``v0.1``) where no other release is named.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg import ids, vocab
from kg.names import ROLE_WORDS
from kg.resolve.partition import Partition, Reason

__all__ = [
    "FIRST_RELEASES",
    "SPELLING",
    "ModelKey",
    "difference",
    "is_version",
    "join_models",
    "key_of",
    "plain_key",
    "same_model",
    "spelling_key",
    "without_maker",
]

SPELLING = Reason(rule="name.spelling", words="only capitals, accents, spaces and dashes differ")
_ORDER = Reason(rule="model.order", words="the same words, version and size, in another order or spacing")
_MAKER = Reason(rule="model.maker", words="the name of its maker stands before its own")
_PACKAGING = Reason(rule="model.packaging", words="hf only says that the file is packed for Hugging Face")

#: Tags of a first release. A later one (v0.2, v2) says that the name alone may mean an earlier one.
FIRST_RELEASES = frozenset({"v0.1", "v1", "v1.0"})
_PACKAGINGS = frozenset({"hf"})

_SIZE = re.compile(r"(?:\d+x)?\d+(?:\.\d+)?[bmkt](?:a\d+(?:\.\d+)?b)?|a\d+(?:\.\d+)?b")
_RELEASE = re.compile(r"v\d+(?:\.\d+)*")
_GLUED = re.compile(r"([^\W\d_]{2,}?)((?:v|(?<=[a-z])[BRV])?\d[\w.]*[+]?)")
#: What a number may carry as a version: a letter before or behind it (``v3``, ``4o``). Behind more letters it is a word
#: (BERT4Rec, Code2Vec), and ``3d`` tells dimensions.
_VERSION = re.compile(r"(?!\d+d$)[a-z]?\d+(?:\.\d+)*[a-z]?[+]?")
_NUMBER_ROLE = re.compile(r"(\d+(?:\.\d+)*)([a-z]{2,})")
_HUMP = re.compile(r"(.*[^\W\d_A-Z])([A-Z][A-Za-z]+)")
_SHORTEST_STEM = 4
_LONG_ROLES = sorted((role for role in ROLE_WORDS if len(role) >= _SHORTEST_STEM), key=lambda role: (-len(role), role))


@dataclass(frozen=True, slots=True)
class ModelKey:
    """A model's name without its spelling: words and versions in order, sizes and role words sorted, release tag.

    Words that follow one another are one, so that ``Code Llama`` and ``CodeLlama`` are equal.
    """

    stem: tuple[str, ...]
    sizes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    release: str = ""

    @property
    def base(self) -> str:
        """The words before the first version: ``qwen`` of Qwen2.5-Coder."""
        return self.stem[0]

    @property
    def versions(self) -> tuple[str, ...]:
        """What has a digit and is neither size nor release tag."""
        return tuple(part for part in self.stem if any(map(str.isdigit, part)))

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are no roles."""
        return tuple(part for part in self.stem if not any(map(str.isdigit, part)))


@lru_cache(maxsize=1 << 16)
def spelling_key(name: str) -> str:
    """Give what stays of a name without capitals, accents, spaces and dashes; a dash between digits stays.

    >>> spelling_key("Mixtral 8x7B - Instruct") == spelling_key("mixtral-8x7b-instruct")
    True
    >>> spelling_key("GPT-4.1"), spelling_key("GPT 4-1"), spelling_key("GPT-41")
    ('gpt4.1', 'gpt4-1', 'gpt41')
    """
    return re.sub(r"(?<![0-9])-|-(?![0-9])", "", ids.slug(name).removeprefix("n-"))


@lru_cache(maxsize=1 << 16)
def key_of(name: str) -> ModelKey:
    """Read the key off a name.

    >>> key_of("Qwen2.5-Coder-7B-Instruct")
    ModelKey(stem=('qwen', '2.5'), sizes=('7b',), roles=('coder', 'instruct'), release='')
    >>> key_of("Mixtral-8x7B-Instruct-v0.1").release, key_of("DeepSeek-V3").stem
    ('v0.1', ('deepseek', 'v3'))
    """
    stem: list[str] = []
    sizes: list[str] = []
    roles: list[str] = []
    pieces = list(_pieces(name))
    release = ""
    if len(pieces) > 1 and _RELEASE.fullmatch(pieces[-1]) and (_is_size(pieces[-2]) or pieces[-2] in ROLE_WORDS):
        release = pieces.pop()
    for piece in pieces:
        if stem and _is_size(piece):
            sizes.append(piece)
        elif stem and piece in ROLE_WORDS:
            roles.append(piece)
        elif stem and stem[-1].isalpha() and piece.isalpha():
            stem[-1] += piece
        else:
            stem.append(piece)
    stem[:1], glued = _take_roles(stem[0]) if stem else ([name], [])
    return ModelKey(tuple(stem), tuple(sorted(sizes)), tuple(sorted(roles + glued)), release)


def _pieces(name: str) -> Iterator[str]:
    """Yield the words, numbers and sizes of a name in lower case."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for token in re.split(r"[\s_/,:;()\[\]‐-―-]+", bare):
        folded = token.casefold()
        glued = _GLUED.fullmatch(token)
        if not token:
            continue
        if _is_size(folded) or _RELEASE.fullmatch(folded):
            yield folded
        elif glued:
            yield from _humps(glued[1])
            yield from _number(glued[2].casefold())
        else:
            yield from _number(folded) if folded[0].isdigit() else _humps(token)


def _humps(word: str) -> Iterator[str]:
    """Split a role word off one written in capitals within: ``QwenVL``; other such words stay whole."""
    found = _HUMP.fullmatch(word)
    yield from map(str.casefold, found.groups() if found and found[2].casefold() in ROLE_WORDS else (word,))


def _number(piece: str) -> Iterator[str]:
    """Split a role word off a number: ``2.5vl``; ``4o`` and ``7b`` stay whole."""
    found = _NUMBER_ROLE.fullmatch(piece)
    if found and found[2] in ROLE_WORDS:
        yield from found.groups()
    else:
        yield piece


def _is_size(piece: str) -> bool:
    return _SIZE.fullmatch(piece) is not None


def is_version(piece: str) -> bool:
    """Tell whether a part of a name that has a digit says a version or size, and is no word with a number.

    >>> [is_version(piece) for piece in ("2.5", "V3", "4o", "2.5VL", "8x7B", "4Rec", "2Vec", "3D")]
    [True, True, True, True, True, False, False, False]
    """
    return all(
        part in ROLE_WORDS or _is_size(part) or _VERSION.fullmatch(part) is not None
        for part in _number(piece.casefold())
    )


def _take_roles(word: str) -> tuple[list[str], list[str]]:
    """Take long role words off the end of a word that is long enough without: ``deepseekcoder``."""
    roles: list[str] = []
    while role := next((r for r in _LONG_ROLES if word.endswith(r) and len(word) - len(r) >= _SHORTEST_STEM), ""):
        word = word.removesuffix(role)
        roles.append(role)
    return [word], roles


# --- the rules beyond the key ------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def without_maker(name: str) -> tuple[str, str]:
    """Take the maker's name off the front of a model's, where it is one: ``meta-llama/Llama-2-7b``, ``Meta Llama 3``.

    Gives the maker and the rest; the maker is empty where none stands there.

    >>> without_maker("Meta Llama 3 8B"), without_maker("mistralai/Mistral-7B"), without_maker("Mistral Large")
    (('Meta', 'Llama 3 8B'), ('mistralai', 'Mistral-7B'), ('', 'Mistral Large'))
    """
    account, slash, rest = name.partition("/")
    if slash and re.search(r"[^\W\d_]{2}", rest) and " " not in account:
        base = key_of(rest).base
        if ids.slug(account) in _labs() or (len(base) >= _SHORTEST_STEM and base in spelling_key(account)):
            return account, rest
    for space in re.finditer(r"[ -]", name):
        lab = _labs().get(ids.slug(name[: space.start()]))
        rest = name[space.end() :]
        if lab and any(_begins(rest, family) for family in _made_by(lab)):
            return name[: space.start()], rest
    return "", name


def _begins(name: str, family: str) -> bool:
    return re.match(re.escape(family) + r"(?![^\W\d_])", name, re.IGNORECASE) is not None


@cache
def _labs() -> dict[str, str]:
    return {ids.slug(name): lab.iri for lab in reversed(vocab.load().labs) for name in (lab.label, *lab.aliases)}


@cache
def _made_by(lab: str) -> tuple[str, ...]:
    """Give the names of the families that a lab develops."""
    families = [family for family in vocab.load().families if lab in family.developers]
    return tuple(sorted({name for family in families for name in (family.label, *family.aliases)}))


def plain_key(name: str) -> ModelKey:
    """Give the key of a name without its maker and packaging.

    >>> plain_key("meta-llama/Llama-2-7b-chat-hf") == plain_key("Llama 2 chat 7B")
    True
    """
    key = key_of(without_maker(name)[1])
    last = key.stem[-1]
    packed = next((word for word in _PACKAGINGS if last == word), "")
    return replace(key, stem=key.stem[:-1]) if packed and len(key.stem) > 1 else key


def join_models(partition: Partition, names: Iterable[str]) -> list[tuple[str, str, Reason]]:
    """Join the names that mean one model; give the pairs that may be one model and were kept apart, with the reason."""
    by_key: dict[ModelKey, list[str]] = defaultdict(list)
    by_plain_key: dict[ModelKey, list[str]] = defaultdict(list)
    for name in sorted(names):
        by_key[key_of(name)].append(name)
        by_plain_key[plain_key(name)].append(name)
    for alike in by_key.values():
        partition.join_all(alike, _ORDER)
    for key, alike in by_plain_key.items():
        bare = [name for name in alike if key_of(name) == key]
        for name in alike:
            reason = _MAKER if without_maker(name)[0] else _PACKAGING
            if name not in bare:
                partition.join((bare or alike)[0], name, reason)
    return _join_releases(partition, by_plain_key)


def _join_releases(partition: Partition, by_key: dict[ModelKey, list[str]]) -> list[tuple[str, str, Reason]]:
    """Join a name with its first release where no other release is named; else give the pairs left open."""
    releases: dict[ModelKey, list[ModelKey]] = defaultdict(list)
    for key in by_key:
        if key.release:
            releases[replace(key, release="")].append(key)
    open_pairs = []
    for bare, tagged in sorted(releases.items(), key=lambda item: by_key[item[1][0]]):
        if bare not in by_key:
            continue
        name, first = by_key[bare][0], tagged[0]
        if len(tagged) == 1 and first.release in FIRST_RELEASES:
            words = f"{first.release} marks its first release, and no paper of the graph names another one"
            partition.join(name, by_key[first][0], Reason(rule="model.first-release", words=words))
            continue
        tags = ", ".join(sorted(key.release for key in tagged))
        reason = Reason(rule="model.release", words=f"a name without a release tag may mean any release ({tags})")
        open_pairs += [(name, by_key[key][0], reason) for key in tagged]
    return sorted(open_pairs, key=lambda pair: pair[:2])


def same_model(one: str, other: str) -> Reason | None:
    """Give the rule by which two names mean one model whatever else is known; ``None`` where there is none.

    >>> print(same_model("Llama-2-7b-chat", "LLaMA 2 Chat 7B"), same_model("GPT-4", "GPT-4 Turbo"))
    the same words, version and size, in another order or spacing [model.order] None
    """
    if spelling_key(one) == spelling_key(other):
        return SPELLING
    if key_of(one) == key_of(other):
        return _ORDER
    if plain_key(one) == plain_key(other):
        return _MAKER if without_maker(one)[0] or without_maker(other)[0] else _PACKAGING
    return None


def difference(one: str, other: str) -> str:
    """Say in what two names of models differ; empty where they do not.

    >>> difference("Llama 2 7B Chat", "Llama-2-13b"), difference("GPT-4 Turbo", "gpt-4-turbo")
    ('the sizes are 7b and 13b; the role words are chat and none', '')
    """
    a, b = plain_key(one), plain_key(other)
    parts = (
        ("words", a.words, b.words),
        ("versions", a.versions, b.versions),
        ("sizes", a.sizes, b.sizes),
        ("role words", a.roles, b.roles),
        ("release tags", (a.release,) if a.release else (), (b.release,) if b.release else ()),
    )
    told = [f"the {what} are {_said(x)} and {_said(y)}" for what, x, y in parts if x != y]
    if not told and a != b:
        return "the order of words and versions differs"
    return "; ".join(told)


def _said(parts: tuple[str, ...]) -> str:
    return " ".join(parts) or "none"

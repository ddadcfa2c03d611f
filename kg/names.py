"""The grammar of model names: base, version, size, mixture and variant words, for names never seen before.

A name is read token by token. ``Qwen2.5-Math-7B-Instruct`` is the base ``Qwen``, version ``2.5``, the role ``Math``,
a size of seven billion parameters and the role ``Instruct``. Nothing here knows a model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "ROLE_WORDS",
    "TUNED_ROLES",
    "ModelName",
    "is_extension",
    "name_key",
    "parse_name",
    "size_of",
    "tokens_of",
]

#: Words that tell a member of a series from the others: how it was trained, or how large it is.
TUNED_ROLES = frozenset({"instruct", "chat", "it", "sft", "rlhf", "dpo", "instruction", "assistant"})
_SIZE_ROLES = frozenset(
    "nano tiny mini small medium large huge base xl xxl xs s m l giant micro max plus pro ultra lite light flash turbo"
    " fast air".split()
)
_TASK_ROLES = frozenset(
    "coder code math vision vl audio omni reasoning reasoner thinking think embedding realtime tts asr speech"
    " codec base pretrained pt guard reward tools agent multilingual".split()
)
ROLE_WORDS = TUNED_ROLES | _SIZE_ROLES | _TASK_ROLES

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:\.\d+)*|[+]+|\S", re.UNICODE)
_SIZE = re.compile(
    r"^(?:(?P<experts>\d+)x)?(?P<number>\d+(?:\.\d+)?)(?P<unit>[BMTKbmt])(?:-?A(?P<active>\d+(?:\.\d+)?)B)?$"
)
_VERSION = re.compile(r"^v?\d+(?:\.\d+)*$", re.IGNORECASE)
_UNITS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model's name, read: the words of its base, version, size in parameters, and role words in order."""

    text: str
    base: str
    version: str = ""
    parameters: int | None = None
    experts: int | None = None
    roles: tuple[str, ...] = ()

    @property
    def tuned(self) -> bool:
        """Tell whether a word of the name says that it was tuned after pre-training (Instruct, Chat)."""
        return any(role.casefold() in TUNED_ROLES for role in self.roles)

    @property
    def sized(self) -> bool:
        """Tell whether the name states its size or version, as only names of models do."""
        return self.parameters is not None or bool(self.version)


def tokens_of(name: str) -> list[str]:
    """Give the words of a name, split at spaces, hyphens, slashes and underscores.

    >>> tokens_of("Mixtral 8x7B - Instruct"), tokens_of("Qwen2.5-Math-7B")
    (['Mixtral', '8x7B', 'Instruct'], ['Qwen2.5', 'Math', '7B'])
    """
    return [t for t in re.split(r"[\s_/–—-]+", name) if t]


def size_of(token: str) -> int | None:
    """Read the number of parameters off a token of a name; a mixture states none (experts share weights).

    >>> size_of("7B"), size_of("0.5B"), size_of("8x7B"), size_of("Pro")
    (7000000000, 500000000, None, None)
    """
    match = _SIZE.match(token)
    if not match or match["experts"] or match["unit"] in "Kt":
        return None
    number, unit = match["number"], match["unit"].lower()
    return round(float(number) * _UNITS[unit])


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """Strip case, spaces and punctuation: names with equal keys are the same name written differently.

    >>> name_key("Mixtral 8x7B - Instruct") == name_key("Mixtral-8x7B-Instruct")
    True
    """
    return re.sub(r"[^0-9\w+]+|_", "", name.casefold())


def parse_name(name: str) -> ModelName:
    """Read a model's name.

    >>> parse_name("Mixtral 8x7B - Instruct")  # doctest: +NORMALIZE_WHITESPACE
    ModelName(text='Mixtral 8x7B - Instruct', base='Mixtral', version='', parameters=None, experts=8,
              roles=('Instruct',))
    >>> parse_name("Llama 2 13B -- Chat").base, parse_name("GPT-3.5 Turbo").version
    ('Llama', '3.5')
    """
    base: list[str] = []
    version, parameters, experts = "", None, None
    roles: list[str] = []
    for position, token in enumerate(tokens_of(name)):
        mixture = _SIZE.match(token)
        glued = re.match(r"^([^\W\d]+?)(\d+(?:\.\d+)*)$", token)
        if mixture and position:
            experts = int(mixture["experts"]) if mixture["experts"] else experts
            parameters = size_of(token) or parameters
        elif _VERSION.match(token) and position:
            version = version or token.lstrip("vV")
        elif position and (token.casefold() in ROLE_WORDS or (version or parameters or roles)):
            roles.append(token)
        elif glued and not base and len(glued[1]) > 1:
            base.append(glued[1])
            version = glued[2]
        else:
            base.append(token)
    return ModelName(name, " ".join(base), version, parameters, experts, tuple(roles))


def is_extension(longer: str, shorter: str) -> bool:
    """Tell whether ``longer`` is ``shorter`` with words added that make a member of a series.

    >>> is_extension("Mistral 7B -- Instruct", "Mistral 7B"), is_extension("GPT-4", "GPT-4")
    (True, False)
    >>> is_extension("Gemma3-27B-IT", "Gemma 3")
    True
    """
    long_tokens, short_tokens = _folded_tokens(longer), _folded_tokens(shorter)
    if len(long_tokens) > len(short_tokens) > 0 and long_tokens[: len(short_tokens)] == short_tokens:
        return True
    glued = _glued(short_tokens)
    return glued != short_tokens and len(long_tokens) > len(glued) and long_tokens[: len(glued)] == glued


@lru_cache(maxsize=1 << 14)
def _glued(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Join a version to the word before it: ``gemma 3`` is also written ``gemma3``."""
    if len(tokens) > 1 and tokens[0].isalpha() and re.fullmatch(r"\d+(?:\.\d+)?", tokens[1]):
        return (tokens[0] + tokens[1], *tokens[2:])
    return tokens


@lru_cache(maxsize=1 << 14)
def _folded_tokens(name: str) -> tuple[str, ...]:
    return tuple(token.casefold() for token in tokens_of(name))

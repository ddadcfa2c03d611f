"""Names by their shape: words with inner capitals or digits, capitalised words, and sizes and versions behind them."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.gazetteer import is_of_known_family, lab_words
from kg.extract.lexicon import GENERIC_NAMES, SENTENCE_OPENERS
from kg.names import ROLE_WORDS

__all__ = ["is_generic", "name_spans", "shape_of"]

_TOKEN = re.compile(r"(?:\d+-)?[^\W_](?:[\w]|[-.'’/+&@](?=\w))*\+*")
#: From the first capital or digit of a word to its end: no name is without one.
_CANDIDATE = re.compile(r"[^\Wa-z_]\S*")
_SIZE = re.compile(r"^(?:\d+x)?\d+(?:\.\d+)?[BMTbmt](?:-A\d+(?:\.\d+)?B)?$")
_COUNT_AFTER = re.compile(
    r"\s*(?:parameters?|params?|tokens?|-parameter|open|dense|model|models|variant|variants|activated"
    r"|active|scale)\b"
)
_NUMBER = re.compile(r"^\d+(?:\.\d+)*$")
_VERSION = re.compile(r"^v\d+(?:\.\d+)*$")
_LOWER_CODE = re.compile(r"^[a-z]+(?:[-.][a-z]+)*[-.]?\d[\w.-]*$")
_DOTTED = re.compile(r"[a-z]{3,}\.(?!com|org|net|io|py)[a-z]{2,}\d+")
_SUFFIX = re.compile(
    r"[-–](?:based|like|style|level|trained|tuned|powered|driven|generated|enhanced|augmented|aware|free"
    r"|only|scale|class|sized"
    r"|finetuned|guided|focused|oriented|centric|grounded|conditioned|supervised|wise|agnostic|specific"
    r"|compatible|language|parameters?|params?|equivalent|inspired|type|fine|pre|initialized|and|vs|over"
    r"|quality|annotated)(?:-\w+)*$"
)
_ROLE_TAIL = re.compile(r"\s--?\s?(?:(?P<role>[A-Za-z]+)\b|(?P<word>[A-Z][a-z]+)(?=[,.;)]| \d+B\b| and\b))")
_SIZE_WORDS = "tiny|mini|small|base|medium|large|xlarge|xl|xxl|huge|giant|nano"
_SIZE_WORD = re.compile(rf" (?P<word>{_SIZE_WORDS})\b(?!-)")
#: A gerund with the capital of a sentence's first word: ``Deriving``, ``Fine-tuning``.
_GERUND = re.compile(r"^[A-Z][a-z]*-?[a-z]{4,}ing$")
#: An adjective made of a name: it tells of what kind the next word is.
_MODIFIER = re.compile(r"^\w+-[a-z]{4,}(?:ed|ing)$")
#: The letter behind its number makes a version of a known family's name: ``GPT 4o``.
_LETTERED = re.compile(r"^\d+(?:\.\d+)?[a-z]$")
#: A letter before its number does so too: ``Kimi k1.5``.
_LETTER_VERSION = re.compile(r"[a-z]\d+(?:\.\d+)*(?:-[a-z]+)*")
#: Embeddings are called so without any capital: ``wav2vec``, ``data2vec 2.0``.
_TO_VECTOR = re.compile(r"[a-z]+2vec(?:\d+(?:\.\d+)?|-[\w.]+)?")
#: What a number behind a name counts, so that it is no version of it.
_COUNTED = re.compile(
    r"\s+(?:times|days|hours|minutes|seconds|steps|layers|heads|points?|percent|languages|tasks|classes|images|samples"
    r"|papers|models|tokens|billion|million|thousand|trillion|parameters|GPUs?|[a-z]+s\s+(?:of|and|in|with))\b"
)
#: Initials that say what kind of thing the name before them is; the name ends there.
_CLASS_NOUN = re.compile(r"^(?:APIs?|GPUs?|CPUs?|TPUs?|Series|Family|Models?)$")
#: Classes of language models: dLLM, MLLMs, sVLM.
_CLASS_OF_LM = re.compile(r"^(?:[a-zM]{0,2}(?:LLM|VLM|LM)s?|[A-Z]LMs)$")
#: A count such as 32K is no name and no size of a model.
_COUNT = re.compile(r"^\d+(?:\.\d+)?[Kk]$")
#: What may follow the number that ends a name; anything else in lower case is what the number counts.
_AFTER_NUMBER = re.compile(
    r"\s+(?:and|or|on|in|across|has|have|is|was|are|were|with|by|for|to|from|as|at|when|while|than|via"
    r"|under|over|but|which|that|can|use[sd]?"
    r"|series|family|families|models?|variants?|backbones?|checkpoints?|outperform\w*|achiev\w*|surpass\w*"
    r"|match\w*|exceed\w*|[a-z]+ing|base[d]?|shows?|demonstrat\w+|serves?|remains?|does|provides"
    r"|introduces|offers|features|includes|supports"
    r"|delivers|extends|improves|builds|brings|enables|excels|combines|marks|represents|comes|sets|reaches|consists"
    r"|employs|leverages|adopts|integrates|generates|-)\b"
    r"|['’]s|[.,;:)\]?!]|\s*$|\s[A-Z(]|\s--?\s|\s(?:\d+x)?\d+(?:\.\d+)?[BM]\b|\sv\d"
)


@lru_cache(maxsize=1 << 16)
def shape_of(token: str) -> str:
    """``strong`` (only a name looks so), ``capital``, ``size``, ``number``, ``version`` or ``word``."""
    if _SIZE.match(token):
        return "size"
    if (
        _COUNT.match(token)
        or re.fullmatch(r"[\d.]+(?:-[\d.]+)?[xX]", token)
        or re.fullmatch(r"[\d.]+[BMK](?:/[\d.]+[BMK])+", token)
        or re.match(r"\d+(?:\.\d+)?[BMKT]?-[a-z]", token)
    ):
        return "word"
    if _NUMBER.match(token):
        return "number"
    if _VERSION.match(token):
        return "version"
    letters = [c for c in token if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters or len(token) == 1:
        return "word"
    if capitals >= 2 or (capitals and any(c.isdigit() for c in token)) or (capitals and not token[0].isupper()):
        return "strong"
    if token[0].isupper():
        return "capital"
    if _TO_VECTOR.fullmatch(token) or (token[-1].isalnum() and token[1].isdigit() and is_of_known_family(token)):
        return "strong"
    return (
        "strong"
        if _LOWER_CODE.match(token)
        and ("-" in token or _DOTTED.fullmatch(token))
        and not re.match(r"^(?:top|pass)?-?\d+$", token)
        and re.search(r"-\d{2,}|\d-[a-z]|[a-z]-\d|\.[a-z]+\d", token)
        else "word"
    )


def _tokens(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Give the tokens of the words that have a capital or a digit, with their offsets."""
    found = []
    for tail in _CANDIDATE.finditer(text, start, end):
        at = max(start, text.rfind(" ", start, tail.start()) + 1)
        for begin, token in _tokens_of_word(text[at : tail.end()]):
            found.append((at + begin, at + begin + len(token), token))
    return found


@lru_cache(maxsize=1 << 16)
def _tokens_of_word(word: str) -> tuple[tuple[int, str], ...]:
    """Split a word between spaces into tokens without possessive and suffix: ``(GPT-3-based`` gives ``GPT-3``."""
    return tuple((m.start(), _SUFFIX.sub("", re.sub(r"['’]s$", "", m[0]))) for m in _TOKEN.finditer(word))


_INITIALS = 4
#: A class told from another: ``non-MCI``, ``pure-CNN``.
_PREFIXED = re.compile(
    r"^(?:non|pure|pre|post|anti|multi|inter|intra|cross|sub|semi|single|dual|low|high|full|all|vanilla|macro|micro"
    r"|best|one|two|few|zero)-[A-Z]\w*$|^[A-Z]{2,}-[a-z]+(?:ant|i[sz]ed|able|ible|ive|ic)$|^\w+/s$"
)


@lru_cache(maxsize=1 << 14)
def is_generic(token: str) -> bool:
    """Tell whether a token names a concept, a task, a place or a laboratory: never an artefact by itself."""
    folded = token.casefold()
    if _CLASS_OF_LM.match(token):
        return True
    if _PREFIXED.match(token) or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", token):
        return True
    head, hyphen, rest = token.partition("-")
    if hyphen and rest.islower() and head.casefold() in GENERIC_NAMES and len(head) > _INITIALS:  # "Pareto-frontier"
        return True
    return folded in GENERIC_NAMES or folded.rstrip("s") in GENERIC_NAMES or folded in lab_words()


def name_spans(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Give the spans that are shaped like names in one sentence; the flag: only its place gives it a capital."""
    tokens = _tokens(text, start, end)
    spans: list[tuple[int, int, bool]] = []
    i = 0
    while i < len(tokens):
        begin, stop, token = tokens[i]
        shape = shape_of(token)
        opener = not text[start:begin].strip(" \"'([“‘") or text[:begin].rstrip().endswith((":", ". ", "? "))
        if (
            shape not in ("strong", "capital")
            or text.startswith(" et al", stop)
            or (opener and _opens_only(text, tokens[i : i + 2]))
        ):
            i += 1
            continue
        if _MODIFIER.match(token) and i + 1 < len(tokens) and text[stop : tokens[i + 1][0]] == " ":
            i += 1  # "the Nissl-stained X", "an FP4-empowered X"
            continue
        last = i
        while last + 1 < len(tokens) and _continues(text, token, tokens[last], tokens[last + 1], end):
            last += 1
        stop = tokens[last][1]
        stop = _with_size_word(text, begin, _with_role(text, stop))
        weak = opener and last == i and shape == "capital"
        following = last + 1
        while last > i and (_CLASS_NOUN.match(tokens[last][2]) or _names_series(text, tokens[i : last + 1])):
            last -= 1
            stop = tokens[last][1]
        if last == i and token in ("Base", "Instruct", "Chat"):  # "the 32B Base"
            i = following
            continue
        measured = is_generic(tokens[i][2]) and last > i and shape_of(tokens[i + 1][2]) in ("number", "size")
        if not measured and not all(is_generic(t[2]) for t in tokens[i : last + 1] if shape_of(t[2]) != "number"):
            spans.append((begin, stop, weak))
        i = following
        while i < len(tokens) and tokens[i][0] < stop:
            i += 1
    return spans


def _names_series(text: str, tokens: list[tuple[int, int, str]]) -> bool:
    """Tell whether LLM is the noun behind the name of a series rather than its end: "the Qwen2.5 LLM series"."""
    return bool(
        _CLASS_OF_LM.match(tokens[-1][2])
        and any(c.isdigit() for c in tokens[-2][2])
        and re.match(r" (?:series|family|models)\b", text[tokens[-1][1] :])
    )


#: Words that begin sentences, and names of data as well.
_BEGIN_NAMES = frozenset("Open Deep Large Code Data Vision Language Task World Human Single Visual".split())


def _opens_only(text: str, tokens: list[tuple[int, int, str]]) -> bool:
    """Tell whether the first word of a sentence has its capital only by its place: "Deriving 8B", "Whilst ..."."""
    word = tokens[0][2]
    next_to = len(tokens) > 1 and text[tokens[0][1] : tokens[1][0]] == " "
    if word.casefold() in SENTENCE_OPENERS:  # behind a colon a list may begin: "datasets: Open Entity (typing)"
        listed = (
            next_to
            and word in _BEGIN_NAMES
            and text[: tokens[0][0]].endswith(": ")
            and text.startswith((" (", ","), tokens[1][1])
        )
        return not listed
    return next_to and _GERUND.match(word) is not None


def _with_role(text: str, stop: int) -> int:
    """Where a name ends that goes on behind a dash: ``Mistral 7B -- Instruct``, ``Code Llama - Python 7B``."""
    role = _ROLE_TAIL.match(text, stop)
    if role is None:
        return stop
    word = role["role"] or role["word"]
    named = re.match(r"[,.;)]| \d+B\b| and\b|\s[a-z]|$", text[role.end() :])
    if word.casefold() not in ROLE_WORDS and not (word[0].isupper() and named and re.match(r"\s-\s", text[stop:])):
        return stop
    size = re.compile(r" \d+(?:\.\d+)?B\b").match(text, role.end())
    return size.end() if size else role.end()


def _with_size_word(text: str, begin: int, stop: int) -> int:
    """Where a name ends with a size in small letters, which another name of its series has too: X base and X large."""
    size = _SIZE_WORD.match(text, stop)
    if size is None:
        return stop
    series = re.escape(text[begin:stop])
    other = re.search(rf"{series}[ -](?!{size['word']}\b)(?:{_SIZE_WORDS})\b", text)
    return size.end() if other else stop


def _continues(text: str, first: str, current: tuple[int, int, str], following: tuple[int, int, str], end: int) -> bool:
    """Tell whether the next token goes on with the name: one space between, and a shape that names have inside."""
    if text[current[1] : following[0]] == "- " and shape_of(following[2]) == "size":  # a line was broken there
        return True
    if text[current[1] : following[0]] != " " or text[following[0] : following[1]] != following[2]:
        return False
    shape = shape_of(following[2])
    if shape in ("capital", "strong"):
        return following[2].casefold() not in ("we", "our", "this", "the") and not _SUFFIX.search(current[2])
    if shape == "version":
        return True
    if shape == "size":
        return not _COUNT_AFTER.match(text, following[1], end) or not re.match(
            r"\s*(?:parameters?|params?|tokens?|-parameter)", text[following[1] : end]
        )
    if text[following[1] : following[1] + 1] == ")" and text.rfind("(", 0, following[0]) <= text.rfind(
        ")", 0, following[0]
    ):
        return False  # the number of an item: "GLM-4 1) rivals"
    to_vector = _TO_VECTOR.fullmatch(current[2]) is not None
    known = is_of_known_family(first) or is_of_known_family(current[2]) or to_vector
    versioned = _is_version(text, following, end) or _LETTER_VERSION.fullmatch(following[2])
    if known and versioned and (current[2].isalpha() or to_vector):
        return True
    return (
        shape == "number"
        and bool(_AFTER_NUMBER.match(text[following[1] : end]))
        and not re.match(r"\.\d|,\d", text[following[1] : end])
    )


def _is_version(text: str, token: tuple[int, int, str], end: int) -> bool:
    """Tell whether the number behind the name of a known family is its version, and counts nothing."""
    if _LETTERED.match(token[2]):
        return True
    behind = text[token[1] : end]
    return _NUMBER.match(token[2]) is not None and not re.match(r"[.,]\d|%|x\b", behind) and not _COUNTED.match(behind)

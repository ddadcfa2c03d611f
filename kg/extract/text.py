"""Text as the rules read it: LaTeX mark-up removed, split into sentences, each character traceable to the paper.

The rules match on clean text; evidence is quoted from the paper's own text. A :class:`Document` keeps, for each
clean character, the offset of the character of ``Paper.text`` that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Document", "Span", "clean", "read_document", "sentence_spans"]

#: Half-open offsets.
Span = tuple[int, int]

_SYMBOLS = {
    r"\times": "x", r"\sim": "~", r"\approx": "~", r"\pm": "±", r"\geq": ">=", r"\leq": "<=", r"\ge": ">=",
    r"\le": "<=", r"\to": "->", r"\rightarrow": "->", r"\alpha": "alpha", r"\beta": "beta", r"\gamma": "gamma",
    r"\lambda": "lambda", r"\mu": "mu", r"\pi": "pi", r"\sigma": "sigma", r"\ell": "l", r"\cdot": "·",
}  # fmt: skip

#: One piece of mark-up a match; a named group says what stays of it.
_MARKUP = re.compile(
    r"""
      \\(?:textbf|textit|texttt|textsc|textsf|textrm|emph|text|mathrm|mathbf|mathcal|mathtt|underline|scriptsize|small|sc|bf|it|tt|em)\b\s*
    | \\(?:footnote|cite[pt]?|href)\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}
    | \\url\{(?P<url>[^{}]*)\}
    | \\(?P<escaped>[%&$\#_{}])
    | (?P<symbol>\\[A-Za-z]+)
    | (?P<quote>``|'')
    | (?P<tie>(?<=\w)~(?=\w))
    | (?P<nothing>[\u200b\u2060\ufeff])
    | (?P<space>\s+)
    | (?P<power>\^\{?\+\}?)
    | \$?\^\{?(?P<index>(?<=[A-Z]\^)\d|(?<=[A-Z]\$\^)\d|(?<=[A-Z]\$\^\{)\d|(?<=[A-Z]\^\{)\d)\}?\$?(?=[A-Za-z]|-[A-Z])
    | [{}$]
    """,
    re.VERBOSE,
)


#: Macros that authors leave in an abstract for the name of their own thing, which the title writes out.
_OWN_MACRO = re.compile(
    r"(?:our|the)?(?:s|method|model|name|sys|system|tool|approach|bench|benchmark|framework|project|agent"
    r"|work)(?:name)?"
)

#: What begins mark-up, or is white space to fold; plain text has none of them, which is quickly seen.
_SPECIAL = ("\\", "{", "}", "$", "`", "^", "~", "''", "  ")
_BEGINNING = re.compile(r"[\\{}$`'^~\s\u200b\u2060\ufeff](?:(?<! )|(?<=  ))")
#: Hyphens at which a line must not break are written in names, too: GPT‑4.
_HYPHENS = {0x2010: "-", 0x2011: "-"}


@dataclass(frozen=True, slots=True)
class Document:
    """Clean text with its sentences and the way back to the offsets of the paper's own text.

    ``title_end`` is the clean offset at which the title ends; ``sentences`` are spans of the abstract, in order.
    """

    text: str
    origins: Sequence[int]
    title_end: int
    sentences: tuple[Span, ...]

    def original(self, start: int, end: int) -> Span:
        """Give the half-open offsets in the paper's own text of the clean span ``[start, end)``."""
        return self.origins[start], self.origins[end - 1] + 1


def clean(text: str, offset: int = 0, own: str = "") -> tuple[str, Sequence[int]]:
    r"""Remove LaTeX mark-up, trim and fold white space; give the clean text and where each character stood.

    ``offset`` is added to the places. A macro that stands for the name of the paper's ``own`` thing is written out.

    >>> clean(r"\textbf{Cog}nitive 4$\times$ 40\% of~it")[0], clean(r"L$^2$ViT, 10$^2$")[0]
    ('Cognitive 4x 40% of it', 'L2ViT, 10^2')
    >>> clean(r"\zephon{} beats \ours", own="ZEPHON")[0]
    'ZEPHON beats ZEPHON'
    """
    begin = offset + len(text) - len(text.lstrip())
    text = text.strip().translate(_HYPHENS)
    if text.isprintable() and not any(special in text for special in _SPECIAL):
        return text, range(begin, begin + len(text))
    pieces: list[str] = []
    origins: list[int] = []

    def keep(piece: str, at: int, end: int) -> None:
        """Keep what stands for ``text[at:end]``: each character where it is verbatim, else the first and the last."""
        pieces.append(piece)
        if len(piece) == end - at:
            origins.extend(range(begin + at, begin + end))
        elif piece:
            origins.extend([begin + at] * (len(piece) - 1))
            origins.append(begin + end - 1 if len(piece) > 1 else begin + at)

    position = 0
    for place in _BEGINNING.finditer(text):
        match = _MARKUP.match(text, place.start())
        if match is None or place.start() < position:
            continue
        keep(text[position : match.start()], position, match.start())
        keep(_kept(match, own), *match.span())
        position = match.end()
    keep(text[position:], position, len(text))
    joined = "".join(pieces)
    if "  " not in joined:
        return joined, origins
    folded = [i for i, c in enumerate(joined) if not (c == " " and i and joined[i - 1] == " ")]
    return "".join(joined[i] for i in folded), [origins[i] for i in folded]


def _kept(match: re.Match[str], own: str) -> str:
    if match["escaped"]:
        return match["escaped"]
    if match["symbol"]:
        macro = match["symbol"][1:].casefold()
        if own and match["symbol"] not in _SYMBOLS and (macro == own.casefold() or _OWN_MACRO.fullmatch(macro)):
            return own
        return _SYMBOLS.get(match["symbol"], "")
    if match["index"]:
        return match["index"]
    if match["quote"]:
        return '"'
    if match["power"]:
        return "+"
    return " " if match["tie"] or match["space"] else match["url"] or ""


#: The end of a sentence: a full stop, closing marks, and something that can begin the next one.
_BREAK = re.compile(
    r"[.!?][\"')\]”’]*(?:\s+(?=[\"'(\[“‘]*[A-Z0-9À-Þ$@])|(?<=[a-z)]\.)(?=(?:Our|We|The|In|This|It|To"
    r"|For)\b))"
)

#: What a full stop may follow without ending a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|et al|vs|cf|resp|approx|Fig|Figs|Eq|Eqs|Sec|Tab|Dr|Prof|Mr|Ms|No|St|w\.r\.t"
    r"|a\.k\.a|seq|[A-Z])\.$"
)


def sentence_spans(text: str, start: int = 0) -> list[Span]:
    """Split ``text[start:]`` into sentences; the spans are trimmed of white space and never empty.

    >>> sentence_spans("It wins, e.g. on A2. We use B.")
    [(0, 20), (21, 30)]
    """
    spans: list[Span] = []
    begin = start
    for match in _BREAK.finditer(text, start):
        stop = match.start() + 1
        if _ABBREVIATION.search(text[max(begin, stop - 12) : stop]):
            continue
        _add_trimmed(spans, text, begin, match.end())
        begin = match.end()
    _add_trimmed(spans, text, begin, len(text))
    return spans


def _add_trimmed(spans: list[Span], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    left = begin + len(piece) - len(piece.lstrip())
    right = begin + len(piece.rstrip())
    if left < right:
        spans.append((left, right))


def read_document(text: str, title_length: int) -> Document:
    """Clean a paper's text (title, newline, abstract) and split its abstract into sentences."""
    title, title_origins = clean(text[:title_length])
    head, colon, _ = title.partition(":")
    own = head if colon and head.isprintable() and " " not in head else ""
    abstract, abstract_origins = clean(text[title_length + 1 :], title_length + 1, own)
    whole = f"{title}\n{abstract}"
    origins: Sequence[int] = range(len(whole))
    if whole != text:
        origins = [*title_origins, title_length, *abstract_origins]
    return Document(whole, origins, len(title), tuple(sentence_spans(whole, len(title) + 1)))

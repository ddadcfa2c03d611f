"""Queries that are refused before the engine sees them: what calls out, writes, or would crash it."""

from __future__ import annotations

import re

from kg.errors import UsageError

__all__ = ["refuse"]

#: The engine reads queries by recursion and dies of some thousand levels or links of a chain (``1+1+1...``); joins take
#: time with the cube of their number. Measured: 1,000 levels, 500 ``VALUES`` and 200 groups are too many.
_DEEPEST, _MOST_OPERATORS, _MOST_JOINS, _LONGEST = 100, 500, 150, 100_000
_LITERALS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\r\n]*|\\.'
)
_VARIABLE = re.compile(r"[?$]\w+")
_PREFIXED = re.compile(r"(?:(?<![\w.-])[^\W\d][\w.-]*+)?:(?:[\w.:%-]*[\w:%-])?")
_OPERATOR = re.compile(r"&&|\|\||[-+*/|^!=<>]")
_JOIN = re.compile(r"\{|\b(?:BIND|VALUES)\b", re.IGNORECASE)
#: Whatever looks like a call to another server, wherever it stands. The engine needs no blank around ``SERVICE``, and
#: what it takes for a comment, a text or a comparison no pattern can tell; so not even a text may hold a whole call.
_GAP = r"(?:[ \t\r\n]|#[^\r\n]*+)*+"
_TARGET = r"(?:[?$][^\x00-\x20{}#]*+|<[^<>\x00-\x20]*+>|[^\x00-\x20{}#<:]*+:(?:\\.|[^\x00-\x20{}#\\])*+)"
_CALL = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?{_TARGET}{_GAP}\{{", re.IGNORECASE)

_FORBIDDEN = re.compile(
    r"(?<![?$:\w])(?:SERVICE|LOAD|FROM|INSERT|DELETE|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b", re.IGNORECASE
)


def refuse(sparql: str) -> None:
    """Refuse what would call out, change the store or crash the engine, before it sees the query."""
    if len(sparql) > _LONGEST:
        raise UsageError(f"the query has {len(sparql)} characters", remedy=f"keep it under {_LONGEST}")
    bare = _LITERALS.sub(" ", sparql)
    found = _FORBIDDEN.search(bare)
    if found or _CALL.search(_VARIABLE.sub("?v", sparql)):
        word = found[0].upper() if found else "SERVICE"
        raise UsageError(f"{word} is not allowed here", remedy="ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
    _refuse_size(_PREFIXED.sub("n", bare))


def _refuse_size(bare: str) -> None:
    """Refuse what nests or chains so much that the engine would die of it, or join for minutes."""
    depth = deepest = 0
    for character in bare:
        depth += (character in "{([") - (character in "})]")
        deepest = max(deepest, depth)
    sizes = {
        "levels of brackets": (deepest, _DEEPEST),
        "operators": (len(_OPERATOR.findall(bare)), _MOST_OPERATORS),
        "groups, BIND and VALUES": (len(_JOIN.findall(bare)), _MOST_JOINS),
    }
    for what, (size, most) in sizes.items():
        if size > most:
            raise UsageError(f"the query has {size} {what}", remedy=f"keep it under {most}")

"""What the engine could not read in a query, in a sentence: where, and why as far as it says so."""

from __future__ import annotations

import re

__all__ = ["mistake"]

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
#: Among the tokens that the engine would have taken stand its own words on what is wrong.
_REASON = re.compile(r"(?:^|, )([A-Z][a-z]+(?: \w+){2,}|IRI parsing failed|Prefix not found)(?=, |$)")
_SHOWN = 30


def mistake(sparql: str, message: str) -> str:
    """Give the sentence for what the engine said of a text.

    >>> mistake("ASK {", "error at 1:6: expected }")
    'this is no SPARQL: line 1, column 6, at the end of the text'
    >>> mistake("ASK { ?a foo:b ?c }", "error at 1:16: expected one of Prefix not found, ['%'], OPTIONAL")
    'this is no SPARQL: line 1, column 16, before “?c }”: prefix not found'
    """
    found = _PLACE.match(message)
    if not found:
        return f"this is no SPARQL: {message}"
    line, column = int(found[1]), int(found[2])
    lines = sparql.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    later = "".join(lines[line:]).strip()
    shown = f"before “{rest[:_SHOWN]}”" if rest else "at the end of the line" if later else "at the end of the text"
    said = _REASON.search(found[3])
    reason = f": {said[1] if said[1].startswith('IRI') else said[1][0].lower() + said[1][1:]}" if said else ""
    return f"this is no SPARQL: line {line}, column {column}, {shown}{reason}"

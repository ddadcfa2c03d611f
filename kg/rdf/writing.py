"""Write triples: N-Triples as a stream, Turtle sorted and grouped so that people and diffs can read it."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import OutputError
from kg.model import IRI, Literal, Term, Triple
from kg.rdf.terms import literal_text, term_text
from kg.vocab import PREFIXES, RDF, XSD

__all__ = ["turtle_lines", "write_ntriples", "write_turtle"]

#: What may follow a prefix in every parser of Turtle 1.1 without escapes.
_LOCAL: Final = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)
_PLAIN: Final = {
    XSD.integer: re.compile(r"[+-]?[0-9]+", re.ASCII),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+", re.ASCII),
    XSD.boolean: re.compile(r"true|false"),
}


def write_ntriples(triples: Iterable[Triple], path: Path) -> int:
    """Write triples one a line, in their order, whole or not at all; give how many there were."""
    return _write(path, (f"<{s}> <{p}> {term_text(o)} .\n" for s, p, o in triples))


def write_turtle(triples: Iterable[Triple], path: Path) -> int:
    """Write triples as one sorted Turtle file, whole or not at all; give how many lines it has.

    Equal sets of triples give equal bytes. Subjects, predicates and objects are sorted by their text, with ``a``
    first; only prefixes in use are declared.
    """
    return _write(path, turtle_lines(triples))


def turtle_lines(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield the lines of the Turtle file, each with its end."""
    grouped: dict[IRI, dict[IRI, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in triples:
        grouped[subject][predicate].add(value)
    used: set[str] = set()
    body = [line for subject in sorted(grouped) for line in _subject_lines(subject, grouped[subject], used)]
    for prefix in sorted(used):
        yield f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    yield from body


def _subject_lines(subject: IRI, predicates: dict[IRI, set[Term]], used: set[str]) -> Iterator[str]:
    yield f"\n{_short(subject, used)}"
    order = sorted(predicates, key=lambda predicate: (predicate != RDF.type, predicate))
    for index, predicate in enumerate(order):
        verb = "a" if predicate == RDF.type else _short(predicate, used)
        values = [_value(value, used) for value in sorted(predicates[predicate], key=term_text)]
        end = " .\n" if index == len(order) - 1 else " ;\n"
        start = " " if index == 0 else "    "
        yield f"{start}{verb} {', '.join(values)}{end}" if _fits(values) else _column(start, verb, values, end)


def _fits(values: list[str]) -> bool:
    return len(values) == 1 or sum(map(len, values)) < 80


def _column(start: str, verb: str, values: list[str], end: str) -> str:
    return f"{start}{verb}\n        " + ",\n        ".join(values) + end


def _value(value: Term, used: set[str]) -> str:
    if not isinstance(value, Literal):
        return _short(value, used)
    plain = _PLAIN.get(value.datatype)
    if plain is not None and plain.fullmatch(value.value):
        return value.value
    if value.language or value.datatype == XSD.string:
        return literal_text(value)
    quoted, _, _ = literal_text(value).rpartition("^^")
    return f"{quoted}^^{_short(value.datatype, used)}"


def _short(iri: str, used: set[str]) -> str:
    """Write an IRI with the longest prefix that fits, else in full."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _PREFIX_OF.get(iri[:cut])
    if prefix is None or not _LOCAL.fullmatch(iri[cut:]):
        return f"<{iri}>"
    used.add(prefix)
    return f"{prefix}:{iri[cut:]}"


_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def _write(path: Path, lines: Iterable[str]) -> int:
    """Write lines aside, bring them to disk, then put the file in its place."""
    aside = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as stream:
            for line in lines:
                stream.write(line)
                count += 1
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except OSError as error:
        raise OutputError(error.strerror or str(error), where=str(path), remedy="choose another place") from error
    finally:
        aside.unlink(missing_ok=True)
    return count

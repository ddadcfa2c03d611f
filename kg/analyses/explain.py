"""What a query asks an engine to do: its algebra as a tree, and how much of the graph each pattern alone matches.

The engine orders joins itself and shows no plan, so that the tree is that of the standard, as rdflib translates it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.answers import Explanation, Step
from kg.errors import UsageError
from kg.model import Literal, Term
from kg.store import Store, query
from kg.vocab import PREFIXES, compact

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

__all__ = ["explain", "steps_of"]

#: No pattern is counted further than this: it says enough, and a count takes time too.
_MOST_COUNTED = 1_000_000
_SHOWN_VALUES = 4
_PREFIXED = re.compile(r"[a-z]+:[\w-]+")
_WORDS = {"Distinct": "each row once", "Reduced": "some rows once", "Union": "either", "LeftJoin": "if there is",
          "Minus": "all but", "Join": "join", "BGP": "match", "Graph": "in a graph"}  # fmt: skip


def explain(
    store: Store, sparql: str, *, bindings: Mapping[str, Term] | None = None, limit: int | None = None
) -> Explanation:
    """Take a query apart, count the matches of each of its patterns, and run it once for rows and time.

    Raises
    ------
    UsageError
        If it is refused, or no SPARQL.

    """
    begun = time.perf_counter()
    rows = len(query(store, sparql, bindings=bindings, limit=limit).rows)
    seconds = time.perf_counter() - begun
    steps = [
        Step(depth=depth, text=text, matches=_count(store, pattern) if pattern else None)
        for depth, text, pattern in steps_of(sparql)
    ]
    return Explanation(steps=tuple(steps), rows=rows, seconds=seconds, counted_to=_MOST_COUNTED)


def steps_of(sparql: str) -> Iterator[tuple[int, str, str]]:
    """Yield the steps of a query, the outermost first: depth, words, and the pattern if the step is one to match.

    >>> for depth, text, _ in steps_of("SELECT ?m WHERE { ?m a kg:Model OPTIONAL { ?m kg:contextLength ?n } } LIMIT 3"):
    ...     print("  " * depth + text)
    rows 1 to 3
      give ?m
        if there is
          match
            ?m a kg:Model
          match
            ?m kg:contextLength ?n
    """
    from rdflib.plugins.sparql import prepareQuery

    try:
        algebra = prepareQuery(sparql, initNs=dict(PREFIXES)).algebra
    except Exception as error:  # the parser and the translation raise whatever they meet
        raise UsageError(f"rdflib cannot read the query, and explains it: {error}", remedy="simplify it") from error
    if algebra.name == "ConstructQuery":
        yield 0, "make triples", ""
        yield from ((1, _triple(triple), "") for triple in algebra.template or ())
    elif algebra.name in ("AskQuery", "DescribeQuery"):
        yield 0, {"AskQuery": "is there any", "DescribeQuery": "describe"}[algebra.name], ""
    if algebra.p is not None:
        yield from _steps(algebra.p, int(algebra.name != "SelectQuery"), {})


def _steps(part: CompValue, depth: int, names: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    """Walk the algebra; ``names`` has what the translation computes under names of its own."""
    if part.name in ("ToMultiSet", "SelectQuery", "Group") or _is_passing(part, names):
        if part.p is not None and part.p.name != "values":
            yield from _steps(part.p, depth, names)
        elif part.p is not None:
            yield depth, _values(part.p.res), ""
        return
    if part.name == "AggregateJoin":
        names.update({f"?{found.res}": _expression(found, names) for found in part.A})
        keys = " ".join(_expression(key, names) for key in part.p.expr or ()) if part.p.expr else ""
        yield depth, f"group by {keys}" if keys else "group all", ""
        yield from _steps(part.p.p, depth + 1, names)
        return
    if part.name in ("Project", "Extend", "Filter", "OrderBy"):  # what is grouped inside is named there
        names = {} if part.name == "Project" else names
        inside = list(_steps(part.p, depth + 1, names))
        yield depth, _words(part, names), ""
        yield from inside
        return
    condition = part.expr if part.name == "LeftJoin" and part.expr.name != "TrueFilter" else None
    yield depth, _words(part, names) + (f", where {_expression(condition, names)}" if condition else ""), ""
    if part.name == "BGP":
        yield from ((depth + 1, _triple(triple), _triple(triple)) for triple in part.triples)
    for below in (part.p, part.p1, part.p2):
        if below is not None and not (below.name == "BGP" and not below.triples):
            yield from _steps(below, depth + 1, names)


def _is_passing(part: CompValue, names: Mapping[str, str]) -> bool:
    """Tell whether a step only hands on a key of the grouping."""
    if part.name != "Extend":
        return False
    return str(part.expr).startswith("__agg_") and _samples(part.p).get(str(part.expr)) == str(part.var)


def _samples(part: CompValue) -> dict[str, str]:
    while part is not None and part.name != "AggregateJoin":
        part = part.p
    if part is None:
        return {}
    return {str(found.res): str(found.vars) for found in part.A if found.name == "Aggregate_Sample"}


def _words(part: CompValue, names: Mapping[str, str]) -> str:
    match part.name:
        case "Project":
            return "give " + " ".join(f"?{variable}" for variable in part.PV)
        case "Extend":
            return f"?{part.var} is {_expression(part.expr, names)}"
        case "Filter":
            return f"keep where {_expression(part.expr, names)}"
        case "OrderBy":
            return "order by " + " ".join(
                f"DESC({_expression(key.expr, names)})" if key.order == "DESC" else _expression(key.expr, names)
                for key in part.expr
            )
        case "Slice":
            first = (part.start or 0) + 1
            return f"rows {first} to {part.start + part.length}" if part.length is not None else f"rows from {first}"
    return _WORDS.get(part.name, part.name.lower())


def _expression(found: Any, names: Mapping[str, str]) -> str:
    """Write an expression as SPARQL has it."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(found, list):
        return ", ".join(_expression(one, names) for one in found)
    if not isinstance(found, CompValue):
        text = _term(found)
        return names.get(text, text)
    name = found.name
    if name.startswith("Aggregate_"):
        distinct = "DISTINCT " if found.distinct else ""
        return f"{name.removeprefix('Aggregate_').upper()}({distinct}{_expression(found.vars, names)})"
    if name.endswith(("EXISTS", "NOTEXISTS")):
        inside = "; ".join(text for _, text, pattern in _steps(found.graph, 0, {}) if pattern)
        return f"{'NOT ' if 'NOT' in name else ''}EXISTS {{ {inside} }}"
    if name.startswith("Builtin_"):
        arguments = [found[key] for key in ("arg", "arg1", "arg2", "arg3", "text", "pattern", "flags") if key in found]
        return f"{name.removeprefix('Builtin_')}({', '.join(_expression(one, names) for one in arguments)})"
    if name in ("UnaryNot", "UnaryMinus", "UnaryPlus"):
        return {"UnaryNot": "!", "UnaryMinus": "-", "UnaryPlus": "+"}[name] + _inside(found.expr, names)
    if "expr" in found and "other" in found:
        return _operation(found, names)
    operands = [_expression(found[key], names) for key in ("iri", "expr") if key in found]
    return f"{operands[0]}({', '.join(operands[1:])})" if name == "Function" else " ".join(operands) or name


def _operation(found: CompValue, names: Mapping[str, str]) -> str:
    first = _inside(found.expr, names)
    if found.name == "RelationalExpression":
        other = f"({_expression(found.other, names)})" if isinstance(found.other, list) else _inside(found.other, names)
        return f"{first} {found.op} {other}"
    sign = {"ConditionalAndExpression": "&&", "ConditionalOrExpression": "||"}.get(found.name)
    others = found.other if isinstance(found.other, list) else [found.other]
    signs = [sign] * len(others) if sign else found.op
    return " ".join([first, *(f"{s} {_inside(one, names)}" for s, one in zip(signs, others, strict=True))])


def _inside(found: Any, names: Mapping[str, str]) -> str:
    """Write an operand, in brackets where it is an operation itself."""
    from rdflib.plugins.sparql.parserutils import CompValue

    text = _expression(found, names)
    return f"({text})" if isinstance(found, CompValue) and "other" in found else text


def _values(rows: Iterable[Mapping[Any, Any]]) -> str:
    found = [", ".join(f"?{name} {_term(value)}" for name, value in row.items()) for row in rows]
    more = f" or {len(found) - _SHOWN_VALUES} others" if len(found) > _SHOWN_VALUES else ""
    return "one of " + "; ".join(found[:_SHOWN_VALUES]) + more


def _triple(triple: tuple[Any, Any, Any]) -> str:
    subject, predicate, value = triple
    verb = "a" if str(predicate) == PREFIXES["rdf"] + "type" else _term(predicate)
    return f"{_term(subject)} {verb} {_term(value)}"


def _term(term: Any) -> str:
    from rdflib import BNode, URIRef, Variable
    from rdflib import Literal as Text
    from rdflib.paths import Path

    if isinstance(term, Variable):
        return f"?{term}"
    if isinstance(term, BNode):
        return f"_:{term}"
    if isinstance(term, URIRef):
        short = compact(str(term))
        return short if _PREFIXED.fullmatch(short) else f"<{term}>"
    if isinstance(term, Text) and str(term.datatype).removeprefix(PREFIXES["xsd"]) in ("integer", "decimal", "boolean"):
        return str(term)
    if isinstance(term, Path):
        return term.n3(_namespaces())
    return str(term.n3(_namespaces())) if hasattr(term, "n3") else str(term)


def _namespaces() -> Any:
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph.namespace_manager


def _count(store: Store, pattern: str) -> int:
    """Count what a pattern alone matches, up to :data:`_MOST_COUNTED`."""
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT * WHERE {{ {pattern} }} LIMIT {_MOST_COUNTED} }}"
    found = query(store, text).rows[0][0]
    return int(found.value) if isinstance(found, Literal) else 0

"""The engine: a store is built, opened, queried and read.

A store is immutable once built: it is made aside and renamed into place, and opened for reading only.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg.errors import InputError, KgError, OutputError, UsageError
from kg.model import IRI, Literal, Term, Triple
from kg.store.mistakes import mistake
from kg.store.refusals import refuse
from kg.vocab import PREFIXES, RDFS

__all__ = ["Rows", "Store", "build_store", "iter_triples", "labels", "load_store", "open_store", "query", "store_of"]

#: An open store.
Store = pyoxigraph.Store

#: A file that every store of this engine has, and what else may stand in one; any other directory is somebody else's.
_MARK = "CURRENT"
_FILES = re.compile(
    r"CURRENT|IDENTITY|LOCK|LOG(?:\.old\.\d+)?|(?:MANIFEST|OPTIONS)-\d+(?:\.dbtmp)?|\d+\.(?:sst|log|blob|dbtmp)"
)

_EngineTerm = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The answer to a query: the columns and the rows of terms, ``None`` where a variable has no value.

    An ASK gives one column ``answer``, and ``is_boolean`` says so; CONSTRUCT and DESCRIBE give ``subject``,
    ``predicate`` and ``object``, and ``is_graph`` says so. ``truncated`` says that the limit on rows cut the answer.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    is_graph: bool = False
    is_boolean: bool = False
    truncated: bool = False


def build_store(triples: Iterable[Triple], path: Path) -> None:
    """Build a store of the triples at ``path``, in place of one that was there.

    Raises
    ------
    OutputError
        If something else is there, or it cannot be written.

    """
    if path.exists() and not _is_replaceable(path):
        raise OutputError("this is no store of ours", where=str(path), remedy="choose another directory")
    aside = path.with_name(f".{path.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        store = Store(str(aside))
        store.bulk_extend(_quad(triple) for triple in triples)
        store.optimize()
        store.flush()
        del store
        old = path.with_name(f".{path.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if path.exists():
            path.rename(old)
        aside.rename(path)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise OutputError(str(error), where=str(path), remedy="check space and permissions") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _is_replaceable(path: Path) -> bool:
    """Say whether a path is an empty directory, or one with a store and nothing else in it."""
    if not path.is_dir():
        return False
    names = [entry.name for entry in path.iterdir()]
    return not names or (_MARK in names and all(_FILES.fullmatch(name) for name in names))


def open_store(path: Path) -> Store:
    """Open a store for reading.

    Raises
    ------
    InputError
        If there is none, or it is damaged.

    """
    if not (path / _MARK).exists():
        raise InputError("this is no store", where=str(path), remedy="build one with `kg build`")
    try:
        return Store.read_only(str(path))
    except OSError as error:
        raise InputError(f"the store cannot be opened ({error})", where=str(path), remedy="build it again") from error


def load_store(path: Path) -> Store:
    """Load a Turtle or N-Triples file into memory.

    Raises
    ------
    InputError
        If it cannot be read or is no RDF; the message says where.

    """
    kind = pyoxigraph.RdfFormat.N_TRIPLES if path.suffix == ".nt" else pyoxigraph.RdfFormat.TURTLE
    store = Store()
    try:
        store.load(path=str(path), format=kind)
    except SyntaxError as error:
        raise InputError(f"this is no {kind.name}: {error.msg}", where=str(path), remedy="check the file") from error
    except OSError as error:
        raise InputError(error.strerror or str(error), where=str(path), remedy="check the path") from error
    return store


def store_of(triples: Iterable[Triple]) -> Store:
    """Make a store of triples in memory."""
    store = Store()
    store.bulk_extend(_quad(triple) for triple in triples)
    return store


def iter_triples(store: Store) -> Iterator[Triple]:
    """Yield all triples of the store, in no order."""
    for quad in store:
        yield Triple(IRI(quad.subject.value), IRI(quad.predicate.value), _term(quad.object))


def labels(store: Store) -> list[str]:
    """Give the labels of the store, sorted, each once."""
    found = store.quads_for_pattern(None, pyoxigraph.NamedNode(RDFS.label), None)
    return sorted({quad.object.value for quad in found if isinstance(quad.object, pyoxigraph.Literal)})


def query(store: Store, sparql: str, *, bindings: Mapping[str, Term] | None = None, limit: int | None = None) -> Rows:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query; our prefixes are known without being declared.

    Parameters
    ----------
    store : Store
        What is asked.
    sparql : str
        SPARQL 1.1 Query; updates, SERVICE and FROM are refused.
    bindings : mapping of str to Term, optional
        Values of variables, bound as terms and never pasted into the text. The variables must be selected.
    limit : int, optional
        The most rows to give.

    Raises
    ------
    UsageError
        If the query is refused, too deep, or no SPARQL; the message says where.

    """
    refuse(sparql)
    chosen: dict[pyoxigraph.Variable, _EngineTerm] = {
        pyoxigraph.Variable(name): _to_engine(term) for name, term in (bindings or {}).items()
    }
    try:
        answer = store.query(sparql, prefixes=dict(PREFIXES), substitutions=chosen)
        return _rows(answer, limit)
    except SyntaxError as error:
        raise UsageError(mistake(sparql, error.msg), remedy="see `kg query --list` for named queries") from error
    except (RuntimeError, ValueError, OSError) as error:
        if unbound := next((name for name in chosen if f"{name}" in str(error)), None):
            raise UsageError(f"the query does not select {unbound}", remedy="name it in SELECT to bind it") from error
        raise KgError(f"the query failed: {error}", remedy="ask for less or simplify it") from error


def _rows(answer: object, limit: int | None) -> Rows:
    if isinstance(answer, pyoxigraph.QueryBoolean):
        value = Literal("true" if answer else "false", IRI("http://www.w3.org/2001/XMLSchema#boolean"))
        return Rows(columns=("answer",), rows=((value,),), is_boolean=True)
    if isinstance(answer, pyoxigraph.QueryTriples):
        triples = [(IRI(t.subject.value), IRI(t.predicate.value), _term(t.object)) for t in answer]
        return Rows(
            columns=("subject", "predicate", "object"),
            rows=tuple(triples[:limit]),
            is_graph=True,
            truncated=_cut(triples, limit),
        )
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    columns = tuple(variable.value for variable in answer.variables)
    rows: list[tuple[Term | None, ...]] = []
    for solution in answer:
        if limit is not None and len(rows) == limit:
            return Rows(columns=columns, rows=tuple(rows), truncated=True)
        rows.append(tuple(None if (found := solution[name]) is None else _term(found) for name in columns))
    return Rows(columns=columns, rows=tuple(rows))


def _cut(found: Sequence[object], limit: int | None) -> bool:
    return limit is not None and len(found) > limit


def _quad(triple: Triple) -> pyoxigraph.Quad:
    subject, predicate = pyoxigraph.NamedNode(triple.subject), pyoxigraph.NamedNode(triple.predicate)
    return pyoxigraph.Quad(subject, predicate, _to_engine(triple.object))


def _to_engine(term: Term) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if not isinstance(term, Literal):
        return pyoxigraph.NamedNode(term)
    if term.language:
        return pyoxigraph.Literal(term.value, language=term.language)
    return pyoxigraph.Literal(term.value, datatype=pyoxigraph.NamedNode(term.datatype))


def _term(found: object) -> Term:
    if isinstance(found, pyoxigraph.Literal):
        return Literal(found.value, IRI(found.datatype.value), found.language or "")
    if isinstance(found, pyoxigraph.NamedNode):
        return IRI(found.value)
    return IRI(str(found))

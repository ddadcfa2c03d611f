"""The graph for other tools: networkx files, property graphs, tables, JSON-LD. Each is written whole or not at all.

Every edge carries what it rests on: basis, confidence, the first sentence with its paper and date. Files are equal for
equal graphs.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, OutputError
from kg.model import KnowledgeGraph, Literal, Triple
from kg.network import graph_to_network
from kg.rdf import graph_to_triples, write_ntriples, write_turtle
from kg.vocab import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "SUFFIXES", "export"]

Cell = str | int | float
_NODE_COLUMNS = ("id", "type", "label", "date", "family", "lab", "facts")
_EDGE_COLUMNS = (
    "source", "relation", "target", "basis", "confidence", "sentence", "paper", "paper_title", "paper_date", "rule",
    "sources", "note",
)  # fmt: skip


def export(graph: KnowledgeGraph, format_: str, path: Path) -> None:
    """Write a graph in one of :data:`FORMATS`.

    Raises
    ------
    OutputError
        If the file or directory cannot be written.
    KgError
        If the format needs a library that is not installed; the message says which.

    """
    aside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(aside)
        FORMATS[format_](graph, aside)
        if path.is_dir() and aside.is_dir():
            shutil.rmtree(path)
        aside.replace(path)
    except OSError as error:
        raise OutputError(error.strerror or str(error), where=str(path), remedy="choose another place") from error
    finally:
        _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


# --- the graph as two tables ---


def _nodes(network: nx.MultiDiGraph[str]) -> list[tuple[Cell, ...]]:
    """Give a row for each node, sorted by IRI; facts as JSON."""
    rows: list[tuple[Cell, ...]] = []
    for node in sorted(network):
        data = network.nodes[node]
        facts = json.dumps(data.get("facts", {}), ensure_ascii=False, sort_keys=True)
        rows.append((node, *(str(data.get(name, "")) for name in _NODE_COLUMNS[1:-1]), facts))
    return rows


def _edges(network: nx.MultiDiGraph[str]) -> list[tuple[Cell, ...]]:
    """Give a row for each claim, sorted, with the first of its sentences."""
    rows: list[tuple[Cell, ...]] = []
    for source, target, key, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        first: Mapping[str, Any] = next(iter(data.get("evidence", ())), {})
        said = (first.get(name, "") for name in ("quote", "paper", "title", "date", "rule"))
        confidence = round(float(data.get("confidence", 1.0)), 6)
        sources = " ".join(data.get("sources", ()))
        rows.append(
            (source, key, target, str(data.get("basis", "")), confidence, *said, sources, str(data.get("note", "")))
        )
    return rows


def _flat(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """Give a network whose attributes are texts and numbers only, nodes and edges in order."""
    import networkx as nx

    network = graph_to_network(graph)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in _nodes(network):
        flat.add_node(str(row[0]), **{name: _fit(cell) for name, cell in zip(_NODE_COLUMNS[1:], row[1:], strict=True)})
    for row in _edges(network):
        data = {name: _fit(cell) for name, cell in zip(_EDGE_COLUMNS, row, strict=True) if name not in _ENDS}
        flat.add_edge(str(row[0]), str(row[2]), key=str(row[1]), **data)
    return flat


_ENDS = ("source", "target")


def _fit(cell: Cell) -> Cell:
    """Replace what XML cannot carry."""
    if not isinstance(cell, str):
        return cell
    return "".join(c if c.isprintable() or c in "\t\n\r" else "\N{REPLACEMENT CHARACTER}" for c in cell)


# --- formats ---


def _ntriples(graph: KnowledgeGraph, path: Path) -> None:
    write_ntriples(sorted(graph_to_triples(graph)), path)


def _turtle(graph: KnowledgeGraph, path: Path) -> None:
    write_turtle(graph_to_triples(graph), path)


def _graphml(graph: KnowledgeGraph, path: Path) -> None:
    import networkx as nx

    nx.write_graphml(_flat(graph), path, encoding="utf-8", prettyprint=True, infer_numeric_types=True)


def _gexf(graph: KnowledgeGraph, path: Path) -> None:
    """Write GEXF 1.2, edges labelled with their relation.

    Left out are the writer's date, so that equal graphs give equal files, and its name of the graph, which the schema
    does not know.
    """
    import networkx as nx

    flat = _flat(graph)
    for _, data in flat.nodes(data=True):
        data["kind"] = data.pop("type")  # Gephi keeps "type" for itself
    for _, _, data in flat.edges(data=True):
        data["label"] = data["relation"]
    text = "\n".join(nx.generate_gexf(flat, version="1.2draft"))
    text = re.sub(r"\s*<meta\b.*?</meta>", "", text, flags=re.DOTALL)
    text = re.sub(r'(<graph\b[^>]*?) name="[^"]*"', r"\1", text, count=1)
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n", encoding="utf-8", newline="\n")


def _neo4j(graph: KnowledgeGraph, path: Path) -> None:
    """Write ``nodes.csv`` and ``relationships.csv`` for ``neo4j-admin database import``."""
    network = graph_to_network(graph)
    path.mkdir()
    head = ("iri:ID", ":LABEL", "label", "date", "family", "lab", "facts")
    _csv(path / "nodes.csv", head, _nodes(network))
    columns = (":START_ID", ":TYPE", ":END_ID", "basis", "confidence:double", *_EDGE_COLUMNS[5:])
    _csv(path / "relationships.csv", columns, _edges(network))


def _csv(path: Path, head: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([" ".join(c.split()) if isinstance(c, str) else c for c in row] for row in rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")


def _sqlite(graph: KnowledgeGraph, path: Path) -> None:
    """Write the tables ``nodes`` and ``edges``, with indexes on both ends and the relation."""
    network = graph_to_network(graph)
    base = sqlite3.connect(path)
    try:
        with base:
            base.execute(
                f"CREATE TABLE nodes ({', '.join(f'{name} TEXT' for name in _NODE_COLUMNS)}, PRIMARY KEY (id))"
            )
            kinds = {"confidence": "REAL"}
            columns = ", ".join(f"{name} {kinds.get(name, 'TEXT')}" for name in _EDGE_COLUMNS)
            base.execute(f"CREATE TABLE edges ({columns}, PRIMARY KEY (source, relation, target))")
            base.executemany(f"INSERT INTO nodes VALUES ({', '.join('?' * len(_NODE_COLUMNS))})", _nodes(network))
            base.executemany(f"INSERT INTO edges VALUES ({', '.join('?' * len(_EDGE_COLUMNS))})", _edges(network))
            base.execute("CREATE INDEX edges_by_target ON edges (target)")
            base.execute("CREATE INDEX edges_by_relation ON edges (relation)")
    finally:
        base.close()


def _parquet(graph: KnowledgeGraph, path: Path) -> None:
    """Write ``nodes.parquet`` and ``edges.parquet``."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise KgError("Parquet needs pyarrow", remedy="pip install 'modelkin[parquet]'") from error
    network = graph_to_network(graph)
    path.mkdir()
    for name, columns, rows in (
        ("nodes", _NODE_COLUMNS, _nodes(network)),
        ("edges", _EDGE_COLUMNS, _edges(network)),
    ):
        values = {column: [row[place] for row in rows] for place, column in enumerate(columns)}
        pq.write_table(pa.table(values), path / f"{name}.parquet", compression="zstd")


def _jsonld(graph: KnowledgeGraph, path: Path) -> None:
    """Write JSON-LD 1.1: a context with our prefixes, and one object for each thing."""
    things: dict[str, dict[str, list[Any]]] = {}
    for triple in sorted(graph_to_triples(graph)):
        thing = things.setdefault(triple.subject, {})
        key = "@type" if triple.predicate == RDF.type else _short(triple.predicate)
        thing.setdefault(key, []).append(_jsonld_value(triple))
    document = {
        "@context": dict(sorted(PREFIXES.items())),
        "@graph": [{"@id": _short(iri), **{k: _one(v) for k, v in thing.items()}} for iri, thing in things.items()],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _jsonld_value(triple: Triple) -> Any:
    value = triple.object
    if triple.predicate == RDF.type:
        return _short(str(value))
    if not isinstance(value, Literal):
        return {"@id": _short(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return value.value if value.datatype == XSD.string else {"@value": value.value, "@type": _short(value.datatype)}


def _short(iri: str) -> str:
    """Write an IRI with the longest prefix that fits; what would not read back as it is stays whole."""
    fitting = [(len(base), name) for name, base in PREFIXES.items() if iri.startswith(base)]
    for length, name in sorted(fitting, reverse=True):
        local = iri[length:]
        if local and not local.startswith("//"):
            return f"{name}:{local}"
    return iri


#: What a graph can be written as; ``neo4j`` and ``parquet`` are directories of two files.
FORMATS: Mapping[str, Callable[[KnowledgeGraph, Path], None]] = {
    "turtle": _turtle,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "gexf": _gexf,
    "neo4j": _neo4j,
    "sqlite": _sqlite,
    "parquet": _parquet,
}

#: Which format the end of a file's name means.
SUFFIXES: Mapping[str, str] = {
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".db": "sqlite",
    ".sqlite": "sqlite",
}

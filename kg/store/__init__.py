"""The embedded SPARQL store: build, open, query, read. Apart from ``vocab``, the only importer of pyoxigraph."""

from __future__ import annotations

from kg.store.documents import GRAPH_TYPES, ROW_TYPES, Document, query_document
from kg.store.engine import Rows, Store, build_store, iter_triples, labels, load_store, open_store, query, store_of
from kg.store.part import are_stated, called, joined, named_so, parents, part_triples, reached

__all__ = [
    "GRAPH_TYPES",
    "ROW_TYPES",
    "Document",
    "Rows",
    "Store",
    "are_stated",
    "build_store",
    "called",
    "iter_triples",
    "joined",
    "labels",
    "load_store",
    "named_so",
    "open_store",
    "parents",
    "part_triples",
    "query",
    "query_document",
    "reached",
    "store_of",
]

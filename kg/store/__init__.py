"""The embedded SPARQL store: build, open, query, read. Apart from ``vocab``, the only importer of pyoxigraph."""

from __future__ import annotations

from kg.store.documents import GRAPH_TYPES, ROW_TYPES, Document, query_document
from kg.store.engine import Rows, Store, build_store, iter_triples, labels, load_store, open_store, query, store_of

__all__ = [
    "GRAPH_TYPES",
    "ROW_TYPES",
    "Document",
    "Rows",
    "Store",
    "build_store",
    "iter_triples",
    "labels",
    "load_store",
    "open_store",
    "query",
    "query_document",
    "store_of",
]

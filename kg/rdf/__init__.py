"""RDF: what the triples of a graph look like, there and back, and how they are written."""

from kg.rdf.graph import triples_to_graph
from kg.rdf.triples import graph_to_triples
from kg.rdf.writing import turtle_lines, write_ntriples, write_turtle

__all__ = ["graph_to_triples", "triples_to_graph", "turtle_lines", "write_ntriples", "write_turtle"]

"""The graph as tools for an assistant, by the Model Context Protocol: what it answers it can cite, word for word.

Every statement comes with the sentence that says so, its paper with date and address, the rule that read it and how
often that rule is right. Nothing can be changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, UsageError
from kg.ids import arxiv_address

if TYPE_CHECKING:
    import networkx as nx
    from mcp.server.mcpserver import MCPServer

    from kg.answers import Node, Quote, Statement
    from kg.api import Graph

__all__ = ["make_server"]

_INSTRUCTIONS = """\
A knowledge graph of AI papers: who wrote what at which laboratory, which models a paper introduces, what they descend
from, what they beat, sizes, licences, data and results. Begin with `search` for the name of a thing, then `facts`,
`lineage` or `why`; `query` asks in SPARQL. Each statement has the sentence of the paper that says so: quote it word for
word with its paper, and do not state what no sentence says. `basis` tells whether a statement was extracted from a
sentence, listed with the paper, curated (with its source) or inferred; `confidence` is how often the rule is right."""
_MOST_FOUND = 50
_MOST_FACTS = 200
_MOST_STEPS = 200


def make_server(graph: Graph, *, timeout: float = 30.0, most_rows: int = 200) -> MCPServer:
    """Make a server whose tools ask a graph; a query may take ``timeout`` seconds and give ``most_rows`` rows.

    Raises
    ------
    KgError
        If the package ``mcp`` is not installed.

    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp_types import ToolAnnotations
    except ImportError as error:
        raise KgError(
            "an assistant is served by mcp 2", remedy='install it with `pip install "modelkin[mcp]"`'
        ) from error

    server = MCPServer("kg", title="Models and their lineage", instructions=_INSTRUCTIONS, log_level="ERROR")
    tools = _Tools(graph, timeout=timeout, most_rows=most_rows)
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in (tools.search, tools.facts, tools.lineage, tools.why, tools.query):
        server.tool(annotations=reads)(_in_one_sentence(tool))
    return server


def _in_one_sentence(tool: Any) -> Any:
    """Let what goes wrong leave as the sentence of our errors, which an assistant can act upon."""
    from functools import wraps

    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def asked(*arguments: Any, **options: Any) -> Any:
        try:
            return tool(*arguments, **options)
        except KgError as error:
            raise ToolError(str(error)) from error

    return asked


class _Tools:
    """The tools; what a method's text says is what the assistant reads."""

    def __init__(self, graph: Graph, *, timeout: float, most_rows: int) -> None:
        self._graph, self._timeout, self._most_rows = graph, timeout, most_rows
        self._network: nx.MultiDiGraph[str] = graph.network()  # type: ignore[assignment]

    def search(self, text: str, kind: str = "", limit: int = 10) -> list[dict[str, Any]]:
        """Find things by a part of their name or alias: models, families, papers, people, laboratories, benchmarks.

        kind may be Model, ModelFamily, Method, Software, Dataset, Benchmark, Paper, Person, Organization or Licence.
        """
        from kg.analyses.search import search

        known = sorted({str(data["type"]) for _, data in self._network.nodes(data=True) if data.get("type")})
        if kind and kind not in known:
            raise UsageError(f"the graph has no things of the kind {kind!r}", remedy=f"it has {', '.join(known)}")
        kinds = (kind,) if kind else ()
        most = max(1, min(limit, _MOST_FOUND))
        return [self._thing(node) for node in search(self._network, text, types=kinds, most=most)]

    def facts(self, name: str, about: str = "") -> dict[str, Any]:
        """Tell all that is stated of what goes by a name, in both directions, each statement with its sentences.

        about keeps only one relation, such as introduces, fineTunedFrom, outperforms, evaluatedOn, creator.
        """
        nodes = self._graph.find(name)
        edges = {
            (subject, other, predicate)
            for node in nodes
            for subject, other, predicate in (
                *self._network.out_edges(node.iri, keys=True), *self._network.in_edges(node.iri, keys=True),
            )
        }  # fmt: skip
        known = sorted({predicate for _, _, predicate in edges})
        if about and about not in known:
            what = f"the graph states nothing of {name!r} by the relation {about!r}"
            raise UsageError(what, remedy=f"it has {', '.join(known) or 'no statements of it'}")
        told = self._statements(edge for edge in edges if not about or edge[2] == about)
        return {
            "things": [self._thing(node) for node in nodes],
            "statements": told[:_MOST_FACTS],
            "left_out": max(0, len(told) - _MOST_FACTS),
        }

    def lineage(self, name: str, down: bool = False, depth: int = 10) -> dict[str, Any]:
        """Tell what a model or family descends from (or with down what descends from it), step by step with sentences.

        Steps pass on weights (fineTunedFrom, distilledFrom ...), a design (basedOnArchitecture ...) or succeed.
        left_out counts the steps that were too many to tell; ask for less depth, or of one of the things.
        """
        from kg.reports.lineage import flatten

        tree = self._graph.lineage(name, down=down, max_depth=max(0, depth))
        things, steps = flatten(tree)
        told = steps[:_MOST_STEPS]
        if len(told) < len(steps):
            near = {tree.node.iri} | {node.iri for step in told for node in (step.subject, step.object)}
            things = [node for node in things if node.iri in near]
        return {
            "thing": self._thing(tree.node),
            "things": [self._thing(node) for node in things],
            "steps": [self._statement(step) for step in told],
            "left_out": len(steps) - len(told),
        }

    def why(self, one: str, other: str) -> dict[str, Any]:
        """Tell what joins two things: every statement between them, or else the shortest chain of statements."""
        found = self._graph.why(one, other)
        if found is None:
            return {"joined": False, "direct": False, "statements": []}
        return {"joined": True, "direct": found.direct, "statements": [self._statement(s) for s in found.statements]}

    def query(self, sparql: str, parameters: dict[str, str | int | float | bool] | None = None) -> dict[str, Any]:
        """Ask in SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE), or by the name of a query.

        Without a text it lists the named queries. Prefixes need no declaration: kg: is the vocabulary, with classes
        kg:Model, kg:ModelFamily, kg:Paper, ... and relations kg:introduces, kg:fineTunedFrom, kg:outperforms, ...;
        names are rdfs:label. parameters binds variables of the query to texts or numbers.
        A row is no sentence: to cite it, ask `why` of the two things in it, or `facts` of one.
        """
        from kg.queries import comment_of, named_queries
        from kg.worker import ask_in_worker

        if not sparql.strip():
            return {"named_queries": {name: comment_of(text) for name, text in named_queries().items()}}
        rows = ask_in_worker(
            lambda: self._graph.query(sparql, limit=self._most_rows + 1, **(parameters or {})), self._timeout
        )
        return {"columns": list(rows.columns), "rows": rows[: self._most_rows], "more": len(rows) > self._most_rows}

    def _statements(self, edges: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
        from kg.analyses.graph import statement_at, statement_order

        found = [statement_at(self._network, subject, other, predicate) for subject, other, predicate in edges]
        return [self._statement(one) for one in sorted(found, key=statement_order)]

    def _thing(self, node: Node) -> dict[str, Any]:
        facts = self._network.nodes[node.iri].get("facts", {})
        address = arxiv_address(facts.get("identifier", ())) if node.type == "Paper" else ""
        told = {"name": node.label, "kind": node.type, "date": node.date, "lab": node.lab, "page": address,
                "facts": facts, "iri": node.iri}  # fmt: skip
        return {key: value for key, value in told.items() if value}

    def _statement(self, statement: Statement) -> dict[str, Any]:
        told = {
            "subject": statement.subject.label, "relation": statement.predicate, "words": statement.words,
            "object": statement.object.label, "basis": statement.basis, "confidence": statement.confidence,
            "sentences": [self._quote(quote) for quote in statement.quotes], "sources": list(statement.sources),
            "note": statement.note,
        }  # fmt: skip
        return {key: value for key, value in told.items() if value not in ("", [])}

    def _quote(self, quote: Quote) -> dict[str, Any]:
        facts = self._network.nodes[quote.paper].get("facts", {}) if quote.paper in self._network else {}
        told = {"sentence": quote.text, "paper": quote.title, "date": quote.date, "rule": quote.rule,
                "page": arxiv_address(facts.get("identifier", ())), "confidence": quote.confidence}  # fmt: skip
        return {key: value for key, value in told.items() if value}

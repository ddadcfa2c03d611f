"""Is a graph sound? Its shapes by SHACL, and an audit of its lineage, dates and comparisons.

``validate`` is the only caller of pySHACL, which is slow (some seconds for a few thousand triples); the audit is plain
Python over the claims and takes milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, cast

from kg.model import IRI, Claim, Finding, KnowledgeGraph, Quantity, Triple
from kg.model import Literal as RdfLiteral
from kg.rdf import triples_to_graph
from kg.vocab import KG, PREFIXES, RDF, XSD, load, ontology_path

if TYPE_CHECKING:
    import rdflib

__all__ = ["MOST_TRIPLES", "audit", "validate"]

#: Above this many triples the shapes are checked on a part: whole claims, evenly spaced, with all that they refer to.
MOST_TRIPLES = 60_000

#: So many names that may mean one thing are told, before only their number is.
_MOST_OPEN = 200

_SEVERITIES: Mapping[str, Literal["error", "warning", "info"]] = {
    "Violation": "error",
    "Warning": "warning",
    "Info": "info",
}


def validate(triples: Iterable[Triple], *, most: int = MOST_TRIPLES) -> list[Finding]:
    """Check triples against ``ontology/shapes.ttl``; give what does not conform, sorted.

    Parameters
    ----------
    triples : iterable of Triple
        The graph.
    most : int
        Beyond this many triples only every n-th claim is checked; the last finding then says so.

    """
    import pyshacl
    import rdflib

    found = sorted(set(triples))
    checked = _sample(found, most)
    data = _to_rdflib(checked)
    ontology = rdflib.Graph().parse(ontology_path("kg.ttl"), format="turtle")
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    constraints = list(_take_out_sparql(shapes))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, inplace=True)
    results = {*_findings(cast("rdflib.Graph", report), shapes), *_sparql_findings(data, constraints)}
    findings = sorted(results, key=_order)
    if len(checked) < len(found):
        message = f"of {len(found)} triples {len(checked)} were checked: every n-th claim and what it refers to"
        findings.append(Finding(severity="info", subject="", message=message, rule="sample"))
    return findings


def _order(finding: Finding) -> tuple[str, str, str, str]:
    return finding.severity, finding.rule, finding.subject, finding.message


def _sample(triples: list[Triple], most: int) -> list[Triple]:
    """Leave out claim nodes evenly until the rest is small enough; nothing else is left out."""
    claims = sorted({t.subject for t in triples if t.predicate == RDF.type and t.object == KG.Claim})
    if len(triples) <= most or not claims:
        return triples
    step = -(-len(triples) // most)
    dropped = {claim for index, claim in enumerate(claims) if index % step}
    return [t for t in triples if t.subject not in dropped]


def _to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for subject, predicate, value in triples:
        if not isinstance(value, RdfLiteral):
            term: rdflib.term.Node = rdflib.URIRef(value)
        else:
            plain = value.language or value.datatype == XSD.string
            kind = None if plain else rdflib.URIRef(value.datatype)
            term = rdflib.Literal(value.value, lang=value.language or None, datatype=kind)
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), term))
    return graph


def _take_out_sparql(shapes: rdflib.Graph) -> Iterator[tuple[str, str, str, str]]:
    """Take the SPARQL constraints out of the shapes; give each one's shape, severity, message and query.

    pySHACL asks such a query once for every node. Ours bind ``$this`` themselves, so that one run over the whole
    graph finds the same nodes, in a tenth of the time.
    """
    from rdflib import SH

    for shape, constraint in list(shapes.subject_objects(SH.sparql)):
        severity = str(shapes.value(shape, SH.severity, default=SH.Violation)).rpartition("#")[2]
        message, select = str(shapes.value(constraint, SH.message)), str(shapes.value(constraint, SH.select))
        shapes.remove((shape, SH.sparql, constraint))
        yield _named_shape(shape, shapes), severity, message, select


def _sparql_findings(data: rdflib.Graph, constraints: Iterable[tuple[str, str, str, str]]) -> Iterator[Finding]:
    for shape, severity, message, select in constraints:
        for row in data.query(select, initNs=PREFIXES):
            this, value = row["this"], row.get("value")  # type: ignore[index,union-attr,call-overload]  # rdflib's rows are untyped
            said = f"{message}: ({value})" if value is not None else message
            yield Finding(severity=_SEVERITIES.get(severity, "error"), subject=str(this), message=said, rule=shape)


def _findings(report: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Finding]:
    from rdflib import SH

    for result in report.subjects(SH.focusNode):
        shape = _named_shape(report.value(result, SH.sourceShape), shapes)
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        message = str(report.value(result, SH.resultMessage) or "does not conform")
        said = " ".join(filter(None, (f"{path}".rpartition("#")[2] if path else "", f"({value})" if value else "")))
        yield Finding(
            severity=_SEVERITIES.get(severity, "error"),
            subject=str(report.value(result, SH.focusNode)),
            message=f"{message}{': ' + said if said else ''}",
            rule=shape,
        )


def _named_shape(shape: rdflib.term.Node | None, shapes: rdflib.Graph) -> str:
    """Give the local name of the shape that a property shape or constraint belongs to."""
    import rdflib

    while shape is not None and not isinstance(shape, rdflib.URIRef):
        shape = next(shapes.subjects(None, shape), None)
    return str(shape).rpartition("#")[2] if shape is not None else "shape"


# --- the audit ---------------------------------------------------------------------------------------------------


def audit(triples: Iterable[Triple]) -> list[Finding]:
    """Look for what cannot all be true: cycles, children older than their parents, contradicting claims and sizes.

    What may be one thing and was kept apart is told as a remark.

    Triples that are no graph of ours give one finding that says what is missing.
    """
    try:
        graph = triples_to_graph(triples)
    except ValueError as error:
        message = f"this is RDF, but no graph that `kg build` wrote: {error}"
        return [Finding(severity="error", subject="", message=message, rule="unreadable")]
    labels: dict[str, str] = {e.iri: e.label for e in graph.entities}
    labels.update((p.iri, p.title) for p in graph.papers)
    checks = (_cycles, _dates, _contradictions, _sizes, _open_names)
    return sorted((finding for check in checks for finding in check(graph, labels)), key=_order)


def _lineage(graph: KnowledgeGraph) -> list[Claim]:
    relations = load().relations
    return [c for c in graph.claims if c.predicate in relations and relations[c.predicate].kind.startswith("lineage-")]


def _said(claims: Iterable[Claim]) -> str:
    """Quote what the claims rest on."""
    quotes = [f"“{e.quote}”" for c in claims for e in c.evidence[:1]] or [", ".join(c.sources) for c in claims]
    return "; ".join(quote for quote in quotes if quote)


def _cycles(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report each knot of things that are their own ancestors, once."""
    import networkx as nx

    claims = _lineage(graph)
    steps: nx.DiGraph[str] = nx.DiGraph((c.subject, str(c.object)) for c in claims)
    for knot in nx.strongly_connected_components(steps):
        if len(knot) > 1 or any(steps.has_edge(node, node) for node in knot):
            names = sorted(labels.get(node, node) for node in knot)
            inside = [c for c in claims if c.subject in knot and c.object in knot]
            message = f"these are ancestors of one another: {', '.join(names)}. {_said(inside)}"
            yield Finding(severity="error", subject=min(knot), message=message, rule="lineage-cycle")


def _dates(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    papers = {paper.iri: paper for paper in graph.papers}
    born: dict[str, list[str]] = defaultdict(list)
    for claim in graph.claims:
        paper = papers.get(IRI(claim.subject))
        if claim.predicate == "introduces" and paper is not None and paper.date is not None:
            born[str(claim.object)].append(paper.date.isoformat())
    for claim in _lineage(graph):
        child, parent = born.get(claim.subject), born.get(str(claim.object))
        if child and parent and min(child) < min(parent):
            message = (
                f"{labels.get(claim.subject)} ({min(child)}) is older than {labels.get(str(claim.object))} "
                f"({min(parent)}), from which it is said to descend. {_said([claim])}"
            )
            yield Finding(severity="warning", subject=claim.subject, message=message, rule="child-older-than-parent")


def _contradictions(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    wins = {(c.subject, str(c.object)): c for c in graph.claims if c.predicate == "outperforms"}
    for (winner, loser), claim in sorted(wins.items()):
        other = wins.get((loser, winner))
        if other is not None and winner < loser:
            message = f"{labels.get(winner)} and {labels.get(loser)} outperform one another. {_said([claim, other])}"
            yield Finding(severity="warning", subject=winner, message=message, rule="mutual-outperformance")


def _sizes(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    sizes: dict[str, list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        if claim.predicate == "parameterCount":
            sizes[claim.subject].append(claim)
    for subject, claims in sorted(sizes.items()):
        values = sorted({c.object.value for c in claims if isinstance(c.object, Quantity)})
        if len(values) > 1:
            counts = " and ".join(f"{value:,}" for value in values)
            message = f"{labels.get(subject)} is said to have {counts} parameters. {_said(claims)}"
            yield Finding(severity="warning", subject=subject, message=message, rule="two-sizes")


def _open_names(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report what may be one thing with another and was kept apart, once for each reason; the first ones in full."""
    found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        if claim.predicate == "possiblySameAs":
            found[claim.subject, claim.note].append(claim)
    for (subject, note), claims in sorted(found.items())[:_MOST_OPEN]:
        titles = sorted({f"“{labels[source]}”" for claim in claims for source in claim.sources if source in labels})
        where = f" of {' and '.join(titles[:2])}{' and others' if len(titles) > 2 else ''}" if titles else ""
        others = " or ".join(dict.fromkeys(labels.get(str(claim.object), str(claim.object)) for claim in claims))
        message = f"{labels.get(subject, subject)}{where} may be {others}: kept apart ({note})"
        yield Finding(severity="info", subject=subject, message=message, rule="open-identity")
    if (more := len(found) - _MOST_OPEN) > 0:
        message = f"{more} more names were kept apart that may mean one thing; `kg query kept-apart` lists them"
        yield Finding(severity="info", subject="", message=message, rule="open-identity")

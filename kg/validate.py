"""Does a graph conform to its shapes (SHACL)? The only caller of pySHACL, which is slow; see also ``kg.audit``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, cast

from kg.model import Finding, Triple
from kg.model import Literal as RdfLiteral
from kg.vocab import KG, PREFIXES, RDF, XSD, ontology_path

if TYPE_CHECKING:
    import rdflib

__all__ = ["MOST_TRIPLES", "shape_names", "validate"]

#: Above this many triples the shapes are checked on a part: whole claims, evenly spaced, with all that they refer to.
MOST_TRIPLES = 60_000

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


def shape_names() -> list[str]:
    """Give the names of the shapes, by which findings are told apart, sorted."""
    import rdflib
    from rdflib import SH

    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    named = shapes.subjects(rdflib.RDF.type, SH.NodeShape)
    return sorted({_named_shape(shape, shapes) for shape in named})


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

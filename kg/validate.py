"""Is a graph sound? Its shapes by SHACL, and an audit of its lineage, dates and comparisons.

``validate`` is the only caller of pySHACL, which is slow (some seconds for a few thousand triples); the audit is plain
Python over the claims and takes milliseconds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, cast

from kg.model import IRI, Claim, Finding, KnowledgeGraph, Quantity, Result, Triple
from kg.model import Literal as RdfLiteral
from kg.rdf import triples_to_graph
from kg.vocab import KG, PREFIXES, RDF, XSD, load, ontology_path

if TYPE_CHECKING:
    import rdflib

__all__ = ["AUDIT_RULES", "MOST_TRIPLES", "audit", "rule_names", "validate"]

#: Above this many triples the shapes are checked on a part: whole claims, evenly spaced, with all that they refer to.
MOST_TRIPLES = 60_000

#: What the audit reports, beside the shapes by their names.
AUDIT_RULES = (
    "lineage-cycle", "child-older-than-parent", "introduced-again", "mutual-outperformance", "two-sizes",
    "open-identity", "unknown-parent", "orphan", "unreadable", "sample",
)  # fmt: skip

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


def rule_names() -> list[str]:
    """Give the names of all rules by which something is found: those of the audit, then the shapes."""
    import rdflib
    from rdflib import SH

    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    named = shapes.subjects(rdflib.RDF.type, SH.NodeShape)
    return [*AUDIT_RULES, *sorted({_named_shape(shape, shapes) for shape in named})]


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

    Told as remarks: what may be one thing and was kept apart, parents that resolve to nothing, things of no claim.

    Triples that are no graph of ours give one finding that says what is missing.
    """
    try:
        graph = triples_to_graph(triples)
    except ValueError as error:
        message = f"this is RDF, but no graph that `kg build` wrote: {error}"
        return [Finding(severity="error", subject="", message=message, rule="unreadable")]
    labels: dict[str, str] = {e.iri: e.label for e in graph.entities}
    labels.update((p.iri, p.title) for p in graph.papers)
    return sorted((finding for check in _CHECKS for finding in check(graph, labels)), key=_order)


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


def _introductions(graph: KnowledgeGraph) -> dict[str, tuple[str, Claim]]:
    """Give for each thing the day of the first dated paper that introduces it, and that paper's claim."""
    dates = {paper.iri: paper.date.isoformat() for paper in graph.papers if paper.date is not None}
    born: dict[str, tuple[str, Claim]] = {}
    for claim in graph.claims:
        day = dates.get(IRI(claim.subject)) if claim.predicate == "introduces" else None
        if day is not None and (str(claim.object) not in born or day < born[str(claim.object)][0]):
            born[str(claim.object)] = day, claim
    return born


def _first_uses(graph: KnowledgeGraph, born: Mapping[str, tuple[str, Claim]]) -> dict[str, list[tuple[str, Claim]]]:
    """Give for each introduced thing the claims of papers older than the one that is said to introduce it."""
    dates = {paper.iri: paper.date.isoformat() for paper in graph.papers if paper.date is not None}
    uses: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for claim in graph.claims:
        days = [(dates[e.paper], e.paper) for e in claim.evidence if e.paper in dates]
        for thing in {claim.subject, str(claim.object)} & born.keys():
            uses[thing] += [(paper, claim) for day, paper in days if day < born[thing][0]]
    return uses


def _dates(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report children older than their parents.

    A parent that some paper besides the child's own names before its introduction is not so young: that paper only
    introduces an old name again, which is told once, as a remark.
    """
    born = _introductions(graph)
    uses = _first_uses(graph, born)
    again: set[str] = set()
    for claim in _lineage(graph):
        child, parent = str(claim.subject), str(claim.object)
        if child not in born or parent not in born or born[child][0] >= born[parent][0]:
            continue
        (young, first), (day, introduced) = born[child], born[parent]
        older = [use for paper, use in uses[parent] if paper != first.subject]
        if older and parent not in again:
            again.add(parent)
            message = (
                f"{labels.get(parent)} is introduced by “{labels.get(introduced.subject)}” ({day}), and older papers "
                f"name it: an old name, or two things of one name. {_said([introduced, older[0]])}"
            )
            yield Finding(severity="info", subject=parent, message=message, rule="introduced-again")
        elif not older:
            message = (
                f"{labels.get(child)} ({young}) is older than {labels.get(parent)} "
                f"({day}), from which it is said to descend. {_said([claim, introduced])}"
            )
            yield Finding(severity="warning", subject=child, message=message, rule="child-older-than-parent")


def _contradictions(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report two that beat one another: a warning on one benchmark, a remark where a sentence names none.

    Where both sentences name benchmarks and share none, both can be true and nothing is reported.
    """
    wins = {(c.subject, str(c.object)): c for c in graph.claims if c.predicate == "outperforms"}
    benchmarks = _benchmark_names(graph)
    for (winner, loser), claim in sorted(wins.items()):
        other = wins.get((loser, winner))
        if other is None or winner >= loser:
            continue
        ones, others = _compared_on(claim, benchmarks), _compared_on(other, benchmarks)
        common = sorted({labels.get(b, b) for one in ones for two in others for b in one & two})
        who = f"{labels.get(winner)} and {labels.get(loser)} outperform one another"
        if common:
            message = f"{who} on {' and '.join(common)}. {_said([claim, other])}"
            yield Finding(severity="warning", subject=winner, message=message, rule="mutual-outperformance")
        elif not all(ones) or not all(others):
            message = f"{who}, perhaps on different benchmarks: not both say on which. {_said([claim, other])}"
            yield Finding(severity="info", subject=winner, message=message, rule="mutual-outperformance")


def _benchmark_names(graph: KnowledgeGraph) -> dict[str, str]:
    """Give the benchmarks and data sets of a graph by each of their names, lower case."""
    data = [entity for entity in graph.entities if entity.type in ("Benchmark", "Dataset")]
    return {name.casefold(): entity.iri for entity in data for name in (entity.label, *entity.aliases)}


def _compared_on(claim: Claim, benchmarks: Mapping[str, str]) -> list[set[str]]:
    """Give for each sentence of a claim the benchmarks that it names; one empty set for a claim without a sentence.

    A name inside a longer one does not count: "MMLU-Pro" and "HumanEval+" are not "MMLU" and "HumanEval".
    """
    found = []
    for quote in (item.quote.casefold() for item in claim.evidence):
        named = (
            iri
            for name, iri in benchmarks.items()
            if name in quote and re.search(rf"(?<![\w+-]){re.escape(name)}(?![\w+]|-\w)", quote)
        )
        found.append(set(named))
    return found or [set()]


def _unknown_parents(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report names from which something descends and which resolve to nothing: not introduced, in no family."""
    known = {str(c.object) for c in graph.claims if c.predicate == "introduces"}
    known |= {c.subject for c in graph.claims if c.predicate == "inFamily"}
    known |= {family.iri for family in load().families} | {entry.iri for entry in load().benchmarks}
    unknown: dict[str, Claim] = {}
    for claim in _lineage(graph):
        if claim.evidence and str(claim.object) not in known:
            unknown.setdefault(str(claim.object), claim)
    for parent, claim in sorted(unknown.items()):
        message = (
            f"{labels.get(claim.subject)} descends from {labels.get(parent)}, which no paper here introduces "
            f"and no table lists. {_said([claim])}"
        )
        yield Finding(severity="info", subject=parent, message=message, rule="unknown-parent")


def _orphans(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report things that no claim speaks of."""
    spoken: set[str] = set()
    for claim in graph.claims:
        value = claim.object
        spoken |= {claim.subject, value.benchmark if isinstance(value, Result) else str(value)}
    for entity in graph.entities:
        if entity.iri not in spoken:
            message = f"{labels[entity.iri]} is in the graph, and no claim speaks of it"
            yield Finding(severity="info", subject=entity.iri, message=message, rule="orphan")


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
    """Report what may be one thing with another and was kept apart, once for each reason."""
    found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        if claim.predicate == "possiblySameAs":
            found[claim.subject, claim.note].append(claim)
    for (subject, note), claims in sorted(found.items()):
        titles = sorted({f"“{labels[source]}”" for claim in claims for source in claim.sources if source in labels})
        where = f" of {' and '.join(titles[:2])}{' and others' if len(titles) > 2 else ''}" if titles else ""
        others = " or ".join(dict.fromkeys(labels.get(str(claim.object), str(claim.object)) for claim in claims))
        message = f"{labels.get(subject, subject)}{where} may be {others}: kept apart ({note})"
        yield Finding(severity="info", subject=subject, message=message, rule="open-identity")


_CHECKS = (_cycles, _dates, _contradictions, _sizes, _open_names, _unknown_parents, _orphans)

"""What in a graph cannot all be true, and what stands in it alone: an audit of lineage, dates, comparisons and names.

Errors cannot be (something is its own ancestor), warnings contradict one another, remarks are worth a look. Every
finding quotes the sentences that it rests on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Claim, Entity, Finding, KnowledgeGraph, Paper, Quantity, Result, Triple
from kg.rdf import triples_to_graph
from kg.vocab import load

__all__ = ["RULES", "audit"]

#: What the audit finds.
RULES = (
    "lineage-cycle", "child-older-than-parent", "introduced-again", "mutual-outperformance", "two-sizes",
    "open-identity", "unexplained-name", "orphan", "unreadable",
)  # fmt: skip


def audit(triples: Iterable[Triple]) -> list[Finding]:
    """Look for what cannot all be true: cycles, children older than their parents, contradicting claims and sizes.

    Remarks tell what may be one thing and was kept apart, names that nothing explains, and things that stand alone.
    Triples that are no graph of ours give one finding that says what is missing.
    """
    try:
        graph = triples_to_graph(triples)
    except ValueError as error:
        message = f"this is RDF, but no graph that `kg build` wrote: {error}"
        return [Finding(severity="error", subject="", message=message, rule="unreadable")]
    labels: dict[str, str] = {e.iri: e.label for e in graph.entities}
    labels.update((p.iri, p.title) for p in graph.papers)
    checks = (_cycles, _dates, _contradictions, _sizes, _open_names, _unexplained, _alone)
    return sorted((finding for check in checks for finding in check(graph, labels)), key=_order)


def _order(finding: Finding) -> tuple[str, str, str, str]:
    return finding.severity, finding.rule, finding.subject, finding.message


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
    """Report children older than their parents, and things that were known before the paper said to introduce them."""
    papers: dict[str, Paper] = {paper.iri: paper for paper in graph.papers}
    born = _introductions(graph, papers)
    before: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for claim in _lineage(graph):
        child, parent = born.get(claim.subject), born.get(str(claim.object))
        if not parent:
            continue
        told = sorted(d.isoformat() for e in claim.evidence if (d := papers[e.paper].date) is not None)
        if told and told[0] < parent[0]:
            before[str(claim.object)].append((told[0], claim))
        elif child and child[0] < parent[0]:
            message = (
                f"{labels.get(claim.subject)} ({child[0]}) is older than {labels.get(str(claim.object))} "
                f"({parent[0]}), from which it is said to descend. {_said([child[1], parent[1], claim])}"
            )
            yield Finding(severity="warning", subject=claim.subject, message=message, rule="child-older-than-parent")
    for thing, claims in sorted(before.items()):
        date, first = min(claims, key=lambda told: (told[0], told[1].subject))
        again, introduction = born[thing]
        times = f" ({len(claims)} claims say so)" if len(claims) > 1 else ""
        message = (
            f"{labels.get(thing)} is said to be introduced on {again}, but was an ancestor before, "
            f"on {date}{times}. {_said([introduction, first])}"
        )
        yield Finding(severity="info", subject=thing, message=message, rule="introduced-again")


def _introductions(graph: KnowledgeGraph, papers: Mapping[str, Paper]) -> dict[str, tuple[str, Claim]]:
    """Give for each thing the date of the first dated paper that introduces it, and the claim."""
    born: dict[str, tuple[str, Claim]] = {}
    for claim in graph.claims:
        paper = papers.get(claim.subject)
        if claim.predicate == "introduces" and paper is not None and paper.date is not None:
            name, date = str(claim.object), paper.date.isoformat()
            if name not in born or date < born[name][0]:
                born[name] = (date, claim)
    return born


def _contradictions(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report two that outperform one another, unless their sentences name different benchmarks only."""
    wins = {(c.subject, str(c.object)): c for c in graph.claims if c.predicate == "outperforms"}
    benchmarks = [e for e in graph.entities if e.type in ("Benchmark", "Dataset")]
    for (winner, loser), claim in sorted(wins.items()):
        other = wins.get((loser, winner))
        if other is None or winner > loser:
            continue
        here, there = _benchmarks(claim, benchmarks), _benchmarks(other, benchmarks)
        both = sorted(here & there)
        if here and there and not both:
            continue
        where = f" on {', '.join(both)}" if both else "; on what is not said of both"
        message = f"{labels.get(winner)} and {labels.get(loser)} outperform one another{where}. {_said([claim, other])}"
        yield Finding(
            severity="warning" if both else "info", subject=winner, message=message, rule="mutual-outperformance"
        )


def _benchmarks(claim: Claim, benchmarks: Iterable[Entity]) -> set[str]:
    """Give the labels of the benchmarks that the sentences of a claim name."""
    text = " ".join(e.quote for e in claim.evidence)
    return {
        e.label
        for e in benchmarks
        if any(re.search(rf"(?<![\w+-]){re.escape(name)}(?![\w+]|-\w)", text) for name in (e.label, *e.aliases))
    }


#: By how much two counts may differ and be one, rounded: 7B and 7.2B.
_ROUNDED = 1.1


def _sizes(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report models of which two parameter counts are told; a method and a series have as many as they have members."""
    members = {str(c.object) for c in graph.claims if c.predicate == "variantOf"}
    one_model = {e.iri for e in graph.entities if e.type == "Model"} - members
    sizes: dict[str, list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        if claim.predicate == "parameterCount" and claim.subject in one_model:
            sizes[claim.subject].append(claim)
    for subject, claims in sorted(sizes.items()):
        values = sorted({c.object.value for c in claims if isinstance(c.object, Quantity)})
        if values[-1] > _ROUNDED * values[0] and not _of_one_sentence(claims):
            counts = " and ".join(f"{value:,}" for value in values)
            message = f"{labels.get(subject)} is said to have {counts} parameters. {_said(claims)}"
            yield Finding(severity="warning", subject=subject, message=message, rule="two-sizes")


def _of_one_sentence(claims: Iterable[Claim]) -> bool:
    """Tell whether one sentence states all: it speaks of several models of one name."""
    stated = [{(e.paper, e.start) for e in claim.evidence} for claim in claims]
    return bool(set.intersection(*stated))


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


def _unexplained(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report models that no paper here introduces and no table lists: a slip in a name, or a paper that is missing."""
    known = {str(c.object) for c in graph.claims if c.predicate == "introduces"}
    known |= {c.subject for c in graph.claims if c.predicate in ("inFamily", "variantOf")}
    tables = load()
    listed = {entry.label for table in (tables.families, tables.benchmarks, tables.labs) for entry in table}
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        for end in (claim.subject, str(claim.object)):
            if claim.basis == "extracted":
                told[end].append(claim)
    for entity in graph.entities:
        if entity.type == "Model" and entity.iri not in known and entity.label not in listed and told[entity.iri]:
            message = (
                f"{entity.label}: no paper here introduces it and no table lists it. {_said(told[entity.iri][:2])}"
            )
            yield Finding(severity="info", subject=entity.iri, message=message, rule="unexplained-name")


def _alone(graph: KnowledgeGraph, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Report papers of which nothing but the listing is known, and things that no claim joins to anything else."""
    joined: dict[str, set[str]] = defaultdict(set)
    for claim in graph.claims:
        target = claim.object.benchmark if isinstance(claim.object, Result) else claim.object
        if isinstance(target, str) and claim.predicate != "type" and target != claim.subject:
            joined[claim.subject].add(target)
            joined[target].add(claim.subject)
    told = {claim.subject for claim in graph.claims if claim.basis == "extracted"}
    told |= {e.paper for claim in graph.claims for e in claim.evidence}
    for paper in graph.papers:
        if paper.iri not in told:
            message = f"“{paper.title}”: its abstract states nothing that the rules read"
            yield Finding(severity="info", subject=paper.iri, message=message, rule="orphan")
    for entity in graph.entities:
        if not joined[entity.iri]:
            message = f"{entity.label} ({entity.type}): no claim joins it to anything else"
            yield Finding(severity="info", subject=entity.iri, message=message, rule="orphan")

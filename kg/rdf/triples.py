"""From the graph to triples. Together with its inverse, the only code that decides what the triples look like.

A claim is a plain triple, so that a user's SPARQL stays simple, and beside it one ``kg:Claim`` node for each passage
that states it (one in all where there is none), with ``rdf:subject``, ``rdf:predicate``, ``rdf:object``, basis,
confidence, source, passage and rule. Passages and the texts they are cut from are NIF strings by character offsets.
``kg:directAncestor`` stands beside each step of lineage, so that a property path needs no reasoner. An author's place
in a paper's list is a ``kg:Authorship``, which takes the place of a claim node. There are no blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from kg.ids import ID, claim_iri, context_iri, passage_iri, result_iri, rule_iri
from kg.model import IRI, Claim, Entity, Evidence, KnowledgeGraph, Literal, Paper, Quantity, Result, Term, Triple
from kg.rdf.terms import boolean, decimal, integer, join_list, safe, text
from kg.vocab import DCTERMS, FOAF, KG, NIF, NS, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, load

__all__ = ["BASES", "PREDICATES", "graph_to_triples"]

#: The bases as terms.
BASES = {"listed": KG.Listed, "extracted": KG.Extracted, "curated": KG.Curated, "inferred": KG.Inferred}

#: Predicates of claims that are not written as the term of that name.
PREDICATES = {"type": RDF.type, "result": KG.hasResult, "creator": DCTERMS.creator}

#: What a class is called in vocabularies that others know.
_KNOWN_AS = {
    "Person": (FOAF.Person,),
    "AuthorGroup": (FOAF.Group,),
    "Organization": (FOAF.Organization,),
    "Dataset": (SCHEMA.Dataset,),
    "Benchmark": (SCHEMA.Dataset,),
}

_CERTAIN = {"listed": 1.0, "curated": 1.0, "inferred": 0.9}


@cache
def lineage_relations() -> frozenset[str]:
    """Name the relations that are a step of lineage; each implies ``kg:directAncestor``."""
    return frozenset(name for name, relation in load().relations.items() if relation.kind.startswith("lineage-"))


def predicate_iri(predicate: str) -> IRI:
    """Give the term for a claim's predicate; a name the vocabulary does not have raises ``AttributeError``."""
    found = PREDICATES.get(predicate)
    return IRI(found if found is not None else getattr(KG, predicate))


def graph_to_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the triples of a graph; a triple may come more than once.

    Raises
    ------
    KgError
        If something is named by an IRI that cannot stand in RDF.

    """
    yield from _header()
    papers: dict[str, Paper] = {paper.iri: paper for paper in graph.papers}
    labels: dict[str, str] = {entity.iri: entity.label for entity in graph.entities}
    labels.update((p.iri, p.title) for p in graph.papers)
    for paper in graph.papers:
        yield from _paper(paper)
    for entity in graph.entities:
        yield from _entity(entity)
    for claim in graph.claims:
        if claim.predicate == "creator":
            yield from _authorship(claim, papers)
        else:
            yield from _claim(claim, labels)
    yield from _passages(graph, papers)


def _header() -> Iterator[Triple]:
    """Say what the file is and where its terms are explained; nothing here depends on when or where it is made."""
    yield Triple(ID, RDF.type, SCHEMA.Dataset)
    yield Triple(ID, DCTERMS.title, text("Knowledge graph of AI papers: authors, models and their lineage", "en"))
    yield Triple(ID, RDFS.seeAlso, NS)


def _paper(paper: Paper) -> Iterator[Triple]:
    subject = safe(paper.iri)
    values: list[tuple[IRI, Term]] = [
        (RDF.type, KG.Paper),
        (RDF.type, SCHEMA.ScholarlyArticle),
        (RDFS.label, text(paper.title)),
        (DCTERMS.title, text(paper.title, "en")),
        (DCTERMS.identifier, text(paper.id)),
        (KG.datePrecision, text(paper.date_precision)),
        (KG.authorsTruncated, boolean(value=paper.truncated)),
        (KG.codeListed, boolean(value=paper.code)),
        (KG.sourceName, text(paper.source)),
        (KG.lineNumber, integer(paper.line)),
    ]
    if paper.abstract:
        values.append((DCTERMS.abstract, text(paper.abstract, "en")))
    if paper.date is not None:
        values.append((DCTERMS.issued, Literal(paper.date.isoformat(), XSD.date)))
        values.append((KG.year, integer(paper.date.year)))
    for predicate, value in ((KG.listedDate, paper.date_text), (KG.category, paper.category)):
        if value:
            values.append((predicate, text(value)))
    if paper.affiliations:
        values.append((KG.listedAffiliationText, join_list(paper.affiliations)))
    return (Triple(subject, predicate, value) for predicate, value in values)


def _entity(entity: Entity) -> Iterator[Triple]:
    subject = safe(entity.iri)
    yield Triple(subject, RDF.type, load().classes[entity.type].iri)
    for known in _KNOWN_AS.get(entity.type, ()):
        yield Triple(subject, RDF.type, known)
    yield Triple(subject, RDFS.label, text(entity.label))
    for alias in entity.aliases:
        yield Triple(subject, SKOS.altLabel, text(alias))


def _authorship(claim: Claim, papers: Mapping[str, Paper]) -> Iterator[Triple]:
    """Write an author's place: ``note`` is the 1-based position, the listed name is the paper's."""
    paper, agent, position = safe(claim.subject), safe(str(claim.object)), int(claim.note)
    place = IRI(f"{paper}/author/{position}")
    yield Triple(paper, DCTERMS.creator, agent)
    yield Triple(paper, KG.authorship, place)
    yield Triple(place, RDF.type, KG.Authorship)
    yield Triple(place, KG.agent, agent)
    yield Triple(place, KG.position, integer(position))
    yield Triple(place, KG.listedName, text(papers[claim.subject].authors[position - 1]))


def _claim(claim: Claim, labels: Mapping[str, str]) -> Iterator[Triple]:
    subject, predicate = safe(claim.subject), predicate_iri(claim.predicate)
    value: Term
    if isinstance(claim.object, Quantity):
        value = integer(claim.object.value)
    elif isinstance(claim.object, Result):
        value = result_iri(subject, claim.object)
        yield from _result(value, claim.object, labels.get(subject, ""), labels)
    elif claim.predicate == "writtenAs":
        value = text(claim.object)
    else:
        value = safe(claim.object)
    yield Triple(subject, predicate, value)
    if claim.predicate in lineage_relations():
        yield Triple(subject, KG.directAncestor, value)
    for evidence in claim.evidence or (None,):
        yield from _claim_node(claim, Triple(subject, predicate, value), evidence)


def _claim_node(claim: Claim, statement: Triple, evidence: Evidence | None) -> Iterator[Triple]:
    node = claim_iri(replace(claim, evidence=(evidence,)) if evidence else claim)
    yield Triple(node, RDF.type, KG.Claim)
    yield Triple(node, RDF.type, RDF.Statement)
    yield Triple(node, RDF.subject, statement.subject)
    yield Triple(node, RDF.predicate, statement.predicate)
    yield Triple(node, RDF.object, statement.object)
    yield Triple(node, KG.basis, BASES[claim.basis])
    yield Triple(node, KG.confidence, decimal(evidence.confidence if evidence else _CERTAIN[claim.basis]))
    if evidence:
        yield Triple(node, KG.source, evidence.paper)
        yield Triple(node, KG.evidence, passage_iri(evidence.paper, evidence.start, evidence.end))
        yield Triple(node, KG.rule, rule_iri(evidence.rule))
    elif claim.basis == "listed":
        yield Triple(node, KG.source, statement.subject)
    for source in claim.sources:
        yield Triple(node, KG.source, safe(source))
    if claim.note:
        yield Triple(node, KG.note, text(claim.note))


def _result(node: IRI, result: Result, owner: str, labels: Mapping[str, str]) -> Iterator[Triple]:
    on = "" if result.benchmark == "-" else f" on {labels.get(result.benchmark, result.benchmark)}"
    measure = "" if result.metric == "-" else f"{result.metric} "
    yield Triple(node, RDF.type, KG.Result)
    yield Triple(node, RDFS.label, text(f"{owner}{on}: {measure}{result.value}"))
    if result.benchmark != "-":
        yield Triple(node, KG.benchmark, safe(result.benchmark))
    yield Triple(node, KG.metric, text(result.metric))
    yield Triple(node, KG.value, text(result.value))


def _passages(graph: KnowledgeGraph, papers: Mapping[str, Paper]) -> Iterator[Triple]:
    """Write each cited sentence once, the rules that found them, and the texts that they are cut from."""
    evidence = {e for claim in graph.claims for e in claim.evidence}
    for item in sorted(evidence, key=lambda e: (e.paper, e.start, e.end, e.rule)):
        yield from _passage(item)
    for iri in sorted({item.paper for item in evidence}):
        context = context_iri(iri)
        yield Triple(context, RDF.type, NIF.Context)
        yield Triple(context, NIF.isString, text(papers[iri].text))
        yield Triple(context, PROV.hadPrimarySource, iri)
    for rule in sorted({item.rule for item in evidence}):
        yield Triple(rule_iri(rule), RDF.type, KG.ExtractionRule)
        yield Triple(rule_iri(rule), RDFS.label, text(rule))


def _passage(evidence: Evidence) -> Iterable[Triple]:
    passage = passage_iri(evidence.paper, evidence.start, evidence.end)
    return (
        Triple(passage, RDF.type, KG.Passage),
        Triple(passage, NIF.anchorOf, text(evidence.quote)),
        Triple(passage, NIF.beginIndex, integer(evidence.start)),
        Triple(passage, NIF.endIndex, integer(evidence.end)),
        Triple(passage, NIF.referenceContext, context_iri(evidence.paper)),
    )

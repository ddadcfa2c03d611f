"""Whether two names mean one thing, and why: by what the graph remembers of its merges, and by the rules of names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg import vocab
from kg.analyses.lookup import candidates, fold
from kg.answers import NameReason, Node, Sameness
from kg.errors import NotFoundError
from kg.model import Claim, Entity, KnowledgeGraph, Paper
from kg.network import graph_to_network
from kg.resolve.models import SPELLING, difference, same_model
from kg.resolve.organizations import lab_reading
from kg.resolve.persons import agreement, disagreement, parse_person, person_key

__all__ = ["same"]

_KINDS = ("Model", "ModelFamily", "Method", "Software", "Dataset", "Benchmark", "Organization", "AuthorGroup", "Person")
_ORDER_OF_NAMES = "the names only differ in order, accents, hyphens and capitals [person.spelling]"


def same(graph: KnowledgeGraph, one: str, other: str) -> Sameness:
    """Tell whether two names mean one thing of a graph, and by which merges, papers and statements.

    Names may be written as people write them. Two names of models of which the graph knows none, or only one, are
    compared by the grammar of names.

    Raises
    ------
    NotFoundError
        If nothing in the graph bears one of the names, and no rule makes it the other.

    """
    names = _Names(graph)
    found = names.find(one), names.find(other)
    shared = [entity for entity in found[0] if entity in found[1]]
    namesakes = [entity for entity in shared if entity.type == "Person"]
    if shared and len(namesakes) < 2:
        thing = shared[0]
        reasons = (*names.reasons(thing, one), *(names.reasons(thing, other) if other != one else ()))
        return Sameness(same=True, one=_node(thing), other=_node(thing), reasons=tuple(dict.fromkeys(reasons)))
    if not all(found):
        known = next(iter((*found[0], *found[1])), None)
        if rule := same_model(one, other):
            node = _node(known) if known else None
            return Sameness(same=True, one=node, other=node, reasons=(NameReason(words=str(rule)),))
        raise _not_found(graph, other if found[0] else one)
    pair = (namesakes[0], namesakes[1]) if namesakes else (found[0][0], found[1][0])
    return Sameness(same=False, one=_node(pair[0]), other=_node(pair[1]), reasons=tuple(names.differences(*pair)))


def _not_found(graph: KnowledgeGraph, name: str) -> NotFoundError:
    network = graph_to_network(graph)
    near = candidates(network, name, [iri for iri, data in network.nodes(data=True) if data["type"] in _KINDS])
    remedy = f"did you mean {' or '.join(near)}?" if near else "`kg rank models` lists the models of the graph"
    return NotFoundError(f"nothing in the graph is called {name!r}", remedy=remedy, candidates=near)


class _Names:
    """All names of the things of a graph, with what it remembers of each."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._papers: dict[str, Paper] = {paper.iri: paper for paper in graph.papers}
        self._entities = {e.iri: e for e in graph.entities if e.type in _KINDS}
        self._claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in graph.claims:
            self._claims[claim.subject, claim.predicate].append(claim)

    def find(self, name: str) -> list[Entity]:
        """Give the things that a name means: by IRI, by a name spelt alike, or by a rule; models first."""
        tail = [e for e in self._entities.values() if name in (e.iri, "/".join(e.iri.rsplit("/", 2)[-2:]))]
        spelt = tail or [e for e in self._entities.values() if fold(name) in map(fold, (e.label, *e.aliases))]
        found = spelt or [e for e in self._entities.values() if self._rule(e, name)]
        return sorted(found, key=lambda entity: (_KINDS.index(entity.type), entity.iri))

    def _rule(self, entity: Entity, name: str) -> tuple[str, str] | None:
        """Give the name of a thing that another name means by a rule, and the rule's words."""
        for known in (entity.label, *entity.aliases):
            if entity.type == "Model" and (reason := same_model(known, name)):
                return known, str(reason)
            if entity.type == "Person" and person_key(known) == person_key(name):
                return known, _ORDER_OF_NAMES
        reading = lab_reading(name) if entity.type == "Organization" else None
        return (entity.label, str(reading[1])) if reading and reading[0].iri == entity.iri else None

    # --- why a name means a thing ---

    def reasons(self, entity: Entity, name: str) -> Iterator[NameReason]:
        """Yield why a name means a thing: how it leads to a name that papers write, and that one to the label."""
        claims = self._claims[entity.iri, "writtenAs"]
        written, words = self._written(entity, name)
        if words:
            yield NameReason(name=name, words=words)
        told = [claim for claim in claims if claim.object == written]
        for claim in told:
            papers = [self._papers[source] for source in claim.sources if source in self._papers]
            pages = tuple(source for source in claim.sources if source not in self._papers)
            yield NameReason(name=written, words=claim.note, papers=_nodes(papers), sources=pages)
        if not told:
            label = written == entity.label
            yield NameReason(
                name=written,
                words="so the graph calls it" if label else "our tables list it as another name",
                papers=_nodes(self._papers_with(written)),
                sources=() if label else _sources(entity.iri),
            )

    def _written(self, entity: Entity, name: str) -> tuple[str, str]:
        """Give the name in the graph that a typed name is, and the words for how they differ."""
        known = (entity.label, *entity.aliases)
        if name in known:
            return name, ""
        alike = [form for form in known if fold(form) == fold(name)]
        if alike:
            return alike[0], str(SPELLING)
        return self._rule(entity, name) or (entity.label, "")

    def _papers_with(self, name: str) -> list[Paper]:
        """Give the papers in whose text, author list or affiliations a name stands."""
        wanted = _pattern(name)
        texts = ((paper, (paper.text, *paper.authors, *paper.affiliations)) for paper in self._graph.papers)
        return [paper for paper, found in texts if any(map(wanted.search, found))]

    # --- why two things are not one ---

    def differences(self, one: Entity, other: Entity) -> Iterator[NameReason]:
        """Yield why two things are not one; what is curated or remembered comes before what the names say."""
        said = [*self._between(one, other), *self._between(other, one)]
        for claim in said:
            words = claim.note if claim.predicate == "differentFrom" else f"kept apart, for it is open: {claim.note}"
            pages = tuple(source for source in claim.sources if source not in self._papers)
            papers = [self._papers[source] for source in claim.sources if source in self._papers]
            yield NameReason(words=words, papers=_nodes(papers), sources=pages)
        if said:
            return
        for member, family in ((one, other), (other, one)):
            for claim in self._claims[member.iri, "inFamily"]:
                if claim.object == family.iri:
                    yield NameReason(words=f"{member.label} is a member of the family {family.label}: {claim.note}")
                    return
        if one.type != other.type:
            kinds = [vocab.load().classes[entity.type].label for entity in (one, other)]
            yield NameReason(words=f"{one.label} is of the class {kinds[0]}, {other.label} of the class {kinds[1]}")
        elif one.type == "Model":
            told = difference(one.label, other.label)
            yield NameReason(words=told or "the names agree, but papers or a statement tell them apart")
        elif one.type == "Person":
            yield self._of_people(one, other)
        else:
            yield NameReason(words="neither our tables nor a rule nor a curated statement joins the names")

    def _between(self, one: Entity, other: Entity) -> list[Claim]:
        predicates = ("differentFrom", "possiblySameAs")
        claims = (claim for name in predicates for claim in self._claims[one.iri, name])
        return [claim for claim in claims if claim.object == other.iri]

    def _of_people(self, one: Entity, other: Entity) -> NameReason:
        names = parse_person(one.label), parse_person(other.label)
        if not agreement(*names):
            return NameReason(words=disagreement(*names))
        places = ((claim.subject, claim.object) for claim in self._graph.claims if claim.predicate == "creator")
        wrote = {(paper, author) for paper, author in places if author in (one.iri, other.iri)}
        both = [p for p in self._graph.papers if {(p.iri, one.iri), (p.iri, other.iri)} <= wrote]
        if both:
            return NameReason(words="a paper lists both", papers=_nodes(both))
        return NameReason(words="the names agree, but nothing that they share shows that they are one person")


def _pattern(name: str) -> re.Pattern[str]:
    """Give the pattern of a name in a text: other spaces and dashes are fine, a longer version or tag is not.

    >>> found = _pattern("Mixtral 8x7B - Instruct")
    >>> bool(found.search("Mixtral 8x7B--instruct.")), bool(found.search("Mixtral-8x7B-Instruct-v0.1"))
    (True, False)
    """
    words = [re.escape(word) for word in re.split(r"[\s_–—-]+", name) if word]
    joined = r"[\s_–—-]+".join(words)
    return re.compile(rf"(?<!\w){joined}(?!\w|[-.]v?\d)", re.IGNORECASE)


def _sources(iri: str) -> tuple[str, ...]:
    """Give where an entry of our tables can be checked."""
    tables = vocab.load()
    listed: dict[str, tuple[str, ...]] = {lab.iri: lab.sources for lab in tables.labs}
    listed |= {group.iri: group.sources for group in tables.groups}
    listed |= {benchmark.iri: benchmark.sources for benchmark in tables.benchmarks}
    listed |= {family.iri: family.developer_sources for family in tables.families}
    return listed.get(iri, ())


def _node(entity: Entity) -> Node:
    return Node(iri=entity.iri, type=entity.type, label=entity.label)


def _nodes(papers: Iterable[Paper]) -> tuple[Node, ...]:
    rows = (Node(iri=p.iri, type="Paper", label=p.title, date=p.date.isoformat() if p.date else "") for p in papers)
    return tuple(sorted(rows, key=lambda node: (node.date or "9", node.label, node.iri)))

"""Which names mean the same thing: models, data, methods, people, groups and labs, within and across papers.

Two names are one thing where their slugs agree (``Mixtral-8x7B-Instruct``, ``Mixtral 8x7B - Instruct``) or where the
ontology lists them as aliases. Nothing is guessed beyond that: a wrong merge is worse than a missed one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg import ids, vocab
from kg.model import IRI, PAPER, Claim, Entity, Extraction, Paper, Quantity, Result

__all__ = ["Resolution", "resolve"]

#: Predicates whose object is data, and those whose both ends are models unless the text says otherwise.
_DATA_PREDICATES = frozenset({"evaluatedOn", "trainedOn"})
_MODEL_SUBJECTS = frozenset({"parameterCount", "activeParameterCount", "contextLength", "trainingTokens"})

_GROUP = re.compile(
    r"(?:\b(?:Team|Collaboration|Consortium|Group|Community|Project|Initiative|Authors|Labs?)$|[- ]AI$|^The \w+)"
)


@dataclass(slots=True)
class Resolution:
    """The entities found and the claims between them; filled by :func:`resolve`."""

    entities: dict[IRI, Entity] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)

    def add(self, kind: str, label: str, iri: IRI, aliases: Iterable[str] = ()) -> IRI:
        """Note an entity; a second mention adds its names."""
        known = self.entities.get(iri)
        names = {*(known.aliases if known else ()), *aliases} | ({label} if known else set())
        label = known.label if known else label
        kind = known.type if known else kind
        self.entities[iri] = Entity(iri=iri, type=kind, label=label, aliases=tuple(sorted(names - {label})))
        return iri


def resolve(papers: Sequence[Paper], extractions: Mapping[IRI, Extraction]) -> Resolution:
    """Turn the claims of all papers, as written, into claims between IRIs, with an entity for each.

    ``extractions`` maps a paper's IRI to what its text gives. Listed facts (authors, affiliations) become claims too.
    """
    resolution = Resolution()
    kinds = _kinds(papers, extractions)
    labels = _labels(papers, extractions)
    for paper in papers:
        _resolve_byline(resolution, paper)
        extraction = extractions.get(paper.iri)
        if extraction is None:
            continue
        surfaces: dict[str, set[str]] = defaultdict(set)
        for mention in extraction.mentions:
            surfaces[mention.text].add(" ".join(mention.surface.split()))
        for claim in extraction.claims:
            resolution.claims.append(_resolve_claim(resolution, paper, claim, kinds, labels, surfaces))
    return resolution


# --- names of models, data and methods ---------------------------------------------------------------------------


def _names_in(claim: Claim) -> list[tuple[str, str]]:
    """Give the names in a claim, each with the class that its place in the claim suggests."""
    named = [] if claim.subject == PAPER else [(claim.subject, "Model")]
    if isinstance(claim.object, Result):
        return [*named, *([] if claim.object.benchmark == "-" else [(claim.object.benchmark, "Benchmark")])]
    if isinstance(claim.object, Quantity) or claim.predicate in ("type", "license", "introduces"):
        return named
    return [*named, (claim.object, "Dataset" if claim.predicate in _DATA_PREDICATES else "Model")]


def _kinds(papers: Sequence[Paper], extractions: Mapping[IRI, Extraction]) -> dict[str, str]:
    """Give the class of each name, by slug: the ontology's, else the introducing paper's, else what most words say."""
    known = {name: benchmark.kind for name, benchmark in _known_data().items()}
    stated: dict[str, str] = {}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        extraction = extractions.get(paper.iri, Extraction(mentions=(), claims=()))
        introduced = {c.object for c in extraction.claims if c.predicate == "introduces"}
        for claim in extraction.claims:
            if claim.predicate == "type" and claim.subject in introduced and isinstance(claim.object, str):
                stated.setdefault(ids.slug(claim.subject), claim.object)
            for name, kind in _names_in(claim):
                votes[ids.slug(name)][kind] += 2 if claim.predicate in _MODEL_SUBJECTS else 1
        for mention in extraction.mentions:
            if mention.type:
                votes[ids.slug(mention.text)][mention.type] += 3
    voted = {name: max(sorted(count), key=count.__getitem__) for name, count in votes.items()}
    return {
        **voted,
        **stated,
        **{name: kind for name, kind in known.items() if stated.get(name) in (None, "Dataset", "Benchmark")},
    }


def _labels(papers: Sequence[Paper], extractions: Mapping[IRI, Extraction]) -> dict[str, str]:
    """How to write each name: as its introducing paper does, else as most do, else the first in alphabetical order."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for claim in extractions.get(paper.iri, Extraction(mentions=(), claims=())).claims:
            weight = 1000 if claim.predicate == "introduces" else 1
            for name, _ in [*_names_in(claim), *([(str(claim.object), "")] if claim.predicate == "introduces" else [])]:
                written[ids.slug(name)][re.sub(r"\s+-+\s+", " - ", " ".join(name.split()))] += weight
    return {name: min(count, key=lambda text: (-count[text], text)) for name, count in written.items()}


def _resolve_claim(
    resolution: Resolution,
    paper: Paper,
    claim: Claim,
    kinds: Mapping[str, str],
    labels: Mapping[str, str],
    surfaces: Mapping[str, set[str]],
) -> Claim:
    def name_to_iri(name: str, wanted: str = "") -> IRI:
        if name == PAPER:
            return paper.iri
        key = ids.slug(name)
        known = _known_data().get(key)
        kind = kinds.get(key, "Model")
        if wanted and not _fits(kind, wanted):
            kind = wanted  # a name in the place of data is data; a method of that name is another thing
        if known is not None and kind in ("Benchmark", "Dataset"):
            return resolution.add(known.kind, known.label, known.iri, known.aliases)
        label = labels.get(key, name)
        others = {s for s in surfaces.get(name, ()) if _is_other_name(s, label)}
        return resolution.add(kind, label, ids.entity_iri(kind, label), others)

    domain, values = _places().get(claim.predicate, ("", ""))
    subject = name_to_iri(claim.subject, domain)
    value = claim.object
    if isinstance(value, Result):
        benchmark = "-" if value.benchmark == "-" else name_to_iri(value.benchmark, "Dataset")
        return replace(claim, subject=subject, object=replace(value, benchmark=benchmark))
    if isinstance(value, Quantity):
        return replace(claim, subject=subject)
    if claim.predicate == "type":
        return replace(claim, subject=subject, object=vocab.load().classes[value].iri)
    if claim.predicate == "license":
        return replace(claim, subject=subject, object=_licence(resolution, value))
    return replace(claim, subject=subject, object=name_to_iri(value, values))


@cache
def _places() -> dict[str, tuple[str, str]]:
    """Give for each relation the class that its subject and its object must have: ``Model``, ``Dataset`` or any."""
    classes = vocab.load().classes
    wanted = {
        classes[name].iri: kind for kind, name in (("Model", "Model"), ("Model", "ModelEntity"), ("Dataset", "Dataset"))
    }
    return {
        name: (wanted.get(relation.domain or IRI(""), ""), wanted.get(relation.range or IRI(""), ""))
        for name, relation in vocab.load().relations.items()
    }


def _fits(kind: str, wanted: str) -> bool:
    return kind == wanted or (wanted == "Dataset" and kind == "Benchmark")


def _is_other_name(surface: str, label: str) -> bool:
    """Tell whether a form in the text is a name of its own, such as a long form, and no part of the label."""
    return ids.slug(surface) != ids.slug(label) and not label.startswith(surface) and not re.search(r"[\\{}$]", surface)


@cache
def _known_data() -> dict[str, vocab.Benchmark]:
    return {ids.slug(alias): b for b in reversed(vocab.load().benchmarks) for alias in (b.label, *b.aliases)}


def _licence(resolution: Resolution, spdx: str) -> IRI:
    licence = next(known for known in vocab.load().licences if (known.spdx or known.label) == spdx)
    return resolution.add("Licence", licence.label, licence.iri, licence.aliases)


# --- people, groups and labs -------------------------------------------------------------------------------------


def _resolve_byline(resolution: Resolution, paper: Paper) -> None:
    for position, name in enumerate(paper.authors, 1):
        agent = _agent(resolution, name)
        resolution.claims.append(
            Claim(subject=paper.iri, predicate="creator", object=agent, basis="listed", note=str(position))
        )
    for code in paper.affiliations:
        lab = _lab(resolution, code)
        resolution.claims.append(Claim(subject=paper.iri, predicate="listedAffiliation", object=lab, basis="listed"))


def _agent(resolution: Resolution, name: str) -> IRI:
    """Note a person, or a group where the ontology knows one of that name or the name looks like one."""
    folded = ids.slug(name)
    group = _known_groups().get(folded)
    if group is not None:
        return resolution.add("AuthorGroup", group.label, group.iri, (*group.aliases, name))
    kind = "AuthorGroup" if folded in _known_labs() or _GROUP.search(name) else "Person"
    return resolution.add(kind, name, ids.entity_iri(kind, name))


@cache
def _known_groups() -> dict[str, vocab.AuthorGroup]:
    return {ids.slug(name): g for g in reversed(vocab.load().groups) for name in (g.label, *g.aliases)}


@cache
def _known_labs() -> dict[str, vocab.Lab]:
    return {ids.slug(name): lab for lab in reversed(vocab.load().labs) for name in (lab.label, *lab.aliases)}


def _lab(resolution: Resolution, code: str) -> IRI:
    lab = _known_labs().get(ids.slug(code))
    if lab is not None:
        return resolution.add("Organization", lab.label, lab.iri, lab.aliases)
    return resolution.add("Organization", code, ids.entity_iri("Organization", code))

"""Which names mean the same thing: models, data, methods, people, groups and labs, within and across papers.

Each rule has an id and words, and each name that was taken to mean a thing called otherwise carries them into the
graph, where ``kg why --same`` tells them. What the curated statements (``ontology/same.ttl``) say overrules all rules.
Nothing is guessed: a wrong merge is worse than a missed one, and what may be one is kept apart and noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg import vocab
from kg.model import IRI, PAPER, Claim, Extraction, Paper, Quantity, Result
from kg.resolve.artefacts import Artefacts
from kg.resolve.organizations import Organizations, add_group, is_group
from kg.resolve.people import People
from kg.resolve.resolution import Resolution
from kg.resolve.statements import in_force

__all__ = ["Resolution", "resolve"]


def resolve(
    papers: Sequence[Paper], extractions: Mapping[IRI, Extraction], identities: Iterable[vocab.Identity] = ()
) -> Resolution:
    """Turn the claims of all papers, as written, into claims between IRIs, with an entity for each.

    :param extractions: what each paper's text gives, by the paper's IRI
    :param identities: a user's statements on names, which come before those of the ontology

    Listed facts (authors, affiliations) become claims too.
    """
    resolution = Resolution()
    papers = sorted(papers, key=lambda paper: paper.iri)
    statements = in_force(identities)
    artefacts = Artefacts(papers, extractions, statements)
    organizations = Organizations(papers, statements)
    people = People(papers, statements, is_person=lambda name: not is_group(name), labs_of=organizations.behind)
    for paper in papers:
        resolution.claims.extend(_resolve_byline(resolution, paper, people, organizations))
        for claim in extractions[paper.iri].claims if paper.iri in extractions else ():
            resolved = _resolve_claim(resolution, artefacts, paper, claim)
            if resolved.subject != resolved.object:  # two names of one thing
                resolution.claims.append(resolved)
    for names in (artefacts, organizations, people):
        names.tell_names(resolution)
    return resolution


def _resolve_claim(resolution: Resolution, artefacts: Artefacts, paper: Paper, claim: Claim) -> Claim:
    def entity(name: str, wanted: str = "") -> IRI:
        return paper.iri if name == PAPER else artefacts.entity(resolution, paper, name, wanted)

    domain, values = _places().get(claim.predicate, ("", ""))
    subject = entity(claim.subject, domain)
    value = claim.object
    if isinstance(value, Result):
        benchmark = "-" if value.benchmark == "-" else entity(value.benchmark, "Dataset")
        return replace(claim, subject=subject, object=replace(value, benchmark=benchmark))
    if isinstance(value, Quantity):
        return replace(claim, subject=subject)
    if claim.predicate == "type":
        return replace(claim, subject=subject, object=vocab.load().classes[value].iri)
    if claim.predicate == "license":
        return replace(claim, subject=subject, object=_licence(resolution, value))
    return replace(claim, subject=subject, object=entity(value, values))


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


def _licence(resolution: Resolution, spdx: str) -> IRI:
    licence = next(known for known in vocab.load().licences if (known.spdx or known.label) == spdx)
    return resolution.add("Licence", licence.label, licence.iri, licence.aliases)


def _resolve_byline(
    resolution: Resolution, paper: Paper, people: People, organizations: Organizations
) -> Iterator[Claim]:
    for position, name in enumerate(paper.authors, 1):
        agent = add_group(resolution, name) if is_group(name) else people.person(resolution, paper, position)
        yield Claim(subject=paper.iri, predicate="creator", object=agent, basis="listed", note=str(position))
    for code in paper.affiliations:
        lab = organizations.lab(resolution, code, paper)
        yield Claim(subject=paper.iri, predicate="listedAffiliation", object=lab, basis="listed")

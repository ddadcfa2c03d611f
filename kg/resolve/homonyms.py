"""Names that papers with nothing in common introduce: each of them means a thing of its own.

A name of our tables means what they say. Papers that share an author or a lab, or that spell the name out alike, mean
one thing, and so do all where more papers use a name than introduce it: everybody knows what it means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg import ids
from kg.model import IRI, Claim, Extraction, Paper
from kg.resolve.families import curated_family
from kg.resolve.meanings import is_listed, mean_the_same
from kg.resolve.models import spelling_key
from kg.resolve.partition import Partition, Reason

__all__ = ["homonyms"]

_TOGETHER = Reason(rule="name.introduced", words="papers of common authors, or that spell it out alike, introduce it")


def homonyms(
    papers: Sequence[Paper], extractions: Mapping[IRI, Extraction], long_forms: Mapping[str, Mapping[IRI, str]]
) -> dict[str, dict[IRI, IRI]]:
    """Give for each name that several papers introduce apart from each other what each paper means by it.

    :param long_forms: how papers spell short names out, by spelling key and paper

    By spelling key and paper, each thing is told by the first paper that introduces it. A paper that only uses the
    name means the thing of the authors whom it shares; of one that shares none, or some with several, nothing is told.
    """
    by_iri = {paper.iri: paper for paper in papers}
    introducers, users = _introducers_and_users(papers, extractions)
    found: dict[str, dict[IRI, IRI]] = {}
    for key, ours in sorted(introducers.items()):
        theirs = users.get(key, set()) - ours
        if len(ours) < 2 or len(theirs) >= len(ours):
            continue
        groups = Partition(sorted(ours))
        for one in sorted(ours):
            for other in sorted(ours):
                if one < other and _mean_one(by_iri[one], by_iri[other], long_forms.get(key, {})):
                    groups.join(one, other, _TOGETHER)
        if len(groups.groups()) > 1:
            found[key] = {paper: IRI(group[0]) for group in groups.groups() for paper in map(IRI, group)}
            for user in sorted(theirs):
                near = {
                    root for paper, root in found[key].items() if paper in ours and _share(by_iri[user], by_iri[paper])
                }
                if len(near) == 1:
                    found[key][user] = near.pop()
    return found


def _introducers_and_users(
    papers: Sequence[Paper], extractions: Mapping[IRI, Extraction]
) -> tuple[dict[str, set[IRI]], dict[str, set[IRI]]]:
    """Give the papers that introduce each name which no table lists, and those that say anything of one of these."""
    introducers: dict[str, set[IRI]] = defaultdict(set)
    users: dict[str, set[IRI]] = defaultdict(set)
    for paper in papers:
        for claim in extractions[paper.iri].claims if paper.iri in extractions else ():
            for name in _names(claim):
                users[spelling_key(name)].add(paper.iri)
            if claim.predicate == "introduces" and isinstance(claim.object, str):
                key = spelling_key(claim.object)
                if not is_listed(key) and curated_family(claim.object) is None:
                    introducers[key].add(paper.iri)
    return introducers, users


def _names(claim: Claim) -> list[str]:
    """Give the names in a claim, those in the place of data among them."""
    value = claim.object if isinstance(claim.object, str) else getattr(claim.object, "benchmark", "")
    return [name for name in (claim.subject, value) if name]


def _mean_one(one: Paper, other: Paper, long_forms: Mapping[IRI, str]) -> bool:
    """Tell whether two papers that introduce one name mean one thing."""
    forms = long_forms.get(one.iri), long_forms.get(other.iri)
    if forms[0] and forms[1]:
        return mean_the_same(forms[0], forms[1])
    return _share(one, other)


def _share(one: Paper, other: Paper) -> bool:
    """Tell whether two papers have an author or a lab in common."""
    people = [{ids.slug(name) for name in paper.authors} for paper in (one, other)]
    labs = [{ids.slug(name) for name in paper.affiliations} for paper in (one, other)]
    return bool(people[0] & people[1] or labs[0] & labs[1])

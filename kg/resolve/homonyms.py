"""Names that papers with nothing in common introduce: each of them means a thing of its own.

A name of our tables means what they say, but for one of a data set where a paper introduces a model or method under it.
Papers that share an author or a lab, or that spell the name out alike, mean
one thing, and so do all where at least as many other papers use a name as introduce it: what it means is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, product

from kg import ids
from kg.model import IRI, Extraction, Paper
from kg.resolve.families import curated_family
from kg.resolve.meanings import is_listed, mean_the_same
from kg.resolve.models import spelling_key
from kg.resolve.named import DATA, names_in
from kg.resolve.partition import Partition, Reason
from kg.resolve.persons import agreement, parse_person
from kg.resolve.surnames import VERY_COMMON

__all__ = ["homonyms"]

_ONE = Reason(rule="name.introduced", words="papers that have something in common introduce it")


def homonyms(
    papers: Sequence[Paper], extractions: Mapping[IRI, Extraction], forms: Mapping[str, Mapping[IRI, str]]
) -> dict[str, dict[IRI, IRI]]:
    """Give for each name that several papers introduce apart from each other what each paper means by it.

    :param forms: how papers spell short names out, by spelling key and paper (:func:`kg.resolve.meanings.long_forms`)

    By spelling key and paper, each thing is told by the first paper that introduces it, one that spells it out if any
    does. A paper that only uses the name means the thing of the authors or lab that it shares; nothing is told of one
    that shares none, or some with several.
    """
    by_iri = {paper.iri: paper for paper in papers}
    introducers, users = _introducers_and_users(papers, extractions)
    found: dict[str, dict[IRI, IRI]] = {}
    for key, ours in sorted(introducers.items()):
        theirs = users.get(key, set()) - ours
        if len(ours) < 2 or len(theirs) >= len(ours):
            continue
        introducing = [by_iri[iri] for iri in sorted(ours)]
        things = _things(introducing, forms.get(key, {}))
        if len(set(things.values())) < 2:
            continue
        used = {
            user: {things[p.iri] for p in introducing if p.iri in things and _share(p, by_iri[user])} for user in theirs
        }
        found[key] = things | {user: meant.pop() for user, meant in used.items() if len(meant) == 1}
    return found


def _introducers_and_users(
    papers: Sequence[Paper], extractions: Mapping[IRI, Extraction]
) -> tuple[dict[str, set[IRI]], dict[str, set[IRI]]]:
    """Give by spelling key the papers that introduce a name of their own, and those that say something of a name.

    Nobody uses such a name of another who has a data set of our tables in mind.
    """
    introducers: dict[str, set[IRI]] = defaultdict(set)
    users: dict[str, set[IRI]] = defaultdict(set)
    for paper in papers:
        claims = extractions[paper.iri].claims if paper.iri in extractions else ()
        data = {claim.subject for claim in claims if claim.predicate == "type" and claim.object in DATA}
        for claim in claims:
            for name, kind in names_in(claim):
                key = spelling_key(name)
                if not (is_listed(key) and kind in DATA):
                    users[key].add(paper.iri)
            if claim.predicate == "introduces" and isinstance(claim.object, str):
                key, family = spelling_key(claim.object), curated_family(claim.object)
                if family is None and not (is_listed(key) and claim.object in data):
                    introducers[key].add(paper.iri)
    return introducers, users


def _things(introducing: Sequence[Paper], forms: Mapping[IRI, str]) -> dict[IRI, IRI]:
    """Sort papers that introduce one name by what they mean; left out is who may mean either of two long forms."""
    groups = Partition(paper.iri for paper in introducing)
    for one, other in combinations(introducing, 2):
        if _mean_one(one, other, forms):
            groups.join(one.iri, other.iri, _ONE)
    found: dict[IRI, IRI] = {}
    for group in groups.groups():
        members = [IRI(paper) for paper in group]
        spelled = [paper for paper in members if paper in forms]
        clear = all(mean_the_same(forms[spelled[0]], forms[paper]) for paper in spelled)
        found |= {paper: (spelled or members)[0] for paper in members if clear or paper in forms}
    return found


def _mean_one(one: Paper, other: Paper, forms: Mapping[IRI, str]) -> bool:
    """Tell whether two papers that introduce one name mean one thing."""
    if one.iri in forms and other.iri in forms:
        return mean_the_same(forms[one.iri], forms[other.iri])
    return _share(one, other)


def _share(one: Paper, other: Paper) -> bool:
    """Tell whether two papers have an author or a lab in common."""
    labs = [{ids.slug(name) for name in paper.affiliations} for paper in (one, other)]
    return bool(labs[0] & labs[1]) or any(_is_one(a, b) for a, b in product(one.authors, other.authors))


def _is_one(one: str, other: str) -> bool:
    """Tell whether two bylines may name one person; initials before a very common surname prove nothing."""
    a, b = parse_person(one), parse_person(other)
    way = agreement(a, b)
    return way is not None and ((a.spelled_out and b.spelled_out) or not a.surnames & VERY_COMMON)

"""Laboratories under their names, codes and legal forms, and the groups of authors that act for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from kg import ids, vocab
from kg.model import IRI, Claim, Paper
from kg.resolve.models import SPELLING, spelling_key
from kg.resolve.partition import Partition, Reason
from kg.resolve.resolution import Resolution
from kg.resolve.statements import Statements, plain

__all__ = ["Organizations", "acting_for", "add_group", "group_of", "is_group", "lab_named", "lab_reading"]

_LISTED = Reason(rule="lab.listed", words="our table of laboratories lists it as another name")
_LEGAL = Reason(rule="lab.legal-form", words="only the legal form or the article differs")
_PART = Reason(rule="lab.part", words="of its parts between commas one is in our table of laboratories")

_GROUP = re.compile(
    r"\S,? (?:Inc\.?|LLC|Ltd\.?|GmbH)$"
    r"|(?:^|\S[ -])(?:Team|Collaboration|Consortium|Group|Community|Project|Initiative|Authors|Labs?|AI)$"
    r"|^(?:The|Team) \w"
)
_TWO_NAMES = re.compile(r"[^\W\d_][a-zà-ÿ]+[ -][^\W\d_][a-zà-ÿ]+")
_GROUP_WORD = re.compile(r"[ -](?:Team|Group|Authors|Labs?)$", re.IGNORECASE)
_FORM = re.compile(
    r"^the\s+|[\s,]+(?:inc|llc|ltd|limited|corp|corporation|gmbh|ag|co|company|plc|s\.?a\.?s?|b\.?v|pte)\.?$",
    re.IGNORECASE,
)


class Organizations:
    """The organisations that listings show beside the authors."""

    def __init__(self, papers: Sequence[Paper], statements: Iterable[vocab.Identity]) -> None:
        self._statements = Statements(statements, spelling_key)
        self._papers: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            for name in paper.affiliations:
                self._papers[self._statements.node(name, paper)].add(paper.iri)
        self._partition = Partition(self._papers)
        for reading in filter(None, (lab_reading(plain(node)) for node in self._papers)):
            self._partition.add(reading[0].label)
        self._statements.apply(self._partition)
        self._sort()

    def _sort(self) -> None:
        """Join what means the same, the surest reason first."""
        alike: dict[str, list[str]] = defaultdict(list)
        for node in sorted(name for group in self._partition.groups() for name in group):
            name = plain(node)
            if reading := lab_reading(name):
                self._partition.add(reading[0].label)
                self._partition.join(reading[0].label, node, reading[1])
            alike[spelling_key(_without_form(name))].append(node)
        for nodes in alike.values():
            for node in nodes[1:]:
                same = spelling_key(plain(node)) == spelling_key(plain(nodes[0]))
                self._partition.join(nodes[0], node, SPELLING if same else _LEGAL)

    def lab(self, resolution: Resolution, name: str, paper: Paper) -> IRI:
        """Give the organisation that a paper's listing means by a name, noted as an entity."""
        group = self._partition.group(self._statements.node(name, paper))
        known = self._known(group)
        if known is not None:
            return resolution.add("Organization", known.label, known.iri, known.aliases)
        label = self._label(group)
        return resolution.add("Organization", label, ids.entity_iri("Organization", label))

    def behind(self, paper: Paper) -> dict[str, str]:
        """Give what stands for the laboratories and groups of a paper, each with its name."""
        found: dict[str, str] = {}
        for name in paper.affiliations:
            group = self._partition.group(self._statements.node(name, paper))
            known = self._known(group)
            label = known.label if known else self._label(group)
            found[f"lab\x1f{label}"] = label
        for name in filter(is_group, paper.authors):
            group_name, lab = group_of(name), acting_for(name)
            listed = next((lab for lab in vocab.load().labs if group_name and lab.iri == group_name.acts_for), None)
            acting = listed or (lab[0] if lab else None)
            found[f"group\x1f{spelling_key(group_name.label if group_name else name)}"] = name
            if acting:
                found[f"lab\x1f{acting.label}"] = acting.label
        return found

    def _known(self, group: Sequence[str]) -> vocab.Lab | None:
        readings = filter(None, (lab_reading(plain(node)) for node in group))
        found = {lab.label: lab for lab, _ in readings if lab.label in group}
        return found[min(found)] if found else None

    def _label(self, group: Sequence[str]) -> str:
        """Write it as most papers do, without a legal form where one does."""
        names = [node for node in group if self._papers.get(node)]
        return plain(min(names, key=lambda n: (_without_form(plain(n)) != plain(n), -len(self._papers[n]), n)))

    def tell_names(self, resolution: Resolution) -> None:
        """Note under which other names listings show each organisation and why these mean it."""
        for group in self._partition.groups():
            known = self._known(group)
            label = known.label if known else self._label(group) if any(map(self._papers.get, group)) else ""
            iri = known.iri if known else ids.entity_iri("Organization", label or "-")
            if iri not in resolution.entities:
                continue
            main = next((node for node in group if plain(node) == label), group[0])
            for node in group:
                reasons = [step.reason for step in self._partition.steps(node, main)]
                papers = self._papers.get(node, set())
                curated = any(reason.sources for reason in reasons)
                if spelling_key(plain(node)) != spelling_key(label) and (papers or curated):
                    resolution.add_name(iri, plain(node), papers, reasons)
                    resolution.add("Organization", label, iri, [plain(node)])


def lab_reading(name: str) -> tuple[vocab.Lab, Reason] | None:
    """Give the laboratory that a name means by our table, if there is one, with the reason.

    >>> found = lab_reading("Mila, Montreal")
    >>> found and (found[0].label, found[1].rule)
    ('Mila', 'lab.part')
    """
    if lab := lab_named(name):
        return lab, SPELLING if spelling_key(lab.label) == spelling_key(name) else _LISTED
    if lab := lab_named(_without_form(name)):
        return lab, _LEGAL
    parts = {part.strip() for part in re.split(r"[,;()]", name)}
    labs = {found.iri: found for part in parts if (found := lab_named(part))}
    return (next(iter(labs.values())), _PART) if len(labs) == 1 else None


def _without_form(name: str) -> str:
    """Take article and legal form off a name.

    >>> _without_form("The Mathworks, Inc."), _without_form("Zephon GmbH")
    ('Mathworks', 'Zephon')
    """
    while (bare := _FORM.sub("", name).strip(" ,")) != name and bare:
        name = bare
    return name


def lab_named(name: str) -> vocab.Lab | None:
    """Give the laboratory of our table that has the name, code or alias.

    >>> lab = lab_named("deepmind")
    >>> lab and lab.label
    'Google DeepMind'
    """
    return _labs().get(spelling_key(name))


@cache
def _labs() -> dict[str, vocab.Lab]:
    return {spelling_key(name): lab for lab in reversed(vocab.load().labs) for name in _spellings(lab)}


# --- groups of authors -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 17)
def is_group(name: str) -> bool:
    """Tell whether a name in an author list is that of a group: one of our table, a laboratory's, or by its words.

    Two names that only together spell a laboratory's are a person's (Hua Wei).

    >>> [is_group(name) for name in ("Gemini Team", "DeepSeek-AI", "The Zephon Collaboration", "Ada Byron", "Hua Wei")]
    [True, True, True, False, False]
    """
    if group_of(name) is not None or _GROUP.search(name):
        return True
    lab = lab_named(name)
    if lab is None or not _TWO_NAMES.fullmatch(name):
        return lab is not None
    return any(
        len(re.split("[ -]", listed)) > 1 for listed in _spellings(lab) if spelling_key(listed) == spelling_key(name)
    )


def _spellings(lab: vocab.Lab) -> tuple[str, ...]:
    return (lab.label, *lab.aliases)


def group_of(name: str) -> vocab.AuthorGroup | None:
    """Give the author group of our table that has the name or alias."""
    return _groups().get(spelling_key(_without_form(name)))


@cache
def _groups() -> dict[str, vocab.AuthorGroup]:
    return {spelling_key(name): g for g in reversed(vocab.load().groups) for name in (g.label, *g.aliases)}


def acting_for(name: str) -> tuple[vocab.Lab, str] | None:
    """Give the laboratory for which a group acts that our table does not list, and by what in its name.

    >>> found = acting_for("Codestral Team")
    >>> found and (found[0].label, found[1])
    ('Mistral AI', 'its name is that of the family Codestral, which the laboratory develops')
    """
    if lab := lab_named(name):
        return lab, "its name is the laboratory's"
    bare = _GROUP_WORD.sub("", _without_form(name))
    if bare == name:
        return None
    if lab := lab_named(bare):
        return lab, "its name is the laboratory's with a word for a group"
    family = _families().get(spelling_key(bare))
    maker = next((lab for lab in vocab.load().labs if family and lab.iri == family.developer), None)
    if family and maker:
        return maker, f"its name is that of the family {family.label}, which the laboratory develops"
    return None


@cache
def _families() -> dict[str, vocab.Family]:
    return {spelling_key(name): family for family in vocab.load().families for name in (family.label, *family.aliases)}


def add_group(resolution: Resolution, name: str) -> IRI:
    """Note a group of authors, and for whom it acts where only its name says so."""
    group = group_of(name)
    if group is not None:
        return resolution.add("AuthorGroup", group.label, group.iri, (*group.aliases, name))
    iri = resolution.add("AuthorGroup", name, ids.entity_iri("AuthorGroup", name))
    if found := acting_for(name):
        lab, note = found
        resolution.add("Organization", lab.label, lab.iri, lab.aliases)
        claim = Claim(subject=iri, predicate="actsFor", object=lab.iri, basis="inferred", note=note)
        resolution.claims.append(claim)
    return iri

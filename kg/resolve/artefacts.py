"""Which names in claims mean the same model, data set, method or software, and what these are called."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from kg import ids, vocab
from kg.model import IRI, Extraction, Paper
from kg.names import is_extension, tokens_of
from kg.resolve.homonyms import homonyms
from kg.resolve.meanings import is_listed, long_forms, meanings
from kg.resolve.models import FIRST_RELEASES, SPELLING, join_models, spelling_key
from kg.resolve.named import DATA, names_in
from kg.resolve.partition import Partition, Reason
from kg.resolve.resolution import Resolution
from kg.resolve.statements import Statements, plain

__all__ = ["Artefacts"]

#: Predicates that say of their subject that it is a model.
_MODEL_SUBJECTS = frozenset({"parameterCount", "activeParameterCount", "contextLength", "trainingTokens"})

_IN_PAPER = Reason(rule="paper.says", words="the paper itself uses both names for one thing")
_TOLD_APART = Reason(rule="paper.apart", words="a paper says something of the one and the other")
_LISTED = Reason(rule="name.listed", words="our table of benchmarks and data sets lists it as another name")
_SPELLED_OUT = Reason(rule="name.meanings", words="the paper spells it out so, and others spell it out otherwise")
_SEVERAL = Reason(rule="name.meanings", words="papers spell this short name out in several ways")
_OF_EACH = Reason(rule="name.introduced", words="papers without a common author or lab introduce it, each for itself")
_INTRODUCED = 1000
_MEANING = "\x1f="
_OWN = "\x1f@"

#: Two names that may be one thing, and why.
_Open = tuple[str, str, Reason]


@dataclass(slots=True)
class _Named:
    """What the papers say under one name or group of names."""

    votes: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)

    def update(self, other: _Named) -> None:
        self.votes.update(other.votes)
        self.stated.update(other.stated)
        self.forms.update(other.forms)

    @property
    def kind(self) -> str:
        """The class: the introducing paper's, else what most words say; of as many, the first in the alphabet."""
        count = self.stated or self.votes
        return min(count, key=lambda kind: (-count[kind], kind), default="Model")

    @property
    def label(self) -> str:
        """How to write it: as its introducing paper does, else as most do, else the first in the alphabet."""
        return min(self.forms, key=lambda form: (-self.forms[form], form))


class Artefacts:
    """The things that the papers' claims name. Ask :meth:`entity` for each name, then :meth:`tell_names` once."""

    def __init__(
        self, papers: Sequence[Paper], extractions: Mapping[IRI, Extraction], statements: Iterable[vocab.Identity]
    ) -> None:
        self._statements = Statements(statements, spelling_key)
        forms = long_forms(papers, extractions)
        self._meanings = meanings(forms)
        self._homonyms = homonyms(papers, extractions, forms)
        self._said: dict[str, _Named] = defaultdict(_Named)
        self._papers: dict[str, set[str]] = defaultdict(set)
        self._told_apart: set[tuple[str, str]] = set()
        self._surfaces: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for paper in papers:
            if extraction := extractions.get(paper.iri):
                self._read(paper, extraction)
        self._partition = Partition(self._said)
        self._open = self._sort_names()
        self._things: dict[str, _Named] = defaultdict(_Named)
        for node in sorted(self._said):
            self._things[self._partition.root(node)].update(self._said[node])
        self._own = self._marks()
        self._used: dict[IRI, str] = {}

    def _read(self, paper: Paper, extraction: Extraction) -> None:
        """Count what one paper says of each name, and in which class and form."""
        introduced = {claim.object for claim in extraction.claims if claim.predicate == "introduces"}
        for claim in extraction.claims:
            if claim.predicate == "type" and claim.subject in introduced and isinstance(claim.object, str):
                self._named(claim.subject, paper).stated[claim.object] += 1
            if claim.predicate == "introduces" and isinstance(claim.object, str):
                self._named(claim.object, paper, _INTRODUCED)
            for name, kind in names_in(claim):
                named = self._named(name, paper, _INTRODUCED if claim.predicate == "introduces" else 1)
                named.votes[kind] += 2 if claim.predicate in _MODEL_SUBJECTS else 1
            self._tell_apart([self._node(name, paper) for name, _ in names_in(claim)])
        for mention in extraction.mentions:
            node = self._node(mention.text, paper)
            if node in self._said:
                self._said[node].votes[mention.type] += 3 if mention.type else 0
                self._surfaces[node][_squeeze(mention.surface)].add(paper.iri)

    def _tell_apart(self, ends: Sequence[str]) -> None:
        """Remember that a claim joins two names: they are two things, unless they are spelt alike."""
        if len(ends) > 1 and spelling_key(plain(ends[0])) != spelling_key(plain(ends[1])):
            self._told_apart.add((min(ends), max(ends)))

    def _node(self, name: str, paper: Paper) -> str:
        """Give the node for a name in a paper, with a mark where papers mean several things by it."""
        node, key = self._statements.node(_squeeze(name), paper), spelling_key(name)
        own = self._homonyms.get(key, {}).get(paper.iri)
        meanings = self._meanings.get(key, {})
        if meaning := meanings.get(paper.iri) or (own and meanings.get(own)):
            return f"{node}{_MEANING}{meaning}"
        return f"{node}{_OWN}{own}" if own else node

    def _named(self, name: str, paper: Paper, weight: int = 0) -> _Named:
        node = self._node(name, paper)
        self._papers[node].add(paper.iri)
        meaning = node.partition(_MEANING)[2]
        form = _form(f"{name} ({meaning})" if meaning else name)
        self._said[node].forms[form] += weight
        return self._said[node]

    def _sort_names(self) -> list[_Open]:
        """Join what means the same, the surest reason first; give the pairs of models that may be one."""
        partition = self._partition
        for known in [_known_data().get(ids.slug(plain(node))) for node in self._said]:
            if known is not None:
                partition.add(known.label)
        self._statements.apply(partition)
        for one, other in sorted(self._told_apart):
            partition.separate(one, other, _TOLD_APART)
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for node in sorted(self._said):
            alike[spelling_key(plain(node)), _mark_of(node)].append(node)
        for nodes in alike.values():
            for node in nodes[1:]:
                partition.join(nodes[0], node, SPELLING)
        models = []
        for nodes in alike.values():
            said = _Named()
            for node in nodes:
                said.update(self._said[node])
            known = _known_data().get(ids.slug(plain(nodes[0])))
            if known is not None and not _mark_of(nodes[0]):
                partition.join(known.label, nodes[0], _LISTED)
            elif said.kind == "Model":
                models += [node for node in nodes if plain(node) == node]
        return [*join_models(partition, models), *self._of_several_meanings(alike)]

    def _of_several_meanings(self, alike: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[_Open]:
        """Yield the names of which a paper does not tell what it means, with each thing that they may mean.

        Of the things that one name was given apart from each other, the first may be any of the others.
        """
        given: dict[str, str] = {}
        for (key, mark), nodes in sorted(alike.items()):
            if mark and (key, "") in alike and not is_listed(key):
                yield alike[key, ""][0], nodes[0], _SEVERAL if mark.startswith(_MEANING) else _OF_EACH
            if mark.startswith(_OWN) and given.setdefault(key, nodes[0]) != nodes[0]:
                yield given[key], nodes[0], _OF_EACH

    def entity(self, resolution: Resolution, paper: Paper, name: str, wanted: str = "") -> IRI:
        """Give the thing that a paper means by a name, noted as an entity.

        ``wanted`` is the class that its place in a claim demands: a name in the place of data is data, and a method
        of that name is another thing.
        """
        node = self._node(name, paper)
        root = self._partition.root(node) if node in self._partition else node
        thing = self._things[root]
        known = self._known(root)
        kind = thing.kind
        if known is not None and (not thing.stated or kind in DATA):
            kind = known.kind
        if wanted and not _fits(kind, wanted):
            kind = wanted
        if known is not None and kind in DATA:
            iri = resolution.add(known.kind, known.label, known.iri, known.aliases)
        else:
            own = ids.entity_iri(kind, thing.label, apart=self._own.get(root, ""))
            iri = resolution.add(kind, thing.label, own)
        self._used[iri] = root
        return iri

    def _known(self, root: str) -> vocab.Benchmark | None:
        """Give the entry of our table that a group of names means."""
        entries = (_known_data().get(ids.slug(plain(node))) for node in self._partition.group(root))
        found = {entry.label: entry for entry in entries if entry and entry.label in self._partition.group(root)}
        return found[min(found)] if found else None

    def _marks(self) -> dict[str, str]:
        """Tell things apart that have one name, by the first of their nodes; one of them needs no mark."""
        namesakes: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        for root, thing in self._things.items():
            nodes = (node.partition(_MEANING)[0] for node in self._partition.group(root))
            confined = all(plain(node) != node for node in nodes)
            namesakes[ids.slug(thing.label)].append((confined, root))
        marked = (
            root
            for found in namesakes.values()
            for place, (confined, root) in enumerate(sorted(found))
            if place or confined
        )
        return {root: min(self._partition.group(root)) for root in marked}

    # --- what was merged, and why ---

    def tell_names(self, resolution: Resolution) -> None:
        """Note under which other names papers write each thing and why these mean it; which may be or are not one."""
        things: dict[str, list[IRI]] = defaultdict(list)
        for iri, root in sorted(self._used.items()):
            things[root].append(iri)
            self._tell(resolution, iri, root)
        for one, other, reason in self._open:
            for first, second in self._pairs(things, one, other):
                resolution.add_open(first, second, reason, self._papers[one])
        for one, other, reason in self._partition.separations():
            for first, second in self._pairs(things, one, other):
                resolution.add_apart(first, second, reason)

    def _tell(self, resolution: Resolution, iri: IRI, root: str) -> None:
        """Note the names of one thing, but for those that only differ from its label in spelling."""
        label = resolution.entities[iri].label
        nodes = sorted(self._partition.group(root))
        main = next((node for node in nodes if _form(plain(node)) == label), nodes[0])
        told: dict[str, tuple[set[str], list[Reason]]] = defaultdict(lambda: (set(), []))

        def tell(name: str, papers: Iterable[str], reasons: Iterable[Reason]) -> None:
            told[name][0].update(papers)
            told[name][1].extend(reasons)

        for node in nodes:
            reasons = [step.reason for step in self._partition.steps(node, main)]
            spelled_out = [_SPELLED_OUT] if _MEANING in node else []
            if self._papers.get(node) or any(reason.sources for reason in reasons):
                for name in filter(None, (plain(node), node.partition(_MEANING)[2])):
                    tell(_form(name), self._papers.get(node, ()), [*spelled_out, *reasons])
            for surface, papers in sorted(self._surfaces.get(node, {}).items()):
                if _is_other_name(surface, label) and surface not in map(plain, nodes):
                    tell(surface, papers, [_IN_PAPER, *reasons])
        names = {name for name in told if spelling_key(name) != spelling_key(label)}
        for name in sorted(names):
            resolution.add_name(iri, name, *told[name])
        entity = resolution.entities[iri]
        resolution.add(entity.type, entity.label, iri, names)

    def _pairs(self, things: Mapping[str, Sequence[IRI]], one: str, other: str) -> Iterator[tuple[IRI, IRI]]:
        """Yield the entities of two names that are not one thing."""
        roots = self._partition.root(one), self._partition.root(other)
        if roots[0] != roots[1]:
            yield from product(things.get(roots[0], ()), things.get(roots[1], ()))


def _mark_of(node: str) -> str:
    """Give the mark of what its paper means by a name; empty where that is what everybody means."""
    mark = re.search(f"(?:{_MEANING}|{_OWN}).*", node)
    return mark[0] if mark else ""


def _squeeze(name: str) -> str:
    return " ".join(name.split())


def _form(name: str) -> str:
    """Write a name with single spaces and a single dash between words.

    >>> _form("Llama 2 13B --  Chat")
    'Llama 2 13B - Chat'
    """
    return re.sub(r"\s+-+\s+", " - ", _squeeze(name))


def _fits(kind: str, wanted: str) -> bool:
    return kind == wanted or (wanted == "Dataset" and kind == "Benchmark")


def _is_other_name(surface: str, label: str) -> bool:
    """Tell whether a form in the text is a name of its own, such as a long form.

    A part of the label is none, nor is what only adds words to it, such as a version; a first release's tag may be.
    """
    if ids.slug(surface) == ids.slug(label) or surface in label:
        return False
    if is_extension(surface, label) and tokens_of(surface)[-1].casefold() not in FIRST_RELEASES:
        return False
    return surface.count("(") == surface.count(")") and not re.search(r"[\\{}$]", surface)


@cache
def _known_data() -> dict[str, vocab.Benchmark]:
    return {ids.slug(alias): b for b in reversed(vocab.load().benchmarks) for alias in (b.label, *b.aliases)}

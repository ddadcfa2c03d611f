"""One graph from many claims: what names and the ontology add, and one claim for all that say the same.

Nothing added here looks as if a paper had said it: what the ontology states is *curated* and names its source, what
follows from names is *inferred* and says by what.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg import vocab
from kg.model import IRI, Claim, Entity, Evidence, Extraction, KnowledgeGraph, Paper, Quantity, Result
from kg.resolve import Resolution, resolve
from kg.resolve.families import memberships

__all__ = ["build_graph", "combined_confidence", "merge_claims"]


def build_graph(
    papers: Sequence[Paper], extractions: Mapping[IRI, Extraction], identities: Iterable[vocab.Identity] = ()
) -> KnowledgeGraph:
    """Resolve the claims of all papers, add what the ontology and the names tell, and merge what says the same.

    :param extractions: what each paper's text gives, by the paper's IRI
    :param identities: a user's statements on which names mean the same, which overrule those of the ontology
    :returns: the graph, its parts sorted by IRI or content, so that equal input gives equal output
    """
    resolution = resolve(papers, extractions, identities)
    members = _add_memberships(resolution, papers)
    _add_curated(resolution, set(members.values()))
    resolution.claims.extend(_sizes_in_names(resolution))
    resolution.claims.extend(_series_in_names(resolution))
    resolution.claims.extend(_developers(resolution, members))
    resolution.claims.extend(_producers(resolution, papers, members))
    return KnowledgeGraph(
        papers=tuple(sorted(papers, key=lambda p: p.iri)),
        entities=tuple(resolution.entities[iri] for iri in sorted(resolution.entities)),
        claims=tuple(merge_claims(resolution.claims)),
    )


# --- merging -----------------------------------------------------------------------------------------------------


def merge_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Make one claim of all with the same subject, predicate, object and basis; keep every evidence, sorted.

    An inferred claim that a text, a list or the ontology states as well is dropped: the stronger basis stands.
    """
    merged: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (
            claim.subject,
            claim.predicate,
            claim.object,
            claim.basis,
            claim.note if claim.predicate == "creator" else "",
        )
        first = merged.get(key)
        evidence = _surest_by_place([*(first.evidence if first else ()), *claim.evidence])
        sources = sorted({*(first.sources if first else ()), *claim.sources})
        merged[key] = Claim(
            subject=claim.subject,
            predicate=claim.predicate,
            object=claim.object,
            basis=claim.basis,
            evidence=tuple(evidence),
            sources=tuple(sources),
            note=first.note if first else claim.note,
        )
    stated = {(c.subject, c.predicate, c.object) for c in merged.values() if c.basis != "inferred"}
    kept = [c for c in merged.values() if c.basis != "inferred" or (c.subject, c.predicate, c.object) not in stated]
    return sorted(kept, key=_order)


def _surest_by_place(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Keep of several rules that found a claim in one sentence the surest, and sort by place."""
    kept: dict[tuple[str, int, int], Evidence] = {}
    for item in sorted(evidence, key=lambda e: (-e.confidence, e.rule)):
        kept.setdefault((item.paper, item.start, item.end), item)
    return [kept[place] for place in sorted(kept)]


def _order(claim: Claim) -> tuple[str, str, str, str, str]:
    return claim.subject, claim.predicate, _object_text(claim), claim.basis, claim.note.zfill(6)


def _object_text(claim: Claim) -> str:
    match claim.object:
        case Quantity(value=value):
            return str(value).zfill(20)
        case Result(benchmark=benchmark, metric=metric, value=value):
            return f"{benchmark} {metric} {value}"
        case str(text):
            return text


def combined_confidence(evidence: Iterable[Evidence]) -> float:
    """How sure a claim is, from 0 to 1, given all that supports it.

    Sentences of one paper are not independent: its surest counts. Papers are taken to be: ``1 - Π(1 - p)``.

    >>> from kg.model import IRI
    >>> def said(paper, p): return Evidence(paper=IRI(paper), start=0, end=1, quote="x", rule="r", confidence=p)
    >>> combined_confidence([said("a", 0.9), said("b", 0.8), said("a", 0.5)])
    0.98
    """
    best: dict[IRI, float] = {}
    for item in evidence:
        best[item.paper] = max(best.get(item.paper, 0.0), item.confidence)
    return round(1 - math.prod(1 - p for p in best.values()), 4)


# --- what the ontology adds --------------------------------------------------------------------------------------


def _add_memberships(resolution: Resolution, papers: Sequence[Paper]) -> dict[IRI, IRI]:
    """Note the family of each model whose name says it; give the family of each."""
    found = memberships(resolution.entities.values(), (paper.text for paper in papers))
    for one in found:
        if one.label:
            resolution.add("ModelFamily", one.label, one.family)
        resolution.claims.append(
            Claim(subject=one.model, predicate="inFamily", object=one.family, basis="inferred", note=one.note)
        )
    return {one.model: one.family for one in found}


def _add_curated(resolution: Resolution, families: set[IRI]) -> None:
    """Add the families in use with their developers, the curated links between them, and whom groups act for.

    A family without a model in the graph is added only where it lies on a line from one in use to another.
    """
    known = {f.iri: f for f in vocab.load().families}
    used = families & known.keys()
    kept = used | _between(used, known)
    for iri in sorted(kept):
        family = known[iri]
        resolution.add("ModelFamily", family.label, iri, family.aliases)
        for link in family.succeeds:
            if link.iri in kept:
                resolution.claims.append(_curated(iri, link.predicate, link.iri, link.sources, link.note))
        for developer in family.developers:
            _add_lab(resolution, developer)
            resolution.claims.append(_curated(iri, "developer", developer, family.developer_sources))
    for group in vocab.load().groups:
        if group.iri in resolution.entities:
            _add_lab(resolution, group.acts_for)
            resolution.claims.append(_curated(group.iri, "actsFor", group.acts_for, group.sources))


def _between(families: set[IRI], known: Mapping[IRI, vocab.Family]) -> set[IRI]:
    """Give the families on a curated line from one family in use to another."""
    found: set[IRI] = set()
    for start in families:
        lines: list[tuple[IRI, ...]] = [(link.iri,) for link in known[start].succeeds]
        while lines:
            line = lines.pop()
            if line[-1] in families:
                found.update(line)
            else:
                lines.extend((*line, link.iri) for link in known[line[-1]].succeeds if link.iri not in line)
    return found


def _curated(subject: IRI, predicate: str, value: IRI, sources: Sequence[str], note: str = "") -> Claim:
    return Claim(subject=subject, predicate=predicate, object=value, basis="curated", sources=tuple(sources), note=note)


def _add_lab(resolution: Resolution, iri: IRI) -> None:
    lab = next(lab for lab in vocab.load().labs if lab.iri == iri)
    resolution.add("Organization", lab.label, lab.iri, lab.aliases)


# --- what names tell ---------------------------------------------------------------------------------------------

_SIZE = re.compile(r"(?<![\w.])(?P<number>\d+(?:\.\d+)?)(?P<unit>[BM])(?![\w.]*x)\b")


def _models(resolution: Resolution) -> list[Entity]:
    return sorted((e for e in resolution.entities.values() if e.type == "Model"), key=lambda e: e.iri)


def _sizes_in_names(resolution: Resolution) -> Iterator[Claim]:
    """Take a size in a model's name as its number of parameters, where no text states another."""
    stated = {c.subject for c in resolution.claims if c.predicate == "parameterCount"}
    for model in _models(resolution):
        size = _SIZE.search(model.label)
        if size and model.iri not in stated:
            value = round(float(size["number"]) * {"B": 10**9, "M": 10**6}[size["unit"]])
            yield Claim(
                subject=model.iri,
                predicate="parameterCount",
                object=Quantity(value=value),
                basis="inferred",
                note="stated by its name",
            )


def _series_in_names(resolution: Resolution) -> Iterator[Claim]:
    """Take a model whose name goes on behind another's as its variant: Llama 2 70B and Llama 2."""
    stated = {c.subject for c in resolution.claims if c.predicate == "variantOf"}
    models = _models(resolution)
    called: dict[str, list[Entity]] = defaultdict(list)
    for model in models:
        called[model.label.casefold()].append(model)
    for model in models:
        if model.iri in stated:
            continue
        name = model.label.casefold()
        starts = (name[:end] for end, character in enumerate(name) if character in " -")
        bases = [base for start in starts for base in called.get(start, ())]
        if bases:
            base = max(bases, key=lambda m: (len(m.label), m.iri))
            note = f"its name extends {base.label}"
            yield Claim(subject=model.iri, predicate="variantOf", object=base.iri, basis="inferred", note=note)


def _developers(resolution: Resolution, members: Mapping[IRI, IRI]) -> Iterator[Claim]:
    """Take the developer of a model's family for the model's."""
    developers = {f.iri: f.developer for f in vocab.load().families}
    for model, family in sorted(members.items()):
        developer = developers.get(family)
        if developer is not None:
            yield Claim(
                subject=model, predicate="developer", object=developer, basis="inferred", note="developer of its family"
            )


def _producers(resolution: Resolution, papers: Sequence[Paper], members: Mapping[IRI, IRI]) -> Iterator[Claim]:
    """Find the lab behind a paper: whom its group author acts for, else the one developer of what it introduces."""
    acts_for = {c.subject: c.object for c in resolution.claims if c.predicate == "actsFor"}
    developers = {f.iri: f.developer for f in vocab.load().families}
    creators: dict[str, list[str]] = defaultdict(list)
    introduced: dict[str, list[str]] = defaultdict(list)
    for claim in resolution.claims:
        if claim.predicate == "creator":
            creators[claim.subject].append(str(claim.object))
        elif claim.predicate == "introduces":
            introduced[claim.subject].append(str(claim.object))
    for paper in papers:
        groups = sorted({str(acts_for[a]) for a in creators[paper.iri] if a in acts_for})
        labs = Counter(developers.get(members[IRI(m)]) for m in introduced[paper.iri] if IRI(m) in members)
        labs.pop(None, None)
        if groups:
            for lab in groups:
                yield Claim(
                    subject=paper.iri,
                    predicate="producedBy",
                    object=IRI(lab),
                    basis="inferred",
                    note="its group author acts for the lab",
                )
        elif len(labs) == 1:
            yield Claim(
                subject=paper.iri,
                predicate="producedBy",
                object=IRI(str(next(iter(labs)))),
                basis="inferred",
                note="developer of the models it introduces",
            )

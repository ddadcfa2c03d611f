"""What resolution gives: the entities found, the claims between them, and why names were taken to mean them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import IRI, Basis, Claim, Entity
from kg.resolve.partition import Reason

__all__ = ["Resolution"]


@dataclass(slots=True)
class Resolution:
    """The entities found and the claims between them; filled by :func:`kg.resolve.resolve`."""

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

    def add_name(self, iri: IRI, name: str, papers: Iterable[str], reasons: Sequence[Reason]) -> None:
        """Note that papers write an entity under a name that is not its label, and why that name means it."""
        sources = {source for reason in reasons for source in reason.sources}
        self.claims.append(
            Claim(
                subject=iri,
                predicate="writtenAs",
                object=name,
                basis="curated" if sources else "inferred",
                sources=tuple(sorted({*papers, *sources})),
                note="; ".join(dict.fromkeys(map(str, reasons))),
            )
        )

    def add_open(self, one: IRI, other: IRI, reason: Reason, papers: Iterable[str] = ()) -> None:
        """Note that two entities may be one, which nothing decides; ``papers`` are those that name the first."""
        sources = tuple(sorted(papers))
        self._add_pair("possiblySameAs", one, other, "inferred", sources, str(reason))

    def add_apart(self, one: IRI, other: IRI, reason: Reason) -> None:
        """Note that two entities are not one, by the curated file."""
        self._add_pair("differentFrom", one, other, "curated", tuple(sorted(reason.sources)), str(reason))

    def _add_pair(
        self, predicate: str, one: IRI, other: IRI, basis: Basis, sources: tuple[str, ...], note: str
    ) -> None:
        claim = Claim(subject=one, predicate=predicate, object=other, basis=basis, sources=sources, note=note)
        self.claims.append(claim)

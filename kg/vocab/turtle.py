"""The files of ``ontology/``: where they are, and their statements by entry."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import InputError
from kg.model import IRI
from kg.vocab.namespaces import DCTERMS, NS, RDF, ClosedNamespace, compact

__all__ = ["KG", "Table", "ontology_path"]


def ontology_path(name: str = "") -> Path:
    """Give the path of a file of the ontology: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent.parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder / name
    raise InputError("the ontology is missing", where="ontology/kg.ttl", remedy="install the package again")


class Table:
    """The statements of one Turtle file by subject and predicate, values in the order of the file."""

    def __init__(self, path: Path, where: str = "") -> None:
        self._where = where or f"ontology/{path.name}"
        self.entries: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        try:
            for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
                self._add(quad)
        except SyntaxError as error:
            raise self.error("", f"the file cannot be read as Turtle ({error})", "correct it") from error
        except OSError as error:
            raise self.error("", f"the file cannot be read ({error.strerror or error})", "check its path") from error

    def _add(self, quad: pyoxigraph.Quad) -> None:
        if not isinstance(quad.subject, pyoxigraph.NamedNode):
            raise self.error("", f"the entry {quad.subject} has no IRI", "name it")
        if not isinstance(quad.object, pyoxigraph.NamedNode | pyoxigraph.Literal):
            raise self.error(quad.subject.value, f"a value of {compact(quad.predicate.value)} has no IRI", "name it")
        self.entries[quad.subject.value][quad.predicate.value].append(quad.object.value)

    def error(self, iri: str, what: str, remedy: str) -> InputError:
        """Tell what is wrong with an entry of the file, or with the whole of it."""
        return InputError(what, where=f"{self._where}, {compact(iri)}" if iri else self._where, remedy=remedy)

    def of_type(self, *classes: IRI) -> list[IRI]:
        """Give the entries that have one of the classes, in the order of their IRIs."""
        return [IRI(iri) for iri in sorted(self.entries) if not set(classes).isdisjoint(self.all(iri, RDF.type))]

    def all(self, iri: str, predicate: IRI) -> tuple[str, ...]:
        """Give all values; an absent one is no error."""
        return tuple(self.entries[iri].get(predicate, ()))

    def iris(self, iri: str, predicate: IRI) -> tuple[IRI, ...]:
        """Give all values as IRIs."""
        return tuple(map(IRI, self.all(iri, predicate)))

    def optional(self, iri: str, predicate: IRI) -> str:
        """Give the one value, or an empty text."""
        values = self.all(iri, predicate)
        if len(values) > 1:
            raise self.error(iri, f"there is more than one {compact(predicate)}", "keep one")
        return values[0] if values else ""

    def one(self, iri: str, predicate: IRI) -> str:
        """Give the one value, which must be there."""
        if value := self.optional(iri, predicate):
            return value
        raise self.error(iri, f"{compact(predicate)} is missing", "add it")

    def optional_iri(self, iri: str, predicate: IRI) -> IRI | None:
        """Give the one value as an IRI, or ``None``."""
        return IRI(value) if (value := self.optional(iri, predicate)) else None

    def sources(self, iri: str) -> tuple[IRI, ...]:
        """Give the sources of a curated entry, which never lacks them."""
        if sources := self.iris(iri, DCTERMS.source):
            return sources
        raise self.error(iri, "dcterms:source is missing", "say where this can be checked")


@cache
def _own_terms() -> frozenset[str]:
    return frozenset(iri.removeprefix(NS) for iri in Table(ontology_path("kg.ttl")).entries if iri.startswith(NS))


#: Our own terms, read from ``ontology/kg.ttl`` at first use.
KG: Final = ClosedNamespace("kg", _own_terms)

"""How a class of things and a relation look on the page: the only place that asks the vocabulary for it.

Colours and dashes are the vocabulary's (``kg:color``, ``kg:dash`` in ``ontology/kg.ttl``); shapes, sizes, arrows and
widths are the page's. What neither knows is drawn as a grey dot or a thin grey line, so that a new class or relation
shows up without a change here. Kinds of relations differ by dash and arrow as well as by colour.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg import vocab

__all__ = [
    "Kind",
    "RelationLook",
    "TypeLook",
    "kind_look",
    "kind_order",
    "lightened",
    "relation_look",
    "type_look",
    "type_order",
]

_NEUTRAL: Final = "#7c828c"
_COLOR = re.compile(r"#[0-9a-f]{6}", re.I)
_DASHES: Final = {"dashed": (7, 4), "dotted": (2, 4)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLook:
    """A class of things: its name for several and for one of them, its colour, its shape and its size in pixels."""

    label: str
    one: str
    color: str
    shape: str
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of relation: its name in the legend, its arrow and its width.

    ``flow`` says that the arrow runs from the object to the subject: lineage is stored as child → parent and read as
    ancestor → descendant.
    """

    label: str
    arrow: str = "none"
    width: float = 1.0
    flow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationLook:
    """One relation: what it is called from its subject and from its object, its kind, its colour and its dash."""

    label: str
    inverse: str
    kind: str
    color: str
    dash: tuple[int, ...]


# Name for several, shape, size; in the order of the legend.
_TYPES: Final[Mapping[str, tuple[str, str, float]]] = {
    "Model": ("Models", "dot", 6.0),
    "ModelFamily": ("Families", "ring", 8.0),
    "Paper": ("Papers", "square", 5.5),
    "Person": ("People", "dot", 3.5),
    "AuthorGroup": ("Author groups", "ring", 5.0),
    "Organization": ("Organisations", "diamond", 6.5),
    "Benchmark": ("Benchmarks", "triangle", 6.0),
    "Dataset": ("Datasets", "triangle-down", 6.0),
    "Method": ("Methods", "hexagon", 5.5),
    "Software": ("Software", "hexagon", 5.5),
    "Licence": ("Licences", "triangle-down", 5.0),
}

# In the order of the legend.
_KINDS: Final[Mapping[str, Kind]] = {
    "lineage-succession": Kind(label="Succeeds", arrow="solid", width=2.6, flow=True),
    "lineage-weights": Kind(label="Made from weights", arrow="solid", width=2.0, flow=True),
    "lineage-design": Kind(label="Shares design", arrow="open", width=1.8, flow=True),
    "lineage": Kind(label="Descends from", arrow="open", width=1.6, flow=True),
    "membership": Kind(label="Variant, member", arrow="dot", width=1.3, flow=True),
    "component": Kind(label="Uses as a part", arrow="diamond", width=1.5),
    "comparison": Kind(label="Compared with", arrow="open", width=1.3),
    "evaluation": Kind(label="Evaluated on", arrow="bar", width=1.3),
    "training": Kind(label="Trained on", arrow="bar", width=1.3),
    "licensing": Kind(label="Licensed under"),
    "introduction": Kind(label="Introduces", arrow="open", width=1.3),
    "attribution": Kind(label="Organisations"),
    "bibliographic": Kind(label="Authors"),
}

# What the vocabulary has no word for, or none that reads well between two names.
_LABELS: Final = {"creator": "written by"}

# From the object's side; elsewhere the label and "this" read well: "fine-tuned from this".
_INVERSES: Final = {
    "actsFor": "author groups",
    "creator": "papers",
    "developer": "develops",
    "evaluatedOn": "evaluated here",
    "inFamily": "members",
    "introduces": "introduced by",
    "license": "released under it",
    "listedAffiliation": "listed beside",
    "producedBy": "papers",
    "trainedOn": "trained on it",
    "usesComponent": "used by",
    "variantOf": "variants",
}


def _words(name: str) -> str:
    """Return a term's local name as words: ``trainedOn`` → ``trained on``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def _checked(color: str) -> str:
    """Return the colour if it is one, else the neutral grey; what is no colour never reaches the page."""
    return color.lower() if _COLOR.fullmatch(color) else _NEUTRAL


@cache
def type_look(name: str) -> TypeLook:
    """Return the look of a class, by its local name."""
    term = vocab.load().classes.get(name)
    one = (term.label if term else _words(name)).capitalize()
    label, shape, size = _TYPES.get(name, (f"{one}s", "dot", 4.5))
    return TypeLook(label=label, one=one, color=_checked(term.color if term else ""), shape=shape, size=size)


@cache
def relation_look(name: str) -> RelationLook:
    """Return what a relation is called and how it is drawn; one that the vocabulary lacks is bibliographic."""
    term = vocab.load().relations.get(name)
    label = _LABELS.get(name) or (term.label if term else _words(name))
    return RelationLook(
        label=label,
        inverse=_INVERSES.get(name, f"{label} this"),
        kind=term.kind if term else "bibliographic",
        color=_checked(term.color if term else "#b4b0a6"),
        dash=_DASHES.get(term.dash if term else "", ()),
    )


@cache
def kind_look(kind: str) -> Kind:
    """Return the look of a kind of relation."""
    return _KINDS.get(kind) or Kind(label=kind.replace("-", " ").capitalize())


def type_order(name: str) -> tuple[int, str]:
    """Sort key of the legend: known classes in the order of the table, then the others by name."""
    return (list(_TYPES).index(name) if name in _TYPES else len(_TYPES), name)


def kind_order(name: str) -> tuple[int, str]:
    """Sort key of the legend for kinds of relations."""
    return (list(_KINDS).index(name) if name in _KINDS else len(_KINDS), name)


def lightened(color: str) -> str:
    """Return the colour for a dark page: the same hue, light enough to be told from it.

    >>> lightened("#16213c")
    '#b8c3de'
    """
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    target = max(lightness, 0.68 if lightness > 0.25 else 0.795)
    return "#" + "".join(f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, target, saturation * 0.78))

"""Names as people type them: "mistral7b" finds Mistral 7B, and a misspelt name finds what was probably meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.analyses.graph import node_at
from kg.answers import Node
from kg.errors import NotFoundError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["KIN", "candidates", "find", "fold"]

#: What descends from something and can be an ancestor: what `kg lineage` looks a name up among.
KIN = ("ModelFamily", "Model", "Method", "Software", "Dataset", "Benchmark")
#: Where one name stands for several things, the order in which they are meant.
_PREFERENCE = (*KIN, "Organization", "AuthorGroup", "Person", "Paper", "Licence")
_SHOWN = 5


def fold(name: str) -> str:
    """Reduce a name to what people keep when they type it: letters, digits and ``+``, without case or accents.

    A name without any of these is only trimmed.

    >>> fold("Mixtral 8x7B - Instruct"), fold("GPT-3.5 Turbo"), fold("José"), fold("HumanEval+"), fold(" – ")
    ('mixtral8x7binstruct', 'gpt35turbo', 'jose', 'humaneval+', '–')
    """
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(one for one in letters if one.isalnum() or one == "+") or name.strip()


def find(network: nx.MultiDiGraph[str], name: str, types: Collection[str] = ()) -> list[Node]:
    """Find the things that a name stands for, the one most likely meant first.

    Parameters
    ----------
    network : nx.MultiDiGraph
        The graph to look in; a node may carry aliases among its facts.
    name : str
        A label as it is written, or a label or alias without regard to case, spaces and punctuation; an IRI or
        its tail (``model/gpt-3``);
        or the beginning of a label that no other thing's label begins with.
    types : collection of str
        The classes to look among; if empty, all that people name: not results.

    Returns
    -------
    list of Node
        Never empty. More than one where a family, a series or a paper share the name.

    Raises
    ------
    NotFoundError
        If nothing goes by the name, or it is the beginning of several; with the nearest names.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("model/mistral-7b", type="Model", label="Mistral 7B")
    >>> graph.add_node("model/mistral-large", type="Model", label="Mistral Large")
    >>> [node.label for node in find(graph, "mistral7b")], [node.label for node in find(graph, "Mistral L")]
    (['Mistral 7B'], ['Mistral Large'])
    >>> find(graph, "mistral")
    Traceback (most recent call last):
    ...
    kg.errors.NotFoundError: more than one name begins with 'mistral'; did you mean Mistral 7B or Mistral Large?

    """
    among = [iri for iri, data in network.nodes(data=True) if data.get("type") in (types or _PREFERENCE)]
    if exact := [iri for iri in among if name in (iri, "/".join(iri.rsplit("/", 2)[-2:]))]:
        return _in_order(network, exact)
    if same := [iri for iri in among if node_at(network, iri).label == name]:
        return _in_order(network, same)
    wanted = fold(name)
    by_label = [iri for iri in among if wanted == fold(node_at(network, iri).label)]
    if found := by_label or [iri for iri in among if wanted in _folded_aliases(network, iri)]:
        return _in_order(network, found)
    beginning = [iri for iri in among if wanted and fold(node_at(network, iri).label).startswith(wanted)]
    if len({fold(node_at(network, iri).label) for iri in beginning}) == 1:
        return _in_order(network, beginning)
    near = candidates(network, name, among)
    what = f"more than one name begins with {name!r}" if beginning else f"nothing in the graph is called {name!r}"
    remedy = f"did you mean {_listed(near)}?" if near else "`kg rank models` lists the models of the graph"
    raise NotFoundError(what, remedy=remedy, candidates=near)


def candidates(network: nx.MultiDiGraph[str], name: str, among: Collection[str]) -> tuple[str, ...]:
    """List the labels nearest to a name, the nearest first: those it begins, those it is part of, those spelt alike."""
    wanted = fold(name)
    labels = sorted({node_at(network, iri).label for iri in among}, key=lambda label: (len(label), label))
    folded = {label: fold(label) for label in labels}
    near = [label for label in labels if wanted and folded[label].startswith(wanted)]
    near += [label for label in labels if wanted and wanted in folded[label]]
    alike = set(difflib.get_close_matches(wanted, sorted(set(folded.values())), n=_SHOWN, cutoff=0.6))
    likeness = {text: difflib.SequenceMatcher(None, wanted, text).ratio() for text in alike}
    near += sorted((label for label in labels if folded[label] in alike), key=lambda one: -likeness[folded[one]])
    return tuple(dict.fromkeys(near))[:_SHOWN]


def _folded_aliases(network: nx.MultiDiGraph[str], iri: str) -> set[str]:
    return {fold(alias) for alias in network.nodes[iri].get("facts", {}).get("alias", ())}


def _in_order(network: nx.MultiDiGraph[str], iris: list[str]) -> list[Node]:
    places = {type_: place for place, type_ in enumerate(_PREFERENCE)}
    nodes = (node_at(network, iri) for iri in iris)
    return sorted(nodes, key=lambda node: (places.get(node.type, len(places)), node.iri))


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))

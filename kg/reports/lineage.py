"""A lineage as people and programs read it: a tree of text, JSON, Mermaid, DOT."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg.answers import Lineage, Node, Statement
from kg.reports.values import Paint, name, node_to_dict, plain, statement_to_dict, support

__all__ = [
    "flatten",
    "lineage_to_dict",
    "render_dot",
    "render_json",
    "render_markdown",
    "render_mermaid",
    "render_tree",
]

_BRANCH, _LAST, _PIPE, _SPACE = "├── ", "└── ", "│   ", "    "
_SENTENCES = 2


def render_tree(tree: Lineage, *, width: int | None = None, paint: Paint = plain) -> str:
    """Draw a lineage as a tree of text: a line a node, and below it the sentence or the source of each step.

    ``width`` wraps sentences to so many columns; without it nothing is wrapped or cut.

    >>> from kg.answers import Quote
    >>> base, chat = Node(iri="b", type="Model", label="Base"), Node(iri="c", type="Model", label="Chat")
    >>> said = Quote(text="Chat is tuned from Base.", paper="p", title="Chat", date="2024")
    >>> step = Statement(subject=chat, predicate="fineTunedFrom", words="fine-tuned from", kind="lineage-weights",
    ...                  object=base, basis="extracted", quotes=(said,))
    >>> print(render_tree(Lineage(node=chat, steps=(Lineage(node=base, statement=step),))), end="")
    Chat
    └── fine-tuned from Base
          “Chat is tuned from Base.” — Chat, 2024
    """
    return "".join(f"{line.rstrip()}\n" for line in _tree_lines(tree, _Place(), width, paint))


class _Place(NamedTuple):
    """Where a node stands: what is drawn before its first line and before the others, and the laboratory above it."""

    head: str = ""
    rest: str = ""
    lab: str = ""


def _tree_lines(tree: Lineage, place: _Place, width: int | None, paint: Paint) -> Iterator[str]:
    yield place.head + _title(tree, place.lab, paint)
    below = (*tree.members, *tree.steps)
    if tree.statement:
        indent = place.rest + ("│ " if below else "  ")
        room = None if width is None else max(width - len(indent), 30)
        for role, text in support(tree.statement, _SENTENCES):
            lines = [text] if room is None else textwrap.wrap(text, room, subsequent_indent=" ")
            yield from (indent + paint(role, line) for line in lines)
    for child in below:
        head, rest = (_LAST, _SPACE) if child is below[-1] else (_BRANCH, _PIPE)
        yield from _tree_lines(child, _Place(place.rest + head, place.rest + rest, tree.node.lab), width, paint)


def _title(tree: Lineage, lab_above: str, paint: Paint) -> str:
    """Write the first line of a node: in a tree of descendants the step is told from the derived thing.

    The laboratory is written where it differs from that of the node above.
    """
    step = tree.statement
    told_by_relation = step is not None and step.predicate == "inFamily"
    label = paint("label", tree.node.label if told_by_relation else name(tree.node))
    lab = tree.node.lab if tree.node.lab != lab_above else ""
    line = " · ".join(filter(None, (label, lab, tree.node.date)))
    if step:
        upwards = step.object.iri == tree.node.iri
        words = paint("relation", step.words)
        line = f"{words} {line}" if upwards else f"{line}, {words} {name(step.object)}"
    if tree.repeated:
        line += paint("mark", " ↺ seen above")
    if tree.cut:
        line += paint("mark", " …")
    return line


def lineage_to_dict(tree: Lineage) -> dict[str, Any]:
    """Turn a lineage into nested dictionaries.

    Each node has ``iri``, ``type``, ``label``, ``date``, ``lab``, ``members`` and ``steps`` (both lists of nodes),
    ``repeated`` and ``cut``; below the root ``relation`` says how it hangs on the node above, or is null for a member.
    """
    return {
        **node_to_dict(tree.node),
        "relation": statement_to_dict(tree.statement) if tree.statement else None,
        "repeated": tree.repeated,
        "cut": tree.cut,
        "members": [lineage_to_dict(member) for member in tree.members],
        "steps": [lineage_to_dict(step) for step in tree.steps],
    }


def render_json(tree: Lineage) -> str:
    """Write a lineage as JSON; :func:`lineage_to_dict` says with which keys."""
    return json.dumps(lineage_to_dict(tree), ensure_ascii=False, indent=2) + "\n"


def flatten(tree: Lineage) -> tuple[list[Node], list[Statement]]:
    """List the things of a lineage and its steps, each once, in the order of the tree."""
    drawing = _Drawing([tree])
    return list(drawing.nodes.values()), list(drawing.steps.values())


def render_markdown(tree: Lineage) -> str:
    """Write a lineage as a Markdown report: a diagram, then each step with all its sentences as quotations."""
    lines = [f"# Lineage of {name(tree.node)}", "", "```mermaid", render_mermaid(tree).rstrip(), "```", ""]
    for step in _Drawing([tree]).steps.values():
        across = f" ({step.object.lab} → {step.subject.lab})" if _crosses(step) else ""
        lines += [f"## {name(step.subject)} · {step.words} · {name(step.object)}{across}", ""]
        for _, text in support(step, len(step.quotes)):
            lines += [f"> {_MARKUP.sub(_escaped, text)}", ""]
    return "\n".join(lines).rstrip() + "\n"


_MARKUP = re.compile(r"[\\`*_<\[\]#|]")


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _crosses(step: Statement) -> bool:
    """Tell whether a step leads from one laboratory to another."""
    return bool(step.subject.lab and step.object.lab and step.subject.lab != step.object.lab)


def render_mermaid(*trees: Lineage) -> str:
    """Draw lineages as a Mermaid flowchart: a box a node, an arrow from the derived to its source, families as frames.

    >>> node = Node(iri="m", type="Model", label='A "B" #1')
    >>> print(render_mermaid(Lineage(node=node)), end="")
    flowchart BT
        n1["A #quot;B#quot; #35;1"]
    """
    drawing = _Drawing(trees)
    lines = ["flowchart BT"]
    for parent, nodes in drawing.groups():
        if parent:
            lines.append(f'    subgraph {drawing.key(parent)}["{_mermaid(_caption(parent))}"]')
        indent = "        " if parent else "    "
        lines += [f'{indent}{drawing.key(node)}["{_mermaid(_caption(node))}"]' for node in nodes]
        if parent:
            lines.append("    end")
    for step in drawing.steps.values():
        arrow = "-->" if step.basis == "extracted" else "-.->"
        lines.append(f'    {drawing.key(step.subject)} {arrow}|"{_mermaid(step.words)}"| {drawing.key(step.object)}')
    return "\n".join(lines) + "\n"


def render_dot(*trees: Lineage) -> str:
    r"""Draw lineages in Graphviz' language, as :func:`render_mermaid` does; curated and inferred steps are dashed.

    >>> print(render_dot(Lineage(node=Node(iri="m", type="Model", label='A "B"'))), end="")
    digraph lineage {
      rankdir=BT;
      compound=true;
      node [shape=box, fontname="sans-serif"];
      edge [fontname="sans-serif", fontsize=10];
      n1 [label="A \"B\""];
    }
    """
    drawing = _Drawing(trees)
    lines = ["digraph lineage {", "  rankdir=BT;", "  compound=true;"]
    lines += ['  node [shape=box, fontname="sans-serif"];', '  edge [fontname="sans-serif", fontsize=10];']
    for parent, nodes in drawing.groups():
        if parent:
            # an edge of DOT joins nodes only, so that a frame holds a node which stands for the family itself
            lines.append(f"  subgraph cluster_{drawing.key(parent)} {{")
            lines.append(f"    {drawing.key(parent)} [label={_dot(_caption(parent))}, shape=plaintext];")
        indent = "    " if parent else "  "
        lines += [f"{indent}{drawing.key(node)} [label={_dot(_caption(node))}];" for node in nodes]
        if parent:
            lines.append("  }")
    for step in drawing.steps.values():
        style = "" if step.basis == "extracted" else ", style=dashed"
        lines.append(f"  {drawing.key(step.subject)} -> {drawing.key(step.object)} [label={_dot(step.words)}{style}];")
    return "\n".join([*lines, "}"]) + "\n"


class _Drawing:
    """A lineage flattened for a drawing: which node stands in which frame, and each step once."""

    def __init__(self, trees: Iterable[Lineage]) -> None:
        self.nodes: dict[str, Node] = {}
        self.parents: dict[str, str] = {}
        self.steps: dict[tuple[str, str, str], Statement] = {}
        for tree in trees:
            self._add(tree, "")
        self._keys = {iri: f"n{place}" for place, iri in enumerate(self.nodes, start=1)}

    def _add(self, tree: Lineage, parent: str) -> None:
        self.nodes.setdefault(tree.node.iri, tree.node)
        if parent and tree.node.iri != parent:
            self.parents.setdefault(tree.node.iri, parent)
        if step := tree.statement:
            self.steps.setdefault((step.subject.iri, step.predicate, step.object.iri), step)
        frame = tree.node.iri if tree.node.type == "ModelFamily" else parent
        for member in tree.members:
            self._add(member, frame)
        for below in tree.steps:
            self._add(below, "")

    def key(self, node: Node) -> str:
        return self._keys[node.iri]

    def groups(self) -> list[tuple[Node | None, list[Node]]]:
        """List the frames with the nodes in them, the nodes outside any frame last."""
        frames = list(dict.fromkeys(self.parents.values()))
        grouped: list[tuple[Node | None, list[Node]]] = [
            (self.nodes[frame], [self.nodes[iri] for iri, parent in self.parents.items() if parent == frame])
            for frame in frames
        ]
        alone = [node for iri, node in self.nodes.items() if iri not in self.parents and iri not in frames]
        return [*grouped, (None, alone)]


def _caption(node: Node) -> str:
    return " · ".join(filter(None, (name(node), node.date)))


def _mermaid(text: str) -> str:
    """Write text inside the quotes of a Mermaid label, where entities stand between ``#`` and ``;``.

    >>> _mermaid('a "b" <i>#1;')
    'a #quot;b#quot; #lt;i#gt;#35;1#59;'
    """
    entities = {"#": "#35;", ";": "#59;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;"}
    return "".join(entities.get(one, one) for one in " ".join(text.split()))


def _dot(text: str) -> str:
    r"""Write text as a quoted string of DOT.

    >>> print(_dot('a "b" \\n'))
    "a \"b\" \\n"
    """
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

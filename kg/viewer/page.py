"""The page itself: one file that asks for nothing else, drawn through pyvis with our own template.

pyvis carries the nodes and the edges and brings vis-network, which holds the canvas, the camera and the gestures. Its
own template is not used: it loads remote files and writes data into markup. Here every text is escaped, data stand as
JSON in elements that are not run, and the policy of the page allows the page's own scripts and style by their hashes
and nothing besides, so that text from a paper can neither run nor fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from kg.viewer.pack import columns_of_edges, columns_of_nodes, deflated, details_of
from kg.viewer.records import View

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["render_page", "write_page"]

_ASSETS: Final = Path(__file__).with_name("assets")
#: The parts of the page's script, in the order in which they need one another.
_SCRIPTS: Final = (
    "graph.js", "state.js", "geometry.js", "marks.js", "lines.js", "dots.js", "scene.js", "panel.js", "paths.js",
    "search.js", "legend.js", "timeline.js", "export.js", "main.js",
)  # fmt: skip
_VIS: Final = "lib/vis-9.1.2/vis-network.min.js"
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
#: vis-network keeps the camera; nothing moves by itself and no element is drawn that it could fill with markup.
_OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"dragNodes": False, "hover": False, "selectable": False, "zoomSpeed": 0.7, "keyboard": False},
}


def render_page(view: View, *, title: str, fragment: str | None = None) -> str:
    """Return the page as HTML.

    ``title`` names the graph, in the window and at the head of the page. A page with a ``fragment`` stands in a frame
    of another page, such as a notebook: it opens at that fragment, has no address of its own to keep its state in, and
    shows less around the picture.
    """
    page = _page_class()(directed=True)
    page.node_ids = _Ids()
    for node in view["nodes"]:
        page.add_node(node["id"], **{key: value for key, value in node.items() if key != "id"})
    for edge in view["edges"]:
        rest = {key: value for key, value in edge.items() if key not in ("source", "target")}
        page.add_edge(edge["source"], edge["target"], **rest)
    page.set_options(json.dumps(_OPTIONS))
    things = len(view["nodes"]) + len(view["edges"]) // 2
    page.templateEnv.globals.update(
        title=title.encode("utf-8", "replace").decode("utf-8"),
        view={key: value for key, value in view.items() if key not in ("nodes", "edges")} | {"fragment": fragment},
        node_columns=lambda nodes: deflated(
            columns_of_nodes(nodes, view["base"], [str(one["id"]) for one in view["views"]]), things
        ),
        edge_columns=lambda edges, nodes: deflated(columns_of_edges(edges, nodes), things),
        node_details=lambda nodes: details_of(nodes, ("facts", "results", "web"), things),
        edge_details=lambda edges: details_of(edges, ("evidence", "sources", "note"), things),
    )
    html: str = page.generate_html()
    return html


class _Ids(list[str]):
    """The ids that pyvis keeps as a list and searches thrice for each edge, made quick to search."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def append(self, item: str) -> None:
        self._known.add(item)
        super().append(item)

    def __contains__(self, item: object) -> bool:
        return item in self._known


@cache
def _page_class() -> type[Network]:
    """Return pyvis' network with our template; pyvis is slow to import and only a page needs it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from pyvis.network import Network

    vis, app, style = _vis_network(), _script(), (_ASSETS / "page.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(app)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )

    class PageNetwork(Network):  # type: ignore[misc]  # pyvis has no types
        """A network that pyvis draws through ``assets/template.html``."""

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.path = "template.html"
            self.templateEnv = Environment(
                loader=FileSystemLoader(_ASSETS), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
            )
            self.templateEnv.filters.update(json=_json, fromtext=json.loads)
            self.templateEnv.globals.update(
                vis=Markup(vis), app=Markup(app), style=Markup(style), policy=Markup(policy)
            )

    return PageNetwork


def _vis_network() -> str:
    """Return the vis-network that pyvis brings along, without the line that has debuggers fetch its source map."""
    import pyvis

    source = (Path(pyvis.__file__).parent / _VIS).read_text(encoding="utf-8")
    return _checked(re.sub(r"^//# sourceMappingURL=.*$", "", source, flags=re.M))


def _script() -> str:
    """Return the page's own script: its parts in one function, so that no name of ours meets one of vis-network."""
    parts = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return _checked(f'(async () => {{\n"use strict";\n{parts}}})();\n')


def _checked(script: str) -> str:
    """Return the script if it can stand inside a script element."""
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script of the page holds what would end its element")
    return script.replace("\r\n", "\n")


def _hash(text: str) -> str:
    """Return the source expression of the policy that allows exactly this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: object) -> Markup:
    """Return the value as JSON that may stand inside a script element: none of its characters can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def write_page(path: Path, html: str) -> None:
    """Write the page as UTF-8 with Unix line ends; a reader sees the old file or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(html)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

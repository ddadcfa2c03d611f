"""Imports go down only: the layer table, asserted by walking the syntax of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent

#: The layers, lowest first. A module may import its own folder and lower layers, never a peer.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "model", "pauses"),
    ("answers", "ids", "names", "vocab"),
    ("assemble", "evaluation", "extract", "papers", "queries", "readers", "resolve", "rows"),
    ("asof", "audit", "confidence", "network", "rdf", "store", "validate", "worker"),
    ("analyses", "exports", "plots", "reports", "viewer"),
    ("pipeline", "server"),
    ("api",),  # what Python users import; it may ask for today's date, as the command line may
    ("assistant",),
    ("cli",),
    ("__main__",),
)
LAYER = {part: layer for layer, parts in enumerate(LAYERS) for part in parts}

#: Peers that do import one another, and why.
ALLOWED = {
    ("network", "rdf"), ("audit", "rdf"),  # both look at the graph that the triples hold, and only rdf reads triples
    ("assemble", "resolve"),  # resolve decides who is who, assemble merges what was said: two steps of one job
}  # fmt: skip

#: Libraries that belong to one module each.
OWNERS = {
    "pyoxigraph": {"store", "vocab"},
    "pyvis": {"viewer"},
    "pyshacl": {"validate"},
    "pyarrow": {"exports"},
    "matplotlib": {"cli", "plots"},  # the command line only names its type
    "starlette": {"server"},
    "uvicorn": {"server"},
    "click": {"cli"},
    "rich": {"cli"},
    "mcp": {"assistant"},
    "mcp_types": {"assistant"},
}
#: Only these may look at the clock or the environment.
AMBIENT = {"time.time", "time.monotonic", "date.today", "datetime.now", "datetime.utcnow", "os.environ", "os.getenv"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each imported module with its line, imports inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            assert node.module is not None
            if node.module == "kg":
                yield from ((f"kg.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    part = part_of(path)
    assert part in LAYER, f"{part} has no place in the layer table"
    for name, line in imports(path):
        if not name.startswith("kg."):
            continue
        target = name.split(".")[1]
        lower = LAYER[target] < LAYER[part]
        fine = lower or target == part or (part, target) in ALLOWED
        assert fine, f"{path.name}:{line}: {part} (layer {LAYER[part]}) imports {target} (layer {LAYER[target]})"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_is_imported_where_it_belongs(path: Path) -> None:
    for name, line in imports(path):
        owners = OWNERS.get(name.partition(".")[0])
        assert owners is None or part_of(path) in owners, f"{path.name}:{line}: {name} belongs to {owners}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_reads_the_clock_and_the_environment(path: Path) -> None:
    if part_of(path) in ("api", "cli"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert f"{node.value.id}.{node.attr}" not in AMBIENT, (
                f"{path.name}:{node.lineno}: {node.value.id}.{node.attr}"
            )


def test_the_model_stands_on_the_standard_library_alone() -> None:
    for part in LAYERS[0]:
        assert not any(name.startswith("kg") for name, _ in imports(PACKAGE / f"{part}.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_and_files_stay_readable(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400, "a file of more than 400 lines has two subjects"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            docstring = ast.get_docstring(node, clean=False)
            body = length - (docstring.count("\n") + 1 if docstring else 0)
            assert body <= 70, f"{path.name}:{node.lineno}: {node.name} has {body} lines"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_its_sentence(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

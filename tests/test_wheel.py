"""The wheel works where nothing of the checkout is: ontology, template and bundled listing are inside."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_brings_ontology_page_and_listing(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "kg/ontology/kg.ttl",
        "kg/ontology/shapes.ttl",
        "kg/data/papers.txt",
        "kg/data/seeds-gold.jsonl",
        "kg/papers/boundary.bin",
        "kg/py.typed",
        "kg/server/assets/yasgui.min.js",
        "kg/server/assets/yasgui.LICENSE.txt",
    ):
        assert needed in names
    assert any(name.startswith("kg/ontology/queries/") and name.endswith(".rq") for name in names)
    assert any(name.startswith("kg/viewer/assets/") for name in names)
    assert not any(name.startswith(("tests/", "output/")) for name in names)


def test_an_installed_wheel_builds_the_same_graph(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    installed = run(environment / "bin" / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    if "No matching distribution" in installed.stderr or "Could not find a version" in installed.stderr:
        pytest.skip("the package index cannot be reached, so the wheel's dependencies cannot be installed")
    assert installed.returncode == 0, installed.stderr
    built = run(environment / "bin" / "kg", "build", "--as-of", "2026-11-23", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    here = run(sys.executable, "-m", "kg", "build", "--as-of", "2026-11-23", "-o", tmp_path / "here", cwd=tmp_path)
    assert here.returncode == 0, here.stderr
    assert (tmp_path / "output" / "graph.ttl").read_bytes() == (tmp_path / "here" / "graph.ttl").read_bytes()
    assert (tmp_path / "output" / "graph.html").read_bytes() == (tmp_path / "here" / "graph.html").read_bytes()

"""The notebooks run from first to last cell, and what they show is what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
#: The page is large, and looked at by the tests of the viewer.
PAGE = "graph"


def shown(cell: Any) -> list[dict[str, Any]]:
    """Give what a cell shows, without the number of the run."""
    return [
        {"kind": one["output_type"], "text": one.get("text", ""), "data": one.get("data", {})} for one in cell.outputs
    ]


def test_there_is_one_for_building_sparql_lineage_and_people() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["1-build", "2-sparql", "3-lineage-and-centrality", "4-people"]


@pytest.mark.filterwarnings("default")  # those of the notebook's own machinery are not ours
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_says(path: Path) -> None:
    kept = nbformat.read(path, as_version=4)
    run = nbformat.read(path, as_version=4)
    NotebookClient(run, timeout=300, kernel_name="python3").execute()
    for before, after in zip(kept.cells, run.cells, strict=True):
        if before.cell_type != "code":
            continue
        if before.source.strip() == PAGE:
            assert before.outputs == [] and "<iframe" in after.outputs[0]["data"]["text/html"]
        else:
            assert shown(after) == shown(before), before.source

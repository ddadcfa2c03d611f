"""Pictures: what is on them, that equal input gives equal bytes, and that bad file names are told."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from kg.answers import Career, Flow, Move, Node, Ranked, Statement, Stay
from kg.errors import KgError, OutputError, UsageError
from kg.plots import draw_careers, draw_flows, draw_lineage, draw_ranking, draw_timeline, picture_text, write_picture

ANN, BOB = (Node(iri=name, type="Person", label=name) for name in ("Ann", "Bob"))
LAB_A, LAB_B = (Node(iri=name, type="Organization", label=name) for name in ("Lab A", "Lab B"))


def career(person: Node, start: str, end: str, *doubts: str) -> Career:
    stays = tuple(
        Stay(lab=lab, first=day, last=day, papers=(Node(iri=day, type="Paper", label=day, date=day),))
        for lab, day in ((LAB_A, start), (LAB_B, end))
    )
    move = Move(person=person, start=stays[0], end=stays[1], after=start, before=end, doubts=doubts)
    return Career(person=person, stays=stays, moves=(move,))


CAREERS = [career(ANN, "2020-01-01", "2022-05-05"), career(BOB, "2021-02-03", "2021-12-01", "not sure")]
FLOWS = [Flow(start=LAB_A, end=LAB_B, moves=tuple(move for one in CAREERS for move in one.moves))]
MODELS = [
    Node(iri="m2", type="Model", label="Costs $5 & <more> $", date="2024-01-08", lab="Lab B"),
    Node(iri="m1", type="Model", label="First", date="2022-03", lab="Lab A"),
    Node(iri="m0", type="Model", label="Undated", lab="Lab A"),
]
STEPS = [
    Statement(subject=MODELS[0], predicate="fineTunedFrom", words="fine-tuned from", kind="lineage-weights",
              object=MODELS[1], basis="extracted"),
    Statement(subject=MODELS[2], predicate="succeeds", words="succeeds", kind="lineage-succession",
              object=MODELS[0], basis="curated"),
]  # fmt: skip
PLACES = [Ranked(position=n, node=node, score=score) for n, (node, score) in enumerate([(ANN, 0.5), (BOB, 0.25)], 1)]


def figures() -> dict[str, Figure]:
    return {
        "ranking": draw_ranking(PLACES, title="Ranking"),
        "timeline": draw_timeline(MODELS, title="Timeline", note="a note"),
        "careers": draw_careers(CAREERS, title="Careers"),
        "flows": draw_flows(FLOWS, title="Flows"),
        "lineage": draw_lineage(MODELS, STEPS, title="Lineage"),
        "no lineage": draw_lineage(MODELS[2:], [], title="Nothing"),
        "no ranking": draw_ranking([], title="Nothing"),
        "no timeline": draw_timeline(MODELS[2:], title="Nothing"),
        "no careers": draw_careers([], title="Nothing"),
        "no flows": draw_flows([], title="Nothing"),
    }


def words_on(figure: Figure) -> list[str]:
    return [text.get_text().strip() for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def test_a_lineage_has_each_thing_each_kind_of_step_and_an_arrow_for_each() -> None:
    figure = figures()["lineage"]
    assert {"First", "Undated", "weights passed on", "succession", "curated or inferred"} <= set(words_on(figure))
    assert sum(bool(getattr(text, "arrow_patch", None)) for text in figure.findobj(Text)) == len(STEPS)
    assert picture_text(figure) == picture_text(figures()["lineage"])
    assert ET.fromstring(picture_text(figure)).tag.endswith("svg")


def test_a_ranking_has_its_names_and_scores() -> None:
    assert {"Ann", "Bob", "0.5", "0.25", "Ranking"} <= set(words_on(figures()["ranking"]))
    bars = figures()["ranking"].axes[0].patches
    assert [bar.get_width() for bar in bars] == [0.5, 0.25]  # type: ignore[attr-defined]


def test_a_timeline_has_all_members_in_order_of_time_and_names_the_undated() -> None:
    figure = figures()["timeline"]
    words = words_on(figure)
    assert {"Costs $5 & <more> $", "First", "2022-03", "2024-01-08", "Without a date: Undated", "a note"} <= set(words)
    assert {"Lab A", "Lab B"} <= {text.get_text() for text in figure.legends[0].get_texts()}
    heights = {text.get_text(): text.xy[1] for text in figure.axes[0].texts if hasattr(text, "xy")}
    assert heights["First"] < heights["Costs $5 & <more> $"]


def test_a_doubtful_move_is_dashed_and_pale() -> None:
    lines = [line for line in figures()["careers"].axes[0].lines if line.get_linewidth() < 5]
    assert [line.get_linestyle() for line in lines] == ["-", "--"]
    ribbons = [patch for patch in figures()["flows"].axes[0].patches if patch.get_alpha()]
    assert [patch.get_alpha() for patch in ribbons] == [0.6, 0.25]
    assert "Ann · 2020–2022" in words_on(figures()["flows"])
    assert {"Lab A  2", "2  Lab B"} <= set(words_on(figures()["flows"]))


@pytest.mark.parametrize("name", figures())
def test_every_picture_is_written_as_svg_and_png_with_the_same_bytes_twice(name: str, tmp_path: Path) -> None:
    for ending in ("svg", "png"):
        written = set()
        for turn in range(2):
            path = tmp_path / f"{turn}.{ending}"
            write_picture(figures()[name], path)
            written.add(path.read_bytes())
        assert len(written) == 1
        [data] = written
        if ending == "svg":
            assert ET.fromstring(data).tag == "{http://www.w3.org/2000/svg}svg"
            assert b"dc:date" not in data
        else:
            assert data.startswith(b"\x89PNG")


SCRIPT = """
import sys
from pathlib import Path
from kg.answers import Node
from kg.plots import draw_timeline, write_picture
nodes = [Node(iri=n, type="Model", label=n, date=f"202{k}-01-02", lab=n) for k, n in enumerate("abcd")]
write_picture(draw_timeline(nodes, title="T"), Path(sys.argv[1]))
"""


def test_bytes_do_not_depend_on_hash_seed_time_zone_or_settings(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.hashsalt: other\naxes.facecolor: red\n")
    written = set()
    for turn, (zone, settings) in enumerate([("UTC", os.devnull), ("Pacific/Apia", str(tmp_path / "matplotlibrc"))]):
        environment = {**os.environ, "PYTHONHASHSEED": str(turn), "TZ": zone, "MATPLOTLIBRC": settings}
        path = tmp_path / f"{turn}.svg"
        subprocess.run([sys.executable, "-c", SCRIPT, str(path)], env=environment, check=True)
        written.add(path.read_bytes())
    assert len(written) == 1


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"end its name in .svg or .png"):
        write_picture(figures()["ranking"], tmp_path / "ranking.gif")
    with pytest.raises(OutputError, match="choose another file"):
        write_picture(figures()["ranking"], tmp_path / "missing" / "ranking.svg")


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(KgError, match=r'pip install "modelkin\[plot\]"'):
        draw_ranking(PLACES, title="Ranking")

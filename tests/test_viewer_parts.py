"""Pages of a part of a graph, and the layouts of comparisons and of what is large."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import kg
from kg.viewer.force import lay_out_whole
from kg.viewer.galaxies import communities
from kg.viewer.ranks import lay_out_ranks


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("graph")
    done = CliRunner().invoke(kg, ["build", "-o", str(output)], catch_exceptions=False)
    assert done.exit_code == 0
    return output


def labels(page: Path) -> set[str]:
    found = re.search(r'<script type="application/json" id="kg-nodes">(.*?)</script>', page.read_text(encoding="utf-8"))
    assert found
    return set(json.loads(found[1])["label"])


def test_view_makes_a_page_of_what_is_around_a_name(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "part.html"
    args = ["view", "mixtral 8x7b", "--depth", "1", "--graph", str(built), "-o", str(page), "--no-open"]
    done = CliRunner().invoke(kg, args, catch_exceptions=False)
    assert done.stdout == f"{page.resolve().as_uri()}#node=model/mixtral-8x7b\n"
    near = labels(page)
    assert {"Mixtral 8x7B", "Mistral 7B", "Mixtral of Experts"} <= near
    assert "Chinchilla" not in near
    assert "<title>Mixtral 8x7B and what is around it</title>" in page.read_text(encoding="utf-8")
    args[3] = "2"
    CliRunner().invoke(kg, args, catch_exceptions=False)
    assert near < labels(page) < labels(built / "graph.html")


def test_a_part_without_a_file_name_stands_beside_the_page_and_leaves_it_alone(built: Path) -> None:
    before = (built / "graph.html").read_bytes()
    args = ["view", "Magistral", "--depth", "1", "--graph", str(built), "--no-open"]
    assert CliRunner().invoke(kg, args, catch_exceptions=False).exit_code == 0
    assert "Magistral" in labels(built / "graph-magistral-1.html")
    assert (built / "graph.html").read_bytes() == before


def test_depth_without_a_name_is_wrong_usage(built: Path) -> None:
    done = CliRunner().invoke(kg, ["view", "--depth", "2", "--graph", str(built)])
    assert done.exit_code == 2
    assert "--depth needs a NAME" in done.stderr


def test_who_does_better_stands_left_and_equals_can_be_seen_apart() -> None:
    names = {name: name.upper() for name in "abcdef"}
    at = lay_out_ranks(names, [("a", "b"), ("b", "c"), ("a", "c")], [("c", "d"), ("e", "f")])
    assert at["a"][0] < at["b"][0] < at["c"][0] < at["d"][0]
    assert at["e"][0] != at["f"][0]
    assert len(set(at.values())) == 6


def test_a_circle_of_wins_shares_a_column() -> None:
    at = lay_out_ranks({name: name for name in "abcd"}, [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")], [])
    assert at["a"][0] == at["b"][0] == at["c"][0] < at["d"][0]


def test_comparisons_never_stand_on_one_another() -> None:
    dice = random.Random(4)
    names = {f"m{i}": f"Model {i}" for i in range(400)}
    wins = [(f"m{dice.randrange(i)}", f"m{i}") for i in range(1, 400) if dice.random() < 0.8]
    places = lay_out_ranks(names, wins, [])
    boxes = [(x, y, x + len(names[name]) * 6.8 + 34, y + 30) for name, (x, y) in places.items()]
    for index, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def clustered(groups: int, size: int) -> tuple[list[str], list[tuple[str, str]]]:
    dice = random.Random(9)
    names = [f"n{i:05}" for i in range(groups * size)]
    pairs = [(names[i], names[i // size * size + dice.randrange(size)]) for i in range(len(names)) for _ in range(5)]
    pairs += [(names[dice.randrange(len(names))], names[dice.randrange(len(names))]) for _ in range(groups * 2)]
    return names, [pair for pair in pairs if pair[0] != pair[1]]


def test_what_hangs_together_closely_is_one_community() -> None:
    names, pairs = clustered(12, 40)
    number = {name: i for i, name in enumerate(names)}
    found = communities(len(names), sorted({(number[min(p)], number[max(p)]) for p in pairs}))
    together = sum(found[i] == found[i // 40 * 40 + 20] for i in range(len(names)))
    assert together > 0.8 * len(names)
    assert len(set(found)) >= 8


def test_a_large_picture_shows_what_hangs_together_near_one_another() -> None:
    names, pairs = clustered(60, 40)
    at = lay_out_whole(names, pairs, {name: (name,) for name in names})
    assert at == lay_out_whole(names, list(reversed(pairs)), {name: (name,) for name in names})

    def apart(a: str, b: str) -> float:
        return ((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5

    dice = random.Random(2)
    inside = [apart(names[i], names[i // 40 * 40 + dice.randrange(40)]) for i in range(0, len(names), 3)]
    anywhere = [apart(names[i], names[dice.randrange(len(names))]) for i in range(0, len(names), 3)]
    assert sum(inside) < 0.35 * sum(anywhere)

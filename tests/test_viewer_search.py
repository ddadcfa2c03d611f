"""The search of the page among many names: each key finds what looking at every name would find."""

from __future__ import annotations

import importlib.util
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import networkx as nx
import pytest

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver


def _sibling(name: str) -> ModuleType:
    """Return a module beside this one (tests are no package)."""
    spec = importlib.util.spec_from_file_location(f"{name}_for_searching", Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


shared = _sibling("test_viewer_browser")
data = shared.data
browser, show = shared.browser, shared.show
css, texts, press = shared.css, shared.texts, shared.press
pytestmark = shared.pytestmark
Show = Callable[..., "WebDriver"]
MOST = 9
SYLLABLES = "mis tral lla ma gem ini fal con qwen phi or ca bloom é ö zep hyr 7b 13 -v2 (base) in struct".split()


def many_names(count: int = 1500, seed: int = 3) -> nx.MultiDiGraph[str]:
    """Models with names of a few syllables, every third with another name, all made from the first one."""
    dice = random.Random(seed)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def name() -> str:
        return "".join(dice.choice(SYLLABLES) + dice.choice(["", "", " ", "-"]) for _ in range(4)).strip(" -")

    for place in range(count):
        facts = {"alias": [f"{name()} {place}"]} if place % 3 == 0 else {}
        label = f"{name()} {place}".capitalize()
        iri = f"{data.ID}model/{place}"
        network.add_node(iri, type="Model", label=label, date="", family="", lab="", facts=facts)
        data.link(network, iri, "fineTunedFrom", f"{data.ID}model/{place // 2}")
    return network


def plain(text: str) -> str:
    return text.lower().replace("é", "e").replace("ö", "o")


def rank(name: str, wanted: str) -> int | None:
    """Return how well a name fits: the same, its start, the start of a word, anywhere; None if it does not."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if any(mark + wanted in name for mark in " -("):
        return 2
    return 3 if wanted in name else None


def fits(network: nx.MultiDiGraph[str], typed: str) -> dict[str, int]:
    """Look at every name; return how well each thing fits, by its label."""
    wanted = plain(typed.strip())
    found: dict[str, int] = {}
    loose: dict[str, int] = {}
    for _, node in network.nodes(data=True):
        for name in map(plain, [node["label"], *node["facts"].get("alias", [])]):
            if (how := rank(name, wanted)) is not None:
                found[node["label"]] = min(how, found.get(node["label"], 9))
            if re.sub(r"\W", "", wanted) in re.sub(r"\W", "", name):
                loose[node["label"]] = 0
    return found or loose


def test_each_key_finds_what_looking_at_every_name_would_find(show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    network = many_names()
    page = show(network)
    field = css(page, "#search")
    typed = ""
    for word in ("mistral 12", "in", "13 7", "QWEN-V2", "zephyr", "ini (b", "ca--or", "lla mama 7b", "é", "xqz"):
        field.send_keys(Keys.BACKSPACE * len(typed))
        typed = ""
        for letter in word:
            field.send_keys(letter)
            typed += letter
            expected = fits(network, typed)
            hits = texts(page, "#hits .name")
            assert len(hits) == len(set(hits)) == min(MOST, len(expected)), typed
            assert [expected[hit] for hit in hits] == sorted(expected.values())[:MOST], typed


def test_going_back_a_letter_finds_the_same_again(show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(many_names())
    press(page, "/", "tral")
    before = texts(page, "#hits .name")
    assert len(before) == MOST
    press(page, "zzz")
    assert texts(page, "#hits li") == ["No such name"]
    press(page, Keys.BACKSPACE * 3)
    assert texts(page, "#hits .name") == before


@pytest.mark.parametrize("typed", ["\\", "[(", "$^", "\u0301", "😀", "__proto__", "constructor"])
def test_any_letters_may_be_typed(show: Show, typed: str) -> None:
    network = many_names(40)
    network.add_node(
        f"{data.ID}model/odd", type="Model", label=f"Odd {typed} one", date="", family="", lab="", facts={}
    )
    data.link(network, f"{data.ID}model/odd", "fineTunedFrom", f"{data.ID}model/0")
    page = show(network)
    script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new InputEvent('input', {bubbles: true}))"
    page.execute_script(script, css(page, "#search"), typed)
    found = texts(page, "#hits .name")
    assert not plain(typed).strip("\u0301") or f"Odd {typed} one" in found

"""The page for everyone: by axe's rules, from the keyboard alone, with fingers, on a telephone, and on paper."""

from __future__ import annotations

import base64
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver


def _sibling(name: str) -> ModuleType:
    """Return a module beside this one (tests are no package)."""
    spec = importlib.util.spec_from_file_location(f"{name}_for_everyone", Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


explore = _sibling("test_viewer_explore")
shared, data = explore.shared, explore.data
browser, show = shared.browser, shared.show
css, texts, press, hash_of = shared.css, shared.texts, shared.press, shared.hash_of
rich_network, until, heard, open_panel = explore.rich_network, explore.until, explore.heard, explore.open_panel
pytestmark = shared.pytestmark
Show = Callable[..., "WebDriver"]


def axe() -> str:
    found = importlib.util.find_spec("axe_core_python")
    assert found and found.origin
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "hash_",
    [
        "",
        "#view=people&node=person/zoe-first",
        "#view=compare&edge=model/mixtral-8x7b+outperforms+model/mistral-7b",
        "#view=everything&node=model/mixtral-8x7b&near=2",
        "#node=model/mixtral-8x7b-chat&to=person/zoe-first",
    ],
)
def test_axe_finds_no_fault(show: Show, hash_: str, scheme: str, width: int) -> None:
    page = show(rich_network(), hash_, scheme=scheme, width=width)
    if width == 360 and not hash_:
        css(page, "#legend-switch").click()
    if not hash_:
        css(page, "#save").click()
        page.execute_script("document.querySelectorAll('#legend details').forEach((one) => { one.open = true; })")
    if "compare" in hash_:
        press(page, "/", "mi")
        assert texts(page, "#hits .name")
    page.execute_script("document.querySelectorAll('#panel .why').forEach((one) => one.click())")
    page.execute_cdp_cmd("Runtime.evaluate", {"expression": axe() + ";0"})
    script = """
      const done = arguments[arguments.length - 1];
      axe.run().then((found) => done(JSON.stringify(found.violations)));
    """
    faults = json.loads(page.execute_async_script(script))
    assert [(fault["id"], fault["impact"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []


def focused(page: WebDriver) -> str:
    """Return what has the focus, as a screen reader would say it."""
    script = "const e = document.activeElement; return e.getAttribute('aria-label') || e.textContent || e.id"
    return str(page.execute_script(script)).strip()


def tab_to(page: WebDriver, wanted: str, back: bool = False) -> None:
    """Press Tab until something of that name has the focus."""
    from selenium.webdriver.common.keys import Keys

    for _ in range(60):
        if focused(page).startswith(wanted):
            return
        press(page, *([Keys.SHIFT] if back else []), Keys.TAB, *([Keys.NULL] if back else []))
    raise AssertionError(f"no Tab leads to {wanted!r}")


def test_everything_is_done_from_the_keyboard_alone(show: Show, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(rich_network())
    tab_to(page, "Compare")
    press(page, Keys.ENTER)
    assert heard(page).startswith("Compare: 2 things")
    tab_to(page, "Lineage", back=True)
    press(page, Keys.ENTER)
    press(page, "/", "8x7b", Keys.ENTER)
    open_panel(page, "Mixtral 8x7B")
    assert heard(page).startswith("Model Mixtral 8x7B, ")
    assert focused(page).startswith("The graph")
    press(page, Keys.ARROW_LEFT)
    open_panel(page, "Mistral 7B")
    press(page, Keys.ARROW_RIGHT)
    open_panel(page, "Mixtral 8x7B")
    press(page, Keys.ENTER)
    tab_to(page, "Only 1 step around")
    press(page, Keys.SPACE)
    until(lambda: "near=1" in hash_of(page))
    until(lambda: css(page, "#panel [data-near='1']").get_attribute("aria-pressed") == "true")
    tab_to(page, "sentence: Mixtral 8x7B")
    press(page, Keys.ENTER)
    until(lambda: texts(page, "#panel blockquote"))
    press(page, Keys.ESCAPE)
    until(lambda: not css(page, "#panel").is_displayed())
    assert focused(page).startswith("The graph")
    tab_to(page, "Model")
    press(page, Keys.SPACE)
    assert "no-type=Model" in hash_of(page)
    assert focused(page).startswith("Model")
    press(page, Keys.SPACE)
    tab_to(page, "Save", back=True)
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    press(page, Keys.ENTER)
    press(page, Keys.ARROW_DOWN * 2, Keys.ENTER)
    until(lambda: [one for one in tmp_path.glob("*.ttl") if one.stat().st_size])
    assert heard(page) == "Saved lineage.ttl"


def touch(page: WebDriver, kind: str, *points: tuple[float, float]) -> None:
    spots = [{"x": x, "y": y, "id": place} for place, (x, y) in enumerate(points)]
    page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})


def place_of(page: WebDriver) -> list[float]:
    """Return where the picture is and how large, as the address keeps it."""
    until(lambda: "at=" in hash_of(page))
    return [float(part) for part in hash_of(page).partition("at=")[2].split("&")[0].split("+")]


def test_fingers_move_the_picture_spread_it_and_choose(show: Show) -> None:
    page = show(rich_network(), "#at=0+0+0.8", width=360)
    page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    try:
        touch(page, "touchStart", (150, 500))
        for step in range(1, 9):
            touch(page, "touchMove", (150 + 10 * step, 500))
        touch(page, "touchEnd")
        until(lambda: place_of(page)[0] < -50)
        touch(page, "touchStart", (150, 400), (200, 400))
        for step in range(1, 9):
            touch(page, "touchMove", (150 - 8 * step, 400), (200 + 8 * step, 400))
        touch(page, "touchEnd")
        until(lambda: place_of(page)[2] > 1.2)
        page.get(page.current_url.partition("#")[0] + "#node=model/mistral-7b")
        open_panel(page, "Mistral 7B")
        close = css(page, "#panel .close").rect
        x, y = close["x"] + close["width"] / 2, close["y"] + close["height"] / 2
        touch(page, "touchStart", (x, y))
        touch(page, "touchEnd")
        until(lambda: not css(page, "#panel").is_displayed())
    finally:
        page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


def printed(page: WebDriver) -> Any:
    return base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", {"landscape": True})["data"])


def test_on_paper_stand_the_picture_the_legend_and_the_sentence_in_light_colours(show: Show) -> None:
    page = show(rich_network(), "#edge=model/mixtral-8x7b+basedOnArchitecture+model/mistral-7b", scheme="dark")
    page.execute_script("""
      addEventListener("beforeprint", () => {
        const style = getComputedStyle(document.documentElement);
        window.seen_ = {
          ground: style.getPropertyValue("--paper"),
          pixels: new Set(new Uint32Array(document.querySelector("main > canvas").getContext("2d")
            .getImageData(0, 0, 900, 900).data.buffer)).size,
        };
      });
    """)
    assert printed(page).startswith(b"%PDF-")
    seen = page.execute_script("return window.seen_")
    assert seen["ground"].strip() == "#fff"
    assert seen["pixels"] > 10
    until(lambda: not page.find_elements("css selector", "main > canvas"))
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert all(shared.displayed(page, "#panel blockquote", "#legend", ".title"))
        hidden = ("#search", "#save", "#zoom-in", "#canvas", "#panel .close", "#panel .copy")
        assert not any(shared.displayed(page, *hidden))
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_each_filter_of_the_legend_limits_what_is_shown(show: Show) -> None:
    page = show(rich_network(), "#view=everything")
    page.execute_script("document.querySelectorAll('#legend details').forEach((one) => { one.open = true; })")
    whole = len(shared.pointed_places(page))
    for group, one in (("type", "Person"), ("family", "Mistral"), ("lab", "Old Lab"), ("kind", "lineage-design"),
                       ("basis", "extracted")):  # fmt: skip
        button = css(page, f"#legend [data-key='{group}:{one}'].entry")
        assert int(button.text.split()[-1]) > 0
        button.click()
        assert f"no-{group}=" in hash_of(page)
        assert 0 < len(shared.pointed_places(page)) < whole, group
        css(page, "#legend .reset.all").click()
        assert hash_of(page) == "#view=everything"


def test_two_keys_in_one_frame_zoom_twice_and_the_picture_comes_to_rest(show: Show) -> None:
    page = show(rich_network(), "#at=0+0+0.5")
    page.execute_script("""
      const key = () => new KeyboardEvent("keydown", {key: "+", bubbles: true});
      const canvas = document.getElementById("canvas");
      canvas.dispatchEvent(key());
      canvas.dispatchEvent(key());
    """)
    until(lambda: place_of(page)[2] == pytest.approx(0.5 * 1.3 * 1.3, rel=1e-3))
    time.sleep(0.7)
    press(page, "a")  # any redraw would go on with a movement that never ended
    page.execute_script("document.querySelector('#views [aria-pressed=true]').focus()")
    assert place_of(page)[2] == pytest.approx(0.5 * 1.3 * 1.3, rel=1e-3)
    css(page, "#zoom-in").click()
    until(lambda: place_of(page)[2] == pytest.approx(0.5 * 1.3 * 1.3 * 1.4, rel=1e-3))

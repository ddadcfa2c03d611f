"""The page in a real Chromium: what a person sees, clicks and types, and what hostile text does not do."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from kg.viewer import render_page, to_view, write_page

if TYPE_CHECKING:
    import networkx as nx
    from selenium.webdriver.chrome.webdriver import WebDriver

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM.exists() and DRIVER.exists() and importlib.util.find_spec("selenium")),
    reason="needs /usr/bin/chromium, /usr/bin/chromedriver and selenium",
)
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1200,800",
)  # fmt: skip


def _data() -> ModuleType:
    """Return the sibling module with the hand-made networks (tests are no package)."""
    spec = importlib.util.spec_from_file_location("viewer_networks", Path(__file__).with_name("test_viewer.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


data = _data()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def show(browser: WebDriver, tmp_path: Path) -> Iterator[Callable[..., WebDriver]]:
    """Open a page of a network, in a window of the given width; the browser must have nothing to complain."""

    def opened(
        network: nx.MultiDiGraph[str], hash_: str = "", width: int = 1200, scheme: str = "light", title: str = "Graph"
    ) -> WebDriver:
        target = tmp_path / "graph.html"
        write_page(target, render_page(to_view(network), title=title))
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        browser.get("about:blank")
        browser.get(f"{target.as_uri()}{hash_}")
        ready(browser)
        return browser

    browser.get_log("browser")
    yield opened
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.get_log("browser") == []


def ready(driver: WebDriver) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    script = "return document.documentElement.dataset.ready === 'yes'"
    WebDriverWait(driver, 20, poll_frequency=0.02).until(lambda d: d.execute_script(script))


def css(driver: WebDriver, selector: str) -> Any:
    return driver.find_element("css selector", selector)


def texts(driver: WebDriver, selector: str) -> list[str]:
    """Give what is to be read in each element, anew if the page redraws them at that moment."""
    from selenium.common.exceptions import StaleElementReferenceException

    try:
        return [element.text for element in driver.find_elements("css selector", selector)]
    except StaleElementReferenceException:
        return texts(driver, selector)


def displayed(driver: WebDriver, *selectors: str) -> list[bool]:
    """Tell of each whether it is to be seen, all at one moment; the page may redraw an element at any time."""
    script = """
      return [...arguments].map((one) => document.querySelector(one).checkVisibility(
        {visibilityProperty: true, opacityProperty: true}));
    """
    return list(driver.execute_script(script, *selectors))


def press(driver: WebDriver, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def hash_of(driver: WebDriver) -> str:
    return str(driver.execute_script("return location.hash"))


def colors_drawn(driver: WebDriver) -> int:
    script = """
      const canvas = document.querySelector("#canvas canvas");
      const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(pixels.data.buffer)).size;
    """
    return int(driver.execute_script(script))


def pointed_places(driver: WebDriver) -> list[list[int]]:
    """Return points of the canvas under which the page says there is something to click."""
    script = """
      const canvas = document.getElementById("canvas"), box = canvas.getBoundingClientRect(), found = [];
      for (let y = box.top + 60; y < box.bottom - 20; y += 7) {
        for (let x = box.left + 260; x < box.right - 60; x += 11) {
          canvas.dispatchEvent(new PointerEvent("pointermove", {clientX: x, clientY: y, pointerType: "mouse"}));
          if (canvas.style.cursor === "pointer") found.push([Math.round(x), Math.round(y)]);
        }
      }
      return found;
    """
    return list(driver.execute_script(script))


def click_at(driver: WebDriver, x: int, y: int) -> None:
    from selenium.webdriver.common.actions.action_builder import ActionBuilder

    actions = ActionBuilder(driver)
    actions.pointer_action.move_to_location(x, y).click()
    actions.perform()


def test_the_first_picture_is_the_lineage(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network())
    assert css(page, "#views [aria-pressed=true]").text == "Lineage"
    assert "3 models" in css(page, "#summary").text
    assert colors_drawn(page) > 20


def test_views_switch_in_place_and_the_address_keeps_them(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network())
    assert "People" not in css(page, "#legend").text
    css(page, "#views [data-view=everything]").click()
    assert "People" in css(page, "#legend").text
    assert hash_of(page) == "#view=everything"
    page.refresh()
    assert css(page, "#views [aria-pressed=true]").text == "Everything"
    assert colors_drawn(page) > 20


def test_a_name_is_found_from_the_keyboard(show: Callable[..., WebDriver]) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(data.small_network())
    press(page, "/", "mixtral 8")
    assert texts(page, "#hits .name") == ["Mixtral 8x7B", "Mixtral 8x7B Chat"]
    press(page, Keys.ARROW_DOWN, Keys.ENTER)
    assert css(page, "#panel h2").text == "Mixtral 8x7B Chat"
    assert hash_of(page) == "#node=model/mixtral-8x7b-chat"
    press(page, Keys.ESCAPE)
    assert not css(page, "#panel").is_displayed()
    assert hash_of(page) == ""


def test_other_names_and_names_without_their_accents_are_found(show: Callable[..., WebDriver]) -> None:
    network = data.small_network()
    network.add_node(data.ID + "person/theo", type="Person", label="Théo Müller", date="", family="", lab="", facts={})
    page = show(network)
    css(page, "#search").send_keys("muller")
    assert texts(page, "#hits .name") == ["Théo Müller"]
    css(page, "#search").clear()
    css(page, "#search").send_keys("zzz")
    assert texts(page, "#hits li") == ["No such name"]


def test_the_panel_of_a_model_shows_facts_relatives_results_and_sentences(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), "#node=model/mixtral-8x7b")
    panel = css(page, "#panel").text
    for words in ("46.7 billion", "Mistral AI", "8 Jan 2024", "70.6%", "Also written Mixtral"):
        assert words in panel
    assert texts(page, "#panel h3")[1:4] == ["based on the architecture of", "fine-tuned from this", "in family"]
    css(page, "#panel button.why[aria-label*='based on the architecture of']").click()
    assert data.QUOTE in texts(page, "#panel blockquote")
    assert "Mixtral of Experts, 8 Jan 2024" in css(page, "#panel figcaption").text
    assert "lineage.architecture" in css(page, "#panel figcaption").text


def test_authors_stand_in_the_order_of_the_paper(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), "#node=paper/mixtral")
    assert texts(page, "#panel ol .go") == ["Zoe First", "Abe Second"]


def test_a_curated_statement_says_so_and_links_its_source(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), "#edge=family/mixtral+succeeds+family/mistral")
    assert css(page, "#panel .basis").text == "curated"
    assert css(page, "#panel .source a").get_attribute("href") == "https://example.org/news"


def test_clicking_a_line_shows_its_sentence_and_clicking_nothing_closes_it(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), "#view=everything")
    places = pointed_places(page)
    claims: list[str] = []
    for x, y in places[:: max(1, len(places) // 40)]:
        click_at(page, x, y)
        if claims := texts(page, "#panel h2.claim"):
            break
    assert claims
    assert texts(page, "#panel blockquote, #panel .basis")
    click_at(page, 600, 790)
    assert not css(page, "#panel").is_displayed()


def test_the_legend_filters_and_the_address_keeps_the_filter(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), "#view=everything")
    css(page, "#legend [data-key='type:Person']").click()
    css(page, "#legend [data-key='kind:bibliographic']").click()
    css(page, "#legend [data-key='basis:curated']").click()
    assert hash_of(page) == "#view=everything&no-type=Person&no-kind=bibliographic&no-basis=curated"
    page.refresh()
    assert css(page, "#legend [data-key='type:Person']").get_attribute("aria-pressed") == "false"
    css(page, "#legend .reset").click()
    assert hash_of(page) == "#view=everything"


def test_a_hidden_thing_cannot_be_clicked(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), "#view=everything")
    before = len(pointed_places(page))
    css(page, "#legend [data-key='type:Model']").click()
    assert 0 < len(pointed_places(page)) < before


def test_keys_move_and_zoom_the_picture(show: Callable[..., WebDriver]) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(data.small_network())
    before = page.get_screenshot_as_png()
    page.execute_script("document.getElementById('canvas').focus()")
    press(page, Keys.ARROW_RIGHT, "+")
    assert page.get_screenshot_as_png() != before


def test_a_dark_desktop_gets_a_dark_page(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), scheme="dark")
    background = page.execute_script("return getComputedStyle(document.documentElement).backgroundColor")
    assert max(int(part) for part in background[4:-1].split(",")) < 60


def test_a_window_as_wide_as_a_telephone_is_usable(show: Callable[..., WebDriver]) -> None:
    page = show(data.small_network(), "#node=model/mixtral-8x7b", width=360)
    assert page.execute_script("return document.documentElement.scrollWidth") <= 360
    panel = css(page, "#panel").rect
    assert (panel["x"], panel["width"]) == (0, 360)
    assert not css(page, "#legend").is_displayed()
    css(page, "#panel .close").click()
    css(page, "#legend-switch").click()
    assert css(page, "#legend").is_displayed()
    assert css(page, "#search").rect["width"] > 200


def test_hostile_text_neither_runs_nor_fetches(show: Callable[..., WebDriver]) -> None:
    network = data.hostile_network()
    page = show(network, title=data.HOSTILE[1])
    for view in ("lineage", "people", "compare", "everything"):
        css(page, f"#views [data-view={view}]").click()
        for key in [*network.nodes][::7]:
            script = "location.hash = new URLSearchParams({node: arguments[0], view: arguments[1]}).toString()"
            page.execute_script(script, key.removeprefix(data.ID).encode("utf-8", "replace").decode(), view)
            page.execute_script("document.querySelectorAll('#panel .why').forEach((button) => button.click())")
    for text in data.HOSTILE[:10]:
        css(page, "#search").clear()
        css(page, "#search").send_keys(text[:12])
    pointed_places(page)
    assert page.execute_script("return window.__pwn") is None
    assert (
        page.execute_script("return document.querySelectorAll('img, svg[onload], a[href^=\"javascript\" i]').length")
        == 0
    )


def test_a_page_that_is_tampered_with_does_not_run(browser: WebDriver, tmp_path: Path) -> None:
    """The policy is what stops a script that should not be there; this shows that it is in force."""
    html = render_page(to_view(data.small_network()), title="Graph")
    target = tmp_path / "graph.html"
    write_page(target, html.replace("</body>", "<script>window.__pwn = 1</script></body>"))
    browser.get(target.as_uri())
    assert browser.execute_script("return window.__pwn") is None
    assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))

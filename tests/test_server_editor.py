"""The query editor of `kg serve` in a real Chromium: clicked, typed into, and asking nobody but its own server."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.queries import query_text
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM.exists() and DRIVER.exists() and importlib.util.find_spec("selenium")),
    reason="needs /usr/bin/chromium, /usr/bin/chromedriver and selenium",
)
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1280,900",
)  # fmt: skip
TABLE = ".tabPanel.active table.dataTable"


@pytest.fixture(scope="module")
def small(serve: Callable[..., Any]) -> Any:
    """Give a server that cuts answers at a hundred rows."""
    return serve("--limit", "100")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: WebDriver, small: Any) -> Iterator[WebDriver]:
    """Open the editor as on a first visit; in the end it has asked nobody else, and broken no rule of its policy."""
    browser.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": small.address.rstrip("/"), "storageTypes": "all"})
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(f"{small.address}query")
    until(browser, lambda: rows(browser))
    yield browser
    asked = {
        message["params"]["request"]["url"]
        for entry in browser.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"] == "Network.requestWillBeSent"
    }
    assert asked
    assert not [url for url in asked if not url.startswith((small.address, "data:"))]
    assert [entry for entry in browser.get_log("browser") if "/sparql - Failed" not in entry["message"]] == []


def until(driver: WebDriver, condition: Callable[[], Any]) -> Any:
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(driver, 15, poll_frequency=0.05).until(lambda _: condition())


def rows(driver: WebDriver) -> list[list[str]]:
    """Give the cells of the table that is shown."""
    script = f"""
      return [...document.querySelectorAll("{TABLE} tbody tr")].map((row) =>
        [...row.querySelectorAll("td")].map((cell) => cell.innerText));
    """
    return [list(row) for row in driver.execute_script(script)]


def typed(driver: WebDriver, text: str, *, run: bool = True) -> None:
    """Type a query in place of the one that is there, and run it, by the keyboard alone."""
    from selenium.webdriver import ActionChains, Keys

    driver.find_element("css selector", ".tabPanel.active .CodeMirror").click()
    keys = ActionChains(driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(Keys.DELETE, text)
    if run:
        keys = keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL)
    keys.perform()


def text_of(driver: WebDriver, selector: str) -> str:
    return str(driver.execute_script("return document.querySelector(arguments[0])?.textContent ?? ''", selector))


def test_it_opens_with_an_answer(page: WebDriver) -> None:
    assert ["Mixtral 8x7B", "Mixtral", "47000000000"] in [row[:3] for row in rows(page)]


def test_a_click_on_a_named_query_runs_it(page: WebDriver, small: Any) -> None:
    buttons = {
        button.find_element("css selector", "b").text: button
        for button in page.find_elements("css selector", "#examples button")
    }
    assert len(buttons) > 20
    buttons["labs"].click()
    wanted = json.loads(small.ask(query_text("labs")).text)
    expected = [
        [binding.get(name, {}).get("value", "") for name in wanted["head"]["vars"]]
        for binding in wanted["results"]["bindings"]
    ]
    until(page, lambda: rows(page) == expected[:50])
    assert text_of(page, ".tabsList .tab.active span") == "labs"


def test_named_queries_are_found_by_a_word_of_their_help(page: WebDriver) -> None:
    page.find_element("css selector", "#find").send_keys("laborator")
    shown = [item.text for item in page.find_elements("css selector", "#examples li") if item.is_displayed()]
    assert 0 < len(shown) < 24
    assert all("laborator" in text.lower() for text in shown)


def test_a_typed_query_is_run_from_the_keyboard(page: WebDriver) -> None:
    typed(page, "SELECT ?l WHERE { ?m a kg:Model ; rdfs:label ?l } ORDER BY ?l LIMIT 3")
    until(page, lambda: len(rows(page)) == 3)
    assert text_of(page, "#status") == "3 rows."


def test_what_is_wrong_is_said_in_a_sentence(page: WebDriver) -> None:
    typed(page, "SELECT * WHERE { ?s ?p nonsense:x }")
    said = until(page, lambda: text_of(page, ".tabPanel.active .errorResult pre"))
    assert said.startswith("This is no SPARQL: line 1, column")
    until(page, lambda: text_of(page, "#status") == "The query failed.")


def test_an_answer_that_was_cut_says_so(page: WebDriver) -> None:
    typed(page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
    until(page, lambda: text_of(page, "#cut").startswith("There is more: this server gives at most 100 rows"))
    typed(page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 2")
    until(page, lambda: len(rows(page)) == 2)
    until(page, lambda: not page.find_element("css selector", "#cut").is_displayed())


def test_a_thing_in_the_table_leads_to_what_is_said_of_it(page: WebDriver) -> None:
    typed(page, 'SELECT ?m WHERE { ?m a kg:Model ; rdfs:label "Mistral 7B" }')
    until(page, lambda: len(rows(page)) == 1)
    page.find_element("css selector", f"{TABLE} tbody a.iri").click()
    until(page, lambda: text_of(page, ".tabsList .tab.active span") == "mistral-7b")
    until(page, lambda: any("Mistral 7B" in cell for row in rows(page) for cell in row))
    assert page.current_url.partition("#")[0].endswith("/query")


def test_properties_of_the_ontology_are_completed(page: WebDriver) -> None:
    from selenium.webdriver import ActionChains, Keys

    start = f"PREFIX kg: <{PREFIXES['kg']}>\nSELECT * WHERE {{ ?m kg:parameterC"
    editor = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror"
    typed(page, start, run=False)
    page.execute_script(f"{editor}.setValue(arguments[0] + ' ?n }}'); {editor}.setCursor(1, arguments[1])", start, 33)
    ActionChains(page).key_down(Keys.CONTROL).send_keys(" ").key_up(Keys.CONTROL).perform()
    until(page, lambda: text_of(page, ".CodeMirror-hints") == "kg:parameterCount")
    ActionChains(page).send_keys(Keys.ENTER).perform()
    until(page, lambda: "?m kg:parameterCount ?n }" in page.execute_script(f"return {editor}.getValue()"))


def test_text_from_the_graph_is_only_text(page: WebDriver) -> None:
    hostile = "<img src=x onerror=document.title=1><script>document.title=2</script>"
    typed(page, f"SELECT ('{hostile}' AS ?x) (IRI('javascript:document.title=3') AS ?y) WHERE {{}}")
    until(page, lambda: len(rows(page)) == 1 and "<img" in rows(page)[0][0])
    assert page.find_elements("css selector", f"{TABLE} img, {TABLE} script") == []
    for link in page.find_elements("css selector", f"{TABLE} tbody a"):
        link.click()
    assert page.title == "Ask the graph"
    for entry in page.get_log("browser"):  # its table measures text as HTML, and the policy lets none of it act
        assert "The action has been blocked" in entry["message"]


def test_what_was_typed_is_there_after_a_reload(page: WebDriver) -> None:
    typed(page, "SELECT ?x WHERE { VALUES ?x { 42 } }")
    until(page, lambda: rows(page) == [["42"]])
    page.refresh()
    until(page, lambda: "VALUES" in text_of(page, ".CodeMirror-code"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_people_who_cannot_see_or_point_can_use_it(page: WebDriver, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_core_python.selenium")
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    try:
        found = axe.Axe().run(page)["violations"]
        bad = [one for one in found if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in bad] == []
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_page_of_the_graph_works_as_it_is_served(browser: WebDriver, small: Any) -> None:
    browser.get_log("browser")
    browser.get(small.address)
    until(browser, lambda: browser.execute_script("return document.documentElement.dataset.ready === 'yes'"))
    assert browser.get_log("browser") == []

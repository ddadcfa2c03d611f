"""Exploring in a real Chromium: views, filters, surroundings, paths, sentences, what is saved, and who can use it."""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx as nx
import rdflib

from kg.viewer import notebook_html, render_page, to_view, triples_page, write_page

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver


def _sibling(name: str) -> ModuleType:
    """Return a module beside this one (tests are no package)."""
    spec = importlib.util.spec_from_file_location(f"{name}_for_exploring", Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


shared = _sibling("test_viewer_browser")
data = shared.data
browser, show = shared.browser, shared.show
css, texts, press, hash_of, ready = shared.css, shared.texts, shared.press, shared.hash_of, shared.ready
pytestmark = shared.pytestmark
Show = Callable[..., "WebDriver"]
OTHER_PAPER, OLD_LAB, NEW_LAB = (
    f"{data.ID}{tail}" for tail in ("paper/mistral", "organization/old", "organization/new")
)


def rich_network() -> nx.MultiDiGraph[str]:
    """Two papers of two laboratories that share an author, a comparison, and models of two families."""
    network = data.small_network()
    facts = {"authors": ["Zoe First"], "identifier": ["arXiv:2310.06825"]}
    for iri, kind, label, more in (
        (OTHER_PAPER, "Paper", "Mistral 7B", {"date": "2023-10-10", "lab": "Old Lab", "facts": facts}),
        (OLD_LAB, "Organization", "Old Lab", {}),
        (NEW_LAB, "Organization", "New Lab", {}),
    ):
        network.add_node(
            iri, **{"type": kind, "label": label, "date": "", "family": "", "lab": "", "facts": {}, **more}
        )
    network.nodes[data.PAPER]["lab"] = "New Lab"
    network.nodes[data.MISTRAL]["family"] = "Mistral"
    listed = {"basis": "listed", "evidence": []}
    data.link(network, OTHER_PAPER, "creator", data.FIRST, **listed)
    data.link(network, OTHER_PAPER, "introduces", data.MISTRAL)
    data.link(network, OTHER_PAPER, "producedBy", OLD_LAB, **listed)
    data.link(network, data.PAPER, "producedBy", NEW_LAB, **listed)
    quote = "Mixtral 8x7B clearly outperforms Mistral 7B on all benchmarks."
    sentence = {**data.evidence(quote, 0.6), "rule": "comparison.win"}
    data.link(network, data.MIXTRAL, "outperforms", data.MISTRAL, confidence=0.6, evidence=[sentence])
    return network


def until(condition: Callable[[], Any]) -> Any:
    """Wait for something that the page does in its own time."""
    end = time.monotonic() + 10
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen within ten seconds"
        time.sleep(0.03)
    return found


def heard(page: WebDriver) -> str:
    return str(page.execute_script("return document.getElementById('live').textContent"))


def open_panel(page: WebDriver, title: str) -> None:
    until(lambda: texts(page, "#panel h2") and texts(page, "#panel h2")[0] == title)


def test_each_view_has_its_own_things_and_relations(show: Show) -> None:
    page = show(rich_network())
    assert texts(page, "#views button") == ["Lineage", "People", "Compare", "Everything"]
    css(page, "#views [data-view=people]").click()
    assert {"Papers", "People", "Organisations"} <= set(texts(page, "#legend [data-group=type] .name"))
    assert texts(page, "#legend [data-group=kind] .name") == ["Authors", "Wrote for another lab"]
    css(page, "#views [data-view=compare]").click()
    assert texts(page, "#legend [data-group=kind] .name") == ["Outperforms"]
    assert hash_of(page) == "#view=compare"
    assert "2 things, 1 statements" in heard(page)


def test_the_panel_of_a_person_tells_for_whom_they_wrote_in_turn(show: Show) -> None:
    page = show(rich_network(), "#view=people&node=person/zoe-first")
    assert texts(page, "#panel .stay") == ["Old Lab", "New Lab"]
    assert texts(page, "#panel .since") == ["10 Oct 2023", "8 Jan 2024"]


def test_the_sentence_has_its_words_marked_and_says_how_it_was_found(show: Show) -> None:
    page = show(rich_network(), "#view=compare&edge=model/mixtral-8x7b+outperforms+model/mistral-7b")
    assert texts(page, "#panel mark.name") == ["Mixtral 8x7B", "Mistral 7B"]
    assert texts(page, "#panel mark.cue") == ["outperforms"]
    caption = css(page, "#panel figcaption").text
    for words in ("Mixtral of Experts, 8 Jan 2024", "comparison.win", "0.60", "surpasses"):
        assert words in caption


def test_a_sentence_can_be_copied(show: Show) -> None:
    page = show(rich_network(), "#edge=model/mixtral-8x7b+basedOnArchitecture+model/mistral-7b")
    css(page, "#panel figure .copy").click()
    until(lambda: texts(page, "#panel figure .copy")[0] == "Copied")
    css(page, "#search").click()
    page.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyDown", "commands": ["paste"]})
    pasted = str(page.execute_script("return document.getElementById('search').value"))
    assert pasted == f"“{data.QUOTE}” — Mixtral of Experts, 8 Jan 2024"


def test_a_paper_with_an_arxiv_id_links_there(show: Show) -> None:
    page = show(rich_network(), "#node=paper/mistral")
    assert css(page, "#panel dl a").get_attribute("href") == "https://arxiv.org/abs/2310.06825"


def test_only_what_is_near_a_thing_can_be_shown(show: Show) -> None:
    page = show(rich_network(), "#view=everything&node=person/abe-second")
    before = len(shared.pointed_places(page))
    css(page, "#panel [data-near='1']").click()
    assert hash_of(page) == "#view=everything&node=person/abe-second&near=1"
    assert "1 step around Abe Second" in css(page, "#scope").text
    near = len(shared.pointed_places(page))
    assert 0 < near != before
    css(page, "#scope .undo").click()
    assert not css(page, "#scope").is_displayed()
    assert "near" not in hash_of(page)


def test_ancestors_and_descendants_of_a_model_are_shown_and_counted(show: Show) -> None:
    page = show(rich_network(), "#view=everything&node=model/mixtral-8x7b")
    assert texts(page, "#panel [data-trace]") == ["Ancestors 1", "Descendants 1"]
    css(page, "#panel [data-trace=down]").click()
    assert "trace=down" in hash_of(page)
    assert heard(page) == "1 descendants of Mixtral 8x7B"
    until(lambda: css(page, "#panel [data-trace=down]").get_attribute("aria-pressed") == "true")


def test_a_path_leads_from_one_thing_to_another(show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(rich_network(), "#node=model/mixtral-8x7b-chat")
    css(page, "#path-from").click()
    press(page, "zoe", Keys.ENTER)
    until(lambda: texts(page, "#panel .path > li"))
    steps = texts(page, "#panel .step")
    assert len(steps) == 3
    assert steps[0] == "Mixtral 8x7B Chat fine-tuned from Mixtral 8x7B"
    assert steps[2].endswith("Zoe First")
    assert "to=person/zoe-first" in hash_of(page)
    page.refresh()
    ready(page)
    assert len(texts(page, "#panel .path > li")) == 3
    press(page, Keys.ESCAPE)
    until(lambda: texts(page, "#panel h2") == ["Mixtral 8x7B Chat"])


def test_one_family_alone_can_be_shown(show: Show) -> None:
    page = show(rich_network())
    css(page, "#legend details[data-group=family] summary").click()
    line = css(page, "#legend [data-key='family:Mixtral'].only")
    page.execute_script("arguments[0].click()", line)
    assert hash_of(page) == "#only-family=Mixtral"
    assert "1 of 2" in css(page, "#legend details[data-group=family] summary").text
    assert heard(page).startswith("3 things")  # the family and its two models
    page.refresh()
    ready(page)
    assert css(page, "#legend [data-key='family:Mistral'].entry").get_attribute("aria-pressed") == "false"
    css(page, "#legend [data-key='family:Mistral'].entry").click()
    assert hash_of(page) == ""


def test_what_belongs_to_no_laboratory_is_shown_with_one_where_it_is_joined_to_it(show: Show) -> None:
    page = show(rich_network(), "#view=people")
    css(page, "#legend details[data-group=lab] summary").click()
    page.execute_script("arguments[0].click()", css(page, "#legend [data-key='lab:Old Lab'].only"))
    assert hash_of(page) == "#view=people&only-lab=Old%20Lab".replace("%20", "%2520")
    assert heard(page).startswith("3 things")  # the laboratory, its paper and the author of that
    css(page, "#search").send_keys("abe second")
    from selenium.webdriver.common.keys import Keys

    press(page, Keys.ENTER)
    open_panel(page, "Abe Second")
    assert "lab" not in hash_of(page)  # what is chosen is shown


def test_the_least_confidence_is_set_with_a_slider(show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(rich_network(), "#view=compare")
    before = len(shared.pointed_places(page))
    css(page, "#sure").send_keys(Keys.HOME, Keys.PAGE_UP * 7)
    assert hash_of(page) == "#view=compare&sure=0.70"
    assert "0.70 or more" in css(page, "#legend").text
    assert 0 < len(shared.pointed_places(page)) < before


def test_a_stretch_of_time_is_chosen_with_two_ends(show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(rich_network())
    before = len(shared.pointed_places(page))
    css(page, "#until").send_keys(Keys.ARROW_LEFT * 2)
    assert hash_of(page) == "#time=2023-10+2023-11"
    assert "Oct 2023 to Nov 2023" in css(page, "#scope").text
    assert 0 < len(shared.pointed_places(page)) < before
    page.refresh()
    ready(page)
    assert "Oct 2023 – Nov 2023" in css(page, "#legend").text


def test_a_link_opens_at_the_same_place_and_size(show: Show) -> None:
    page = show(rich_network(), "#view=everything")
    page.execute_script("document.getElementById('canvas').focus()")
    press(page, "++")
    until(lambda: "at=" in hash_of(page))
    address, seen = at_rest(page)
    page.refresh()
    ready(page)
    assert at_rest(page)[0] == address
    again = at_rest(page)[1]
    assert len(seen) > 50
    assert len(seen ^ again) <= len(seen) / 20


def at_rest(page: WebDriver) -> tuple[str, set[tuple[int, int]]]:
    """Return the address and where there is something to click, once neither changes any more."""
    before, end = None, time.monotonic() + 60
    while before != (now := (hash_of(page), {(x, y) for x, y in shared.pointed_places(page)})):
        assert time.monotonic() < end, "the picture does not come to rest"
        before = now
        time.sleep(0.5)
    return now


def test_arrow_keys_follow_the_lines_from_a_chosen_thing(show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    page = show(rich_network(), "#node=model/mistral-7b")
    page.execute_script("document.getElementById('canvas').focus()")
    press(page, Keys.ARROW_RIGHT)
    open_panel(page, "Mixtral 8x7B")
    press(page, Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "panel"
    press(page, Keys.ESCAPE)
    until(lambda: not css(page, "#panel").is_displayed())
    assert page.switch_to.active_element.get_attribute("id") == "canvas"


def saved(page: WebDriver, folder: Path, ending: str) -> Path:
    """Save what is shown through the menu, from the keyboard; return the file."""
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    css(page, "#save").click()
    css(page, f"#save-menu [data-format={ending}]").click()
    found = until(lambda: [p for p in folder.glob(f"*.{ending}") if p.stat().st_size])
    return Path(found[0])


def test_a_picture_is_saved_twice_as_large_as_on_the_screen_without_what_cards_cover(
    show: Show, tmp_path: Path
) -> None:
    page = show(rich_network(), "#node=model/mixtral-8x7b")
    picture = saved(page, tmp_path, "png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    legend, panel = css(page, "#legend").rect, css(page, "#panel").rect
    assert int.from_bytes(picture[16:20], "big") == 2 * (panel["x"] - legend["x"] - legend["width"])


def test_a_drawing_is_saved_with_the_names_as_text(show: Show, tmp_path: Path) -> None:
    page = show(rich_network())
    root = ElementTree.fromstring(saved(page, tmp_path, "svg").read_text(encoding="utf-8"))
    written = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Mixtral 8x7B", "Mistral 7B", "Mixtral", "2023"} <= written
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 10


def test_what_is_shown_is_saved_as_triples_table_and_graph(show: Show, tmp_path: Path) -> None:
    page = show(rich_network(), "#view=compare")
    graph = rdflib.Graph().parse(saved(page, tmp_path, "ttl"), format="turtle")
    ends = (
        rdflib.URIRef(data.MIXTRAL),
        rdflib.URIRef("https://w3id.org/modelkin/ns#outperforms"),
        rdflib.URIRef(data.MISTRAL),
    )
    assert ends in graph
    assert (ends[0], rdflib.RDFS.label, rdflib.Literal("Mixtral 8x7B")) in graph
    (row,) = csv.DictReader(io.StringIO(saved(page, tmp_path, "csv").read_text(encoding="utf-8")))
    assert (row["subject"], row["relation"], row["object"], row["confidence"]) == (
        "Mixtral 8x7B",
        "outperforms",
        "Mistral 7B",
        "0.6",
    )
    assert row["sentence"].startswith("Mixtral 8x7B clearly outperforms")
    read = nx.read_graphml(saved(page, tmp_path, "graphml"))
    assert read.nodes[data.MIXTRAL]["label"] == "Mixtral 8x7B"
    assert read.edges[data.MIXTRAL, data.MISTRAL]["relation"] == "outperforms"


def test_hostile_names_are_saved_as_text(show: Show, tmp_path: Path) -> None:
    network = data.hostile_network()
    network.add_node(f"{data.ID}model/formula", type="Model", label="=1+1", date="", family="", lab="", facts={})
    data.link(network, f"{data.ID}model/formula", "fineTunedFrom", f"{data.ID}model/hostile-0")
    page = show(network, "#view=everything")
    graph = rdflib.Graph().parse(saved(page, tmp_path, "ttl"), format="turtle")
    labels = {str(value) for value in graph.objects(None, rdflib.RDFS.label)}
    assert {text for text in data.HOSTILE if "\ud83d" not in text} <= labels
    root = ElementTree.fromstring(saved(page, tmp_path, "svg").read_text(encoding="utf-8"))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "title", "rect", "path", "text"}
    rows = list(csv.DictReader(io.StringIO(saved(page, tmp_path, "csv").read_text(encoding="utf-8"))))
    assert "'=1+1" in {row["subject"] for row in rows}
    assert nx.read_graphml(saved(page, tmp_path, "graphml")).number_of_nodes() > len(data.HOSTILE)
    assert page.execute_script("return window.__pwn") is None


def many(papers: int = 900) -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(papers):
        for kind in ("Model", "Person", "Paper"):
            more = {"date": f"20{10 + i % 15}-03-01" if kind != "Person" else ""}
            network.add_node(
                f"{data.ID}{kind.lower()}/{i}",
                **{
                    "type": kind,
                    "label": f"{kind} {i}",
                    "family": "",
                    "lab": "",
                    "facts": {"alias": [f"Other {i}"]} if kind == "Model" else {},
                    **more,
                },
            )
        data.link(
            network,
            f"{data.ID}paper/{i}",
            "creator",
            f"{data.ID}person/{i // 3}",
            basis="listed",
            evidence=[],
        )
        data.link(
            network,
            f"{data.ID}paper/{i}",
            "introduces",
            f"{data.ID}model/{i}",
            evidence=[data.evidence(f"We introduce Model {i}.")],
        )
        if i:
            data.link(
                network,
                f"{data.ID}model/{i}",
                "fineTunedFrom",
                f"{data.ID}model/{i // 2}",
                evidence=[data.evidence(f"Model {i} is made of Model {i // 2}.")],
            )
    return network


def test_a_large_page_is_packed_and_works_the_same(show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    network = many()
    html = render_page(to_view(network), title="Large")
    assert isinstance(data.data_of(html, "kg-nodes"), str)
    assert html == render_page(to_view(network), title="Large")
    page = show(network)
    for view in ("lineage", "people", "everything"):
        css(page, f"#views [data-view={view}]").click()
        until(lambda: shared.colors_drawn(page) > 20)
    assert all("willReadFrequently" in entry["message"] for entry in page.get_log("browser"))  # our own look at it
    press(page, "/", "other 777")
    assert texts(page, "#hits .name") == ["Model 777"]
    press(page, Keys.ENTER)
    open_panel(page, "Model 777")
    css(page, "#panel button.why[aria-label*='Model 777 fine-tuned from']").click()
    until(lambda: "Model 777 is made of Model 388." in texts(page, "#panel blockquote"))


def test_many_things_can_be_dragged_and_zoomed_far_in_and_out(show: Show) -> None:
    page = show(many(), "#view=everything")
    for delta in (-800,) * 12 + (800,) * 24:
        event = {"type": "mouseWheel", "x": 700, "y": 400, "deltaX": 0, "deltaY": delta}
        page.execute_cdp_cmd("Input.dispatchMouseEvent", event)
    until(lambda: "at=" in hash_of(page))
    scale = float(hash_of(page).rpartition("+")[2])
    assert 0.0019 <= scale <= 8.001


def test_a_notebook_shows_the_whole_page_in_a_frame(browser: WebDriver, tmp_path: Path) -> None:
    piece = notebook_html(rich_network(), title='My "graph"', fragment="node=model/mixtral-8x7b")
    assert piece == notebook_html(rich_network(), title='My "graph"', fragment="node=model/mixtral-8x7b")
    target = tmp_path / "notebook.html"
    write_page(target, f"<!doctype html><meta charset=utf-8><title>Notebook</title>{piece}{piece}")
    browser.get(target.as_uri())
    browser.get_log("browser")
    frame = css(browser, "iframe")
    assert frame.get_attribute("title") == 'My "graph"'
    browser.switch_to.frame(frame)
    try:
        ready(browser)
        assert css(browser, "#panel h2").text == "Mixtral 8x7B"
        css(browser, "#views [data-view=compare]").click()
        assert css(browser, "#views [aria-pressed=true]").text == "Compare"
    finally:
        browser.switch_to.default_content()
    assert browser.get_log("browser") == []


def test_a_page_that_stands_in_a_frame_as_it_is_works_too(browser: WebDriver, tmp_path: Path) -> None:
    frame = (
        f'<iframe sandbox="allow-scripts" srcdoc="{escape(render_page(to_view(rich_network()), title="G"))}"></iframe>'
    )
    target = tmp_path / "frame.html"
    write_page(target, f"<!doctype html><meta charset=utf-8><title>Frame</title>{frame}")
    browser.get(target.as_uri())
    browser.switch_to.frame(css(browser, "iframe"))
    try:
        ready(browser)
        browser.execute_script("document.querySelector('#views [data-view=everything]').click()")
        assert browser.execute_script("return document.querySelectorAll('#legend .entry').length") > 8
    finally:
        browser.switch_to.default_content()


def test_a_large_view_opens_where_something_is(show: Show) -> None:
    network = data.small_network()
    for i in range(300):
        for name in (f"Better {i}", f"Worse {i % 7}"):
            iri = f"{data.ID}model/{name.lower().replace(' ', '-')}"
            network.add_node(iri, type="Model", label=name, date="", family="", lab="", facts={})
        data.link(network, f"{data.ID}model/better-{i}", "outperforms", f"{data.ID}model/worse-{i % 7}")
    page = show(network, "#view=compare")
    assert shared.colors_drawn(page) > 50


def test_triples_of_any_kind_are_a_page(browser: WebDriver, tmp_path: Path) -> None:
    from kg.model import IRI, Literal, Triple
    from kg.vocab import KG, RDF, RDFS

    one, other = IRI("https://e.org/one"), IRI("https://e.org/other")
    triples = [
        Triple(one, RDF.type, KG.Model),
        Triple(one, RDFS.label, Literal("The One")),
        Triple(one, IRI("https://e.org/knows"), other),
        Triple(other, IRI("https://e.org/size"), Literal("7")),
    ]
    target = tmp_path / "graph.html"
    write_page(target, triples_page(triples, title="Triples"))
    assert triples_page(reversed(triples), title="Triples") == target.read_text(encoding="utf-8")
    browser.get(f"{target.as_uri()}#node=https://e.org/one")
    ready(browser)
    assert css(browser, "#panel h2").text == "The One"
    assert texts(browser, "#panel .row .go") == ["other"]

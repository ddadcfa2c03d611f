"""The page's data and its HTML: sorted, escaped, closed to the network, and the same from run to run."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.ids import ID, entity_iri
from kg.viewer import render_page, to_view, write_page
from kg.viewer.force import lay_out_whole
from kg.viewer.lanes import TimedNode, lay_out_lineage
from kg.viewer.palette import lightened, relation_look, type_look

PAPER = ID + "paper/mixtral"
MISTRAL, MIXTRAL, CHAT = (entity_iri("Model", name) for name in ("Mistral 7B", "Mixtral 8x7B", "Mixtral 8x7B Chat"))
FAMILY, OLD_FAMILY = entity_iri("ModelFamily", "Mixtral"), entity_iri("ModelFamily", "Mistral")
RESULT, MMLU = ID + "result/mixtral-mmlu", entity_iri("Benchmark", "MMLU")
FIRST, SECOND = entity_iri("Person", "Zoe First"), entity_iri("Person", "Abe Second")
QUOTE = "Mixtral has the same architecture as Mistral 7B."

HOSTILE = [
    '<img src=x onerror="window.__pwn=1">',
    "</script><script>window.__pwn=2</script>",
    '<a href="http://e.invalid">x</a><img src=//e.invalid/p.png onerror=window.__pwn=3>',
    'Scaling hrefs in LMs <img src=x onerror="window.__pwn=4">',
    '"><script>window.__pwn=5</script>',
    "red;}</style><script>window.__pwn=6</script>",
    "'-window.__pwn=7-'",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.__pwn=8",
    "<!--<script>",
    "]]><svg onload=window.__pwn=9>",
    "__proto__",
    "constructor",
    "naïve \u2028 \u202e emoji 🧠",
    "lone \ud83d surrogate",
]


def evidence(quote: str = QUOTE, confidence: float = 0.9) -> dict[str, Any]:
    return {
        "quote": quote, "paper": PAPER, "title": "Mixtral of Experts", "date": "2024-01-08",
        "start": 0, "end": len(quote), "rule": "lineage.architecture", "confidence": confidence,
    }  # fmt: skip


def link(network: nx.MultiDiGraph[str], subject: str, predicate: str, object_: str, **data: Any) -> None:
    defaults = {"basis": "extracted", "confidence": 0.9, "evidence": [evidence()], "sources": [], "note": ""}
    network.add_edge(subject, object_, key=predicate, **{**defaults, **data})


def small_network(seed: int | None = None) -> nx.MultiDiGraph[str]:
    """Two families, three models, a paper with two authors, a result; built in any order if a seed is given."""
    nodes: list[tuple[str, dict[str, Any]]] = [
        (PAPER, {"type": "Paper", "label": "Mixtral of Experts", "date": "2024-01-08",
                 "facts": {"authors": ["Zoe First", "Abe Second"], "category": ["cs.LG"]}}),
        (MISTRAL, {"type": "Model", "label": "Mistral 7B", "date": "2023-10-10"}),
        (MIXTRAL, {"type": "Model", "label": "Mixtral 8x7B", "date": "2024-01-08", "lab": "Mistral AI",
                   "family": "Mixtral",
                   "facts": {"parameterCount": ["46700000000"], "contextLength": ["32768"], "alias": ["Mixtral"]}}),
        (CHAT, {"type": "Model", "label": "Mixtral 8x7B Chat", "date": "2024-01-08"}),
        (FAMILY, {"type": "ModelFamily", "label": "Mixtral"}),
        (OLD_FAMILY, {"type": "ModelFamily", "label": "Mistral"}),
        (MMLU, {"type": "Benchmark", "label": "MMLU"}),
        (RESULT, {"type": "Result", "label": "70.6%", "facts": {"metric": ["accuracy"], "value": ["70.6%"]}}),
        (FIRST, {"type": "Person", "label": "Zoe First"}),
        (SECOND, {"type": "Person", "label": "Abe Second"}),
    ]  # fmt: skip
    inferred = {"basis": "inferred", "evidence": [], "note": "its name begins so"}
    edges: list[tuple[str, str, str, dict[str, Any]]] = [
        (PAPER, "introduces", MIXTRAL, {}),
        (PAPER, "creator", FIRST, {"basis": "listed", "evidence": []}),
        (PAPER, "creator", SECOND, {"basis": "listed", "evidence": []}),
        (MIXTRAL, "basedOnArchitecture", MISTRAL, {"evidence": [evidence("less sure", 0.5), evidence()]}),
        (MIXTRAL, "directAncestor", MISTRAL, {"basis": "inferred", "evidence": []}),
        (CHAT, "fineTunedFrom", MIXTRAL, {}),
        (CHAT, "variantOf", MIXTRAL, {}),
        (MIXTRAL, "inFamily", FAMILY, inferred),
        (CHAT, "inFamily", FAMILY, inferred),
        (MISTRAL, "inFamily", OLD_FAMILY, inferred),
        (FAMILY, "succeeds", OLD_FAMILY, {"basis": "curated", "evidence": [], "sources": ["https://example.org/news"]}),
        (MIXTRAL, "hasResult", RESULT, {}),
        (RESULT, "benchmark", MMLU, {}),
        (MIXTRAL, "evaluatedOn", MMLU, {}),
    ]
    if seed is not None:
        random.Random(seed).shuffle(nodes)
        random.Random(seed).shuffle(edges)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in nodes:
        network.add_node(node, **{"date": "", "family": "", "lab": "", "facts": {}, **data})
    for subject, predicate, object_, data in edges:
        link(network, subject, predicate, object_, **data)
    return network


def hostile_network() -> nx.MultiDiGraph[str]:
    """Build a network in which every text that a source could fill is hostile."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for place, text in enumerate(HOSTILE):
        data = {
            "date": text,
            "family": text,
            "lab": text,
            "facts": {text: [text], "alias": [text + "!"], "license": [text]},
        }
        network.add_node(f"{ID}model/hostile-{place}", type="Model", label=text, **data)
        network.add_node(text, type=text, label=text, **data)
        claim = {"evidence": [{**evidence(), "quote": text, "title": text, "paper": text, "rule": text, "date": text}]}
        link(network, f"{ID}model/hostile-{place}", "fineTunedFrom", text, note=text, sources=[text], **claim)
        link(network, text, text, f"{ID}model/hostile-{place}", basis=text, note=text, sources=[text], evidence=[])
        link(network, text, "outperforms", f"{ID}model/hostile-{place}", note=text, sources=[text], **claim)
        for kind in ("Paper", "Person", "Organization"):
            network.add_node(f"{ID}{kind}/{text}", **{**data, "type": kind, "label": text, "date": "2024-01-02"})
        link(network, f"{ID}Paper/{text}", "creator", f"{ID}Person/{text}", note=text, **claim)
        link(network, f"{ID}Paper/{text}", "producedBy", f"{ID}Organization/{text}", note=text, **claim)
    return network


class Page(HTMLParser):
    """The elements of a page, its scripts and styles with their text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append((*self.elements[-1], data))

    def element(self, name: str, **wanted: str) -> dict[str, str | None]:
        return next(attrs for tag, attrs in self.elements if tag == name and wanted.items() <= attrs.items())

    def text(self, name: str, **wanted: str) -> str:
        return "".join(t for tag, attrs, t in self.texts if tag == name and wanted.items() <= attrs.items())


def data_of(html: str, name: str) -> Any:
    return json.loads(Page(html).text("script", id=name))


def test_the_view_does_not_depend_on_the_order_of_the_network() -> None:
    first = json.dumps(to_view(small_network()))
    assert all(json.dumps(to_view(small_network(seed))) == first for seed in range(4))


def test_ancestors_stand_left_of_their_descendants_and_families_above_their_models() -> None:
    at = {node["id"]: node["at"]["lineage"] for node in to_view(small_network())["nodes"] if "lineage" in node["at"]}
    assert at[MISTRAL][0] < at[MIXTRAL][0] < at[CHAT][0]
    assert at[FAMILY][0] <= at[MIXTRAL][0]
    assert at[FAMILY][1] < at[MIXTRAL][1]
    assert at[OLD_FAMILY][1] < at[FAMILY][1]
    assert PAPER not in at
    assert len(set(at.values())) == len(at)


def test_a_step_of_lineage_is_drawn_once() -> None:
    edges = to_view(small_network())["edges"]
    assert [e["relation"] for e in edges if (e["source"], e["target"]) == (MIXTRAL, MISTRAL)] == ["basedOnArchitecture"]


def test_a_general_step_of_lineage_is_kept_where_no_specific_one_is() -> None:
    network = small_network()
    network.remove_edge(MIXTRAL, MISTRAL, "basedOnArchitecture")
    edges = to_view(network)["edges"]
    assert [e["relation"] for e in edges if (e["source"], e["target"]) == (MIXTRAL, MISTRAL)] == ["directAncestor"]


def test_results_are_a_table_of_their_model_and_not_drawn() -> None:
    view = to_view(small_network())
    mixtral = next(node for node in view["nodes"] if node["id"] == MIXTRAL)
    assert [(r["benchmark"], r["metric"], r["value"]) for r in mixtral["results"]] == [("MMLU", "accuracy", "70.6%")]
    assert RESULT not in {node["id"] for node in view["nodes"]}


def test_facts_read_as_people_say_them() -> None:
    mixtral = next(node for node in to_view(small_network())["nodes"] if node["id"] == MIXTRAL)
    facts = dict(mixtral["facts"])
    assert facts["Developer"] == ["Mistral AI"]
    assert facts["Parameters"] == ["46.7 billion"]
    assert facts["Context length"] == ["32,768 tokens"]
    assert mixtral["also"] == ["Mixtral"]
    assert mixtral["when"] == "8 Jan 2024"


def test_authors_keep_their_order() -> None:
    places = {e["target"]: e["listed"] for e in to_view(small_network())["edges"] if e["relation"] == "creator"}
    assert places == {FIRST: 1, SECOND: 2}


def test_the_surest_sentence_comes_first() -> None:
    edge = next(e for e in to_view(small_network())["edges"] if e["relation"] == "basedOnArchitecture")
    assert [(e["quote"], e["confidence"]) for e in edge["evidence"]] == [(QUOTE, 0.9), ("less sure", 0.5)]
    assert edge["evidence"][0]["where"] == ""  # the network holds the paper, the page asks it


def test_evidence_from_a_paper_outside_the_network_names_it() -> None:
    network = small_network()
    network.remove_node(PAPER)
    edge = next(e for e in to_view(network)["edges"] if e["relation"] == "basedOnArchitecture")
    assert edge["evidence"][0]["where"] == "Mixtral of Experts, 8 Jan 2024"


def test_what_the_vocabulary_does_not_know_is_shown_in_grey() -> None:
    network = small_network()
    network.add_node(ID + "gadget/x", type="Gadget", label="X", date="", family="", lab="", facts={})
    link(network, MIXTRAL, "gildedBy", ID + "gadget/x")
    view = to_view(network)
    assert {"Gadget"} <= {kind["id"] for kind in view["types"]}
    assert type_look("Gadget").color == "#7c828c"
    assert view["relations"]["gildedBy"]["label"] == "gilded by"


def test_every_class_and_relation_of_the_page_has_a_colour_for_light_and_dark() -> None:
    view = to_view(small_network())
    colors = [item[tone] for item in [*view["types"], *view["kinds"]] for tone in ("light", "dark")]
    assert all(re.fullmatch(r"#[0-9a-f]{6}", str(color)) for color in colors)
    assert lightened("#000000") > "#a00000"
    assert relation_look("fineTunedFrom").kind == "lineage-weights"


def test_an_empty_network_gives_a_page_with_one_view() -> None:
    view = to_view(nx.MultiDiGraph())
    assert [one["id"] for one in view["views"]] == ["everything"]
    assert "<title>Nothing</title>" in render_page(view, title="Nothing")


def test_a_cycle_and_a_child_older_than_its_parent_can_be_laid_out() -> None:
    nodes = [
        TimedNode(id=i, label=i, family="f", date=date) for i, date in zip("abc", ("2024", "2023", ""), strict=True)
    ]
    layout = lay_out_lineage(nodes, {"a": ["b"], "b": ["c", "a"], "c": ["a", "c"]})
    assert len(set(layout.positions.values())) == 3


def test_blocks_of_families_do_not_overlap() -> None:
    dice = random.Random(3)
    nodes, parents = [], {}
    for i in range(120):
        family = f"f{dice.randrange(15)}"
        nodes.append(TimedNode(id=f"m{i}", label=f"Model {i}", family=family, date=f"20{dice.randrange(18, 26)}-03-01"))
        parents[f"m{i}"] = [f"m{dice.randrange(i)}"] if i and dice.random() < 0.6 else []
    nodes += [TimedNode(id=f"f{i}", label=f"Family {i}", family=f"f{i}", date="", head=True) for i in range(15)]
    layout = lay_out_lineage(nodes, parents)
    blocks = layout.blocks
    for index, a in enumerate(blocks):
        for b in blocks[index + 1 :]:
            assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
    assert len(set(layout.positions.values())) == len(nodes)


def test_things_of_the_whole_picture_stand_apart() -> None:
    dice = random.Random(5)
    names = [f"n{i:03}" for i in range(150)]
    pairs = [(names[i], names[dice.randrange(i)]) for i in range(1, 150)] + [("n003", "n090"), ("n010", "n140")]
    at = lay_out_whole(names, pairs, {name: (name,) for name in names})
    nearest = min((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2 for a in names for b in names if a < b)
    assert nearest >= 8**2


def test_many_things_are_laid_out_in_time_that_grows_slowly() -> None:
    names = [f"n{i:05}" for i in range(4000)]
    pairs = [(names[i], names[i // 2]) for i in range(1, 4000)] + [(names[i], names[i - 1]) for i in range(1, 4000)]
    assert len(lay_out_whole(names, pairs, {name: (name,) for name in names})) == 4000


def test_the_policy_allows_the_pages_own_scripts_and_style_and_nothing_else() -> None:
    page = Page(render_page(to_view(small_network()), title="Graph"))
    policy = page.element("meta", **{"http-equiv": "Content-Security-Policy"})["content"] or ""
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    scripts = [text for tag, attrs, text in page.texts if tag == "script" and "type" not in attrs and text.strip()]
    assert len(scripts) == 2
    assert rules["script-src"].split() == [hash_of(script) for script in scripts]
    assert rules["style-src"] == hash_of(page.text("style"))
    assert "unsafe" not in policy


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_names_nothing_that_a_browser_would_fetch() -> None:
    page = Page(render_page(to_view(small_network()), title="Graph"))
    fetched = [attrs.get(name) for _, attrs in page.elements for name in ("src", "href", "data", "action", "poster")]
    assert {address for address in fetched if address} == {"data:,"}
    assert "sourceMappingURL=" not in "".join(text for *_, text in page.texts)


def test_the_page_says_its_language_its_title_and_its_parts() -> None:
    page = Page(render_page(to_view(small_network()), title="Papers & models"))
    assert page.element("html")["lang"] == "en"
    assert page.text("title") == page.text("h1") == "Papers & models"
    assert page.element("input", id="search")["role"] == "combobox"
    assert page.element("div", id="canvas")["aria-label"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    harmless = render_page(to_view(small_network()), title="Graph")
    network = small_network()
    network.add_node(text, type=text, label=text, date=text, family=text, lab=text, facts={text: [text]})
    link(network, text, "fineTunedFrom", MIXTRAL, evidence=[evidence(text)], sources=[text], note=text)
    html = render_page(to_view(network), title=text)
    assert [tag for tag, _ in Page(html).elements] == [tag for tag, _ in Page(harmless).elements]
    assert "<" + text in data_of(html, "kg-nodes")["id"]
    assert text in {detail["note"] for detail in data_of(html, "kg-edge-0") if detail and "note" in detail}
    assert html.encode("utf-8")


def test_equal_networks_give_equal_pages() -> None:
    pages = {render_page(to_view(small_network(seed)), title="Graph") for seed in (None, 1, 2)}
    assert len(pages) == 1
    assert "\r" not in pages.pop()


def test_pyvis_carries_the_nodes_and_the_edges() -> None:
    html = render_page(to_view(small_network()), title="Graph")
    nodes, edges = data_of(html, "kg-nodes"), data_of(html, "kg-edges")
    assert len(nodes["id"]) == len(nodes["label"]) == 9
    mixtral, chat = nodes["label"].index("Mixtral 8x7B"), nodes["label"].index("Mixtral 8x7B Chat")
    assert nodes["type"]["words"][nodes["type"]["of"][mixtral]] == "Model"
    ends = list(
        zip(edges["from"], (edges["relation"]["words"][i] for i in edges["relation"]["of"]), edges["to"], strict=True)
    )
    assert (chat, "fineTunedFrom", mixtral) in ends
    assert data_of(html, "kg-node-0")[mixtral]["results"][0]["value"] == "70.6%"
    sentences = data_of(html, "kg-edge-0")[ends.index((chat, "fineTunedFrom", mixtral))]["evidence"]
    assert [one["quote"] for one in sentences] == [QUOTE]
    assert data_of(html, "kg-options")["physics"] == {"enabled": False}


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "graph.html"
    write_page(target, "first\n")
    with pytest.raises(UnicodeEncodeError):
        write_page(target, "second \ud83d")
    assert target.read_bytes() == b"first\n"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_the_data_of_a_page_can_be_made_without_pyvis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyvis", None)
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    assert to_view(small_network())["nodes"]

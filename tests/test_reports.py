"""Reports: what they write is what their format demands, whatever the names contain."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess

import pytest

from kg.answers import BuildSummary, Connection, Lineage, Node, Quote, Ranked, Statement
from kg.evaluation import GoldClaim, GoldPaper, StatedClaim, evaluate
from kg.model import ReadFailure
from kg.reports.build import Findings, render_build_report, render_summary
from kg.reports.evaluation import render_evaluation, render_evaluation_json
from kg.reports.lineage import render_dot, render_json, render_mermaid, render_tree
from kg.reports.tables import TABLE_FORMATS, columns_wide, render_table
from kg.reports.why import render_why, render_why_json

LAB = "Lab A"
BASE = Node(iri="model/base", type="Model", label="Base", date="2023-01-02", lab=LAB)
CHAT = Node(iri="model/chat", type="Model", label="Chat", date="2024-03-04", lab=LAB)
OLD = Node(iri="family/old", type="ModelFamily", label="Old", date="2022", lab="Lab B")
NEW = Node(iri="family/new", type="ModelFamily", label="New", date="2024", lab=LAB)
SAID = Quote(text="Chat is tuned\nfrom Base.", paper="paper/chat", title="Chat", date="2024-03-04", start=5, end=29)


def statement(
    subject: Node, predicate: str, object_: Node, *, basis: str = "extracted", quotes: tuple[Quote, ...] = (SAID,),
    sources: tuple[str, ...] = (), note: str = "",
) -> Statement:  # fmt: skip
    words = {"fineTunedFrom": "fine-tuned from", "succeeds": "succeeds", "inFamily": "in family"}[predicate]
    return Statement(
        subject=subject, predicate=predicate, words=words, kind="lineage-weights", object=object_, basis=basis,
        quotes=quotes if basis == "extracted" else (), sources=sources, note=note,
    )  # fmt: skip


TUNED = statement(CHAT, "fineTunedFrom", BASE)
AFTER = statement(NEW, "succeeds", OLD, basis="curated", sources=("https://example.org/new",))
UP = Lineage(
    node=NEW,
    members=(Lineage(node=CHAT, steps=(Lineage(node=BASE, statement=TUNED),)), Lineage(node=BASE, repeated=True)),
    steps=(Lineage(node=OLD, statement=AFTER),),
)
#: Names that break a format which does not escape them.
NASTY = [
    'a "b"',
    "a'b",
    "<script>alert(1)</script>",
    "a\\",
    "a]b[c",
    "x --> y",
    "end",
    "#quot;",
    "a|b",
    "a\nb",
    "`a`",
    "{a}",
    "%%",
]


def test_a_tree_is_one_that_a_person_would_show() -> None:
    assert render_tree(UP).splitlines() == [
        "New (family) · Lab A · 2024",
        "├── Chat · 2024-03-04",
        "│   └── fine-tuned from Base · 2023-01-02",
        "│         “Chat is tuned from Base.” — Chat, 2024-03-04",
        "├── Base · 2023-01-02 ↺ seen above",
        "└── succeeds Old (family) · Lab B · 2022",
        "      [curated: https://example.org/new]",
    ]


def test_a_tree_of_descendants_tells_the_step_from_the_derived_thing() -> None:
    down = Lineage(node=BASE, steps=(Lineage(node=CHAT, statement=TUNED, steps=(Lineage(node=OLD, cut=True),)),))
    assert render_tree(down).splitlines() == [
        "Base · Lab A · 2023-01-02",
        "└── Chat · 2024-03-04, fine-tuned from Base",
        "    │ “Chat is tuned from Base.” — Chat, 2024-03-04",
        "    └── Old (family) · Lab B · 2022 …",
    ]


def test_more_than_two_sentences_are_counted() -> None:
    many = statement(CHAT, "fineTunedFrom", BASE, quotes=(SAID,) * 5)
    lines = render_tree(Lineage(node=CHAT, steps=(Lineage(node=BASE, statement=many),))).splitlines()
    assert len(lines) == 5
    assert lines[-1].strip() == "(and 3 more)"


def test_what_is_inferred_says_by_what() -> None:
    member = statement(CHAT, "inFamily", NEW, basis="inferred", note="its name")
    text = render_tree(Lineage(node=CHAT, steps=(Lineage(node=NEW, statement=member),)))
    assert "in family New · 2024\n      [inferred: its name]\n" in text


def test_sentences_are_wrapped_only_where_there_is_a_width() -> None:
    long = Quote(text="word " * 60 + "end.", paper="p", title="T", date="2024")
    tree = Lineage(
        node=CHAT, steps=(Lineage(node=BASE, statement=statement(CHAT, "fineTunedFrom", BASE, quotes=(long,))),)
    )
    assert max(map(len, render_tree(tree, width=60).splitlines())) <= 60
    assert max(map(len, render_tree(tree).splitlines())) > 300
    assert render_tree(tree, width=60).split() == render_tree(tree).split()


def test_paint_is_told_the_role_of_each_piece() -> None:
    roles = []

    def paint(role: str, text: str) -> str:
        roles.append(role)
        return text

    assert render_tree(UP, paint=paint) == render_tree(UP)
    assert set(roles) == {"label", "relation", "quote", "source", "mark"}


def test_json_has_every_sentence_and_reads_back() -> None:
    tree = json.loads(render_json(UP))
    assert tree["label"] == "New" and tree["relation"] is None
    [step] = tree["members"][0]["steps"]
    assert step["relation"]["predicate"] == "fineTunedFrom"
    assert step["relation"]["evidence"][0] == {
        "quote": SAID.text, "paper": "paper/chat", "title": "Chat", "date": "2024-03-04", "start": 5, "end": 29,
        "rule": "", "confidence": 1.0,
    }  # fmt: skip
    assert tree["steps"][0]["relation"]["sources"] == ["https://example.org/new"]


def test_mermaid_puts_members_in_the_frame_of_their_family_and_dashes_what_no_paper_says() -> None:
    assert render_mermaid(UP) == (
        "flowchart BT\n"
        '    subgraph n1["New (family) · 2024"]\n'
        '        n2["Chat · 2024-03-04"]\n'
        '        n3["Base · 2023-01-02"]\n'
        "    end\n"
        '    n4["Old (family) · 2022"]\n'
        '    n2 -->|"fine-tuned from"| n3\n'
        '    n1 -.->|"succeeds"| n4\n'
    )


def nasty_tree(name: str) -> Lineage:
    node, family = Node(iri="n", type="Model", label=name), Node(iri="f", type="ModelFamily", label=name)
    tuned = statement(node, "fineTunedFrom", BASE)
    return Lineage(node=family, members=(Lineage(node=node, steps=(Lineage(node=BASE, statement=tuned),)),))


@pytest.mark.parametrize("name", NASTY)
def test_mermaid_labels_stay_inside_their_quotes(name: str) -> None:
    for line in render_mermaid(nasty_tree(name)).splitlines()[1:]:
        assert line.count('"') in (0, 2)
        assert "<" not in line
    assert len(render_mermaid(nasty_tree(name)).splitlines()) == len(render_mermaid(nasty_tree("x")).splitlines())


@pytest.mark.parametrize("name", NASTY)
def test_dot_strings_end_where_they_should(name: str) -> None:
    text = render_dot(nasty_tree(name))
    assert len(text.splitlines()) == len(render_dot(nasty_tree("x")).splitlines())
    for line in text.splitlines():
        assert line.replace("\\\\", "").replace('\\"', "").count('"') % 2 == 0
    if dot := shutil.which("dot"):
        subprocess.run([dot, "-Tplain"], input=text, text=True, check=True, capture_output=True)


def test_one_step_told_in_two_trees_is_drawn_once() -> None:
    assert render_mermaid(UP, UP) == render_mermaid(UP)
    assert render_dot(UP, UP) == render_dot(UP)


# --- tables

ROWS = [["Mistral 7B", 7, None], ["文心 | \\*", 13, True]]


def test_columns_line_up_with_wide_letters_and_numbers_to_the_right() -> None:
    lines = render_table(["name", "size", "code"], ROWS).splitlines()
    assert lines == ["name        size  code", "Mistral 7B     7", "文心 | \\*     13  yes"]
    assert (
        len(
            {
                columns_wide(line[: line.rindex(size) + len(size)])
                for line, size in zip(lines, ["size", " 7", "13"], strict=True)
            }
        )
        == 1
    )


def test_csv_and_json_read_back() -> None:
    assert list(csv.reader(io.StringIO(render_table(["a", "b", "c"], ROWS, "csv")))) == [
        ["a", "b", "c"],
        ["Mistral 7B", "7", ""],
        ["文心 | \\*", "13", "True"],
    ]
    assert json.loads(render_table(["a", "b", "c"], ROWS, "json"))[1] == {"a": "文心 | \\*", "b": 13, "c": True}


def test_markdown_cells_do_not_end_their_column() -> None:
    assert render_table(["a", "b", "c"], ROWS, "markdown").splitlines()[3] == "| 文心 \\| \\\\\\* | 13 | yes |"


@pytest.mark.parametrize("format_", TABLE_FORMATS)
def test_a_table_without_rows_is_still_one(format_: str) -> None:
    assert render_table(["a", "b"], [], format_).strip()


def test_a_line_break_in_a_cell_does_not_break_the_table() -> None:
    assert render_table(["a"], [["one\ntwo"]]) == "a\none two\n"
    assert "one two" in render_table(["a"], [["one\ntwo"]], "markdown")


# --- why


def test_a_direct_claim_is_told_with_its_sentence() -> None:
    answer = Connection(start=CHAT, end=BASE, direct=True, statements=(TUNED,))
    assert render_why(answer) == "Chat · fine-tuned from · Base\n  “Chat is tuned from Base.” — Chat, 2024-03-04\n"


def test_a_chain_says_that_it_is_one() -> None:
    answer = Connection(start=CHAT, end=OLD, direct=False, statements=(TUNED, AFTER))
    lines = render_why(answer).splitlines()
    assert lines[0] == "No claim joins Chat and Old (family) directly; the shortest chain has 2 steps:"
    assert lines[-1] == "  [curated: https://example.org/new]"
    assert [claim["object_label"] for claim in json.loads(render_why_json(answer))["claims"]] == ["Base", "Old"]


# --- evaluation


def test_an_evaluation_is_told_in_tables() -> None:
    gold = GoldPaper(
        id="x",
        claims=(
            GoldClaim(subject="PAPER", predicate="introduces", object="Chat"),
            GoldClaim(subject="Chat", predicate="outperforms", object="Base"),
        ),
    )
    stated = [
        StatedClaim(subject="PAPER", predicate="introduces", object="Chat", confidence=0.8, rule="a.b"),
        StatedClaim(subject="Chat", predicate="matches", object="Base", confidence=0.6, rule="c.d", quote="On par."),
    ]
    evaluation = evaluate([gold], {"x": stated})
    lines = render_evaluation(evaluation, errors=True).splitlines()
    assert lines[0] == "group              right  wrong  missed  precision  recall  F1"
    assert lines[1] == "introduces             1      0       0  1.000      1.000   1.000"
    assert lines[14] == "all                    1      1       1  0.500      0.500   0.500"
    assert lines[16:] == [
        "",
        "confidence  claims  right  stated  share right",
        "0.6 to 0.7       1      0  0.600   0.000",
        "0.8 to 0.9       1      1  0.800   1.000",
        "expected calibration error 0.400 over 2 claims",
        "",
        "verdict  paper  subject  predicate    object  rule  confidence  quote",
        "wrong    x      Chat     matches      Base    c.d          0.6  On par.",
        "missed   x      Chat     outperforms  Base",
    ]
    found = json.loads(render_evaluation_json(evaluation, gold="g.jsonl"))
    assert list(found) == ["gold", "groups", "reliability", "rules"]
    assert found["reliability"]["bins"][0] == {
        "from": 0.6, "to": 0.7, "claims": 1, "right": 0, "confidence": 0.6, "share_right": 0.0
    }  # fmt: skip
    assert found["rules"]["c.d"] == {"right": 0, "wrong": 1, "precision": 0.0, "confidence": 0.6}


# --- build report


def test_the_build_report_tells_what_was_made_and_what_was_not_read() -> None:
    failure = ReadFailure(source="papers.txt", line=7, raw="xx", reason="no | title")
    summary = BuildSummary(
        sources=("papers.txt",), papers=1, claims=(("curated", 1), ("extracted", 2)),
        entities=(("Model", 2), ("ModelFamily", 1)), failures=(failure,),
    )  # fmt: skip
    paper = Node(iri="paper/chat", type="Paper", label="Chat", date="2024-03-04")
    findings = Findings(
        timeline=[(paper, (CHAT,))], families=[(NEW, (BASE, CHAT))], lineages=[UP],
        rankings={"Models": [Ranked(position=1, node=BASE, score=0.5)], "Nobody": []}, bridges=[],
    )  # fmt: skip
    text = render_build_report(summary, findings)
    assert "1 paper, 3 claims (1 curated, 2 extracted), 3 things (2 models, 1 family). Read from `papers.txt`." in text
    assert "| 2024-03-04 | Chat |  | Chat |" in text
    assert "| New | Lab A | 2023–2024 | Base, Chat |" in text
    assert "```mermaid\nflowchart BT\n" in text
    assert "| 1 | Base | 0.5000 |" in text
    assert "## Nobody" not in text
    assert "| papers.txt | 7 | no \\| title |" in text


def test_an_empty_build_is_summed_up_too() -> None:
    empty = BuildSummary(sources=(), papers=0, claims=(), entities=(), failures=())
    assert render_summary(empty) == "0 papers, no claims, no things"

"""The command line: what is printed where, in which shape, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from kg.analyses import MEASURES, PROJECTIONS
from kg.cli import kg
from kg.model import ReadFailure

ROOT = Path(__file__).parents[1]
AS_OF = ("--as-of", "2026-04-01")
OUTPUTS = ("graph.ttl", "graph.html", "report.md")

#: A listing of our own: three papers, one model made from another, and nothing of a real paper.
LISTING = """\
CLMar 1, 2023Code
Zephon 7BAnna Lindqvist, Ben Okoye, Carla Diaz et al. · oxford
We introduce Zephon 7B, a 7-billion-parameter language model. Zephon 7B outperforms Quarrel 13B on all benchmarks. \
Our models are released under the Apache 2.0 license.
LGJun 2, 2024
Zephon Chat: Talking at LengthAnna Lindqvist, Dmitri Volkov
We present Zephon Chat, a model fine-tuned from Zephon 7B. \
Zephon Chat \
reaches an accuracy of 61.5% on the MMLU benchmark.
AIJan 5
The Lantern BenchmarkEva Brandt, Carla Diaz
We introduce Lantern, a benchmark for reading maps.
"""

Kg = Callable[..., Result]


@pytest.fixture(scope="session")
def run_kg() -> Kg:
    def run(*args: str | Path, **options: str) -> Result:
        words = [str(arg) for arg in args]
        return CliRunner().invoke(kg, words, catch_exceptions=False, prog_name="kg", **options)

    return run


@pytest.fixture(scope="session")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("listing") / "papers.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, listing: Path, run_kg: Kg) -> Path:
    output = tmp_path_factory.mktemp("built") / "output"
    done = run_kg("build", listing, "-o", output, *AS_OF)
    assert done.exit_code == 0, done.output
    return output


def lines_of_json(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


# --- the frame


def test_help_needs_no_heavy_library() -> None:
    heavy = {"networkx", "numpy", "pyoxigraph", "pyshacl", "pyvis", "rdflib", "rich", "scipy", "jinja2"}
    code = (
        f"import sys; from kg.cli import kg; kg(['--help'], standalone_mode=False); print({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_the_commands_are_listed_in_the_order_of_a_session(run_kg: Kg) -> None:
    text = run_kg("--help").stdout
    assert text.index("  build") < text.index("  papers") < text.index("  lineage") < text.index("  completion")


def test_the_version_is_told(run_kg: Kg) -> None:
    done = run_kg("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("kg")


@pytest.mark.parametrize(
    "args", [("nonsense",), ("build", "--nonsense"), ("rank", "cats"), ("rank", "models", "--by", "luck")]
)
def test_wrong_usage_is_exit_code_2(run_kg: Kg, args: tuple[str, ...]) -> None:
    done = run_kg(*args)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Usage: kg" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(run_kg: Kg, shell: str) -> None:
    assert "_KG_COMPLETE" in run_kg("completion", shell).stdout


def test_an_unknown_shell_is_wrong_usage(run_kg: Kg) -> None:
    done = run_kg("completion", env={"SHELL": "/bin/ksh"})  # type: ignore[arg-type]
    assert done.exit_code == 2
    assert "kg completion bash" in done.stderr


# --- build


def test_a_build_leaves_its_four_outputs_and_a_summary(built: Path, listing: Path, run_kg: Kg, tmp_path: Path) -> None:
    done = run_kg("build", listing, "-o", tmp_path / "o", *AS_OF)
    assert done.stdout == ""
    assert done.stderr.startswith("3 papers, ")
    assert f"open {tmp_path / 'o' / 'graph.html'}" in done.stderr
    assert {path.name for path in (tmp_path / "o").iterdir() if not path.name.startswith(".")} == {*OUTPUTS, "store"}


def test_two_builds_give_the_same_bytes(built: Path, listing: Path, run_kg: Kg, tmp_path: Path) -> None:
    run_kg("build", listing, "-o", tmp_path, *AS_OF)
    run_kg("build", listing, "-o", tmp_path, *AS_OF)
    for name in OUTPUTS:
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def test_without_input_the_bundled_listing_is_built(run_kg: Kg, tmp_path: Path) -> None:
    done = run_kg("build", "-o", tmp_path, *AS_OF)
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("17 papers, ")


def test_standard_input_is_a_dash(run_kg: Kg, tmp_path: Path) -> None:
    done = run_kg("build", "-", "-o", tmp_path, *AS_OF, input=LISTING)
    assert done.exit_code == 0, done.output
    assert "Read from `standard input`." in (tmp_path / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError, MemoryError])
def test_a_build_that_dies_leaves_the_last_good_output(
    listing: Path, run_kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    run_kg("build", listing, "-o", tmp_path, *AS_OF)
    before = {name: (tmp_path / name).read_bytes() for name in OUTPUTS}
    listing_of_one = tmp_path / "one.txt"
    listing_of_one.write_text("\n".join(LISTING.splitlines()[:3]) + "\n", encoding="utf-8")

    def die(*args: object, **options: object) -> str:
        raise failure

    monkeypatch.setattr("kg.viewer.render_page", die)
    if failure is KeyboardInterrupt:
        done = run_kg("build", listing_of_one, "-o", tmp_path, *AS_OF)
        assert done.exit_code == 130
        assert done.stderr.endswith("Interrupted.\n")
    else:
        with pytest.raises(failure):
            run_kg("build", listing_of_one, "-o", tmp_path, *AS_OF)
    assert {name: (tmp_path / name).read_bytes() for name in OUTPUTS} == before
    assert not (tmp_path / ".building").exists()
    assert run_kg("rank", "papers", "--graph", tmp_path, "--format", "csv").stdout.count("\n") == 4


def test_what_a_killed_build_left_aside_is_cleared(listing: Path, run_kg: Kg, tmp_path: Path) -> None:
    (tmp_path / ".building" / "store").mkdir(parents=True)
    (tmp_path / ".building" / "graph.ttl").write_text("half", encoding="utf-8")
    assert run_kg("build", listing, "-o", tmp_path, *AS_OF).exit_code == 0
    assert not (tmp_path / ".building").exists()


def test_two_builds_do_not_write_into_one_another(listing: Path, run_kg: Kg, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run_kg("build", listing, "-o", tmp_path, *AS_OF)
    assert done.exit_code == 3
    assert "another build is writing here" in done.stderr


def test_a_store_directory_of_somebody_else_is_not_replaced(listing: Path, run_kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "thesis.tex").write_text("years of work", encoding="utf-8")
    done = run_kg("build", listing, "-o", tmp_path, *AS_OF)
    assert done.exit_code == 3
    assert "is in the way; choose another output with -o" in done.stderr
    assert (tmp_path / "store" / "thesis.tex").exists()


def test_an_output_that_is_a_file_is_refused(listing: Path, run_kg: Kg) -> None:
    done = run_kg("build", listing, "-o", listing, *AS_OF)
    assert done.exit_code == 3
    assert "a file, not a directory" in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_that_may_not_be_written_is_one_sentence(listing: Path, run_kg: Kg, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run_kg("build", listing, "-o", tmp_path / "o", *AS_OF)
    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1


# --- bad input

BAD_INPUTS: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n  \n\n",
    "prose": b"Dear Anna,\n\nthank you for the papers. I will read them.\n\nBen\n",
    "binary": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("command", ["build", "papers", "claims", "triples"])
@pytest.mark.parametrize("kind", [*BAD_INPUTS, "missing", "directory"])
def test_bad_input_is_one_clear_sentence_and_exit_code_3(run_kg: Kg, tmp_path: Path, command: str, kind: str) -> None:
    path = tmp_path / "input"
    if kind == "directory":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(BAD_INPUTS[kind])
    target = {"build": ("-o", tmp_path / "o"), "triples": ("-o", tmp_path / "o.nt")}.get(command, ())
    done = run_kg(command, path, *target, *AS_OF)
    assert done.exit_code == 3
    assert done.stdout == ""
    error = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert (len(error) == 1 and str(path) in error[0]) or "input" in error[0]
    assert not (tmp_path / "o").exists() and not (tmp_path / "o.nt").exists()


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Write a listing in which the second entry breaks off after its first line."""
    lines = LISTING.splitlines()
    path = tmp_path / "damaged.txt"
    path.write_text("\n".join([*lines[:3], lines[3], *lines[6:]]) + "\n", encoding="utf-8")
    return path


def test_a_truncated_entry_is_told_with_its_line_and_the_rest_is_built(
    damaged: Path, run_kg: Kg, tmp_path: Path
) -> None:
    done = run_kg("build", damaged, "-o", tmp_path / "o", *AS_OF)
    assert done.exit_code == 0
    assert "damaged.txt:4: " in done.stderr
    assert "2 papers, " in done.stderr
    assert "## Not read" in (tmp_path / "o" / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["build", "papers", "claims", "triples"])
def test_strict_makes_an_unread_entry_exit_code_3(damaged: Path, run_kg: Kg, tmp_path: Path, command: str) -> None:
    target = {"build": ("-o", tmp_path / "o"), "triples": ("-o", tmp_path / "o.nt")}.get(command, ())
    assert run_kg(command, damaged, *target, *AS_OF, "--strict").exit_code == 3
    assert run_kg(command, damaged, *target, *AS_OF).exit_code == 0


def test_many_failures_are_counted_not_all_listed(run_kg: Kg, listing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*args: object, **options: object) -> Iterator[ReadFailure]:
        yield from (ReadFailure(source="x.txt", line=line, raw="", reason="no title") for line in range(1, 101))

    monkeypatch.setattr("kg.pipeline.records_to_papers", read)
    done = run_kg("papers", listing)
    assert done.exit_code == 3
    assert "x.txt:1: no title" in done.stderr


# --- papers, claims, triples


def test_papers_are_printed_as_they_were_read(listing: Path, run_kg: Kg) -> None:
    first, second, third = lines_of_json(run_kg("papers", listing, *AS_OF).stdout)
    assert first == {
        "title": "Zephon 7B",
        "authors": ["Anna Lindqvist", "Ben Okoye", "Carla Diaz"],
        "truncated": True,
        "date": "2023-03-01",
        "year_inferred": False,
        "category": "cs.CL",
        "code": True,
        "affiliations": ["oxford"],
        "abstract": LISTING.splitlines()[2],
    }
    assert second["title"] == "Zephon Chat: Talking at Length"
    assert (third["date"], third["year_inferred"]) == ("2026-01-05", True)


def test_an_id_of_the_input_is_kept(run_kg: Kg) -> None:
    record = {
        "id": "x1",
        "title": "Zephon 7B",
        "authors": ["Anna Lindqvist"],
        "date": "2023-03-01",
        "abstract": "We introduce Zephon 7B.",
    }
    done = run_kg("papers", "-", *AS_OF, input=json.dumps(record) + "\n")
    assert lines_of_json(done.stdout)[0]["id"] == "x1"
    done = run_kg("claims", "-", *AS_OF, input=json.dumps(record) + "\n")
    assert {line["paper"] for line in lines_of_json(done.stdout)} == {"x1"}


def test_the_day_of_the_listing_settles_a_date_without_a_year(listing: Path, run_kg: Kg) -> None:
    done = run_kg("papers", listing, "--as-of", "2026-01-04")
    assert lines_of_json(done.stdout)[2]["date"] == "2025-01-05"


def test_papers_as_a_table_are_one_line_each_and_never_cut(listing: Path, run_kg: Kg) -> None:
    lines = run_kg("papers", listing, *AS_OF, "--format", "table", env={"COLUMNS": "40"}).stdout.splitlines()  # type: ignore[arg-type]
    assert len(lines) == 4
    assert "Anna Lindqvist, Ben Okoye, Carla Diaz et al." in lines[1]


def test_each_claim_has_the_sentence_that_stands_at_its_offsets(listing: Path, run_kg: Kg) -> None:
    papers = lines_of_json(run_kg("papers", listing, *AS_OF).stdout)
    texts = [f"{paper['title']}\n{paper['abstract']}" for paper in papers]
    claims = lines_of_json(run_kg("claims", listing, *AS_OF).stdout)
    assert {"paper", "subject", "predicate", "object", "quote", "start", "end", "rule", "confidence", "basis"} == set(
        claims[0]
    )
    for claim in claims:
        assert any(text[claim["start"] : claim["end"]] == claim["quote"] for text in texts)  # type: ignore[misc]
    said = {(claim["subject"], claim["predicate"], claim["object"]) for claim in claims}
    assert ("PAPER", "introduces", "Zephon 7B") in said
    assert ("Zephon 7B", "parameterCount", "7000000000") in said
    assert ("Zephon Chat", "fineTunedFrom", "Zephon 7B") in said
    assert any(predicate == "result" and str(object_).endswith("|61.5%") for _, predicate, object_ in said)


def test_claims_as_a_table_have_a_line_each(listing: Path, run_kg: Kg) -> None:
    plain = run_kg("claims", listing, *AS_OF).stdout.splitlines()
    table = run_kg("claims", listing, *AS_OF, "--format", "table").stdout.splitlines()
    assert len(table) == len(plain) + 1


def test_triples_are_those_of_the_built_graph(listing: Path, built: Path, run_kg: Kg, tmp_path: Path) -> None:
    import pyoxigraph

    done = run_kg("triples", listing, "-o", tmp_path / "deep" / "graph.nt", *AS_OF)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    ours = set(pyoxigraph.parse(path=str(tmp_path / "deep" / "graph.nt"), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert ours == set(pyoxigraph.parse(path=str(built / "graph.ttl"), format=pyoxigraph.RdfFormat.TURTLE))
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["graph.nt"]


# --- questions


def test_a_lineage_names_the_step_the_sentence_and_the_paper(built: Path, run_kg: Kg) -> None:
    text = run_kg("lineage", "zephon chat", "--graph", built).stdout
    assert "fine-tuned from Zephon 7B · 2023-03-01" in text
    assert (
        "“We present Zephon Chat, a model fine-tuned from Zephon 7B.” — Zephon Chat: Talking at Length, 2024-06-02"
        in text
    )


def test_descendants_are_asked_for_with_down(built: Path, run_kg: Kg) -> None:
    assert (
        "└── Zephon Chat · 2024-06-02, fine-tuned from Zephon 7B"
        in run_kg("lineage", "zephon7b", "--down", "--graph", built).stdout
    )


def test_a_lineage_that_is_empty_says_so_on_standard_error(built: Path, run_kg: Kg) -> None:
    done = run_kg("lineage", "Lantern", "--graph", built)
    assert done.exit_code == 0
    assert done.stdout.startswith("Lantern")
    assert "states nothing that is an ancestor of Lantern" in done.stderr


def test_lineages_as_json_mermaid_and_dot(built: Path, run_kg: Kg) -> None:
    tree = json.loads(run_kg("lineage", "Zephon Chat", "--graph", built, "--format", "json").stdout)
    assert "Zephon 7B" in [step["label"] for step in tree["steps"]]
    assert run_kg("lineage", "Zephon Chat", "--graph", built, "-f", "mermaid").stdout.startswith("flowchart BT\n")
    assert run_kg("lineage", "Zephon Chat", "--graph", built, "-f", "dot").stdout.startswith("digraph lineage {\n")


@pytest.mark.parametrize(("name", "nearest"), [("Zephn 7B", "Zephon 7B"), ("zeph", "Zephon 7B")])
def test_an_unknown_or_ambiguous_name_is_answered_with_candidates(
    built: Path, run_kg: Kg, name: str, nearest: str
) -> None:
    done = run_kg("lineage", name, "--graph", built)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "did you mean" in done.stderr and nearest in done.stderr


def test_why_answers_with_sentence_and_paper_in_either_direction(built: Path, run_kg: Kg) -> None:
    for a, b in [("Zephon Chat", "Zephon 7B"), ("zephon 7b", "ZEPHON-CHAT")]:
        text = run_kg("why", a, b, "--graph", built).stdout
        assert (
            "Zephon Chat · fine-tuned from · Zephon 7B\n"
            "  “We present Zephon Chat, a model fine-tuned from Zephon 7B.” — " in text
        )


def test_why_finds_the_chain_between_people(built: Path, run_kg: Kg) -> None:
    done = run_kg("why", "Dmitri Volkov", "Ben Okoye", "--graph", built, "--format", "json")
    answer = json.loads(done.stdout)
    assert not answer["direct"]
    assert (answer["start"]["label"], answer["end"]["label"]) == ("Dmitri Volkov", "Ben Okoye")


def test_no_connection_is_exit_code_1(run_kg: Kg, tmp_path: Path) -> None:
    alone = LISTING.replace("Eva Brandt, Carla Diaz", "Eva Brandt").replace("LGJun", "CLJun")
    run_kg("build", "-", "-o", tmp_path, *AS_OF, input=alone)
    done = run_kg("why", "Lantern", "Zephon 7B", "--graph", tmp_path)
    assert done.exit_code == 1
    assert "no connection between Lantern and Zephon 7B" in done.stderr


@pytest.mark.parametrize("what", PROJECTIONS)
@pytest.mark.parametrize("by", MEASURES)
def test_everything_can_be_ranked_by_every_measure(built: Path, run_kg: Kg, what: str, by: str) -> None:
    done = run_kg("rank", what, "--by", by, "--graph", built, "--format", "json")
    assert done.exit_code == 0, done.output
    places = json.loads(done.stdout)
    assert [place["rank"] for place in places] == list(range(1, len(places) + 1))
    assert [place[by] for place in places] == sorted((place[by] for place in places), reverse=True)


def test_a_ranking_is_cut_at_the_top(built: Path, run_kg: Kg) -> None:
    rows = list(csv.reader(io.StringIO(run_kg("rank", "authors", "--top", "2", "--graph", built, "-f", "csv").stdout)))
    assert rows[0] == ["rank", "name", "pagerank", "iri"]
    assert len(rows) == 3


def test_who_links_the_others_is_first_by_betweenness(built: Path, run_kg: Kg) -> None:
    first = run_kg("rank", "authors", "--by", "betweenness", "--graph", built).stdout.splitlines()[1]
    assert "Anna Lindqvist" in first or "Carla Diaz" in first


# --- confidence


@pytest.fixture
def half_sure(listing: Path, run_kg: Kg) -> str:
    """Give a confidence that some claims of the listing have and some do not."""
    said = sorted({float(str(line["confidence"])) for line in lines_of_json(run_kg("claims", listing, *AS_OF).stdout)})
    assert len(said) > 1
    return str(said[len(said) // 2])


def test_claims_below_a_confidence_are_left_out_and_counted(listing: Path, run_kg: Kg, half_sure: str) -> None:
    every = lines_of_json(run_kg("claims", listing, *AS_OF).stdout)
    done = run_kg("claims", listing, *AS_OF, "--min-confidence", half_sure)
    kept = [line for line in every if float(str(line["confidence"])) >= float(half_sure)]
    assert lines_of_json(done.stdout) == kept
    gone = len(every) - len(kept)
    words = f"left out {gone} claim{'s' * (gone != 1)} extracted with less confidence than {half_sure}\n"
    assert done.stderr == words


def test_a_build_and_triples_leave_out_the_same_claims(
    listing: Path, run_kg: Kg, half_sure: str, tmp_path: Path
) -> None:
    import pyoxigraph

    sure = ("--min-confidence", half_sure)
    built = run_kg("build", listing, "-o", tmp_path, *AS_OF, *sure)
    written = run_kg("triples", listing, "-o", tmp_path / "graph.nt", *AS_OF, *sure)
    left_out = written.stderr.splitlines()[0]
    assert re.match(r"left out [1-9]", left_out)
    assert built.stderr.splitlines()[0].endswith(f"; {left_out}")
    assert left_out in (tmp_path / "report.md").read_text(encoding="utf-8")
    ours = set(pyoxigraph.parse(path=str(tmp_path / "graph.nt"), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert ours == set(pyoxigraph.parse(path=str(tmp_path / "graph.ttl"), format=pyoxigraph.RdfFormat.TURTLE))


def test_reports_leave_out_what_is_not_sure_enough(built: Path, run_kg: Kg) -> None:
    certain = ("--graph", built, "--min-confidence", "1")
    assert run_kg("lineage", "zephon chat", *certain).stdout.startswith("Zephon Chat")
    assert "fine-tuned from" in run_kg("lineage", "zephon chat", "--graph", built).stdout
    assert "fine-tuned from" not in run_kg("lineage", "zephon chat", *certain).stdout
    assert "outperforms" in run_kg("why", "zephon 7b", "quarrel 13b", "--graph", built).stdout
    assert "outperforms" not in run_kg("why", "zephon 7b", "quarrel 13b", *certain).output
    assert run_kg("why", "--same", "zephon 7b", "Zephon-7B", *certain).exit_code == 0
    assert run_kg("rank", "models", *certain).stdout != run_kg("rank", "models", "--graph", built).stdout
    assert run_kg("check", *certain).exit_code == 0


def test_a_page_of_the_surer_claims_leaves_that_of_the_build_alone(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    before = (built / "graph.html").read_bytes()
    done = run_kg("view", "--graph", built, "--min-confidence", "0.99")
    assert done.stdout == f"{built / 'graph-0.99.html'}\n"
    assert (built / "graph.html").read_bytes() == before != (built / "graph-0.99.html").read_bytes()


@pytest.mark.parametrize("command", ["build", "claims", "triples", "lineage", "why", "rank", "view", "check", "eval"])
def test_a_confidence_is_between_0_and_1(run_kg: Kg, command: str) -> None:
    for value in ("1.5", "-0.1", "nan"):
        done = run_kg(command, "--min-confidence", value)
        assert done.exit_code == 2
        assert f"{value} is not in the range 0<=x<=1" in done.stderr


# --- eval

GOLD = """\
{"id": "z", "title": "Zephon 7B", "claims": [\
{"s": "PAPER", "p": "introduces", "o": "Zephon 7B", "quote": "We introduce Zephon 7B"}, \
{"s": "Zephon 7B", "p": "type", "o": "Model", "quote": "language model"}, \
{"s": "Zephon 7B", "p": "parameterCount", "o": "7000000000", "quote": "7-billion-parameter", "opt": true}, \
{"s": "Zephon 7B", "p": "license", "o": "Apache-2.0 | Apache 2.0", "quote": "the Apache 2.0 license"}, \
{"s": "Zephon 7B", "p": "outperforms", "o": "Nonesuch", "quote": "Zephon 7B outperforms"}]}
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(GOLD, encoding="utf-8")
    return path


def test_extraction_is_held_against_the_bundled_gold(run_kg: Kg) -> None:
    done = run_kg("eval")
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["group", "right", "wrong", "missed", "precision", "recall", "F1"]
    assert re.search(r"^introduces  +\d+  +\d+  +\d+  \d\.\d{3}  +\d\.\d{3}", done.stdout, re.MULTILINE)
    assert re.match(r"expected calibration error \d\.\d{3} over \d+ claims$", lines[-1])


def test_an_evaluation_as_json_counts_groups_bins_and_rules(listing: Path, run_kg: Kg, gold: Path) -> None:
    done = run_kg("eval", gold, "--papers", listing, "--format", "json", "--errors")
    assert done.exit_code == 0, done.output
    assert done.stderr == "2 of the 3 papers have no line of gold claims and are passed over\n"
    found = json.loads(done.stdout)
    assert list(found) == ["gold", "papers", "min_confidence", "left_out", "groups", "reliability", "rules", "errors"]
    assert (found["gold"], found["papers"], found["left_out"]) == ("gold.jsonl", 1, 0)
    assert found["groups"]["introduces"] == {
        "right": 1, "wrong": 0, "missed": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0
    }  # fmt: skip
    assert found["groups"]["comparison"] == {
        "right": 0, "wrong": 1, "missed": 1, "precision": 0.0, "recall": 0.0, "f1": 0.0
    }  # fmt: skip
    judged = found["groups"]["all"]["right"] + found["groups"]["all"]["wrong"]
    assert found["reliability"]["claims"] == sum(one["claims"] for one in found["reliability"]["bins"]) == judged
    assert sum(one["right"] + one["wrong"] for one in found["rules"].values()) == judged
    assert list(found["rules"]) == sorted(found["rules"])
    errors = {(one["verdict"], one["object"]) for one in found["errors"]}
    assert {("wrong", "Quarrel 13B"), ("missed", "Nonesuch")} <= errors


def test_errors_are_listed_only_if_asked_for(listing: Path, run_kg: Kg, gold: Path) -> None:
    plain = run_kg("eval", gold, "--papers", listing).stdout
    full = run_kg("eval", gold, "--papers", listing, "--errors").stdout
    assert full.startswith(plain)
    assert re.search(r"^missed +z +Zephon 7B +outperforms +Nonesuch", full, re.MULTILINE)
    assert "Nonesuch" not in plain


def test_an_evaluation_is_written_to_a_file(listing: Path, run_kg: Kg, gold: Path, tmp_path: Path) -> None:
    done = run_kg("eval", gold, "--papers", listing, "-o", tmp_path / "eval.json")
    assert done.stdout.startswith("group ")
    as_json = run_kg("eval", gold, "--papers", listing, "-f", "json").stdout
    assert (tmp_path / "eval.json").read_text(encoding="utf-8") == as_json
    assert run_kg("eval", gold, "--papers", listing, "-o", tmp_path / "no" / "eval.json").exit_code == 3


def test_claims_that_are_not_sure_enough_are_not_judged(listing: Path, run_kg: Kg, gold: Path) -> None:
    done = run_kg("eval", gold, "--papers", listing, "--min-confidence", "1", "--format", "json")
    found = json.loads(done.stdout)
    assert found["left_out"] > 0
    assert found["groups"]["all"] == {
        "right": 0, "wrong": 0, "missed": 4, "precision": 0.0, "recall": 0.0, "f1": 0.0
    }  # fmt: skip
    assert found["reliability"] == {"claims": 0, "expected_calibration_error": 0.0, "bins": []}
    assert f"left out {found['left_out']} claims" in done.stderr


def test_papers_are_looked_for_beside_the_gold(run_kg: Kg, gold: Path) -> None:
    done = run_kg("eval", gold)
    assert done.exit_code == 3
    assert "its papers are not beside it, in gold-papers.jsonl; name their file with --papers" in done.stderr
    record = {"id": "z", "title": "Other", "authors": ["Ada Byron"], "abstract": "We introduce Zephon 7B, a model."}
    gold.with_name("gold-papers.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert run_kg("eval", gold).exit_code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOLD + '{"id": "y"}\n', "gold.jsonl:2: this is no object with an id and a list of claims; write"),
        (GOLD.replace("outperforms", "beats", 1), "gold.jsonl:1: claim 5 has the unknown predicate 'beats'; choose"),
        (GOLD.replace("Zephon 7B", "Nonesuch", 1), "gold.jsonl:1: no paper has the id 'z' or the title 'Nonesuch'"),
        ("", "gold.jsonl: there are no gold claims in it; write one paper a line"),
        (None, "gold.jsonl: no such file or directory; name a file of gold claims"),
    ],
)
def test_gold_that_cannot_be_read_is_one_sentence(
    listing: Path, run_kg: Kg, tmp_path: Path, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / "gold.jsonl").write_text(text, encoding="utf-8")
    done = run_kg("eval", tmp_path / "gold.jsonl", "--papers", listing)
    assert (done.exit_code, done.stdout) == (3, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_gold_that_is_no_text_is_one_sentence(listing: Path, run_kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_bytes(bytes(range(256)))
    done = run_kg("eval", tmp_path / "gold.jsonl", "--papers", listing)
    assert done.exit_code == 3
    assert "this is not a text file in UTF-8" in done.stderr


# --- query

MODELS = "SELECT ?model ?size WHERE { ?model a kg:Model OPTIONAL { ?model kg:parameterCount ?size } } ORDER BY ?model"


def test_named_queries_are_listed_with_what_they_answer(run_kg: Kg) -> None:
    rows = list(csv.reader(io.StringIO(run_kg("query", "--list", "--format", "csv").stdout)))
    assert rows[0] == ["name", "answers"]
    assert {"lineage", "papers"} <= {name for name, _ in rows[1:]}
    assert all(len(answers) > 10 for _, answers in rows[1:])


def test_a_query_is_a_name_a_text_or_a_file(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(MODELS, encoding="utf-8")
    by_text = run_kg("query", MODELS, "--graph", built, "--format", "csv")
    by_file = run_kg("query", "--file", tmp_path / "mine.rq", "--graph", built, "--format", "csv")
    assert by_text.stdout == by_file.stdout
    assert by_text.stdout.splitlines()[0] == "model,size"
    assert "Zephon Chat" in run_kg("query", "papers", "--graph", built).stdout


def test_answers_come_in_the_formats_of_sparql(built: Path, run_kg: Kg) -> None:
    def ask(format_: str) -> str:
        return run_kg("query", MODELS, "--graph", built, "--format", format_).stdout

    bindings = json.loads(ask("json"))["results"]["bindings"]
    zephon = next(one for one in bindings if one["model"]["value"].endswith("/model/zephon-7b"))
    assert zephon["size"]["value"] == "7000000000"
    assert zephon["size"]["datatype"].endswith("#integer")
    assert any("size" not in one for one in bindings)
    results = ElementTree.fromstring(ask("xml")).findall(".//{http://www.w3.org/2005/sparql-results#}result")
    assert len(results) == len(bindings)
    assert ask("tsv").splitlines()[0] == "?model\t?size"
    assert "/model/zephon-7b>\t" in ask("tsv")
    assert re.search(r"^model:zephon-7b +7000000000$", ask("table"), re.MULTILINE)
    assert "| model:zephon-7b | 7000000000 |" in ask("markdown")


def test_a_constructed_graph_is_written_as_turtle_and_ntriples(built: Path, run_kg: Kg) -> None:
    construct = "CONSTRUCT { ?m a kg:Model } WHERE { ?m a kg:Model }"
    assert "model:zephon-7b a kg:Model ." in run_kg("query", construct, "--graph", built, "-f", "turtle").stdout
    lines = run_kg("query", construct, "--graph", built, "-f", "ntriples").stdout.splitlines()
    assert lines == sorted(lines)
    assert all(line.endswith("#Model> .") for line in lines)


def test_rows_beyond_the_limit_are_announced(built: Path, run_kg: Kg) -> None:
    done = run_kg("query", MODELS, "--graph", built, "--limit", "1", "--format", "csv")
    assert len(done.stdout.splitlines()) == 2
    assert "more than these 1 rows" in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "kg query --list"),
        (("papers", "--list"), 2, "kg query --list"),
        (("paper",), 1, "did you mean papers"),
        (("zzzz",), 1, "kg query --list"),
        (("SELECT nonsense",), 2, "no SPARQL"),
        (("DROP ALL",), 2, "DROP is not allowed"),
        (("SELECT * WHERE { ?s ?p ?o }", "-f", "turtle"), 2, "CONSTRUCT"),
        (("--file", "nowhere.rq"), 3, "nowhere.rq"),
    ],
)
def test_a_query_that_cannot_be_asked_is_one_sentence(
    built: Path, run_kg: Kg, args: tuple[str, ...], code: int, said: str
) -> None:
    done = run_kg("query", *args, "--graph", built)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


# --- view, check


def test_view_prints_where_the_page_is(built: Path, run_kg: Kg) -> None:
    assert run_kg("view", "--graph", built).stdout == f"{built / 'graph.html'}\n"
    assert run_kg("view", "zephon chat", "--graph", built).stdout.endswith("graph.html#node=model/zephon-chat\n")


def test_view_writes_the_page_elsewhere(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    done = run_kg("view", "--graph", built / "graph.ttl", "-o", tmp_path / "page.html")
    assert done.stdout == f"{tmp_path / 'page.html'}\n"
    assert (tmp_path / "page.html").read_bytes() == (built / "graph.html").read_bytes()


def test_view_of_an_unknown_name_writes_nothing(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    assert run_kg("view", "Nonesuch", "--graph", built, "-o", tmp_path / "page.html").exit_code == 1
    assert not (tmp_path / "page.html").exists()


def test_view_opens_a_browser_only_when_asked_or_on_a_terminal(
    built: Path, run_kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    run_kg("view", "--graph", built)
    assert opened == []
    run_kg("view", "--graph", built, "--open")
    assert opened == [(built / "graph.html").as_uri()]


def test_a_built_graph_conforms(built: Path, run_kg: Kg) -> None:
    done = run_kg("check", "--graph", built)
    assert done.exit_code == 0, done.output
    assert "conforms: 0 errors" in done.stderr


def test_check_tells_some_findings_of_each_rule_and_counts_all(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    broken.write_text(text.replace("kg:confidence 0.", "kg:confidence 7."), encoding="utf-8")
    done = run_kg("check", "--graph", broken, "--rule", "Claim", "--limit", "3", "--format", "json")
    assert done.exit_code == 1
    assert [finding["rule"] for finding in json.loads(done.stdout)] == ["Claim"] * 3
    assert re.search(r"^error Claim: \d{2,}, 3 shown$", done.stderr, re.MULTILINE)
    other = run_kg("check", "--graph", broken, "--rule", "orphan")
    assert "checked orphan only: " in other.stderr and "conforms" not in other.stderr
    wrong = run_kg("check", "--graph", built, "--rule", "nonesuch")
    assert wrong.exit_code == 2 and "child-older-than-parent" in wrong.stderr


def test_what_cannot_be_read_is_never_said_to_be_sound(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(text.replace("nif:beginIndex", "nif:endIndex"), encoding="utf-8")
    done = run_kg("check", "--graph", tmp_path, "--rule", "orphan")
    assert done.exit_code == 1 and "[unreadable]" in done.stdout and "1 error" in done.stderr
    everything = run_kg("check", "--graph", tmp_path)
    assert everything.exit_code == 1 and "[unreadable]" in everything.stdout and "does not conform" in everything.stderr


def test_a_graph_that_breaks_a_shape_is_exit_code_1(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    broken.write_text(text.replace("kg:confidence 0.", "kg:confidence 7."), encoding="utf-8")
    assert broken.read_text(encoding="utf-8") != text
    done = run_kg("check", "--graph", broken, "--format", "json")
    assert done.exit_code == 1
    assert "error" in {finding["severity"] for finding in json.loads(done.stdout)}


@pytest.mark.parametrize(
    "command", [("lineage", "x"), ("why", "a", "b"), ("rank", "models"), ("check",), ("view",), ("query", "ASK {}")]
)
def test_a_graph_that_is_not_there_is_exit_code_3(run_kg: Kg, tmp_path: Path, command: tuple[str, ...]) -> None:
    for graph in (tmp_path, tmp_path / "nowhere"):
        done = run_kg(*command, "--graph", graph)
        assert done.exit_code == 3
        assert "build one with `kg build`" in done.stderr


@pytest.mark.parametrize("where", ["", "store", "graph.ttl"])
def test_a_graph_is_an_output_directory_a_store_or_a_turtle_file(built: Path, run_kg: Kg, where: str) -> None:
    done = run_kg("rank", "models", "--graph", built / where)
    assert done.stdout == run_kg("rank", "models", "--graph", built).stdout != ""


def test_other_peoples_rdf_is_a_graph_without_models(run_kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text("<https://a.example/x> <https://a.example/y> 1 .", encoding="utf-8")
    done = run_kg("rank", "models", "--graph", tmp_path / "other.ttl")
    assert done.exit_code == 0
    assert "There are no models in this graph." in done.stderr


@pytest.mark.parametrize("text", ["not turtle", "@prefix kg: <", "\x00\x01"])
def test_a_file_that_is_no_turtle_is_one_sentence(run_kg: Kg, tmp_path: Path, text: str) -> None:
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    done = run_kg("lineage", "x", "--graph", tmp_path)
    assert done.exit_code == 3
    assert done.stderr.startswith(f"Error: {tmp_path / 'graph.ttl'}: this is no Turtle")


def test_a_damaged_graph_is_one_sentence_that_sends_to_check(built: Path, run_kg: Kg, tmp_path: Path) -> None:
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(text.replace("nif:beginIndex", "nif:endIndex"), encoding="utf-8")
    done = run_kg("lineage", "zephon chat", "--graph", tmp_path)
    assert done.exit_code == 3
    assert "kg check" in done.stderr


def test_the_shell_is_offered_names_from_the_graph(built: Path) -> None:
    words = f"kg lineage --graph {built} zeph"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "_KG_COMPLETE": "bash_complete", "COMP_CWORD": "4"}
    done = subprocess.run(
        [sys.executable, "-m", "kg"],
        env={**environment, "COMP_WORDS": words},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[:3] == ["plain,Zephon", "plain,Zephon 7B", "plain,Zephon Chat"]


# --- pipes and terminals


def kg_process(*args: str | Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "kg", *map(str, args)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    many = tmp_path / "many.txt"
    entries = (LISTING.replace("Zephon", f"Zephon{n}").replace("Lantern", f"Lantern{n}") for n in range(400))
    many.write_text("".join(entries), encoding="utf-8")
    with kg_process("papers", many, *AS_OF) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_pipe_gets_utf8_without_colour_or_wrapping_whatever_the_locale(built: Path) -> None:
    out, err = kg_process("lineage", "zephon chat", "--graph", built).communicate()
    assert err == b""
    assert "└── " in out.decode("utf-8")
    assert b"\x1b" not in out
    assert max(map(len, out.decode("utf-8").splitlines())) > 80


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colour_unless_it_asks_for_none(built: Path, no_color: str, coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": no_color, "COLUMNS": "60", "TERM": "xterm"}
    command = [sys.executable, "-m", "kg", "lineage", "zephon chat", "--graph", str(built)]
    process = subprocess.Popen(command, env=environment, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 4096):
            seen += piece
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    assert (b"\x1b[" in seen) is coloured
    if not coloured:
        assert max(map(len, seen.decode("utf-8").splitlines())) <= 60

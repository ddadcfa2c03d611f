"""``kg mcp``: an assistant's own client speaks to a real process over its standard input and output."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

import kg
from kg.errors import KgError

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("seeds") / "graph.ttl"
    kg.build().write(place)
    return place


def talk(place: Path, conversation: Callable[[ClientSession], Awaitable[Any]], *options: str) -> Any:
    server = StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--graph", str(place), *options])

    async def run() -> Any:
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            return await conversation(session)

    return asyncio.run(run())


def call(place: Path, tool: str, *options: str, **arguments: Any) -> Any:
    """Call one tool; what it answers, or the sentence of its error as a KgError."""
    done = talk(place, lambda session: session.call_tool(tool, arguments), *options)
    if done.is_error:
        raise KgError(done.content[0].text)
    return done.structured_content


def test_its_tools_explain_themselves_and_only_read(place: Path) -> None:
    listed = talk(place, lambda session: session.list_tools())
    assert [tool.name for tool in listed.tools] == ["search", "facts", "lineage", "why", "query"]
    assert all(tool.annotations.read_only_hint and len(tool.description) > 80 for tool in listed.tools)


def test_a_part_of_a_name_finds_things_with_what_is_known_of_them(place: Path) -> None:
    (first, *_) = call(place, "search", text="mixtral 8x7b", kind="Model")["result"]
    assert first["name"] == "Mixtral 8x7B" and first["lab"] == "Mistral AI" and first["facts"]["license"]
    assert call(place, "search", text="no such thing")["result"] == []


def test_every_extracted_step_of_descent_can_be_cited(place: Path) -> None:
    told = call(place, "lineage", name="Magistral")
    assert {step["basis"] for step in told["steps"]} >= {"extracted"}
    titles = {paper.title: f"{paper.title} {paper.abstract}" for paper in kg.build().knowledge.papers}
    cited = [quote for step in told["steps"] for quote in step.get("sentences", [])]
    assert cited and all(quote["sentence"] in titles[quote["paper"]] and quote["confidence"] > 0.5 for quote in cited)


def test_a_paper_of_arxiv_is_cited_with_its_address(tmp_path: Path) -> None:
    paper = {
        "id": "2401.00001", "title": "Zephon: A Language Model", "authors": ["Ada Byron"], "date": "2024-01-01",
        "abstract": "We introduce Zephon, a language model fine-tuned from Mistral 7B.",
    }  # fmt: skip
    (tmp_path / "papers.jsonl").write_text(json.dumps(paper) + "\n", encoding="utf-8")
    kg.build(tmp_path / "papers.jsonl").write(tmp_path / "graph.ttl")
    (step,) = call(tmp_path / "graph.ttl", "lineage", name="Zephon")["steps"]
    (quote,) = step["sentences"]
    assert quote["sentence"] == paper["abstract"] and quote["paper"] == paper["title"]
    assert quote["page"] == "https://arxiv.org/abs/2401.00001"
    assert quote["rule"].startswith("lineage.") and 0.5 < quote["confidence"] < 1


def test_a_lineage_of_very_many_steps_is_cut_and_says_so(tmp_path: Path) -> None:
    papers = [
        {
            "title": f"Zephon{n}: A Language Model", "authors": ["Ada Byron"], "date": "2024-01-01",
            "abstract": f"We introduce Zephon{n}, a language model fine-tuned from Mistral 7B.",
        }
        for n in range(230)
    ]  # fmt: skip
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(p) + "\n" for p in papers), encoding="utf-8")
    kg.build(tmp_path / "papers.jsonl").write(tmp_path / "graph.ttl")
    told = call(tmp_path / "graph.ttl", "lineage", name="Mistral 7B", down=True)
    assert len(told["steps"]) == 200 and told["left_out"] >= 30
    named = {node["name"] for node in told["things"]}
    assert named >= {step["subject"] for step in told["steps"]} and len(named) < 210


def test_what_joins_two_things_and_what_is_said_of_one(place: Path) -> None:
    joined = call(place, "why", one="Mixtral 8x7B", other="Mistral 7B")
    assert joined["direct"] and "same architecture" in json.dumps(joined)
    told = call(place, "facts", name="Chinchilla", about="outperforms")
    assert {one["object"] for one in told["statements"] if one["subject"] == "Chinchilla"} >= {"Gopher", "GPT-3"}
    assert all(one["relation"] == "outperforms" and one["sentences"] for one in told["statements"])


def test_queries_have_names_parameters_and_limits(place: Path) -> None:
    assert "lineage" in call(place, "query", sparql="")["named_queries"]
    asked = "SELECT ?model ?n WHERE { ?m rdfs:label ?model ; kg:parameterCount ?n }"
    bound = call(place, "query", sparql=asked, parameters={"model": "Chinchilla"})
    assert bound["rows"] == [{"model": "Chinchilla", "n": 70_000_000_000}] and not bound["more"]
    cut = call(place, "query", "--limit", "2", sparql=asked)
    assert len(cut["rows"]) == 2 and cut["more"]


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("query", {"sparql": "INSERT DATA { <a:a> <b:b> <c:c> }"}, "not allowed"),
        ("query", {"sparql": "SELECT nonsense"}, "SPARQL"),
        ("lineage", {"name": "Mistrall"}, "did you mean"),
        ("search", {"text": "mistral", "kind": "Dragon"}, "no things of the kind 'Dragon'; it has .*Model"),
        ("facts", {"name": "Chinchilla", "about": "beats"}, "by the relation 'beats'; it has .*outperforms"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(
    place: Path, tool: str, arguments: dict[str, str], sentence: str
) -> None:
    with pytest.raises(KgError, match=sentence):
        call(place, tool, **arguments)


def test_a_query_that_never_ends_is_stopped_and_the_next_is_answered(place: Path) -> None:
    joins = " ".join(f"?a{n} ?p{n} ?b{n} ." for n in range(6))

    async def ask_twice(session: ClientSession) -> Any:
        stopped = await session.call_tool("query", {"sparql": f"SELECT (COUNT(*) AS ?n) WHERE {{ {joins} }}"})
        return stopped, await session.call_tool("query", {"sparql": "SELECT (1 AS ?one) {}"})

    stopped, answered = talk(place, ask_twice, "--timeout", "1")
    assert stopped.is_error and "stopped after 1 seconds" in stopped.content[0].text
    assert answered.structured_content["rows"] == [{"one": 1}]


def test_without_the_package_one_sentence_says_how_to_get_it(place: Path) -> None:
    hidden = (
        "import sys; sys.modules['mcp'] = sys.modules['mcp.server.mcpserver'] = None; from kg.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", hidden, "mcp", "--graph", str(place)],
        input="", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode and 'pip install "modelkin[mcp]"' in done.stderr and len(done.stderr.splitlines()) == 1

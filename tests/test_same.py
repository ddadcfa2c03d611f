"""``kg why --same`` and ``kg build --same``: two names, one answer, every reason; statements that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.analyses import same
from kg.cli import kg
from kg.errors import InputError
from kg.model import KnowledgeGraph
from kg.vocab import read_identities

LISTING = """{"title": "Clouds", "authors": ["John Doe", "Ada Byron"], "date": "2024-01-01", "abstract": "We introduce \
Zephon 7B. Zephon 7B outperforms Mixtral 8x7B - Instruct."}
{"title": "Rain", "authors": ["Jane Doe", "Kurt Weill"], "date": "2024-01-02", "abstract": "We introduce Zephon 13B \
Chat. Zephon 13B Chat outperforms Mixtral-8x7B-Instruct-v0.1."}
{"title": "Hail", "authors": ["J. Doe", "Ada Byron"], "date": "2024-01-03", "abstract": "We read hail."}
{"title": "Snow", "authors": ["J. Doe", "Alan Turing"], "date": "2024-01-04", "abstract": "We read snow."}
"""
PREFIXES = """@prefix kg: <https://w3id.org/modelkin/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(kg, list(map(str, arguments)))


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("listing") / "papers.jsonl"
    file.write_text(LISTING, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def built(listing: Path) -> Path:
    same_file = listing.with_name("same.ttl")
    statement = 'ex:a a kg:DistinctNames ; kg:writtenAs "Ada Byron", "Alan Turing" ; rdfs:comment "Two people." .'
    same_file.write_text(PREFIXES + statement, encoding="utf-8")
    done = run("build", listing, "-o", listing.parent / "out", "--same", same_file)
    assert done.exit_code == 0, done.output
    return listing.parent / "out"


ANSWERS = [
    (
        ("Mixtral 8x7B - Instruct", "Mixtral-8x7B-Instruct-v0.1"),
        [
            "the same: Mixtral 8x7B - Instruct, because",
            "— Clouds, 2024-01-01",
            "[model.first-release] — Rain, 2024-01-02",
        ],
    ),
    (("mixtral8x7binstruct", "mistralai/Mixtral-8x7B-Instruct"), ["[name.spelling]", "[model.maker]"]),
    (("John Doe", "J. Doe"), ["the same: John Doe", "they share the co-author Ada Byron [person.initials] — Hail"]),
    (("doe, john", "John Doe"), ["the same: John Doe", "[person.spelling]"]),
    (("Foo 7B", "foo-7b"), ["the same, though the graph names neither", "[name.spelling]"]),
    (("Zephon", "zephon"), ["the same: Zephon (family)"]),
]
DIFFERENT = [
    (("Zephon 7B", "Zephon 13B Chat"), ["the sizes are 7b and 13b; the role words are none and chat"]),
    (("Jane Doe", "John Doe"), ["the given names jane and john differ"]),
    (("Ada Byron", "Kurt Weill"), ["the surnames byron and weill differ"]),
    (("Ada Byron", "Zephon 7B"), ["Ada Byron is of the class person, Zephon 7B of the class model"]),
    (("Mixtral", "Mixtral 8x7B Instruct"), ["is a member of the family Mixtral: its name is"]),
    (("person/j-doe", "Jane Doe"), ["kept apart, for it is open: the names agree, but", "— Snow"]),
    (("person/j-doe", "John Doe"), ["kept apart, for it is open", "— Snow"]),
    (("Ada Byron", "Alan Turing"), ["Two people. [curated.different] — https://example.org/a"]),
]


@pytest.mark.parametrize(("names", "told"), ANSWERS)
def test_names_that_mean_the_same(built: Path, names: tuple[str, str], told: list[str]) -> None:
    done = run("why", "--same", *names, "--graph", built)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("the same")
    for words in told:
        assert words in done.stdout, done.stdout


@pytest.mark.parametrize(("names", "told"), DIFFERENT)
def test_names_that_do_not(built: Path, names: tuple[str, str], told: list[str]) -> None:
    for pair in (names, names[::-1]):
        done = run("why", "--same", *pair, "--graph", built)
        assert done.exit_code == 1, done.output
        assert done.stdout.startswith("not the same: ")
    done = run("why", "--same", *names, "--graph", built)
    for words in told:
        assert words in done.stdout, done.stdout


def test_a_name_that_nothing_bears_is_told_with_the_nearest(built: Path) -> None:
    done = run("why", "--same", "Ada Biron", "Zephon 7B", "--graph", built)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: nothing in the graph is called 'Ada Biron'; did you mean Ada Byron?\n"


def test_json_holds_all_reasons(built: Path) -> None:
    names = "Mixtral 8x7B - Instruct", "Mixtral-8x7B-Instruct-v0.1"
    done = run("why", "--same", *names, "--graph", built, "--format", "json")
    answer = json.loads(done.stdout)
    assert answer["same"] is True and answer["one"] == answer["other"]
    assert [reason["name"] for reason in answer["reasons"]] == list(names)
    assert [paper["label"] for reason in answer["reasons"] for paper in reason["papers"]] == ["Clouds", "Rain"]


def test_what_may_be_one_joins_nothing_in_a_chain(built: Path) -> None:
    direct = run("why", "person/j-doe", "Jane Doe", "--graph", built)
    assert direct.exit_code == 0 and "possibly the same as" in direct.stdout
    assert run("why", "Alan Turing", "Kurt Weill", "--graph", built).exit_code == 1


def test_the_graph_with_open_names_conforms(built: Path) -> None:
    done = run("check", "--graph", built)
    assert done.exit_code == 0, done.output
    assert "J. Doe of “Snow” may be Jane Doe or John Doe: kept apart" in done.stdout


def test_every_name_of_the_bundled_graph_means_its_thing(seed_graph: KnowledgeGraph) -> None:
    for entity in seed_graph.entities:
        if entity.type != "Licence":
            for name in (entity.label, *entity.aliases):
                answer = same(seed_graph, name, entity.label)
                assert answer.same and answer.reasons, (name, entity.label)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("oops", "the file cannot be read as Turtle"),
        ("", "there is no kg:SameNames and no kg:DistinctNames in it; see ontology/same.ttl."),
        ('ex:a a kg:SameNames ; rdfs:comment "Why." .', "there are too few kg:writtenAs; give two names, or one and"),
        ('ex:a a kg:DistinctNames ; kg:writtenAs "A" ; rdfs:comment "Why." .', "there are too few kg:writtenAs"),
        ('ex:a a kg:SameNames ; kg:writtenAs "A", "B" .', "rdfs:comment is missing; add it."),
        ('ex:a a kg:SameNames, kg:DistinctNames ; kg:writtenAs "A", "B" .', "both that its names mean the same and"),
    ],
)
def test_a_wrong_statement_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "my.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_identities(file)
    assert message in str(caught.value) and str(caught.value).startswith(str(file))


def test_a_missing_file_of_statements_stops_the_build(listing: Path, tmp_path: Path) -> None:
    done = run("build", listing, "-o", tmp_path / "out", "--same", tmp_path / "nope.ttl")
    assert done.exit_code == 3
    assert "nope.ttl: the file cannot be read" in done.stderr
    assert not (tmp_path / "out" / "graph.ttl").exists()

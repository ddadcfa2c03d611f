"""Claims from invented sentences: what each rule reads, and what none may read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract, extract_claims
from kg.extract.lexicon import type_of_phrase
from kg.extract.text import clean, read_document
from kg.model import IRI, Paper, Quantity, Result
from kg.names import is_extension, parse_name

Fact = tuple[str, str, str]


def paper(abstract: str, title: str = "A Study") -> Paper:
    return Paper(
        iri=IRI("https://example.org/p"),
        id="p",
        title=title,
        authors=(),
        truncated=False,
        date=None,
        date_precision="none",
        date_text="",
        category="",
        code=False,
        affiliations=(),
        abstract=abstract,
        source="t",
        line=1,
    )


def facts(abstract: str, title: str = "A Study") -> set[Fact]:
    found = set()
    for claim in extract_claims(paper(abstract, title)):
        match claim.object:
            case Quantity(value=value):
                found.add((claim.subject, claim.predicate, str(value)))
            case Result(benchmark=benchmark, metric=metric, value=figure):
                found.add((claim.subject, claim.predicate, f"{benchmark}|{metric}|{figure}"))
            case str(name):
                found.add((claim.subject, claim.predicate, name))
    return found


def only(abstract: str, *predicates: str, title: str = "A Study") -> set[Fact]:
    return {fact for fact in facts(abstract, title) if fact[1] in predicates}


LINEAGE = (
    "fineTunedFrom",
    "initializedFrom",
    "distilledFrom",
    "prunedFrom",
    "quantizedFrom",
    "mergedFrom",
    "basedOnArchitecture",
    "scaledFrom",
    "succeeds",
)

INTRODUCED = [
    ("We introduce Zephon 7B, a language model.", {"Zephon 7B": "Model"}),
    ("We present Zephon Mini and Zephon Small, two audio models.", {"Zephon Mini": "Model", "Zephon Small": "Model"}),
    ("This report introduces a new family of models, Zephon, that can read.", {"Zephon": "Model"}),
    ("We train a 280 billion parameter model called Zephon.", {"Zephon": "Model"}),
    ("In this work, we propose the Cloud Reading Stream (CLORS), a benchmark of tasks.", {"CLORS": "Benchmark"}),
    ("To this end, we construct ZephBench, a dataset of clouds.", {"ZephBench": "Dataset"}),
    (
        "We release three datasets (CloudMath, CloudCode, and CloudTalk).",
        {"CloudMath": "Dataset", "CloudTalk": "Dataset"},
    ),
    ("We propose Cloud Descent, a novel optimization method.", {"Cloud Descent": "Method"}),
    ("We further extend CloudNet to CloudNet++, a method with gates. We propose CloudNet.", {"CloudNet++": "Method"}),
    (
        "The Zephon family consists of Tall, Pro, and Nano sizes. We introduce the Zephon family.",
        {"Zephon Pro": "Model"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), INTRODUCED, ids=[text[:40] for text, _ in INTRODUCED])
def test_what_a_paper_introduces(text: str, wanted: dict[str, str]) -> None:
    found = facts(text)
    for name, kind in wanted.items():
        assert ("PAPER", "introduces", name) in found
        assert (name, "type", kind) in found


@pytest.mark.parametrize(
    "text",
    [
        "We study the behaviour of Quarrel 13B on many tasks.",
        "We evaluate Quarrel 13B and Brindle on clouds.",
        "Large Language Models (LLMs) have shown great promise in Natural Language Processing (NLP).",
        "We introduce a method based on Quarrel 13B for reading clouds.",
        "In this paper, we present an analysis of Reinforcement Learning.",
    ],
)
def test_what_a_paper_only_uses_is_not_introduced(text: str) -> None:
    assert not only(text, "introduces", "type")


def test_a_title_names_what_the_text_writes_with_a_size() -> None:
    text = "We introduce Zephon-Small, a light model. The resulting model, Zephon-Small is a small 24B model."
    found = facts(text, "Zephon: Models for Clouds")
    assert {("PAPER", "introduces", "Zephon"), ("PAPER", "introduces", "Zephon-Small")} <= found
    assert ("Zephon-Small", "variantOf", "Zephon") in found
    assert ("Zephon-Small", "parameterCount", "24000000000") in found


WINS = [
    (
        "We introduce Zephon. Zephon outperforms Brindle (280B), Quarrel (175B), and Mottle-2.",
        {"Brindle", "Quarrel", "Mottle-2"},
    ),
    ("We introduce Zephon. It surpasses existing models such as Brindle and Quarrel.", {"Brindle", "Quarrel"}),
    ("We introduce Zephon. Our model beats Brindle on clouds.", {"Brindle"}),
    (
        "We introduce Zephon. Zephon is preferred for rain, achieving a 68% win rate over Brindle v2.5.",
        {"Brindle v2.5"},
    ),
    ("We introduce Zephon. We see that Brindle is outperformed by Zephon.", {"Brindle"}),
    (
        "We introduce Zephon. Zephon outperforms Brindle across all benchmarks, and Quarrel in reasoning.",
        {"Brindle", "Quarrel"},
    ),
    ("We introduce Zephon. Zephon rivals Mottle, and outperforms Brindle.", {"Brindle"}),
]


@pytest.mark.parametrize(("text", "losers"), WINS, ids=[text[22:60] for text, _ in WINS])
def test_who_outperforms_whom(text: str, losers: set[str]) -> None:
    assert only(text, "outperforms") == {("Zephon", "outperforms", loser) for loser in losers}


def test_on_par_is_no_win() -> None:
    text = (
        "We introduce Zephon. Zephon achieves performance on par with Brindle. It obtains results comparable "
        "to Quarrel."
    )
    assert only(text, "outperforms", "matches") == {("Zephon", "matches", "Brindle"), ("Zephon", "matches", "Quarrel")}


def test_outperforms_or_matches_is_certain_only_of_the_weaker() -> None:
    text = "We introduce Zephon. It outperforms or matches Brindle and Quarrel."
    assert only(text, "outperforms", "matches") == {("Zephon", "matches", "Brindle"), ("Zephon", "matches", "Quarrel")}


@pytest.mark.parametrize(
    "text",
    [
        "We introduce Zephon. Zephon does not outperform Brindle.",
        "We introduce Zephon. We evaluate Brindle and Quarrel on clouds.",
        "We introduce Zephon. Unlike Brindle, Zephon reads clouds.",
        "We introduce Zephon. Zephon outperforms previous methods and other open models.",
        "We introduce Zephon. Feature matching with Brindle is slow.",
    ],
)
def test_no_comparison_is_read_where_none_is_stated(text: str) -> None:
    assert not only(text, "outperforms", "matches")


STEPS = [
    ("We introduce Zephon. Zephon has the same architecture as Brindle 7B.", "basedOnArchitecture", "Brindle 7B"),
    (
        "We train a model, Zephon, that uses the same compute budget as Brindle but with 70B parameters.",
        "scaledFrom",
        "Brindle",
    ),
    (
        "We present Zephon, trained for reasoning on top of Brindle Medium 3 with RL alone.",
        "fineTunedFrom",
        "Brindle Medium 3",
    ),
    ("We introduce Zephon. Zephon is fine-tuned from Brindle 7B.", "fineTunedFrom", "Brindle 7B"),
    ("We introduce Zephon. Zephon is distilled from Brindle.", "distilledFrom", "Brindle"),
    ("We introduce Zephon. Zephon is initialized from Brindle.", "initializedFrom", "Brindle"),
    (
        "We introduce Zephon. Our architecture builds on the Delayed Rain Modeling framework.",
        "basedOnArchitecture",
        "Delayed Rain Modeling",
    ),
    ("We introduce Zephon, which includes cold-start data from Brindle Medium.", "distilledFrom", "Brindle Medium"),
    ("We introduce Zephon. Zephon is the successor to Brindle.", "succeeds", "Brindle"),
    ("Built on Brindle-9B, Zephon reads clouds. We introduce Zephon.", "fineTunedFrom", "Brindle-9B"),
]


@pytest.mark.parametrize(("text", "predicate", "ancestor"), STEPS, ids=[text[:45] for text, _, _ in STEPS])
def test_what_a_model_descends_from(text: str, predicate: str, ancestor: str) -> None:
    assert only(text, *LINEAGE) == {("Zephon", predicate, ancestor)}


@pytest.mark.parametrize(
    "text",
    [
        "We introduce Zephon. Instead of relying on traces distilled from Brindle, we start anew.",
        "We introduce Zephon. Zephon is not fine-tuned from Brindle.",
        "We introduce Zephon. Zephon is inspired by Brindle.",
        "We introduce Zephon without distilling from Brindle.",
        "We introduce Zephon. Zephon surpasses models based on Brindle, such as Quarrel.",
        "We introduce Zephon. Brindle is a famous model.",
    ],
)
def test_no_lineage_is_read_where_none_is_stated(text: str) -> None:
    assert not only(text, *LINEAGE)


def test_a_tuned_member_has_its_base_as_ancestor_and_series() -> None:
    text = "We introduce Zephon 7B. We also provide a model fine-tuned to follow instructions, Zephon 7B -- Instruct."
    name = "Zephon 7B -- Instruct"
    assert {(name, "fineTunedFrom", "Zephon 7B"), (name, "variantOf", "Zephon 7B")} <= facts(text)


NUMBERS = [
    ("We introduce Zephon, a 7-billion-parameter language model.", "parameterCount", "7000000000"),
    (
        "We introduce Zephon. Each token has access to 47B parameters, but only uses 13B active parameters.",
        "parameterCount",
        "47000000000",
    ),
    (
        "We introduce Zephon. Each token has access to 47B parameters, but only uses 13B active parameters.",
        "activeParameterCount",
        "13000000000",
    ),
    ("We introduce Zephon. Zephon was trained with a context size of 32k tokens.", "contextLength", "32000"),
    ("We present Zephon. A 32K context window enables long talks.", "contextLength", "32000"),
    ("We introduce Zephon. Zephon is trained on 5.8 trillion tokens.", "trainingTokens", "5800000000000"),
]


@pytest.mark.parametrize(("text", "predicate", "value"), NUMBERS, ids=[text[:50] + p for text, p, _ in NUMBERS])
def test_sizes(text: str, predicate: str, value: str) -> None:
    assert ("Zephon", predicate, value) in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "We introduce Zephon. We train over 400 models ranging from 70 million to over 16 billion parameters.",
        "We introduce Zephon, with the best performance among models below 100B size.",
        "We introduce Zephon on 5 to 500 billion tokens.",
    ],
)
def test_bounds_and_ranges_are_no_sizes(text: str) -> None:
    assert not only(text, "parameterCount", "trainingTokens")


def test_sizes_listed_for_a_series_are_its_members() -> None:
    text = "We introduce the Zephon 3 series, a family of models, available in three sizes: 3B, 8B, and 14B parameters."
    assert only(text, "parameterCount") == {
        ("Zephon 3 3B", "parameterCount", "3000000000"),
        ("Zephon 3 8B", "parameterCount", "8000000000"),
        ("Zephon 3 14B", "parameterCount", "14000000000"),
    }


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (
            "We introduce Zephon 7B and Zephon 9B. Both models are released under the Apache 2.0 license.",
            {"Zephon 7B", "Zephon 9B"},
        ),
        ("We open-source Zephon Small (Apache 2.0).", {"Zephon Small"}),
        ("We introduce Zephon. We release the model weights under the Apache 2.0 license.", {"Zephon"}),
    ],
)
def test_licences(text: str, owners: set[str]) -> None:
    assert only(text, "license") == {(owner, "license", "Apache-2.0") for owner in owners}


def test_a_place_is_no_licence() -> None:
    assert not only("We introduce Zephon. It was made at MIT and under pressure.", "license")


def test_figures_and_what_they_were_measured_on() -> None:
    text = "We introduce Zephon. Zephon reaches an average accuracy of 67.5% on the MMLU benchmark, a 7% improvement."
    assert only(text, "result", "evaluatedOn") == {
        ("Zephon", "evaluatedOn", "MMLU"),
        ("Zephon", "result", "MMLU|accuracy|67.5%"),
    }


def test_figures_in_lists_go_pair_by_pair() -> None:
    text = "We introduce Zephon. Zephon obtains accuracies of 61.5%, 72.0%, and 83.5% on MMLU, GSM8K, and HumanEval."
    found = only(text, "result")
    assert {fact[2].split("|")[0] + fact[2].split("|")[2] for fact in found} == {
        "MMLU61.5%",
        "GSM8K72.0%",
        "HumanEval83.5%",
    }


def test_a_system_and_its_parts() -> None:
    text = (
        "We introduce Zephon. Zephon combines a frozen Brindle retriever and a decoder. It is powered by the "
        "MuTorque engine."
    )
    assert only(text, "usesComponent") == {
        ("Zephon", "usesComponent", "Brindle"),
        ("Zephon", "usesComponent", "MuTorque"),
    }


def test_an_ordinary_paper_says_nothing() -> None:
    text = (
        "The paper presents a load balancing strategy for agents. Experiments show that it works. Deep "
        "learning (DL) and "
        "convolutional networks (CNNs) are used, and results on two public datasets are reported with an "
        "accuracy of 91.2%."
    )
    assert not facts(text, "A strategy for balancing loads")


@pytest.mark.parametrize(
    ("name", "base", "version", "parameters"),
    [
        ("Zephon 2 13B -- Chat", "Zephon", "2", 13 * 10**9),
        ("Qwen2.5-Math-7B", "Qwen", "2.5", 7 * 10**9),
        ("Zephon-0.5B", "Zephon", "", 5 * 10**8),
        ("Zephon 8x7B", "Zephon", "", None),
    ],
)
def test_the_grammar_of_names(name: str, base: str, version: str, parameters: int | None) -> None:
    read = parse_name(name)
    assert (read.base, read.version, read.parameters) == (base, version, parameters)
    assert is_extension(name, base) or version


def test_phrases_say_what_things_are() -> None:
    assert type_of_phrase("a family of sparse language models") == "Model"
    assert type_of_phrase("a suite of tasks") == "Benchmark"
    assert type_of_phrase("our idea") == ""


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\textbf{Cog}nitive", "Cognitive"),
        (r"68.4\% of 4$\times$ more", "68.4% of 4x more"),
        ("``so'' he  said~it", '"so" he said it'),
        (r"code\footnote{Code: here} and models", "code and models"),
    ],
)
def test_mark_up_goes_and_offsets_hold(latex: str, plain: str) -> None:
    text, origins = clean(latex)
    assert text == plain and len(origins) == len(text)
    assert all(
        latex[at] == character
        for at, character in zip(origins, text, strict=True)
        if character.isalnum() and character in latex
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(min_size=1, max_size=40).filter(str.strip))
def test_evidence_is_what_stands_there_whatever_the_text(abstract: str, title: str) -> None:
    whole = paper(f"We introduce Zephon 7B, a model. {abstract} Zephon 7B outperforms Brindle.", title)
    extraction = extract(whole)
    for claim in extraction.claims:
        for evidence in claim.evidence:
            assert whole.text[evidence.start : evidence.end] == evidence.quote
    for mention in extraction.mentions:
        assert whole.text[mention.start : mention.end] == mention.surface


def test_sentences_are_split_where_they_end() -> None:
    document = read_document("T\nIt wins, e.g. on A2. We use B (i.e. the other). See Smith et al. for more.", 1)
    assert [document.text[s:e] for s, e in document.sentences] == [
        "It wins, e.g. on A2.",
        "We use B (i.e. the other).",
        "See Smith et al. for more.",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "A" * 6000,
        "A " * 3000,
        "( " * 3000,
        "a, " * 2000,
        "Zephon 7B, " * 600,
        "we introduce " * 500,
        "1.5 " * 2000,
        "under the " * 700,
    ],
)
def test_no_text_takes_long(hostile: str) -> None:
    begin = time.monotonic()
    extract(paper(f"We introduce Zephon. {hostile} outperforms Brindle on MMLU."))
    assert time.monotonic() - begin < 20


def test_gold_claims_of_the_bundled_papers(shared: object) -> None:
    import importlib.util
    import json
    from pathlib import Path

    gold = Path(str(shared)) / "gold"
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    floor = {"seeds": 1.0, "dev": 0.83}
    for name, least in floor.items():
        right = wrong = missed = 0
        rows = [json.loads(line) for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        texts = {
            r["id"]: r
            for r in map(json.loads, (gold / f"{name}-papers.jsonl").read_text(encoding="utf-8").splitlines())
        }
        for row in rows:
            found = facts(texts[row["id"]]["abstract"], texts[row["id"]]["title"])
            introduced = set().union(*[scorer.names(c["o"]) for c in row["claims"] if c["p"] == "introduces"], set())
            hits = set()
            for s, p, o in found:
                claim = {"subject": s, "predicate": p, "object": o, "quote": ""}
                fits = [i for i, c in enumerate(row["claims"]) if scorer.fits(c, claim, introduced)]
                required = [i for i in fits if not row["claims"][i].get("opt")]
                hits.update(required)
                right += bool(required)
                wrong += not fits and p in scorer.GROUP_OF
            missed += sum(not c.get("opt") and i not in hits for i, c in enumerate(row["claims"]))
        assert 2 * right / (2 * right + wrong + missed) >= least, (name, right, wrong, missed)

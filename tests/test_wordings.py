"""Wordings of papers, each with what it states, or what it seems to state and does not."""

from __future__ import annotations

import pytest

from tests.test_extract import facts

ZEPHON = "We introduce Zephon, a language model. "
#: Texts, a title or none, and a claim that the text states.
STATED = [
    ("We’re announcing Zephon 2, our new model.", "", ("PAPER", "introduces", "Zephon 2")),
    (
        "Today, we are open-sourcing and launching Zephon 2, a model for clouds.",
        "",
        ("PAPER", "introduces", "Zephon 2"),
    ),
    ("Zephon‑2 is fast. It reads clouds.", "Introducing Zephon‑2", ("PAPER", "introduces", "Zephon-2")),
    ("We propose a network, dubbed Z$^2$ViT, for clouds.", "", ("PAPER", "introduces", "Z2ViT")),
    (r"We propose \zephon{}, a method for clouds.", "ZEPHON: Reading Clouds", ("PAPER", "introduces", "ZEPHON")),
    (r"\ours beats Quarrel. We propose a method.", "Zephon: Clouds", ("Zephon", "outperforms", "Quarrel")),
    (
        "We release both Zephon-4 (35B parameters) and a compact version, Zephon-4-Air (6B parameters).",
        "",
        ("PAPER", "introduces", "Zephon-4-Air"),
    ),
    ("Our ZephNet reads fast. The proposed ZephNet is small.", "", ("PAPER", "introduces", "ZephNet")),
    ("Our program ZephGo won all games.", "", ("PAPER", "introduces", "ZephGo")),
    (
        "We design a pipeline that uses models of the air to construct CloudSet, a synthetic data set of clouds.",
        "",
        ("PAPER", "introduces", "CloudSet"),
    ),
    ("We use a new memory module -- a Cloud Memory Core (CMC) -- for rain.", "", ("PAPER", "introduces", "CMC")),
    (
        "Zephon 18B is a language model with 18 billion parameters, trained on 3.5 trillion tokens.",
        "The Zephon Series of Models",
        ("PAPER", "introduces", "Zephon 18B"),
    ),
    (
        "We release two variants, Zephon base and Zephon large. We present Zephon, a model.",
        "",
        ("PAPER", "introduces", "Zephon large"),
    ),
    (
        "We introduce Zephon Core, Flash, and Edge, a series of models. Zephon Edge and Zephon Flash are small.",
        "",
        ("PAPER", "introduces", "Zephon Flash"),
    ),
    (
        ZEPHON + "Tests show strong results, outperforming models like Quarrel-1.5 (1352) and Mottle-2 (1345).",
        "",
        ("Zephon", "outperforms", "Mottle-2"),
    ),
    (
        ZEPHON + "Zephon outperforms large models (Quarrel, Brindle), small models (Mottle-2), and others.",
        "",
        ("Zephon", "outperforms", "Mottle-2"),
    ),
    (
        "Tuning one matrix, with no overhead, outperforms Quarrel by 10 points. We call the method Zephon.",
        "",
        ("Zephon", "outperforms", "Quarrel"),
    ),
    (
        ZEPHON + "Zephon beats both its base version (M = 2.5) and Quarrel 4.",
        "",
        ("Zephon", "outperforms", "Quarrel 4"),
    ),
    (
        ZEPHON + "Zephon outperforms previous models and a recent work Quarrel.",
        "",
        ("Zephon", "outperforms", "Quarrel"),
    ),
    (
        ZEPHON + "Zephon matches the accuracy achieved by the few-shot Quarrel-54B.",
        "",
        ("Zephon", "matches", "Quarrel-54B"),
    ),
    (ZEPHON + "Results differ, with Brindle-2 outperforming Mottle-2.", "", ("Brindle-2", "outperforms", "Mottle-2")),
    (
        "We introduce Zephon, a fine-tuned LLaMA model that outperforms Quarrel.",
        "",
        ("Zephon", "outperforms", "Quarrel"),
    ),
    (
        ZEPHON + "Architecturally, this 5B activated (56B total) parameter model has 128 layers.",
        "",
        ("Zephon", "parameterCount", "56000000000"),
    ),
    (
        ZEPHON + "We pre-train Zephon on clouds and scaled it up to 1.2B parameters.",
        "",
        ("Zephon", "parameterCount", "1200000000"),
    ),
    (ZEPHON + "This 2.6B parameter neural network is simple.", "", ("Zephon", "parameterCount", "2600000000")),
    (
        "We introduce Zephon, a 550 billion total and 55 billion active parameter language model.",
        "",
        ("Zephon", "parameterCount", "550000000000"),
    ),
    (
        ZEPHON + "The context window has been expanded from 128K to 200K tokens.",
        "",
        ("Zephon", "contextLength", "200000"),
    ),
    (
        "Our method has three parts: (i) sampling of clouds; and (ii) a ResNet-50 encoder with gates.",
        "",
        ("PAPER", "usesComponent", "ResNet-50"),
    ),
    (
        ZEPHON + "The text is then passed to a generative model (Qwen2-7B) to write reports.",
        "",
        ("Zephon", "usesComponent", "Qwen2-7B"),
    ),
    (
        ZEPHON + "Zephon combines a 22M-parameter ViT-S tile encoder with a LongNet slide encoder.",
        "",
        ("Zephon", "usesComponent", "LongNet"),
    ),
    (
        "We propose ZephMamba, a framework that integrates a Mamba-based state-space model with rain.",
        "",
        ("ZephMamba", "usesComponent", "Mamba"),
    ),
    (
        ZEPHON + "Its small encoder is distilled from the Quarrel-7B teacher.",
        "",
        ("Zephon", "distilledFrom", "Quarrel-7B"),
    ),
    (ZEPHON + "It was fine-tuned on verified Quarrel-7B outputs.", "", ("Zephon", "distilledFrom", "Quarrel-7B")),
    (
        "To explore scaling up Quarrel 3, we train a large model called Zephon on clouds.",
        "",
        ("Zephon", "scaledFrom", "Quarrel 3"),
    ),
    (
        "First, we fine-tune three model families (GPT, LLaMA, and DeepSeek R1) on clouds.",
        "",
        ("PAPER", "fineTunedFrom", "DeepSeek R1"),
    ),
    ("Our fine-tuned Mistral 7B is good.", "", ("PAPER", "fineTunedFrom", "Mistral 7B")),
    ("Joint fine-tuning of LLaMA 3-8B and Qwen2-7B improves it.", "", ("PAPER", "fineTunedFrom", "Qwen2-7B")),
    (
        "We train Zephon with rewards. We introduce Zephon, a model that beats its base model Qwen2-7B.",
        "",
        ("Zephon", "fineTunedFrom", "Qwen2-7B"),
    ),
    (
        "We introduce Zephon, a family of RoBERTa-based language models.",
        "",
        ("Zephon", "basedOnArchitecture", "RoBERTa"),
    ),
    (ZEPHON + "We evaluate Zephon on CloudSuite, which has rain.", "", ("Zephon", "evaluatedOn", "CloudSuite")),
    (ZEPHON + "We evaluate on 30 GSM8K questions.", "", ("Zephon", "evaluatedOn", "GSM8K")),
    (ZEPHON + "On text (e.g. MMLU, GSM8K), Zephon is good; we evaluate it.", "", ("Zephon", "evaluatedOn", "MMLU")),
    (ZEPHON + "On AIME, Zephon achieves 92.3% and 85.1% on MATH.", "", ("Zephon", "result", "AIME|-|92.3%")),
    (ZEPHON + "To train Zephon, we construct CloudSet, a large data set.", "", ("Zephon", "trainedOn", "CloudSet")),
    (ZEPHON + "These models form an open-weight, Apache-2.0-licensed family.", "", ("Zephon", "license", "Apache-2.0")),
]
#: Texts, and a predicate of which they state nothing.
NOT_STATED = [
    ("We present a controlled evaluation of two local models, LLaMA 3.2 and Mistral, for clouds.", "introduces"),
    ("We devise an audio encoder and leverage a pre-trained Quarrel model as the text encoder.", "introduces"),
    ("We propose a customized direct preference optimization (DPO) approach to read clouds.", "introduces"),
    ("Our scheme enables Mamba to read clouds.", "introduces"),
    ("A few months ago, we announced Zephon-1, a model.", "introduces"),
    ("Our exploration demonstrates that Quarrel chips are fast.", "introduces"),
    ("Small models such as Qwen2-7B surpass larger counterparts, with Quarrel-2 leading (30.8).", "outperforms"),
    (ZEPHON + "Zephon outperforms all methods except Quarrel-2.", "outperforms"),
    (ZEPHON + "On the 3B model, Zephon achieves 85%.", "parameterCount"),
    (ZEPHON + "Zephon has a 532M-parameter vision encoder.", "parameterCount"),
    (ZEPHON + "Zephon only helps small models (<30B parameters).", "parameterCount"),
    (ZEPHON + "Zephon reads 800 tokens a second on HumanEval with 8x H800 GPUs.", "result"),
    (ZEPHON + "Zephon is good on GLUE, with gains of up to 6 ROUGE on XSum.", "result"),
    (ZEPHON + "We outperform others by 2.5 points on GLUE, and 4.4% on XSum.", "result"),
    ("Fisher's exact test was applied to the accuracy of clouds.", "evaluatedOn"),
    ("We introduce CloudBench, a fine-grained Medical Cloud Reasoning benchmark, and evaluate models.", "evaluatedOn"),
    ("We introduce CloudBench, a benchmark derived from Quarrel-2 for clouds.", "basedOnArchitecture"),
]


@pytest.mark.parametrize(("text", "title", "claim"), STATED, ids=[text[-60:] for text, *_ in STATED])
def test_what_a_wording_states(text: str, title: str, claim: tuple[str, str, str]) -> None:
    assert claim in facts(text, title or "On Clouds")


@pytest.mark.parametrize(("text", "predicate"), NOT_STATED, ids=[text[-60:] for text, _ in NOT_STATED])
def test_what_a_wording_does_not_state(text: str, predicate: str) -> None:
    own = {("PAPER", "introduces", "Zephon"), ("PAPER", "introduces", "CloudBench")}
    assert not {claim for claim in facts(text, "On Clouds") if claim[1] == predicate} - own

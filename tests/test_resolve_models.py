"""Names of models: which pairs mean one model, which do not, and to which family a name belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ids, vocab
from kg.assemble import build_graph
from kg.model import IRI, Claim, Evidence, Extraction, KnowledgeGraph, Mention, Paper
from kg.resolve.families import curated_family
from kg.resolve.models import difference, key_of, same_model

Stated = tuple[str, str, str]


def paper(title: str, text: str = "We say something.", authors: tuple[str, ...] = ("Ada Byron",)) -> Paper:
    return Paper(
        iri=ids.paper_iri(title, authors[0]), id=title, title=title, authors=authors, truncated=False,
        date=date(2024, 1, 8), date_precision="day", date_text="Jan 8, 2024", category="cs.CL", code=False,
        affiliations=(), abstract=text, source="x.txt", line=1,
    )  # fmt: skip


def extraction(of: Paper, *stated: Stated) -> Extraction:
    said = Evidence(paper=of.iri, start=0, end=len(of.text), quote=of.text, rule="r", confidence=0.9)
    claims = [Claim(subject=s, predicate=p, object=o, basis="extracted", evidence=(said,)) for s, p, o in stated]
    return Extraction(mentions=(), claims=tuple(claims))


def graph_of(*papers: tuple[Paper, Iterable[Stated]], same: Iterable[vocab.Identity] = ()) -> KnowledgeGraph:
    return build_graph([p for p, _ in papers], {p.iri: extraction(p, *stated) for p, stated in papers}, same)


def naming(*names: str, same: Iterable[vocab.Identity] = ()) -> KnowledgeGraph:
    """Build a graph in which each name stands in a paper of its own, as a model that is outperformed."""
    rows = [(paper(f"Paper {place}"), [("Quarrel 9B", "outperforms", name)]) for place, name in enumerate(names)]
    return graph_of(*rows, same=same)


def models(graph: KnowledgeGraph) -> set[str]:
    return {entity.label for entity in graph.entities if entity.type == "Model"} - {"Quarrel 9B"}


def statement(*names: str, same: bool = True, papers: tuple[str, ...] = ()) -> vocab.Identity:
    return vocab.Identity(
        iri=IRI("https://example.org/s"), same=same, names=names, papers=papers, reason="We know.", sources=()
    )


SAME = [
    ("Mixtral 8x7B - Instruct", "Mixtral-8x7B-Instruct-v0.1"),
    ("Mixtral 8x7B - Instruct", "mistralai/Mixtral-8x7B-Instruct-v0.1"),
    ("Llama 2 70B Chat", "Llama-2-70b-chat"),
    ("Llama 2 70B Chat", "Llama-2-Chat-70B"),
    ("LLaMA2-7B", "Llama 2 7B"),
    ("Meta Llama 3 8B", "Llama-3-8B"),
    ("meta-llama/Llama-2-7b-chat-hf", "Llama 2 7B Chat"),
    ("GPT-4", "GPT4"),
    ("GPT-4", "OpenAI GPT-4"),
    ("GPT-3.5 Turbo", "gpt-3.5-turbo"),
    ("GPT-3 (175B)", "GPT-3 175B"),
    ("Qwen2.5-Coder-7B-Instruct", "Qwen 2.5 Coder 7B Instruct"),
    ("Qwen2.5-Coder-7B-Instruct", "Qwen2.5-7B-Coder-Instruct"),
    ("Qwen/Qwen2.5-7B", "Qwen2.5-7B"),
    ("QwenVL", "Qwen-VL"),
    ("InternVL2.5-8B", "Intern-VL 2.5 8B"),
    ("DeepSeekMath 7B", "DeepSeek-Math-7B"),
    ("DeepSeek-V3", "DeepSeek V3"),
    ("Code Llama 7B", "CodeLlama-7B"),
    ("CodeLlama-7b-Python", "Code Llama - Python 7B"),
    ("Gemini 1.5 Pro", "Gemini Pro 1.5"),
    ("Phi-3-mini-4k-instruct", "Phi-3 mini 4k Instruct"),
    ("T5-XXL", "T5 XXL"),
    ("ViT-B/16", "ViT-B16"),
    ("Whisper large-v2", "Whisper Large V2"),
    ("google/gemma-2-9b-it", "Gemma 2 9B IT"),
    ("Codestral 22B v0.1", "Codestral-22B"),
    ("Zephon-13B-v1.0", "Zephon 13B"),
    ("Zéphon 7B", "Zephon-7B"),
    ("SDXL", "Stable Diffusion XL"),
]
APART = [
    ("Llama 2 7B", "Llama 2 13B"),
    ("Llama 2 7B", "Llama 3 7B"),
    ("Llama 2 7B", "Llama 2 7B Chat"),
    ("Llama 2 7B", "Llama 27B"),
    ("Llama 2 7B", "Llama 2"),
    ("Llama-2-7b-chat", "Llama-2-7b-chat-GPTQ"),
    ("Llama Guard", "Llama"),
    ("GPT-4", "GPT-4o"),
    ("GPT-4", "GPT-4 Turbo"),
    ("GPT-4", "GPT-4-0613"),
    ("GPT-4-0314", "GPT-4-0613"),
    ("GPT-4", "GPT-4V"),
    ("GPT-4.1", "GPT-41"),
    ("GPT-3.5", "GPT-3"),
    ("GPT-2 XL", "GPT-2"),
    ("Gemini 1.0 Ultra", "Gemini Ultra"),
    ("Mistral 7B", "Mixtral 8x7B"),
    ("Mixtral 8x7B", "Mixtral 8x22B"),
    ("Mistral 7B Instruct", "Mistral-7B-Instruct-v0.2"),
    ("Mistral-7B-Instruct-v0.1", "Mistral-7B-Instruct-v0.2"),
    ("Mistral 7B", "Mistral-7B-Adapter"),
    ("Vicuna 13B", "Vicuna-13B-v1.5"),
    ("Claude 2", "Claude 2.1"),
    ("Claude 3 Opus", "Claude 3 Sonnet"),
    ("Command R", "Command R+"),
    ("Qwen2.5-VL", "Qwen2.5-Math"),
    ("Qwen2.5 7B Base", "Qwen2.5 7B"),
    ("Qwen3-30B-A3B", "Qwen3-30B"),
    ("DeepSeek-V2", "DeepSeek-V3"),
    ("DeepSeek-V3", "DeepSeek 3B"),
    ("DeepSeek-R1", "DeepSeek-R1-Zero"),
    ("BERT base", "BERT large"),
    ("BERT", "RoBERTa"),
    ("T5", "FLAN-T5"),
    ("T5", "mT5"),
    ("Whisper large-v2", "Whisper large-v3"),
    ("Gemma 2 9B It", "Gemma 2 9B Instruct"),
    ("o1", "o1-mini"),
    ("ViT-B/16", "ViT-B/32"),
    ("Phi-2", "Phi-3"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_names_mean_one_model(one: str, other: str) -> None:
    assert len(models(naming(one, other))) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_names_mean_two_models(one: str, other: str) -> None:
    assert len(models(naming(one, other))) == 2
    assert difference(one, other) and not same_model(one, other)


def test_a_release_tag_counts_where_another_release_is_named() -> None:
    graph = naming("Zephon 7B Chat", "Zephon-7B-Chat-v0.1", "Zephon-7B-Chat-v0.2")
    assert len(models(graph)) == 3
    open_pairs = {(c.subject, c.object) for c in graph.claims if c.predicate == "possiblySameAs"}
    first = ids.entity_iri("Model", "Zephon 7B Chat")
    assert open_pairs == {(first, ids.entity_iri("Model", f"Zephon-7B-Chat-v0.{n}")) for n in (1, 2)}


def test_names_that_a_claim_joins_are_two_models() -> None:
    graph = graph_of((paper("One"), [("Zephon 7B Chat v0.1", "fineTunedFrom", "Zephon 7B Chat")]))
    assert models(graph) == {"Zephon 7B Chat v0.1", "Zephon 7B Chat"}


def test_a_merge_says_why_and_who_writes_so() -> None:
    graph = naming("Zephon 7B Chat", "Zephon-Chat-7B", "Zephon 7B Chat")
    told = [claim for claim in graph.claims if claim.predicate == "writtenAs"]
    assert [(c.subject, c.object, c.basis) for c in told] == [
        (ids.entity_iri("Model", "Zephon 7B Chat"), "Zephon-Chat-7B", "inferred")
    ]
    assert told[0].sources == (ids.paper_iri("Paper 1", "Ada Byron"),) and "[model.order]" in told[0].note
    assert "Zephon-Chat-7B" in next(e.aliases for e in graph.entities if e.label == "Zephon 7B Chat")


# --- curated statements ---------------------------------------------------------------------------------------------


def test_a_statement_joins_what_no_rule_does_and_is_told_as_curated() -> None:
    graph = naming("Zephon 7B", "Project Breeze", same=[statement("Zephon 7B", "Project Breeze")])
    assert len(models(graph)) == 1
    told = next(claim for claim in graph.claims if claim.predicate == "writtenAs")
    assert (told.basis, told.note) == ("curated", "We know. [curated.same]")
    assert "https://example.org/s" in told.sources


def test_a_statement_keeps_apart_what_a_rule_joins() -> None:
    graph = naming("Zephon 7B", "zephon-7b", same=[statement("Zephon 7B", "zephon-7b", same=False)])
    assert models(graph) == {"Zephon 7B", "zephon-7b"}
    assert len({e.iri for e in graph.entities if e.type == "Model"}) == 3
    assert [c.basis for c in graph.claims if c.predicate == "differentFrom"] == ["curated"]


def test_a_statement_may_be_about_one_paper_only() -> None:
    own = statement("Zephon", same=False, papers=("Paper 1",))
    graph = naming("Zephon", "Zephon", "Zephon", same=[own])
    found = sorted(e.iri for e in graph.entities if e.label == "Zephon")
    assert len(found) == 2 and found[0] == ids.entity_iri("Model", "Zephon")


def test_a_users_statement_overrules_the_ontology() -> None:
    assert len(models(naming("GPT-3", "GPT-3 175B"))) == 1
    assert len(models(naming("GPT-3", "GPT-3 175B", same=[statement("GPT-3", "GPT-3 175B", same=False)]))) == 2


# --- data sets and benchmarks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("GSM8K", "GSM-8K", True),
        ("GSM8K", "gsm 8k", True),
        ("Zebra-Bench", "ZebraBench", True),
        ("Zebra Bench 2", "Zebra Bench 3", False),
        ("HumanEval", "HumanEval+", False),
        ("MMLU", "MMLU-Pro", False),
        ("MMLU", "Massive Multitask Language Understanding", True),
        ("ZebraBench-Hard", "ZebraBench Chat Hard", False),
    ],
)
def test_names_of_benchmarks(one: str, other: str, same: bool) -> None:
    rows = [(paper(f"Paper {name}"), [("Quarrel 9B", "evaluatedOn", name)]) for name in (one, other)]
    data = [entity for entity in graph_of(*rows).entities if entity.type in ("Dataset", "Benchmark")]
    assert len(data) == (1 if same else 2)


def spelled_out(*rows: tuple[str, str]) -> KnowledgeGraph:
    """Build a graph in which papers outperform something under a short name that they spell out, or not (``""``)."""
    papers = [paper(f"Paper {place}", long or "We say something.") for place, (_, long) in enumerate(rows)]
    extractions = {}
    for of, (short, long) in zip(papers, rows, strict=True):
        found = extraction(of, ("Quarrel 9B", "outperforms", short))
        start = of.text.find(long)
        mention = Mention(paper=of.iri, start=start, end=start + len(long), text=short, surface=long, type="Method")
        extractions[of.iri] = replace(found, mentions=(mention,) if long else ())
    return build_graph(papers, extractions)


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        ([("QAD", "Quick Answer Decoding"), ("QAD", "quick-answer decodings"), ("QAD", "")], {"QAD"}),
        (
            [("QAD", "Quick Answer Decoding"), ("QAD", "Quiet Agent Diffusion"), ("QAD", "")],
            {"QAD", "QAD (Quick Answer Decoding)", "QAD (Quiet Agent Diffusion)"},
        ),
        ([("SAM", "Segment Anything Model"), ("SAM", "")], {"SAM"}),
        ([("SAM", "Sharpness-Aware Minimization"), ("SAM", "")], {"SAM", "SAM (Sharpness-Aware Minimization)"}),
    ],
)
def test_a_short_name_that_papers_spell_out_otherwise_means_several_things(
    rows: list[tuple[str, str]], labels: set[str]
) -> None:
    graph = spelled_out(*rows)
    assert {e.label for e in graph.entities if e.type in ("Method", "Model")} - {"Quarrel 9B"} == labels
    left_open = {c.object for c in graph.claims if c.predicate == "possiblySameAs"}
    assert len(left_open) == (2 if len(labels) == 3 else 0)
    assert all(claim.note for claim in graph.claims if claim.basis == "inferred")


def said_of(name: str, long: str, of: Paper, *stated: Stated) -> Extraction:
    """Extract statements from a paper that spells a name out, unless ``long`` is empty."""
    start = of.text.find(long)
    mention = Mention(paper=of.iri, start=start, end=start + len(long), text=name, surface=long, type="Dataset")
    return replace(extraction(of, *stated), mentions=(mention,) if long else ())


def things_called(name: str, *rows: tuple[Paper, str, Stated]) -> tuple[list[IRI], KnowledgeGraph]:
    """Give the things of a name in the graph of papers, each with its long form of the name and a statement."""
    graph = build_graph([of for of, *_ in rows], {of.iri: said_of(name, long, of, said) for of, long, said in rows})
    return [e.iri for e in graph.entities if name in (e.label, *e.aliases) and e.type != "ModelFamily"], graph


BYRON, TURING = paper("Lies"), paper("More Lies", authors=("Alan Turing",))
FIBBER, USED = ("PAPER", "introduces", "Fibber"), ("Quarrel 9B", "evaluatedOn", "Fibber")


@pytest.mark.parametrize(
    ("others", "things"),
    [
        ([(TURING, "", FIBBER)], 2),
        ([(paper("Lies Again", authors=("Grace Hopper", "Byron, A.")), "", FIBBER)], 1),
        ([(replace(TURING, affiliations=("bletchley",)), "", FIBBER)], 2),
        ([(TURING, "", FIBBER), (paper("Third", authors=("Alan Turing", "Ada Byron")), "", FIBBER)], 1),
        ([(TURING, "", FIBBER), (paper("Third", authors=("Kurt Other",)), "", USED)], 2),
        ([(TURING, "", FIBBER), *((paper(f"{n}", authors=(f"Kurt {n}",)), "", USED) for n in ("Ay", "Bee"))], 1),
    ],
)
def test_a_name_that_papers_with_nothing_in_common_introduce_means_a_thing_of_each(
    others: list[tuple[Paper, str, Stated]], things: int
) -> None:
    found, graph = things_called("Fibber", (BYRON, "", FIBBER), *others)
    introduced = {claim.object for claim in graph.claims if claim.predicate == "introduces"}
    assert len(introduced) == things and introduced <= set(found)
    left_open = {frozenset((c.subject, c.object)) for c in graph.claims if c.predicate == "possiblySameAs"}
    assert any(pair == introduced for pair in left_open) == (things > 1)


def test_papers_of_one_lab_mean_one_thing_by_a_name_and_so_do_those_that_spell_it_out_alike() -> None:
    one, other = (replace(of, affiliations=("bletchley",)) for of in (BYRON, TURING))
    assert len(things_called("Fibber", (one, "", FIBBER), (other, "", FIBBER))[0]) == 1
    said = ("PAPER", "introduces", "FIB")
    spelled = [replace(of, abstract="Our Fact Inversion Benchmark (FIB) is new.") for of in (BYRON, TURING)]
    assert len(things_called("FIB", *((of, "Fact Inversion Benchmark", said) for of in spelled))[0]) == 1


def test_a_paper_that_only_uses_a_name_means_the_thing_of_its_authors() -> None:
    user = paper("Use", authors=("Alan Turing",))
    _, graph = things_called("Fibber", (BYRON, "", FIBBER), (TURING, "", FIBBER), (user, "", USED))
    (theirs,) = (c.object for c in graph.claims if c.predicate == "introduces" and c.subject == TURING.iri)
    assert [c.object for c in graph.claims if c.predicate == "evaluatedOn"] == [theirs]


def test_a_name_of_our_table_that_a_paper_spells_out_otherwise_is_not_the_tables() -> None:
    of = replace(BYRON, abstract="Our Software Quality Dataset (SQuAD) is new.")
    used = ("Quarrel 9B", "evaluatedOn", "SQuAD")
    _, graph = things_called(
        "SQuAD", (of, "Software Quality Dataset", ("PAPER", "introduces", "SQuAD")), (TURING, "", used)
    )
    ends = [{c.object for c in graph.claims if c.predicate == relation} for relation in ("introduces", "evaluatedOn")]
    assert ends[0].isdisjoint(ends[1])
    assert ends[1] == {ids.entity_iri("Benchmark", "SQuAD")}


@pytest.mark.parametrize(("kind", "things"), [("Method", 3), ("Benchmark", 1)])
def test_a_name_of_our_table_that_papers_give_to_methods_of_their_own_is_not_the_tables(kind: str, things: int) -> None:
    own = ("PAPER", "introduces", "GAIA"), ("GAIA", "type", kind)
    user = paper("Use", authors=("Kurt Other",))
    extractions = {of.iri: extraction(of, *own) for of in (BYRON, TURING)}
    extractions[user.iri] = extraction(user, ("Quarrel 9B", "evaluatedOn", "GAIA"))
    graph = build_graph([BYRON, TURING, user], extractions)
    named = {c.object for c in graph.claims if c.predicate in ("introduces", "evaluatedOn")}
    assert len(named) == things and ids.entity_iri("Benchmark", "GAIA") in named


# --- families -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Qwen2.5-Coder", "Qwen"),
        ("Qwen2.5-Omni-7B", "Qwen"),
        ("QwenVL", "Qwen"),
        ("EfficientNetB0", "EfficientNet"),
        ("YOLOv8n", "YOLO"),
        ("BERT4Traj", ""),
        ("Mistral Medium 3", "Mistral"),
        ("mistralai/Mistral-7B-Instruct-v0.3", "Mistral"),
        ("Meta-Llama-3-8B", "Llama"),
        ("Llama 3.2 Vision", "Llama"),
        ("Mistralite", ""),
        ("Mistral-Adapter", ""),
        ("Qwenchmark 7B", ""),
        ("Zephon 7B", ""),
    ],
)
def test_a_name_says_its_curated_family(name: str, family: str) -> None:
    found = curated_family(name)
    assert (found[0].label if found else "") == family


def families(graph: KnowledgeGraph) -> dict[str, set[str]]:
    labels = {entity.iri: entity.label for entity in graph.entities}
    found: dict[str, set[str]] = {}
    for claim in graph.claims:
        if claim.predicate == "inFamily":
            assert claim.basis == "inferred" and claim.note
            found.setdefault(labels[IRI(str(claim.object))], set()).add(labels[IRI(claim.subject)])
    return found


def test_a_family_is_formed_of_two_models_with_one_base() -> None:
    graph = naming("Zephon 7B", "Zephon-2 13B Chat", "Zephon", "Zephon Adapter")
    assert families(graph) == {"Zephon": {"Zephon", "Zephon 7B", "Zephon-2 13B Chat"}}
    assert {e.type for e in graph.entities if e.label == "Zephon"} == {"Model", "ModelFamily"}


@pytest.mark.parametrize(
    "names",
    [
        ("Zephon 7B",),
        ("Zephon", "Zephon 7B"),
        ("Zephon 7B", "zephon-7b"),
        ("Zephon 7B", "Quagga 7B"),
        ("Baseline 7B", "Baseline 13B"),
        ("Large 7B", "Large 13B"),
        ("FP8", "FP16"),
        ("zephon 7B", "zephon 13B"),
    ],
)
def test_no_family_is_formed_of_less(names: tuple[str, ...]) -> None:
    assert not families(naming(*names))


def test_no_family_bears_an_ordinary_word() -> None:
    rows = [(paper("One", "Models of the ocean."), [("Quarrel 9B", "outperforms", "Ocean 7B")])]
    rows += [(paper("Two"), [("Quarrel 9B", "outperforms", "Ocean 13B")])]
    assert not families(graph_of(*rows))


# --- determinism ----------------------------------------------------------------------------------------------------

_ALPHABET = ["Zephon", "Quagga", "7B", "13B", "Chat", "Instruct", "v0.1", "v0.2", "2", "2.5", "Coder", "zephon", "hf"]
NAMES = st.lists(st.sampled_from(_ALPHABET), min_size=1, max_size=4).flatmap(
    lambda words: st.sampled_from([" ", "-"]).map(lambda space: space.join(words))
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_papers_changes_nothing(names: list[str], random: object) -> None:
    rows = [(paper(f"Paper {place}"), [("Quarrel 9B", "outperforms", name)]) for place, name in enumerate(names)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert graph_of(*rows) == graph_of(*shuffled)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_key_can_be_read_off_any_text_and_sameness_has_no_direction(one: str, other: str) -> None:
    assert key_of(one).stem
    assert (same_model(one, other) is None) == (same_model(other, one) is None)

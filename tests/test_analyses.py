"""Analyses on graphs small enough to work out by hand."""

from __future__ import annotations

from math import isclose, sqrt

import networkx as nx
import pytest

from kg.analyses import MEASURES, PROJECTIONS, bridges, families, find, forest, lineage, rank, timeline, why
from kg.analyses.graph import is_lineage, kinds
from kg.analyses.lookup import fold
from kg.analyses.people import coauthors, shared_authors
from kg.answers import Lineage
from kg.errors import KgError, NotFoundError


def network_of(*claims: tuple[str, str, str], **types: str) -> nx.MultiDiGraph[str]:
    """Make a network of extracted claims; nodes are models unless ``types`` says otherwise, labels are the names."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject, predicate, object_ in claims:
        graph.add_edge(subject, object_, key=predicate, basis="extracted", confidence=0.9, evidence=[], sources=[])
    graph.add_nodes_from(types)
    for node in graph:
        graph.nodes[node].update(type=types.get(node, "Model"), label=node, date="", lab="", family="")
    return graph


def outline(tree: Lineage) -> object:
    """Reduce a tree to labels: (label with marks, members, steps)."""
    label = tree.node.label + ("↺" if tree.repeated else "") + ("…" if tree.cut else "")
    below = [outline(one) for one in (*tree.members, *tree.steps)]
    return (label, *below) if below else label


# --- lineage


def test_a_single_node_has_an_empty_lineage() -> None:
    graph = network_of(alone="Model")
    assert outline(lineage(graph, "alone")) == "alone"
    assert outline(lineage(graph, "alone", down=True)) == "alone"


def test_an_unknown_root_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        lineage(nx.MultiDiGraph(), "nowhere")


def test_ancestors_and_descendants_are_followed_to_the_end() -> None:
    graph = network_of(("c", "fineTunedFrom", "b"), ("b", "scaledFrom", "a"))
    assert outline(lineage(graph, "c")) == ("c", ("b", "a"))
    assert outline(lineage(graph, "a", down=True)) == ("a", ("b", "c"))


def test_only_relations_of_descent_are_steps() -> None:
    others = ("usesComponent", "outperforms", "matches", "evaluatedOn", "directAncestor", "noSuchRelation")
    graph = network_of(*(("model", predicate, f"of-{predicate}") for predicate in others))
    assert outline(lineage(graph, "model")) == "model"


def test_two_relations_between_one_pair_are_two_steps() -> None:
    graph = network_of(("b", "distilledFrom", "a"), ("b", "scaledFrom", "a"), ("b", "directAncestor", "a"))
    steps = lineage(graph, "b").steps
    assert [step.statement.predicate for step in steps if step.statement] == ["distilledFrom", "scaledFrom"]


def test_a_cycle_ends_where_it_began() -> None:
    graph = network_of(("a", "fineTunedFrom", "b"), ("b", "fineTunedFrom", "c"), ("c", "fineTunedFrom", "a"))
    assert outline(lineage(graph, "a")) == ("a", ("b", ("c", "a↺")))
    assert outline(lineage(graph, "a", down=True)) == ("a", ("c", ("b", "a↺")))


def test_a_node_that_descends_from_itself_is_named_once() -> None:
    graph = network_of(("a", "mergedFrom", "a"))
    assert outline(lineage(graph, "a")) == ("a", "a↺")


def test_a_diamond_is_expanded_once() -> None:
    graph = network_of(
        ("d", "mergedFrom", "b"), ("d", "mergedFrom", "c"), ("b", "scaledFrom", "a"), ("c", "scaledFrom", "a"),
        ("a", "scaledFrom", "root"),
    )  # fmt: skip
    assert outline(lineage(graph, "d")) == ("d", ("b", ("a", "root")), ("c", "a↺"))


def test_a_leaf_that_comes_twice_needs_no_mark() -> None:
    graph = network_of(
        ("d", "mergedFrom", "b"), ("d", "mergedFrom", "c"), ("b", "scaledFrom", "a"), ("c", "scaledFrom", "a")
    )
    assert outline(lineage(graph, "d")) == ("d", ("b", "a"), ("c", "a"))


def test_the_depth_is_bounded_and_the_cut_is_marked() -> None:
    graph = network_of(*((f"m{n + 1}", "scaledFrom", f"m{n}") for n in range(5)))
    assert outline(lineage(graph, "m5", max_depth=2)) == ("m5", ("m4", "m3…"))
    assert outline(lineage(graph, "m2", max_depth=2)) == ("m2", ("m1", "m0"))


def test_a_chain_longer_than_the_stack_is_cut_not_crashed() -> None:
    graph = network_of(*((f"m{n + 1:05}", "scaledFrom", f"m{n:05}") for n in range(5000)))
    assert lineage(graph, "m05000").node.label == "m05000"


def family_graph() -> nx.MultiDiGraph[str]:
    """Make a family with a series, two members (one from the other), and an older family."""
    return network_of(
        ("series", "inFamily", "family"),
        ("medium", "inFamily", "family"),
        ("a-small", "inFamily", "family"),
        ("medium", "variantOf", "series"),
        ("a-small", "variantOf", "series"),
        ("a-small", "distilledFrom", "medium"),
        ("medium", "fineTunedFrom", "base"),
        ("family", "succeeds", "older"),
        ("base", "inFamily", "older"),
        family="ModelFamily",
        older="ModelFamily",
    )


def test_a_family_shows_its_members_bases_first_and_what_it_succeeds() -> None:
    graph = family_graph()
    graph.nodes["series"]["label"] = "family"
    assert outline(lineage(graph, "family")) == (
        "family",
        ("medium", "base"),
        ("a-small", "medium↺"),
        ("older", "base"),
    )


def test_a_series_with_a_name_of_its_own_holds_its_variants() -> None:
    tree = lineage(family_graph(), "family")
    assert outline(tree) == ("family", ("series", ("medium", "base"), ("a-small", "medium↺")), ("older", "base"))


def test_a_series_with_its_familys_name_but_steps_of_its_own_stays() -> None:
    graph = family_graph()
    graph.nodes["series"]["label"] = "family"
    graph.add_edge("series", "base", key="scaledFrom", basis="extracted")
    assert "base" in str(outline(lineage(graph, "family").members[0]))
    assert lineage(graph, "family").members[0].node.iri == "series"


def test_a_model_at_the_root_shows_its_family_without_its_siblings() -> None:
    graph = family_graph()
    graph.nodes["series"]["label"] = "family"
    assert outline(lineage(graph, "a-small")) == ("a-small", ("medium", "base"), ("family", "older"))


def test_descendants_of_a_family_come_by_their_steps() -> None:
    graph = family_graph()
    graph.nodes["series"]["label"] = "family"
    expected = ("older", ("base", ("medium", "a-small")), ("family", "medium↺"))
    assert outline(lineage(graph, "older", down=True)) == expected


def test_variants_that_vary_one_another_are_each_shown_once() -> None:
    graph = network_of(
        ("x", "variantOf", "y"),
        ("y", "variantOf", "x"),
        ("x", "inFamily", "f"),
        ("y", "inFamily", "f"),
        f="ModelFamily",
    )
    assert outline(lineage(graph, "f")) == ("f", ("x", "y"))
    assert outline(lineage(graph, "f", down=True)) == ("f", ("x", ("y", "x↺")))


def test_families_that_succeed_one_another_in_a_circle_end() -> None:
    graph = network_of(("f", "succeeds", "g"), ("g", "succeeds", "f"), f="ModelFamily", g="ModelFamily")
    assert outline(lineage(graph, "f")) == ("f", ("g", "f↺"))
    assert [outline(tree) for tree in forest(graph)] == [("g", ("f", "g↺"))]


def test_the_forest_of_an_empty_graph_is_empty() -> None:
    assert forest(nx.MultiDiGraph()) == []


def test_the_forest_names_every_step_once() -> None:
    graph = family_graph()
    steps = []

    def collect(tree: Lineage) -> None:
        if tree.statement:
            steps.append((tree.statement.subject.iri, tree.statement.predicate, tree.statement.object.iri))
        for below in (*tree.members, *tree.steps):
            collect(below)

    for tree in forest(graph):
        collect(tree)
    expected = [(u, key, v) for u, v, key in graph.edges(keys=True) if is_lineage(key)]
    assert sorted(steps) == sorted(expected)


def test_a_lineage_leaves_the_network_as_it_was() -> None:
    graph = family_graph()
    before = nx.MultiDiGraph(graph)
    lineage(graph, "family")
    lineage(graph, "older", down=True)
    forest(graph)
    assert nx.utils.graphs_equal(graph, before)


def test_a_family_without_a_date_has_the_year_of_its_first_member() -> None:
    graph = family_graph()
    graph.nodes["medium"]["date"], graph.nodes["a-small"]["date"] = "2025-06-12", "2024-02-01"
    assert lineage(graph, "family").node.date == "2024"
    assert [(family.label, len(members)) for family, members in families(graph)] == [("family", 3), ("older", 1)]


# --- why


def test_every_claim_between_two_things_counts_in_both_directions() -> None:
    graph = network_of(
        ("b", "scaledFrom", "a"), ("b", "outperforms", "a"), ("a", "matches", "b"), ("b", "directAncestor", "a")
    )
    answer = why(graph, ["a"], ["b"])
    assert answer is not None and answer.direct
    assert sorted(one.predicate for one in answer.statements) == ["matches", "outperforms", "scaledFrom"]


def test_a_chain_prefers_descent_to_a_shorter_way_over_comparisons() -> None:
    graph = network_of(
        ("c", "fineTunedFrom", "b"), ("b", "distilledFrom", "x"), ("x", "scaledFrom", "a"),
        ("c", "outperforms", "rival"), ("a", "outperforms", "rival"),
    )  # fmt: skip
    answer = why(graph, ["c"], ["a"])
    assert answer is not None and not answer.direct
    assert [one.object.iri for one in answer.statements] == ["b", "x", "a"]


def test_of_two_chains_of_one_length_the_stated_one_is_told() -> None:
    graph = network_of(
        ("c", "fineTunedFrom", "z"), ("z", "fineTunedFrom", "a"), ("c", "inFamily", "f"), ("a", "inFamily", "f")
    )
    for _, _, data in graph.in_edges("f", data=True):
        data["basis"] = "inferred"
    answer = why(graph, ["c"], ["a"])
    assert answer is not None
    assert [one.object.iri for one in answer.statements] == ["z", "a"]


def test_a_shared_licence_joins_nothing() -> None:
    graph = network_of(("a", "license", "MIT"), ("b", "license", "MIT"), MIT="Licence")
    assert why(graph, ["a"], ["b"]) is None


def test_nothing_joins_a_thing_with_itself_or_with_the_unconnected() -> None:
    graph = network_of(("a", "scaledFrom", "b"), alone="Model")
    assert why(graph, ["a"], ["a"]) is None
    assert why(graph, ["a"], ["alone"]) is None
    assert why(graph, [], ["a"]) is None


# --- lookup


@pytest.fixture
def names() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, type_, label in [
        ("id/model/mixtral-8x7b", "Model", "Mixtral 8x7B"),
        ("id/model/mixtral-8x7b-instruct", "Model", "Mixtral 8x7B - Instruct"),
        ("id/model/mistral-7b", "Model", "Mistral 7B"),
        ("id/paper/mistral-7b", "Paper", "Mistral 7B"),
        ("id/model/magistral", "Model", "Magistral"),
        ("id/family/magistral", "ModelFamily", "Magistral"),
        ("id/model/magistral-small", "Model", "Magistral Small"),
        ("id/model/wenxin", "Model", "文心"),
    ]:
        graph.add_node(iri, type=type_, label=label)
    graph.nodes["id/model/mistral-7b"]["facts"] = {"alias": ["Mistral 7B v0.1"]}
    return graph


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Mixtral 8x7B", "id/model/mixtral-8x7b"),
        ("mixtral-8X7b", "id/model/mixtral-8x7b"),
        ("mistral7b", "id/model/mistral-7b"),
        ("mistral 7b v0.1", "id/model/mistral-7b"),
        ("magistral small", "id/model/magistral-small"),
        ("magistral s", "id/model/magistral-small"),
        ("mixtral instruct", None),
        ("文心", "id/model/wenxin"),
        ("paper/mistral-7b", "id/paper/mistral-7b"),
        ("id/model/magistral", "id/model/magistral"),
    ],
)
def test_names_are_found_as_people_type_them(names: nx.MultiDiGraph[str], typed: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(NotFoundError):
            find(names, typed)
    else:
        assert find(names, typed)[0].iri == meant


def test_a_shared_name_means_the_family_before_the_series_and_the_model_before_the_paper(
    names: nx.MultiDiGraph[str],
) -> None:
    assert [node.type for node in find(names, "magistral")] == ["ModelFamily", "Model"]
    assert [node.type for node in find(names, "mistral 7b")] == ["Model", "Paper"]
    assert [node.type for node in find(names, "mistral 7b", ["Paper"])] == ["Paper"]


def test_an_unknown_name_is_answered_with_the_nearest(names: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(
        NotFoundError, match=r"nothing in the graph is called 'mixtrl 8x7b'; did you mean Mixtral 8x7B"
    ) as caught:
        find(names, "mixtrl 8x7b")
    assert caught.value.candidates[0] == "Mixtral 8x7B"


def test_an_ambiguous_beginning_is_answered_with_what_it_begins(names: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(NotFoundError, match="more than one name begins with 'mixt'") as caught:
        find(names, "mixt")
    assert caught.value.candidates == ("Mixtral 8x7B", "Mixtral 8x7B - Instruct")


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "zzzzzzzz"])
def test_a_name_like_nothing_at_all_still_gets_a_sentence(names: nx.MultiDiGraph[str], typed: str) -> None:
    with pytest.raises(NotFoundError, match="kg rank models"):
        find(names, typed)


def test_plus_tells_names_apart() -> None:
    assert fold("HumanEval") != fold("HumanEval+")


# --- centrality


def star() -> nx.MultiDiGraph[str]:
    """Papers p1..p3: the hub wrote one with each of the three others."""
    pairs = [(f"p{n}", "creator", who) for n, other in enumerate("cab", 1) for who in ("hub", other)]
    return network_of(*pairs, **dict.fromkeys(("p1", "p2", "p3"), "Paper"), **dict.fromkeys(("hub", *"abc"), "Person"))


def ranked(graph: nx.MultiDiGraph[str], what: str, by: str) -> list[tuple[str, float]]:
    return [(place.node.label, place.score) for place in rank(graph, PROJECTIONS[what](graph), MEASURES[by])]


def test_the_hub_of_a_star_lies_on_every_path() -> None:
    assert ranked(star(), "authors", "betweenness") == [("hub", 1.0), ("a", 0.0), ("b", 0.0), ("c", 0.0)]
    assert ranked(star(), "authors", "degree") == [("hub", 1.0), ("a", 1 / 3), ("b", 1 / 3), ("c", 1 / 3)]


def test_the_eigenvector_of_a_star_is_known() -> None:
    scores = dict(ranked(star(), "authors", "eigenvector"))
    assert isclose(scores["hub"], 1 / sqrt(2), abs_tol=1e-6)
    assert isclose(scores["a"], 1 / sqrt(6), abs_tol=1e-6)


def test_pagerank_of_one_link_is_known() -> None:
    # "old" leads nowhere and shares its score equally: new = 0.15 / 2 + 0.85 old / 2, and new + old = 1
    scores = dict(ranked(network_of(("new", "scaledFrom", "old")), "models", "pagerank"))
    assert isclose(scores["old"], 1.85 / 2.85, abs_tol=1e-5)
    assert isclose(scores["new"], 1 / 2.85, abs_tol=1e-5)


@pytest.mark.parametrize("what", PROJECTIONS)
@pytest.mark.parametrize("by", MEASURES)
def test_every_measure_is_defined_on_small_graphs(what: str, by: str) -> None:
    assert ranked(nx.MultiDiGraph(), what, by) == []
    single = network_of(p="Paper", who="Person", m="Model", lab="Organization", f="ModelFamily")
    single.add_edge("p", "who", key="creator")
    single.add_edge("p", "lab", key="producedBy")
    assert len(ranked(single, what, by)) == 1


@pytest.mark.parametrize("by", MEASURES)
def test_ties_are_in_the_order_of_the_labels(by: str) -> None:
    graph = network_of(("b", "scaledFrom", "x"), ("a", "scaledFrom", "x"), ("c", "scaledFrom", "x"))
    assert [label for label, _ in ranked(graph, "models", by) if label != "x"] == ["a", "b", "c"]


@pytest.mark.parametrize("by", MEASURES)
def test_disconnected_parts_and_cycles_do_not_stop_a_measure(by: str) -> None:
    graph = network_of(("a", "scaledFrom", "b"), ("b", "scaledFrom", "a"), ("x", "matches", "y"), alone="Model")
    assert {label for label, _ in ranked(graph, "models", by)} == {"a", "b", "x", "y", "alone"}


def test_scores_are_those_of_networkx() -> None:
    graph, projection = star(), coauthors(star())
    assert dict(ranked(graph, "authors", "pagerank")) == pytest.approx(
        nx.pagerank(projection, tol=1e-9, max_iter=1000), abs=1e-6
    )
    assert dict(ranked(graph, "authors", "betweenness")) == nx.betweenness_centrality(projection)
    assert dict(ranked(graph, "authors", "degree")) == nx.degree_centrality(projection)


def test_an_iteration_that_does_not_end_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyses.centrality._MOST_STEPS", 2)
    with pytest.raises(KgError, match="--by pagerank"):
        ranked(star(), "authors", "eigenvector")


def test_variants_of_one_series_do_not_raise_it() -> None:
    graph = network_of(
        ("s1", "variantOf", "series"), ("s2", "variantOf", "series"), ("s1", "inFamily", "f"), f="ModelFamily"
    )
    assert {score for _, score in ranked(graph, "models", "degree")} == {0.0}


def test_groups_are_no_authors() -> None:
    graph = network_of(("p", "creator", "team"), ("p", "creator", "ann"), p="Paper", team="AuthorGroup", ann="Person")
    assert [label for label, _ in ranked(graph, "authors", "degree")] == ["ann"]


def papers_graph() -> nx.MultiDiGraph[str]:
    """Two papers of two labs with one author in common; the newer makes a claim about the older one's model."""
    graph = network_of(
        ("new", "introduces", "m2"), ("old", "introduces", "m1"), ("m2", "outperforms", "m1"),
        ("new", "creator", "ann"), ("old", "creator", "ann"), ("old", "creator", "bob"),
        ("m1", "developer", "lab1"), ("new", "producedBy", "lab2"), ("new", "listedAffiliation", "elsewhere"),
        new="Paper", old="Paper", ann="Person", bob="Person", lab1="Organization", lab2="Organization",
        elsewhere="Organization",
    )  # fmt: skip
    graph.edges["m2", "m1", "outperforms"]["evidence"] = [{"quote": "better", "paper": "new"}]
    graph.nodes["new"]["date"], graph.nodes["old"]["date"] = "2024-01-08", "2022-03-29"
    return graph


def test_a_paper_refers_to_the_papers_behind_the_things_it_makes_claims_about() -> None:
    assert list(PROJECTIONS["papers"](papers_graph()).edges(data="weight")) == [("new", "old", 1)]


def test_laboratories_share_authors_of_what_they_made_not_of_what_a_listing_shows() -> None:
    assert list(shared_authors(papers_graph()).edges(data="weight")) == [("lab1", "lab2", 1)]
    assert "elsewhere" not in shared_authors(papers_graph())


def test_who_wrote_for_two_laboratories_is_a_bridge_in_order_of_time() -> None:
    [(person, labs)] = bridges(papers_graph())
    assert person.label == "ann"
    assert [(day, lab.label) for day, lab in labs] == [("2022-03-29", "lab1"), ("2024-01-08", "lab2")]


def test_the_timeline_puts_undated_papers_last() -> None:
    graph = papers_graph()
    graph.nodes["old"]["date"] = ""
    assert [paper.iri for paper, _ in timeline(graph)] == ["new", "old"]


def test_the_vocabulary_has_every_relation_that_the_analyses_speak_of() -> None:
    spoken = {"introduces", "developer", "producedBy", "inFamily", "variantOf", "license", "directAncestor", "succeeds"}
    assert spoken <= set(kinds())

"""The ontology is complete, says the same to every parser, and the code sees what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg import ids
from kg.errors import InputError, UsageError
from kg.vocab import KG, NS, PREFIXES, RDF, compact, expand, load, ontology_path, read_vocabulary

FOLDER = ontology_path()
TABLES = ("labs.ttl", "families.ttl", "benchmarks.ttl", "licences.ttl", "same.ttl")
FILES = ("kg.ttl", *TABLES)

CLAIM_PREDICATES = (
    "introduces variantOf parameterCount activeParameterCount contextLength trainingTokens license trainedOn "
    "evaluatedOn hasResult adaptedFrom fineTunedFrom initializedFrom distilledFrom prunedFrom quantizedFrom mergedFrom "
    "basedOnArchitecture scaledFrom succeeds usesComponent outperforms matches"
)
GRAPH_PREDICATES = (
    "inFamily developer producedBy actsFor listedAffiliation directAncestor authorship agent position listedName year "
    "datePrecision listedDate category codeListed authorsTruncated lineNumber sourceName basis confidence source "
    "evidence rule note benchmark metric value writtenAs possiblySameAs differentFrom"
)
LINEAGE = {
    "lineage-weights": "adaptedFrom fineTunedFrom initializedFrom distilledFrom prunedFrom quantizedFrom mergedFrom",
    "lineage-design": "basedOnArchitecture scaledFrom",
    "lineage-succession": "succeeds",
}


def triples(name: str) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(path=FOLDER / name, format=pyoxigraph.RdfFormat.TURTLE))


# --- terms -------------------------------------------------------------------------------------------------------


def test_the_predicates_of_the_guidelines_and_of_the_graph_are_terms() -> None:
    assert {*CLAIM_PREDICATES.split(), *GRAPH_PREDICATES.split()} <= set(load().relations)


def test_every_term_has_a_label_a_definition_and_an_example() -> None:
    said = defaultdict(set)
    for quad in triples("kg.ttl"):
        said[quad.subject.value].add(compact(quad.predicate.value))
    lacking = {
        compact(term): missing
        for term, predicates in said.items()
        if term.startswith(NS) and (missing := {"rdfs:label", "skos:definition", "skos:example"} - predicates)
    }
    assert not lacking


def test_no_term_has_the_name_of_a_string_method() -> None:
    assert not set(KG) & set(dir(str))


def test_an_unknown_term_raises() -> None:
    assert KG.fineTunedFrom == KG["fineTunedFrom"] == NS + "fineTunedFrom"
    with pytest.raises(AttributeError, match="fineTundFrom"):
        _ = KG.fineTundFrom
    with pytest.raises(AttributeError, match="rdf: has no term 'tpye'"):
        _ = RDF.tpye


def test_domains_ranges_and_parents_are_terms_or_foreign() -> None:
    vocabulary = load()
    used = {
        iri
        for relation in vocabulary.relations.values()
        for iri in (relation.domain, relation.range, *relation.parents)
    }
    used |= {iri for found in vocabulary.classes.values() for iri in found.parents}
    assert {iri.removeprefix(NS) for iri in used if iri and iri.startswith(NS)} <= set(KG)


def test_kinds_of_lineage_stay_apart_and_a_component_is_no_ancestor() -> None:
    relations = load().relations
    for kind, names in LINEAGE.items():
        assert sorted(name for name, relation in relations.items() if relation.kind == kind) == sorted(names.split())
    above = {relation.iri: relation.parents for relation in relations.values()}

    def is_ancestor(iri: str) -> bool:
        return iri == KG.directAncestor or any(map(is_ancestor, above.get(iri, ())))

    steps = {relation.name for relation in relations.values() if is_ancestor(relation.iri)}
    assert steps == {name for names in LINEAGE.values() for name in names.split()} | {
        "directAncestor",
        "derivedFrom",
        "designBasedOn",
    }


def test_what_the_viewer_draws_has_colours_and_lines_it_knows() -> None:
    drawn = [*load().classes.values(), *load().relations.values()]
    assert all(re.fullmatch(r"(#[0-9a-f]{6})?", term.color) for term in drawn)
    assert {relation.dash for relation in load().relations.values()} <= {"", "solid", "dashed", "dotted"}
    drawn_edges = [load().relations[name] for name in CLAIM_PREDICATES.split()]
    assert all(edge.color for edge in drawn_edges if edge.range != expand("xsd:integer"))


def test_prefixes_are_those_of_the_ontology() -> None:
    parser = pyoxigraph.parse(path=FOLDER / "kg.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    list(parser)
    assert parser.prefixes == dict(PREFIXES)
    assert "org" not in PREFIXES  # rdflib would rename it


def test_an_unknown_prefix_is_named() -> None:
    with pytest.raises(UsageError, match="'nope:x' has no known prefix"):
        expand("nope:x")


# --- curated tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["labs", "groups", "families", "benchmarks", "licences"])
def test_no_two_entries_of_a_table_share_a_name(table: str) -> None:
    owners = defaultdict(set)
    for entry in getattr(load(), table):
        for name in (entry.label, *entry.aliases):
            owners[ids.slug(name)].add(entry.label)
    assert not {name: labels for name, labels in owners.items() if len(labels) > 1}


def test_families_benchmarks_and_licences_share_no_name() -> None:
    owners = defaultdict(set)
    for entry in (*load().families, *load().benchmarks, *load().licences):
        for name in (entry.label, *entry.aliases):
            owners[ids.slug(name)].add(entry.iri)
    assert not {name: iris for name, iris in owners.items() if len(iris) > 1}


def test_no_alias_repeats_the_label_or_another_alias() -> None:
    vocabulary = load()
    for entry in (*vocabulary.labs, *vocabulary.families, *vocabulary.benchmarks, *vocabulary.licences):
        names = (entry.label, *entry.aliases)
        assert len(set(names)) == len(names), names
        assert all(name == name.strip() for name in names)


def test_iris_of_entries_follow_from_their_labels() -> None:
    vocabulary = load()
    entries = [(lab, "Organization") for lab in vocabulary.labs]
    entries += [(group, "AuthorGroup") for group in vocabulary.groups]
    entries += [(family, "ModelFamily") for family in vocabulary.families]
    entries += [(benchmark, benchmark.kind) for benchmark in vocabulary.benchmarks]
    assert not [entry.label for entry, kind in entries if entry.iri != ids.entity_iri(kind, entry.label)]
    for licence in vocabulary.licences:
        assert licence.iri in {PREFIXES["spdx"] + licence.spdx, ids.entity_iri("Licence", licence.spdx)}


def test_every_curated_entry_has_a_source_that_is_a_page() -> None:
    sourced = re.compile(r"https?://[^/\s]+/\S*")
    for name in TABLES:
        pages = defaultdict(list)
        for quad in triples(name):
            pages[quad.subject.value] += (
                [quad.object.value] if compact(quad.predicate.value) == "dcterms:source" else []
            )
        assert not [compact(entry) for entry, sources in pages.items() if not sources]
        assert all(sourced.fullmatch(source) for sources in pages.values() for source in sources)


def test_links_of_families_join_families_by_relations_and_say_why() -> None:
    vocabulary = load()
    known = {family.iri for family in vocabulary.families}
    for family in vocabulary.families:
        for link in family.succeeds:
            assert link.iri in known - {family.iri}
            assert link.predicate in vocabulary.relations
            assert link.sources
            assert link.note.endswith(".")


def test_families_do_not_succeed_themselves_over_several_steps() -> None:
    earlier = {
        family.iri: [link.iri for link in family.succeeds if link.predicate != "usesComponent"]
        for family in load().families
    }

    def above(iri: str, seen: tuple[str, ...]) -> None:
        assert iri not in seen, seen
        for parent in earlier[iri]:
            above(parent, (*seen, iri))

    for iri in earlier:
        above(iri, ())


def test_developers_and_groups_point_to_listed_labs() -> None:
    vocabulary = load()
    known = {lab.iri for lab in vocabulary.labs}
    assert {developer for family in vocabulary.families for developer in family.developers} <= known
    assert {group.acts_for for group in vocabulary.groups} <= known


def test_a_joint_work_has_no_single_developer() -> None:
    families = {family.label: family for family in load().families}
    assert families["Mixtral"].developer == ids.entity_iri("Organization", "Mistral AI")
    joint = families["Megatron-Turing NLG"]
    assert joint.developers == tuple(ids.entity_iri("Organization", lab) for lab in ("Microsoft", "NVIDIA"))
    assert joint.developer is None


@pytest.mark.parametrize(
    ("younger", "predicate", "older"),
    [
        ("Mixtral", "succeeds", "Mistral"),
        ("Magistral", "succeeds", "Mixtral"),
        ("Chinchilla", "scaledFrom", "Gopher"),
    ],
)
def test_the_lines_that_users_ask_for_first_are_there(younger: str, predicate: str, older: str) -> None:
    family = next(family for family in load().families if family.label == younger)
    assert (ids.entity_iri("ModelFamily", older), predicate) in {(link.iri, link.predicate) for link in family.succeeds}


def test_every_code_of_a_lab_is_an_alias_and_its_own() -> None:
    codes = [code for lab in load().labs for code in lab.codes]
    assert len(set(codes)) == len(codes)
    assert all(set(lab.codes) <= set(lab.aliases) for lab in load().labs)


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_oxigraph_read_the_same_triples_without_blank_nodes(name: str) -> None:
    quads = triples(name)
    graph = rdflib.Graph().parse(FOLDER / name, format="turtle")
    assert not [quad for quad in quads if pyoxigraph.BlankNode in (type(quad.subject), type(quad.object))]
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]
    assert {(str(q.subject.value), q.predicate.value, q.object.value) for q in quads} == {
        (str(s), str(p), str(o)) for s, p, o in graph
    }


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed")
@pytest.mark.parametrize("name", FILES)
def test_rapper_reads_the_file_without_a_warning(name: str) -> None:
    done = subprocess.run(
        ["rapper", "-q", "-c", "-i", "turtle", FOLDER / name], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_loading_is_quick_enough_for_a_command() -> None:
    code = "import time; from kg.vocab import load; t = time.process_time(); load(); print(time.process_time() - t)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parent)
    assert float(done.stdout) < 0.5  # 0.05 on a laptop; the margin is for a busy machine


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "ontology"))


LAB = f"<{PREFIXES['organization']}x> a <{NS}Organization>"
LABEL = f'<{PREFIXES["rdfs"]}label> "X"'
SOURCE = f"<{PREFIXES['dcterms']}source>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("oops\n", r": the file cannot be read as Turtle \(.*line 1.*\); correct it\."),
        (f"{LAB} .", r", organization:x: rdfs:label is missing; add it\."),
        (f'{LAB} ; {LABEL}, "Y" .', r", organization:x: there is more than one rdfs:label; keep one\."),
        (f"{LAB} ; {LABEL} .", r", organization:x: dcterms:source is missing; say where this can be checked\."),
        (f"{LAB} ; {SOURCE} [] .", r", organization:x: a value of dcterms:source has no IRI; name it\."),
        (f"[] {LABEL} .", r": the entry _:\w+ has no IRI; name it\."),
    ],
)
def test_a_wrong_table_is_told_by_file_and_entry(copy: Path, text: str, message: str) -> None:
    (copy / "labs.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_vocabulary(copy)
    assert re.fullmatch(r"ontology/labs\.ttl" + message, str(caught.value)), str(caught.value)


def test_a_missing_table_is_told_by_name(copy: Path) -> None:
    (copy / "licences.ttl").unlink()
    with pytest.raises(InputError, match=r"ontology/licences\.ttl: the file cannot be read"):
        read_vocabulary(copy)

"""Named queries answer the competency questions, with the same rows in two engines; the README tells the truth."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.query import ResultRow

from kg.vocab import PREFIXES, load, ontology_path, read_vocabulary

FOLDER = ontology_path()
QUERIES = sorted((FOLDER / "queries").glob("*.rq"), key=lambda path: path.stem)
README = (FOLDER / "README.md").read_text(encoding="utf-8")

GRAPH = """
@prefix ex: <https://example.org/> .
ex:old a kg:Paper ; rdfs:label "Old" ; dcterms:issued "2021-12-08"^^xsd:date ; kg:year 2021 ; kg:datePrecision "day" ;
  kg:category "cs.CL" ; kg:codeListed false ; kg:authorsTruncated true ; kg:producedBy ex:north ; kg:introduces ex:a ;
  dcterms:creator ex:ann, ex:bo ; kg:authorship ex:old1, ex:old2 ; kg:listedAffiliation ex:south .
ex:old1 kg:position 1 ; kg:listedName "Ann Ash" ; kg:agent ex:ann .
ex:old2 kg:position 2 ; kg:listedName "Bo Birch" ; kg:agent ex:bo .
ex:new a kg:Paper ; rdfs:label "New" ; dcterms:issued "2023-10-10"^^xsd:date ; kg:year 2023 ; kg:producedBy ex:south ;
  kg:introduces ex:b ; dcterms:creator ex:ann, ex:bo .
ex:ann a kg:Person ; rdfs:label "Ann Ash" . ex:bo a kg:Person ; rdfs:label "Bo Birch" .
ex:north a kg:Organization ; rdfs:label "North" . ex:south a kg:Organization ; rdfs:label "South" .
ex:line a kg:ModelFamily ; rdfs:label "Alpha" . ex:a kg:inFamily ex:line .
ex:a a kg:Model ; rdfs:label "Alpha 1" ; kg:parameterCount 47 ; kg:activeParameterCount 13 ; kg:developer ex:north .
ex:b a kg:Model ; rdfs:label "Beta" ; kg:fineTunedFrom ex:a ; kg:directAncestor ex:a ; kg:outperforms ex:a ;
  kg:usesComponent ex:c ; kg:license ex:free ; kg:hasResult ex:r ; kg:evaluatedOn ex:bench ; kg:trainedOn ex:data .
ex:a kg:outperforms ex:b .
ex:c a kg:Model ; rdfs:label "Gamma" . ex:free a kg:Licence ; rdfs:label "Free" .
ex:r a kg:Result ; kg:metric "accuracy" ; kg:value "67.5%" ; kg:benchmark ex:bench .
ex:bench a kg:Benchmark ; rdfs:label "Bench" . ex:data a kg:Dataset ; rdfs:label "Data" .
ex:p nif:anchorOf "Beta beats Alpha 1." ; nif:beginIndex 0 ; nif:endIndex 19 .
ex:c1 a kg:Claim ; rdf:subject ex:b ; rdf:predicate kg:outperforms ; rdf:object ex:a ; kg:basis kg:Extracted ;
  kg:source ex:new ; kg:evidence ex:p ; kg:rule <https://w3id.org/modelkin/id/rule/better> ; kg:confidence 0.8 .
ex:c2 a kg:Claim ; rdf:subject ex:b ; rdf:predicate kg:fineTunedFrom ; rdf:object ex:a ; kg:basis kg:Curated ;
  kg:source <https://example.org/news> ; kg:note "Told." ; kg:confidence 1.0 .
ex:c3 a kg:Claim ; rdf:subject ex:a ; rdf:predicate kg:writtenAs ; rdf:object "Alpha-1" ; kg:basis kg:Inferred ;
  kg:source ex:new ; kg:note "Only a dash differs." ; kg:confidence 0.9 .
ex:c5 a kg:Claim ; rdf:subject ex:a ; rdf:predicate kg:parameterCount ; rdf:object 47 ; kg:basis kg:Extracted ;
  kg:source ex:old ; kg:evidence ex:p5 ; kg:rule <https://w3id.org/modelkin/id/rule/size> ; kg:confidence 0.95 .
ex:c6 a kg:Claim ; rdf:subject ex:a ; rdf:predicate kg:parameterCount ; rdf:object 48 ; kg:basis kg:Extracted ;
  kg:source ex:new ; kg:evidence ex:p6 ; kg:rule <https://w3id.org/modelkin/id/rule/size> ; kg:confidence 0.95 .
ex:p5 nif:anchorOf "It has 47." ; nif:beginIndex 0 ; nif:endIndex 10 .
ex:p6 nif:anchorOf "It has 48." ; nif:beginIndex 0 ; nif:endIndex 10 .
<https://w3id.org/modelkin/id/rule/size> rdfs:label "size" .
<https://w3id.org/modelkin/id/rule/better> rdfs:label "better" .
ex:a kg:directAncestor ex:c . ex:new kg:introduces ex:c .
ex:b kg:developer ex:south ; kg:variantOf ex:a ; kg:contextLength 9 .
ex:new kg:authorship ex:new1 . ex:new1 kg:position 1 ; kg:listedName "Ann Ash" ; kg:agent ex:ann .
ex:team a kg:AuthorGroup ; rdfs:label "Team" ; kg:actsFor ex:south . ex:new dcterms:creator ex:team .
ex:c4 a kg:Claim ; rdf:subject ex:ann ; rdf:predicate kg:possiblySameAs ; rdf:object ex:bo ; kg:basis kg:Inferred ;
  kg:note "Nothing decides it." ; kg:confidence 0.9 .
"""
EXPECTED = {
    "lineage": [("Beta", "fineTunedFrom", "Alpha 1", "curated", "https://example.org/news")],
    "descendants": [("Gamma", "Model", "2"), ("Alpha 1", "Model", "1")],
    "families-by-year": [("Alpha", "2021", "1")],
    "sparse-models": [("Alpha 1", "47", "13", "28")],
    "components": [("Beta", "Gamma", None)],
    "outperforms": [("Beta", "Alpha 1", "Beta beats Alpha 1.", "New")],
    "disputed-comparisons": [("Alpha 1", "Beta")],
    "results": [("Bench", "accuracy", "67.5%", "Beta", None)],
    "benchmarks": [("Bench", "1", "0"), ("Data", "0", "1")],
    "introductions": [
        ("2021-12-08", "Old", "Alpha 1", "Model"),
        ("2023-10-10", "New", "Beta", "Model"),
        ("2023-10-10", "New", "Gamma", "Model"),
    ],
    "authors": [("Old", "1", "Ann Ash", "false", "true"), ("Old", "2", "Bo Birch", "false", "true")],
    "coauthors": [("Ann Ash", "Bo Birch", "2")],
    "movers-between-labs": [
        ("Ann Ash", "North", "South", "2021-12-08", "2023-10-10"),
        ("Bo Birch", "North", "South", "2021-12-08", "2023-10-10"),
    ],
    "labs-sharing-authors": [("North", "South", "2")],
    "labs": [("North", "1", "1"), ("South", "1", "1")],
    "affiliation-against-developer": [("Old", "South", "North")],
    "evidence": [
        ("Alpha 1", "parameterCount", "48", "It has 48.", "0", "10", "size", "0.95", "New"),
        ("Beta", "outperforms", "Alpha 1", "Beta beats Alpha 1.", "0", "19", "better", "0.8", "New"),
        ("Alpha 1", "parameterCount", "47", "It has 47.", "0", "10", "size", "0.95", "Old"),
    ],
    "curated": [("Beta", "fineTunedFrom", "Alpha 1", "https://example.org/news", "Told.")],
    "review-queue": [("0.8", "Beta", "outperforms", "Alpha 1", "Beta beats Alpha 1.")],
    "open-models": [("Beta", "Free", None)],
    "names": [("Alpha 1", "Alpha-1", "inferred", "Only a dash differs.")],
    "kept-apart": [("Ann Ash", "possiblySameAs", "Bo Birch", "Nothing decides it.")],
    "papers": [("2021-12-08", "day", "cs.CL", "false", "Old"), ("2023-10-10", None, None, None, "New")],
    "models": [
        ("Alpha 1", "Alpha", "47", "13", None, None),
        ("Beta", None, None, None, "9", None),
        ("Gamma", None, None, None, None, None),
    ],
    "ancestors": [
        ("Alpha 1", "Model", "Gamma", "Model"),
        ("Beta", "Model", "Alpha 1", "Model"),
        ("Beta", "Model", "Gamma", "Model"),
    ],
    "author-groups": [("Team", "South", "1")],
    "authors-of-two-labs": [
        ("Ann Ash", "North", "2021-12-08", "South", "2023-10-10"),
        ("Bo Birch", "North", "2021-12-08", "South", "2023-10-10"),
    ],
    "baselines": [("Alpha 1", "Model", "1", "1", "0"), ("Beta", "Model", "1", "1", "0")],
    "classes": [
        ("Model", "thing", "3"),
        ("Organization", "thing", "2"),
        ("Paper", "thing", "2"),
        ("Person", "thing", "2"),
        ("AuthorGroup", "thing", "1"),
        ("Benchmark", "thing", "1"),
        ("Dataset", "thing", "1"),
        ("Licence", "thing", "1"),
        ("ModelFamily", "thing", "1"),
        ("Result", "thing", "1"),
        ("Claim", "record", "6"),
    ],
    "context-windows": [("2023-10-10", "Beta", "9")],
    "contradictions": [("Alpha 1", "parameterCount", "47", "48", "It has 47.", "It has 48.")],
    "family-sizes": [("Alpha", "2021-12-08", "Alpha 1", "47", "13")],
    "lab-contests": [("North", "South", "1"), ("South", "North", "1")],
    "labs-by-year": [("North", "2021", "1", "1"), ("South", "2023", "1", "2")],
    "lineage-across-labs": [("Beta", "South", "fineTunedFrom", "Alpha 1", "North")],
    "open-model-sizes": [("Beta", None, "Free", "South", "2023-10-10")],
    "productive-authors": [("Ann Ash", "2", "2", "2021-12-08", "2023-10-10")],
    "relations": [
        ("parameterCount", "extracted", "2"),
        ("fineTunedFrom", "curated", "1"),
        ("outperforms", "extracted", "1"),
        ("possiblySameAs", "inferred", "1"),
        ("writtenAs", "inferred", "1"),
    ],
    "rules-at-work": [("size", "0.95", "2", "2"), ("better", "0.8", "1", "1")],
    "said-of": [
        ("Ann Ash", "possiblySameAs", "Bo Birch", "inferred", "Nothing decides it.", ""),
        ("Beta", "fineTunedFrom", "Alpha 1", "curated", "Told.", "https://example.org/news"),
        ("Beta", "outperforms", "Alpha 1", "extracted", "Beta beats Alpha 1.", "New"),
    ],
    "too-young-ancestors": [("Alpha 1", "2021-12-08", "Gamma", "2023-10-10")],
    "trained-on": [("Data", "Beta", None, None)],
    "variants": [("Alpha 1", "Beta", None)],
}  # fmt: skip
DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_has_help_and_a_total_order_and_the_same_rows_in_both_engines(path: Path) -> None:
    query = path.read_text(encoding="utf-8")
    assert re.match(r"# [A-Z].{20,}\.\n(PREFIX \w+: <[^>]+>\n)+SELECT ", query)
    assert "ORDER BY" in query
    assert set(re.findall(r"\b([a-z]\w*):\w", re.sub(r"(?m)^(#|PREFIX).*", "", query))) == set(
        re.findall(r"PREFIX (\w+):", query)
    )
    turtle = DECLARED + GRAPH
    store = pyoxigraph.Store()
    store.load(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    oxigraph = [tuple(None if term is None else str(term.value) for term in row) for row in solutions]
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    rows = [row for row in graph.query(query) if isinstance(row, ResultRow)]
    foreign = [tuple(None if term is None else str(term) for term in row) for row in rows]
    assert oxigraph == foreign == EXPECTED[path.stem]


def test_every_class_has_three_questions_and_every_answer_works() -> None:
    rows = re.findall(r"^\| `kg:(\w+)` \| (.+\?) \| `(.+)` \|$", README, re.MULTILINE)
    asked = defaultdict(set)
    for name, question, answer in rows:
        asked[name].add(question)
        if answer.startswith("kg query "):
            assert FOLDER / "queries" / f"{answer.removeprefix('kg query ')}.rq" in QUERIES
        else:
            pyoxigraph.Store().query(DECLARED + answer)
            rdflib.Graph().query(DECLARED + answer)
    assert {name: len(questions) for name, questions in asked.items()} == dict.fromkeys(load().classes, 3)


def test_the_readme_lists_the_queries_with_their_help() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", README, re.MULTILINE)
    help_texts = [(path.stem, path.read_text(encoding="utf-8").split("\n", 1)[0][2:]) for path in QUERIES]
    assert listed == help_texts


def test_the_example_of_the_readme_can_be_read(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "ontology"))
    example = re.search(r"```turtle\n(.*?)```", README, re.DOTALL)
    assert example is not None
    block = DECLARED + example[1] + '\nfamily:sample a kg:ModelFamily ; rdfs:label "Sample" .'
    for name in ("labs.ttl", "families.ttl", "benchmarks.ttl"):
        (copy / name).write_text(block, encoding="utf-8")
    vocabulary = read_vocabulary(copy)
    assert [lab.codes for lab in vocabulary.labs] == [("example",)]
    assert [link.predicate for family in vocabulary.families for link in family.succeeds] == ["succeeds"]
    assert [benchmark.aliases for benchmark in vocabulary.benchmarks] == [("Example-Bench",)]

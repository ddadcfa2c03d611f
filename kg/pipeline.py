"""The order of the steps, from inputs to a graph on disk. Nothing here prints; what could not be read is a value."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.answers import BuildSummary
from kg.assemble import build_graph
from kg.confidence import keep_confident_claims
from kg.errors import InputError, OutputError
from kg.extract import extract
from kg.model import IRI, Extraction, KnowledgeGraph, Paper, ReadFailure
from kg.papers import records_to_papers
from kg.pauses import without_collection
from kg.readers import BUNDLED_LISTING, read
from kg.vocab import read_identities

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "OUTPUTS",
    "TITLE",
    "Assembled",
    "Progress",
    "Reading",
    "assemble",
    "build",
    "iter_extractions",
    "iter_papers",
    "write_triples",
]

#: What a build leaves in its directory, by role.
OUTPUTS = {"turtle": "graph.ttl", "page": "graph.html", "store": "store", "report": "report.md"}

#: Told the name of a step when it begins, and how many papers are done so far.
Progress = Callable[[str, int], None]

#: What the page of a graph is called.
TITLE = "Models and their lineage"

_ASIDE = ".building"
_LOCK = ".lock"
_TOP = 10
#: Shortest paths between all pairs are left out of the report above so many nodes; ``kg rank`` still counts them.
_MOST_FOR_BETWEENNESS = 2000
#: The rankings of the report: title, what is ranked, by what.
_RANKINGS = (
    ("Authors between others (betweenness among co-authors)", "authors", "betweenness"),
    ("Models that others refer to (PageRank over lineage and comparisons)", "models", "pagerank"),
    ("Laboratories by shared authors (degree)", "labs", "degree"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read the inputs: their format (``auto`` looks at each) and the day that bare dates are read as of.

    ``same`` are Turtle files that say which names mean the same, in the manner of ``ontology/same.ttl``. Claims that
    are extracted with less than ``min_confidence`` are kept out of a graph.
    """

    as_of: date
    format: str = "auto"
    same: tuple[Path, ...] = ()
    min_confidence: float = 0.0


class Assembled(NamedTuple):
    """A graph, what could not be read for it, and how many claims were not sure enough to be in it."""

    graph: KnowledgeGraph
    failures: Sequence[ReadFailure]
    left_out: int


def silent(step: str, done: int) -> None:
    """Report no progress."""


def iter_papers(sources: Iterable[str], reading: Reading) -> Iterator[Paper | ReadFailure]:
    """Yield the papers of the inputs one after the other, and what could not be read where it stands.

    Raises
    ------
    InputError
        On iteration, if an input is missing or is no listing at all.

    """
    records = chain.from_iterable(read(source, format=reading.format) for source in sources)
    yield from records_to_papers(records, as_of=reading.as_of)


def iter_extractions(sources: Iterable[str], reading: Reading) -> Iterator[tuple[Paper, Extraction] | ReadFailure]:
    """Yield each paper with its names and claims as written, and what could not be read."""
    for item in iter_papers(sources, reading):
        yield item if isinstance(item, ReadFailure) else (item, extract(item))


def assemble(sources: Sequence[str], reading: Reading, progress: Progress = silent) -> Assembled:
    """Read the inputs and resolve all their claims into one graph.

    Raises
    ------
    InputError
        If an input could not be read, or no paper at all was found.

    """
    identities = [statement for path in reading.same for statement in read_identities(path)]
    papers: list[Paper] = []
    extractions: dict[IRI, Extraction] = {}
    failures: list[ReadFailure] = []
    left_out = 0
    for item in iter_extractions(sources, reading):
        if isinstance(item, ReadFailure):
            failures.append(item)
        else:
            paper, extraction = item
            kept = keep_confident_claims(extraction.claims, reading.min_confidence)
            left_out += len(extraction.claims) - len(kept)
            papers.append(paper)
            extractions[paper.iri] = replace(extraction, claims=kept)
            progress("reading", len(papers))
    if not papers:
        raise InputError("no paper could be read", where=_where(sources, failures), remedy=_remedy(failures))
    progress("resolving", len(papers))
    return Assembled(build_graph(papers, extractions, identities), failures, left_out)


@without_collection()
def write_triples(sources: Sequence[str], target: Path, reading: Reading, progress: Progress = silent) -> Assembled:
    """Write the graph of the inputs as N-Triples, whole or not at all; no store and no page."""
    from kg.rdf import graph_to_triples, write_ntriples

    assembled = assemble(sources, reading, progress)
    aside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_ntriples(graph_to_triples(assembled.graph), aside)
        aside.replace(target)
    except OSError as error:
        raise OutputError(error.strerror or str(error), where=str(target), remedy="choose another file") from error
    finally:
        aside.unlink(missing_ok=True)
    return assembled


@without_collection()
def build(sources: Sequence[str], output: Path, reading: Reading, progress: Progress = silent) -> BuildSummary:
    """Build the graph of the inputs into a directory: Turtle, page, store and report.

    Everything is made in a directory aside and moved into place at the end, so that a build that fails or is
    killed leaves the last good output as it was.

    Parameters
    ----------
    sources : sequence of str
        Files, or ``-`` for the standard input; the bundled listing if there are none.
    output : Path
        The directory; it is made if need be. Files in it that are not in :data:`OUTPUTS` are left alone.
    reading : Reading
        How to read the inputs.
    progress : callable
        Told of each step.

    Raises
    ------
    InputError
        If an input could not be read at all.
    OutputError
        If the directory cannot be written, belongs to something else, or another build is writing there.

    """
    _check_output(output)
    sources = sources or (str(BUNDLED_LISTING),)
    assembled = assemble(sources, reading, progress)
    summary = _summarize(assembled, sources, reading)
    with _writing(output), _aside(output) as aside:
        _write_outputs(assembled.graph, summary, aside, progress)
        for name in reversed(OUTPUTS.values()):
            _move_into_place(aside / name, output / name, aside)
    return summary


def _write_outputs(graph: KnowledgeGraph, summary: BuildSummary, aside: Path, progress: Progress) -> None:
    from kg.network import graph_to_network
    from kg.rdf import graph_to_triples, write_turtle
    from kg.store import build_store
    from kg.viewer import render_page, to_view, write_page

    triples = list(graph_to_triples(graph))
    progress("writing the graph", summary.papers)
    write_turtle(triples, aside / OUTPUTS["turtle"])
    progress("loading the store", summary.papers)
    build_store(triples, aside / OUTPUTS["store"])
    progress("drawing the page", summary.papers)
    network = graph_to_network(graph)
    write_page(aside / OUTPUTS["page"], render_page(to_view(network), title=TITLE))
    progress("writing the report", summary.papers)
    report = _report(summary, network)
    (aside / OUTPUTS["report"]).write_text(report, encoding="utf-8", newline="\n")


def _report(summary: BuildSummary, network: nx.MultiDiGraph[str]) -> str:
    from kg import analyses
    from kg.reports.build import Findings, render_build_report

    rankings = {}
    for title, what, measure in _RANKINGS:
        projection = analyses.PROJECTIONS[what](network)
        if measure == "betweenness" and len(projection) > _MOST_FOR_BETWEENNESS:
            title, measure = "Authors by co-authors (degree)", "degree"
        places = analyses.rank(network, projection, analyses.MEASURES[measure])
        rankings[title] = [place for place in places[:_TOP] if place.score > 0]
    findings = Findings(
        timeline=analyses.timeline(network),
        families=analyses.families(network),
        lineages=analyses.forest(network),
        rankings=rankings,
        bridges=analyses.bridges(network),
    )
    return render_build_report(summary, findings)


def _summarize(assembled: Assembled, sources: Sequence[str], reading: Reading) -> BuildSummary:
    graph = assembled.graph
    return BuildSummary(
        sources=tuple("standard input" if source == "-" else Path(source).name for source in sources),
        papers=len(graph.papers),
        claims=_by_number(claim.basis for claim in graph.claims),
        entities=_by_number(entity.type for entity in graph.entities),
        failures=tuple(assembled.failures),
        min_confidence=reading.min_confidence,
        left_out=assembled.left_out,
    )


def _by_number(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _where(sources: Sequence[str], failures: Sequence[ReadFailure]) -> str:
    if failures:
        return f"{failures[0].source}:{failures[0].line}"
    return ", ".join("standard input" if source == "-" else source for source in sources)


def _remedy(failures: Sequence[ReadFailure]) -> str:
    if failures:
        return f"the first entry: {failures[0].reason}"
    return "an entry is a line such as 'CLOct 10, 2023', a line with title and authors, and the abstract"


def _check_output(output: Path) -> None:
    """Refuse, before the work begins, a place where the outputs cannot go."""
    if output.exists() and not output.is_dir():
        raise OutputError("the output is a file, not a directory", where=str(output), remedy="choose another with -o")
    for role, name in OUTPUTS.items():
        there = output / name
        if role == "store" and there.exists() and not _is_store(there):
            raise OutputError(
                "a file or directory that is no store of this program is in the way",
                where=str(there),
                remedy="choose another output with -o",
            )
        if role != "store" and there.is_dir():
            raise OutputError("a directory is in the way", where=str(there), remedy="choose another output with -o")


def _is_store(path: Path) -> bool:
    """Tell a store by the files RocksDB keeps; an empty directory may become one."""
    return path.is_dir() and ((path / "CURRENT").exists() or not any(path.iterdir()))


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    """Hold the lock of an output directory, so that two builds do not write into one another."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        with (output / _LOCK).open("w", encoding="utf-8") as lock:
            try:
                import fcntl
            except ImportError:  # Windows: the files themselves are locked while they are written
                yield
                return
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                what = "another build is writing here"
                raise OutputError(what, where=str(output), remedy="wait for it, or choose another with -o") from error
            yield
    except OSError as error:
        where = str(error.filename or output)
        raise OutputError(error.strerror or str(error), where=where, remedy="choose another with -o") from error


@contextmanager
def _aside(output: Path) -> Iterator[Path]:
    """Give an empty directory to write in, on the same disk; what a killed build left there is removed first."""
    aside = output / _ASIDE
    if aside.exists():
        shutil.rmtree(aside)
    aside.mkdir()
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _move_into_place(made: Path, place: Path, aside: Path) -> None:
    """Put an output where it belongs; a directory cannot replace another in one step, so the old one goes aside."""
    if place.is_dir():
        place.replace(aside / f"old-{place.name}")
    made.replace(place)

"""How fast papers are read: abstracts a second for the whole of the extraction, on one core.

usage: python tests/benchmarks/bench_extract.py [PAPERS.jsonl.gz] [--limit N]

Without a file it takes ``../shared/papers/arxiv-20k.jsonl.gz`` where that exists, else the bundled listing, repeated.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from kg.extract import extract
from kg.model import Paper, SourceRecord
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, read

ARXIV = Path(__file__).parents[3] / "shared" / "papers" / "arxiv-20k.jsonl.gz"


def arxiv_papers(path: Path) -> Iterator[Paper]:
    """Yield arXiv records as papers."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            source = SourceRecord(
                source=path.name,
                format="arxiv",
                line=1,
                id=record["id"],
                title=record["title"],
                abstract=record["abstract"],
            )
            yield from (p for p in records_to_papers([source], as_of=date(2026, 11, 23)) if isinstance(p, Paper))


def main() -> None:
    """Read the papers and print the rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, nargs="?", default=ARXIV)
    parser.add_argument("--limit", type=int, default=2000)
    options = parser.parse_args()
    if options.papers.exists():
        papers = list(islice(arxiv_papers(options.papers), options.limit))
    else:
        found = records_to_papers(read(BUNDLED_LISTING), as_of=date(2026, 11, 23))
        papers = [p for p in found if isinstance(p, Paper)] * (options.limit // 17)
    extract(papers[0])  # the vocabulary is loaded once
    begin = time.perf_counter()
    claims = sum(len(extract(paper).claims) for paper in papers)
    seconds = time.perf_counter() - begin
    print(f"{len(papers)} abstracts, {claims} claims: {len(papers) / seconds:,.0f} abstracts a second")


if __name__ == "__main__":
    main()

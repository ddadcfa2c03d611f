"""How fast and how right a listing is read: entries a minute, and titles found beside a last-capital heuristic.

usage: python tests/benchmarks/bench_listing.py [LISTING.txt GOLD.jsonl]

Without files it takes ``../shared/listings/dev`` where that exists, else the bundled listing, repeated.
"""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import date
from pathlib import Path

from kg.model import Paper, SourceRecord
from kg.papers import records_to_papers
from kg.readers import BUNDLED_LISTING, read

LISTINGS = Path(__file__).parents[3] / "shared" / "listings"


def last_capital(byline: str) -> str:
    """Cut before the last capital that stands behind another letter, in front of the first comma."""
    head = byline.split(", ")[0]
    cuts = [m.start() + 1 for m in re.finditer(r"\S(?=[A-Z])", head)]
    return byline[: cuts[-1]] if cuts else byline


def main() -> None:
    """Read the listing and print the figures."""
    arguments = [Path(argument) for argument in sys.argv[1:]] or [LISTINGS / "dev.txt", LISTINGS / "dev.gold.jsonl"]
    listing = arguments[0] if arguments[0].exists() else BUNDLED_LISTING
    rounds = 1 if listing != BUNDLED_LISTING else 100
    begin = time.perf_counter()
    for _ in range(rounds):
        papers = [p for p in records_to_papers(read(listing), as_of=date(2026, 11, 23)) if isinstance(p, Paper)]
    seconds = (time.perf_counter() - begin) / rounds
    print(f"{len(papers)} entries: {60 * len(papers) / seconds:,.0f} a minute")
    if len(arguments) > 1 and arguments[1].exists():
        titles = [json.loads(line)["title"] for line in arguments[1].open(encoding="utf-8")]
        bylines = [record.byline for record in read(listing) if isinstance(record, SourceRecord)]
        right = sum(p.title == title for p, title in zip(papers, titles, strict=True))
        plain = sum(last_capital(b).strip() == title for b, title in zip(bylines, titles, strict=True))
        print(
            f"titles right: {100 * right / len(titles):.2f} %; by the last capital: {100 * plain / len(titles):.2f} %"
        )


if __name__ == "__main__":
    main()

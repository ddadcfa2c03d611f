"""How fast and how right a listing is read: entries a minute, and titles found beside a last-capital heuristic.

usage: python tests/benchmarks/bench_listing.py [LISTING.txt GOLD.jsonl]

Without files it takes ``../shared/listings/dev`` where that exists, else a listing made up of random words and names.
The bundled model has learned from ``../shared/listings/dev``, so that its figure there says how well it fits;
``train_boundary.py --closed-half`` measures it on entries it has not seen.
"""

from __future__ import annotations

import io
import json
import random
import re
import sys
import time
from datetime import date
from pathlib import Path

from kg.model import Paper, SourceRecord
from kg.papers import records_to_papers
from kg.readers import read_stream

LISTINGS = Path(__file__).parents[3] / "shared" / "listings"
AS_OF = date(2026, 11, 23)

NOUNS = "rain snow wind cloud tide frost storm river delta canyon glacier harbour".split()
GIVEN = "Ada Kurt Maria Li Yuki Ivan José Amina Lars Chidi Ngoc Zoë".split()
FAMILY = "Byron Weill O'Brien Wang Tanaka Petrov García Diallo McDonald Okafor Nguyen de-Vries".split()


def last_capital(byline: str) -> str:
    """Cut before the last capital that stands right behind another character, but for initials and hyphens."""
    cuts = [found.start() + 1 for found in re.finditer(r"[^\s.,'(-](?=[A-Z])", byline)]
    return byline[: cuts[-1]].strip() if cuts else byline


def made_up(entries: int) -> tuple[bytes, list[str]]:
    """Make a listing of random words and names, and its titles."""
    rng = random.Random(7)
    lines, titles = [], []
    for number in range(entries):
        title = f"Models of {' and '.join(rng.sample(NOUNS, 2)).title()} in {rng.choice(NOUNS)} {number}"
        names = [f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" for _ in range(rng.randint(1, 3))]
        lines += [
            f"{rng.choice(['CL', 'LG', 'AI'])}Oct {number % 28 + 1}, 2023",
            f"{title}{', '.join(names)} et al. · eth",
            f"We study {title} with care. " * 8,
        ]
        titles.append(title)
    return "\n".join(lines).encode(), titles


def main() -> None:
    """Read the listing and print a table."""
    files = [Path(argument) for argument in sys.argv[1:]] or [LISTINGS / "dev.txt", LISTINGS / "dev.gold.jsonl"]
    if all(file.exists() for file in files):
        data = files[0].read_bytes()
        titles = [json.loads(line)["title"] for line in files[1].read_text(encoding="utf-8").splitlines()]
    else:
        data, titles = made_up(4000)
    begin = time.perf_counter()
    papers = [p for p in records_to_papers(read_stream(io.BytesIO(data), "bench"), as_of=AS_OF) if isinstance(p, Paper)]
    seconds = time.perf_counter() - begin
    bylines = [r.byline for r in read_stream(io.BytesIO(data), "bench") if isinstance(r, SourceRecord)]
    right = sum(paper.title == title for paper, title in zip(papers, titles, strict=True))
    plain = sum(last_capital(byline) == title for byline, title in zip(bylines, titles, strict=True))
    print(f"{'entries':<30}{len(papers):>10,}")
    print(f"{'entries a minute':<30}{60 * len(papers) / seconds:>10,.0f}")
    print(f"{'titles right':<30}{right / len(titles):>10.2%}")
    print(f"{'titles right by last capital':<30}{plain / len(titles):>10.2%}")


if __name__ == "__main__":
    main()

"""Train the model that finds where title ends and authors begin; writes ``kg/papers/boundary.bin``.

usage: train_boundary.py --papers ARXIV.jsonl.gz [--listings LISTING.txt GOLD.jsonl] [--closed-half]

The papers (arXiv records with ``title``, ``authors`` and ``abstract``) are joined into lines as a listing shows them.
With ``--listings``, the listing's entries are scored by the bundled reader and, unless ``--closed-half``, learned from
as well; with it, only the first half is learned from and the second, with its papers taken out of the training data,
measured, and nothing is written. The model is a softmax over the candidate cuts of a line, fitted by AdaGrad.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kg.model import SourceRecord
from kg.papers.boundary import (
    BUCKETS,
    WEIGHTS,
    NameEvidence,
    abstract_words,
    bucket,
    candidates,
    describe,
    split_byline,
)
from kg.readers import read

Example = tuple[SourceRecord, str]

#: Share of the papers whose authors are written in lower case, so that such names are known too.
LOWER_CASE = 0.02

#: Features that are words and parts of words. For a share of the lines they are hidden in training, so that the model
#: learns to judge by the other features the words and names that it will not know.
LEXICAL = ("T=", "T2=", "Tend=", "G=", "Gbegin=", "Gend=", "F=", "Fend=")
HIDDEN = 0.3


def arxiv_examples(path: Path, excluded: set[str]) -> Iterator[Example]:
    """Join title and authors of each paper as a listing does, but for papers whose author list holds other things."""
    rng = random.Random(3)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            paper = json.loads(line)
            title = " ".join(paper["title"].split())
            authors = [" ".join(a.split()) for a in re.split(r",\s*and\s|,|\sand\s", paper["authors"]) if a.strip()]
            if title in excluded or not authors or re.search(r"[()\\{}$]|\d", paper["authors"]):
                continue
            if rng.random() < LOWER_CASE:
                authors = [name.lower() for name in authors]
            yield make_record(title, authors, paper["abstract"]), title
            if len(authors) > 3:  # the same title with others first: more names are seen
                yield make_record(title, authors[3:], paper["abstract"]), title


def make_record(title: str, authors: list[str], abstract: str) -> SourceRecord:
    """Write a paper as an entry of a listing, at most three authors."""
    byline = title + ", ".join(authors[:3])
    return SourceRecord(
        source="train",
        format="listing",
        line=1,
        byline=byline,
        truncated=len(authors) > 3,
        abstract=" ".join(abstract.split()),
    )


def listing_examples(listing: Path, gold: Path) -> list[Example]:
    """Read a listing and pair each entry with the right title."""
    titles = [json.loads(line)["title"] for line in gold.open(encoding="utf-8")]
    records = [item for item in read(listing) if isinstance(item, SourceRecord)]
    return list(zip(records, titles, strict=True))


def featurize(examples: list[Example], seed: int) -> list[tuple[list[list[int]], int]]:
    """Give the features of each candidate and the index of the right one; name evidence comes from random windows."""
    rng = random.Random(seed)
    order = examples[:]
    rng.shuffle(order)
    rows = []
    start = 0
    while start < len(order):
        window = order[start : start + rng.choice((20, 50, 200, 1000, 3000))]
        start += len(window)
        evidence = NameEvidence.from_records(record for record, _ in window)
        for record, title in window:
            words = abstract_words(record)
            cuts = list(candidates(record.byline, words))
            right = [i for i, cut in enumerate(cuts) if record.byline[:cut].strip() == title]
            if right and len(cuts) > 1:
                hide = LEXICAL if rng.random() < HIDDEN else ()
                rows.append(([buckets(record, cut, words, evidence, hide) for cut in cuts], right[0]))
    return rows


def buckets(
    record: SourceRecord, cut: int, words: frozenset[str], evidence: NameEvidence, hide: tuple[str, ...]
) -> list[int]:
    """Give the places of a cut's features; all that are hidden have one place, behind the last."""
    texts = describe(record, cut, words, evidence)
    return [BUCKETS if hide and text.startswith(hide) else bucket(text) for text in texts]


def train(rows: list[tuple[list[list[int]], int]], epochs: int, seed: int) -> np.ndarray:
    """Fit the weights by AdaGrad on the log-likelihood of the right cut."""
    weights = np.zeros(BUCKETS + 1)
    squares = np.full(BUCKETS + 1, 1e-6)
    rng = random.Random(seed)
    arrays = [(np.array(f), right) for f, right in rows]
    for _ in range(epochs):
        rng.shuffle(arrays)
        for places, right in arrays:
            scores = weights[places].sum(axis=1)
            probabilities = np.exp(scores - scores.max())
            probabilities /= probabilities.sum()
            probabilities[right] -= 1.0
            gradient = np.repeat(probabilities, places.shape[1])
            flat = places.ravel()
            np.add.at(squares, flat, gradient**2)
            np.add.at(weights, flat, -0.2 * gradient / np.sqrt(squares[flat]))
        weights *= 0.98
    return weights[:BUCKETS]


def measure(examples: list[Example], weights: list[int]) -> tuple[int, list[str]]:
    """Count the entries whose title comes out right, and give the wrong ones."""
    evidence = NameEvidence.from_records(record for record, _ in examples)
    wrong = [
        f"{title} <> {found}"
        for record, title in examples
        if (found := split_byline(record, evidence, weights)[0]) != title
    ]
    return len(examples) - len(wrong), wrong


def main() -> None:
    """Train, write the weights, and say how good they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, required=True)
    parser.add_argument("--listings", type=Path, nargs=2, metavar=("LISTING", "GOLD"))
    parser.add_argument("--closed-half", action="store_true")
    parser.add_argument("--epochs", type=int, default=4)
    options = parser.parse_args()
    listed = listing_examples(*options.listings) if options.listings else []
    opened = listed[: len(listed) // 2] if options.closed_half else listed
    closed = listed[len(opened) :]
    examples = [*arxiv_examples(options.papers, {title for _, title in closed}), *opened]
    rows = featurize(examples, seed=1)
    weights = train(rows, options.epochs, seed=2)
    rounded = np.round(weights * 127 / np.abs(weights).max()).astype(np.int8)
    if not options.closed_half:
        WEIGHTS.write_bytes(rounded.tobytes())
    print(f"trained on {len(rows)} lines; {np.count_nonzero(rounded)} weights")
    for name, part in (("opened", opened), ("closed", closed)):
        if part:
            right, wrong = measure(part, rounded.tolist())
            print(f"{name}: {right} of {len(part)} right ({100 * right / len(part):.2f} %)", *wrong, sep="\n  ")


if __name__ == "__main__":
    main()

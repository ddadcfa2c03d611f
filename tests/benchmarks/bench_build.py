"""How long whole commands take: start, build of the bundled listing, a query; beside them a bare interpreter.

usage: python tests/benchmarks/bench_build.py [--runs N]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def median_seconds(command: list[str], runs: int) -> float:
    """Run a command once to warm up, then ``runs`` times; give the median of the wall times."""
    times = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times[1:])


def main() -> None:
    """Measure and print one line a command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "output")
        kg = [sys.executable, "-m", "kg"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "kg --help": [*kg, "--help"],
            "kg build": [*kg, "build", "-o", output],
            "kg lineage Magistral": [*kg, "lineage", "Magistral", "--graph", output],
            "kg why Mixtral, Mistral 7B": [*kg, "why", "Mixtral 8x7B", "Mistral 7B", "--graph", output],
            "kg rank authors": [*kg, "rank", "authors", "--graph", output],
            "kg query authors": [*kg, "query", "authors", "--graph", output],
        }
        for name, command in commands.items():
            print(f"{name:28} {1000 * median_seconds(command, runs):7.0f} ms")


if __name__ == "__main__":
    main()

"""Measure how often each rule is right: sum the counts of several runs of ``kg eval GOLD -o FILE.json``.

usage: kg eval GOLD.jsonl -o counts.json; python tests/benchmarks/measure_rules.py counts.json ... > FILE

The output is the content of ``kg/data/rule-precision.json``. Give it papers that the rules were not written for.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path


def main() -> None:
    """Sum right and wrong claims of each rule and print them, sorted by rule."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=Path, nargs="+", help="what `kg eval -o` wrote")
    total: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in parser.parse_args().counts:
        for rule, count in json.loads(path.read_text(encoding="utf-8"))["rules"].items():
            total[rule][0] += count["right"]
            total[rule][1] += count["wrong"]
    print("{\n" + ",\n".join(f"  {json.dumps(rule)}: {total[rule]}" for rule in sorted(total)) + "\n}")


if __name__ == "__main__":
    main()

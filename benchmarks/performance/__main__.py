"""``python -m benchmarks.performance [--full] [--only W1 …] [--pairs N] [--write]``: this program beside its peers.

Every comparison is made in pairs, one run after the other, each in a process of its own; what is told are the medians
of the ratios. By default W1 has 100 returns and W2 and W3 a tenth of their rows; ``--full`` takes them whole, which
needs hours. ``--write`` puts the tables in docs/performance.md. ``--frictionless PYTHON`` names an interpreter that has
``frictionless[excel]``, where this one has not (its requirements are others than this program's).
"""

from __future__ import annotations

import argparse
import compileall
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.performance.comparisons import COMPARISONS, Bench
from benchmarks.performance.report import printed, put_into, result_of

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "performance.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.performance", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the workloads in their whole size")
    parser.add_argument("--only", nargs="+", choices=tuple(COMPARISONS), default=tuple(COMPARISONS))
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--frictionless", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--folder", type=Path, help="where workloads are made and kept (default: a temporary folder)")
    parser.add_argument("--write", action="store_true", help="put the results into docs/performance.md")
    given = parser.parse_args()
    # As an installer leaves a program: what stands in a source tree is compiled anew each time where that is not kept.
    for package in ("reconcile", "benchmarks"):
        compileall.compile_dir(ROOT / package, quiet=2)
    with tempfile.TemporaryDirectory(prefix="reconcile-performance-") as temporary:
        bench = Bench(given.folder or Path(temporary), given.full, given.pairs, given.frictionless)
        for name in given.only:
            lines = list(COMPARISONS[name](bench))
            result = result_of(name, lines, given.full, given.pairs)
            print(printed(result), flush=True)
            if given.folder:
                kept = given.folder / f"result-{name}.json"
                kept.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
            if given.write:
                put_into(DOCUMENT, result)


if __name__ == "__main__":
    main()

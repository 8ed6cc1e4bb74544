"""What locating costs in a run: the returns of the speed benchmark, a slip in one return of twenty.

``python -m benchmarks.localisation.stage [--returns 250 500 1000]`` writes the returns to a temporary folder and checks
them. Processor time of the stage, and of the whole run with its worker processes.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
import zipfile
from pathlib import Path

import reconcile.localisation as stage
from benchmarks.performance.workloads import WORKLOADS, make
from reconcile.packs import load
from reconcile.pipeline import check

SHEET = "xl/worksheets/sheet2.xml"
EVERY = 20
# The first quarter of a record, and the live totals of its row, which follow.
ROW, TYPED, FOLLOWING = 10, "E", ("I", "K")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--returns", type=int, nargs="+", default=[250, 500, 1000])
    print("| returns | values | with a slip | findings located | stage, s | whole run, s | share |")
    print("|---|---|---|---|---|---|---|")
    for count in parser.parse_args().returns:
        with tempfile.TemporaryDirectory() as folder:
            print(measured(Path(folder), count), flush=True)


def measured(folder: Path, count: int) -> str:
    """One line of the table."""
    make(folder, WORKLOADS["W1"], count)
    spoilt = sorted((folder / "returns").glob("*.xlsx"))[::EVERY]
    for path in spoilt:
        slip(path)
    spent: list[float] = []
    located = stage.localise

    def timed(*given: object, **named: object) -> stage.Located:
        start = time.process_time()
        found = located(*given, **named)  # type: ignore[arg-type]
        spent.append(time.process_time() - start)
        return found

    stage.localise = timed  # type: ignore[assignment]
    before = _spent()
    try:
        run = check(load(str(folder / "pack")), [folder / "returns"])
    finally:
        stage.localise = located
    whole, told = _spent() - before, sum(finding.suggestion is not None for finding in run.findings)
    cells = [f"{count:,}", f"{len(run.facts):,}", f"{len(spoilt):,}", f"{told:,}", f"{spent[0]:.2f}", f"{whole:.1f}"]
    return f"| {' | '.join(cells)} | {spent[0] / whole:.1%} |"


def slip(path: Path) -> None:
    """The first digit of a figure one higher; its row totals are live and follow."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts[SHEET].decode()
    figure = _held(xml, f"{TYPED}{ROW}")
    step = 10 ** (len(str(figure)) - 1)
    for column in (TYPED, *FOLLOWING):
        xml = re.sub(_cell(f"{column}{ROW}"), lambda m: f"{m[1]}<v>{int(m[2]) + step}</v>", xml, count=1)
    parts[SHEET] = xml.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _held(xml: str, cell: str) -> int:
    found = re.search(_cell(cell), xml)
    assert found is not None
    return int(found[2])


def _cell(cell: str) -> str:
    return rf'(<c r="{cell}"[^>]*>(?:<f>[^<]*</f>)?)<v>(-?\d+)</v>'


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()

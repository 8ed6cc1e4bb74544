"""What is held against what: each comparison yields the lines of one table."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.performance.measure import Cost, Failed, Ratio, compared, cost_of, middle
from benchmarks.performance.workloads import WORKLOADS, Workload, make, write_return

PEER = (sys.executable, "-m", "benchmarks.performance.peers")
# W3 holds more than a return is usually allowed to.
LIMITS = ("--limit", "cells=20000000", "--limit", "seconds=3600", "--limit", "memory_bytes=16GB")
LIMITS += ("--limit", "unpacked_bytes=4GB", "--limit", "file_bytes=1GB")
PROGRAM = (sys.executable, "-m", "reconcile")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what over what, the ratio, and what it should be (in words, empty: nothing promised)."""

    what: str
    ratio: Ratio | None = None
    wanted: str = ""
    note: str = ""


@dataclass(slots=True)
class Bench:
    """Where workloads are kept, and how much is measured."""

    folder: Path
    full: bool
    pairs: int
    frictionless: str

    def workload(self, name: str, returns: int | None = None, rows: int | None = None) -> Path:
        """The folder of a workload, made when it is not there yet; a tenth of it unless ``full``."""
        whole = WORKLOADS[name]
        share = 1 if self.full else 10
        many = whole.returns > share * 10
        count = returns or (whole.returns // share if many else whole.returns)
        size = rows or (whole.rows if many else whole.rows // share)
        place = self.folder / f"{name}-{count}-{size}"
        if not (place / "made").exists():
            shutil.rmtree(place, ignore_errors=True)
            make(place, replace(whole, returns=count, rows=size), count)
            (place / "made").touch()
        return place

    def ours(self, place: Path, *more: str, cache: Path | None = None, over: bool = False) -> Cost:
        """A whole run, everything on; ``cache`` is the folder of what was read before (None: all is read), ``over``
        one whose output takes the place of that of the run before."""
        out = self.folder / "out"
        if not over:
            shutil.rmtree(out, ignore_errors=True)
        given = ["run", str(place / "returns"), "--pack", str(place / "pack"), "--out", str(out)]
        kept = [] if cache else ["--no-cache"]
        return cost_of(
            [*PROGRAM, *given, *kept, *LIMITS, *more], more={"RECONCILE_CACHE": str(cache)} if cache else None
        )

    def peer(self, name: str, place: Path) -> Cost:
        python = (self.frictionless, *PEER[1:]) if name == "frictionless" else PEER
        return cost_of([*python, name, str(place), str(self.folder / "peer.xlsx")], good=(0,))

    def pair(self, ours: Callable[[], Cost], theirs: Callable[[], Cost], pairs: int | None = None) -> Ratio:
        made = [(ours(), theirs()) for _ in range(pairs or self.pairs)]
        return compared([one for one, _ in made], [other for _, other in made])


def whole(bench: Bench, name: str, peers: Sequence[tuple[str, str]]) -> Iterator[Line]:
    place = bench.workload(name)
    for peer, wanted in peers:
        try:
            found = bench.pair(lambda: bench.ours(place, "--jobs", "1"), lambda peer=peer: bench.peer(peer, place))  # type: ignore[misc]
        except Failed as why:
            yield Line(f"{name} / {peer}", None, wanted, str(why).strip().splitlines()[-1][:100])
            continue
        yield Line(f"{name} / {peer}", found, wanted)


def w1(bench: Bench) -> Iterator[Line]:
    wanted = (("floor", "CPU ≤ 0.8"), ("analyst", "CPU ≤ 1/12"), ("frictionless", "CPU ≤ 1/8"))
    yield from whole(bench, "W1", wanted)
    yield _written(bench, "W1")


def w2(bench: Bench) -> Iterator[Line]:
    yield from whole(bench, "W2", (("floor", "CPU ≤ 0.9"), ("analyst", "CPU ≤ 1/5")))
    yield _written(bench, "W2")


def slips(bench: Bench) -> Iterator[Line]:
    """Returns in which something is wrong beside the same in which nothing is: what finding it, telling what was meant
    and marking it costs."""
    place, right = bench.workload("W1-slips"), bench.workload("W1")
    found = bench.pair(lambda: bench.ours(place, "--jobs", "1"), lambda: bench.ours(right, "--jobs", "1"))
    yield Line("W1 with two slips a sheet / without", found)
    counts = [n for n in (32, 100, 316, 1000) if n <= (1000 if bench.full else 100)]
    yield _exponent(bench, "returns with slips", counts, [bench.workload("W1-slips", returns=n) for n in counts])


def _written(bench: Bench, name: str) -> Line:
    """Beside a floor that writes what the run itself writes into the master: it has the values of a return twice, in
    the form and in the data sheet, and what was checked."""
    place = bench.workload(name)
    found = bench.pair(
        lambda: bench.ours(place, "--jobs", "1"),
        lambda: _without(bench.peer("floor-written", place), bench.peer("read-master", place)),
    )
    return Line(f"{name} / floor that writes the cells of our master", found)


def w3(bench: Bench) -> Iterator[Line]:
    yield from whole(bench, "W3", (("analyst", "CPU ≤ 1/6, memory ≤ 0.35"),))


def reader(bench: Bench) -> Iterator[Line]:
    """Reading alone; what every process pays for starting and importing is taken off by reading nothing."""
    nothing = bench.folder / "nothing"
    (nothing / "returns").mkdir(parents=True, exist_ok=True)

    def reading(peer: str, place: Path) -> Callable[[], Cost]:
        return lambda: _without(bench.peer(f"read-{peer}", place), bench.peer(f"read-{peer}", nothing))

    for name in ("W1", "W2"):
        place = bench.workload(name)
        for peer, wanted in (
            ("calamine", "CPU ≤ 2.5"),
            ("openpyxl", "CPU ≤ 1/10"),
            ("openpyxl-whole", ""),
        ):
            yield Line(f"reader on {name} / {peer}", bench.pair(reading("ours", place), reading(peer, place)), wanted)


def _without(cost: Cost, start: Cost) -> Cost:
    return Cost(max(cost.cpu - start.cpu, 1e-3), max(cost.wall - start.wall, 1e-3), cost.memory)


def jobs(bench: Bench) -> Iterator[Line]:
    """The part that is done file by file, with one process and with two (wall time)."""
    for count in (100, 316, *((1000,) if bench.full else ())):
        place = bench.workload("W1", returns=count)
        found = bench.pair(
            lambda place=place: _per_file(bench, place, "1"), lambda place=place: _per_file(bench, place, "2")
        )  # type: ignore[misc]
        yield Line(f"{count:,} returns file by file, one process / two", found, "wall ≥ 1.7")


def _per_file(bench: Bench, place: Path, where: str) -> Cost:
    """What is done file by file: its own wall time, and what the asking process costs with those it starts."""
    seconds = bench.folder / "seconds"
    cost = cost_of([sys.executable, "-m", "benchmarks.performance.per_file", str(place), where, str(seconds)])
    return replace(cost, wall=float(seconds.read_text()))


def cluster(bench: Bench) -> Iterator[Line]:
    """The same on a Dask cluster of two workers on this machine, over one process: from which size it pays."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as running:
        address = running.scheduler_address.replace("tcp://", "dask://")
        for count in (10, 32, 100, *((316, 1000) if bench.full else ())):
            place = bench.workload("W1", returns=count)
            _per_file(bench, place, address)  # the workers have imported what they need
            found = bench.pair(
                lambda place=place: _per_file(bench, place, address),  # type: ignore[misc]
                lambda place=place: _per_file(bench, place, "1"),  # type: ignore[misc]
            )
            yield Line(f"{count:,} returns file by file, cluster of two / one process", found, "")


def rerun(bench: Bench) -> Iterator[Line]:
    """A second run after one return has changed, whose output takes the place of that of the first."""
    place = bench.workload("W1")
    cache = bench.folder / "cache"
    count = len(list((place / "returns").iterdir()))
    one = sorted((place / "returns").iterdir())[count // 2]
    again: list[Cost] = []
    first: list[Cost] = []
    for number in range(bench.pairs):
        shutil.rmtree(cache, ignore_errors=True)
        first.append(bench.ours(place, "--jobs", "1", cache=cache))
        kept = one.read_bytes()
        write_return(one, 100_000 + number, Workload(1, WORKLOADS["W1"].sheets, WORKLOADS["W1"].rows), count // 2)
        again.append(bench.ours(place, "--jobs", "1", cache=cache, over=True))
        one.write_bytes(kept)
    yield Line(f"again with 1 of {count} changed / full run", compared(again, first), "CPU ≤ 0.10")


def growth(bench: Bench) -> Iterator[Line]:
    """Exponents: what a run costs when it grows by ten and by ten again (least squares on logarithms)."""
    most = 1000 if bench.full else 100
    counts = [n for n in (10, 32, 100, 316, 1000) if n <= most]
    yield _exponent(bench, "returns", counts, [bench.workload("W1", returns=n) for n in counts])
    most = 100_000 if bench.full else 32_000
    sizes = [n for n in (1000, 3200, 10_000, 32_000, 100_000) if n <= most]
    yield _exponent(bench, "rows of one return", sizes, [bench.workload("W3", rows=n) for n in sizes])


def _exponent(bench: Bench, what: str, sizes: Sequence[int], places: Sequence[Path]) -> Line:
    nothing = bench.workload("W3", rows=10)  # what a run costs that has next to nothing to do
    start = middle([bench.ours(nothing, "--jobs", "1") for _ in range(bench.pairs)]).cpu
    costs = [middle([bench.ours(place, "--jobs", "1") for _ in range(bench.pairs)]).cpu for place in places]
    points = [(math.log(n), math.log(cost - start)) for n, cost in zip(sizes, costs, strict=True)]
    across, up = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    slope = sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)
    told = ", ".join(f"{n:,}: {cost:.1f} s" for n, cost in zip(sizes, costs, strict=True))
    return Line(f"exponent in {what}", None, "≤ 1.05", f"{slope:.2f} ({told})")


def start(bench: Bench) -> Iterator[Line]:
    """What one waits for before anything is done."""
    place = bench.workload("W1", returns=10)
    one = sorted((place / "returns").iterdir())[0]
    many = max(7, bench.pairs)
    help_cost = bench.pair(lambda: cost_of([*PROGRAM, "--help"]), lambda: bench.peer("empty", place), many)
    yield Line("--help / an empty typer app", help_cost, "CPU ≤ 1.3")
    check = [*PROGRAM, "check", str(one), "--pack", str(place / "pack")]
    found = bench.pair(lambda: cost_of(check), lambda: bench.peer("import-pandera", place), many)
    yield Line("check of one return / import pandera.pandas", found, "CPU ≤ 1.5")


COMPARISONS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "start": start,
    "reader": reader,
    "W1": w1,
    "slips": slips,
    "jobs": jobs,
    "cluster": cluster,
    "rerun": rerun,
    "W2": w2,
    "W3": w3,
    "growth": growth,
}

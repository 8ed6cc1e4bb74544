"""Reads mutants of the sample workbooks: `python -m benchmarks.reliability.fuzz [COUNT] [SEED] [JOBS]`.

Five hundred at a time go through whole runs with outputs, and each of them is watched while it is read. A fault is
anything but a submission: an exception, a process that dies, more than 20 seconds or 1 GiB, a refusal without its
finding. The mutants depend on the seed and their numbers alone, not on how many processes share them.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reconcile import intake
from reconcile.intake import read_return
from reconcile.package import Refused, open_workbook
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run
from reconcile.submissions import Submission
from tests.reliability.mutants import Members, members_of, mutant
from tests.reliability.other_formats import as_ods

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
FOREIGN = ROOT / "tests" / "package" / "data"
PACKS = ("plan2022", "welfare2024", "management2024", "districts2022", "council2023", "fund2024")
SECONDS = 20.0
MEGABYTES = (1 << 30) / 1e6
# So many mutants are one piece of work of a process: a whole run over those of each pack.
PIECE = 500
# Of so many mutants one is of a format that a child process reads: starting it takes long.
FOREIGN_EVERY = 25


@dataclass
class Outcome:
    """What came of the mutants; `faults` are (number, what) of those that ended otherwise than they must."""

    mutants: int = 0
    accepted: int = 0
    refused: int = 0
    runs: int = 0
    slowest: float = 0.0
    slowest_number: int = -1
    megabytes: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        self.mutants += other.mutants
        self.accepted += other.accepted
        self.refused += other.refused
        self.runs += other.runs
        if other.slowest > self.slowest:
            self.slowest, self.slowest_number = other.slowest, other.slowest_number
        self.megabytes = max(self.megabytes, other.megabytes)
        self.codes += other.codes
        self.reasons += other.reasons
        self.faults += other.faults


@cache
def seeds() -> list[tuple[str, str, bytes, Members]]:
    """Pack, name, bytes and members of the workbooks that mutants are made of."""
    found = []
    for pack in PACKS:
        for path in sorted((SAMPLES / pack).glob("returns*/*.xlsx")):
            data = path.read_bytes()
            try:
                open_workbook(path)
            except Refused:  # planted: cut short
                continue
            found.append((pack, path.name, data, members_of(data)))
    return found


@cache
def foreign_seeds() -> list[tuple[str, str, bytes, Members]]:
    """The same of formats that a child process reads."""
    first = next(iter(sorted((SAMPLES / "plan2022" / "returns").glob("*.xlsx"))))
    ods = as_ods(open_workbook(first))
    xls = (FOREIGN / "foreign.xls").read_bytes()
    return [("plan2022", "a.ods", ods, members_of(ods)), ("plan2022", "a.xls", xls, {})]


_pack = cache(load)


def fuzz(numbers: range, seed: int, folder: Path) -> Outcome:
    """Makes the mutants of these numbers and runs over all of them, pack by pack; reading each of them is watched."""
    plain, foreign = seeds(), foreign_seeds()
    waiting: dict[str, dict[Path, int]] = {name: {} for name in PACKS}
    for number in numbers:
        chance = random.Random(f"{seed} {number}")
        origins = foreign if number % FOREIGN_EVERY == FOREIGN_EVERY - 1 else plain
        pack, name, data, members = chance.choice(origins)
        path = folder / f"{number:06}_{name}"
        path.write_bytes(mutant(data, members, chance))
        waiting[pack][path] = number
    outcome = Outcome()
    for pack, paths in waiting.items():
        if paths:
            _run(_pack(pack), paths, folder / "out", outcome)
    outcome.megabytes = peak_megabytes()
    if outcome.megabytes > MEGABYTES:
        outcome.faults.append((numbers[0], f"{outcome.megabytes:.0f} MB"))
    return outcome


def _run(pack: Pack, paths: dict[Path, int], out: Path, outcome: Outcome) -> None:
    def watched(path: Path, *given: Any) -> Submission:
        return _read(paths[path], lambda: read_return(path, *given), outcome)

    try:
        with patch.object(intake, "read_return", watched):
            run(pack, list(paths), out, Options(jobs=1))
        outcome.runs += 1
    except BaseException as wrong:
        if isinstance(wrong, KeyboardInterrupt):
            raise
        outcome.faults.append((max(paths.values()), traceback.format_exc(limit=-6)))
    for path in paths:
        path.unlink()


def _read(number: int, reading: Callable[[], Submission], outcome: Outcome) -> Submission:
    outcome.mutants += 1
    started = _seconds()
    try:
        submission = reading()
    except BaseException:
        outcome.faults.append((number, traceback.format_exc(limit=-4)))
        raise
    seconds = _seconds() - started
    if seconds > outcome.slowest:
        outcome.slowest, outcome.slowest_number = seconds, number
    if seconds > SECONDS + 1:
        outcome.faults.append((number, f"{seconds:.1f} s"))
    codes = [finding.code for finding in submission.findings]
    if submission.refused and submission.refused != "no_form":
        outcome.refused += 1
        outcome.reasons[submission.refused] += 1
        outcome.codes.update(codes)
        if len(codes) != 1 or not codes[0].startswith("FIL"):
            outcome.faults.append((number, f"refused with {codes}"))
    else:
        outcome.accepted += 1
    return submission


def _seconds() -> float:
    """Processor time of this process and of the ones it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_megabytes() -> float:
    """The most memory this process and its children have ever had, where the system tells: all they did counts."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    scale = 1 if sys.platform == "darwin" else 1024
    own, children = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return max(resource.getrusage(who).ru_maxrss for who in (own, children)) * scale / 1e6


def _piece(numbers: range, seed: int) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        return fuzz(numbers, seed, Path(folder))


def shared_out(count: int, seed: int, jobs: int, piece: int = PIECE) -> Outcome:
    """The outcome of all mutants, made by so many processes; says on standard error how far they are."""
    pieces = [range(first, min(first + piece, count)) for first in range(0, count, piece)]
    total, started = Outcome(), time.monotonic()
    # Neither copies of this process nor started by it: what they have used is then theirs alone, not what came before.
    ways = multiprocessing.get_all_start_methods()
    fresh = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    with ProcessPoolExecutor(jobs, fresh) as pool:
        waiting = {pool.submit(_piece, numbers, seed): numbers for numbers in pieces}
        for done in as_completed(waiting):
            try:
                total.add(done.result())
            except BrokenProcessPool:
                total.faults.append((waiting[done][0], "a process died"))
            said = f"{total.mutants} of {count}, {len(total.faults)} faults, {time.monotonic() - started:.0f} s"
            print(said, file=sys.stderr, flush=True)
    return total


def main() -> int:
    count, seed, jobs = (int(word) for word in (*sys.argv[1:], *("20000", "1", "1")[len(sys.argv) - 1 :]))
    started = time.monotonic()
    outcome = shared_out(count, seed, jobs)
    print(f"mutants {outcome.mutants}, accepted {outcome.accepted}, refused {outcome.refused}, runs {outcome.runs}")
    slowest = f"slowest {outcome.slowest:.2f} s of processor time (number {outcome.slowest_number})"
    print(f"{slowest}, peak {outcome.megabytes:.0f} MB")
    print(f"codes {dict(outcome.codes)}")
    print(f"reasons {dict(outcome.reasons.most_common())}")
    print(f"faults {len(outcome.faults)}, {time.monotonic() - started:.0f} s")
    for number, fault in outcome.faults[:20]:
        print(number, fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())

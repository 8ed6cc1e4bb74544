"""Reads mutants of the sample workbooks: `python -m benchmarks.reliability.fuzz [COUNT] [SEED]`.

Each mutant is read as a return (bytes → cells → forms → values); every so many of them go through a whole run with
outputs. A fault is anything but a submission: an exception, more than 20 seconds, a refusal without its finding. What
the process took at most is measured too.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from reconcile.intake import read_return
from reconcile.package import Refused, open_workbook
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run
from tests.reliability.mutants import Members, members_of, mutant
from tests.reliability.other_formats import as_ods

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
FOREIGN = ROOT / "tests" / "package" / "data"
SECONDS = 20.0
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
    codes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)


def seeds() -> list[tuple[str, str, bytes, Members]]:
    """Pack, name, bytes and members of the workbooks that mutants are made of."""
    found = []
    for pack in ("plan2022", "welfare2024"):
        for path in sorted((SAMPLES / pack).glob("returns*/*.xlsx")):
            data = path.read_bytes()
            try:
                open_workbook(path)
            except Refused:  # planted: cut short
                continue
            found.append((pack, path.name, data, members_of(data)))
    return found


def foreign_seeds() -> list[tuple[str, str, bytes, Members]]:
    """The same of formats that a child process reads."""
    first = next(iter(sorted((SAMPLES / "plan2022" / "returns").glob("*.xlsx"))))
    ods = as_ods(open_workbook(first))
    xls = (FOREIGN / "foreign.xls").read_bytes()
    return [("plan2022", "a.ods", ods, members_of(ods)), ("plan2022", "a.xls", xls, {})]


def fuzz(count: int, seed: int, folder: Path, whole_every: int = 250) -> Outcome:
    """Makes and reads so many mutants; all files are left in `folder` until their run."""
    outcome = Outcome()
    plain, foreign = seeds(), foreign_seeds()
    packs = {name: load(name) for name in ("plan2022", "welfare2024")}
    waiting: dict[str, list[Path]] = {name: [] for name in packs}
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        origins = foreign if number % FOREIGN_EVERY == FOREIGN_EVERY - 1 else plain
        pack, name, data, members = chance.choice(origins)
        path = folder / f"{number:06}_{name}"
        path.write_bytes(mutant(data, members, chance))
        _read(number, path, packs[pack], outcome)
        waiting[pack].append(path)
        if sum(map(len, waiting.values())) >= whole_every or number == count - 1:
            for each, paths in waiting.items():
                _run(number, packs[each], paths, folder, outcome)
                paths.clear()
    return outcome


def _read(number: int, path: Path, pack: Pack, outcome: Outcome) -> None:
    outcome.mutants += 1
    started = time.process_time()
    try:
        submission = read_return(path, path.name, pack)
    except BaseException as wrong:
        if isinstance(wrong, KeyboardInterrupt):
            raise
        outcome.faults.append((number, traceback.format_exc(limit=-4)))
        return
    seconds = time.process_time() - started
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


def _run(number: int, pack: Pack, paths: list[Path], folder: Path, outcome: Outcome) -> None:
    if not paths:
        return
    try:
        run(pack, paths, folder / "out", Options(jobs=1))
        outcome.runs += 1
    except Exception:
        outcome.faults.append((number, traceback.format_exc(limit=-6)))
    for path in paths:
        path.unlink()


def peak_megabytes() -> float:
    """The most memory this process and its children have had, where the system tells."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    scale = 1 if sys.platform == "darwin" else 1024
    own, children = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return max(resource.getrusage(who).ru_maxrss for who in (own, children)) * scale / 1e6


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = fuzz(count, seed, Path(folder))
    print(f"mutants {outcome.mutants}, accepted {outcome.accepted}, refused {outcome.refused}, runs {outcome.runs}")
    slowest = f"slowest {outcome.slowest:.2f} s of processor time (number {outcome.slowest_number})"
    print(f"{slowest}, peak {peak_megabytes():.0f} MB")
    print(f"codes {dict(outcome.codes)}")
    print(f"reasons {dict(outcome.reasons.most_common())}")
    print(f"faults {len(outcome.faults)}, {time.monotonic() - started:.0f} s")
    for number, fault in outcome.faults[:20]:
        print(number, fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())

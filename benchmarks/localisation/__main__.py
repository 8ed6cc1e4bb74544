"""``python -m benchmarks.localisation``: faults in drawn tables, and what the localiser makes of them.

--quick            one tenth of the tables, a few minutes (default: the full run)
--kinds a,b        only these kinds of tables
--faults a,b       only these single faults
--parts single,earlier,several,clean,outside,real,time
--seed N           first seed; 80000 for reported figures; 20000 were worked with, 50000 fitted the calibration
--n N              tables of each kind and fault
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence

from benchmarks.localisation.calibrate import MIXTURE
from benchmarks.localisation.faults import FAULTS, TYPING
from benchmarks.localisation.report import HEAD, RULE, report_calibration, row, rows_by
from benchmarks.localisation.tables import WEAK, drawn
from benchmarks.localisation.templates import KINDS
from benchmarks.localisation.timing import timed
from benchmarks.localisation.trial import UNDECIDABLE, Trial, several_trial, single_trial
from reconcile.localiser import localise

# Not looked at while the localiser was written: 20000 to 20100 were.
REPORTED = 80000
# Tables with two, three and five faults of each kind in the full run.
SEVERAL = {2: 200, 3: 80, 5: 80}
CLEAN = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--faults", default=",".join(FAULTS))
    parser.add_argument("--parts", default="single,earlier,several,clean,outside,real,time")
    parser.add_argument("--seed", type=int, default=REPORTED)
    parser.add_argument("--n", type=int, default=0)
    parser.add_argument("--failures", action="store_true", help="list the tables where the first answer is not right")
    options = parser.parse_args()
    kinds, parts = options.kinds.split(","), options.parts.split(",")
    began = time.perf_counter()
    share = 0.1 if options.quick else 1.0
    everything: list[Trial] = []
    if "single" in parts:
        everything += (
            trials := singles(kinds, options.faults.split(","), options.seed, options.n or round(100 * share))
        )
        report_singles(trials)
        _failures(trials, options.failures)
    if "earlier" in parts:
        print("\n## With an earlier version of each table")
        report_singles(singles(kinds, options.faults.split(","), options.seed, options.n or round(25 * share), True))
    if "several" in parts:
        everything += report_several(kinds, options.seed, share, options.n, options.failures)
    if {"single", "several"} <= set(parts):
        print("\n### Confidence, mixture of 80, 14, 4, 2 % of tables with 1, 2, 3, 5 faults")
        report_calibration(everything, MIXTURE)
    if "clean" in parts:
        report_clean(kinds, options.seed, options.n or round(CLEAN * share))
    if "outside" in parts:
        from benchmarks.localisation.outside import report_outside

        report_outside(kinds, options.seed, options.n or round(100 * share))
    if "real" in parts:
        from benchmarks.localisation.real import report_real

        report_real(options.seed, options.n or round(100 * share))
    if "time" in parts:
        timed(options.seed, max(5, round(40 * share)))
    print(f"\n{time.perf_counter() - began:.0f} s")


def singles(kinds: Sequence[str], faults: Sequence[str], seed: int, n: int, prev: bool = False) -> list[Trial]:
    """One fault a table, every fault in every kind that has a place for it."""
    found = (single_trial(kind, name, seed + i, prev) for kind in kinds for name in faults for i in range(n))
    return [trial for trial in found if trial]


def report_singles(trials: Sequence[Trial]) -> None:
    strong = [trial for trial in trials if trial.kind not in WEAK]
    decidable = [trial for trial in strong if UNDECIDABLE not in trial.faults]
    print("\n### One fault\n", HEAD, RULE, sep="\n")
    print(row("overlapping, without all_totals_stale", decidable))
    print(row("overlapping, all", strong))
    print(row("overlapping, typing faults", [t for t in strong if t.faults[0] in TYPING]))
    print(row("weak tables", [trial for trial in trials if trial.kind in WEAK]))
    print(row("all", trials))
    print("\nBy table\n", HEAD, RULE, *rows_by(trials, lambda t: t.kind), sep="\n")
    print("\nBy fault, overlapping tables\n", HEAD, RULE, *rows_by(strong, lambda t: t.faults[0]), sep="\n")
    report_calibration(trials)


def report_several(kinds: Sequence[str], seed: int, share: float, n: int, failures: bool) -> list[Trial]:
    found: list[Trial] = []
    for count, full in SEVERAL.items():
        seeds = range(seed, seed + (n or max(4, round(full * share))))
        trials = [t for kind in kinds for s in seeds if (t := several_trial(kind, count, s))]
        strong = [trial for trial in trials if trial.kind not in WEAK]
        print(f"\n### {count} faults\n", HEAD, RULE, row("overlapping", strong), sep="\n")
        print(*rows_by(trials, lambda t: t.kind), sep="\n")
        _failures(trials, failures)
        found += trials
    return found


def _failures(trials: Sequence[Trial], wanted: bool) -> None:
    for trial in trials if wanted else ():
        if trial.detected and (not trial.top1 or trial.claims > trial.claims_right):
            claimed = "wrong claim" if trial.claims > trial.claims_right else ""
            print(
                "  missed:", trial.kind, trial.faults, trial.seed, trial.status, "top3" if trial.top3 else "", claimed
            )


def report_clean(kinds: Sequence[str], seed: int, n: int) -> None:
    flagged, rounded, checks = 0, 0, 0
    for kind in kinds:
        for number in range(n):
            table = drawn(kind, seed + number)
            result = localise(table.template.plan, table.values, budget_ms=math.inf, states=table.states)
            flagged += bool(result.violated)
            rounded += result.status == "rounding_only"
            checks += len(table.template.constraints)
    print(
        f"\n### Clean tables\n\n{n * len(kinds):,} tables, {checks:,} checks: {flagged} flagged ({rounded:,} rounded)"
    )


if __name__ == "__main__":
    main()

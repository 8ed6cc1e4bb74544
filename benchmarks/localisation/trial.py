"""One trial: a table with faults, the localiser's answer, and what of it is right."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.localisation.faults import FAULTS, VALUE, Fault, put
from benchmarks.localisation.tables import Table, drawn, earlier
from reconcile.localiser import Result, localise
from reconcile.localiser.confrontation import Confrontation

# Figures that a revision and a wrong part have in common down to the last edit; kept out where several faults are put
# into one table, and reported on their own where it is one.
UNDECIDABLE = "all_totals_stale"


@dataclass
class Trial:
    """Scores of one table. ``sure`` has a pair (confidence, right) for each finding."""

    kind: str
    faults: tuple[str, ...]
    hidden: int
    seed: int = 0
    status: str = ""
    detected: bool = False
    top1: bool = False
    top3: bool = False
    value: bool = False
    about: bool = False
    cause: bool = False
    covered: bool = False
    set_size: int = 0
    claims: int = 0
    claims_right: int = 0
    unexplained: bool = False
    truncated: bool = False
    milliseconds: float = 0.0
    sure: list[tuple[float, bool]] = field(default_factory=list)
    features: list[tuple[float, float, int, bool, bool]] = field(default_factory=list)


def single_trial(kind: str, name: str, seed: int, with_earlier: bool = False) -> Trial | None:
    """One fault; None where the kind of table has no place for it."""
    table, random = drawn(kind, seed), Random(f"{kind} {name} {seed}")
    prev = earlier(table, Random(f"earlier {kind} {seed}")) if with_earlier else None
    fault = put(table, name, random)
    if fault is None:
        return None
    trial = judged(table, [fault], prev)
    trial.seed = seed
    return trial


def several_trial(kind: str, count: int, seed: int) -> Trial | None:
    """Faults of any type where they are two, faults of single figures where they are more."""
    table, random = drawn(kind, seed), Random(f"{kind} {count} {seed}")
    names = [name for name in (FAULTS if count == 2 else VALUE) if name != UNDECIDABLE]
    faults: list[Fault] = []
    for _ in range(20 * count):
        if len(faults) == count:
            trial = judged(table, faults)
            trial.seed = seed
            return trial
        taken = [cell for fault in faults for cell in fault.right]
        fault = put(table, random.choice(names), random, taken)
        faults += [fault] if fault else []
    return None


def judged(table: Table, faults: Sequence[Fault], prev: Sequence[int | None] | None = None) -> Trial:
    """The localiser sees the observed table alone."""
    began = time.perf_counter()
    result = localise(table.template.plan, table.values, prev, budget_ms=math.inf, states=table.states)
    spent = (time.perf_counter() - began) * 1000
    hidden = [fault for fault in faults if not _visible(table, fault, faults)] if len(faults) > 1 else []
    seen = [fault for fault in faults if fault not in hidden]
    trial = Trial(
        table.template.kind, tuple(f.name for f in faults), len(hidden), status=result.status, milliseconds=spent
    )
    trial.detected = bool(result.violated)
    trial.unexplained, trial.truncated = bool(result.unexplained), result.truncated
    if trial.detected:
        _score(trial, result, seen, faults)
    return trial


def _visible(table: Table, fault: Fault, faults: Sequence[Fault]) -> bool:
    """Whether the fault, alone in the table, would violate anything."""
    alone = table.copy()
    for other in faults:
        if other is not fault:
            for cell, value in other.right.items():
                alone.values[cell], alone.states[cell] = value, "number"
    return bool(Confrontation(table.template.plan, alone.values, alone.states).violated)


def _score(trial: Trial, result: Result, seen: Sequence[Fault], faults: Sequence[Fault]) -> None:
    wrong = frozenset(cell for fault in seen for cell in fault.right)
    sets = {frozenset(fault.right): fault for fault in faults}
    anywhere = frozenset(cell for fault in faults for cell in fault.right)
    named = frozenset(cell for finding in result.findings for cell in finding.candidates[0].cells)
    trial.top1 = named == wrong and not result.unexplained
    trial.top3 = trial.top1 or wrong in _best_combinations(result)
    right = {cell: value for fault in faults for cell, value in fault.right.items()}
    proposed = {
        c: v for f in result.findings for c, v in zip(f.candidates[0].cells, f.candidates[0].proposed, strict=True)
    }
    intervals = {
        f.candidates[0].cells[0]: f.candidates[0].interval for f in result.findings if f.candidates[0].interval
    }
    trial.value = trial.top1 and all(proposed[cell] == right[cell] for cell in named)
    trial.about = trial.top1 and all(
        proposed[c] == right[c] or (c in intervals and _within(right[c], intervals[c])) for c in named
    )
    causes = {frozenset(f.candidates[0].cells): f.candidates[0].cause for f in result.findings}
    trial.cause = trial.top1 and all(causes.get(cells) == fault.cause for cells, fault in sets.items() if fault in seen)
    credible = {frozenset(c.cells) for f in result.findings for c in f.credible_set}
    trial.covered = all(frozenset(fault.right) in credible for fault in seen)
    trial.set_size = sum(finding.credible for finding in result.findings)
    for finding in result.findings:
        cells = frozenset(finding.candidates[0].cells)
        ok = cells in sets or (len(faults) > 1 and cells <= anywhere)
        trial.sure.append((finding.p, ok))
        trial.features.append(
            (finding.raw, finding.surplus, len(result.findings), finding.evidence == "constraints", ok)
        )
        trial.claims += finding.status == "localised"
        # What is claimed is that these cells are wrong, not that these are all.
        trial.claims_right += finding.status == "localised" and cells <= anywhere


def _within(value: int, interval: tuple[int, int] | None) -> bool:
    return interval is not None and interval[0] <= value <= interval[1]


def _best_combinations(result: Result, count: int = 3) -> list[frozenset[int]]:
    """The likeliest sets of cells over all independent parts together."""
    best: list[tuple[float, frozenset[int]]] = [(1.0, frozenset())]
    for part in result.combinations:
        merged = [(p * own.p, cells | own.cells) for p, cells in best for own in part[:count]]
        best = sorted(merged, key=lambda item: -item[0])[:count]
    return [cells for _, cells in best]


def share(flags: Iterable[bool]) -> float:
    """The share of True."""
    found = list(flags)
    return sum(found) / len(found) if found else float("nan")

"""Trials → rows of a Markdown table, and the calibration error."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from benchmarks.localisation.trial import Trial, share

HEAD = (
    "| subset | n | detected | top1 | top3 | value~ | cause | claims | right claims | 95 % set | its size "
    "| unexplained |"
)
RULE = "|---|---|---|---|---|---|---|---|---|---|---|---|"


def row(name: str, trials: Sequence[Trial]) -> str:
    """One subset; everything after ``detected`` is of the tables in which something was violated."""
    found = [trial for trial in trials if trial.detected]
    claims, right = sum(t.claims for t in found), sum(t.claims_right for t in found)
    findings = sum(len(t.sure) for t in found)
    size = sum(t.set_size for t in found) / findings if findings else 0.0
    cells = [
        name,
        f"{len(trials):,}",
        figure(share(t.detected for t in trials)),
        figure(share(t.top1 for t in found), 4),
        figure(share(t.top3 for t in found), 4),
        figure(share(t.about for t in found)),
        figure(share(t.cause for t in found)),
        figure(claims / findings if findings else 0.0),
        figure(right / claims, 4) if claims else "–",
        figure(share(t.covered for t in found)),
        f"{size:.1f}",
        str(sum(t.unexplained for t in found)),
    ]
    return "| " + " | ".join(cells) + " |"


def figure(value: float, digits: int = 3) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def rows_by(trials: Sequence[Trial], key: Callable[[Trial], str]) -> Iterable[str]:
    """One row a key, in order of first appearance."""
    for name in dict.fromkeys(map(key, trials)):
        yield row(name, [trial for trial in trials if key(trial) == name])


def calibration(pairs: Sequence[tuple[float, bool, float]], bins: int = 10) -> tuple[float, list[str]]:
    """Expected calibration error over equal-width bins (the last one split) of (said, right, weight), and the bins."""
    edges = [*(number / bins for number in range(bins)), 0.95, 0.99, 1.000001]
    whole = sum(weight for _, _, weight in pairs)
    error, lines = 0.0, []
    for low, high in pairwise(edges):
        inside = [(p, ok, weight) for p, ok, weight in pairs if low <= p < high]
        if inside:
            held = sum(weight for _, _, weight in inside)
            said = sum(p * weight for p, _, weight in inside) / held
            was = sum(ok * weight for _, ok, weight in inside) / held
            error += abs(said - was) * held / whole
            lines.append(f"| {low:.2f} … {min(high, 1):.2f} | {len(inside):,} | {said:.3f} | {was:.3f} |")
    return error, lines


def report_calibration(trials: Sequence[Trial], weights: Mapping[int, float] | None = None) -> None:
    """All findings of all tables; ``weights`` gives each number of faults its share of the tables."""
    tables = Counter(len(trial.faults) for trial in trials)
    weight = {count: weights[count] / size if weights else 1.0 for count, size in tables.items()}
    pairs = [(p, ok, weight[len(trial.faults)]) for trial in trials for p, ok in trial.sure]
    error, lines = calibration(pairs)
    print(
        f"\nCalibration error {error:.4f}\n\n| confidence | n | said | was right |\n|---|---|---|---|", *lines, sep="\n"
    )

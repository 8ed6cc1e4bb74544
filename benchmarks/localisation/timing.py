"""Times, beside one plain recomputation of the same table; processor time, so that other work does not count."""

from __future__ import annotations

import time
from random import Random
from statistics import median

from benchmarks.localisation.faults import TYPING, put
from benchmarks.localisation.plain import recompute
from benchmarks.localisation.tables import drawn
from benchmarks.localisation.templates import template
from reconcile.localiser import localise

TIMED = ("cost_exact", "cost_half", "population", "wide_exact", "wide_half", "long_exact", "long_half")


def timed(seed: int, n: int) -> None:
    """Medians and maxima over ``n`` tables with value faults."""
    print("\n### Time (ms; median, maximum in brackets, ratio to the plain pass)\n")
    print("| table | cells | plain pass | clean | 1 fault | 2 faults | 5 faults |\n|---|---|---|---|---|---|---|")
    for kind in TIMED:
        size = len(template(kind).cells)
        line = [kind, f"{size:,}"]
        count = n if size < 10_000 else max(3, n // 4)
        plain = 0.0
        for faults in (0, 1, 2, 5):
            spent, passes = [], []
            for number in range(count):
                table, random = drawn(kind, seed + number), Random(f"time {kind} {faults} {number}")
                for _ in range(faults):
                    put(table, random.choice(list(TYPING)), random)
                began = time.process_time()
                recompute(table.template.constraints, table.numbers())
                passes.append((time.process_time() - began) * 1000)
                began = time.process_time()
                localise(table.template.plan, table.values, states=table.states)
                spent.append((time.process_time() - began) * 1000)
            if not faults:
                plain = median(passes)
                line.append(f"{plain:.2f}")
            line.append(f"{median(spent):.1f} ({max(spent):.0f}; ×{median(spent) / plain:.0f})")
        print("| " + " | ".join(line) + " |", flush=True)

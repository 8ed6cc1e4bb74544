"""The packs' own samples: every planted fault of a figure that violates a balance, against what is proposed.

The balances that the packs compile become linear edits, over all returns at once; a stored formula is live, a declared
tolerance is that of rounding. Which cells were planted, and what stood there, ``planted.csv`` of each sample tells.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reconcile.balances import FAIL, PASS, ROUNDED
from reconcile.consolidate import Consolidated
from reconcile.facts import NIL, NUMBER
from reconcile.localiser import Cell, Linear, Plan, compile_constraints, localise
from reconcile.localiser.model import State

SAMPLES = Path(__file__).parents[2] / "samples"
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Compiled:
    """The cells of all judged balances: their positions among the facts, and what stands in them."""

    plan: Plan
    positions: list[int]
    values: list[int | None]
    states: list[State]


def compiled(run: Consolidated) -> Compiled:
    """The balances of a run as a plan."""
    facts, balances = run.facts, run.balances
    judged = [n for n in range(len(balances)) if run.judged.verdict[n] in (PASS, FAIL, ROUNDED)]
    used = sorted({p for n in judged for p in (*balances.parts_of(n), balances.total[n]) if p >= 0})
    number_of = {position: number for number, position in enumerate(used)}
    cells = [
        Cell(
            str(position),
            f"{facts.file[position]}|{facts.sheet[position]}",
            int(facts.row[position]),
            int(facts.column[position]),
            provenance="formula" if facts.stored[position] else "typed",
        )
        for position in used
    ]
    edits = []
    for n in judged:
        start, total = balances.start[n], balances.total[n]
        # A stated figure outside the returns has no cell: the negated parts and it come to nothing.
        sign = 1 if total >= 0 else -1
        terms: dict[int, int] = {}
        for offset, part in enumerate(balances.parts_of(n)):
            cell = number_of[part]
            terms[cell] = terms.get(cell, 0) + sign * balances.coefficient[start + offset]
        edits.append(
            Linear(
                terms,
                number_of[total] if total >= 0 else None,
                const=0 if total >= 0 else balances.control[n],
                group=f"{balances.form[n]} {bool(balances.tolerance[n])}",
                regime="half" if balances.tolerance[n] else "exact",
                name=balances.code[n],
            )
        )
    states: list[State] = [
        "number" if facts.state[p] == NUMBER else "nil" if facts.state[p] == NIL else "blank" for p in used
    ]
    values = [int(facts.number[p]) if facts.state[p] == NUMBER else None for p in used]
    return Compiled(compile_constraints(cells, edits), used, values, states)


def planted(pack: str) -> Mapping[Place, Mapping[str, str]]:
    """The planted faults by file, sheet and cell."""
    with (SAMPLES / pack / "planted.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(line["file"], line["sheet"], line["cell"]): line for line in csv.DictReader(file)}


def figure(text: str) -> Decimal | None:
    """The first figure of a text, full-width digits and all."""
    found = re.search(r"-?\d+(?:\.\d+)?", unicodedata.normalize("NFKC", text).replace(",", ""))
    return Decimal(found.group()) if found else None


def report_samples() -> None:
    from reconcile.packs import load
    from reconcile.pipeline import check

    print("\n### Planted faults of figures in the packs' samples that violate a balance\n")
    print("| pack | cells | edits | violated | planted | named first | its value right | in the 95 % set | findings |")
    print("|---|---|---|---|---|---|---|---|---|")
    for folder in sorted(SAMPLES.glob("*/returns-with-errors")):
        name = folder.parent.name
        run = check(load(name), [folder])
        table = compiled(run)
        result = localise(table.plan, table.values, states=table.states)
        places = [_place(run, position) for position in table.positions]
        faults = planted(name)
        shown = {c for n in result.violated if (edit := table.plan.edits[n]) for c in edit.cells}
        wrong = {cell: faults[places[cell]] for cell in shown if places[cell] in faults}
        first = {f.candidates[0].cells[0]: f.candidates[0].proposed[0] for f in result.findings}
        credible = {cell for f in result.findings for candidate in f.credible_set for cell in candidate.cells}
        right = [c for c in wrong if c in first and run.facts.decimal(first[c]) == figure(wrong[c]["original"])]
        counts = [len(table.positions), len(table.plan.edits), len(result.violated), len(wrong)]
        counts += [len(wrong.keys() & first.keys()), len(right), len(wrong.keys() & credible), len(result.findings)]
        print("| " + " | ".join([name, *(f"{count:,}" for count in counts)]) + " |")
        for cell in sorted(wrong.keys() - first.keys()):
            print(f"  not first: {' '.join(places[cell])}: {wrong[cell]['fault']}")


def _place(run: Consolidated, position: int) -> Place:
    ref = run.facts.ref(position)
    return (ref.file.rpartition("/")[2], ref.sheet, ref.a1 or "")


if __name__ == "__main__":
    report_samples()

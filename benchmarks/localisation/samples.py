"""The packs' own samples: every planted fault of a figure, against what the findings of a run propose.

A planted fault counts where the cell is read as a figure and another one stands there in the returns without faults.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from reconcile.consolidate import Consolidated
from reconcile.facts import NUMBER

SAMPLES = Path(__file__).parents[2] / "samples"
Place = tuple[str, str, str]
HEAD = "| pack | values | balances | wrong figures | located | or named | claims | right claims | seconds |"
RULE = "|---|---|---|---|---|---|---|---|---|"


def wrong_figures(pack: str, spoilt: Consolidated, honest: Consolidated) -> dict[Place, Decimal]:
    """Cells of the planted faults of figures, with what stood there."""
    with (SAMPLES / pack / "planted.csv").open(encoding="utf-8-sig", newline="") as file:
        planted = {(line["file"], line["sheet"], line["cell"]) for line in csv.DictReader(file)}
    true = {_key(honest, n): honest.facts.value[n] for n in _known(honest)}
    found: dict[Place, Decimal] = {}
    for n in _known(spoilt):
        ref, original = spoilt.facts.ref(n), true.get(_key(spoilt, n))
        place = (ref.file, ref.sheet, ref.a1 or "")
        if place in planted and original is not None and original != spoilt.facts.value[n]:
            found[place] = original
    return found


def _known(run: Consolidated) -> list[int]:
    return [n for n in range(len(run.facts)) if run.facts.state[n] == NUMBER]


def _key(run: Consolidated, n: int) -> tuple[str, ...]:
    facts = run.facts
    columns = (facts.department, facts.form, facts.record, facts.slot, facts.component)
    return tuple(str(column[n]) for column in columns)


def report_samples() -> None:
    from reconcile.packs import load
    from reconcile.pipeline import check

    print("\n### Planted faults of figures in the packs' samples\n", HEAD, RULE, sep="\n")
    for folder in sorted(SAMPLES.glob("*/returns-with-errors")):
        name = folder.parent.name
        pack = load(name)
        run = check(pack, [folder])
        wrong = wrong_figures(name, run, check(pack, [folder.parent / "returns"]))
        told = [f.suggestion for f in run.findings if f.suggestion]
        first = {(s.ref.file, s.ref.sheet, s.ref.a1 or ""): s for s in told}
        located = {place for place in wrong if place in first and Decimal(first[place].value) == wrong[place]}
        named = {place for s in told for o in s.alternatives if (place := _place(o)) in wrong} | (first.keys() & wrong)
        claims = [place for place, s in first.items() if s.standing == "localised"]
        right = [p for p in claims if p in located]
        counts = [len(run.facts), len(run.balances), len(wrong), len(located), len(named), len(claims), len(right)]
        cells = [name, *(f"{count:,}" for count in counts), f"{run.seconds['localise']:.2f}"]
        print("| " + " | ".join(cells) + " |")


def _place(other: object) -> Place:
    told = other if isinstance(other, dict) else {}
    return (str(told.get("file")), str(told.get("sheet")), str(told.get("cell")))


if __name__ == "__main__":
    report_samples()

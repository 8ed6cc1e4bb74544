"""The packs' own samples: every planted fault of a figure, against what the findings of a run propose.

A planted fault counts where a figure stands in the returns without faults, and in those with faults another or none.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from reconcile.consolidate import Consolidated
from reconcile.facts import NUMBER
from reconcile.findings import CellRef, Suggestion

SAMPLES = Path(__file__).parents[2] / "samples"
Place = tuple[str, str, str]
HEAD = "| pack | values | balances | wrong or missing | located | or among those named | or told of | claims | right |"
RULE = "|---|---|---|---|---|---|---|---|---|"


def wrong_figures(pack: str, spoilt: Consolidated, honest: Consolidated) -> dict[Place, Decimal]:
    """Cells of the planted faults of figures, with what stood there."""
    with (SAMPLES / pack / "planted.csv").open(encoding="utf-8-sig", newline="") as file:
        planted = {(line["file"], line["sheet"], line["cell"]) for line in csv.DictReader(file)}
    true = {_key(honest, n): honest.facts.value[n] for n in _known(honest)}
    found: dict[Place, Decimal] = {}
    for n in range(len(spoilt.facts)):
        ref, original = spoilt.facts.ref(n), true.get(_key(spoilt, n))
        place = (ref.file, ref.sheet, ref.a1 or "")
        stands = spoilt.facts.value[n] if spoilt.facts.state[n] == NUMBER else None
        if place in planted and original is not None and original != stands:
            found[place] = original
    return found


def proposals(run: Consolidated) -> dict[Place, Suggestion]:
    """The cell that each finding proposes to correct first, with the figure it proposes."""
    return {_at(f.suggestion.ref): f.suggestion for f in run.findings if f.suggestion}


def named(run: Consolidated) -> set[Place]:
    """The cells that are said to be what may be wrong where one cannot be told from another."""
    found: set[Place] = set()
    for finding in run.findings:
        cells = finding.data.get("candidates", ())
        found |= {_at(ref) for ref in (cells if isinstance(cells, tuple) else ())}
        others = finding.suggestion.alternatives if finding.suggestion else ()
        found |= {(str(o["file"]), str(o["sheet"]), str(o["cell"])) for o in others}
    return found


def pointed_at(run: Consolidated) -> set[Place]:
    """The cells that findings are about."""
    return {_at(finding.ref) for finding in run.findings}


def _at(ref: CellRef) -> Place:
    return (ref.file, ref.sheet, ref.a1 or "")


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
        first = proposals(run)
        located = {place for place in wrong if place in first and Decimal(first[place].value) == wrong[place]}
        among = located | (wrong.keys() & (named(run) | first.keys()))
        own = among | (wrong.keys() & pointed_at(run))
        claims = [place for place, s in first.items() if s.standing == "localised"]
        right = [p for p in claims if p in located]
        counts = [len(run.facts), len(run.balances), *map(len, (wrong, located, among, own, claims, right))]
        print("| " + " | ".join([name, *(f"{count:,}" for count in counts)]) + " |")


if __name__ == "__main__":
    report_samples()

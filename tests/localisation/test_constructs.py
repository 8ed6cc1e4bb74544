"""Every kind of check that a pack can declare says which cell is wrong: one slip in a copy of true returns, one finding."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from reconcile.consolidate import Consolidated
from reconcile.facts import NUMBER
from reconcile.findings import CellRef, Finding
from reconcile.packs import load
from reconcile.pipeline import check
from tests.localisation.retyped import retyped
from tests.pipeline.planted_faults import SAMPLES


@dataclass(frozen=True)
class Slip:
    """What somebody typed in place of a figure: pack, return, form, record and slot; and what comes of it.

    ``code`` is that of the one finding, ``effects`` are those of what follows from it.
    """

    construct: str
    pack: str
    file: str
    place: tuple[str, str, str]
    typed: str
    standing: str
    code: str
    effects: tuple[str, ...] = ()


SLIPS = [
    Slip("sum of a record", "plan2022", "11", ("activity", "11-2", "amount.initial.total"), "620 人", "undecided", "BAL001"),
    Slip("sum of a record, and the actual beside the plan", "plan2022", "03", ("activity", "3-3", "amount.initial.FY2022"),
         "8,500 人", "undecided", "BAL001", ("PRG002",)),
    Slip("sum of a record, and the actual above the plan of both years", "plan2022", "03",
         ("activity", "3-2", "amount.initial.total"), "12 回", "undecided", "BAL001", ("PRG001",)),
    Slip("difference: initial year and revised year", "plan2022", "02", ("activity", "2-3", "amount.revised.FY2023"),
         "a）18,000 件\nb）6,000 枚", "probable", "BAL004", ("REV003",)),
    Slip("hierarchy over two workbooks, and density", "districts2022", "01", ("population", "1-6", "population"), "40306",
         "localised", "BAL003", ("BAL003", "RAT003")),
    Slip("region in the ward's table", "districts2022", "06", ("population", "3", "population"), "255627",
         "localised", "BAL003", ("BAL003", "RAT003")),
    Slip("running total", "districts2022", "01", ("cases", "certificate/1-4", "cases.running.2021-06"), "1880",
         "localised", "CUM003", ("BAL003", "BAL003", "CUM003")),
    Slip("month beside its running total", "districts2022", "01", ("cases", "certificate/1-4", "cases.month.2021-06"),
         "436", "localised", "CUM003", ("BAL003", "BAL003")),
    Slip("last year of a count", "plan2022", "11", ("activity", "15-3", "amount.initial.total"), "412 施設（累計）",
         "undecided", "CUM001"),
    Slip("density", "districts2022", "01", ("population", "1-6", "density"), "20866", "probable", "RAT003"),
    Slip("shares of a whole", "districts2022", "06", ("survey", "2-1/3", "share"), "78.1%", "undecided", "BAL007"),
    Slip("one project in the returns of two departments", "plan2022", "02", ("budget", "2/99-002", "amount.initial.FY2022"),
         "56,483", "localised", "DUP002", ("BAL002", "BAL002")),
    Slip("one project in the returns of three departments", "plan2022", "08", ("budget", "8/99-007", "amount.initial.FY2022"),
         "5,864", "localised", "DUP002", ("BAL002", "BAL002")),
    Slip("summary beside its source", "plan2022", "15", ("summary_changes", "行動量/15-2②", "value.before"), "194件",
         "probable", "XRF005"),
    Slip("summary of a sum", "plan2022", "15", ("summary_cost", "13", "amount.forecast.FY2022"), "75,233", "probable",
         "XRF005"),
    Slip("hierarchy of a budget, and the printed total", "plan2022", "11", ("budget", "14/14-001", "amount.initial.FY2022"),
         "321768", "probable", "BAL002", ("BAL002", "BAL006")),
    Slip("quotient that the register turns round", "welfare2024", "01", ("outcome", "1-1-2/1", "value.achieved.FY2024"),
         "193.0%", "undecided", "RAT001"),
    Slip("re-listed record", "plan2022", "15", ("effect", "5-1", "amount.plan.FY2023"), "27,260", "localised", "BAL001",
         ("RLS001",)),
    Slip("figure in a text", "management2024", "02", ("items", "1-19", "hours"), "1,400", "undecided", "REV003"),
]  # fmt: skip


@cache
def true_run(pack: str) -> Consolidated:
    return check(load(pack), [SAMPLES / pack / "returns"])


def cell_of(slip: Slip) -> tuple[CellRef, Decimal]:
    """The cell of a slip, and the figure that stands in it."""
    facts = true_run(slip.pack).facts
    form, record, slot = slip.place
    found = facts.form.says(form) & facts.record.says(record) & facts.slot.says(slot) & (facts.state == NUMBER)
    (position, *_) = (p for p in np.flatnonzero(found).tolist() if str(facts.file[p]).startswith(slip.file))
    return facts.ref(position), facts.value[position]


def new_findings(pack: str, returns: Path) -> list[Finding]:
    known = {finding.id for finding in true_run(pack).findings}
    return [finding for finding in check(load(pack), [returns]).findings if finding.id not in known]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.construct)
def test_the_cell_is_found_and_what_follows_is_told_with_it(slip: Slip, tmp_path: Path) -> None:
    ref, meant = cell_of(slip)
    found = new_findings(slip.pack, retyped(slip.pack, tmp_path, {(ref.file, ref.sheet): {str(ref.a1): slip.typed}}))
    (root,) = [finding for finding in found if not finding.root]
    told = root.suggestion
    assert told is not None
    assert (root.code, told.standing) == (slip.code, slip.standing)
    assert sorted(f.code for f in found if f.root == root.id) == sorted(slip.effects)
    proposed = {(told.ref.file, str(told.ref.a1)): told.value}
    if told.standing == "undecided":
        proposed |= {(str(o["file"]), str(o["cell"])): str(o["value"]) for o in told.alternatives}
    assert Decimal(proposed[ref.file, str(ref.a1)]) == meant

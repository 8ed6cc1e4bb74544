"""Where the values of a return stand in the master is found by their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.consolidate import Consolidated
from reconcile.facts import FactColumns, collect
from reconcile.findings import CellRef
from reconcile.writing import master
from reconcile.writing.cells import Place
from reconcile.writing.report import Places
from reconcile.writing.voice import Voice

CELLS = [("様式1", 5, 3), ("様式1", 5, 4), ("様式2", 5, 3), ("様式1", 5, 3)]  # the first holds two measures


def places() -> Places:
    columns = FactColumns()
    for number, (sheet, row, column) in enumerate(CELLS):
        value = (sheet, row, column, "form", 0, "r", "record", "", f"s{number}", "", None, "", 0, "", "", "", False)
        columns.append(*value)
    return Places(collect([("部", "a.xlsx", columns), ("課", "b.xlsx", columns)]))


def test_a_cell_leads_to_its_value_of_several_to_the_first_in_the_master() -> None:
    found = places()
    found.put([3], Place("表", 8, 2))
    found.put([0], Place("表", 9, 1))
    found.put([2], Place("表", 10, 1))
    assert found.of_ref(CellRef("a.xlsx", "様式1", 5, 3)) == Place("表", 8, 2)
    assert found.of_ref(CellRef("a.xlsx", "様式2", 5, 3)) == Place("表", 10, 1)
    found.put([0], Place("表", 7, 1))  # what was found before does not hold any more
    assert found.of_ref(CellRef("a.xlsx", "様式1", 5, 3)) == Place("表", 7, 1)


@pytest.mark.parametrize(
    "ref",
    [
        CellRef("a.xlsx", "様式1", 5, 4),  # stands nowhere
        CellRef("a.xlsx", "様式1", 5, 2),
        CellRef("a.xlsx", "様式1", 6, 3),
        CellRef("a.xlsx", "別の", 5, 3),
        CellRef("a.xlsx", "様式1"),
        CellRef("a.xlsx"),
        CellRef("b.xlsx", "様式1", 5, 3),  # of another return
        CellRef("c.xlsx", "様式1", 5, 3),
    ],
)
def test_any_other_cell_leads_nowhere(ref: CellRef) -> None:
    found = places()
    found.put([0, 3], Place("表", 8, 2))
    assert found.of_ref(ref) is None


def test_every_merged_value_is_found_by_its_cell(faulty: Consolidated, tmp_path: Path) -> None:
    found = master.write(tmp_path / "master.xlsx", faulty, Voice(faulty.pack, "ja")).places
    first: dict[CellRef, tuple[int, int, int]] = {}
    for p in range(len(faulty.facts)):
        if found.sheet[p] >= 0:
            place = int(found.sheet[p]), int(found.row[p]), int(found.column[p])
            ref = faulty.facts.ref(p)
            first[ref] = min(first.get(ref, place), place)
    assert len(first) > 500
    for ref, (sheet, row, column) in first.items():
        assert found.of_ref(ref) == Place(found.sheets[sheet], row, column)

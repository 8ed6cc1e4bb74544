"""What a formula adds up: cells, ranges and signs; None for whatever does anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.findings import column_letters
from reconcile.package import addends_at, open_workbook
from reconcile.package.addends import addends
from tests.package.handmade_package import write_package

SUMS = [
    ("SUM(E5:E9)", "+E5:E9 numbers"),
    ("sum( E5:E9 )", "+E5:E9 numbers"),
    ("SUM(E5:E9,E12)-$E$3", "+E5:E9 numbers, +E12:E12 numbers, -E3:E3"),
    ("E5+E6-E7", "+E5:E5, +E6:E6, -E7:E7"),
    ("+E5", "+E5:E5"),
    ("-(E5-E6)", "-E5:E5, +E6:E6"),
    ("SUM(-E5,E6)", "-E5:E5, +E6:E6 numbers"),
    ("SUM(E5+E6,E7)", "+E5:E5, +E6:E6, +E7:E7 numbers"),
    ("-SUM(E5:E6)", "-E5:E6 numbers"),
    ("SUM(E5,SUM(E6:E7))", "+E5:E5 numbers, +E6:E7 numbers"),
    ("$E9:E$5", "+E5:E9"),
    ("様式3!E5+'様式3'!E6", "+E5:E5, +E6:E6"),
]
OTHERS = [
    "", " ", "E5+", "E5+5", "1", "SUM()", "SUM(E5", "SUM(E5;E6)", "SUM(E:E)", "SUM(E5:E9)*1", "E5 E6", "ROUND(E5,0)",
    "SUMIF(E5:E9,1)", "SUBTOTAL(9,E5:E9)", "(E5", "E5)", "E5:E6:E7", "TOTAL1", "A1B2", "XFE1", "A1048577", "様式2!E5",
    "'様式''3'!E5", "[1]様式3!E5", "E5#", "(" * 40 + "E5" + ")" * 40,
]  # fmt: skip


def shown(formula: str, down: int = 0, right: int = 0) -> str:
    return ", ".join(
        f"{'+' if one.factor > 0 else '-'}{column_letters(one.range.left)}{one.range.top}:"
        f"{column_letters(one.range.right)}{one.range.bottom}{' numbers' * one.numbers_only}"
        for one in addends(formula, "様式3", down, right) or ()
    )


@pytest.mark.parametrize(("formula", "cells"), SUMS)
def test_a_sum(formula: str, cells: str) -> None:
    assert shown(formula) == cells


@pytest.mark.parametrize("formula", OTHERS)
def test_anything_else(formula: str) -> None:
    assert addends(formula, "様式3") is None


def test_the_sheet_may_have_an_apostrophe_in_its_name() -> None:
    assert addends("'a''b'!E5", "A'B") is not None


def test_moved_along_with_what_is_not_fixed() -> None:
    assert shown("SUM(E5:E$9)+$E5", down=2, right=1) == "+F7:F9 numbers, +E7:E7"
    assert addends("A1", "様式3", down=-1) is None
    assert addends("A1", "様式3", right=16384) is None


def test_cells_that_share_a_formula(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C2" si="4">SUM(A1:B1)</f><v>3</v></c><c r="D1"><f>C1</f><v>3</v></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="4"/><v>3</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="5"/><v>3</v></c></row>'
        '<row r="4"><c r="C4"><f t="dataTable" ref="C4" r1="A1"/><v>3</v></c></row>'
    )
    sheet = open_workbook(write_package(tmp_path / "a.xlsx", rows)).sheets[0]
    told = {
        (row, column): addends_at(sheet, sheet.entry_at(row, column))
        for row, column in zip(sheet.row, sheet.column, strict=True)
    }
    assert told == {
        (1, 3): ("SUM(A1:B1)", addends("SUM(A1:B1)", "様式")),
        (1, 4): ("C1", addends("C1", "様式")),
        (2, 3): ("SUM(A1:B1)", addends("SUM(A2:B2)", "様式")),
        (3, 3): ("", None),
        (4, 3): ("", None),
    }

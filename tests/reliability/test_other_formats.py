"""What .xls, .xlsb and .ods do not tell is said, and nothing of it is misread in silence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reconcile.facts import FactColumns
from reconcile.intake import read_return
from reconcile.messages import render
from reconcile.normalise import Notation, read_measures
from reconcile.package import Range, open_workbook
from reconcile.packs import Pack, load
from reconcile.submissions import Submission
from tests.reliability.other_formats import as_ods

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RETURNS = sorted((SAMPLES / "plan2022" / "returns").glob("*.xlsx"))


@pytest.fixture(scope="module")
def plan() -> Pack:
    return load("plan2022")


def values(columns: FactColumns) -> dict[tuple[str, str, str, str], tuple[Decimal | None, int]]:
    keys = zip(columns.form, columns.record, columns.slot, columns.component, strict=True)
    return dict(zip(keys, zip(columns.value, columns.state, strict=True), strict=True))


def read_both(path: Path, plan: Pack, folder: Path) -> tuple[Submission, Submission]:
    other = folder / "a.ods"
    other.write_bytes(as_ods(open_workbook(path)))
    return read_return(path, "a.xlsx", plan), read_return(other, "a.ods", plan)


@pytest.mark.parametrize("path", RETURNS[::4], ids=lambda path: path.stem)
def test_a_return_in_another_format_says_the_same_or_that_it_may_not(path: Path, plan: Pack, tmp_path: Path) -> None:
    one, other = read_both(path, plan, tmp_path)
    left, right = values(one.columns), values(other.columns)
    assert left.keys() == right.keys()
    doubted = {(f.form, f.record, f.component) for f in other.findings if f.code == "FLD011"}
    formulas = {(f.form, f.record, f.component) for f in one.findings if f.code in ("FIL009", "FIL010")}
    different = [key for key in left if left[key] != right[key]]
    assert [key for key in different if (key[0], key[1], key[3]) not in doubted | formulas] == []
    (told,) = [f for f in other.findings if f.code == "FIL003"]
    assert told.variant == "other_format"
    assert "数式・エラー値" in render(told, plan, "ja")
    assert "formulas, error values" in render(told, plan, "en")


def test_a_share_is_doubted_where_no_format_is_known(plan: Pack, tmp_path: Path) -> None:
    """80 % is stored as 0.8: with its format it is 80 %, without it 0.8, and somebody is asked."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(RETURNS[0])
    printed = read_return(RETURNS[0], "a.xlsx", plan)
    row, column = next(
        (r, c)
        for r, c, name, slot in zip(
            *(getattr(printed.columns, n) for n in ("row", "column", "sheet", "slot")), strict=True
        )
        if (name, slot) == ("様式1", "amount.initial.FY2022")
    )
    cell = book["様式1"].cell(row, column)
    cell.value, cell.number_format = 0.8, "0%"
    book.save(path)
    one, other = read_both(path, plan, tmp_path)
    assert [value for value in one.columns.value if value == 80]
    assert not [f for f in one.findings if f.variant == "percent_or_fraction"]
    (doubt,) = [f for f in other.findings if f.variant == "percent_or_fraction"]
    assert (doubt.ref.row, doubt.ref.column, doubt.found) == (row, column, "0.8")
    assert "割合" in render(doubt, plan, "ja")


@pytest.mark.parametrize(
    ("text", "unit", "doubted"),
    [
        ("0.8", None, True),
        ("1", None, True),
        ("1.25", "%", True),
        ("-0.05", "%", True),
        ("69.9", "%", False),
        ("0", "%", False),
        ("2500", None, False),
        ("0.8", "千円", False),
    ],
)
def test_figures_that_may_be_shares(text: str, unit: str | None, doubted: bool) -> None:
    (measure,) = read_measures("n", text, "", Notation(unit=unit))
    assert (measure.doubts == ("percent_or_fraction",)) is doubted
    assert measure.value == Decimal(text)


def test_the_other_format_keeps_cells_and_merged_ranges(tmp_path: Path) -> None:
    original = open_workbook(RETURNS[0])
    path = tmp_path / "a.ods"
    path.write_bytes(as_ods(original))
    read = open_workbook(path)
    assert [sheet.name for sheet in read.sheets] == [sheet.name for sheet in original.sheets]
    assert read.number_formats[0] == ""
    for mine, theirs in zip(original.sheets, read.sheets, strict=True):
        assert (mine.row, mine.column, mine.text) == (theirs.row, theirs.column, theirs.text)
        assert all(isinstance(each, Range) for each in theirs.merged)


@pytest.mark.parametrize(("name", "told"), [("a.xls", "renamed"), ("a.XLSX", None), ("b.ods", "renamed")])
def test_a_workbook_under_another_name_is_read_and_told(
    plan: Pack, tmp_path: Path, name: str, told: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(RETURNS[0].read_bytes())
    submission = read_return(path, name, plan)
    assert submission.forms
    assert [f.variant for f in submission.findings if f.code == "FIL003"] == ([told] if told else [])

"""Two readers agree: the reader of record and openpyxl give the same cells of every sample and of what a run writes.

Differences that are known, each with its reason:
- openpyxl turns numbers under a date format into dates; compared by their serial numbers.
- openpyxl leaves `_xHHHH_` as it stands in the file (ECMA-376 part 1, 22.9.2.19); decoded before comparing.
- openpyxl calls the formats 14 and 22 by their American forms; they are not compared.
- openpyxl keeps an empty text as a cell without a value; the reader has no entry for it.
- openpyxl gives #VALUE! for a number that is no date under a date format; the number is what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import pipeline
from reconcile.package import Refused, Sheet, Workbook, open_workbook
from reconcile.package.strings import decode_escapes
from reconcile.packs import load

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FILES = sorted(SAMPLES.glob("*/returns*/*.xlsx"))
LANGUAGE_DEPENDENT = {"mm-dd-yy", "m/d/yy h:mm"}


def cells_of(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], object, str, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield (cell.row, cell.column), cell.value, cell.data_type, cell.number_format


def agrees(text: str, kind: str, value: object, epoch: object) -> bool:
    if value == "#VALUE!" and kind == "n":
        return True
    if isinstance(value, bool):
        return (kind, text) == ("b", "TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        return kind == "n" and float(text) == value
    if isinstance(value, str):
        return kind in ("s", "e") and text == decode_escapes(value)
    return kind == "n" and abs(Decimal(text) - Decimal(repr(float(to_excel(value, epoch))))) < Decimal("0.00001")


def compare(path: Path) -> int:
    """All sheets, cells, formats, formulas with their stored results, merged ranges and what is hidden."""
    ours: Workbook = open_workbook(path)
    formulas, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    epoch = CALENDAR_MAC_1904 if ours.date1904 else CALENDAR_WINDOWS_1900
    assert [(s.name, s.visibility) for s in ours.sheets] == [(s.title, s.sheet_state) for s in formulas.worksheets]
    compared = 0
    for mine, written, stored in zip(ours.sheets, formulas.worksheets, results.worksheets, strict=True):
        compared += compare_sheet(ours, mine, written, stored, epoch)
    return compared


def compare_sheet(book: Workbook, mine: Sheet, written: Worksheet, stored: Worksheet, epoch: object) -> int:
    seen = set()
    for place, value, data_type, number_format in cells_of(written):
        seen.add(place)
        at = mine.entry_at(*place)
        assert at >= 0, (mine.name, place, value)
        assert number_format in (book.number_formats[mine.style[at]], *LANGUAGE_DEPENDENT)
        result = stored.cell(*place).value
        if data_type == "f":
            text = value if isinstance(value, str) else value.text  # type: ignore[attr-defined]
            assert mine.formulas[at].text == text.removeprefix("=")
            assert mine.formulas[at].stored == (result is not None) or mine.text[at] == ""
        else:
            assert at not in mine.formulas
        if result is not None:
            assert agrees(mine.text[at], mine.kind[at], result, epoch), (mine.name, place, mine.text[at], result)
    assert set(zip(mine.row, mine.column, strict=True)) == seen
    ranges = {(r.min_row, r.min_col, r.max_row, r.max_col) for r in written.merged_cells.ranges}
    assert {tuple(each) for each in mine.merged} == ranges
    hidden = {row for row, dimension in written.row_dimensions.items() if dimension.hidden}
    assert set(mine.hidden_rows) == hidden
    return len(seen)


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.parent.name}-{path.stem[:9]}"
)
def test_both_read_the_samples_alike(path: Path) -> None:
    try:
        open_workbook(path)
    except Refused:
        with pytest.raises(Exception):  # noqa: B017, PT011 - openpyxl has no one name for a damaged file
            openpyxl.load_workbook(path)
        return
    assert compare(path) > 10


def test_there_are_samples() -> None:
    assert len(FILES) > 40


def test_both_read_a_master_alike(tmp_path: Path) -> None:
    returns = sorted((SAMPLES / "plan2022" / "returns-with-errors").glob("*.xlsx"))[:5]
    pipeline.run(load("plan2022"), returns, tmp_path / "out", pipeline.Options(jobs=1))
    books = sorted((tmp_path / "out").rglob("*.xlsx"))
    assert sum(map(compare, books)) > 2000

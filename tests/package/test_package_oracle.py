"""openpyxl reads the same workbook: the same cells, formats, formulas, merges come out."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel

from reconcile.package import Sheet, Workbook, open_workbook

pytestmark = pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning")

# Explained differences: openpyxl leaves _xHHHH_ as it is, and gives serial numbers for formats 27-36 and 50-58.
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_characters="_", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\t\n"),
    min_size=1,
    max_size=20,
)
VALUES = (
    PLAIN.filter(lambda text: not text.startswith("="))
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.sampled_from(["#N/A", "#REF!", "#DIV/0!"])
    | st.sampled_from(["=SUM(A1:B2)", '=IF(A1<2,"a&b",""" ""x""")', "=[1]様式!A1"])
    | st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    )
)
FORMATS = st.sampled_from(["General", "0%", '0.0"%"', "#,##0", '#,##0,"千円"', 'yyyy"年"m"月"d"日"', "[$-411]ge.m.d"])
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 40), st.integers(1, 60)), st.tuples(VALUES, FORMATS), min_size=1, max_size=40
)


def expected(value: object) -> tuple[str, object]:
    if isinstance(value, bool):
        return "b", "TRUE" if value else "FALSE"
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)):
        return "n", Decimal(repr(float(to_excel(value))))
    if isinstance(value, (int, float)):
        return "n", float(value)
    return ("e" if value in ("#N/A", "#REF!", "#DIV/0!") else "s"), value


def compare(ours: Sheet, theirs, book: Workbook) -> int:
    """The same cells on both sides; how many there are."""
    seen = {}
    for row in theirs.iter_rows():
        for cell in row:
            if cell.value is not None:
                seen[cell.row, cell.column] = cell
    assert set(zip(ours.row, ours.column, strict=True)) == set(seen)
    for (row, column), cell in seen.items():
        at = ours.entry_at(row, column)
        assert book.number_formats[ours.style[at]] == cell.number_format or cell.number_format == "mm-dd-yy"
        if cell.data_type == "f":
            text = cell.value if isinstance(cell.value, str) else cell.value.text
            assert ours.formulas[at].text == text.removeprefix("=")
            continue
        if cell.value == "#VALUE!":  # openpyxl's answer to a number that is no date; the number is what is stored
            assert ours.kind[at] == "n"
            continue
        kind, value = expected(cell.value)
        assert ours.kind[at] == kind
        if isinstance(value, Decimal):
            assert abs(Decimal(ours.text[at]) - value) < Decimal("0.00001")
        elif kind == "n":
            assert float(ours.text[at]) == value
        else:
            assert ours.text[at] == value
    assert {str(openpyxl_range(each)) for each in ours.merged} == {str(each) for each in theirs.merged_cells.ranges}
    return len(seen)


def openpyxl_range(each):
    return openpyxl.worksheet.cell_range.CellRange(
        min_row=each.top, min_col=each.left, max_row=each.bottom, max_col=each.right
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filled=CELLS)
def test_written_by_openpyxl(tmp_path, filled):
    book = openpyxl.Workbook()
    sheet = book.active
    for (row, column), (value, number_format) in filled.items():
        cell = sheet.cell(row, column, value)
        cell.number_format = number_format
    sheet.merge_cells("CA1:CB3")
    path = tmp_path / "a.xlsx"
    book.save(path)
    ours = open_workbook(path)
    assert compare(ours.sheets[0], openpyxl.load_workbook(path).active, ours) >= 1


def write_with_xlsxwriter(path: Path | io.BytesIO, filled, **options) -> None:
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet("様式")
    for (row, column), (value, number_format) in sorted(filled.items(), key=lambda each: each[0]):
        style = book.add_format({"num_format": number_format})
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, style)
        elif isinstance(value, str) and value.startswith("="):
            sheet.write_formula(row, column, value, style, 12)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, style)
        elif isinstance(value, datetime.datetime):
            sheet.write_datetime(row, column, value, style)
        else:
            sheet.write_number(row, column, value, style)
    sheet.merge_range("CA1:CB3", "")
    book.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filled=CELLS, constant_memory=st.booleans())
def test_written_by_xlsxwriter(tmp_path, filled, constant_memory):
    filled = {
        place: (value if value not in ("#N/A", "#REF!", "#DIV/0!") else "error", number_format)
        for place, (value, number_format) in filled.items()
    }
    path = tmp_path / "a.xlsx"
    write_with_xlsxwriter(path, filled, constant_memory=constant_memory)
    ours = open_workbook(path)
    assert compare(ours.sheets[0], openpyxl.load_workbook(path).active, ours) >= 1
    for entry, formula in ours.sheets[0].formulas.items():
        assert (formula.stored, ours.sheets[0].text[entry]) == (True, "12")


@pytest.mark.parametrize("number", [*range(5), *range(9, 14), *range(15, 22), 37, 38, *range(45, 50)])
def test_built_in_formats(number):
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    from reconcile.package.styles import BUILT_IN

    # openpyxl has the American forms, with _) for the width of a bracket.
    assert BUILT_IN[number] == BUILTIN_FORMATS[number].replace("_);(", " ;(").replace("_);[", " ;[").replace(
        "0_)", "0 "
    ).replace("0)", "0)")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (27, "[$-411]ge\\.m\\.d"),
        (31, 'yyyy"年"m"月"d"日"'),
        (36, "[$-411]ge\\.m\\.d"),
        (55, 'yyyy"年"m"月"'),
        (58, '[$-411]ggge"年"m"月"d"日"'),
    ],
)
def test_japanese_dates(read, number, code):
    workbook = read(
        '<row r="1"><c r="A1" s="1"><v>45382</v></c></row>',
        styles=f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>',
    )
    assert workbook.number_formats[workbook.sheets[0].style[0]] == code


def test_visibility_and_hidden_lines(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = 1
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions.group("E", "G", hidden=True)
    book.create_sheet("隠し").sheet_state = "veryHidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    ours = open_workbook(path)
    assert ours.sheets[0].hidden_rows == {3}
    assert ours.sheets[0].hidden_columns == {3, 5, 6, 7}
    assert [each.visibility for each in ours.sheets] == ["visible", "veryHidden"]

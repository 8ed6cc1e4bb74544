"""Rows written as text are what XlsxWriter writes for the same cells.

Compared after two steps of normalisation: the hint ``spans`` of a row is left out, and shared strings are put in the
place of their numbers.
"""

from __future__ import annotations

import html
import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from reconcile.coded import Coded
from reconcile.package import (
    BLANK,
    FORMULA,
    NONE,
    NUMBER,
    OWN_ROW,
    STRING,
    Block,
    Column,
    Filling,
    Scaled,
    fill,
    filling,
    look,
    open_workbook,
    written_cells,
)
from reconcile.package.filling import Clash
from reconcile.package.limits import Limits
from reconcile.package.written_figures import Written, cells

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = (
    "事業名",
    "a & b < c > d",
    ' " quoted" ',
    "two\nlines",
    "ends in a break\n",
    "\ttab",
    "_x0041_ stays",
    "_x005F_",
    "=SUM(A1:A9)",
    "％s %d 100%",
    "😀と漢字",
    "&amp; &#65;",
    "<r>no markup</r>x",
    "001",
)
NUMBERS = (0, 1, -1, 12.5, 0.1, 1 / 3, 8.41, -2.675, 123456789012345, 1e15, 1e21, 5e-9, 48213.0, 99999.99)
FORMULAS = ('IF(A1<>1,3,0)&""', f"SUM(A{OWN_ROW}:C{OWN_ROW})", "SUM(A1,C1)")  # by format
Cell = tuple[int, int, object]  # kind, format, value


def table(seed: int) -> list[list[Cell]]:
    """Rows of cells of every kind; in some columns all are alike, as in most tables."""
    chance = random.Random(seed)
    columns = chance.randrange(1, 30)
    alike = [chance.choice((None, None, NONE, BLANK, NUMBER, STRING, FORMULA)) for _ in range(columns)]

    def cell(own: int | None) -> Cell:
        kind = chance.choice((NONE, BLANK, NUMBER, STRING, FORMULA)) if own is None else own
        value = chance.choice(TEXTS) if kind == STRING else chance.choice(NUMBERS)
        return kind, chance.randrange(3), value

    return [[cell(own) for own in alike] for _ in range(chance.randrange(1, 50))]


def book(content: io.BytesIO) -> tuple[xlsxwriter.Workbook, object, list[object]]:
    made = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made.set_properties({"created": datetime(2022, 4, 1)})  # else the time of day
    sheet = made.add_worksheet("表 & 図")
    formats = [made.add_format({"bold": True}), made.add_format({"border": 1}), made.add_format({"num_format": "0.0"})]
    sheet.write_string(0, 0, "事業名", formats[0])
    for number, style in enumerate(formats):
        sheet.write_blank(0, number + 1, None, style)
    return made, sheet, formats


def result(value: float) -> float:
    """What XlsxWriter is given so that it writes a result as we do: nothing behind the point that says nothing."""
    return int(value) if value == int(value) and abs(value) < 1e16 else value


def by_xlsxwriter(rows: list[list[Cell]], heights: list[float]) -> io.BytesIO:
    content = io.BytesIO()
    made, sheet, formats = book(content)
    for row, (line, height) in enumerate(zip(rows, heights, strict=True), start=2):
        sheet.set_row(row, height)
        for column, (kind, style, value) in enumerate(line):
            if kind == BLANK:
                sheet.write_blank(row, column, None, formats[style])
            elif kind == NUMBER:
                sheet.write_number(row, column, value, formats[style])
            elif kind == STRING:
                sheet.write_string(row, column, value, formats[style])
            elif kind == FORMULA:
                formula = FORMULAS[style].replace(OWN_ROW, str(row + 1))
                sheet.write_formula(row, column, f"={formula}", formats[style], result(value))
    sheet.write_string(len(rows) + 3, 0, "below", formats[1])
    made.close()
    return content


def by_filling(rows: list[list[Cell]], heights: list[float], path: Path) -> None:
    content = io.BytesIO()
    made, sheet, formats = book(content)
    sheet.write_string(len(rows) + 3, 0, "below", formats[1])
    styles = [style._get_xf_index() for style in formats]
    made.close()
    columns = []
    for number, own in enumerate(zip(*rows, strict=True), start=1):
        looks = np.array([look(kind, styles[style] if kind != NONE else 0) for kind, style, _ in own], dtype=np.uint32)
        texts = Coded.of([value if kind == STRING else "" for kind, _, value in own])
        made = Coded.of([FORMULAS[style] for _, style, _ in own])
        figures = np.array([float(value) if kind in (NUMBER, FORMULA) else 0.0 for kind, _, value in own])
        once = number % 2 and len(set(looks.tolist())) == 1  # what all cells are may be said once or for each
        columns.append(Column(number, int(looks[0]) if once else looks, figures, texts, made))
    block = Block(np.arange(3, len(rows) + 3, dtype=np.int64), columns, np.array(heights))
    fill(content, path, {SHEET: Filling([block])}, {}, str)


def normalised(source: io.BytesIO | Path) -> str:
    with zipfile.ZipFile(source) as package:
        items = re.findall(r"<si>(.*?)</si>", package.read("xl/sharedStrings.xml").decode(), re.DOTALL)
        part = re.sub(r' spans="[^"]*"', "", package.read(SHEET).decode())
    return re.sub(r' t="s"><v>(\d+)</v>', lambda match: f' t="s">{items[int(match[1])]}', part)


@pytest.mark.parametrize("seed", range(40))
def test_the_part_is_the_one_xlsxwriter_writes(seed: int, tmp_path: Path) -> None:
    rows, chance = table(seed), random.Random(seed)
    heights = [chance.choice((15.0, 18.0, 33.4, 409.0)) for _ in rows]
    by_filling(rows, heights, tmp_path / "filled.xlsx")
    assert normalised(tmp_path / "filled.xlsx") == normalised(by_xlsxwriter(rows, heights))


@pytest.mark.parametrize("seed", range(10))
def test_texts_and_figures_come_back(seed: int, tmp_path: Path) -> None:
    rows = table(100 + seed)
    path = tmp_path / "filled.xlsx"
    by_filling(rows, [18.0] * len(rows), path)
    theirs = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    ours = open_workbook(path, Limits()).sheets[0]
    written = Written(path)
    figures, texts = written.figures("表 & 図"), written.texts("表 & 図")
    for number, line in enumerate(rows, start=3):
        for column, (kind, _, value) in enumerate(line, start=1):
            at = ours.entry_at(number, column)
            cell = cells(np.array([number]), np.array([column]))
            place = figures.at(cell)[0]
            assert (place >= 0) == (kind in (NUMBER, FORMULA))
            if kind in (NUMBER, FORMULA):
                assert theirs.cell(number, column).value == float(f"{value:.16G}")
                assert float(ours.text[at]) == figures.value[place] == float(f"{value:.16G}")
            elif kind == STRING:
                assert ours.text[at] == texts[int(cell[0])] == value
                if "_x" not in value:  # openpyxl takes the escape away twice
                    assert theirs.cell(number, column).value == value
    written.close()


def with_everything(sheet: object, made: xlsxwriter.Workbook) -> None:
    """What stands behind the rows of a sheet, and so behind or before its merged cells and links."""
    sheet.conditional_format(0, 0, 9, 0, {"type": "formula", "criteria": "=A1=1", "format": made.add_format()})
    sheet.data_validation(0, 0, 9, 0, {"validate": "list", "source": ["a", "b"]})
    sheet.set_h_pagebreaks([5])
    sheet.set_landscape()
    sheet.write_comment(0, 0, "a note")
    sheet.ignore_errors({"number_stored_as_text": "A1:B9"})


@pytest.mark.parametrize("also", [with_everything, lambda *_: None])
@pytest.mark.parametrize("before", [True, False])
def test_merged_cells_and_links_stand_where_xlsxwriter_has_them(
    also: Callable[[object, xlsxwriter.Workbook], None], before: bool, tmp_path: Path
) -> None:
    merged, links = ["C3:C4", "C5:C6"], [("B3", "'表 & 図'!A1", '見る & "a"'), ("B4", "'表 & 図'!B2", "x\ny")]
    parts = []
    for filled in (False, True):
        content = io.BytesIO()
        made, sheet, formats = book(content)
        also(sheet, made)
        if before:
            sheet.merge_range("D1:E1", "", formats[0])
            sheet.write_url(0, 5, "internal:'表 & 図'!A1", formats[0], "x")
        if not filled:
            for cell, to, shown in links:
                sheet.write_url(cell, f"internal:{to}", formats[0], shown)
            for cells_of in merged:
                sheet.merge_range(cells_of, "", formats[0])
        made.close()
        path = tmp_path / f"{filled}.xlsx"
        if filled:
            fill(content, path, {SHEET: Filling(merged=merged, links=links)}, {}, str)
        else:
            path.write_bytes(content.getvalue())
        parts.append(re.sub(r"<dimension.*?</sheetData>", "", normalised(path), flags=re.DOTALL))
        openpyxl.load_workbook(path)
    assert parts[0] == parts[1]


def test_markup_of_a_text_stays_text(tmp_path: Path) -> None:
    """XlsxWriter takes such a text for its own rich text."""
    by_filling([[(STRING, 0, "<r><t>bold</t></r>")]], [15.0], tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A3"].value == "<r><t>bold</t></r>"


def test_two_hands_in_one_row(tmp_path: Path) -> None:
    content = io.BytesIO()
    made, _, _ = book(content)
    made.close()
    block = Block(np.array([1], dtype=np.int64), [Column(1, look(NUMBER), np.array([1.0]))])
    with pytest.raises(Clash):
        fill(content, tmp_path / "a.xlsx", {SHEET: Filling([block])}, {}, str)


def test_figures_kept_in_one_scale_are_written_as_their_quotients(tmp_path: Path) -> None:
    whole = np.array([0, 5, -125, 12_340, 10**15 + 1], dtype=np.int64)
    kept = {"scaled": Scaled(whole, 100.0), "divided": whole / 100.0}
    for name, figures in kept.items():
        content = io.BytesIO()
        book(content)[0].close()
        block = Block(np.arange(2, 7, dtype=np.int64), [Column(1, look(NUMBER), figures)])
        fill(content, tmp_path / f"{name}.xlsx", {SHEET: Filling([block])}, {}, str)
    assert len(kept["scaled"]) == 5
    assert (tmp_path / "scaled.xlsx").read_bytes() == (tmp_path / "divided.xlsx").read_bytes()
    assert "<v>-1.25</v>" in normalised(tmp_path / "scaled.xlsx")


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        by_filling(table(7), [18.0] * len(table(7)), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_table_over_more_rows_than_xlsxwriter_was_told_of(tmp_path: Path) -> None:
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content)
    made.add_worksheet().add_table("A1:B2", {"name": "wide", "columns": [{"header": "a"}, {"header": "b"}]})
    made.close()
    block = Block(np.arange(2, 12, dtype=np.int64), [Column(1, look(NUMBER), np.arange(10))])
    fill(content, tmp_path / "a.xlsx", {SHEET: Filling([block])}, {"wide": "A1:B11"}, str)
    found = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].tables["wide"]
    assert (found.ref, found.autoFilter.ref) == ("A1:B11", "A1:B11")
    assert html.unescape("A1:B11") in normalised(tmp_path / "a.xlsx")


def emptied(content: io.BytesIO, part: str, what: str) -> io.BytesIO:
    """The same package without what a pattern matches in one of its parts."""
    with zipfile.ZipFile(content) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts[part] = re.sub(what, "", parts[part], count=1, flags=re.DOTALL)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return changed


@pytest.mark.parametrize(
    ("part", "what", "said"),
    [
        (SHEET, "<sheetData.*</sheetData>|<sheetData/>", "no sheet data"),
        ("xl/sharedStrings.xml", r' count="\d+" uniqueCount="\d+"', "no table of shared strings"),
    ],
)
def test_a_package_that_xlsxwriter_did_not_write(part: str, what: str, said: str, tmp_path: Path) -> None:
    content = io.BytesIO()
    made, _, _ = book(content)
    made.close()
    with pytest.raises(ValueError, match=said):
        fill(emptied(content, part, what), tmp_path / "a.xlsx", {SHEET: Filling()}, {}, str)


@pytest.mark.parametrize(("rows", "kind"), [(3, NONE), (0, NUMBER)])
def test_a_block_without_cells_widens_nothing(rows: int, kind: int, tmp_path: Path) -> None:
    content = io.BytesIO()
    made, _, _ = book(content)
    made.close()
    block = Block(np.arange(7, 7 + rows, dtype=np.int64), [Column(9, look(kind), np.zeros(rows))])
    fill(content, tmp_path / "a.xlsx", {SHEET: Filling([block])}, {}, str)
    assert '<dimension ref="A1:D1"/>' in normalised(tmp_path / "a.xlsx")


def test_more_links_than_are_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO()
    made, _, _ = book(content)
    made.close()
    monkeypatch.setattr(filling, "_AT_ONCE", 2)
    links = [(f"A{row}", "'表 & 図'!A1", str(row)) for row in range(1, 6)]
    fill(content, tmp_path / "a.xlsx", {SHEET: Filling(links=links)}, {}, str)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [sheet[cell].hyperlink.display for cell, _, _ in links] == ["1", "2", "3", "4", "5"]


def test_a_sheet_without_figures_is_read_back(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        made.add_worksheet("空")
        made.add_worksheet("文字").write_string(0, 0, "あ")
    written = Written(tmp_path / "a.xlsx")
    asked = cells(np.array([1, 2]), np.array([1, 1]))
    for sheet, texts in (("空", {}), ("文字", {int(asked[0]): "あ"})):
        assert written.figures(sheet).at(asked).tolist() == [-1, -1]
        assert written.texts(sheet) == texts
    written.close()


def test_a_figure_in_the_last_corner_is_read_back(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        made.add_worksheet("表").write_number("XFD1048576", 12.5)
    written = Written(tmp_path / "a.xlsx")
    figures = written.figures("表")
    assert (figures.at(cells(np.array([1_048_576]), np.array([16_384]))).tolist(), figures.value.tolist()) == (
        [0],
        [12.5],
    )
    written.close()


def test_texts_that_cells_cannot_hold_are_written_as_they_are_shown(tmp_path: Path) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        made.add_worksheet("表").write_string(0, 0, "_x0041_")
    texts = Coded.of(["西京", "東京", "_x0041_", "東京"])
    block = Block(np.arange(2, 6, dtype=np.int64), [Column(1, look(STRING), texts=texts)])
    fill(content, tmp_path / "a.xlsx", {SHEET: Filling([block])}, {}, lambda text: text.replace("東", "西"))
    assert open_workbook(tmp_path / "a.xlsx").sheets[0].text == ["_x0041_", "西京", "西京", "_x0041_", "西京"]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert package.read("xl/sharedStrings.xml").count("西京".encode()) == 1


@pytest.mark.parametrize("kind", [STRING, FORMULA, NUMBER])
def test_a_column_that_was_given_nothing_to_hold(kind: int, tmp_path: Path) -> None:
    content = io.BytesIO()
    made, _, _ = book(content)
    made.close()
    block = Block(np.arange(7, 9, dtype=np.int64), [Column(3, look(kind))])
    with pytest.raises(ValueError, match="column 3"):
        fill(content, tmp_path / "a.xlsx", {SHEET: Filling([block])}, {}, str)


def test_the_kinds_of_looks() -> None:
    looks = np.array([look(STRING, 7), look(NUMBER), look(BLANK, 200)], dtype=np.uint32)
    assert written_cells.kinds(looks).tolist() == [STRING, NUMBER, BLANK]

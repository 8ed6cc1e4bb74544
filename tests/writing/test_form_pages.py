"""Where pages end, what stands once for several records, and which totals become formulas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import pipeline
from reconcile.packs import load
from reconcile.writing.form_live import _circular, ranges, sum_of
from reconcile.writing.paper import Paper, find_breaks, fitting_paper

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PAGE = Paper(9, True, 842, 194)  # 100 × .97 points high between its margins


class Rows:
    """A sheet of rows, all as high, one page wide."""

    def __init__(self, height: float) -> None:
        self.widths_set = {1: 100.0}
        self.height = height

    def depths(self, bottom: int) -> npt.NDArray[np.float64]:
        return np.arange(bottom + 1) * self.height


@pytest.fixture(scope="module")
def masters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    found = {}
    for name in ("plan2022", "welfare2024", "management2024", "districts2022"):
        out = tmp_path_factory.mktemp(name) / "out"
        pipeline.run(load(name), [SAMPLES / name / "returns"], out)
        found[name] = openpyxl.load_workbook(out / "master.xlsx")
    return found


def breaks(*starts: tuple[int, int], bottom: int = 30) -> list[int]:
    return find_breaks(Rows(10), PAGE, (1, 1, bottom, 1), (1, 1), starts)  # type: ignore[arg-type]


def test_a_page_ends_where_the_next_record_does_not_fit() -> None:
    """Nine rows a page, one of them the repeated header."""
    assert breaks((2, 9), (5, 9), (8, 9), (11, 9), bottom=13) == [7]


def test_a_page_that_is_nearly_full_ends_before_the_next_section() -> None:
    assert breaks((2, 9), (5, 9), (7, 0), (9, 9), (11, 9), bottom=13) == [6]
    # … but not where most of it would stay empty.
    assert breaks((2, 9), (4, 0), (6, 9), (9, 9), (11, 9), bottom=13) == [8]


def test_a_record_higher_than_a_page_begins_one_of_its_own() -> None:
    assert breaks((2, 9), (4, 9), (20, 9), bottom=22) == [3, 19]


def test_paper_is_as_large_as_the_columns_need() -> None:
    assert [(p.size, p.landscape) for p in map(fitting_paper, (400, 700, 1000, 2000))] == [
        (9, False),
        (9, True),
        (9, True),
        (8, True),
    ]


def test_neighbours_are_named_as_ranges() -> None:
    assert ranges([(5, 4), (5, 5), (6, 5), (7, 5), (9, 5)]) == ["D5:E5", "E6:E7", "E9"]
    assert sum_of([(5, 4), (5, 5)]) == "=SUM(D5:E5)"
    assert sum_of([(5, 5)]) == "=E5"
    assert sum_of([(row, 1) for row in range(1, 600, 2)]).count("SUM(") == 2
    assert sum_of([(row, 1) for row in range(100_000, 110_000, 2)]) == ""


def test_no_formula_comes_back_to_itself() -> None:
    a, b, c, d = (1, 1), (2, 1), (3, 1), (4, 1)
    assert _circular({a: [b, c], b: [c, d]}) == []
    left_out = _circular({a: [b], b: [c], c: [a, d]})
    assert len(left_out) == 1
    assert _circular({a: [b], b: [a]}) in ([a], [b])


def test_what_heads_several_records_stands_over_those_alone(masters: dict[str, openpyxl.Workbook]) -> None:
    """様式6: each 方針 over its own rows; the columns are filled down in the returns."""
    sheet = masters["plan2022"]["様式6"]
    policies = [cell.value for cell in sheet["A"][3:] if cell.value]
    assert len(dict.fromkeys(policies)) > 2
    covered = [r for r in sheet.merged_cells.ranges if r.min_col == 1 and r.min_row > 3]
    assert all(sheet.cell(r.min_row, 1).value for r in covered)
    numbers = [cell.value for cell in masters["plan2022"]["様式7"]["A"][3:] if cell.value]
    assert len(numbers) > 2


def test_no_merged_cell_goes_over_the_end_of_a_page(masters: dict[str, openpyxl.Workbook]) -> None:
    for name, book in masters.items():
        for sheet in book:
            ends = {page.id for page in sheet.row_breaks.brk}
            for merged in sheet.merged_cells.ranges:
                assert not ends & set(range(merged.min_row, merged.max_row)), (name, sheet.title, str(merged))


def test_the_effects_have_their_total_and_what_it_is_made_of(masters: dict[str, openpyxl.Workbook]) -> None:
    """様式4 as printed: 合計 without the two items listed again, 内訳 as stated (an item bears two flags)."""
    sheet = masters["plan2022"]["様式4"]
    labels = {str(row[0].value): row for row in sheet.iter_rows(min_row=4) if row[0].value}
    total = labels["合計"]
    columns = [cell for cell in total if cell.value is not None][1:4]
    assert all(str(cell.value).startswith("=SUM(") for cell in columns)
    for cell in columns:
        parts = [labels[f"内訳　{name}"][cell.column - 1].value for name in ("削減額", "抑制額", "歳入増")]
        assert sum(part for part in parts if isinstance(part, int | float)) > 0
    assert "基本方針" in [cell.value for cell in sheet[3]]
    assert any(label.startswith("※再掲の項目（") and "5-1" in label and "9-1" in label for label in labels)


def test_a_matrix_shows_its_titles_and_labels_and_no_keys(masters: dict[str, openpyxl.Workbook]) -> None:
    facilities = masters["plan2022"]["様式5"]
    texts = [cell.value for cell in facilities["A"] if cell.value]
    assert {"公共施設の整備費及び維持管理経費", "抑制額・歳入増", "削減額", "建物総量上限"} <= set(texts)
    row = next(cell.row for cell in facilities["A"] if cell.value == "経費上限")
    assert facilities.cell(row, 2).value == f"=SUM(B{row + 1}:B{row + 2})"
    assert "取扱業務　証明書取次発行サービス" in [cell.value for cell in masters["districts2022"]["様式D2"]["A"]]
    keys = {"certificate", "handbook", "lending", "method", "category", "cost", "restraint", "reduction"}
    for book in masters.values():
        for sheet in book:
            if sheet.title.startswith("様式"):
                assert not keys & {str(cell.value) for row in sheet.iter_rows() for cell in row}


def test_running_totals_and_levels_are_live(masters: dict[str, openpyxl.Workbook]) -> None:
    """様式D2: 累計 is the month's cases after the last 累計; 地域 adds up its 地区."""
    sheet = masters["districts2022"]["様式D2"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "池尻地区")
    assert sheet.cell(row, 3).value == f"=B{row}"
    assert sheet.cell(row, 5).value == f"=SUM(C{row}:D{row})"
    formulas = sum(str(cell.value).startswith("=") for r in sheet.iter_rows() for cell in r)
    assert formulas > 500


def test_what_two_departments_answer_alike_stands_once(masters: dict[str, openpyxl.Workbook]) -> None:
    sheet = masters["districts2022"]["様式D1"]
    names = [cell.value for cell in sheet["A"][3:] if cell.value]
    assert len(names) == len(set(names)) == 34
    sources = [
        cell.value for row in sheet.iter_rows(min_row=4) for cell in row if cell.value and "、" in str(cell.value)
    ]
    assert "世田谷総合支所、地域行政部" in sources


def test_actions_and_outcomes_stand_side_by_side(masters: dict[str, openpyxl.Workbook]) -> None:
    sheet = masters["welfare2024"]["様式A"]
    heads = [cell.value for cell in sheet[3]]
    assert heads.index("行動量") < heads.index("成果指標") < heads.index("評価※１")
    assert "様式A（成果指標）" not in masters["welfare2024"].sheetnames
    left, right = heads.index("行動量"), heads.index("成果指標")
    pairs = {str(r[left].value): str(r[right].value) for r in sheet.iter_rows(min_row=4) if r[left].value}
    assert pairs["認知症の相談窓口等を周知する講演会の実施回数"].startswith(
        "あんしんすこやかセンターの認知症に関する相談件数"
    )


def test_an_outcome_of_two_actions_stands_over_the_rows_of_both(masters: dict[str, openpyxl.Workbook]) -> None:
    """Its cells were merged over the six rows in the return; of its three words each goes over two of them."""
    sheet = masters["welfare2024"]["様式A"]
    heads = [cell.value for cell in sheet[3]]
    names = heads.index("成果指標") + 1
    (row,) = (
        cell.row
        for cell in sheet[openpyxl.utils.get_column_letter(names)]
        if cell.value == "全区的な施策の立案に向けた検討テーマの数"
    )
    number, words = heads.index("成果指標の番号") + 1, names + 2
    ranges = {str(merged) for merged in sheet.merged_cells.ranges}

    def over(column: int, first: int, last: int) -> str:
        letters = openpyxl.utils.get_column_letter(column)
        return f"{letters}{row + first}:{letters}{row + last}"

    assert {over(column, 0, 5) for column in (number, names, names + 1, heads.index("評価※１") + 1)} <= ranges
    assert {over(c, first, first + 1) for c in (words, words + 1) for first in (0, 2, 4)} <= ranges
    assert [sheet.cell(row + n, words).value for n in range(6)] == ["目標", None, "実績", None, "達成状況", None]
    assert [sheet.cell(row + n, words + 1).value for n in (0, 2)] == [1, 1]
    actions = [sheet.cell(row + n, heads.index("行動量の番号") + 1).value for n in (0, 3)]
    assert actions == ["１－①", "１－②"]
    assert row + 2 not in {page.id for page in sheet.row_breaks.brk}


def test_a_card_is_printed_as_a_card_with_its_table_inside(masters: dict[str, openpyxl.Workbook]) -> None:
    sheet: Worksheet = masters["management2024"]["様式M1"]
    labels = [cell.value for cell in sheet["A"] if cell.value]
    start = labels.index("項目")
    assert labels[start : start + 6] == [
        "項目",
        "所管部",
        "取組み内容",
        "年次別計画",
        "目指すべき効果・成果",
        "R6実績",
    ]
    row = next(cell.row for cell in sheet["A"] if cell.value == "年次別計画")
    assert [sheet.cell(row, column).value for column in range(2, 7)] == ["取組み", "R6", "R7", "R8", "R9"]
    assert sheet.cell(row + 1, 2).value
    assert "様式M1（年次別計画）" not in masters["management2024"].sheetnames

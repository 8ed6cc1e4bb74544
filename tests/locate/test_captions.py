"""Rows between a header and its records that are neither: units, and the numbers of the columns."""

from __future__ import annotations

import pytest
from drawn_sheets import codes, drawn, read, values

BUDGET = """
施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 | | 修正計画 | 実績
| | | | 令和4年度 | 令和5年度 | 令和5年度 | 令和4年度
{row}
1 | 地域防災力の向上 | 01-001 | 啓発 | 10 | 20 | 30 | 5
 | 小計 | | | 10 | 20 | 30 | 5
合計 | | | | 10 | 20 | 30 | 5
"""

CAPTIONS = [
    "| | | | （千円） | （千円） | （千円） | （千円）",
    "| | | | 千円 | 千円 | 千円 | 千円",
    "(1) | (2) | (3) | (4) | (5) | (6) | (7) | (8)",
    "① | ② | ③ | ④ | ⑤ | ⑥ | ⑦ | ⑧",
    "| | | | ア | イ | ウ | エ",
    "A | B | C | D | E | F | G | H=E+F",
    "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8",
    "(1) | (2) | (3) | (4) | (5) | (6) | (7) | (8)\n| | | | 千円 | 千円 | 千円 | 千円",
]
RECORDS = [
    "2 | 安全なまち | 02-001 | 助成 | 7 | 7 | 7 | 7",
    "| | | 啓発 | 1 | 2 | 3 | 4",
    "| | | | 1 | 2 | 3 | 4",
]


@pytest.mark.parametrize("row", CAPTIONS)
def test_a_row_of_captions_is_no_record(row: str) -> None:
    found = read(drawn(BUDGET.format(row=row)))
    assert {key for key, slot, _ in values(found, "budget") if slot == "code"} == {"1/01-001"}
    assert codes(found) == []


@pytest.mark.parametrize("row", RECORDS)
def test_a_row_that_may_be_an_answer_is_none(row: str) -> None:
    found = read(drawn(BUDGET.format(row=row)))
    assert len({key for key, *_ in values(found, "budget")} - {"1/subtotal", "total"}) == 2


def test_another_unit_in_such_a_row_is_said() -> None:
    found = read(drawn(BUDGET.format(row="| | | | （円） | （円） | （円） | （円）")))
    assert [(f.code, f.cell, f.found) for f in found.findings] == [("FLD005", "E3", "（円）")]


BETWEEN = """
施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 | | 修正計画 | 実績
{row}
| | | | 令和4年度 | 令和5年度 | 令和5年度 | 令和4年度
1 | 地域防災力の向上 | 01-001 | 啓発 | 10 | 20 | 30 | 5
 | 小計 | | | 10 | 20 | 30 | 5
合計 | | | | 10 | 20 | 30 | 5
"""
BETWEEN_UNITS = "| | | | （千円） | （千円） | （千円） | （千円）"


@pytest.mark.parametrize(
    "row", [BETWEEN_UNITS, BETWEEN_UNITS.replace("（千円）", "千円"), "| | | | ［千円］ | | 千円 | 千円"]
)
def test_a_row_of_units_between_two_lines_of_a_header_is_none_of_them(row: str) -> None:
    found = read(drawn(BETWEEN.format(row=row), merged=("E1:F1",)))
    assert values(found, "budget")["1/01-001", "amount.initial.FY2023", ""] == "20"
    assert codes(found) == []


def test_a_merged_cell_over_such_a_row_is_one_label() -> None:
    merged = ("A1:A3", "B1:B3", "C1:C3", "D1:D3", "E1:F1", "E2:F2")
    found = read(drawn(BETWEEN.format(row=BETWEEN_UNITS), merged=merged))
    assert values(found, "budget")["1/01-001", "amount.initial.FY2023", ""] == "20"
    assert codes(found) == []


def test_another_unit_between_two_lines_of_a_header_is_said() -> None:
    found = read(drawn(BETWEEN.format(row=BETWEEN_UNITS.replace("千円", "円")), merged=("E1:F1",)))
    assert [(f.code, f.variant, f.found) for f in found.findings] == [("FLD005", "stated", "（円）")]

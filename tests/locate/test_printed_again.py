"""A header printed again on the next page begins no table of its own; one below a total or a title does."""

from __future__ import annotations

from tests.locate import test_locate_matrix as matrix
from tests.locate.drawn_sheets import codes, drawn, read, values

HEAD = """施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 | | 修正計画 | 実績
| | | | 令和4年度 | 令和5年度 | 令和5年度 | 令和4年度
"""
FIRST = """1 | 地域防災力の向上 | 01-001 | 啓発 | 10 | 20 | 30 | 5
 | | 01-002 | 整備 | 1 | 2 | 3 | 4
"""
SUBTOTAL = " | 小計 | | | 11 | 22 | 33 | 9\n"
TOTAL = "合計 | | | | 11 | 22 | 33 | 9\n"
WHOLE = values(read(drawn(HEAD + FIRST + SUBTOTAL + TOTAL)), "budget")


def test_a_table_goes_on_below_its_header_printed_again() -> None:
    for text in (HEAD + FIRST + HEAD + SUBTOTAL + TOTAL, HEAD + FIRST + SUBTOTAL + HEAD + TOTAL):
        found = read(drawn(text))
        assert values(found, "budget") == WHOLE
        assert codes(found) == []
        assert [form.records for form in found.forms] == [2]


def test_texts_filled_down_hold_over_it() -> None:
    one, other = FIRST.splitlines(keepends=True)
    assert values(read(drawn(HEAD + one + HEAD + other + SUBTOTAL + TOTAL)), "budget") == WHOLE


def test_below_a_total_another_table_begins() -> None:
    other = FIRST.replace("01-00", "02-00").replace("1 |", "2 |", 1) + SUBTOTAL + TOTAL
    found = values(read(drawn(HEAD + FIRST + SUBTOTAL + TOTAL + HEAD + other)), "budget")
    assert {key for key, slot, _ in found if slot == "code"} == {"1/01-001", "1/01-002", "2/02-001", "2/02-002"}


def test_a_table_without_a_title_goes_on_in_the_one_above() -> None:
    one, other = matrix.ONE.splitlines(keepends=True)
    header = matrix.UPPER + matrix.LOWER
    text = f"１　証明書取次発行サービス\n{header}{one}{header}{other}\n（３）高枝切ばさみ・車いすの貸出し（件）\n{header}{matrix.TWO}"
    found = matrix.cases(drawn(text, merged=("B2:C2", "D2:E2", "B5:C5", "D5:E5")))
    assert matrix.figures(found, "cases") == matrix.MONTHS
    assert codes(found) == []


def test_below_a_title_or_a_blank_row_it_is_no_page_of_the_table_above() -> None:
    header = matrix.UPPER + matrix.LOWER
    text = f"１　証明書取次発行サービス\n{header}{matrix.ONE}\n{header}{matrix.TWO}"
    assert codes(matrix.cases(drawn(text))) == ["LAY002"]

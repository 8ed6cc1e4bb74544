"""What stands among or below the rows of a table and is no record of it; and texts that say: the same as above."""

from __future__ import annotations

import pytest
from drawn_sheets import codes, drawn, read, values

HEADER = "事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | 目標値変更理由等"
FIRST = "1-1① | 理解した人の割合 | 60% | 80.0% | 対象を見直したため"
SECOND = "1-2 | 作成済みの人の割合 | 20% | 50% | 対象を見直したため"
EXPECTED = values(read(drawn("\n".join((HEADER, FIRST, SECOND)))), "outcome")

NO_RECORDS = {
    "a note behind its mark": "※１ | 実績は12月末現在の見込み。",
    "a note behind its mark and number": "（注） | 1 | 単価改定を反映した。",
    "dashes in every cell": "― | ― | ― | ― | ―",
    "dashes of several kinds": "－ | ー | - | – | ―",
}


@pytest.mark.parametrize("name", NO_RECORDS)
@pytest.mark.parametrize("between", [True, False])
def test_a_row_that_says_nothing_of_its_own_is_no_record(name: str, *, between: bool) -> None:
    rows = [FIRST, NO_RECORDS[name], SECOND] if between else [FIRST, SECOND, NO_RECORDS[name]]
    found = read(drawn("\n".join((HEADER, *rows))))
    assert (values(found, "outcome"), codes(found)) == (EXPECTED, [])
    assert [form.records for form in found.forms] == [2]


def test_a_row_with_a_figure_is_a_record_whatever_it_begins_with() -> None:
    found = read(drawn("\n".join((HEADER, FIRST, SECOND, "※１ | 新しい指標 | 20 | 50 | ―"))))
    assert [form.records for form in found.forms] == [3]


@pytest.mark.parametrize("mark", ["〃", "同上", "々", "″", "　〃"])
def test_a_text_is_the_one_above_where_it_says_so(mark: str) -> None:
    third = "1-3 | 別の割合 | 20% | 50% | 対象を見直したため"
    said = "\n".join((HEADER, FIRST, SECOND, third))
    repeated = "\n".join(
        (HEADER, FIRST, SECOND.replace("対象を見直したため", mark), third.replace("対象を見直したため", mark))
    )
    found = read(drawn(repeated))
    assert values(found, "outcome") == values(read(drawn(said)), "outcome")
    assert codes(found) == []


def test_a_mark_in_the_first_row_stays_what_it_is() -> None:
    found = read(drawn("\n".join((HEADER, FIRST.replace("対象を見直したため", "〃"), SECOND))))
    assert values(found, "outcome")["1-1①", "reason", ""] == "〃"


BUDGET = """
施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 | | 修正計画 | 実績
| | | | 令和4年度 | 令和5年度 | 令和5年度 | 令和4年度
1 | 防災 | 01-001 | 啓発 | 10 | 20 | 30 | 40
合計 | | | | 10 | 20 | 30 | 40
"""


@pytest.mark.parametrize("below", ["| | | | | | | 以上", "| | | | | | 確認者 | 世田谷", "| | | | ― | ― | ― | ―"])
def test_words_below_the_total_are_no_values_that_were_not_read(below: str) -> None:
    assert codes(read(drawn(BUDGET + below))) == []


@pytest.mark.parametrize("below", ["| | | | 5 | | |", "| | | | | | 5千円 |"])
def test_figures_below_the_total_are_told(below: str) -> None:
    assert codes(read(drawn(BUDGET + below))) == ["LAY006"]


def test_a_text_that_goes_on_in_the_next_rows_is_told() -> None:
    rows = (FIRST, " | | | | 年度途中で", " | | | | 対象を広げた。", SECOND, " | の続き")
    found = read(drawn("\n".join((HEADER, *rows))))
    assert values(found, "outcome") == EXPECTED
    (finding,) = found.findings
    assert (finding.code, finding.variant, finding.data["count"]) == ("LAY006", "rest", 3)
    assert [(cell.ref.row, cell.ref.column) for cell in finding.cells] == [(3, 5), (4, 5), (6, 2)]


@pytest.mark.parametrize(
    "row",
    [
        "ここから新しい指標",  # a heading
        " | 【新しい指標】",
        " | ■新しい指標",
        " | | | | 以上",
        " | | | | ※対象は年度末の見込み",
        " | | | | （単位：％）",
        " | | | | \n | | | | 離れた文",  # not just below
    ],
)
def test_what_stands_alone_for_another_reason_is_no_rest(row: str) -> None:
    assert codes(read(drawn("\n".join((HEADER, FIRST, row, SECOND))))) == []

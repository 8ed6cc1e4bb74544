"""What the locator has to say about a layout: each case is one fault of a department's own making."""

from __future__ import annotations

from drawn_sheets import codes, drawn, read, values

FORM = """
事業番号 | 取組み | 区分 | 令和4年度 | 令和5年度 | 総量 | 計画変更理由・内容等
1-1① | 防災塾 | 当初計画 | 1 | 2 | 3 | ―
| | 修正計画 | ― | ― | ― |
| | 実績 | 1 | | 1 |
1-2 | 個別計画 | 当初計画 | 4 | 5 | 9 | ―
| | 修正計画 | ― | ― | ― |
| | 実績 | 2 | | 2 |
"""


def test_a_missing_header_names_the_nearest_label_seen() -> None:
    found = read(drawn(FORM.replace("総量", "総計画量の計")))
    (finding,) = found.findings
    assert (finding.code, finding.variant, finding.expected, finding.cell) == ("LAY002", "nearest", "総量", "F1")


def test_a_missing_header_without_anything_near_points_at_the_header() -> None:
    found = read(drawn("\n".join(line.rsplit("|", 1)[0] for line in FORM.strip().splitlines())))
    (finding,) = found.findings
    assert (finding.code, finding.expected, finding.cell) == ("LAY002", "計画変更理由・内容等", "A1")


def test_a_figure_is_no_header() -> None:
    """Without the year under 実績, the row below is no second line of a header, and the table no other form's."""
    found = read(
        drawn(
            """
施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 | | 修正計画 | 実績
 | | | | 令和4年度 | 令和5年度 | 令和5年度 |
4 | 認知症 | 04-001 | 研修 | 37518 | 36826 | 36529 | 40658
 | | 04-002 | 啓発 | 36562 | 35886 | 35598 | 39622
小計 | | | | 74080 | 72712 | 72127 | 80280
合計 | | | | 74080 | 72712 | 72127 | 80280
"""
        )
    )
    assert {(f.code, f.form, f.expected) for f in found.findings} == {("LAY002", "budget", "実績・令和4年度")}


def test_a_label_that_stands_twice_cannot_be_told_apart() -> None:
    found = read(drawn(FORM.replace("令和5年度", "令和4年度")))
    assert codes(found) == ["LAY003"]
    assert [part.ref.a1 for part in found.findings[0].cells] == ["D1", "E1"]


def test_a_synonym_is_read_and_said() -> None:
    found = read(drawn(FORM.replace("取組み", "取り組み")))
    assert [(f.code, f.found, f.expected) for f in found.findings] == [("LAY008", "取り組み", "取組み")]
    assert values(found, "activity")["1-2", "name", ""] == "個別計画"


def test_opposites_are_never_taken_for_one_another() -> None:
    found = read(drawn(FORM.replace("令和4年度", "令和3年度")))
    assert [(f.code, f.expected) for f in found.findings] == [("LAY002", "令和4年度")]
    assert ("1-1①", "amount.initial.FY2022", "") not in values(found, "activity")


def test_a_column_of_the_departments_own_matters_only_with_values() -> None:
    lines = FORM.strip().splitlines()
    empty = "\n".join([lines[0] + "| 備考", *lines[1:]])
    filled = "\n".join([lines[0] + "| 備考", lines[1] + "| 要協議", *lines[2:]])
    assert codes(read(drawn(empty))) == []
    (finding,) = read(drawn(filled)).findings
    assert (finding.code, finding.found, finding.cell) == ("LAY004", "備考", "H1")
    assert "H2" in [part.ref.a1 for part in finding.cells]


def test_what_stands_apart_from_the_table_is_no_column_of_it() -> None:
    lines = FORM.strip().splitlines()
    apart = "\n".join([lines[0] + "| | | | 連絡先", lines[1] + "| | | | 内線 1234", *lines[2:]])
    assert codes(read(drawn(apart))) == []


def test_a_figure_beside_the_table_is_said() -> None:
    lines = FORM.strip().splitlines()
    (finding,) = read(drawn("\n".join([lines[0], lines[1] + "| | 1800", *lines[2:]]))).findings
    assert (finding.code, finding.variant, finding.cell) == ("LAY006", "beside", "I2")


def test_a_record_without_one_of_its_rows() -> None:
    lines = FORM.strip().splitlines()
    found = read(drawn("\n".join([*lines[:2], *lines[3:]])))
    (finding,) = found.findings
    assert (finding.code, finding.record, finding.expected) == ("LAY007", "1-1①", "修正計画")
    assert values(found, "activity")["1-2", "amount.initial.total", ""] == "9"


def test_the_last_row_missing_does_not_swallow_the_next_record() -> None:
    lines = FORM.strip().splitlines()
    found = read(drawn("\n".join([*lines[:3], *lines[4:]])))
    assert [(f.code, f.record, f.expected) for f in found.findings] == [("LAY007", "1-1①", "実績")]
    assert values(found, "activity")["1-2", "amount.actual.total", ""] == "2"


def test_a_copy_of_a_table_with_the_same_content_is_read_once() -> None:
    found = read(drawn(FORM, name="様式1"), drawn(FORM, name="様式1 (2)"))
    assert codes(found) == []
    assert len([r for r in found.columns.slot if r == "name"]) == 2


def test_a_copy_with_other_content_is_said() -> None:
    found = read(drawn(FORM, name="様式1"), drawn(FORM.replace("| 4 | 5 | 9", "| 4 | 6 | 10"), name="様式1 (2)"))
    assert codes(found) == ["LAY005"]
    assert found.findings[0].data["records"] == ("1-2",)


def test_values_below_the_total_row() -> None:
    found = read(
        drawn(
            "施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 令和4年度 | 当初計画 令和5年度 | 修正計画 令和5年度 | 実績 令和4年度\n"
            "1 | 防災 | 01-001 | 啓発 | 10 | 20 | 30 | 5\n合計 | | | | 10 | 20 | 30 | 5\n1 | 防災 | 01-009 | 追加 | 1 | 1 | 1 | 1"
        )
    )
    assert [(f.code, f.variant, f.cell) for f in found.findings] == [("LAY006", "below", "E4")]


BUDGET = "施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 令和4年度 | 当初計画 令和5年度 | 修正計画 令和5年度 | 実績 令和4年度\n"
TOTAL = "合計 | | | | 10 | 21 | 32 | 8\n"
ITEMS = "1 | 防災 | 01-001 | 啓発 | 9 | 19 | 29 | 4\n| | 01-002 | 訓練 | 1 | 2 | 3 | 4\n"


def test_a_total_above_its_records_ends_nothing() -> None:
    below, above = (read(drawn(BUDGET + rows)) for rows in (ITEMS + TOTAL, TOTAL + ITEMS))
    assert not above.findings
    assert values(above, "budget") == values(below, "budget")
    assert len(values(above, "budget")) == 20


def test_a_total_of_no_records_takes_no_note_below_it_for_one() -> None:
    found = read(drawn(BUDGET + TOTAL + "※ 概算 | | | | 99 |\n"))
    assert [(f.code, f.variant, f.cell) for f in found.findings] == [("LAY006", "below", "E3")]


def test_an_error_value_and_a_formula_without_result_are_named_by_cell() -> None:
    found = read(drawn(FORM.replace("| 4 | 5 | 9", "| #N/A | 5 | 9")))
    assert [(f.code, f.cell, f.found) for f in found.findings] == [("FIL010", "D5", "#N/A")]


def test_pending_in_one_row_is_one_finding() -> None:
    found = read(drawn(FORM.replace("実績 | 2 | | 2", "実績 | 集計中 | | 集計中")))
    (finding,) = found.findings
    assert (finding.code, finding.variant, finding.cell) == ("FLD009", "pending", "D7")
    assert [part.ref.a1 for part in finding.cells] == ["D7", "F7"]


def test_what_looks_like_nothing_of_the_pack_gives_nothing() -> None:
    found = read(drawn("氏名 | 住所 | 電話\n山田 | 世田谷 | 03"))
    assert len(found.columns) == 0
    assert found.forms == []


def test_a_row_with_another_word_is_named() -> None:
    found = read(drawn(FORM.replace("修正計画 | ― | ― | ― |\n| | 実績 | 1 ", "変更計画 | ― | ― | ― |\n| | 実績 | 1 ")))
    (finding,) = found.findings
    assert (finding.code, finding.variant, finding.found, finding.cell) == ("LAY007", "reworded", "変更計画", "C3")


def test_the_last_row_with_another_word_is_named() -> None:
    found = read(drawn(FORM.replace("実績 | 2", "実積 | 2")))
    (finding,) = (it for it in found.findings if it.code == "LAY007")
    assert (finding.record, finding.variant, finding.found, finding.cell) == ("1-2", "reworded", "実積", "C7")

"""Forms with flags, breakdowns, keys told by a name, rows told by labels; notes and units between tables."""

from __future__ import annotations

from tests.locate.drawn_sheets import codes, drawn, read, values

HEAD = "項目番号 | 取組み項目 | 削減額 | 抑制額 | 歳入増 | 令和4年度見込み | 令和5年度計画 | 合計 | 備考"
EFFECT = f"""
様式4　行政経営改革効果額
| | | | | | | | 単位：千円
{HEAD}
2-7 | 寄附文化の醸成 | | | ○ | 100 | 200 | 300 |
5-1 | 事業の検証（＊） | 〇 | ― | | ― | 5 | 5 | 7-1に計上。合計から除く
| 公共施設等の取組み（削減額） | ○ | | | 10 | 20 | 30 |
| 合計（＊「5-1 行政評価の活用による事業の検証」（再掲分）除く） | | | | 110 | 220 | 330 |
内訳 | 削減額 | | | | 10 | 20 | 30 |
| 抑制額 | | | | ― | ― | ― |
| 歳入増 | | | | 100 | 200 | 300 |
"""


def test_a_row_without_a_number_goes_by_its_name() -> None:
    found = values(read(drawn(EFFECT)), "effect")
    assert found["公共施設等の取組み(削減額)", "amount.effect.total", ""] == "30"
    assert found["2-7", "revenue", ""] == "○"


def test_the_total_with_its_note_and_the_rows_that_break_it_down() -> None:
    read_ = read(drawn(EFFECT))
    levels = dict.fromkeys(zip(read_.columns.record, read_.columns.level, strict=True))
    assert list(levels)[3:] == [
        ("total", "total"),
        ("reduction/breakdown", "breakdown"),
        ("restraint/breakdown", "breakdown"),
        ("revenue/breakdown", "breakdown"),
    ]
    assert codes(read_) == []


def test_a_record_named_as_a_kind_is_no_breakdown_before_the_total() -> None:
    sheet = f"{HEAD}\n1-1 | 削減額 | | | | 1 | 2 | 3 |\n1-2 | b | | | | 1 | 2 | 3 |\n合計 | | | | | 2 | 4 | 6 |"
    columns = read(drawn(sheet)).columns
    assert list(dict.fromkeys(columns.record)) == ["1-1", "1-2", "total"]


def test_values_below_a_breakdown_are_named() -> None:
    assert codes(read(drawn(EFFECT + "| その他 | | | | 1 | 2 | 3 |\n"))) == ["LAY006"]


def test_the_unit_above_the_next_table_is_no_record() -> None:
    sheet = """
区分 | 事業番号 | 指標 | 変更前 | 変更後 | 理由
行動量 | 1-2 | 計画作成数 | 1,200件 | 3,800件 | 前倒し

様式9-2　事業費一覧
| | | 単位：千円
施策番号 | 施策名 | 令和4年度見込み | 令和5年度計画
1 | 防災 | 100 | 200
合計 | | 100 | 200
"""
    found = read(drawn(sheet))
    assert list(dict.fromkeys(zip(found.columns.form, found.columns.record, strict=True))) == [
        ("summary_changes", "行動量/1-2"),
        ("summary_cost", "1"),
        ("summary_cost", "total"),
    ]


def test_forms_that_differ_in_one_label_are_told_apart() -> None:
    tail = "取組み | 変更前 | 変更後 | 理由"
    row = "b | 1 | 2 | c"
    assert {f.form for f in read(drawn(f"団体名 | {tail}\n財団 | {row}")).forms} == {"affiliates"}
    assert {f.form for f in read(drawn(f"項目番号 | {tail}\n3-1 | {row}")).forms} == {"reform_changes"}


def test_rows_of_a_matrix_belong_to_the_title_above_or_beside_them() -> None:
    sheet = """
■公共施設の整備費及び維持管理経費
 | 項目 | 令和4年度見込み | 令和5年度計画
 | 経費上限 | 541億円 | 657億円
 | 建物 | 367億円 | 462億円

■公共施設等総合管理計画に基づく各取組みの効果額
 | 項目 | 令和4年度見込み | 令和5年度計画
抑制額・歳入増 | 建物に関する取組み | 10千円 | 20千円
 | 累計額 | 10千円 | 30千円
削減額 | 効果額 | 1千円 | 2千円
 | 累計額 | 1千円 | 3千円
"""
    found = values(read(drawn(sheet, merged=("A8:A9", "A10:A11"))), "facilities")
    figures = {record: raw for (record, slot, _), raw in found.items() if slot == "value.plan.FY2023"}
    assert figures == {
        "cost/limit": "657億円",
        "cost/building": "462億円",
        "restraint/works": "20千円",
        "restraint/running": "30千円",
        "reduction/effect": "2千円",
        "reduction/running": "3千円",
    }

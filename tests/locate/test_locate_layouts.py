"""A form is found by its labels: every way a department lays it out gives the same values."""

from __future__ import annotations

import pytest
from drawn_sheets import codes, drawn, read, values

PLAIN = """
事業番号 | 取組み         | 区分     | 令和4年度 | 令和5年度 | 総量     | 計画変更理由・内容等
1-1\\n①  | 防災塾参加人数 | 当初計画 | 1,000 人  | 1,500 人  | 2,500 人 | ―
         |                | 修正計画 | ―         | ―         | ―        |
         |                | 実績     | 950 人    |           | 950 人   |
1-2      | 個別避難計画   | 当初計画 | 400 件    | 1,200 件  | 1,600 件 | 前倒し
         |                | 修正計画 | ―         | 3,800 件  | 4,200 件 |
         |                | 実績     | 320 件    |           | 320 件   |
"""

EXPECTED = values(read(drawn(PLAIN)), "activity")

VARIATIONS = {
    "moved down and right": drawn(PLAIN, right=3, down=7),
    "key and texts merged over the rows": drawn(PLAIN, merged=("A2:A4", "B2:B4", "G2:G4", "A5:A7", "B5:B7", "G5:G7")),
    "title and notes above": drawn(
        "様式1 実現に向けた取組み（行動量） | | | | | |\n※実績は見込み | | | | | |\n" + PLAIN.strip(), merged=("A1:G1",)
    ),
    "spaces, breaks and wide digits in labels": drawn(
        PLAIN.replace("事業番号", "事 業\\n番 号")
        .replace("令和4年度", "令和 ４ 年度")
        .replace("総量  ", "総　量")
        .replace("当初計画", "当 初 計 画")
        .replace("実績 ", "実　績 ")
    ),
    "labels with a colon": drawn(PLAIN.replace("取組み  ", "取組み：").replace("総量  ", "総量:")),
    "numbered labels": drawn(
        PLAIN.replace("事業番号", "①事業番号").replace("| 取組み  ", "| (2) 取組み").replace("| 令和4", "| 4. 令和4")
    ),
    "labels that say what must be filled in": drawn(
        PLAIN.replace("事業番号", "事業番号（必須）").replace("理由・内容等", "理由・内容等\\n（任意）")
    ),
    "other notations of the year": drawn(PLAIN.replace("令和4年度", "R4").replace("令和5年度", "2023年度")),
    "no header over the versions": drawn(PLAIN.replace("| 区分 ", "|      ")),
    "one label over name and versions": drawn(PLAIN.replace("| 区分 ", "|      "), merged=("B1:C1",)),
    "blank rows between records": drawn(PLAIN.replace("1-2  ", " | | | | | |\n | | | | | |\n1-2  ")),
    "a blank column": drawn(
        PLAIN.replace("| 令和4年度", "| | 令和4年度").replace("計画 |", "計画 | |").replace("実績     |", "実績 | |")
    ),
    "header of two lines": drawn(
        PLAIN.replace(
            "事業番号 | 取組み         | 区分     | 令和4年度 | 令和5年度 | 総量     | 計画変更理由・内容等",
            "事業番号 | 取組み | 区分 | 年度別計画・実績 | | | 計画変更理由・内容等\n| | | 令和4年度 | 令和5年度 | 総量 |",
        ),
        merged=("D1:F1", "A1:A2", "B1:B2", "C1:C2", "G1:G2"),
    ),
    "header of two lines, nothing merged": drawn(
        PLAIN.replace(
            "事業番号 | 取組み         | 区分     | 令和4年度 | 令和5年度 | 総量     | 計画変更理由・内容等",
            "事業番号 | 取組み | 区分 | 年度別計画・実績 | | | 計画変更理由・\n| | | 令和4年度 | 令和5年度 | 総量 | 内容等",
        )
    ),
    "key typed on every row": drawn(
        PLAIN.replace("         |   ", "1-1 ①    |   ", 2).replace("         |   ", "１－２ |   ", 2)
    ),
    "ditto marks below the key": drawn(PLAIN.replace("         |                |", "〃 | 同上 |")),
    "key in the middle row": drawn(
        "事業番号 | 取組み | 区分 | 令和4年度 | 令和5年度 | 総量 | 計画変更理由・内容等\n"
        " | | 当初計画 | 1,000 人 | 1,500 人 | 2,500 人 |\n1-1\\n① | 防災塾参加人数 | 修正計画 | ― | ― | ― | ―\n"
        " | | 実績 | 950 人 | | 950 人 |\n"
        " | | 当初計画 | 400 件 | 1,200 件 | 1,600 件 |\n1-2 | 個別避難計画 | 修正計画 | ― | 3,800 件 | 4,200 件 | 前倒し\n"
        " | | 実績 | 320 件 | | 320 件 |\n"
    ),
    "a table for each programme": drawn(
        PLAIN.replace(
            "1-2      |",
            "■ 施策２ | | | | | |\n事業番号 | 取組み | 区分 | 令和4年度 | 令和5年度 | 総量 | 計画変更理由・内容等\n1-2 |",
        )
    ),
    "columns in another order": drawn(
        "\n".join(
            "|".join([*cells[:3], cells[5], cells[3], cells[4], cells[6]])
            for cells in (line.split("|") for line in PLAIN.strip().splitlines())
        )
    ),
    "a note under the table": drawn(PLAIN.strip() + "\n※実績は令和4年12月末現在の見込み | | | | | |"),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_layout_gives_the_same_values(name: str) -> None:
    found = read(VARIATIONS[name])
    assert values(found, "activity") == EXPECTED
    assert codes(found) == []


def test_the_plain_form_holds_what_is_drawn() -> None:
    assert EXPECTED["1-1①", "amount.initial.FY2022", ""] == "1,000 人"
    assert EXPECTED["1-2", "amount.revised.total", ""] == "4,200 件"
    assert EXPECTED["1-2", "reason", ""] == "前倒し"
    assert len(EXPECTED) == 2 * (3 + 8)


OUTCOME = """
事業番号 | 指標 | 策定時 | 目標値 | 目標値変更理由等
| | | （令和5年度末） |
1-1① | 理解した人の割合 | ― | 80.0% | ―
"""


def test_a_label_broken_over_two_cells_is_one_label() -> None:
    found = read(drawn(OUTCOME))
    assert values(found, "outcome")["1-1①", "value.target", ""] == "80.0%"
    assert codes(found) == []


OUTCOMES = """
事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | 目標値変更理由等
1-1① | 理解した人の割合 | 60% | 80.0% | ―
1-2 | 作成済みの人の割合 | 20% | 50% | ―
"""


def test_a_record_whose_cells_are_all_merged_over_two_rows_is_one_record() -> None:
    lines = OUTCOMES.strip().splitlines()
    rows = "\n \n".join(lines)
    merged = tuple(f"{column}{row}:{column}{row + 1}" for row in (1, 3, 5) for column in "ABCDE")
    found = read(drawn(rows, merged=merged))
    assert (values(found, "outcome"), codes(found)) == (values(read(drawn(OUTCOMES)), "outcome"), [])
    assert [form.records for form in found.forms] == [2]


def test_two_forms_side_by_side_each_keep_their_own_key_column() -> None:
    left = [line.split("|") for line in PLAIN.strip().splitlines()]
    right = [
        line.split("|")
        for line in "事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | 目標値変更理由等\n1-1① | 割合 | ― | 80% | ―\n1-2 | 率 | ― | 50% | ―".splitlines()
    ]
    rows = [[*line, " ", *(right[n] if n < len(right) else [" "] * 5)] for n, line in enumerate(left)]
    found = read(drawn("\n".join("|".join(row) for row in rows)))
    assert values(found, "activity") == EXPECTED
    assert values(found, "outcome")["1-2", "value.target", ""] == "50%"
    assert codes(found) == []


def test_two_forms_one_above_the_other() -> None:
    found = read(drawn(PLAIN.strip() + "\n | | | | | |\n■成果指標 | | | | | |\n" + OUTCOME.strip()))
    assert values(found, "activity") == EXPECTED
    assert values(found, "outcome")["1-1①", "name", ""] == "理解した人の割合"


BUDGET = """
施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 | | 修正計画 | 実績
| | | | 令和4年度 | 令和5年度 | 令和5年度 | 令和4年度
1 | 地域防災力の向上 | 01-001 | 啓発 | 10 | 20 | 30 | 5
 | | 01-002 | 整備 | 1 | 2 | 3 | 4
 | 小計 | | | 11 | 22 | 33 | 9
2 | 安全なまち | 02-001 | 助成 | 7 | 7 | 7 | 7
 | 小計 | | | 7 | 7 | 7 | 7
合計 | | | | 18 | 29 | 40 | 16
"""


@pytest.mark.parametrize(
    "grid",
    [
        drawn(BUDGET),
        drawn(BUDGET, merged=("E1:F1", "A3:A4", "B3:B4", "A5:D5")),
        drawn(
            BUDGET.replace(
                "当初計画 | | 修正計画 | 実績\n| | | | 令和4年度 | 令和5年度 | 令和5年度 | 令和4年度",
                "当初計画 令和4年度 | 当初計画\\n令和5年度 | 修正計画 R5 | 実績 2022年度",
            )
        ),
        drawn(BUDGET.replace(" | 小計 | | |", "1 | 小　計 | | |", 1).replace("合計 |", "合　計 |")),
        drawn(BUDGET.replace(" | | 01-002", "〃 | 同　上 | 01-002").replace(" | 小計 | | | 7", "〃 | 小計 | | | 7")),
    ],
    ids=["plain", "merged", "header of one line", "spaced words", "ditto marks"],
)
def test_a_header_of_groups_and_years(grid) -> None:
    found = read(grid)
    read_values = values(found, "budget")
    assert read_values["1/01-002", "amount.initial.FY2023", ""] == "2"
    assert read_values["1/01-001", "amount.actual.FY2022", ""] == "5"
    assert read_values["2/02-001", "amount.revised.FY2023", ""] == "7"
    assert read_values["1/subtotal", "amount.revised.FY2023", ""] == "33"
    assert read_values["2/subtotal", "amount.initial.FY2022", ""] == "7"
    assert read_values["total", "amount.actual.FY2022", ""] == "16"
    assert read_values["1/01-002", "programme_name", ""] == "地域防災力の向上"
    assert codes(found) == []


@pytest.mark.parametrize(
    ("number_format", "serial"), [('m"月"d"日"', "44563"), ("d-mmm", "44563"), ("mmm-yy", "36923")]
)
def test_a_number_that_excel_took_for_a_date_is_read_as_typed_and_said(number_format: str, serial: str) -> None:
    grid = drawn(PLAIN.replace("1-2  ", serial))
    grid.formats.append(number_format)
    grid.sheet.style[grid.sheet.entry_at(5, 1)] = 1
    found = read(grid)
    assert [(f.code, f.variant, f.cell, f.data["typed"]) for f in found.findings] == [
        ("FLD006", "became_date", "A5", "1-2")
    ]
    assert values(found, "activity") == EXPECTED

"""Blocks side by side, headings that tell a key, columns told by the words of the rows."""

from __future__ import annotations

from functools import cache

import pytest
from drawn_sheets import codes, drawn, values

from reconcile.extract import Extracted, extract
from reconcile.extract.headings import standing
from reconcile.locate import Grid, Vocabulary
from reconcile.packs import Pack, load
from reconcile.packs.model import Form, FormField, Heading

CHAPTER = "１　世田谷版地域包括ケアシステムを強化する"
LEFT = "行動量の番号 | 行動量 | 現況値（策定時） | 区分 | 令和６年度"
RIGHT = "成果指標の番号 | 成果指標 | 現況値（策定時） | 区分 | 令和６年度 | 評価※１ | 達成状況評価の理由（評価C・Dのみ） | 担当所管課"
HEADINGS = f"{CHAPTER}\n推進施策４　予防、健康づくり\nめざす姿２　健康\n"
ROWS = """
１－① | 配布数 | 5部 | 当初計画 | 10 部 | １－① | 割合 | 77.2% | 目標 | 78 % | B | ― | 健康企画課
 | | | 修正計画 | | | | | 実績 | 70 % | | |
 | | | 実績 | 9 部 | | | | 達成状況 | 89.7% | | |
１－② | 店舗数（累計） | ３店舗 | 当初計画 | 4 店舗 | １－② | 供給数 | ー | 目標 | 4,200 食 | A | | 健康推進課
 | | | 修正計画 | 5 店舗 | | | | 実績 | 4,410 食 | | |
 | | | 実績 | 11 店舗 | | | | 達成状況 | 105.0% | | |
"""
PLAIN = f"{HEADINGS}{LEFT} | {RIGHT}{ROWS}"


@cache
def welfare() -> Pack:
    return load("welfare2024")


def read(*grids: Grid) -> Extracted:
    return extract(list(grids), welfare(), Vocabulary(welfare().forms), "return.xlsx")


def both(grid: Grid) -> dict[str, dict[tuple[str, str, str], str]]:
    """What is read of both sides, the cells of the section aside (the heading is told in the key)."""
    found = read(grid)
    return {form: values(found, form) for form in ("action", "outcome")}


EXPECTED = both(drawn(PLAIN))


def test_both_sides_are_read() -> None:
    action, outcome = EXPECTED["action"], EXPECTED["outcome"]
    assert action["1-4-2/1-①", "value.initial.FY2024", ""] == "10 部"
    assert action["1-4-2/1-②", "value.revised.FY2024", ""] == "5 店舗"
    assert action["1-4-2/1-②", "value.baseline", ""] == "３店舗"
    assert action["1-4-2/1-①", "section", ""] == "1-4-2"
    assert outcome["1-4-2/1-①", "value.target.FY2024", ""] == "78 %"
    assert outcome["1-4-2/1-②", "value.achieved.FY2024", ""] == "105.0%"
    assert outcome["1-4-2/1-②", "responsible", ""] == "健康推進課"
    assert outcome["1-4-2/1-①", "value.baseline", ""] == "77.2%"
    assert codes(read(drawn(PLAIN))) == []


def changed(*changes: tuple[str, str]) -> str:
    text = PLAIN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


VARIATIONS = {
    "moved": drawn(PLAIN, right=3, down=6),
    "番号 on both sides, as printed": drawn(changed(("行動量の番号", "番号"), ("成果指標の番号", "番号"))),
    "no header over the figures": drawn(changed(("令和６年度", ""))),
    "another header over the figures": drawn(changed(("令和６年度", "R6"))),
    "区分 merged over the words and the figures": drawn(changed(("令和６年度", "")), merged=("D4:E4", "I4:J4")),
    "no header over the words": drawn(changed(("| 区分 |", "| |"))),
    "a heading over each side": drawn(
        changed((LEFT, " | 取組みの行動量 | | | | | 取組みの成果指標 | | | | | |\n" + LEFT)), merged=("B4:E4", "G4:M4")
    ),
    "words broken and spaced": drawn(
        changed(("当初計画", "当初\\n計画"), ("達成状況 |", "達成 状況 |"), ("目標 ", "目　標 "))
    ),
    "headings in one cell": drawn(
        changed((HEADINGS, f"{CHAPTER}\n推進施策４　予防、健康づくり\\nと住まい\nめざす姿 2 健康\n"))
    ),
    "a blank column between the words and the figures": drawn(
        "\n".join(
            "|".join([*cells[:4], " ", *cells[4:9], " ", *cells[9:]]) if len(cells := line.split("|")) > 9 else line
            for line in PLAIN.splitlines()
        )
    ),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_layout_gives_the_same(name: str) -> None:
    assert both(VARIATIONS[name]) == EXPECTED
    assert codes(read(VARIATIONS[name])) == []


SHARED = f"""{HEADINGS}{LEFT} | {RIGHT}
１－① | 委員会 | ２回 | 当初計画 | 2 回 | 1 | 利用者数 | 8 人 | 目標 | 18 人 | B | | 推進課
 | | | 修正計画 | | | | | | | | |
 | | | 実績 | 2 回 | | | | 実績 | 15 人 | | |
１－② | 研究 | 1 回 | 当初計画 | 1 回 | | | | | | | |
 | | | 修正計画 | | | | | 達成状況 | 83.3% | | |
 | | | 実績 | 1 回 | | | | | | | |
2 | 研修 | 1 回 | 当初計画 | 1 回 | 2 | 受講者数 | 8 人 | 目標 | 9 人 | A | | 推進課
 | | | 修正計画 | | | | | 実績 | 9 人 | | |
 | | | 実績 | 1 回 | | | | 達成状況 | 100.0% | | |
"""
MERGES = ("F5:F10", "G5:G10", "H5:H10", "I5:I6", "I7:I8", "I9:I10", "J5:J6", "J7:J8", "J9:J10", "K5:K10")


@pytest.mark.parametrize("merged", [(), MERGES], ids=["not merged", "merged"])
def test_one_outcome_over_the_six_rows_of_two_actions(merged: tuple[str, ...]) -> None:
    found = read(drawn(SHARED, merged=merged))
    outcome = values(found, "outcome")
    assert {record for record, _, _ in outcome} == {"1-4-2/1", "1-4-2/2"}
    assert outcome["1-4-2/1", "value.actual.FY2024", ""] == "15 人"
    assert outcome["1-4-2/1", "value.achieved.FY2024", ""] == "83.3%"
    assert {record for record, _, _ in values(found, "action")} == {"1-4-2/1-①", "1-4-2/1-②", "1-4-2/2"}
    assert codes(found) == []


def test_words_printed_again_under_one_merged_number_are_the_same_record() -> None:
    lines = SHARED.splitlines()
    words = ["目標", "実績", "達成状況", "目標", "実績", "達成状況"]
    figures = ["18 人", "15 人", "83.3%", "", "", ""]
    for number, (word, figure) in enumerate(zip(words, figures, strict=True), start=4):
        cells = lines[number].split("|")
        lines[number] = "|".join([*cells[:8], word, figure, *cells[10:]])
    found = read(drawn("\n".join(lines), merged=("F5:F10", "G5:G10")))
    outcome = values(found, "outcome")
    assert {record for record, _, _ in outcome} == {"1-4-2/1", "1-4-2/2"}
    assert outcome["1-4-2/1", "value.achieved.FY2024", ""] == "83.3%"


def test_an_outcome_without_an_action_and_a_blank_of_the_template() -> None:
    text = f"""{HEADINGS}{LEFT} | {RIGHT}
1 | | | 当初計画 | | 1 | 割合※ | 8.2% | 目標 | 9.0 % | ー | | 政策課
 | | | 修正計画 | | | | | 実績 | 集計中 % | | |
 | | | 実績 | | | | | 達成状況 | ー | | |
2 | | | 当初計画 | | 2 | | | 目標 | | | | 生活福祉課
 | | | 修正計画 | | | | | 実績 | | | |
 | | | 実績 | | | | | 達成状況 | | | |
"""
    found = read(drawn(text))
    assert values(found, "action") == {}
    assert {record for record, _, _ in values(found, "outcome")} == {"1-4-2/1"}
    assert codes(found) == []


def test_headings_between_the_records_of_one_table() -> None:
    rows = ROWS.strip().splitlines()
    text = "\n".join(
        [
            f"{LEFT} | {RIGHT}",
            CHAPTER,
            "推進施策４　予防",
            "めざす姿２　健康",
            *rows[:3],
            "めざす姿３　長寿",
            *rows[3:],
            "推進施策１０　防災",
            *rows[:3],
        ]
    )
    found = read(drawn(text))
    assert {record for record, _, _ in values(found, "outcome")} == {"1-4-2/1-①", "1-4-3/1-②", "1-10/1-①"}


def test_without_its_chapter_a_section_is_not_guessed() -> None:
    found = read(drawn(changed((CHAPTER, "計画書"))))
    assert {record for record, _, _ in values(found, "outcome")} == {"/1-①", "/1-②"}


def test_a_text_that_speaks_of_a_heading_is_none() -> None:
    heading = Heading.model_validate(
        {"levels": [{"pattern": r"推進施策(\d+)"}, {"pattern": r"めざす姿(\d+)", "required": False}]}
    )
    grid = drawn("推進施策１　地域\n詳しくは推進施策２を参照\nめざす姿３　健康\n推進施策４　住まい")
    assert [said.value for said in standing(grid, heading)] == ["1", "1-3", "4"]


def test_a_renamed_header_of_one_side_is_said_of_that_side() -> None:
    found = read(drawn(changed((" | 行動量 |", " | 活動の量 |"))))
    assert [(f.code, f.form, f.field, f.cell) for f in found.findings] == [("LAY002", "action", "name", "B4")]
    assert values(found, "outcome") == EXPECTED["outcome"]
    found = read(drawn(changed(("行動量の番号", "整理No."), ("成果指標の番号", "番号"))))
    # Nothing is near 「整理No.」: the column that is missing, and the one nobody knows.
    assert [(f.code, f.form, f.cell) for f in found.findings] == [
        ("LAY002", "action", "B4"),
        ("LAY004", "action", "A4"),
    ]
    assert values(found, "outcome") == EXPECTED["outcome"]


def test_a_line_under_the_table_that_was_not_read() -> None:
    found = read(drawn(PLAIN.rstrip() + "\n5 | 連絡会の開催回数 | ー\n※評価がC・Dの場合は、理由を記入してください。"))
    assert [(f.code, f.variant, f.form) for f in found.findings] == [("LAY006", "below", "action")]
    assert {part.ref.a1 for part in found.findings[0].cells} == {"A11", "B11", "C11"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"heading": {"levels": [{"pattern": "推進施策\\d+"}]}}, "needs a group"),
        ({"heading": {"levels": []}}, "at least 1"),
        ({"optional": False}, "its column is optional"),
    ],
)
def test_a_heading_that_tells_nothing_is_refused(change: dict[str, object], said: str) -> None:
    right = {
        "type": "key",
        "label": "めざす姿の番号",
        "optional": True,
        "heading": {"levels": [{"pattern": r"推進施策(\d+)"}]},
    }
    assert FormField.model_validate(right).heading is not None
    with pytest.raises(ValueError, match=said):
        FormField.model_validate({**right, **change})


def test_only_a_block_has_columns_beside_its_words() -> None:
    form = welfare().forms["outcome"].model_dump(by_alias=True, exclude_unset=True)
    with pytest.raises(ValueError, match="beside the words"):
        Form.model_validate({**form, "layout": "table", "checks": []})

"""Cards are found by their labels wherever they stand, each with its values and the table inside it."""

from __future__ import annotations

from functools import cache

import pytest
from drawn_sheets import codes, drawn

from reconcile.extract import Extracted, extract
from reconcile.locate import Grid, Vocabulary
from reconcile.packs import Pack, load

PLAIN = """
様式M1 取組み項目票 | | | | | |
 | | | | | | （単位：千円）
項目 | 1-2 | 地図の電子化 | | | 所管部 | 土木部
取組み内容 | 地図を電子化する | | | | |
年次別計画 | | | R6 | R7 | R8 | R9
①調査 | | | 検討 | 実施 | 実施 | ―
②公開 | | | ― | 試行 | 実施 | 実施
目指すべき効果・成果 | 便利になる | | | | |
R6実績 | ①調査した | | | | |
業務削減時間（時間） | 120 | | Ｒ６予算額 | 5000 | |
Ｒ６決算額 | 4800 | | Ｒ７予算額 | ― | |
 | | | | | |
項目 | 1-3 | 台帳の構築 | | | 所管部 | 土木部
取組み内容 | 台帳を作る | | | | |
年次別計画 | | | R6 | R7 | R8 | R9
台帳 | | | 検討 | 検討 | 実施 | 実施
目指すべき効果・成果 | 早くなる | | | | |
R6実績 | 検討した | | | | |
業務削減時間（時間） | | | Ｒ６予算額 | 300 | |
Ｒ６決算額 | 200 | | Ｒ７予算額 | 100 | |
"""
MERGED = ("B4:G4", "B8:G8", "B9:G9", "C3:E3", "A5:C5", "B10:C10", "E10:G10", "B14:G14", "C13:E13", "A15:C15")


@cache
def pack() -> Pack:
    return load("management2024")


def read(*grids: Grid) -> Extracted:
    return extract(list(grids), pack(), Vocabulary(pack().forms, pack().tables), "return.xlsx")


def values(found: Extracted) -> dict[tuple[str, str, str], str]:
    """(form, record, slot) → raw text, blanks left out."""
    c = found.columns
    return {(c.form[n], c.record[n], c.slot[n]): c.raw[n] for n in range(len(c)) if c.raw[n]}


def lines(text: str = PLAIN) -> list[str]:
    return text.strip().splitlines()


def abreast() -> str:
    """The second card right of the first, with a blank column between; their rows do not go together below."""
    rows = lines()
    first, second = rows[2:11], rows[12:]
    width = max(row.count("|") for row in rows)
    first += [" |" * width] * (len(second) - len(first))
    second += [""] * (len(first) - len(second))
    padded = [row + " |" * (width - row.count("|")) for row in first]
    return "\n".join([*rows[:2], *(f"{a} | | {b}" for a, b in zip(padded, second, strict=True))])


def beside() -> str:
    """年次別計画 beside its table, 取組み over the first column."""
    rows = [row.replace("年次別計画 | | |", "年次別計画 | 取組み | |") for row in lines()]
    return "\n".join(
        row.replace("①調査 | | |", " | ①調査 | |")
        .replace("②公開 | | |", " | ②公開 | |")
        .replace("台帳 | | |", " | 台帳 | |")
        for row in rows
    )


def result_first() -> str:
    rows = lines()
    rows[7], rows[8] = rows[8], rows[7]
    rows[16], rows[17] = rows[17], rows[16]
    return "\n".join(rows)


VARIATIONS = {
    "merged": drawn(PLAIN, merged=MERGED),
    "moved": drawn(PLAIN, right=3, down=5),
    "two abreast": drawn(abreast()),
    "the schedule beside its label": drawn(beside()),
    "R6実績 first": drawn(result_first()),
    "no blank row between the cards": drawn("\n".join(row for row in lines() if row.strip(" |"))),
    "blank rows within the cards": drawn(PLAIN.replace("\n目指すべき", "\n | | | | | |\n目指すべき")),
    "a blank column behind the labels": drawn(
        "\n".join(row.replace("|", "| |", 1) for row in lines()).replace("① | |", "① |")
    ),
    "labels in other spellings": drawn(
        PLAIN.replace("所管部", "所 管 部").replace("Ｒ６予算額", "R6\\n予算額（千円）").replace("R9", "令和９年度")
    ),
    "a line of the department's own, left blank": drawn(
        PLAIN.replace("\n |", "\n部内確認 | | | | | |\n |").replace(
            "様式M1 取組み項目票 | | | | | |\n部内確認", "様式M1\n"
        )
    ),
    "a note beneath": drawn(PLAIN.strip() + "\n | | | | | |\n※記入が終わりましたら提出してください。"),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_layout_gives_the_same_values(name: str) -> None:
    found = read(VARIATIONS[name])
    assert values(found) == values(read(drawn(PLAIN)))
    assert codes(found) == []


def test_what_is_read_of_a_card() -> None:
    told = values(read(drawn(PLAIN)))
    assert told["items", "1-2", "name"] == "地図の電子化"
    assert told["items", "1-2", "department"] == "土木部"
    assert told["items", "1-2", "hours"] == "120"
    assert told["items", "1-2", "amount.budget.FY2025"] == "―"
    assert told["schedule", "1-2/2", "action"] == "②公開"
    assert told["schedule", "1-2/2", "year.plan.FY2025"] == "試行"
    assert told["schedule", "1-3/1", "item"] == "1-3"
    assert ("items", "1-3", "hours") not in told


def test_a_blank_value_stands_where_the_other_cards_have_theirs() -> None:
    found = read(drawn(PLAIN.replace("1-3 | 台帳の構築", "1-3 |").replace("台帳を作る", "")))
    c = found.columns
    blank = {c.slot[n]: (c.row[n], c.column[n]) for n in range(len(c)) if c.record[n] == "1-3" and not c.raw[n]}
    assert (blank["name"], blank["content"], blank["hours"]) == ((13, 3), (14, 2), (19, 2))
    found = read(drawn(PLAIN.replace("1-3 | 台帳の構築", " | 台帳の構築")))
    assert values(found)["items", "", "name"] == "台帳の構築"


def test_the_older_template_has_no_figures() -> None:
    found = read(drawn("\n".join(row for row in lines() if "決算額" not in row and "業務削減" not in row)))
    assert codes(found) == []
    assert {slot for _, record, slot in values(found) if record == "1-2"} == {
        "number", "name", "department", "content", "effect", "result"
    }  # fmt: skip


def test_a_label_that_one_card_lacks_keeps_only_that_card_out() -> None:
    found = read(drawn("\n".join(row for row in lines() if "早くなる" not in row)))
    (said,) = found.findings
    assert (said.code, said.record, said.field, said.ref.a1) == ("LAY002", "1-3", "effect", "A13")


def test_a_label_in_words_of_its_own_is_named_as_the_nearest() -> None:
    found = read(drawn(PLAIN.replace("目指すべき効果・成果 | 早く", "目指す姿と効果 | 早く")))
    (said,) = found.findings
    assert (said.code, said.variant, said.record, said.ref.a1) == ("LAY002", "nearest", "1-3", "A17")


def test_a_label_that_no_card_has_is_said_once_of_the_form() -> None:
    found = read(drawn(PLAIN.replace("目指すべき効果・成果", "備考")))
    (said,) = (finding for finding in found.findings if finding.code == "LAY002")
    assert (said.record, said.field) == ("", "effect")


def test_a_year_that_the_schedule_of_one_card_lacks() -> None:
    found = read(drawn(PLAIN.replace("R8 | R9\n①調査", "R8 |\n①調査")))
    (said, *more) = [f for f in found.findings if f.code == "LAY002"]
    assert not more
    assert (said.form, said.record, said.period, said.expected) == ("schedule", "1-2", "FY2027", "R9")


def test_a_card_without_its_schedule() -> None:
    rows = [row for row in lines() if not row.startswith(("年次別", "①調査", "②公開", "台帳 |"))]
    found = read(drawn("\n".join(rows)))
    assert [(f.code, f.form, f.record) for f in found.findings] == [("LAY002", "schedule", "")]


def test_a_reworded_label_is_said_once_with_every_card_that_has_it() -> None:
    found = read(drawn(PLAIN.replace("取組み内容", "取組内容")))
    (said,) = found.findings
    assert (said.code, said.found) == ("LAY008", "取組内容")
    assert [part.ref.a1 for part in said.cells] == ["A4", "A14"]


def test_a_label_twice_in_one_card_cannot_be_told_apart() -> None:
    found = read(drawn(PLAIN.replace("Ｒ６決算額 | 4800", "R6実績 | もう一度 | | | | |\nＲ６決算額 | 4800")))
    assert [(f.code, f.record, f.field) for f in found.findings] == [("LAY003", "1-2", "result")]
    assert values(found)["items", "1-2", "amount.settled.FY2024"] == "4800"


def test_a_line_of_its_own_with_values() -> None:
    found = read(drawn(PLAIN.strip() + "\n備考 | 次年度に見直す | | | | |"))
    (said,) = found.findings
    assert (said.code, said.found, [part.ref.a1 for part in said.cells]) == ("LAY004", "備考", ["A21", "B21"])


def test_values_beneath_the_cards() -> None:
    found = read(drawn(PLAIN.strip() + "\n | | | | | |\n追加 | 1-4 | 資料の電子化 | 1200 | | |"))
    (said,) = found.findings
    assert (said.code, said.variant, said.ref.a1, len(said.cells)) == ("LAY006", "under_cards", "A22", 4)


def test_a_card_copied_on_its_sheet_is_two_records_and_a_copied_sheet_one() -> None:
    rows = lines()
    twice = "\n".join([*rows, " | | | | | |", *rows[12:]])
    records = [f.records for f in read(drawn(twice)).forms if f.form == "items"]
    assert records == [3]
    copied = read(drawn(PLAIN), drawn(PLAIN, name="控え"))
    assert [f.records for f in copied.forms if f.form == "items"] == [2]


def test_hidden_rows_of_a_card_and_its_table_are_one_finding() -> None:
    grid = drawn(PLAIN)
    grid.sheet.hidden_rows = type(grid.sheet.hidden_rows)([(3, 11)])
    (said,) = read(grid).findings
    assert (said.code, said.variant, said.form) == ("FIL008", "row", "items")
    assert {"B4", "A6", "G7"} <= {part.ref.a1 for part in said.cells}


def test_a_table_of_another_form_may_stand_beneath_the_cards() -> None:
    goals = """
到達点 | Ｒ６予算額 | Ｒ６決算額 | Ｒ７予算額 | 削減時間 計画 | Ｒ６削減時間
到達点１　仕組み | 79 | 78 | 178 | ― | ―
"""
    found = read(drawn(PLAIN.strip() + "\n | | | | | |\n" + goals.strip()))
    assert codes(found) == []
    assert values(found)["goals", "1", "amount.settled.FY2024"] == "78"
    assert {k: v for k, v in values(found).items() if k[0] != "goals"} == values(read(drawn(PLAIN)))


def test_a_sheet_of_few_labels_has_no_cards() -> None:
    assert read(drawn("項目 | 1-2 | 地図\n所管部 | 土木部")).forms == []

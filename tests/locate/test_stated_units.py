"""A sheet that states another unit of money than its form says so; nothing is converted by guess."""

from __future__ import annotations

import pytest
from drawn_sheets import drawn, read, values

from reconcile.messages import missing, render
from reconcile.packs import load

BUDGET = """
{above}
施策番号 | 施策名 | 予算事業コード | 予算事業名 | 当初計画 | | 修正計画 | 実績
| | | | 令和4年度{head} | 令和5年度 | 令和5年度 | 令和4年度
1 | 地域防災力の向上 | 01-001 | 啓発 | 10 | 20 | 30 | 5
 | 小計 | | | 10 | 20 | 30 | 5
合計 | | | | 10 | 20 | 30 | 5
{below}
"""
TITLE = "様式3 事業費内訳"


def told(above: str = TITLE, head: str = "", below: str = "") -> list[tuple[str, str | None, str, str]]:
    found = read(drawn(BUDGET.format(above=above, head=head, below=below).strip("\n")))
    assert values(found, "budget")["1/01-001", "amount.initial.FY2022", ""] == "10"
    return [(f.code, f.cell, f.found, f.expected) for f in found.findings if f.code == "FLD005"]


@pytest.mark.parametrize("note", ["単位：円", "（単位：円）", "単位 円", "(単位　円)", "単位:円（税込）", "（円）"])
def test_another_unit_above_the_table(note: str) -> None:
    assert told(above=f"{TITLE} | | | | | | | {note}") == [("FLD005", "H1", note, "千円")]


@pytest.mark.parametrize("note", ["※単位は円", "※ 金額の単位は百万円です。", "注）単位：円"])
def test_another_unit_in_a_footnote(note: str) -> None:
    assert told(below=note) == [("FLD005", "A7", note, "千円")]


def test_another_unit_in_the_header_of_a_column() -> None:
    assert told(head="（円）") == [("FLD005", "E3", "令和4年度（円）", "千円")]


@pytest.mark.parametrize(
    "note", ["単位：千円", "（千円）", "※千円未満は四捨五入", "※１円単位で記入しない", "単位：人", "単位"]
)
def test_the_form_s_own_unit_or_none_of_money_is_not(note: str) -> None:
    assert told(above=f"{TITLE} | | | | | | | {note}", below=f"※{note}") == []


def test_where_both_are_stated_nobody_knows() -> None:
    assert told(above=f"{TITLE} | | | | | | 単位：千円 | 単位：円") == []


def test_what_stands_below_the_table_without_being_a_note_belongs_to_the_next_one() -> None:
    assert told(below="単位：円") == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_sentence_says_where_it_stands_what_it_says_and_what_the_form_asks_for(lang: str) -> None:
    found = read(drawn(BUDGET.format(above=f"{TITLE} | | | | | | | 単位：円", head="", below="").strip("\n")))
    (finding,) = (f for f in found.findings if f.code == "FLD005")
    assert not missing(finding)
    sentence = render(finding, load("plan2022"), lang)
    assert all(said in sentence for said in ("H1", "単位：円", "千円"))

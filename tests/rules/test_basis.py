"""On what a total rests: each source in its order, and what is assumed is said."""

import pytest

from reconcile.rules.basis import find_bases, mark_in_brackets
from tests.rules.drawing import Drawn, confront, plan

HEAD = "number | name | basis | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total\n"


def basis_of(line: str) -> str:
    data = confront(Drawn("activity", HEAD + line))
    return str(data.basis["activity"][0])


@pytest.mark.parametrize(
    ("line", "basis"),
    [
        # The record's own column wins, in any width and with spaces.
        ("1-1① | 参加人数（累計） | 合計 | 1 | 2 | 3", "sum"),
        ("1-1① | 参加人数 | 年度 末値 | 1 | 2 | 2", "level"),
        # A word that is not in the list is left to FLD003, and the label speaks.
        ("1-1① | 参加人数（累計） | 総計 | 1 | 2 | 2", "cumulative"),
        ("1-1① | 参加人数(累計) | ~ | 1 | 2 | 2", "cumulative"),
        ("1-1① | 参加人数（平均値） | ~ | 1 | 2 | 2", "mean"),
        # A mark counts only inside brackets.
        ("99-1 | 累計参加者数 | ~ | 1 人 | 2 人 | 3 人", "sum"),
        # The mark beside the figures.
        ("99-1 | 参加者数 | ~ | 1 人 | 2 人 | 2 人（累計）", "cumulative"),
        # The register, although the sum fits; where the register leaves it open, the figures speak.
        ("4-2 | 参画している割合 | ~ | 80 | 90 | 170", "rate"),
        ("12-3② | 実施地区数 | ~ | 15 地区 | 28 地区 | 28 地区", "level"),
        # The unit.
        ("99-1 | 割合 | ~ | 80％ | 90％ | 90％", "rate"),
        # The figures: the last alone is the total.
        ("99-1 | 実施地区数 | ~ | 15 地区 | 28 地区 | 28 地区", "level"),
        # They do not decide where both readings fit, or where one is not known.
        ("99-1 | 実施地区数 | ~ | ― | 28 地区 | 28 地区", "sum"),
        ("99-1 | 実施地区数 | ~ | 集計中 | 28 地区 | 28 地区", "sum"),
        ("99-1 | 実施地区数 | ~ | 15 地区 | 28 地区 | 40 地区", "sum"),
    ],
)
def test_sources_in_their_order(line: str, basis: str) -> None:
    assert basis_of(line) == basis


def test_an_assumption_from_the_figures_is_said_once_a_record() -> None:
    data = confront(
        Drawn("activity", HEAD + "99-1 | 地区数 | ~ | a）15 地区／b）5 人 | a）28 地区／b）7 人 | a）28 地区／b）7 人")
    )
    findings = find_bases(plan(), data.facts).findings
    assert [(f.code, f.variant, f.cell, f.data["basis"]) for f in findings] == [("FLD011", "basis", "F2", "level")]
    assert [part.ref.a1 for part in findings[0].cells] == ["F2", "D2", "E2"]
    assert list(data.basis["activity"]) == ["level", "level"]


def test_what_is_stated_needs_no_finding() -> None:
    data = confront(Drawn("activity", HEAD + "99-1 | 割合 | ~ | 80％ | 90％ | 90％\n1-1① | 数（累計） | ~ | 1 | 2 | 2"))
    assert find_bases(plan(), data.facts).findings == []


def test_a_target_tells_its_basis_in_its_note() -> None:
    drawing = "number | name | value.baseline | value.target\n"
    drawing += "1-2 | 件数 | 3 件 | 5 件（累計）\n1-3 | 割合 | 3％ | 5％\n1-4 | 件数 | 3 件 | 5 件（２年間の合計）"
    assert list(confront(Drawn("outcome", drawing)).basis["outcome"]) == ["cumulative", "rate", "none"]


def test_no_return_no_basis() -> None:
    assert confront(Drawn("budget", "programme | code\n1 | 01-001")).basis == {}


def test_the_first_mark_in_any_bracket_counts() -> None:
    marks = {"累計": "cumulative", "平均": "mean"}
    assert mark_in_brackets("数【累計】", marks) == "cumulative"
    assert mark_in_brackets("数（延べ数）（年平均）", marks) == "mean"
    assert mark_in_brackets("平均（延べ数）累計", marks) == ""

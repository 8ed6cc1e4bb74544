"""Every finding of these rules makes a whole sentence in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reconcile import catalogue
from reconcile.findings import Finding
from reconcile.localisation.values import GROUPED
from reconcile.localiser.priors import CELL_MECHANISMS, STRUCTURAL_MECHANISMS
from reconcile.messages import missing, render
from reconcile.rules.basis import find_bases
from tests.localisation.test_roots import REVISED, YEARS, located, table
from tests.rules.drawing import Drawn, confront, outcome_of, plan
from tests.rules.test_dup001 import ward

BUDGET = "programme | code | amount.initial.FY2022\n"
HEAD = f"number | name | basis | {YEARS} | {REVISED} | amount.actual.FY2022 | amount.actual.total\n"
ACTIVITY = """
1-1① | 防災塾参加人数 | ~ | 1,000 人 | 1,500 人 | 2,600 人 | ― | ― | ― | 1 人 | 1 人
1-2 | 個別避難計画作成数 | ~ | 400 件 | 1,200 件 | 1,600 件 | ― | 3,800 件 | 4,120 件 | 1 件 | 1 件
2-4 | 道路整備面積 | ~ | 609,046 ㎡ | 724,511 ㎡ | 1,333,556 ㎡ | ― | ― | ― | 1 ㎡ | 1 ㎡
4-2 | 割合 | ~ | 80％ | 90％ | 85％ | ― | ― | ― | 1％ | ―
8-3 | 地区数（累計） | ~ | 7 地区 | 5 地区 | 5 地区 | ― | ― | ― | 1 地区 | 1 地区
10-2 | 登録件数 | ~ | 100 人 | 100 人 | 200 人 | ― | 200 人 | 300 人 | 700 人 | 700 人
4-3 | 参加者数 | ~ | 1,100 人 | 1,300 人 | 2,400 人 | ― | ― | ― | 2,600 人 | 2,600 人
15-3 | 施設数（累計） | ~ | 75 施設 | 67 施設 | 142 施設 | ― | ― | ― | 1 施設 | 1 施設
3-1 | 相談者数 | 合計 | 300 人 | 600 人 | 600 人 | ― | ― | ― | 1 人 | 1 人
99-1 | 地区数 | ~ | 15 地区 | 28 地区 | 28 地区 | ― | ― | ― | 1 地区 | 1 地区
"""
DRAWINGS = {
    "activity": [Drawn("activity", HEAD + ACTIVITY.strip())],
    "outcome": [Drawn("outcome", "number | name | value.baseline | value.target\n1-1② | 数（累計） | 92 人 | 30 人")],
    "subtotal": [table(subtotal="5,034")],
    "total": [table(total="8,534")],
    "located": [table(first="5,038")],
    "differ": ward("5,684", "5,648"),
    "agree": ward("5,684 千円", "5,684 千円"),
    "both": [table(first="5,038"), Drawn("budget", BUDGET + "8 | 01-001 | 5,033", "b.xlsx", "経済産業部")],
}
OTHERS = ("DUP001", "CUM005", "FLD009", "FLD012", "PRG001")


def findings_of(*drawings: Drawn) -> list[Finding]:
    data = confront(*drawings)
    others = [finding for code in OTHERS for finding in outcome_of(code, data).findings]
    return located(*drawings).findings + others + find_bases(plan(), data.facts).findings


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_sentence_lacks_a_word(name: str) -> None:
    findings = findings_of(*DRAWINGS[name])
    assert findings
    for finding in findings:
        assert missing(finding) == frozenset()
        for lang in ("ja", "en"):
            sentence = render(finding, plan(), lang)
            assert "{" not in sentence
            assert finding.found in sentence or finding.code in ("DUP001", "FLD012", "BAL005"), sentence


def test_the_drawings_raise_every_code_of_these_rules() -> None:
    found = {(f.code, f.variant) for drawings in DRAWINGS.values() for f in findings_of(*drawings)}
    assert {code for code, _ in found} >= {
        "BAL001", "BAL002", "BAL004", "BAL005", "CUM001", "CUM002", "CUM004", "CUM005", "DUP001", "DUP002",
        "FLD009", "FLD011", "FLD012", "PRG001",
    }  # fmt: skip
    assert found >= {("BAL002", "located"), ("DUP002", "located"), ("CUM004", "increments"), ("DUP001", "open")}


def test_the_sentence_of_a_row() -> None:
    (finding,) = [f for f in findings_of(*DRAWINGS["activity"]) if f.record == "1-1①"]
    assert finding.data["difference"] == Decimal(100)
    assert render(finding, plan(), "ja") == (
        "様式1!F2（防災塾参加人数 × 当初計画・総量）は「2,600 人」ですが、D2:E2 の合計は 2,500 人です（差 +100）。"
        "D2:E2 と合計を確かめて直してください。"
    )


def test_every_cause_has_a_word() -> None:
    causes = catalogue.words("terms")["cause"]
    # Where no slip explains the figure, there is nothing to say.
    assert set(causes) == {*CELL_MECHANISMS, *STRUCTURAL_MECHANISMS, GROUPED} - {"other"}
    assert all(text.ja and text.en for text in causes.values())

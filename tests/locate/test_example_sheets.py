"""Sheets that call themselves an example: passed over where their forms stand elsewhere, and never in silence."""

from __future__ import annotations

import pytest
from drawn_sheets import drawn, plan, values

from reconcile.extract import Extracted, extract_answers
from reconcile.locate import Grid, Vocabulary, example_caption

FORM = """
事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | 目標値変更理由等
1-1 | 参加した人の割合 | 40% | 80% | ―
"""
EXAMPLE = FORM.replace("80%", "75%")
OTHER = """
項目番号 | 取組み | 変更前 | 変更後 | 理由
1-1 | 訓練 | 前 | 後 | ―
"""


def answers(*grids: Grid) -> Extracted:
    vocabulary = Vocabulary(plan().forms, plan().tables)
    return extract_answers(list(grids), plan(), vocabulary, "return.xlsx")[0]


def said(found: Extracted) -> list[tuple[str, str, str, str | None]]:
    return [(it.code, it.variant, it.ref.sheet, it.cell) for it in found.findings]


@pytest.mark.parametrize(
    "name",
    ["記入例", "様式2記入例", "様式２（記入例）", "【記入例】様式2", "記入例_様式2", "記入例 2", "見本", "様式2の見本", "様式2 (例)",
     "サンプル", "Sample", "Example 1", "様式2_sample", "記載例", "記入見本"],
)  # fmt: skip
def test_a_sheet_named_an_example_is_passed_over(name: str) -> None:
    found = answers(drawn(FORM, name="様式2"), drawn(EXAMPLE, name=name))
    assert said(found) == [("LAY010", "", name, None)]
    assert values(found, "outcome")["1-1", "value.target", ""] == "80%"


@pytest.mark.parametrize(
    "caption",
    [
        "記入例",
        "【記入例】",
        "※記入例",
        "（見本）",
        "様式2 成果指標（記入例）",
        "様式2 成果指標　記入例",
        "記入例：危機管理部の場合",
    ],
)
def test_a_caption_calls_a_sheet_an_example(caption: str) -> None:
    found = answers(drawn(f"{caption}\n{EXAMPLE.strip()}", name="Sheet1"), drawn(FORM, name="Sheet2"))
    assert said(found) == [("LAY010", "", "Sheet1", "A1")]
    assert values(found, "outcome")["1-1", "value.target", ""] == "80%"


@pytest.mark.parametrize(
    ("name", "caption"),
    [("様式2", "※記入例を参考に記入してください"), ("様式2", "記入例はシート2にあります。"), ("条例", ""), ("事例集", ""),
     ("サンプル調査", ""), ("例年", ""), ("様式2", "朱書きは記入例"), ("Sampled areas", "")],
)  # fmt: skip
def test_what_only_speaks_of_examples_is_none(name: str, caption: str) -> None:
    assert example_caption(drawn(f"{caption}\n{FORM.strip()}" if caption else FORM, name=name)) is None


def test_a_form_that_stands_on_the_example_alone_is_read_and_said() -> None:
    found = answers(drawn(OTHER, name="様式7"), drawn(FORM, name="記入例"))
    assert said(found) == [("LAY008", "example", "記入例", None)]
    assert values(found, "outcome")["1-1", "value.target", ""] == "80%"


def test_two_examples_and_no_form_are_read_as_they_stand() -> None:
    found = answers(drawn(FORM, name="記入例"), drawn(EXAMPLE, name="見本"))
    assert [(it.code, it.variant) for it in found.findings] == [
        ("LAY005", ""),
        ("LAY008", "example"),
        ("LAY008", "example"),
    ]


def test_an_example_without_a_form_is_nobodys_business() -> None:
    assert said(answers(drawn(FORM, name="様式2"), drawn("記入例\n赤字の部分を直します", name="記入例"))) == []


def test_an_example_row_below_the_header_makes_no_example_of_its_sheet() -> None:
    lines = FORM.strip().splitlines()
    sheet = "\n".join([lines[0], "記入例 | 割合 | 40% | 80% | ―", lines[1]])
    found = answers(drawn(sheet, name="様式2"))
    assert {it.code for it in found.findings} <= {"FLD006"}
    assert values(found, "outcome")["1-1", "value.target", ""] == "80%"

"""How a value stands in the printed form: a figure with its words in the number format, or the text as typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reconcile.facts import ABSENT, BLANK, ERROR, MILESTONE, NIL, NUMBER, PENDING, FactColumns, Facts, collect
from reconcile.writing.form_values import shown


def _facts(*values: tuple[str, str | None, str, int]) -> Facts:
    """Raw text, figure, unit and state of each value of one cell."""
    columns = FactColumns()
    for number, (raw, figure, unit, state) in enumerate(values):
        value = None if figure is None else Decimal(figure)
        component = str(number) if len(values) > 1 else ""
        columns.append(
            "s",
            1,
            1,
            "f",
            0,
            "r",
            "record",
            "",
            "amount.actual.FY2022",
            component,
            value,
            unit,
            state,
            raw,
            "",
            "",
            False,
        )
    return collect([("d", "f.xlsx", columns)])


@pytest.mark.parametrize(
    ("raw", "figure", "unit", "number_format", "text"),
    [
        ("1,000 人", "1000", "人", '#,##0" 人"', "1,000 人"),
        ("７団体", "7", "団体", '#,##0" 団体"', "7 団体"),
        ("80％", "80", "%", '#,##0"％"', "80％"),
        ("80.0%", "80.0", "%", '#,##0.0"%"', "80.0%"),
        ("1,395t", "1395", "t", '#,##0"t"', "1,395t"),
        ("延べ 18 地区", "18", "地区", '"延べ "#,##0" 地区"', "延べ 18 地区"),
        ("電線共同溝整備150ｍ", "150", "m", '"電線共同溝整備"#,##0" ｍ"', "電線共同溝整備150 ｍ"),
        ("約３人", "3", "人", '"約"#,##0" 人"', "約3 人"),
        ("142 施設（累計）", "142", "施設", '#,##0" 施設（累計）"', "142 施設（累計）"),
        ("▲8,064時間", "-8064", "時間", '#,##0" 時間";"▲"#,##0" 時間"', "▲8,064 時間"),
        ("-5 件", "-5", "件", '#,##0" 件";"-"#,##0" 件"', "-5 件"),
        ("0.2万人", "2000", "人", '#,##0" 人"', "2,000 人"),
        ("2500", "2500", "件", '#,##0" 件"', "2,500 件"),
        ('5"', "5", '"', '#,##0"”"', '5"'),
    ],
)
def test_a_figure_keeps_the_words_it_was_typed_with(
    raw: str, figure: str, unit: str, number_format: str, text: str
) -> None:
    what = shown(_facts((raw, figure, unit, NUMBER)), [0], 24)
    assert (what.value, what.number_format, what.text) == (Decimal(figure), number_format, text)


def test_in_a_form_with_one_unit_figures_go_without() -> None:
    what = shown(_facts(("5,033 千円", "5033", "千円", NUMBER)), [0], 12, bare=True)
    assert (what.value, what.number_format) == (Decimal(5033), "#,##0")
    what = shown(_facts(("0.125", "0.125", "千円", NUMBER)), [0], 12, bare=True)
    assert what.number_format == "#,##0.000"


def test_a_figure_too_wide_for_its_column_stays_text() -> None:
    raw = "522,700 ㎥\n（令和 3 年 12 月時点）"
    facts = _facts((raw, "522700", "㎥", NUMBER))
    assert shown(facts, [0], 20).value is None
    assert shown(facts, [0], 20).text == raw
    assert shown(facts, [0], 60).number_format == '#,##0" ㎥（令和 3 年 12 月時点）"'.replace("㎥（", "㎥ （")


def test_a_figure_of_more_digits_than_excel_keeps_stays_text() -> None:
    digits = "1234567890123456"
    assert shown(_facts((digits, digits, "", NUMBER)), [0], 24).value is None


@pytest.mark.parametrize(
    ("raw", "state", "text"),
    [
        ("－", NIL, "―"),
        ("集計中", PENDING, "集計中"),
        ("検討・調整", MILESTONE, "検討・調整"),
        ("#N/A", ERROR, "#N/A"),
        ("", BLANK, ""),
    ],
)
def test_a_state_stands_as_it_was_meant(raw: str, state: int, text: str) -> None:
    what = shown(_facts((raw, None, "", state)), [0], 24)
    assert (what.text, what.value) == (text, None)


def test_several_measures_stay_the_text_of_their_cell() -> None:
    raw = "a）5,500 件\nb）6,000 枚"
    facts = _facts((raw, "5500", "件", NUMBER), (raw, "6000", "枚", NUMBER))
    assert shown(facts, [0, 1], 24).text == raw
    assert shown(facts, [0, 1], 24).value is None


def test_a_cell_the_template_does_not_have_is_empty() -> None:
    facts = _facts(("1", "1", "", NUMBER))
    assert shown(facts, [], 24).text == ""
    assert ABSENT == -1

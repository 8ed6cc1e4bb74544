"""FLD005: units of a record. FLD007: a key twice in one return."""

from dataclasses import replace

import pytest

from reconcile.packs import load
from reconcile.rules import fld005, fld007
from reconcile.rules.context import Outcome
from reconcile.submissions import Submission
from tests.rules.drawing import Drawn, confront

FIGURES = "number | name | unit | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total"


def units(figures: str, unit: str = "~", number: str = "1-2") -> Outcome:
    return fld005.judge(confront(Drawn("activity", f"{FIGURES}\n{number} | 名 | {unit} | {figures}")))


@pytest.mark.parametrize(
    ("figures", "unit"),
    [
        ("1,000 人 | 1,500 人 | 2,500 人", "~"),
        ("1,000 | 1,500 | 2,500", "~"),
        ("1,000 人 | 1,500 人 | 2,500 人", "人"),
        ("1,000 人 | ― | 検討・調整", "~"),
        ("a）5 件／b）6 枚 | a）5 件／b）6 枚 | a）10 件／b）12 枚", "~"),
        ("a）5／b）6 枚 | a）5／b）6 枚 | a）10／b）12 枚", "~"),
        ("a）5／b）6 枚 | a）5 枚／b）6 枚 | a）10 枚／b）12 枚", "~"),
        ("10.7 t-CO2 | 5 t-CO2 | 15.7 t-CO2", "~"),
    ],
)
def test_one_unit_throughout_passes(figures: str, unit: str) -> None:
    assert units(figures, unit).findings == []


@pytest.mark.parametrize(
    ("figures", "unit", "cell", "variant", "expected"),
    [
        # Against the majority, …
        ("1,000 人 | 1,500 件 | 2,500 人", "~", "E2", "", "人"),
        # … the unit column, …
        ("1,000 件 | 1,500 | 2,500", "人", "D2", "", "人"),
        # … or the register (1-2 is in 件) where two stand against two.
        ("1,000 人 | 1,500 件 | ―", "~", "D2", "", "件"),
        # The figures agree with each other: the unit column is odd.
        ("1,000 件 | 1,500 件 | 2,500 件", "人", "C2", "column", "件"),
        # A figure without a unit beside others with one.
        ("1,000 件 | 1,500 | 2,500 件", "~", "E2", "missing", "件"),
    ],
)
def test_the_odd_unit_is_found(figures: str, unit: str, cell: str, variant: str, expected: str) -> None:
    (finding,) = units(figures, unit).findings
    assert (finding.cell, finding.variant, finding.expected) == (cell, variant, expected)
    assert finding.cells[0].ref.a1 == cell


def test_a_unit_that_a_total_alone_states_is_missing_at_both_years() -> None:
    found = units("1,000 | 1,500 | 2,500 件", "~").findings
    assert [(finding.cell, finding.variant) for finding in found] == [("D2", "missing"), ("E2", "missing")]


MONTHS = [f"cases.{kind}.2021-{month:02}" for month in (4, 5, 6) for kind in ("month", "running")]


def test_a_unit_written_once_among_many_figures_without_is_no_fault_of_these() -> None:
    drawing = f"service | area | {' | '.join(MONTHS)}\nlending | 2-1 | 24件 | 24 | 5 | 29 | 1 | 30"
    assert fld005.judge(confront(Drawn("cases", drawing), pack=load("districts2022"))).findings == []


DISTRICT = "area | area_name | households | population | area_km2 | density"


def test_measures_of_a_record_have_units_of_their_own() -> None:
    drawing = f"{DISTRICT}\n5-2 | 上祖師谷地区 | 15,891世帯 | 32,568人 | 2.162 | 15,064"
    assert fld005.judge(confront(Drawn("population", drawing), pack=load("districts2022"))).findings == []


SHARES = "section | number | name | value.baseline | value.target.FY2024"


def shares(number: str, start: str, target: str) -> list[tuple[str | None, str, str]]:
    """welfare2024: 1-1-1/1 is counted in %, as its register says; 1-1-2/1 in cases."""
    section, _, own = number.partition("/")
    drawing = f"{SHARES}\n{section} | {own} | 名 | {start} | {target}"
    found = fld005.judge(confront(Drawn("outcome", drawing), pack=load("welfare2024"))).findings
    return [(finding.cell, finding.variant, finding.expected) for finding in found]


@pytest.mark.parametrize(
    ("start", "target", "expected"),
    [
        ("70%", "0.805", [("E2", "share", "80.5%")]),
        ("70", "0.9", [("E2", "share", "90%")]),
        ("95", "1", [("E2", "share", "100%")]),
        ("―", "0.8", [("E2", "share_or_percent", "")]),
        ("0.7", "0.8", [("E2", "share_or_percent", "")]),
        ("15", "0.8", [("E2", "share_or_percent", "")]),
        ("10人", "0.8", [("E2", "share_or_percent", "")]),
    ],
)
def test_a_bare_share_is_an_error_where_the_record_tells_it_and_else_a_question(
    start: str, target: str, expected: list[tuple[str | None, str, str]]
) -> None:
    assert shares("1-1-1/1", start, target) == expected


@pytest.mark.parametrize(
    ("start", "target"), [("70", "80.5"), ("0.7%", "0.8%"), ("0", "1.5"), ("―", "80"), ("1.2%", "0.9"), ("2.5", "0.9")]
)
def test_a_figure_that_may_be_percent_is_not(start: str, target: str) -> None:
    assert shares("1-1-1/1", start, target) == []


@pytest.mark.parametrize(("actual", "expected"), [("0.9", "share"), ("0.02", "missing"), ("90", "missing")])
def test_a_bare_figure_beside_one_in_percent(actual: str, expected: str) -> None:
    drawing = f"{SHARES} | value.actual.FY2024\n1-1-1 | 1 | 名 | ― | 80% | {actual}"
    found = fld005.judge(confront(Drawn("outcome", drawing), pack=load("welfare2024"))).findings
    assert [(finding.cell, finding.variant) for finding in found] == [("F2", expected)]


def test_a_missing_unit_cannot_be_judged_where_formats_are_not_known() -> None:
    data = confront(Drawn("activity", f"{FIGURES}\n1-2 | 名 | ~ | 1,000 件 | 1,500 | 2,500 人", file="a.xls"))
    data = replace(data, submissions=(Submission("a.xls", "", 0, department="危機管理部", kind="xls"),))
    outcome = fld005.judge(data)
    assert [(finding.variant, finding.cell) for finding in outcome.findings] == [("", "F2")]
    assert [(it.code, it.ref.a1, it.why) for it in outcome.unjudged] == [("FLD005", "E2", "formats_not_known")]


def test_two_odd_figures_of_one_unit_are_one_finding() -> None:
    text = f"{FIGURES} | amount.actual.FY2022 | amount.actual.total\n1-2 | 名 | ~ | 1 件 | 2 件 | 3 件 | 1 人 | 1 人"
    (finding,) = fld005.judge(confront(Drawn("activity", text))).findings
    assert (finding.cell, finding.data["unit"], finding.data["record_unit"]) == ("G2", "人", "件")
    assert [part.ref.a1 for part in finding.cells] == ["G2", "H2", "D2", "E2", "F2"]


def test_units_are_judged_by_component() -> None:
    (finding,) = units("a）5 件／b）6 枚 | a）5 件／b）6 件 | a）10 件／b）12 枚", number="2-3").findings
    assert (finding.component, finding.cell, finding.expected) == ("b", "E2", "枚")


def test_the_target_and_its_start_bear_one_unit() -> None:
    text = "number | name | value.baseline | value.target\n9-5 | 名 | 378 人（令和 2 年度） | 1,120 件（２年間の合計）"
    (finding,) = fld005.judge(confront(Drawn("outcome", text))).findings
    assert (finding.cell, finding.variant, finding.expected) == ("D2", "even", "人")


def test_records_without_any_unit_are_not_counted() -> None:
    outcome = units("1,000 | ― | 集計中")
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_money_in_a_unit_that_was_not_converted_is_found() -> None:
    text = "programme | code | name | amount.initial.FY2022 | amount.initial.FY2023\n1 | 01-001 | 甲 | 5 ドル | 5 千円"
    outcome = fld005.judge(confront(Drawn("budget", text)))
    (finding,) = outcome.findings
    assert (finding.cell, finding.variant, finding.expected, outcome.passed) == ("D2", "form", "千円", 1)


def test_the_second_of_two_equal_keys_is_found() -> None:
    text = "number | name\n13-1 | 甲\n13-2 | 乙\n１３ー１ | 丙\n13-1 | 丁"
    outcome = fld007.judge(confront(Drawn("activity", text)))
    assert [(f.cell, f.data["first"].a1) for f in outcome.findings] == [("A4", "A2"), ("A5", "A2")]  # type: ignore[attr-defined]
    assert outcome.passed == 2


def test_one_key_in_two_returns_is_not_judged_here() -> None:
    text = "number | name\n1-2 | 甲"
    outcome = fld007.judge(confront(Drawn("activity", text, "a.xlsx"), Drawn("activity", text, "b.xlsx")))
    assert (outcome.findings, outcome.passed) == ([], 2)


def test_a_key_of_several_fields_is_one_key() -> None:
    text = "programme | code | name\n8 | 99-007 | 甲\n10 | 99-007 | 甲\n8 | 99-007 | 乙"
    (finding,) = fld007.judge(confront(Drawn("budget", text))).findings
    assert (finding.cell, finding.field, finding.record) == ("B4", "code", "8/99-007")


def test_the_components_of_a_record_are_one_key() -> None:
    assert (
        fld007.judge(confront(Drawn("activity", f"{FIGURES}\n2-3 | 名 | ~ | a）5 件／b）6 枚 | ― | ―"))).findings == []
    )


def test_a_record_without_a_key_cannot_be_judged() -> None:
    outcome = fld007.judge(confront(Drawn("activity", "number | name\n | 甲\n | 乙")))
    assert (outcome.findings, [u.why for u in outcome.unjudged]) == ([], ["key_not_given"] * 2)


def test_a_form_of_which_only_totals_stand_there_has_no_keys() -> None:
    text = "programme | code | name | amount.initial.FY2022\n合計 | | | 5"
    data = confront(Drawn("budget", text))
    outcome = fld007.judge(data)
    assert (outcome.findings, outcome.passed) == ([], 0)

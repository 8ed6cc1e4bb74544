"""RAT001, RAT002, RAT004: percentages and grades recomputed from what is printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.packs import Pack, load
from reconcile.packs.checks import DerivedCheck, Grade, GradeCheck
from reconcile.rules import rat001, rat002, rat004
from reconcile.rules.context import Outcome
from reconcile.rules.quotient import rounded
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = (
    "section | number | name | value.baseline | value.target.FY2024 | value.actual.FY2024 | value.achieved.FY2024"
    " | grade | reason\n"
)
# 1-1-2/1 counts cases that should become fewer; 1-10/5 has two measures.
ORDINARY, FEWER = "1-2 | 1 | 受講者数 | 910 人", "1-1-2 | 1 | 抱え込んでいる件数 | 464 件"


@cache
def welfare() -> Pack:
    return load("welfare2024")


def outcome(code: str, line: str) -> Outcome:
    return outcome_of(code, confront(Drawn("outcome", HEAD + line, department="保健福祉政策部"), pack=welfare()))


@pytest.mark.parametrize(
    "line",
    [
        f"{ORDINARY} | 950 人 | 935 人 | 98.4% | B | ",
        f"{ORDINARY} | 4 機関 | 0 機関 | 0.0% | D | ",
        f"{FEWER} | 430 件 | 226 件 | 190.3% | A | ",
        # 1,241 / 1,600 is 77.5625; a tie goes up: 1 / 8 is 12.5, 1 / 16 is 6.25.
        f"{ORDINARY} | 16 人 | 1 人 | 6.3% | C | ",
        # A formula's stored result has more digits than are shown.
        f"{ORDINARY} | 95 人 | 67 人 | =70.52631578947368% | C | ",
    ],
)
def test_what_is_computed_from_the_printed_figures_passes(line: str) -> None:
    for code in ("RAT001", "RAT004"):
        found = outcome(code, line)
        assert (found.findings, found.passed, found.unjudged) == ([], 1, []), code


@pytest.mark.parametrize(
    ("line", "variant", "expected", "difference"),
    [
        # What is printed counts: 80 % and 80 % are 100.0%, whatever they were before they were rounded.
        (f"{ORDINARY} | 80 % | 80 % | 99.6% | B | ", "", "100.0%", "-0.4"),
        (f"{ORDINARY} | 950 人 | 935 人 | 89.4% | B | ", "", "98.4%", "-9"),
        (f"{FEWER} | 430 件 | 226 件 | 52.6% | C | ", "target_over_actual", "190.3%", "-137.7"),
        (f"{ORDINARY} | 50 人 | 75 人 | 1500.0% | A | ", "", "150.0%", "1350"),
    ],
)
def test_rat001(line: str, variant: str, expected: str, difference: str) -> None:
    (finding,) = outcome("RAT001", line).findings
    assert (finding.cell, finding.variant, finding.expected) == ("G2", variant, expected)
    assert finding.data["difference"] == Decimal(difference)
    assert {part.ref.a1: part.role for part in finding.cells} == {"G2": "quotient", "F2": "part", "E2": "part"}
    assert outcome("RAT004", line).passed == 1


def test_rat004_cut_instead_of_rounded_component_by_component() -> None:
    line = "1-10 | 5 | 個別避難計画作成数 | ― | a）60 件／b）640 件 | a）139 件／b）1838 件 | a）231.6 %／b）287.1 % | A | "
    found = outcome("RAT004", line)
    assert [(f.component, f.expected) for f in found.findings] == [("a", "231.7%"), ("b", "287.2%")]
    assert outcome("RAT001", line).passed == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"{ORDINARY} | 950 人 | 集計中 | ― | ― | ", "actual_not_a_number"),
        (f"{ORDINARY} | 課題整理 | 課題整理 | 100.0% | A | ", "actual_not_a_number"),
        (f"{ORDINARY} | 課題整理 | 29 人 | 100.0% | A | ", "target_not_a_number"),
        (f"{ORDINARY} | 0 人 | 29 人 | 100.0% | A | ", "divisor_is_zero"),
        (f"{ORDINARY} | 950 人 | 935 人 | #N/A | A | ", "percentage_not_a_number"),
    ],
)
def test_what_cannot_be_computed(line: str, why: str) -> None:
    for code in ("RAT001", "RAT004"):
        found = outcome(code, line)
        assert ([u.why for u in found.unjudged], found.findings, found.passed) == ([why], [], 0)


def test_a_blank_or_nil_percentage_beside_figures_is_for_others_to_say() -> None:
    for stated in ("", "―"):
        found = outcome("RAT001", f"{ORDINARY} | 950 人 | 935 人 | {stated} | A | ")
        assert (found.findings, found.passed, found.unjudged) == ([], 0, [])


def check(code: str = "RAT001", **more: object) -> DerivedCheck:
    names = {"figure": "value.achieved.FY2024", "dividend": "value.actual.FY2024", "divisor": "value.target.FY2024"}
    return DerivedCheck.model_validate(
        {"code": code, "scale": 100, "decimals": 1, "start": "value.baseline", **names, **more}
    )


def test_progress_from_the_start_where_the_register_says_so() -> None:
    pack = welfare()
    register = pack.tables["registers/outcomes.csv"]
    rows = tuple({**row, "method": "progress"} if row["number"] == "1-5-2/1-②" else row for row in register.rows)
    register = type(register)(register.path, register.columns, rows)
    other = type(pack)(**{**_fields(pack), "tables": {**pack.tables, "registers/outcomes.csv": register}})
    by_register = check(register="registers/outcomes.csv", method="method")
    for stated, verdict in (("50.0%", True), ("88.5%", False)):
        line = f"1-5-2 | 1-② | 定員数（累計） | 200 人 | 260 人 | 230 人 | {stated} | C | "
        data = confront(Drawn("outcome", HEAD + line, department="高齢福祉部"), pack=other)
        found = rat001.judge(by_register, other.forms["outcome"], data)
        assert (found.passed == 1) is verdict
        if not verdict:
            (finding,) = found.findings
            assert (finding.variant, finding.expected, finding.data["start"]) == ("progress", "50.0%", "200 人")
            assert "D2" in {part.ref.a1 for part in finding.cells}
    line = "1-5-2 | 1-② | 定員数（累計） | ― | 260 人 | 230 人 | 50.0% | C | "
    data = confront(Drawn("outcome", HEAD + line, department="高齢福祉部"), pack=other)
    assert [u.why for u in rat001.judge(by_register, other.forms["outcome"], data).unjudged] == ["start_not_a_number"]


def _fields(pack: Pack) -> dict[str, object]:
    return {name: getattr(pack, name) for name in type(pack).__dataclass_fields__}


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=4000), st.integers(0, 3))
def test_rounding_is_exact(value: Fraction, decimals: int) -> None:
    """Each way of rounding gives a figure of that many decimals, on the right side of the value."""
    step = Fraction(1, 10**decimals)
    ways = {way: Fraction(rounded(value, check(decimals=decimals, rounding=way))) for way in ("down", "up", "half_up")}
    assert all((figure / step).denominator == 1 for figure in ways.values())
    assert abs(ways["down"]) <= abs(value) <= abs(ways["up"])
    assert abs(ways["half_up"] - value) <= step / 2
    if abs(ways["half_up"] - value) == step / 2:
        assert abs(ways["half_up"]) > abs(value)


@pytest.mark.parametrize(
    ("value", "rounding", "expected"),
    [
        ("2.25", "half_even", "2.2"),
        ("2.35", "half_even", "2.4"),
        ("2.25", "half_up", "2.3"),
        ("-2.25", "half_up", "-2.3"),
    ],
)
def test_ties(value: str, rounding: str, expected: str) -> None:
    assert rounded(Fraction(value), check(rounding=rounding)) == Decimal(expected)


def test_how_the_form_rounds_decides_what_is_another_way() -> None:
    line = "1-10 | 5 | 個別避難計画作成数 | ― | 60 件 | 139 件 | 231.6 % | A | "
    data = confront(Drawn("outcome", HEAD + line, department="保健福祉政策部"), pack=welfare())
    form = welfare().forms["outcome"]
    assert rat004.judge(check("RAT004", rounding="down"), form, data).passed == 1
    assert len(rat004.judge(check("RAT004", rounding="up"), form, data).findings) == 1


@pytest.mark.parametrize(
    ("percentage", "grade"),
    [("0.0%", "D"), ("▲3.2%", "D"), ("0.1%", "C"), ("79.9%", "C"), ("80.0%", "B"), ("99.9%", "B"), ("100.0%", "A"),
     ("337.5%", "A")],
)  # fmt: skip
def test_rat002_each_grade_at_its_border(percentage: str, grade: str) -> None:
    for stated in "ABCD":
        found = outcome("RAT002", f"{ORDINARY} | 950 人 | 935 人 | {percentage} | {stated} | ")
        if stated == grade:
            assert (found.passed, found.findings) == (1, [])
        else:
            (finding,) = found.findings
            assert (finding.cell, finding.found, finding.expected) == ("H2", stated, grade)
            assert finding.data["percentage"] == percentage


def test_rat002_goes_by_what_is_shown() -> None:
    assert outcome("RAT002", f"{ORDINARY} | 950 人 | 935 人 | =79.96% | B | ").passed == 1


@pytest.mark.parametrize(
    ("percentage", "grade", "why"),
    [
        ("―", "―", "percentage_not_a_number"),
        ("#N/A", "A", "percentage_not_a_number"),
        ("98.4%", "A＋", "grade_not_readable"),
    ],
)
def test_rat002_cannot_be_judged(percentage: str, grade: str, why: str) -> None:
    assert [u.why for u in outcome("RAT002", f"{ORDINARY} | 950 人 | 935 人 | {percentage} | {grade} | ").unjudged] == [
        why
    ]


def test_rat002_one_grade_for_two_measures() -> None:
    line = "1-10 | 5 | 計画作成数 | ― | a）60 件／b）640 件 | a）139 件／b）18 件 | a）231.7 %／b）{} % | {} | "
    assert outcome("RAT002", line.format("287.2", "A")).passed == 1
    (finding,) = outcome("RAT002", line.format("287.2", "B")).findings
    assert {part.ref.a1 for part in finding.cells} == {"H2", "G2"}
    assert [u.why for u in outcome("RAT002", line.format("2.8", "A")).unjudged] == ["components_differ"]


def test_rat002_no_grade_fits_what_no_limit_covers() -> None:
    open_ended = GradeCheck(code="RAT002", grade="grade", figure="value.achieved.FY2024", decimals=1,
                            grades=[Grade(grade="C", below=80)])  # fmt: skip
    assert rat002.fitting(open_ended, Decimal(90)) == ""

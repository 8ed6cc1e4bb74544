"""Numbers and number formats that no program writes have an answer all the same, and at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.normalise import parse_format, read_date, read_measures, shown
from reconcile.normalise.numerals import stored_value

SIGNS = [*'0#?,.%E+-;"\\_*[]<>=$hmsydgebaAPM/@ 円人千()▲', "General", "[>1.2.3]", "[<9]", "[h]", "AM/PM", "%" * 200]
FORMATS = st.lists(st.sampled_from([*SIGNS, "0." + "0" * 300]), max_size=12).map("".join)
NUMBERS = ["0", "-5", "1.5", "45000", "0.8", "9.9e307", "1e308", "-9.9E+307", "1e-308", "1e-400", "60", "2958466", "-0"]


@pytest.mark.parametrize(
    "text", ["1e9999999", "1e308", "9" * 1000, "nan", "inf", "1_000", "１２", "0x10", "1e", "", "1,0"]
)
@pytest.mark.parametrize("number_format", ["General", "0%", "yyyy/m/d", "#,##0,"])
def test_what_is_no_stored_number_is_no_figure(text: str, number_format: str) -> None:
    (measure,) = read_measures("n", text, number_format)
    assert (measure.state, measure.value, measure.problem) == ("text", None, "not_a_number")
    assert shown("n", text, number_format) == text
    assert read_date("n", text, number_format) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9.99999999999999E+307", Decimal("9.99999999999999E+307")),
        ("-1e-308", Decimal("-1e-308")),
        ("1e-309", Decimal(0)),
        ("69.900000000000006", Decimal("69.9")),
        (" 12\n", Decimal(12)),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("+7", Decimal(7)),
    ],
)
def test_stored_numbers(text: str, value: Decimal) -> None:
    assert stored_value(text) == value


def test_a_condition_that_is_no_number_is_no_condition() -> None:
    assert parse_format("[>1.2.3]0;0.0").sections[0].condition is None
    assert parse_format("[>=1.5]0;0.0").sections[0].condition == (">=", 1.5)


def test_a_format_longer_than_any_program_writes_is_general() -> None:
    assert parse_format("0" * 1001) == parse_format("General")
    assert shown("n", "9e307", "%" * 999)


@settings(max_examples=400, deadline=None)
@given(number=st.sampled_from(NUMBERS), number_format=FORMATS, unit=st.sampled_from([None, "千円", "%"]))
def test_any_number_under_any_format(number: str, number_format: str, unit: str | None) -> None:
    from reconcile.normalise import Notation

    for measure in read_measures("n", number, number_format, Notation(unit=unit)):
        assert (measure.state == "number") == (measure.value is not None)
    shown("n", number, number_format)
    read_date("n", number, number_format)

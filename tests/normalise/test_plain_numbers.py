"""A plain number is read as it is by the whole grammar; what is not plain is left to that."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.normalise import Measure, Notation, plain_format, read_measures, shown

FORMATS = (
    "General",
    "0",
    "#,##0",
    "#,##0_ ",
    "#,##0;[Red]-#,##0",
    "#,##0_);[Red]\\(#,##0\\)",
    '#,##0;-#,##0;"―"',
    '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    "@",
    "G/標準",
)
NUMBERS = st.one_of(
    st.integers(-(10**11), 10**11).map(str),
    st.integers(-(10**16), 10**16).map(str),
    st.integers(-1200, 1200).map(str),
    st.decimals(-(10**6), 10**6, places=4).map(lambda value: f"{value.normalize():f}"),
    st.floats(-1e7, 1e7).map(repr),
    st.sampled_from(
        ["0", "-0", "0.0", "00", "1e3", "1.50", "", " 1", "9999999999", "10000000000", "0.0001", "0.00001"]
    ),
)


@settings(max_examples=400)
@given(st.sampled_from(FORMATS), NUMBERS)
def test_a_plain_number_means_and_shows_what_the_grammar_says(code: str, text: str) -> None:
    form = plain_format(code)
    if form is None or not form.holds(text):
        return
    notation = Notation(unit="千円")
    assert read_measures("n", text, code, notation) == (Measure(state="number", value=Decimal(text), unit="千円"),)
    assert str(read_measures("n", text, code, notation)[0].value) == str(Decimal(text))
    assert form.shown(text) == shown("n", text, code)


@pytest.mark.parametrize("code", FORMATS)
def test_common_figures_are_plain_in_common_formats(code: str) -> None:
    form = plain_format(code)
    assert form is not None
    assert form.holds("12345")
    assert form.all_of(["1", "20", "300"]) == "1 20 300"
    assert not form.all_of(["1", "2x", "3"])
    assert not form.all_of(["1", "2 3", "4"])


def test_the_total_of_a_long_column_is_plain_where_its_digits_are_wanted() -> None:
    digits, general = plain_format("#,##0"), plain_format("General")
    assert digits is not None
    assert general is not None
    for total in ("12345678901", "-12345678901", "999999999999999"):
        assert digits.holds(total)
        assert not general.holds(total)
    assert not digits.holds("1000000000000000")  # sixteen: a cell holds fifteen


@pytest.mark.parametrize(
    "code", ["", "0.0", "0%", '#,##0"千円"', "#,##0,", "yyyy/m/d", ";;;", "[>1]0;0.0", "000", "h:mm"]
)
def test_formats_that_scale_round_add_or_hide_are_not_plain(code: str) -> None:
    assert plain_format(code) is None


def test_a_zero_that_is_shown_as_a_dash_is_not_plain() -> None:
    form = plain_format('#,##0;-#,##0;"―"')
    assert form is not None
    assert not form.holds("0")

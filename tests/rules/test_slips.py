"""Slips of the hand: each is told from the others, and none is made up."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reconcile.slips import SLIPS, slip


@pytest.mark.parametrize(
    ("typed", "meant", "cause"),
    [
        (None, "120", "missing"),
        ("-120", "120", "sign"),
        ("3420000", "3420", "thousandfold"),
        ("3.42", "3420", "thousandth"),
        ("34200", "3420", "extra_zeros"),
        ("342", "3420", "missing_zeros"),
        ("1.5", "15", "missing_zeros"),
        ("2600", "2500", "digit"),
        ("4.8", "4.9", "digit"),
        ("5648", "5684", "transposed"),
        ("11207", "1207", "doubled_digit"),
        ("12075", "1207", "extra_digit"),
        ("127", "1207", "missing_digit"),
        ("2600", "1207", "other"),
        ("5555", "1255", "other"),
        ("-26", "25", "other"),
        ("48", "4.8", "extra_zeros"),
        ("0", "7", "digit"),
    ],
)
def test_each_slip(typed: str | None, meant: str, cause: str) -> None:
    assert slip(None if typed is None else Decimal(typed), Decimal(meant)) == cause


def test_a_copied_neighbour_is_told_only_of_longer_figures() -> None:
    assert slip(Decimal(1500), Decimal(1200), [Decimal(1500)]) == "copied"
    assert slip(Decimal(5), Decimal(7), [Decimal(5)]) == "digit"


def test_what_is_right_has_no_slip() -> None:
    with pytest.raises(ValueError, match="nothing"):
        slip(Decimal("1.0"), Decimal(1))


@given(st.integers(10, 10**12), st.integers(0, 11))
def test_two_neighbouring_digits_swapped(meant: int, place: int) -> None:
    text = str(meant)
    place %= len(text) - 1
    typed = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assume(typed != text and typed[0] != "0")
    assert slip(Decimal(typed), Decimal(meant)) in ("transposed", "extra_zeros", "missing_zeros")


@given(st.decimals(-(10**9), 10**9, places=1), st.decimals(-(10**9), 10**9, places=1))
def test_any_two_figures_have_a_word(typed: Decimal, meant: Decimal) -> None:
    assume(typed != meant)
    assert slip(typed, meant) in SLIPS

"""Slips turned back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.localiser.mechanisms import blurred, made_of, revision, slips


def ways(observed: int, true: int) -> set[str]:
    return {*slips(observed).get(true, ()), *(slip for slip, _ in blurred(observed, true))}


@pytest.mark.parametrize(
    ("true", "observed", "slip"),
    [
        (2500, 2600, "digit"),
        (1240, 1420, "transposed"),
        (12345, 1235, "missing_digit"),
        (12345, 1234, "missing_digit"),
        (12340, 1234, "missing_zero"),
        (1233, 12333, "doubled_digit"),
        (120, 1200, "extra_zero"),
        (120, 12000, "hundredfold"),
        (120, 120000, "thousandfold"),
        (120000, 120, "thousandth"),
        (123456, 123, "thousandth"),
        (123, 1243, "extra_digit"),
        (-45, 45, "sign"),
        (1179, 1200, "rounded"),
        (12345, 17349, "two_digits"),
    ],
)
def test_a_slip_is_recognised(true: int, observed: int, slip: str):
    assert slip in ways(observed, true)


def test_a_lost_last_digit_is_no_lost_zero():
    assert ways(1234, 12345) == {"missing_digit"}


@given(st.integers(-(10**9), 10**9))
def test_nothing_is_a_slip_of_itself_and_chances_are_chances(observed: int):
    found = slips(observed)
    assert observed not in found
    for own in found.values():
        assert all(0 < chance <= 1 + 1e-12 for chance in own.values())  # nine ninths of a digit add up to a little more


@given(st.integers(10, 10**8), st.integers(0, 7), st.integers(0, 9))
def test_every_wrong_digit_is_found(true: int, place: int, digit: int):
    text = str(true)
    place %= len(text)
    observed = int(text[:place] + str(digit) + text[place + 1 :])
    if observed != true and len(str(observed)) == len(text):
        assert "digit" in ways(observed, true)


def test_revisions_are_small_beside_the_figure_and_never_more_than_it():
    assert revision(50, 1000) > revision(500, 1000) > revision(1, 1000) - 2
    assert revision(1001, 1000) == revision(0, 1000) == float("-inf")


@given(st.one_of(st.integers(-(10**7), 10**7), st.integers(-1200, 1200)))
def test_no_slip_is_missed_where_two_figures_are_compared(observed: int):
    for true, ways_of in slips(observed).items():
        assert made_of(observed, true) == ways_of


@given(st.integers(-1200, 1200), st.integers(-1200, 1200))
def test_figures_that_are_far_from_each_other_are_no_slip(observed: int, true: int):
    assert made_of(observed, true) == slips(observed).get(true, {})

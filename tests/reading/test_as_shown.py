"""What cells show is the same text whether it is kept or made of the figure when somebody asks."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.as_shown import DIGITS, GROUPED, AsShown
from reconcile.fact_columns import FactColumns, FactPart
from reconcile.figures import Figures
from reconcile.packing import Damaged

WHOLE = st.integers(-(10**25), 10**25).map(Decimal)
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9) | WHOLE


def shown(said: list[tuple[str, Decimal | None, int]]) -> AsShown:
    """Texts, figures and how each is shown (0: by its text)."""
    figures = Figures.of([figure for _, figure, _ in said])
    typed = AsShown.of([text for text, _, _ in said], figures)
    marks = np.array([mark for _, _, mark in said], dtype=np.int32)
    return AsShown(np.where(marks == 0, typed.codes, marks).astype(np.int32), typed.values, figures)


CELLS = st.lists(
    st.tuples(st.text(max_size=4), st.none() | FIGURES, st.just(0))
    | st.tuples(st.just(""), FIGURES, st.just(DIGITS))
    | st.tuples(st.just(""), WHOLE, st.just(GROUPED))
)


def expected(text: str, figure: Decimal | None, mark: int) -> str:
    return text if mark == 0 else f"{figure:f}" if mark == DIGITS else f"{figure:,f}"


@given(CELLS)
def test_texts_are_kept_and_digits_made(said: list[tuple[str, Decimal | None, int]]) -> None:
    column = shown(said)
    texts = [expected(*cell) for cell in said]
    assert column.sound
    assert list(column) == texts
    assert [column[place] for place in range(len(said))] == texts
    assert column[np.arange(len(said))[::-1]].tolist() == texts[::-1]


@given(CELLS, CELLS)
def test_columns_one_under_the_other(
    one: list[tuple[str, Decimal | None, int]], other: list[tuple[str, Decimal | None, int]]
) -> None:
    parts = [shown(one), shown(other)]
    whole = AsShown.joined(parts, Figures.joined([part.figures for part in parts]))
    assert list(whole) == [*parts[0], *parts[1]]
    assert len(set(whole.values)) == len(whole.values)


@pytest.mark.parametrize("code", [DIGITS, GROUPED, GROUPED - 1, 1])
def test_packed_columns_of_which_a_number_leads_nowhere_are_refused(code: int) -> None:
    good = FactPart.of([("s", 1, 1, "f", 0, "r", "record", "", "a", "", None, "", 1, "text", "", "", False)])
    bad = FactPart(good.texts, good.numbers, AsShown(np.array([code], dtype=np.int32), good.raw.values, good.figures))
    assert list(FactColumns.unpacked(FactColumns([good]).packed()).whole.raw) == ["text"]
    with pytest.raises(Damaged):
        FactColumns.unpacked(FactColumns([bad]).packed())

"""Long columns say what was put into them, in however little memory they keep it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.package import long_texts
from reconcile.package.long_texts import LongTexts

TEXT = (
    st.integers(-(10**19), 10**19).map(str)
    | st.sampled_from(["", "-0", "007", "1.5", "1e5", "+1", "999999999999999999", "-999999999999999999", "１", "A7+1"])
    | st.text(max_size=3)
)


@given(st.lists(st.lists(st.integers(0, 99).map(str) | TEXT, max_size=9), max_size=9))
def test_they_come_back_as_they_were(parts: list[list[str]]) -> None:
    column, whole = LongTexts(), [text for part in parts for text in part]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(long_texts, "PACKED", 4)
        for part in parts:
            column.extend(part, range(7, 7 + len(part)))
    assert (list(column), len(column), column.count("1")) == (whole, len(whole), whole.count("1"))
    assert column.distinct() == set(whole)


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=9),
    st.sampled_from(["SUM(A{0}:B{0})", "A1*{0}", "A1+1", "{0}{0}"]),
)
def test_formulas_filled_down_come_back(rows: list[int], formula: str) -> None:
    texts = [formula.format(row) for row in rows]
    column = LongTexts()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(long_texts, "PACKED", len(rows))
        column.extend(texts, rows)
    assert list(column) == texts
    assert column.distinct() == set(texts)


def test_texts_that_say_the_same_are_one_object() -> None:
    column = LongTexts()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(long_texts, "PACKED", 2)
        for begin in (1, 3):
            column.extend(["道路課", f"{begin}-1"], range(begin, begin + 2))
    assert len(set(map(id, [text for text in column if text == "道路課"]))) == 1

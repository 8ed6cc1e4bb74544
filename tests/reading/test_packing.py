"""Columns packed and unpacked are the same columns; other bytes are refused, never taken for columns."""

from __future__ import annotations

import pickle
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.coded import Coded, strings
from reconcile.fact_columns import FACT_FIELDS, FactColumns
from reconcile.packing import Column, Damaged, pack, unpack
from reconcile.reading import Together
from reconcile.submissions import Submission

COLUMNS = st.lists(
    st.lists(st.text()).map(Coded.of)
    | st.lists(st.integers(-(2**63), 2**63 - 1)).map(lambda numbers: np.array(numbers, dtype=np.int64))
    | st.lists(st.booleans()).map(lambda answers: np.array(answers, dtype=bool))
    | st.lists(st.integers()).map(strings)
)


@given(COLUMNS)
def test_what_was_packed_comes_out(columns: list[Column]) -> None:
    found = unpack(pack(columns))
    assert list(map(plain, found)) == list(map(plain, columns))
    assert [type(column) for column in found] == [type(column) for column in columns]


def plain(column: Column) -> list[object]:
    return list((column.texts if isinstance(column, Coded) else column).tolist())


@given(st.data())
def test_damaged_bytes_are_refused_or_say_something_else(data: st.DataObject) -> None:
    good = pack([Coded.of(["一", "二", "一"]), np.array([1, 2, 3]), strings([10**30])])
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] + bytes([data.draw(st.integers(0, 255))]) + good[at + 1 :]
    try:
        columns = unpack(bad)
    except Damaged:
        return
    assert len(columns) <= 3


@pytest.mark.parametrize("cut", [0, 3, 4, 20, -1])
def test_what_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(Damaged):
        unpack(pack([Coded.of(["一", "二"]), np.array([1, 2])])[:cut])


def test_more_bytes_than_were_packed_are_refused() -> None:
    with pytest.raises(Damaged):
        unpack(pack([np.array([1])]) + b"\0")


def test_facts_travel_between_processes() -> None:
    columns = FactColumns()
    for number in range(3):
        columns.append(*(_example(name, number) for name in FACT_FIELDS))
    assert pickle.loads(pickle.dumps(columns)) == columns


def test_returns_that_travel_together_keep_their_own_values() -> None:
    def columns(of: str, size: int) -> FactColumns:
        found = FactColumns()
        for number in range(size):
            found.append(*(f"{of}{number}" if name == "raw" else _example(name, number) for name in FACT_FIELDS))
        return found

    given = [Submission(of, "", 0, columns=columns(of, size)) for of, size in (("a", 2), ("b", 0), ("c", 3))]
    found = pickle.loads(pickle.dumps(Together(given, [None, given[1].columns.packed(), None]))).submissions
    assert found == given
    assert [submission.columns.raw for submission in found] == [["a0", "a1"], [], ["c0", "c1", "c2"]]
    assert [submission.columns.entries for submission in found] == [2, 0, 3]


def test_facts_without_one_of_their_columns_are_refused() -> None:
    with pytest.raises(Damaged):
        FactColumns.unpacked(pack([Coded.of(["x"])] * (len(FACT_FIELDS) - 1)))


def _example(name: str, number: int) -> object:
    if name in ("row", "column", "entry", "state"):
        return number
    if name == "stored":
        return bool(number % 2)
    return Decimal(number) / 10 if name == "value" else f"{name}{number % 2}"

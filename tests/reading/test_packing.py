"""Columns packed and unpacked are the same columns; other bytes are refused, never taken for columns."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.facts import FACT_FIELDS, FactColumns
from reconcile.packing import Damaged, pack, unpack

ROWS = st.lists(
    st.tuples(st.text(), st.integers(-(2**60), 2**60), st.booleans(), st.none() | st.decimals(allow_nan=False))
)


@given(ROWS)
def test_what_was_packed_comes_out(rows: list[tuple[object, ...]]) -> None:
    kinds = ("text", "whole", "yes", "decimal")
    columns = [[row[n] for row in rows] for n in range(4)]
    found = unpack(pack(list(zip(kinds, columns, strict=True))))
    assert found == columns
    assert list(map(str, found[3])) == list(map(str, columns[3]))


def test_a_figure_keeps_its_places() -> None:
    assert list(map(str, unpack(pack([("decimal", [Decimal("1.0"), Decimal("1")])]))[0])) == ["1.0", "1"]


@given(st.data())
def test_damaged_bytes_are_refused_or_say_something_else(data: st.DataObject) -> None:
    good = pack([("text", ["一", "二", "一"]), ("whole", [1, 2, 3]), ("decimal", [None, Decimal("1.5"), None])])
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
        unpack(pack([("text", ["一", "二"]), ("whole", [1, 2])])[:cut])


def test_more_bytes_than_were_packed_are_refused() -> None:
    with pytest.raises(Damaged):
        unpack(pack([("whole", [1])]) + b"\0")


def test_facts_travel_between_processes() -> None:
    columns = FactColumns()
    for number in range(3):
        columns.append(*(_example(name, number) for name in FACT_FIELDS))
    assert pickle.loads(pickle.dumps(columns)) == columns


def test_facts_without_one_of_their_columns_are_refused() -> None:
    with pytest.raises(Damaged):
        FactColumns.unpacked(pack([("text", ["x"])] * (len(FACT_FIELDS) - 1)))


def _example(name: str, number: int) -> object:
    if name in ("row", "column", "entry", "state"):
        return number
    if name == "stored":
        return bool(number % 2)
    return Decimal(number) / 10 if name == "value" else f"{name}{number % 2}"

"""Coded texts and figures in columns say what the texts and figures themselves say."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reconcile.coded import Coded
from reconcile.fact_columns import FACT_FIELDS, FactColumns
from reconcile.figures import EXACT, SUMMED, Figures

TEXTS = st.lists(st.sampled_from(["", "甲", "乙", "丙"]))
FIGURE = st.none() | st.decimals(-(10**9), 10**9, places=3) | st.integers(-(10**30), 10**30).map(Decimal)
FIGURES = st.lists(FIGURE | st.sampled_from([Decimal("1E+3"), Decimal("12.50"), Decimal("0.0")]))


@given(st.lists(TEXTS))
def test_joined_columns_say_what_their_parts_say(parts: list[list[str]]) -> None:
    joined = Coded.joined([Coded.of(texts) for texts in parts])
    everything = [text for texts in parts for text in texts]
    assert joined.texts.tolist() == everything
    assert joined.present == tuple(dict.fromkeys(everything))
    assert len(set(joined.values)) == len(joined.values)


@given(TEXTS, st.sampled_from(["", "甲", "丁"]))
def test_a_column_says_where_a_text_stands(texts: list[str], wanted: str) -> None:
    column = Coded.of(texts)
    assert column.says(wanted).tolist() == [text == wanted for text in texts]
    assert column.among([wanted, "乙"]).tolist() == [text in (wanted, "乙") for text in texts]
    chosen = column.says(wanted)
    assert column.take(chosen).texts.tolist() == [text for text in texts if text == wanted]


@given(TEXTS)
def test_a_column_is_mapped_text_by_text(texts: list[str]) -> None:
    mapped = Coded.of([*texts, "乙"]).take(np.arange(len(texts))).map(lambda text: text.replace("丙", "甲"))
    assert mapped.texts.tolist() == [text.replace("丙", "甲") for text in texts]
    assert "" not in mapped.values or "" in texts


def test_a_column_of_one_text_is_as_long_as_asked_for() -> None:
    assert Coded.same("様式1", 5000).texts.tolist() == ["様式1"] * 5000


@given(st.lists(FIGURES))
def test_figures_keep_their_value_and_places(parts: list[list[Decimal | None]]) -> None:
    joined = Figures.joined([Figures.of(values) for values in parts])
    everything = [value for values in parts for value in values]
    assert list(map(str, joined.values())) == list(map(str, everything))
    assert [joined.value(place) for place in range(len(joined))] == everything
    scaled = joined.scaled()
    number = scaled.number
    assert [EXACT.scaleb(Decimal(n), -scaled.decimals) for n in number.tolist()] == [value or 0 for value in everything]
    fits = max((abs(n) for n in number.tolist()), default=0) < SUMMED
    assert number.dtype == (np.int64 if fits else object)
    assert list(map(str, scaled)) == list(map(str, everything))
    assert [str(scaled.value(place)) for place in range(len(scaled))] == list(map(str, everything))
    odd = slice(1, None, 2)
    assert list(map(str, scaled.take(odd).values())) == list(map(str, everything[odd]))


def test_minus_nought_is_nought() -> None:
    assert str(Figures.of([Decimal("-0")]).values()[0]) == "0"


@given(st.data())
def test_values_read_together_or_one_by_one_are_the_same(data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["甲", "乙"]), FIGURE), min_size=1))
    cut = data.draw(st.integers(0, len(rows)))
    together, apart = FactColumns(), FactColumns()
    for columns, parts in ((together, [rows]), (apart, [rows[:cut], rows[cut:]])):
        for part in parts:
            gathered = FactColumns()
            for row in part:
                gathered.append(*_told(*row))
            columns.extend(gathered)
    assert together == apart
    assert together.entries == apart.entries == max(entry for entry, _, _ in rows) + 1


def _told(entry: int, text: str, value: Decimal | None) -> list[object]:
    others: dict[str, object] = {"entry": entry, "value": value, "row": entry, "column": 1, "state": 0, "stored": False}
    return [others.get(name, text) for name in FACT_FIELDS]

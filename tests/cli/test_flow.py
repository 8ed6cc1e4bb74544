"""Lines on a terminal are broken as Japanese is set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.cli.flow import NOT_FIRST, columns, flowed


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("短い文。", 20, ["短い文。"]),
        ("一二三四五六", 6, ["一二三", "四五六"]),
        ("一二三。四五六", 6, ["一二", "三。四", "五六"]),
        ("一二「三」四", 6, ["一二", "「三」", "四"]),
        ("様式1!F18 は空欄", 10, ["様式1!F18", "は空欄"]),
        ("one two three", 7, ["one two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 4, [""]),
    ],
)
def test_cases(text: str, width: int, lines: list[str]) -> None:
    assert flowed(text, width) == lines


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Mn", "Me", "Cf"]), max_size=80),
    st.integers(8, 40),
)
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: int) -> None:
    lines = flowed(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line) <= width for line in lines)


def test_no_line_of_a_sentence_begins_with_a_closing_mark() -> None:
    text = "様式1!F18（防災塾参加人数 × 総量）は「2,600 人」ですが、合計は 2,500 人です（差 +100）。確かめてください。"
    for width in range(16, 60):
        assert [line for line in flowed(text, width) if line[0] in NOT_FIRST] == [], width

"""What holds for every text and every number."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reconcile.normalise import (
    DOUBTS,
    PROBLEMS,
    Notation,
    as_of,
    fiscal_year,
    fold_key,
    fold_label,
    fold_label_core,
    fold_name,
    fold_period,
    fold_unit,
    quoted_figures,
    read_date,
    read_measures,
    shown,
    similarity,
    split_original_target,
)

FULL_WIDTH = str.maketrans("0123456789,.-%", "０１２３４５６７８９，．－％")
#: Pieces from which people's cells are made, so that random texts reach the corners of the grammar.
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "1",
                "０",
                "2,500",
                "1.5",
                ",",
                "．",
                "、",
                "。",
                " ",
                "　",
                "\n",
                "人",
                "件",
                "％",
                "㎡",
                "t-CO₂",
                "千円",
                "万",
                "億",
            ),
            *(
                "約",
                "▲",
                "-",
                "―",
                "ー",
                "（",
                "）",
                "(",
                ")",
                "【",
                "】",
                "：",
                "※",
                "a）",
                "b)",
                "①",
                "②",
                "累計",
                "延べ",
            ),
            *(
                "令和5年度",
                "R4",
                "12月",
                "から",
                "に変更",
                "～",
                "/",
                "・",
                "以上",
                "集計中",
                "検討",
                "グループホーム",
                "か所",
                "O",
            ),
        ]
    ),
    max_size=12,
).map("".join)
TEXTS = st.one_of(st.text(max_size=40), PIECES)
UNITS = st.sampled_from(["", "人", "件", "社・団体", "g/人・日", "t-CO2", "㎡", "%", "箇所", "千円", "億円"])
NUMBERS = st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=1)
FORMATS = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(
            [
                "0",
                "#,##0",
                ".0",
                ",",
                "%",
                '"人"',
                "\\",
                "_",
                "*",
                "@",
                ";",
                "[h]",
                "[$-411]",
                "yyyy",
                "m",
                "ss",
                "ggge",
                '"',
                "General",
            ]
        ),
        max_size=8,
    ).map("".join),
)


@given(
    NUMBERS,
    UNITS,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "-", "−", "▲", "△"]),
    st.sampled_from(["", " ", "　", "\n"]),
)
def test_a_number_in_any_notation_reads_back(
    number: Decimal, unit: str, wide: bool, commas: bool, sign: str, space: str
) -> None:
    number = number if number % 1 else number.to_integral_value()
    digits = f"{number:,f}" if commas else f"{number:f}"
    typed = f"{sign}{digits}{space}{unit}" if unit else f"{sign}{digits}"
    (measure,) = read_measures("s", typed.translate(FULL_WIDTH) if wide else typed)
    assert (measure.state, measure.value, measure.unit) == ("number", -number if sign else number, fold_unit(unit))
    assert measure.doubts == ()


@given(st.integers(1, 10**9), st.sampled_from([("円", 1), ("千円", 10**3), ("百万円", 10**6), ("億円", 10**8)]))
def test_money_in_another_unit_is_worth_the_same(amount: int, unit: tuple[str, int]) -> None:
    (measure,) = read_measures("s", f"{amount:,}{unit[0]}", "General", Notation(unit="千円"))
    assert measure.value is not None
    assert measure.value * 1000 == amount * unit[1]
    assert measure.unit == "千円"


@given(st.integers(-(10**9), 10**9), st.sampled_from(["General", "0", "#,##0", '#,##0"人"', "#,##0;▲#,##0", "0.0_ "]))
def test_a_stored_number_reads_back_under_formats_that_do_not_scale(number: int, number_format: str) -> None:
    (measure,) = read_measures("n", str(number), number_format)
    assert (measure.value, measure.changes) == (number, ())


@given(st.floats(allow_nan=True, allow_infinity=True).map(repr), FORMATS)
@example("0", "")
@example("-0.0", "0;0;0")
def test_no_number_and_no_format_raises(stored: str, number_format: str) -> None:
    assert len(read_measures("n", stored, number_format)) == 1
    assert isinstance(shown("n", stored, number_format), str)
    read_date("n", stored, number_format)
    read_date("n", stored, number_format, True)


@given(TEXTS, st.sampled_from(["n", "s", "b", "e", "d", ""]), FORMATS)
def test_no_text_raises(text: str, kind: str, number_format: str) -> None:
    measures = read_measures(kind, text, number_format, Notation(unit="千円", brackets_negative=True))
    assert measures
    assert len({measure.component for measure in measures}) == len(measures)
    for measure in measures:
        assert (measure.value is not None) == (measure.state == "number")
        assert set(measure.doubts) <= set(DOUBTS)
        assert {measure.problem} <= {"", *PROBLEMS}
        assert bool(measure.problem) == (measure.state == "text") or measure.problem == "no_result"
    assert isinstance(shown(kind, text, number_format), str)
    read_date(kind, text, number_format)


@given(TEXTS, TEXTS)
def test_no_text_makes_the_others_raise(text: str, marker: str) -> None:
    fiscal_year(text), as_of(text), fold_period(text, 2022), fold_unit(text)
    for quotation in quoted_figures(text):
        assert text[quotation.start : quotation.end] == quotation.text
    split_original_target(text, marker or "目標")
    assert 0 <= similarity(text, marker) <= 1


@pytest.mark.parametrize("fold", [fold_label, fold_label_core, fold_key, fold_name, fold_unit])
@given(text=TEXTS)
def test_folding_twice_changes_nothing_more(fold, text: str) -> None:  # type: ignore[no-untyped-def]
    assert fold(fold(text)) == fold(text)


@given(NUMBERS, NUMBERS, st.sampled_from(["～", "/", "→", "から", "×", "人・", "\n"]), UNITS)
def test_two_numbers_are_never_read_as_one(one: Decimal, other: Decimal, between: str, unit: str) -> None:
    (measure,) = read_measures("s", f"{one}{between}{other}{unit}")
    assert (measure.state, measure.value) == ("text", None)


@given(NUMBERS, st.sampled_from(["以上", "未満", "超", "増", "?", "（うち5）", "＋α"]))
def test_a_bounded_or_doubtful_number_stays_refused(number: Decimal, behind: str) -> None:
    (measure,) = read_measures("s", f"{number}人{behind}")
    assert (measure.state, measure.value) == ("text", None)

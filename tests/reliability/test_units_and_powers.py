"""The tables of units and powers of ten, entry by entry, against what they have to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reconcile.normalise import MONEY, Notation, fold_unit, parse_format, read_date, read_measures
from reconcile.normalise.units import MAGNITUDES, stands_alone

POWERS = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "億": 8, "十億": 9, "百億": 10, "兆": 12}


def test_no_power_is_missing() -> None:
    assert set(MAGNITUDES) == set(POWERS)
    assert set(MONEY) == {"円", *(f"{word}円" for word in POWERS)}


@pytest.mark.parametrize(("word", "power"), POWERS.items())
def test_a_power_of_ten(word: str, power: int) -> None:
    assert MAGNITUDES[word] == MONEY[f"{word}円"] == Decimal(10) ** power
    (measure,) = read_measures("s", f"3{word}円", "General", Notation(unit="円"))
    assert (measure.value, measure.unit) == (3 * 10**power, "円")
    (measure,) = read_measures("s", f"3{word}人")
    # 3百人 and 3千人 are read as well; 3百貨店 would be shops.
    assert (measure.value, measure.unit) == (3 * 10**power, "人")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        *(
            ("m2", "㎡"),
            ("m^2", "㎡"),
            ("平米", "㎡"),
            ("平方メートル", "㎡"),
            ("平方m", "㎡"),
            ("m²", "㎡"),
            ("㎡", "㎡"),
        ),
        *(("m3", "㎥"), ("m^3", "㎥"), ("立米", "㎥"), ("立方メートル", "㎥"), ("立方m", "㎥")),
        *(("km2", "㎢"), ("km^2", "㎢"), ("平方キロメートル", "㎢"), ("平方km", "㎢")),
        *(("％", "%"), ("パーセント", "%"), ("percent", "%"), ("pct", "%")),
        *(("T", "t"), ("トン", "t"), ("KG", "kg"), ("キログラム", "kg"), ("G", "g"), ("グラム", "g")),
        *(("M", "m"), ("メートル", "m"), ("KM", "km"), ("キロメートル", "km"), ("HA", "ha"), ("ヘクタール", "ha")),
        *(("CM", "cm"), ("MM", "mm"), ("L", "l"), ("ML", "ml"), ("kW", "kw"), ("kWh", "kwh"), ("MWh", "mwh")),
        *(("t-CO₂", "t-CO2"), ("tCO2", "t-CO2"), ("トン-CO2", "t-CO2"), ("kg-CO2", "kg-CO2"), ("KgCO₂", "kg-CO2")),
        *(("¥", "円"), ("円", "円"), ("ヶ所", "箇所"), ("か月", "箇月"), ("カ国", "箇国"), ("人", "人"), ("名", "名")),
    ],
)
def test_a_unit_as_it_is_compared(typed: str, folded: str) -> None:
    assert fold_unit(typed) == folded


@pytest.mark.parametrize("unit", ["㎡", "㎥", "㎢", "%", "t", "kg", "m", "km", "ha", "円", "千円", "人"])
def test_a_folded_unit_stays_as_it_is(unit: str) -> None:
    assert fold_unit(unit) == unit


@pytest.mark.parametrize(
    ("code", "percent", "thousands"),
    [("0", 0, 0), ("0%", 1, 0), ("0%%", 2, 0), ("#,##0,", 0, 1), ("#,##0,,", 0, 2), ('0"%"', 0, 0), ("0,%", 1, 1)],
)
def test_what_a_format_scales(code: str, percent: int, thousands: int) -> None:
    (section,) = parse_format(code).sections
    assert (section.percent, section.thousands) == (percent, thousands)


def test_the_longest_format() -> None:
    assert parse_format("0" * 1000) != parse_format("General")
    assert parse_format("0" * 1001) == parse_format("General")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("明治1年1月25日", date(1868, 1, 25)),
        ("明治1年1月24日", None),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("明治45年7月30日", None),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("大正元年7月29日", None),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("大正15年12月25日", None),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("昭和元年12月24日", None),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("昭和64年1月8日", None),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("平成元年1月7日", None),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成31年5月1日", None),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和元年4月30日", None),
        ("M1.1.25", date(1868, 1, 25)),
        ("R4.12.31", date(2022, 12, 31)),
    ],
)
def test_the_first_and_last_day_of_an_era(typed: str, day: date | None) -> None:
    assert read_date("s", typed) == day


PRINTED_ALONE = "人 名 件 回 台 校 枚 部 枠 日 % 円 m km t kg ㎡ ㎥ ㎢ 千円 百万円 億円 万円 団体 箇所 世帯 時間 施設 事業 事業者 地区 地域"


@pytest.mark.parametrize("unit", PRINTED_ALONE.split())
def test_units_that_a_form_prints_alone(unit: str) -> None:
    assert stands_alone(unit)
    assert not stands_alone(f"{unit}x")


@pytest.mark.parametrize("typed", ["3+5", "3×5", "3x5", "3X5", "3*5", "3÷5", "3=5", "3±5", "3 ± 5"])
def test_a_sum_is_no_figure(typed: str) -> None:
    (measure,) = read_measures("s", typed)
    assert (measure.state, measure.value, measure.problem) == ("text", None, "expression")


def test_a_middle_dot_joins_units_however_it_is_typed() -> None:
    assert fold_unit("社·団体") == fold_unit("社・団体") == "社・団体"

"""Every word of the tables of units, magnitudes and eras, and every edge of a condition, has its case here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reconcile.normalise import Notation, fold_unit, parse_format, read_date, read_measures
from reconcile.normalise.amounts import compound_amount
from reconcile.normalise.dates import Order
from reconcile.normalise.formats import section_for
from reconcile.normalise.tails import unit_before
from reconcile.normalise.units import stands_alone
from reconcile.normalise.wording import words_in


@pytest.mark.parametrize(
    ("unit", "same"),
    [
        ("㎡", "m2 m² m^2 M2 平米 平方メートル 平方m ㎡"),
        ("㎥", "m3 m³ m^3 立米 立方メートル 立方m ㎥"),
        ("㎢", "km2 km² km^2 KM2 平方キロメートル 平方km ㎢"),
        ("%", "% ％ パーセント percent pct PCT"),
        ("t", "t T トン ｔ"),
        ("kg", "kg KG キログラム ㎏"),
        ("g", "g グラム"),
        ("m", "m メートル ｍ"),
        ("km", "km キロメートル ㎞"),
        ("ha", "ha HA ヘクタール ㏊"),
        ("t-CO2", "t-CO2 t-CO₂ t-co2 tCO2 トン-CO2 t‐CO2 t−CO2"),
        ("kg-CO2", "kg-CO2 kg-CO₂ kgCO2 KG-CO2"),
        ("円", "円 ¥ ￥"),
        ("箇所", "箇所 個所 か所 ヶ所 ケ所 カ所 ヵ所"),
        ("箇月", "箇月 か月 ヶ月 カ月"),
        ("箇年", "箇年 か年 ヶ年"),
        ("箇国", "箇国 か国 ヶ国"),
        ("社・団体", "社・団体 社·団体"),
    ],
)
def test_every_way_to_write_a_unit(unit: str, same: str) -> None:
    assert {fold_unit(each) for each in same.split()} == {unit}


@pytest.mark.parametrize("unit", ["cm", "mm", "l", "ml", "kw", "kwh", "mwh"])
def test_letters_of_a_measure_count_without_case(unit: str) -> None:
    assert fold_unit(unit.upper()) == fold_unit(unit) == unit


@pytest.mark.parametrize("unit", ["か件", "ヶ人", "Kg-Co", "Ab"])
def test_what_is_no_counter_and_no_measure_stays(unit: str) -> None:
    assert fold_unit(unit) == unit


@pytest.mark.parametrize(
    "unit",
    [
        "人",
        "名",
        "件",
        "回",
        "台",
        "校",
        "枚",
        "部",
        "枠",
        "日",
        "%",
        "円",
        "m",
        "km",
        "t",
        "kg",
        "㎡",
        "㎥",
        "㎢",
        "千円",
        "百万円",
        "億円",
        "万円",
        "団体",
        "箇所",
        "世帯",
        "時間",
        "施設",
        "事業",
        "事業者",
        "地区",
        "地域",
    ],
)
def test_a_unit_that_forms_print_into_an_empty_cell(unit: str) -> None:
    assert stands_alone(unit)
    for typed in (unit, f" {unit}　"):
        (measure,) = read_measures("s", typed, "General", Notation(unit=unit))
        assert (measure.state, measure.unit) == ("blank", unit)


def test_other_words_are_no_such_unit() -> None:
    assert not stands_alone("件数")
    assert not stands_alone("")


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("3百人", 300, "人"),
        ("3千人", 3_000, "人"),
        ("3万人", 30_000, "人"),
        ("3十万人", 300_000, "人"),
        ("3百万人", 3_000_000, "人"),
        ("3千万人", 30_000_000, "人"),
        ("3億人", 300_000_000, "人"),
        ("3十億人", 3_000_000_000, "人"),
        ("3百億人", 30_000_000_000, "人"),
        ("3兆人", 3_000_000_000_000, "人"),
        ("3百", 300, ""),
        ("3千", 3_000, ""),
        ("3百貨店", 3, "百貨店"),
        ("3千団体", 3_000, "団体"),
        ("3千葉県", 3, "千葉県"),
        ("1兆2億3万4千5百6円", 1_000_200_034_506, "円"),
        ("9千9百", 9_900, ""),
        ("2万5千", 25_000, ""),
    ],
)
def test_every_magnitude(typed: str, value: int, unit: str) -> None:
    (measure,) = read_measures("s", typed)
    assert (measure.state, measure.value, measure.unit) == ("number", value, unit)


@pytest.mark.parametrize("typed", ["3千5万", "2億10000万", "5百10千", "1万1万", "3千1000", "2千12百"])
def test_magnitudes_that_do_not_descend_are_no_amount(typed: str) -> None:
    (measure,) = read_measures("s", typed)
    assert (measure.state, measure.value) == ("text", None)


@pytest.mark.parametrize(
    ("unit", "yen"),
    [
        ("円", 1),
        ("百円", 100),
        ("千円", 1_000),
        ("万円", 10_000),
        ("十万円", 100_000),
        ("百万円", 1_000_000),
        ("千万円", 10_000_000),
        ("億円", 100_000_000),
        ("十億円", 1_000_000_000),
        ("百億円", 10_000_000_000),
        ("兆円", 1_000_000_000_000),
    ],
)
def test_every_unit_of_money(unit: str, yen: int) -> None:
    (measure,) = read_measures("s", f"5{unit}", "General", Notation(unit="円"))
    assert (measure.value, measure.unit) == (5 * yen, "円")
    (other,) = read_measures("s", "5兆円", "General", Notation(unit=unit))
    assert (other.value, other.unit) == (Decimal(5_000_000_000_000) / yen, unit)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("①", "not_a_number"),
        ("5人 検討中", "not_a_number"),
        ("5検討します", "not_a_number"),
        ("5人以上", "bound"),
        ("5人増", "difference"),
        ("1/3", "fraction"),
        ("3分の1", "fraction"),
        ("5~6", "range"),
        ("5→6", "range"),
        ("5人から6人", "range"),
        ("5-6", "range"),
        ("10:30", "time"),
        ("5×6", "expression"),
        ("5+6", "expression"),
        ("5±1", "expression"),
        ("5 6", "two_numbers"),
        ("100 200", "two_numbers"),
        ("1O", "letter_in_number"),
        ("l0", "letter_in_number"),
        ("2O0人", "letter_in_number"),
        ("1,00", "thousands"),
        ("0,123", "thousands"),
        ("69、9", "separator"),
        ("1.2.3", "separator"),
        ("1234567890123456", "too_long"),
        ("(5)", "brackets"),
        ("令和5年2月1日", "date"),
    ],
)
def test_every_reason_why_a_text_is_no_figure(typed: str, problem: str) -> None:
    (measure,) = read_measures("s", typed)
    assert (measure.state, measure.value, measure.problem) == ("text", None, problem)


def test_a_mark_of_a_list_alone_is_a_text() -> None:
    (measure,) = read_measures("s", "a)")
    assert (measure.component, measure.state) == ("", "milestone")


def test_fifteen_digits_are_a_number() -> None:
    (measure,) = read_measures("s", "123456789012345")
    assert measure.value == 123_456_789_012_345


@pytest.mark.parametrize(
    ("typed", "decimals", "doubts"),
    [
        ("1.000", 2, ("decimal_or_thousands",)),
        ("1.000", 3, ()),
        ("999.990", None, ("decimal_or_thousands",)),
        ("1000.990", None, ()),
        ("0.990", None, ()),
        ("1.991", None, ()),
        ("1.90", None, ()),
        ("1.9900", None, ()),
        ("0", None, ()),
        ("00", None, ("leading_zero",)),
        ("05", None, ("leading_zero",)),
    ],
)
def test_where_a_point_may_part_thousands(typed: str, decimals: int | None, doubts: tuple[str, ...]) -> None:
    (measure,) = read_measures("s", typed, "General", Notation(decimals=decimals))
    assert (measure.state, measure.doubts) == ("number", doubts)


@pytest.mark.parametrize(
    ("stored", "number_format", "value", "unit"),
    [
        ("5", 'General"人"', "5", "人"),
        ("5", 'G/標準"人"', "5", "人"),
        ("5", '"a;b"0"人"', None, ""),
        ("5", '0"人;"', None, ""),
        ("5", "0\\人", "5", "人"),
        ("5", "0_-人", "5", "人"),
        ("5", "0人*-", "5", "人"),
        ("5", "[赤]0人", "5", "人"),
        ("5", "[$¥-411]#,##0", "5", "円"),
        ("0.5", "0%", "50", "%"),
        ("0.5", "0%%", "5000", "%"),
        ("1", "0.0t", "1", "t"),
        ("5", "Generalm", "5", "m"),
        ("-5", '""0"人";0"枚"', "-5", "枚"),
        ("-5", "0人;▲0人", "-5", "人"),
        ("0", "0人;▲0人;0枚", "0", "枚"),
        ("5", "[>=5]0人;0枚", "5", "人"),
        ("4", "[>=5]0人;0枚", "4", "枚"),
        ("5", "[>5]0人;0枚", "5", "枚"),
        ("5", "[<5]0人;0枚", "5", "枚"),
        ("5", "[<=5]0人;0枚", "5", "人"),
        ("5", "[=5]0人;0枚", "5", "人"),
        ("5", "[<>5]0人;0枚", "5", "枚"),
        ("7", "[=5]0人;[=6]0枚;[=8]0回", "7", "回"),
    ],
)
def test_what_a_number_format_says(stored: str, number_format: str, value: str | None, unit: str) -> None:
    (measure,) = read_measures("n", stored, number_format)
    if value is None:
        assert "format_text" in measure.doubts
        return
    assert (measure.value, measure.unit) == (Decimal(value), unit)


def test_a_format_of_a_thousand_characters_is_the_last_that_is_read() -> None:
    assert parse_format('"' + "人" * 997 + '"0').sections[0].prefix == "人" * 997
    assert parse_format('"' + "人" * 998 + '"0').sections[0].prefix == ""


@pytest.mark.parametrize(
    ("number_format", "value", "place", "signed"),
    [
        ("0", -1, 0, False),
        ("0;0", -1, 1, True),
        ("0;0", 0, 0, False),
        ("0;0;0", 0, 2, False),
        ("0;0;0", 1, 0, False),
        ("[>9]0;0;0", -1, 1, False),
    ],
)
def test_which_section_shows_a_value(number_format: str, value: float, place: int, signed: bool) -> None:
    form = parse_format(number_format)
    section, shows_sign = section_for(form, value)
    assert section is form.sections[place]
    assert shows_sign is signed


@pytest.mark.parametrize(
    "part", ["yyyy", "m", "d", "h", "s", "ggge", "aaa", "aaaa", "AM/PM", "[h]", "[mm]", "[ss]", "bbbb", "上午/下午"]
)
def test_every_part_of_a_date_makes_the_cell_one(part: str) -> None:
    assert parse_format(part).is_date
    assert not parse_format(f'"{part}"0').is_date


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("明治元年1月25日", date(1868, 1, 25)),
        ("明治元年1月24日", None),
        ("M45.7.29", date(1912, 7, 29)),
        ("M45.7.30", None),
        ("T1.7.30", date(1912, 7, 30)),
        ("T1.7.29", None),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("大正15年12月25日", None),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("S1.12.24", None),
        ("S64.1.7", date(1989, 1, 7)),
        ("S64.1.8", None),
        ("H1.1.8", date(1989, 1, 8)),
        ("平成元年1月7日", None),
        ("H31.4.30", date(2019, 4, 30)),
        ("R1.5.1", date(2019, 5, 1)),
        ("令和十一年十二月三十一日", date(2029, 12, 31)),
        ("令和〇五年二月一日", date(2023, 2, 1)),
        ("令和零五年二月一日", None),
    ],
)
def test_the_first_and_last_day_of_every_era(typed: str, day: date | None) -> None:
    assert read_date("s", typed) == day


@pytest.mark.parametrize(
    ("typed", "order", "day"),
    [
        ("1 February 2023", "ymd", date(2023, 2, 1)),
        ("1st of February, 2023", "ymd", date(2023, 2, 1)),
        ("Wednesday, 1 Feb 2023", "ymd", date(2023, 2, 1)),
        ("September 30, 2023", "ymd", date(2023, 9, 30)),
        ("Sept. 30th 2023", "ymd", date(2023, 9, 30)),
        ("31 June 2023", "ymd", None),
        ("1 Febtober 2023", "ymd", None),
        ("01/02/2023", "ymd", None),
        ("01/02/2023", "dmy", date(2023, 2, 1)),
        ("01/02/2023", "mdy", date(2023, 1, 2)),
        ("13.2.2023", "mdy", None),
        ("13-2-2023", "dmy", date(2023, 2, 13)),
        ("2023/2/1", "mdy", date(2023, 2, 1)),
    ],
)
def test_days_with_the_month_in_words_and_the_year_last(typed: str, order: Order, day: date | None) -> None:
    assert read_date("s", typed, order=order) == day


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("道路を直す。", 5), ("Two words, 3", 3), ("― ・", 0), ("Ａ課", 2)]
)
def test_words_are_counted_as_word_processors_do(text: str, count: int) -> None:
    assert words_in(text) == count


@pytest.mark.parametrize(
    ("stored", "number_format", "doubted"),
    [("1", "0", True), ("1.5", "0.0", False), ("2", "0", False), ("0", "0", False), ("1", "", True), ("2", "", False)],
)
def test_from_where_on_a_percentage_may_be_a_share(stored: str, number_format: str, doubted: bool) -> None:
    (measure,) = read_measures("n", stored, number_format, Notation(unit="%"))
    assert (measure.doubts == ("percent_or_fraction",)) is doubted


@pytest.mark.parametrize(
    ("number", "month"),
    list(
        enumerate(
            [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
            start=1,
        )
    ),
)
def test_every_month_in_words(number: int, month: str) -> None:
    for typed in (month, month.upper(), month[:3]):
        assert read_date("s", f"3 {typed} 2023") == date(2023, number, 3)


def test_the_last_day_of_the_other_calendar() -> None:
    assert read_date("n", "2957003", "yyyy/m/d", True) == date(9999, 12, 31)
    assert read_date("n", "2957004", "yyyy/m/d", True) is None


@pytest.mark.parametrize(("typed", "value"), [("9999兆9億", 9_999_000_900_000_000), ("10000兆5億", None)])
def test_ten_thousand_of_the_highest_magnitude_is_no_amount(typed: str, value: int | None) -> None:
    found = compound_amount(typed)
    assert (found and found[0]) == value


def test_a_bare_number_without_a_format_is_no_day() -> None:
    assert read_date("n", "44958") is None
    assert read_date("n", "20230201") == date(2023, 2, 1)


def test_a_hundred_characters_are_the_longest_day() -> None:
    day = "令和5年2月1日"
    assert read_date("s", day.ljust(100)) == date(2023, 2, 1)
    assert read_date("s", day.ljust(101)) is None


def test_the_section_of_texts_makes_no_date_of_a_number() -> None:
    assert not parse_format("0;-0;0;yyyy").is_date
    assert parse_format("0;-0;yyyy").is_date


@pytest.mark.parametrize(
    ("text", "lent", "parted"), [(" 、歩道築造", "", ("", "歩道築造")), ("%、歩道築造", "", ("%", "歩道築造"))]
)
def test_a_border_of_measures_that_begins_with_a_sign(text: str, lent: str, parted: tuple[str, str]) -> None:
    assert unit_before(text, lent) == parted

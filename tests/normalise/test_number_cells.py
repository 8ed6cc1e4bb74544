"""Number cells: stored value and number format → measure, and what the person sees."""

from decimal import Decimal

import pytest

from reconcile.normalise import Change, Notation, parse_format, read_date, read_measures, shown

THOUSANDS = Notation(unit="千円")
PERCENT = Notation(unit="%")


@pytest.mark.parametrize(
    ("stored", "number_format", "notation", "value", "unit"),
    [
        ("1000", "General", None, "1000", ""),
        ("1000", "", None, "1000", ""),
        ("69.900000000000006", "General", None, "69.9", ""),
        ("1.0E-2", "General", None, "0.01", ""),
        ("1E+20", "General", None, "100000000000000000000", ""),
        ("1E+30", "General", None, "1E+30", ""),
        ("-5", "#,##0;▲#,##0", None, "-5", ""),
        ("-5", "#,##0_);(#,##0)", None, "-5", ""),
        ("-5", '#,##0"人";"▲ "#,##0"人"', None, "-5", "人"),
        ("0.8", "0%", None, "80", "%"),
        ("0.69900000000000007", "0.0%", None, "69.9", "%"),
        ("0.8", '0%"以"', None, "80", "%以"),
        ("80", '0.0"%"', None, "80", "%"),
        ("80", r"0\%", None, "80", "%"),
        ("1000", '#,##0"人"', None, "1000", "人"),
        ("1000", "#,##0人", None, "1000", "人"),
        ("10.7", "0.0t", None, "10.7", "t"),
        ("1.5", "0.0m", None, "1.5", "m"),
        ("5365", '#,##0"千円"', THOUSANDS, "5365", "千円"),
        ("5365", "#,##0", THOUSANDS, "5365", "千円"),
        ("5365", "¥#,##0", None, "5365", "円"),
        ("5365", "[$¥-411]#,##0", None, "5365", "円"),
        ("1900", '0.0,"千人"', None, "1900", "人"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', None, "0", ""),
        ("80", "General", PERCENT, "80", "%"),
        ("0.8", "0%", PERCENT, "80", "%"),
        ("5", "@", None, "5", ""),
        ("1.000", '0.000"km"', None, "1", "km"),
        ("3", '[>=10]0"団";0"件"', None, "3", "件"),
        ("12", '[>=10]0"団";0"件"', None, "12", "団"),
    ],
)
def test_stored_numbers_are_read_through_their_format(
    stored: str, number_format: str, notation: Notation | None, value: str, unit: str
) -> None:
    (measure,) = read_measures("n", stored, number_format, notation or Notation())
    assert (measure.state, measure.value, measure.unit) == ("number", Decimal(value), unit)
    assert (measure.changes, measure.doubts) == ((), ())


@pytest.mark.parametrize(
    ("stored", "number_format", "notation", "value", "unit", "change"),
    [
        ("5365000", '#,##0,"千円"', None, "5365", "千円", Change("magnitude", "5365000", "5365千円")),
        ("5365000", '#,##0,"千円"', THOUSANDS, "5365", "千円", Change("magnitude", "5365000", "5365千円")),
        ("-5365000", '#,##0,"千円"', THOUSANDS, "-5365", "千円", Change("magnitude", "-5365000", "-5365千円")),
        ("5365000", "#,##0,", THOUSANDS, "5365", "千円", Change("magnitude", "5365000", "5365千円")),
        ("5365000", "#,##0,", None, "5365", "", Change("magnitude", "5365000", "5365")),
        ("5365000000", '#,##0,,"百万円"', None, "5365", "百万円", Change("magnitude", "5365000000", "5365百万円")),
        ("5365000", '#,##0"円"', THOUSANDS, "5365", "千円", Change("unit", "5365000", "5365千円")),
        ("5", '0"万人"', None, "50000", "人", Change("magnitude", "5", "50000人")),
    ],
)
def test_what_a_format_scales_is_told(
    stored: str, number_format: str, notation: Notation | None, value: str, unit: str, change: Change
) -> None:
    (measure,) = read_measures("n", stored, number_format, notation or Notation())
    assert (measure.value, measure.unit, measure.changes) == (Decimal(value), unit, (change,))


@pytest.mark.parametrize(
    ("stored", "number_format", "notation", "value", "doubts"),
    [
        ("5", ";;;", None, "5", ("not_shown",)),
        ("5", '"約"0', None, "5", ("about",)),
        ("3", '0"/10"', None, "3", ("format_text",)),
        ("0.8", "General", PERCENT, "0.8", ("percent_or_fraction",)),
        ("80", "0%", None, "8000", ("hundredfold_percent",)),
        ("-12.5", "0.0%", PERCENT, "-1250", ("hundredfold_percent",)),
        ("9.5", "0%", None, "950", ()),
        ("5365", "¥#,##0", THOUSANDS, "5365", ("currency_sign",)),
    ],
)
def test_what_a_format_makes_doubtful(
    stored: str, number_format: str, notation: Notation | None, value: str, doubts: tuple[str, ...]
) -> None:
    (measure,) = read_measures("n", stored, number_format, notation or Notation())
    assert (measure.value, measure.doubts) == (Decimal(value), doubts)


@pytest.mark.parametrize("number_format", ["yyyy/m/d", '[$-411]ggge"年"m"月"d"日"', "[h]:mm", "h:mm", "mm:ss.0"])
def test_dates_and_times_are_no_figures(number_format: str) -> None:
    (measure,) = read_measures("n", "44958", number_format)
    assert (measure.state, measure.problem) == ("text", "date")


@pytest.mark.parametrize(
    ("stored", "number_format", "seen"),
    [
        ("1234.5", "General", "1234.5"),
        ("69.900000000000006", "General", "69.9"),
        ("123456789012", "General", "1.23457E+11"),
        ("0.00000123", "General", "1.23E-06"),
        ("0.1234567890123", "General", "0.123456789"),
        ("-1234567", "#,##0", "-1,234,567"),
        ("-1234567", "#,##0;▲#,##0", "▲1,234,567"),
        ("-5", "[Red](#,##0)", "-(5)"),
        ("0", "#,##0;▲#,##0;―", "―"),
        ("2.5", "0", "3"),
        ("0.5", "#", "1"),
        ("0.4", "#", ""),
        ("0.5", "#.##", ".5"),
        ("7", "000", "007"),
        ("7", "0,000", "0,007"),
        ("1.5", "0.00#", "1.50"),
        ("0.805", "0.0%", "80.5%"),
        ("5365000", '#,##0,"千円"', "5,365千円"),
        ("5365", "¥#,##0", "¥5,365"),
        ("1000", '#,##0"人"', "1,000人"),
        ("1234567", "000-0000", "123-4567"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("0.00012", "0.0E-00", "1.2E-04"),
        ("0.5", "# ?/?", "0.5"),
        ("5", ";;;", ""),
        ("5", '"件"', "件"),
        ("5", "@", "5"),
        ("5", '[>3]"多";"少"', "多"),
        ("2", '[>3]"多";"少"', "少"),
        ("2", '[>3]"多";[<1]"少"', "少"),
        ("5", '0"閉じない', "5閉じない"),
        ("44958", "yyyy/m/d", "2023/2/1"),
        ("44958", "yy-mm-dd", "23-02-01"),
        ("44958", '[$-411]ggge"年"m"月"d"日"', "令和5年2月1日"),
        ("44958", '[$-411]ggee"年"', "令05年"),
        ("43585", "[$-411]ge.m.d", "H31.4.30"),
        ("44958", "aaaa aaa", "水曜日 水"),
        ("44958", "ddd dddd mmm mmmm mmmmm", "Wed Wednesday Feb February F"),
        ("44958.75", "h:mm AM/PM", "6:00 PM"),
        ("44958.25", "h A/P", "6 A"),
        ("44958.755", "hh:mm:ss", "18:07:12"),
        ("0.5", "h:mm", "12:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.001", "[m]:ss", "1:26"),
        ("44958", "bbbb", "2566"),
        ("60", "yyyy/m/d", "60"),
        ("-1", "yyyy/m/d", "-1"),
        ("nan", "0", "nan"),
    ],
)
def test_what_a_person_sees(stored: str, number_format: str, seen: str) -> None:
    assert shown("n", stored, number_format) == seen


@pytest.mark.parametrize(
    ("kind", "text", "number_format", "seen"),
    [
        ("s", "約３", "0", "約３"),
        ("s", "５", '@"人"', "５人"),
        ("s", "", '@"人"', ""),
        ("d", "2023-02-01", "yyyy年m月d日", "2023年2月1日"),
        ("d", "2023-02-01", "General", "2023-02-01"),
        ("d", "くずれ", "yyyy/m/d", "くずれ"),
        ("b", "TRUE", "0", "TRUE"),
        ("e", "#N/A", "0", "#N/A"),
    ],
)
def test_what_a_person_sees_in_other_cells(kind: str, text: str, number_format: str, seen: str) -> None:
    assert shown(kind, text, number_format) == seen


@pytest.mark.parametrize(("stored", "date1904"), [("2958465.999998", False), ("2957003.999998", True)])
def test_the_last_second_of_the_last_day_there_is(stored: str, date1904: bool) -> None:
    """It would be rounded to the first of a year that no calendar has."""
    assert shown("n", stored, "yyyy/m/d", date1904) == stored
    assert read_date("n", stored, "yyyy/m/d", date1904) is None


def test_the_first_day_of_the_1904_system_is_shown() -> None:
    assert shown("n", "0.5", "yyyy/m/d h:mm", True) == "1904/1/1 12:00"


def test_a_date_in_the_1904_system_is_shown() -> None:
    assert shown("n", "43496", "yyyy/m/d", True) == "2023/2/1"


def test_a_fill_character_and_a_colour_say_nothing() -> None:
    (section,) = parse_format("[Red]*-0").sections
    assert (section.prefix, section.suffix, section.is_date) == ("", "", False)


def test_a_quoted_or_escaped_semicolon_parts_nothing() -> None:
    assert len(parse_format('0";"\\;_;').sections) == 1

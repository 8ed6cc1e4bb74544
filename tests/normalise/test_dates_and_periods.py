"""Days, fiscal years and months as people write them."""

from datetime import date, datetime

import pytest

from reconcile.normalise import as_of, fiscal_year, fold_period, from_serial, read_date


@pytest.mark.parametrize(
    "typed",
    [
        "令和5年2月1日",
        "令和５年２月１日",
        "令和 5 年 2 月 1 日",
        "令和五年二月一日",
        "令和5年2月1日（水）",
        "㋿5年2月1日",
        "R5.2.1",
        "Ｒ５．２．１",
        "r5/2/1",
        "R5-2-1",
        "2023/2/1",
        "2023.02.01",
        "2023-02-01",
        "２０２３－０２－０１",
        "2023年2月1日",
        "2023年2月1日(水曜日)",
        "20230201",
        "2023/2/1 10:30",
        "2023-02-01T10:30:00",
        "2023-02-01T10:30:00.000Z",
    ],
)
def test_notations_of_one_day(typed: str) -> None:
    assert read_date("s", typed) == date(2023, 2, 1)
    assert read_date("d", typed) == date(2023, 2, 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S1.12.25", date(1926, 12, 25)),
        ("大正元年七月三十日", date(1912, 7, 30)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("令和十二年十月二十三日", date(2030, 10, 23)),
        ("平成31年5月1日", None),
        ("令和元年4月30日", None),
        ("令和5年2月30日", None),
        ("2023/13/1", None),
        ("令和5年0月1日", None),
        ("5.2.1", None),
        ("2/1", None),
        ("令和5年2月", None),
        ("提出日", None),
        ("", None),
    ],
)
def test_days_of_eras_and_what_is_no_day(typed: str, day: date | None) -> None:
    assert read_date("s", typed) == day


@pytest.mark.parametrize(
    ("stored", "number_format", "date1904", "day"),
    [
        ("44958", "yyyy/m/d", False, date(2023, 2, 1)),
        ("44958.99", "yyyy/m/d h:mm", False, date(2023, 2, 1)),
        ("1", "yyyy/m/d", False, date(1900, 1, 1)),
        ("59", "yyyy/m/d", False, date(1900, 2, 28)),
        ("60", "yyyy/m/d", False, None),
        ("61", "yyyy/m/d", False, date(1900, 3, 1)),
        ("0", "yyyy/m/d", False, None),
        ("-1", "yyyy/m/d", False, None),
        ("2958465", "yyyy/m/d", False, date(9999, 12, 31)),
        ("2958466", "yyyy/m/d", False, None),
        ("0", "yyyy/m/d", True, date(1904, 1, 1)),
        ("43496", "yyyy/m/d", True, date(2023, 2, 1)),
        ("44958", "General", False, None),
        ("20230201", "General", False, date(2023, 2, 1)),
        ("x", "yyyy/m/d", False, None),
        ("nan", "yyyy/m/d", False, None),
    ],
)
def test_serial_numbers(stored: str, number_format: str, date1904: bool, day: date | None) -> None:
    assert read_date("n", stored, number_format, date1904) == day


def test_a_serial_number_keeps_its_time_to_the_second() -> None:
    assert from_serial(44958.75) == datetime(2023, 2, 1, 18)
    assert from_serial(44958.9999999) == datetime(2023, 2, 2)


def test_other_kinds_are_no_days() -> None:
    assert read_date("b", "TRUE") is None


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        *(
            (typed, 2022)
            for typed in ("令和4年度", "令和４年度", "令和 4 年度", "令和4年 度", "令和四年度", "R4", "Ｒ４")
        ),
        *((typed, 2022) for typed in ("R4年度", "r4", "2022年度", "２０２２年度", "FY2022", "（令和4年度）")),
        ("令和元年度", 2019),
        ("平成30年度", 2018),
        ("H30", 2018),
        ("平成35年度", 2023),
        ("昭和六十三年度", 1988),
        ("令和4年", None),
        ("4年度", None),
        ("R4.12", None),
        ("2022", None),
        ("令和4年度見込み", None),
        ("", None),
    ],
)
def test_fiscal_years(typed: str, year: int | None) -> None:
    assert fiscal_year(typed) == year


@pytest.mark.parametrize(
    ("typed", "month", "period"),
    [
        ("令和3年12月時点", (2021, 12), "2021-12"),
        ("令和 4 年 9 月現在", (2022, 9), "2022-09"),
        ("平成 26 年 4月", (2014, 4), "2014-04"),
        ("令和5年3月末時点", (2023, 3), "2023-03"),
        ("令和5年3月31日現在", (2023, 3), "2023-03"),
        ("2022年4月", (2022, 4), "2022-04"),
        ("2022-04", (2022, 4), "2022-04"),
        ("令和4年13月", None, None),
        ("令和 2 年度", None, "FY2020"),
        ("令和元年度", None, "FY2019"),
        ("令和4年度末見込み", None, "FY2022"),
        ("R5", None, "FY2023"),
        ("4月", None, None),
        ("累計", None, None),
    ],
)
def test_months_and_periods(typed: str, month: tuple[int, int] | None, period: str | None) -> None:
    assert as_of(typed) == month
    assert fold_period(typed) == period


def test_a_month_belongs_to_its_fiscal_year() -> None:
    assert [fold_period(month, 2022) for month in ("4月", "12月分", "１月", "3月", "13月", "計")] == [
        *("2022-04", "2022-12", "2023-01", "2023-03", None, None)
    ]

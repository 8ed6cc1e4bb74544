"""How a department lays its forms out. The figures do not depend on any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from making.layouts import BaseLayout, Look
from making.sheets import Plan

from .terms import CASES, COMMENTS, MEASURES, POPULATION, SURVEY

ONE_EACH: Plan = (
    ("様式D1", (POPULATION,), "down"),
    ("様式D2", (CASES,), "down"),
    ("様式D3", (COMMENTS,), "down"),
    ("様式D4", (SURVEY,), "down"),
    ("様式D5", (MEASURES,), "down"),
)


@dataclass(frozen=True)
class Layout(BaseLayout):
    """Every field is one way in which returns differ; the defaults are the plain form."""

    sheets: Plan = ONE_EACH
    corner: str = "地域・地区"  # what stands over the labels of the rows
    two_columns: bool = False  # 地域 merged over its 地区, and 計
    upper_last: bool = False  # 地域 below its 地区
    titles: Literal["table", "rows", "column"] = "table"  # a header under each title, titles as rows, or a column
    one_line: bool = False  # 「4月 当月」 in one cell
    months_with_year: bool = False  # 令和3年4月
    as_text: bool = False  # 24,201 typed as text
    unit_in_format: bool = False  # a number with its unit in the format, or in the header; else 154 人, 66.2%


PLAIN = Layout()
# Each variation alone. All of them carry the same facts.
VARIATIONS: dict[str, Layout] = {
    "plain": PLAIN,
    "moved": replace(PLAIN, origin=(6, 3)),
    "notes": replace(PLAIN, notes=True),
    "no_corner": replace(PLAIN, corner=""),
    "two_columns": replace(PLAIN, two_columns=True),
    "two_columns_unmerged": replace(PLAIN, two_columns=True, merged=False),
    "upper_last": replace(PLAIN, upper_last=True),
    "two_columns_upper_last": replace(PLAIN, two_columns=True, upper_last=True),
    "titles_as_rows": replace(PLAIN, titles="rows"),
    "titles_in_a_column": replace(PLAIN, titles="column"),
    "one_line": replace(PLAIN, one_line=True),
    "months_with_year": replace(PLAIN, months_with_year=True),
    "unmerged": replace(PLAIN, merged=False),
    "broken_labels": replace(PLAIN, broken_labels=True),
    "wide_digits": replace(PLAIN, wide_digits=True),
    "blank_rows": replace(PLAIN, blank_rows=True),
    "blank_columns": replace(PLAIN, blank_columns=True),
    "empty_column": replace(PLAIN, empty_column="所内確認"),
    "as_text": replace(PLAIN, as_text=True),
    "unit_in_format": replace(PLAIN, unit_in_format=True),
    "formulas": replace(PLAIN, formulas=True),
    "stacked": replace(
        PLAIN,
        sheets=(
            ("様式D1・D2", (POPULATION, CASES), "down"),
            ("様式D3～D5", (COMMENTS, SURVEY, MEASURES), "down"),
        ),
    ),
    "sheet_names": replace(
        PLAIN,
        cover="Sheet1",
        sheets=tuple((f"Sheet{number}", plan[1], plan[2]) for number, plan in enumerate(ONE_EACH, 2)),
    ),
}

_GOTHIC, _MINCHO, _YU, _MEIRYO = "ＭＳ Ｐゴシック", "ＭＳ Ｐ明朝", "游ゴシック", "メイリオ"
LOOKS: dict[str, Look] = {
    "世田谷総合支所": Look(_GOTHIC, 10, "#D9E1F2", "#F2F2F2"),
    "北沢総合支所": Look(_YU, 10, "#E2EFDA", "#F2F2F2"),
    "玉川総合支所": Look(_MEIRYO, 9, "#FFF2CC", "#FFF9E5"),
    "砧総合支所": Look(_MINCHO, 10, "#FFFFFF", "#FFFFFF", freeze=False),
    "烏山総合支所": Look("BIZ UDPゴシック", 10, "#DDEBF7", "#EDF4FB"),
    "地域行政部": Look(_YU, 10, "#D0CECE", "#EDEDED"),
}

# The honest returns: the office's template, filled in a little differently here and there.
AS_SENT: dict[str, Layout] = {
    "世田谷総合支所": PLAIN,
    "北沢総合支所": replace(PLAIN, formulas=True, notes=True),
    "玉川総合支所": replace(PLAIN, two_columns=True),
    "砧総合支所": replace(PLAIN, origin=(2, 2), upper_last=True),
    "烏山総合支所": replace(PLAIN, titles="rows", as_text=True),
    "地域行政部": replace(PLAIN, unit_in_format=True, wide_digits=True),
}

# The returns with errors: what really comes back.
AS_RETURNED: dict[str, Layout] = {
    "世田谷総合支所": replace(PLAIN, broken_labels=True, notes=True, origin=(5, 3)),
    "北沢総合支所": replace(PLAIN, two_columns=True, merged=False, titles="column"),
    "玉川総合支所": replace(PLAIN, blank_rows=True, one_line=True, cover="Sheet1"),
    "砧総合支所": replace(PLAIN, formulas=True, upper_last=True, titles="rows", empty_column="所内確認"),
    "烏山総合支所": replace(
        PLAIN, as_text=True, wide_digits=True, blank_columns=True, sheets=VARIATIONS["stacked"].sheets
    ),
    "地域行政部": replace(PLAIN, months_with_year=True, corner="区分", notes=True),
}

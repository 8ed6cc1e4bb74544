"""How a department lays 様式A out. The figures do not depend on any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from making.entries import Keyed
from making.layouts import BaseLayout, Look
from making.sheets import Plan

from .terms import FORM

ONE_SHEET: Plan = (("様式A", (FORM,), "down"),)


@dataclass(frozen=True)
class Layout(BaseLayout):
    """Every field is one way in which returns differ; the defaults are the plain form."""

    sheets: Plan = ONE_SHEET
    keyed: Keyed = "text"
    wide_figures: bool = False  # １，０００ 人
    narrow_digits: bool = False  # 令和6年度, 評価※1
    short_years: bool = False  # R6
    printed_numbers: bool = False  # 番号 on both sides, as printed
    one_line: bool = False  # no 取組みの行動量 / 取組みの成果指標 above the labels
    headings: Literal["table", "rows"] = "table"  # a header under each heading, or one header and headings as rows
    shared: Literal["first", "spread"] = "first"  # a shared side takes the first three rows of six, or two each
    fill_down: bool = False  # 主な取組み on each record, not merged over the records it has


PLAIN = Layout()
# Each variation alone. All of them carry the same facts.
VARIATIONS: dict[str, Layout] = {
    "plain": PLAIN,
    "moved": replace(PLAIN, origin=(5, 3)),
    "notes": replace(PLAIN, notes=True),
    "unmerged": replace(PLAIN, merged=False),
    "broken_labels": replace(PLAIN, broken_labels=True),
    "narrow_digits": replace(PLAIN, narrow_digits=True),
    "short_years": replace(PLAIN, short_years=True),
    "printed_numbers": replace(PLAIN, printed_numbers=True),
    "one_line": replace(PLAIN, one_line=True),
    "headings_as_rows": replace(PLAIN, headings="rows"),
    "shared_spread": replace(PLAIN, shared="spread"),
    "fill_down": replace(PLAIN, fill_down=True),
    "blank_rows": replace(PLAIN, blank_rows=True),
    "blank_columns": replace(PLAIN, blank_columns=True),
    "sheet_names": replace(PLAIN, cover="Sheet1", sheets=(("Sheet2", (FORM,), "down"),)),
    "empty_column": replace(PLAIN, empty_column="部内確認"),
    "unit_in_format": replace(PLAIN, keyed="format"),
    "wide_figures": replace(PLAIN, wide_figures=True),
    "hidden_helper": replace(PLAIN, helper_sheet=True),
    "formulas": replace(PLAIN, keyed="format", formulas=True),
}

_GOTHIC, _MINCHO, _YU, _MEIRYO = "ＭＳ Ｐゴシック", "ＭＳ Ｐ明朝", "游ゴシック", "メイリオ"
LOOKS: dict[str, Look] = {
    "保健福祉政策部": Look(_YU, 10, "#E2EFDA", "#F2F2F2"),
    "地域行政部": Look(_YU, 10, "#D9E1F2", "#F2F2F2"),
    "障害福祉部": Look("BIZ UDPゴシック", 10, "#DDEBF7", "#EDF4FB"),
    "高齢福祉部": Look(_GOTHIC, 10, "#FFF2CC", "#FFF9E5"),
    "子ども・若者部": Look(_MEIRYO, 9, "#FFE699", "#FFF6D9"),
    "世田谷保健所": Look(_GOTHIC, 10, "#FCE4D6", "#FBEFE7"),
    "都市整備政策部": Look(_MEIRYO, 9, "#D0CECE", "#EDEDED"),
    "経済産業部": Look(_YU, 10, "#BDD7EE", "#DEEBF6"),
    "教育委員会事務局": Look("HGPｺﾞｼｯｸM", 10, "#E2EFDA", "#F2F8EE", freeze=False),
    "危機管理部": Look(_GOTHIC, 10, "#D9E1F2", "#F2F2F2"),
    "生活文化政策部": Look(_MINCHO, 10, "#EAD1DC", "#F7EDF2", freeze=False),
}

# The honest returns: the office's template, filled in a little differently here and there.
AS_SENT: dict[str, Layout] = {
    "保健福祉政策部": PLAIN,
    "地域行政部": replace(PLAIN, notes=True),
    "障害福祉部": replace(PLAIN, keyed="format"),
    "高齢福祉部": replace(PLAIN, headings="rows"),
    "子ども・若者部": replace(PLAIN, keyed="format", formulas=True),
    "世田谷保健所": replace(PLAIN, narrow_digits=True, fill_down=True),
    "都市整備政策部": replace(PLAIN, formulas=True, keyed="format", notes=True),
    "経済産業部": replace(PLAIN, origin=(2, 2)),
    "教育委員会事務局": replace(PLAIN, broken_labels=True),
    "危機管理部": replace(PLAIN, fill_down=True, helper_sheet=True),
    "生活文化政策部": replace(PLAIN, keyed="format", origin=(2, 2)),
}

# The returns with errors: what really comes back.
AS_RETURNED: dict[str, Layout] = {
    "保健福祉政策部": replace(PLAIN, broken_labels=True, notes=True, printed_numbers=True),
    "地域行政部": replace(PLAIN, blank_rows=True, wide_figures=True),
    "障害福祉部": replace(PLAIN, merged=False, fill_down=True, origin=(4, 2)),
    "高齢福祉部": replace(PLAIN, headings="rows", notes=True, cover="提出票", sheets=(("回答", (FORM,), "down"),)),
    "子ども・若者部": replace(PLAIN, empty_column="部内確認", short_years=True),
    "世田谷保健所": replace(PLAIN, blank_columns=True, narrow_digits=True),
    "都市整備政策部": replace(PLAIN, keyed="format", notes=True, origin=(3, 3)),
    "経済産業部": replace(PLAIN, one_line=True, wide_figures=True),
    "教育委員会事務局": replace(PLAIN, broken_labels=True),
    "危機管理部": replace(
        PLAIN, keyed="format", formulas=True, cover="Sheet1", sheets=(("Sheet2", (FORM,), "down"),), origin=(6, 2)
    ),
    "生活文化政策部": replace(
        PLAIN, wide_figures=True, fill_down=True, headings="rows", sheets=(("様式Ａ_最終", (FORM,), "down"),)
    ),
}

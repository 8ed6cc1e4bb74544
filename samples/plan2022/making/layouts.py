"""How a department lays its forms out. The figures do not depend on any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from making.entries import Keyed
from making.layouts import BaseLayout, Look
from making.sheets import Plan

ONE_EACH: Plan = (
    ("様式1", ("activity",), "down"),
    ("様式2", ("outcome",), "down"),
    ("様式3", ("budget",), "down"),
)
_OVERVIEW = ("summary_changes", "summary_cost", "summary_counts", "summary_items")
OFFICE_ONE_EACH: Plan = (
    ("様式4", ("effect",), "down"),
    ("様式5", ("facilities",), "down"),
    ("様式6", ("dx",), "down"),
    ("様式7", ("reform_changes",), "down"),
    ("様式8", ("affiliates",), "down"),
    ("様式9", _OVERVIEW, "down"),
)
OFFICE_TOGETHER: Plan = (
    ("様式4・5", ("effect", "facilities"), "down"),
    ("様式6", ("dx",), "down"),
    ("様式7・8", ("reform_changes", "affiliates"), "down"),
    ("様式9", _OVERVIEW, "down"),
)
OFFICE_FORMS = frozenset(form for _, forms, _ in OFFICE_ONE_EACH for form in forms)


@dataclass(frozen=True)
class Layout(BaseLayout):
    """Every field is one way in which returns differ; the defaults are the plain form."""

    sheets: Plan = ONE_EACH
    two_lines: bool = False  # 年度別計画・実績 over the years; 目標値 over （令和5年度末）
    one_line_budget: bool = False  # 「当初計画 令和4年度」 in one cell
    versions_label: Literal["区分", "", "merged"] = "区分"  # what stands over 当初計画 / 修正計画 / 実績
    short_years: bool = False  # R4
    per_programme: bool = False  # one table for each programme
    keyed: Keyed = "text"
    wide_figures: bool = False  # １，０００ 人
    money_as_text: bool = False  # 5,033千円
    basis_column: bool = False


PLAIN = Layout()
# Each variation alone. All of them carry the same facts.
VARIATIONS: dict[str, Layout] = {
    "plain": PLAIN,
    "moved": replace(PLAIN, origin=(6, 3)),
    "notes": replace(PLAIN, notes=True),
    "two_line_headers": replace(PLAIN, two_lines=True),
    "one_line_budget": replace(PLAIN, one_line_budget=True),
    "unmerged": replace(PLAIN, merged=False),
    "unlabelled_versions": replace(PLAIN, versions_label=""),
    "name_over_versions": replace(PLAIN, versions_label="merged"),
    "broken_labels": replace(PLAIN, broken_labels=True),
    "wide_digits": replace(PLAIN, wide_digits=True),
    "short_years": replace(PLAIN, short_years=True),
    "blank_rows": replace(PLAIN, blank_rows=True),
    "blank_columns": replace(PLAIN, blank_columns=True),
    "stacked": replace(PLAIN, sheets=(("様式1・2", ("activity", "outcome"), "down"), ("様式3", ("budget",), "down"))),
    "one_sheet": replace(PLAIN, sheets=(("回答", ("activity", "outcome", "budget"), "down"),)),
    "side_by_side": replace(
        PLAIN, sheets=(("様式1・2", ("activity", "outcome"), "right"), ("様式3", ("budget",), "down"))
    ),
    "sheet_names": replace(
        PLAIN,
        cover="Sheet1",
        sheets=(
            ("Sheet2", ("activity",), "down"),
            ("様式２_最終", ("outcome",), "down"),
            ("回答", ("budget",), "down"),
        ),
    ),
    "empty_column": replace(PLAIN, empty_column="課内確認"),
    "per_programme": replace(PLAIN, per_programme=True),
    "unit_in_format": replace(PLAIN, keyed="format"),
    "unit_column": replace(PLAIN, keyed="column"),
    "wide_figures": replace(PLAIN, wide_figures=True),
    "money_as_text": replace(PLAIN, money_as_text=True),
    "basis_column": replace(PLAIN, basis_column=True),
    "hidden_helper": replace(PLAIN, helper_sheet=True),
    "formulas": replace(PLAIN, keyed="format", formulas=True),
}

_GOTHIC, _MINCHO, _YU, _MEIRYO = "ＭＳ Ｐゴシック", "ＭＳ Ｐ明朝", "游ゴシック", "メイリオ"
LOOKS: dict[str, Look] = {
    "危機管理部": Look(_GOTHIC, 11, "#D9E1F2", "#F2F2F2"),
    "道路・交通計画部": Look(_MINCHO, 10, "#FFFFFF", "#FFFFFF", freeze=False),
    "保健福祉政策部": Look(_YU, 11, "#E2EFDA", "#F2F2F2"),
    "高齢福祉部": Look(_GOTHIC, 11, "#FFF2CC", "#FFF9E5"),
    "障害福祉部": Look("BIZ UDPゴシック", 11, "#DDEBF7", "#EDF4FB"),
    "世田谷保健所": Look(_GOTHIC, 10, "#FCE4D6", "#FBEFE7"),
    "都市整備政策部": Look(_MEIRYO, 9, "#D0CECE", "#EDEDED"),
    "地域行政部": Look(_YU, 10, "#D9E1F2", "#F2F2F2"),
    "生活文化政策部": Look(_GOTHIC, 11, "#EAD1DC", "#F7EDF2", freeze=False),
    "経済産業部": Look(_YU, 11, "#BDD7EE", "#DEEBF6"),
    "教育委員会事務局": Look("HGPｺﾞｼｯｸM", 10, "#E2EFDA", "#F2F8EE"),
    "子ども・若者部": Look(_MEIRYO, 10, "#FFE699", "#FFF6D9"),
    "環境政策部": Look(_YU, 11, "#C6E0B4", "#E9F4E2"),
    "清掃・リサイクル部": Look(_GOTHIC, 10, "#D9D9D9", "#F2F2F2"),
    "政策経営部": Look(_YU, 11, "#D9E1F2", "#F2F2F2"),
}

# The honest returns: the office's template, filled in a little differently here and there.
AS_SENT: dict[str, Layout] = {
    "危機管理部": replace(PLAIN, versions_label="merged"),
    "道路・交通計画部": replace(PLAIN, versions_label="", notes=True),
    "保健福祉政策部": replace(PLAIN, keyed="format"),
    "高齢福祉部": replace(PLAIN, keyed="column", basis_column=True),
    "障害福祉部": replace(PLAIN, versions_label="merged", wide_digits=True),
    "世田谷保健所": replace(PLAIN, sheets=VARIATIONS["stacked"].sheets),
    "都市整備政策部": replace(PLAIN, formulas=True),
    "地域行政部": replace(PLAIN, versions_label=""),
    "生活文化政策部": replace(PLAIN, keyed="format", formulas=True, origin=(2, 2)),
    "経済産業部": replace(PLAIN, keyed="column", formulas=True),
    "教育委員会事務局": replace(PLAIN, per_programme=True),
    "子ども・若者部": replace(PLAIN, two_lines=True, notes=True),
    "環境政策部": replace(PLAIN, keyed="column", basis_column=True, formulas=True),
    "清掃・リサイクル部": replace(PLAIN, keyed="format", origin=(2, 2)),
    "政策経営部": replace(PLAIN, notes=True),
}

# The returns with errors: what really comes back.
AS_RETURNED: dict[str, Layout] = {
    "危機管理部": replace(
        PLAIN,
        origin=(6, 3),
        two_lines=True,
        notes=True,
        cover="Sheet1",
        sheets=(("Sheet2", ("activity",), "down"), ("Sheet3", ("outcome",), "down"), ("Sheet4", ("budget",), "down")),
    ),
    "道路・交通計画部": replace(PLAIN, merged=False, blank_rows=True, one_line_budget=True),
    "保健福祉政策部": replace(PLAIN, broken_labels=True, wide_digits=True, keyed="format"),
    "高齢福祉部": replace(PLAIN, notes=True, cover="提出票", sheets=VARIATIONS["one_sheet"].sheets),
    "障害福祉部": replace(
        PLAIN, keyed="format", two_lines=True, sheets=VARIATIONS["side_by_side"].sheets, origin=(3, 2)
    ),
    "世田谷保健所": replace(PLAIN, keyed="column", empty_column="課内確認", versions_label=""),
    "都市整備政策部": replace(
        PLAIN,
        per_programme=True,
        broken_labels=True,
        origin=(3, 2),
        sheets=(
            ("様式１_最終", ("activity",), "down"),
            ("様式２_最終", ("outcome",), "down"),
            ("様式３_最終", ("budget",), "down"),
        ),
    ),
    "地域行政部": replace(PLAIN, keyed="format", formulas=True, blank_columns=True, helper_sheet=True),
    "生活文化政策部": replace(PLAIN, wide_figures=True, versions_label="merged", notes=True, money_as_text=True),
    "経済産業部": replace(PLAIN, keyed="column", formulas=True, origin=(5, 4), one_line_budget=True),
    "教育委員会事務局": replace(
        PLAIN,
        per_programme=True,
        short_years=True,
        sheets=(("回答（行動量・成果）", ("activity", "outcome"), "down"), ("回答（事業費）", ("budget",), "down")),
    ),
    "子ども・若者部": replace(PLAIN, merged=False, broken_labels=True, blank_rows=True, notes=True),
    "環境政策部": replace(
        PLAIN,
        keyed="column",
        basis_column=True,
        formulas=True,
        helper_sheet=True,
        sheets=VARIATIONS["side_by_side"].sheets,
    ),
    "清掃・リサイクル部": replace(
        PLAIN, basis_column=True, blank_columns=True, wide_digits=True, notes=True, two_lines=True
    ),
    "政策経営部": replace(
        PLAIN, notes=True, two_lines=True, wide_digits=True, origin=(3, 2), sheets=VARIATIONS["stacked"].sheets
    ),
}

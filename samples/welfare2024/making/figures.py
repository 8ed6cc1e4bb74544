"""The printed figures (`figures/indicators.csv`) as returns. The texts are those of the document.

Source: 世田谷区「地域保健医療福祉総合計画 進捗状況」 (令和６年度). The document names sections (課); the departments
they belong to are in `DEPARTMENTS`.
"""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from making.model import Form, Record, Return, Value

from .terms import ACTION, FORM, OUTCOME

FIGURES = Path(__file__).resolve().parent.parent / "figures"
PLAN = "世田谷区地域保健医療福祉総合計画"
ROUND = "令和6年度実績"
TEMPLATE = "1"
# 部 → its 課 that answer for a record, in the ward's order.
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "保健福祉政策部": ("保健福祉政策課", "生活福祉課", "保健医療福祉推進課"),
    "地域行政部": ("地域行政課",),
    "障害福祉部": ("障害施策推進課", "障害者地域生活課", "障害保健福祉課"),
    "高齢福祉部": ("高齢福祉課", "介護予防・地域支援課"),
    "子ども・若者部": ("子ども・若者支援課", "児童課", "子ども家庭課", "保育課"),
    "世田谷保健所": ("健康企画課", "健康推進課"),
    "都市整備政策部": ("居住支援課",),
    "経済産業部": ("工業・建設業・雇用促進課",),
    "教育委員会事務局": ("教育相談課",),
    "危機管理部": ("災害対策課", "地域生活安全課"),
    "生活文化政策部": ("人権・男女共同参画課",),
}
# The day each department sends its return, as departments write days.
DAYS: dict[str, Value] = {
    "保健福祉政策部": datetime.date(2025, 6, 20),
    "地域行政部": "令和7年6月18日",
    "障害福祉部": "R7.6.19",
    "高齢福祉部": "令和７年６月１７日",
    "子ども・若者部": "2025/6/20",
    "世田谷保健所": "令和7年6月20日（金）",
    "都市整備政策部": datetime.date(2025, 6, 19),
    "経済産業部": "2025年6月16日",
    "教育委員会事務局": "R7/6/20",
    "危機管理部": datetime.date(2025, 6, 18),
    "生活文化政策部": "令和 7 年 6 月 19 日",
}
_SECTION = {section: department for department, sections in DEPARTMENTS.items() for section in sections}


def read_returns() -> dict[str, Return]:
    """Department → its return. The department of the section named first in 担当所管課 answers for a record."""
    rows = _rows()
    records = list(_records(rows))
    groups = {_place(row): _heading(row) for row in rows}
    found: dict[str, Return] = {}
    for number, department in enumerate(DEPARTMENTS, 1):
        own = [record for record in records if department_of(record) == department]
        keys = {record.group for record in own}
        form = Form(FORM, own, {place: heading for place, heading in groups.items() if place in keys})
        first = own[0].fields["section"]
        cover: dict[str, Value] = {
            "計画名": PLAN,
            "提出部署": department,
            "担当課": next(section for section in DEPARTMENTS[department] if section in str(first)),
            "担当者": "（担当）",
            "内線": "（内線）",
            "提出日": DAYS[department],
            "回": ROUND,
            "様式版": TEMPLATE,
        }
        found[department] = Return(number, department, cover, {FORM: form})
    return found


def department_of(record: Record) -> str:
    """The department of the section that 担当所管課 names first."""
    named = [section for section in re.split(r"（[^（）]*）|\n", str(record.fields["section"])) if section]
    return _SECTION[named[0]]


def _rows() -> list[dict[str, str]]:
    with (FIGURES / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _place(row: dict[str, str]) -> str:
    """`1-5-2`: chapter, 推進施策 and (where it has a number) めざす姿."""
    return "-".join(part for part in (row["章"], row["推進施策番号"], row["めざす姿番号"]) if part)


def _heading(row: dict[str, str]) -> str:
    """Lines above the table: chapter, 推進施策, めざす姿 with its title, its text, the page of the plan."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    vision = f"めざす姿{row['めざす姿番号']}".translate(wide)
    return "\n".join(
        [
            f"{row['章'].translate(wide)}　{row['章名']}",
            f"推進施策{row['推進施策番号'].translate(wide)}　{row['推進施策名']}",
            f"{vision}　{row['めざす姿表題']}".strip(),
            row["めざす姿文"],
            f"計画書　{row['計画書頁_raw']}",
        ]
    )


def _key(row: dict[str, str], shares: str) -> str:
    """`1-4/1①`: the number of the action, or of the outcome where there is no action of its own."""
    alone = shares == "action" or not row["行動量_label"]
    number = row["成果指標番号" if alone else "行動量番号"]
    main, _, branch = unicodedata.normalize("NFKC", number).partition("-")
    return f"{_place(row)}/{main}{'①②③④⑤'[int(branch) - 1] if branch else ''}"


def _records(rows: list[dict[str, str]]) -> Iterator[Record]:
    """One record for each three printed rows; two measures of one cell stand in two lines of the figures.

    A side that a record shares with the one above is left out of its fields.
    """
    for at, row in enumerate(rows):
        if row["component"].startswith("b)"):
            continue
        both = [row, rows[at + 1]] if row["component"].startswith("a)") else [row]
        shares = {"O2/2（行動量3": "action", "A2/2（成果指標": "outcome"}.get(row["component"][:9], "")
        fields: dict[str, Value] = {
            "initiative_number": row["主な取組み番号"],
            "initiative": f"{row['主な取組み名']}\n{row['主な取組み説明']}",
            "section": re.sub(r"(?<=.)(?=（)|(?<=）)", "\n", row["担当所管課_raw"]),
            "action_number": row["行動量番号_raw"],
            "action": row["行動量_label"],
            "action_baseline": _baseline(row["行動量_現況値_raw"]),
            "action.initial": row["行動量_当初計画_raw"],
            "action.revised": row["行動量_修正計画_raw"],
            "action.actual": row["行動量_実績_raw"],
            "outcome_number": row["成果指標番号_raw"],
            "outcome": re.sub(r"(?=[ab]\))", "\n", row["成果指標_label"]),
            "outcome_baseline": "\n".join(_baseline(part["成果指標_現況値_raw"]) for part in both),
            "outcome.target": _together(both, "成果指標_目標_raw"),
            "outcome.actual": _together(both, "成果指標_実績_raw"),
            "outcome.rate": "\n".join(part["達成状況_raw"] for part in both),
            "grade": row["評価"],
            "reason": row["評価の理由"],
        }
        hidden = {"action": ACTION, "outcome": OUTCOME}.get(shares, ())
        kept = {name: value or None for name, value in fields.items() if name not in hidden}
        yield Record(_key(row, shares), _place(row), kept)


def _baseline(text: str) -> str:
    """The cell with its line breaks: the note of the day, and 累計, on lines of their own."""
    return re.sub(r"(?<=.)(?=（(?:令和|重複|各地域| 令和)|累計)", "\n", text)


def _together(parts: list[dict[str, str]], column: str) -> str:
    """Measures of one cell; their unit is printed once, beside both."""
    unit = " 件" if len(parts) > 1 else ""
    return "\n".join(part[column] for part in parts) + unit

"""The printed figures (`figures/*.csv`) as returns. The texts are those of the document.

Source: 世田谷区「未来つながるプラン（実施計画）推進状況」, February 2023. The split of the cost of a programme
into budget projects is illustrative; its sums are the printed ones.
"""

from __future__ import annotations

import csv
import datetime
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from making.model import Form, Record, Return, Value

from .office import OFFICE, read_office
from .terms import FORMS, PERIODS, SLOTS, VERSIONS

FIGURES = Path(__file__).resolve().parent.parent / "figures"
PLAN = "世田谷区未来つながるプラン 2022-2023"
ROUND = "令和4年度末見込み"
TEMPLATE = "1"
_PRINTED_VERSION = {"initial": "当初", "revised": "修正", "actual": "実績"}
_PRINTED_PERIOD = {"FY2022": "R4", "FY2023": "R5", "total": "総量"}
_BASIS = {"sum": "合計", "cumulative": "累計", "level": "年度末値", "rate": "率", "mean": "平均", "milestone": "なし"}

# The section that would fill the form in, and the day it sends it, as departments write days.
_DAY = datetime.date(2023, 1, 20)
CARDS: dict[str, tuple[str, Value]] = {
    "危機管理部": ("災害対策課", "令和5年1月18日"),
    "道路・交通計画部": ("道路計画課", "R5.1.19"),
    "保健福祉政策部": ("保健福祉政策課", datetime.date(2023, 1, 20)),
    "高齢福祉部": ("高齢福祉課", "令和５年１月１７日"),
    "障害福祉部": ("障害施策推進課", "2023/1/20"),
    "世田谷保健所": ("健康企画課", "令和5年1月20日（金）"),
    "都市整備政策部": ("都市計画課", datetime.date(2023, 1, 19)),
    "地域行政部": ("地域行政課", "2023年1月16日"),
    "生活文化政策部": ("市民活動推進課", "R5/1/20"),
    "経済産業部": ("商業課", datetime.date(2023, 1, 18)),
    "教育委員会事務局": ("教育総務課", "令和5年1月20日"),
    "子ども・若者部": ("子ども家庭課", "2023-01-17"),
    "環境政策部": ("環境計画課", "令和 5 年 1 月 19 日"),
    "清掃・リサイクル部": ("管理課", "令和5年1月20日"),
}


def read_returns() -> dict[str, Return]:
    """Department → its return; the first 所管部 of a programme answers for it, the policy office for itself.

    In the order of the programmes, the office last.
    """
    names: dict[str, str] = {}
    owners: dict[str, str] = {}
    for row in _rows("programmes.csv"):
        programme = row["施策番号"]
        names[programme] = row["施策名"]
        owners[programme] = row["所管部"].split(";")[0]
    records: dict[str, list[Record]] = {
        "activity": list(_activities(_rows("activity.csv"))),
        "outcome": list(_outcomes(_rows("outcome.csv"))),
        "budget": list(_budget(_rows("budget_items.csv"))),
    }
    found: dict[str, Return] = {}
    for number, department in enumerate(dict.fromkeys(owners.values()), 1):
        own = {programme: names[programme] for programme, owner in owners.items() if owner == department}
        forms = {name: Form(name, [record for record in records[name] if record.group in own], own) for name in FORMS}
        section, day = CARDS[department]
        cover: dict[str, Value] = {
            "計画名": PLAN,
            "提出部署": department,
            "担当課": section,
            "担当者": "（担当）",
            "内線": "（内線）",
            "提出日": day,
            "回": ROUND,
            "様式版": TEMPLATE,
        }
        found[department] = Return(number, department, cover, forms)
    found[OFFICE] = read_office(len(found) + 1, cover, _rows)
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (FIGURES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _number(row: dict[str, str]) -> str:
    """`1-1` over `①`, as printed."""
    return f"{row['事業番号']}\n{row['枝番']}" if row["枝番"] else row["事業番号"]


def _records(rows: Iterable[dict[str, str]], name: str) -> Iterator[list[dict[str, str]]]:
    """Rows of one record: the measures of one cell stand in several rows."""
    for _, group in itertools.groupby(rows, key=lambda row: (row["事業番号"], row["枝番"], row[name])):
        yield list(group)


def _activities(rows: list[dict[str, str]]) -> Iterator[Record]:
    for parts in _records(rows, "取組み"):
        first = parts[0]
        fields: dict[str, Value] = {
            "number": _number(first),
            "name": re.sub(r" (?=[ab]）)", "\n", first["取組み"]),
            "unit": first["unit"].replace("%", "％") if len({part["unit"] for part in parts}) == 1 else None,
            "basis": _BASIS[first["total_basis"]],
        }
        for version, period in itertools.product(VERSIONS, PERIODS):
            column = f"{_PRINTED_VERSION[version]}_{_PRINTED_PERIOD[period]}_raw"
            texts = list(dict.fromkeys(part[column] for part in parts if part[column]))
            fields[f"{version}.{period}"] = "\n".join(texts) or None
        fields["reason"] = first["計画変更理由_raw"]
        yield Record(first["事業番号"] + first["枝番"], first["施策番号"], fields)


def _outcomes(rows: list[dict[str, str]]) -> Iterator[Record]:
    for parts in _records(rows, "指標"):
        first = parts[0]
        units = {part["目標値_unit"] for part in parts}
        reason = first["目標値変更理由_raw"]
        if first["original_target_raw"]:
            reason += "\n" + first["original_target_raw"]
        yield Record(
            first["事業番号"] + first["枝番"],
            first["施策番号"],
            {
                "number": _number(first),
                "name": first["指標"].replace("改訂 健康", "改訂\n健康").replace(" ※", "\n※"),
                "unit": units.pop().replace("%", "％") or None if len(units) == 1 and len(parts) == 1 else None,
                "baseline": _measures(parts, "策定時"),
                "target": _measures(parts, "目標値"),
                "reason": reason,
            },
        )


def _measures(parts: list[dict[str, str]], column: str) -> str:
    """The cell's text with the line breaks of the print: each measure, and the note behind it, on its own line."""
    whole = parts[0][f"{column}_cell_raw"]
    texts = [part[f"{column}_raw"] for part in parts]
    if len(texts) == 1 or whole == texts[0]:
        return re.sub(r"(?<=.)(?=（[^（]*）$)", "\n", whole)
    note = whole[len("".join(texts)) :]
    return "\n".join([*texts, note] if note else texts)


def _budget(rows: list[dict[str, str]]) -> Iterator[Record]:
    columns = ("initial_fy4", "initial_fy5", "revised_fy5", "actual_fy4")
    for row in rows:
        fields: dict[str, Value] = {
            "programme": row["programme_no"],
            "programme_name": row["programme"],
            "code": row["budget_code"],
            "name": row["budget_project"],
        }
        fields |= {slot: int(row[column]) for slot, column in zip(SLOTS, columns, strict=True)}
        yield Record(f"{row['programme_no']}/{row['budget_code']}", row["programme_no"], fields)

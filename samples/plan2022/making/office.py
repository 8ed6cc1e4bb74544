"""What the policy office itself answers: 様式4 to 様式9, from the printed overview (`figures/*.csv`)."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable

from making.model import Form, Record, Return, Value

OFFICE = "政策経営部"
FLAGS = {"reduction": "削減額", "restraint": "抑制額", "revenue": "歳入増"}
_PARTS = {
    "公共施設の整備費及び維持管理経費": "cost",
    "抑制額・歳入増効果額": "restraint",
    "削減額": "reduction",
    "建物総量上限": "buildings",
}
Row = dict[str, str]


def read_office(number: int, cover: dict[str, Value], rows: Callable[[str], list[Row]]) -> Return:
    """The office's return; `rows` reads one file of `figures`."""
    forms = {
        "effect": [_effect(row) for row in rows("effect.csv")],
        "facilities": [_facility(row) for row in rows("facilities.csv")],
        "dx": [_dx(row) for row in rows("dx.csv") if row["section"].startswith("第３章")],
        "reform_changes": [_reform(row) for row in rows("reform_changes.csv")],
        "affiliates": [_affiliate(row) for row in rows("changes.csv") if row["種別"] == "外郭団体"],
        "summary_changes": [_change(row) for row in rows("changes.csv") if row["種別"] in ("行動量", "成果指標")],
        "summary_cost": [_cost(row) for row in rows("cost_summary.csv")],
        "summary_counts": [_count(row) for row in rows("changes.csv") if row["種別"].startswith("件数の記述")],
        "summary_items": _items(rows("items.csv")),
    }
    own = {"提出部署": OFFICE, "担当課": "政策企画課", "提出日": datetime.date(2023, 1, 20)}
    answer = Return(number, OFFICE, cover | own, {name: Form(name, records, {}) for name, records in forms.items()})
    if len(set(_keys(answer))) != sum(len(form.records) for form in answer.forms.values()):
        raise ValueError("two records have one key")
    return answer


def _keys(answer: Return) -> Iterable[tuple[str, str]]:
    return ((name, record.key) for name, form in answer.forms.items() for record in form.records)


def _amount(text: str) -> Value:
    """`3,834` → 3834; ― stays."""
    digits = text.replace(",", "")
    return int(digits) if digits.isdigit() else text


def _effect(row: Row) -> Record:
    """The marks ○ are those that the sums of the breakdown leave possible; the print has lost their columns."""
    total = row["row_type"] != "item"
    kinds = [FLAGS[flag] for flag in FLAGS if row[f"{FLAGS[flag]}○"]] or row["inferred_flag"].split("+")
    printed = int(row["○_printed_count"]) > 0
    if printed and kinds == [""]:
        kinds = ["抑制額"]  # 8-1: one ○ and no amount, so that no sum tells its column
    fields: dict[str, Value] = {
        "policy": row["基本方針"] or (None if total else "―"),
        "viewpoint": row["視点"] or (None if total else "―"),
        "number": row["項目番号"] or None,
        "name": row["取組み項目_raw"] if row["項目番号"] or row["row_type"] == "total" else row["取組み項目"],
    }
    fields |= {flag: "○" if printed and word in kinds else None for flag, word in FLAGS.items()}
    fields |= {
        "forecast": _amount(row["R4_raw"]),
        "plan": _amount(row["R5_raw"]),
        "effect": _amount(row["合計_raw"]),
        "note": "7-1に計上" if row["項目番号"] == "5-1" else None,
    }
    if total:
        fields["name"] = row["取組み項目_raw"]
    return Record(row["項目番号"] or row["取組み項目"], row["row_type"], fields)


def _facility(row: Row) -> Record:
    """`part/label`; the printed table leaves the sum of the four measures without a label."""
    part = _PARTS[row["block"]] if row["block"] in _PARTS else _PARTS.get(row["table"], "")
    label = row["項目"] or "計"
    fields: dict[str, Value] = {"label": label, "forecast": row["R4見込み_raw"], "plan": row["R5計画_raw"]}
    return Record(f"{part}/{label}", part, fields)


def _dx(row: Row) -> Record:
    fields: dict[str, Value] = {
        "policy": row["方針"],
        "focus": row["重点取組み"],
        "item": row["取組み内容_raw"],
        "result": row["R4実績等_raw"],
        "plan": row["R5予定_raw"],
    }
    return Record(f"{row['重点取組み']}/{row['取組み内容_raw']}", row["方針"], fields)


def _reform(row: Row) -> Record:
    fields: dict[str, Value] = {
        "number": row["項目番号"],
        "name": row["取組み項目"],
        "action": row["取組み"],
        "before": row["変更前"],
        "after": row["変更後"],
        "reason": row["理由"],
    }
    return Record(f"{row['項目番号']}/{row['取組み']}", row["項目番号"], fields)


def _affiliate(row: Row) -> Record:
    body = row["項目番号"] or row["対応する詳細行"]
    fields: dict[str, Value] = {
        "body": body,
        "action": row["指標・取組み_raw"],
        "before": row["旧_raw"] or "―",
        "after": row["新_raw"] or "―",
        "reason": row["理由_raw"] or "―",
    }
    return Record(body, body, fields)


def _change(row: Row) -> Record:
    fields: dict[str, Value] = {
        "kind": row["種別"],
        "number": row["対応する詳細行"],
        "name": row["指標・取組み_raw"],
        "before": row["旧_raw"],
        "after": row["新_raw"],
        "reason": row["理由_raw"],
    }
    return Record(f"{row['種別']}/{row['対応する詳細行']}", row["種別"], fields)


def _cost(row: Row) -> Record:
    total = row["No"] == "合計"
    fields: dict[str, Value] = {
        "programme": None if total else row["No"],
        "name": row["施策名"],
        "forecast": _amount(row["R4見込み_raw"]),
        "plan": _amount(row["R5計画_raw"]),
    }
    return Record(row["No"], "total" if total else "item", fields)


def _count(row: Row) -> Record:
    kind = row["種別"].partition("（")[2].rstrip("）")
    return Record(kind, "", {"kind": kind, "sentence": row["指標・取組み_raw"]})


def _items(rows: list[Row]) -> list[Record]:
    """The printed list bears one number twice; the second record of it is `2-3#2`."""
    records = []
    seen: dict[str, int] = {}
    for row in rows:
        number = row["項目番号"]
        seen[number] = seen.get(number, 0) + 1
        key = number if seen[number] == 1 else f"{number}#{seen[number]}"
        fields: dict[str, Value] = {
            "policy": row["基本方針"],
            "viewpoint": row["視点"],
            "number": number,
            "name": row["取組み名"],
        }
        records.append(Record(key, row["基本方針"], fields))
    return records


def runs(records: list[Record], fields: tuple[str, ...]) -> list[list[Record]]:
    """Neighbours that say the same in all of `fields`."""
    return [list(run) for _, run in itertools.groupby(records, key=lambda r: tuple(r.fields[name] for name in fields))]

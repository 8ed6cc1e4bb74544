"""Faults planted in 様式3 and on covers."""

from __future__ import annotations

from making.edits import Fault, Put, PutCover
from making.model import Formula, Value
from making.reshaping import Hide, Insert, Stray

from .edits import PutAmount, Rename, TypeTotal, Unstored


def _amounts(*values: int) -> dict[str, Value]:
    slots = ("initial.FY2022", "initial.FY2023", "revised.FY2023", "actual.FY2022")
    return dict(zip(slots, values, strict=True))


def _put(record: str, field: str, value: Value) -> Put:
    return Put("budget", record, {field: value})


# 04-002 split in two; the second part under nearly the same name. The sums hold.
_KEPT, _MOVED = _amounts(20000, 20000, 20000, 20000), _amounts(16562, 15886, 15598, 19622)

BUDGET = (
    Fault(
        "危機管理部",
        PutAmount("1/01-001", "initial.FY2022", "5,033,000円"),
        "FLD010",
        "yen among thousands",
        "5,033 千円",
    ),
    Fault("道路・交通計画部", TypeTotal("小計/2", "initial.FY2022", 1553861), "BAL002", "transposition", "1,553,681"),
    Fault(
        "保健福祉政策部", PutAmount("3/03-002", "initial.FY2023", 14155), "BAL002", "transposition in an item", "41,155"
    ),
    Fault(
        "高齢福祉部",
        Insert(
            "budget",
            "4/04-002",
            "4/04-004",
            {"code": "04-004", "name": "認知症施策の啓発事業", **_MOVED},
            after="4/04-002",
            wrong="name",
        ),
        "DUP004",
        "nearly the same name",
        "認知症施策啓発事業 is 04-002",
        also=(Put("budget", "4/04-002", _KEPT),),
    ),
    Fault(
        "障害福祉部",
        TypeTotal("合計", "actual.FY2022", Formula("#REF!", text="=SUM(#REF!)")),
        "FIL010",
        "error value",
        "38,043 before a row was deleted",
    ),
    Fault(
        "世田谷保健所",
        Rename("6", "区民の健康の保持・増進と健康危機管理体制の強化", "6/06-001"),
        "XRF003",
        "name differs",
        "・ added",
    ),
    Fault("都市整備政策部", TypeTotal("合計", "revised.FY2023", 553174), "BAL002", "transposition", "553,714"),
    Fault(
        "地域行政部",
        _put("8/99-007", "initial.FY2022", 5864),
        "DUP002",
        "one item, two amounts",
        "5,684 in programmes 10 and 16; 小計 and 合計 follow",
    ),
    Fault("生活文化政策部", TypeTotal("合計", "actual.FY2022", 142504), "BAL002", "a subtotal left out", "312,973"),
    Fault("経済産業部", _put("10/10-003", "code", "10003"), "FLD006", "malformed code", "10-003"),
    Fault(
        "教育委員会事務局",
        _put("15/99-001", "revised.FY2023", 145429),
        "DUP002",
        "one item, two amounts",
        "144,529 in programme 14; 小計 and 合計 follow",
    ),
    Fault("子ども・若者部", _put("12/12-003", "code", "12-3"), "FLD006", "malformed code", "12-003"),
    Fault(
        "環境政策部",
        Unstored(
            "budget",
            "小計/17",
            "actual.FY2022",
            tuple((f"17/17-00{number}", "actual.FY2022") for number in range(1, 6)),
        ),
        "FIL009",
        "no stored result",
        "129,486 once computed",
    ),
    Fault(
        "環境政策部",
        Stray("budget", below=("17", "（追加）", "17-006", "環境・緑化整備事業", 1200, 1200, 1500, 1100), at="5"),
        "LAY006",
        "values below the total",
        "a project added under the 合計 row",
    ),
    Fault("清掃・リサイクル部", Hide("budget", "18/18-003", "initial.FY2022"), "FIL008", "hidden row", "18-003"),
    Fault("清掃・リサイクル部", PutCover("提出日", "令和5年1月32日"), "FLD006|FLD002", "no such day", "令和5年1月20日"),
)

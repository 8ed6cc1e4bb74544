"""Faults planted in 様式1."""

from __future__ import annotations

from making.edits import Fault, Put
from making.model import Formula, Value
from making.reshaping import AddColumn, DropRow, Insert, Remove, RemoveColumn, Reword, Stray

from .edits import Unstored
from .figures import read_returns

HONEST = read_returns()
_LONG = (
    "事業者の皆様からは、商品やサービスの開発、販路の開拓、人材の確保などについて、"
    "継続した伴走支援を求める声を多くいただいており、専門家による助言の機会を広く設けるとともに、"
    "支援の終了後も地域の事業者どうしが学び合える場を続けていく必要がある。"
)
_NEW: dict[str, Value] = {
    "number": "19-4",
    "name": "まち歩きイベントの参加者数",
    "initial.FY2022": "20 人",
    "initial.FY2023": "20 人",
    "initial.total": "40 人",
    "revised.FY2022": "―",
    "revised.FY2023": "―",
    "revised.total": "―",
    "actual.FY2022": "18 人",
    "actual.FY2023": None,
    "actual.total": "18 人",
    "reason": "―",
}


_LESS_URGENT = (
    "当初計画では優先度の高い者を個別避難計画作成対象にすることとしていたが、対象を前倒して"
    "避難行動要支援者全体に変更したため、1,020 件から 3,800 件に修正した。"
)
_FEWER_HOMES = (
    "制度対象となる住宅の確保に向けた関係機関との調整に想定より時間を要したため、"
    "令和５年度の計画を１０件から８件に変更した。"
)
_LIGHT_COURSE = (
    "令和４年度よりこれまで実施していた PRO コース（通年支援）に加え、LIGHT コース（事業計画策定を中心とした支援）を"
    "創設したことで、支援事業者数を拡充したため、令和 5 年度の計画を 30 事業から 80 事業に変更する。"
)
_NAMELESS = (
    "○○等の活用により、当初見込んでいた会員登録者数を大幅に上回ったため、"
    "令和 5 年度の計画を 100 人から 200 人に変更する。"
)


def _put(record: str, **fields: Value) -> Put:
    """`initial_FY2022="…"` → field `initial.FY2022`."""
    return Put("activity", record, {name.replace("_", "."): value for name, value in fields.items()})


def _people_to_cases() -> Put:
    return Put(
        "activity",
        "9-2",
        {
            "initial.FY2022": "40 件",
            "initial.FY2023": "60 件",
            "initial.total": "100 件",
            "actual.FY2022": "52 件",
            "actual.total": "52 件",
            "unit": "件",
        },
    )


ACTIVITY = (
    Fault(
        "生活文化政策部",
        _put("9-4", actual_FY2022="16 人", actual_total="16 人"),
        "PRG002",
        "far from the plan",
        "48 人 were planned, and 46 人 came",
    ),
    Fault("危機管理部", _put("1-2", reason=_LESS_URGENT), "REV003", "misquoted figure", "the plan was 1,200 件"),
    Fault(
        "危機管理部",
        _put("1-1②", name="女性防災コーディネーターのフォローアップ研修参加者数"),
        "XRF003",
        "name differs",
        "へ is missing",
    ),
    Fault("道路・交通計画部", Remove("activity", "2-4"), "XRF002", "record missing", "the three rows were deleted"),
    Fault("道路・交通計画部", _put("2-2①", initial_FY2022=None), "FLD001", "blank", "158 件 was not filled in"),
    Fault(
        "保健福祉政策部",
        _put("3-1", actual_FY2022="集計中", actual_total="集計中"),
        "FLD009",
        "state not allowed",
        "not counted yet, in the round of the year's end",
    ),
    Fault(
        "保健福祉政策部", _put("3-2", initial_total="―"), "FLD009", "nil beside figures", "60 and 60 stand beside it"
    ),
    Fault("保健福祉政策部", Remove("activity", "3-3"), "XRF002", "record missing", "障害福祉部 answers it instead"),
    Fault("高齢福祉部", Reword("activity", "取組み", "取り組み"), "LAY008", "reworded header", "a synonym"),
    Fault("高齢福祉部", _put("4-1", initial_FY2022="0.2万人"), "FLD010", "ten thousands", "2,000 人; the sum holds"),
    Fault("高齢福祉部", _put("4-2", initial_total="85％"), "CUM001", "mean for last value", "a rate ends at 90％"),
    Fault("高齢福祉部", _put("4-4", reason="―"), "REV001", "no reason", "39 became 170"),
    Fault(
        "高齢福祉部",
        Insert("activity", "9-1", "9-1", source=HONEST["生活文化政策部"]),
        "DUP003|XRF004",
        "answered twice",
        "生活文化政策部 answers it too",
    ),
    Fault("障害福祉部", _put("5-1", initial_FY2022="約７団体"), "FLD011", "approximate", "the sum holds"),
    Fault(
        "障害福祉部", _put("5-2②", initial_total="６枠（累計）"), "CUM001", "total is not the last value", "5 in FY2023"
    ),
    Fault(
        "障害福祉部",
        Insert("activity", "3-3", "3-3", source=HONEST["保健福祉政策部"]),
        "XRF004",
        "another department's record",
        "保健福祉政策部 answers for programme 3",
    ),
    Fault("世田谷保健所", _put("6-1", initial_FY2023="24時間365日"), "FLD002", "not a number", "5 回"),
    Fault("世田谷保健所", _put("6-2②", initial_FY2022="3,500 人"), "BAL001", "digit typo", "3,200 人"),
    Fault(
        "世田谷保健所",
        _put("6-3", initial_FY2023="１社・団体", initial_total="１社・団体（累計）"),
        "CUM002",
        "cumulative count falls",
        "from 2 to 1",
    ),
    Fault(
        "世田谷保健所",
        Stray("activity", beside=("所内メモ", 1800), at="1"),
        "LAY006",
        "values beside the table",
        "a memo right of the table, without header",
    ),
    Fault(
        "都市整備政策部",
        _put("7-1", initial_FY2023="290 件"),
        "FLD005",
        "unit differs",
        "人 in the record's other cells",
    ),
    Fault("都市整備政策部", _put("7-2", reason=_FEWER_HOMES), "REV003", "misquoted figure", "the revised plan says 6"),
    Fault("都市整備政策部", _put("19-2②", number="19-2\n①"), "FLD007", "key twice", "19-2② typed as 19-2①"),
    Fault(
        "都市整備政策部",
        Insert("activity", "19-1", "19-4", {**_NEW, "unit": "人", "basis": "合計"}),
        "XRF001",
        "unknown number",
        "the register ends at 19-3",
    ),
    Fault(
        "地域行政部",
        RemoveColumn("activity", "計画変更理由・内容等"),
        "LAY002",
        "header missing",
        "the column of reasons was deleted; no record had one",
    ),
    Fault("生活文化政策部", _people_to_cases(), "FLD012|FLD005", "unit does not fit the label", "…参加者数 in 件"),
    Fault(
        "生活文化政策部",
        _put("9-3①", revised_total="970 人"),
        "BAL004",
        "wrong parts",
        "revised R5 650 + initial R5 320; the rule is initial R4 280 + revised R5 650 = 930",
    ),
    Fault("生活文化政策部", _put("9-5", initial_total="3,820 人"), "BAL001", "transposition", "3,280 人"),
    Fault("生活文化政策部", _put("16-1②", actual_FY2022="1,479 件"), "FLD005", "unit differs", "人 in the other cells"),
    Fault(
        "生活文化政策部",
        _put("16-3①", actual_FY2022="160 人", actual_total="160 人"),
        "PRG001",
        "beyond the plan of both years",
        "120 人 in total, and not revised",
    ),
    Fault(
        "生活文化政策部",
        DropRow("activity", "16-3②", "revised", above="initial"),
        "LAY007",
        "row missing",
        "no 修正計画 row below this one",
    ),
    Fault(
        "経済産業部",
        _put("10-1", reason=_LIGHT_COURSE + _LONG * 5),
        "FLD008",
        "text too long",
        "more than 600 characters",
    ),
    Fault("経済産業部", _put("10-2", reason=_NAMELESS), "TXT001", "placeholder", "○○ was never replaced"),
    Fault("経済産業部", _put("10-3", initial_FY2022="3,000 人"), "BAL001", "missing zero", "30,000 人"),
    Fault(
        "経済産業部",
        Unstored("activity", "10-4", "initial.total", (("10-4", "initial.FY2022"), ("10-4", "initial.FY2023"))),
        "FIL009",
        "no stored result",
        "150 人 once computed",
    ),
    Fault("教育委員会事務局", _put("11-1", actual_FY2022="約49人"), "FLD011", "approximate", "49 人"),
    Fault(
        "教育委員会事務局",
        DropRow("activity", "11-2", "revised", above="initial"),
        "LAY007",
        "row missing",
        "no 修正計画 row below this one",
    ),
    Fault("教育委員会事務局", _put("11-4", initial_FY2022="約10～20人"), "FLD002", "a range", "５人"),
    Fault(
        "教育委員会事務局",
        _put("15-1", initial_FY2023="950 人"),
        "BAL001",
        "stale total",
        "850 became 950, 1,550 did not",
    ),
    Fault(
        "教育委員会事務局",
        _put("15-2②", revised_total="982 件"),
        "BAL004",
        "wrong parts",
        "actual R4 433 + revised R5 549; the rule is initial R4 136 + revised R5 549 = 685",
    ),
    Fault(
        "教育委員会事務局",
        _put("15-3", initial_FY2023="67 施設"),
        "CUM004|CUM002",
        "increment for cumulative",
        "142 less the 75 of the year before",
    ),
    Fault(
        "子ども・若者部",
        _put("12-1②", reason="多くの区民が参加できるよう、会場とオンラインの併用に変更したため。"),
        "REV002",
        "reason without revision",
        "修正計画 is ―",
    ),
    Fault("子ども・若者部", _put("12-2", actual_total="9 回"), "BAL001", "upside down", "6 回"),
    Fault(
        "子ども・若者部", _put("12-3①", actual_FY2022=Formula("#N/A", text="=NA()")), "FIL010", "error value", "390 名"
    ),
    Fault(
        "子ども・若者部",
        Insert("activity", "13-1", "13-1#2", {"initial.FY2023": "143 件", "initial.total": "255 件"}),
        "FLD007",
        "key twice",
        "copied as a base, left in",
    ),
    Fault(
        "子ども・若者部",
        AddColumn("activity", "前年度実績", {"12-2": "4 回", "13-1": "88 件", "12-3①": "372 名"}),
        "LAY004",
        "unknown column",
        "a column of the department's own, with values",
    ),
    Fault("環境政策部", _put("17-2", number="17-B"), "FLD006", "malformed number", "17-2"),
    Fault("環境政策部", _put("17-3②", basis="年計"), "FLD003", "not in the code list", "合計", needs="basis_column"),
    Fault("環境政策部", _put("17-4", initial_FY2023="840 件"), "BAL001", "ten times", "84 件"),
    Fault(
        "清掃・リサイクル部",
        _put("18-1", basis="年間合計値"),
        "FLD003",
        "not in the code list",
        "合計",
        needs="basis_column",
    ),
    Fault(
        "清掃・リサイクル部",
        _put("18-2②", initial_FY2023="12 品目", initial_total="12 品目（累計）"),
        "CUM002",
        "cumulative count falls",
        "21 typed as 12, in both cells",
    ),
    Fault(
        "清掃・リサイクル部",
        _put("18-3②", actual_FY2022="23 店舗", actual_total="23 店舗"),
        "PRG001",
        "beyond the plan of both years",
        "20 店舗 in total, and not revised",
    ),
)

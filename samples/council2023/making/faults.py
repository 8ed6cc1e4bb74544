"""Faults planted in the forms and on covers."""

from __future__ import annotations

import datetime

from making.edits import Fault, Put, PutCover
from making.model import Value
from making.reshaping import AddColumn, Hide, Insert, Remove, RemoveColumn, RemoveForm, Reword

from .figures import read_returns
from .terms import GOALS, OFFICE, OPINIONS

HONEST = read_returns()


def _goal(record: str, **fields: Value) -> Put:
    return Put(GOALS, record, fields)


def _opinion(record: str, **fields: Value) -> Put:
    return Put(OPINIONS, record, fields)


def _text(form: str, record: str, field: str) -> str:
    return str(HONEST[OFFICE].forms[form].record(record).fields[field])


OF_THE_OFFICE = (
    Fault(
        OFFICE,
        _goal("2-2/3", goal="地域の担い手が確保されている。"),
        "XRF003",
        "goal in other words",
        "地域における担い手…",
    ),
    Fault(OFFICE, _goal("2-3/2", issues="（調整中）"), "TXT001", "placeholder", "the text is printed"),
    Fault(
        OFFICE,
        _goal("2-5/2", issues="〇〇や手続方法の違いをなくしていくことが必要である。"),
        "TXT001",
        "placeholder within a text",
        "",
    ),
    Fault(OFFICE, Remove(GOALS, "2-6/2"), "XRF002", "goal missing", "分野横断的な課題…"),
    Fault(OFFICE, _goal("2-4/2", number="２番"), "FLD006", "number in words", "2"),
    Fault(OFFICE, _goal("2-1①/4", section=None), "FLD001", "blank", "保健福祉政策課"),
    Fault(OFFICE, Hide(GOALS, "2-1②/3", "goal"), "FIL008", "hidden row", ""),
    Fault(OFFICE, _opinion("20", date=datetime.date(2023, 2, 27)), "FLD003", "not the day of the meeting", "27 March"),
    Fault(
        OFFICE,
        _opinion("23", meeting="地域保健福祉審議会", date=datetime.date(2023, 4, 16)),
        "FLD003",
        "digit mistyped",
        "the meeting was on 26 April",
    ),
    Fault(OFFICE, _opinion("27", meeting="第３回研究会"), "FLD003", "no such meeting", ""),
    Fault(OFFICE, _opinion("31", date="令和５年３年27日"), "FLD006", "no day", "3月"),
    Fault(
        OFFICE, _opinion("33", item="保健福祉サービスの質"), "FLD003", "not in the list", "保健福祉サービスの質の向上"
    ),
    Fault(OFFICE, _opinion("35", opinion=None), "FLD001", "blank", ""),
    Fault(
        OFFICE,
        _opinion("41", opinion=_text(OPINIONS, "40", "opinion").replace("視野", "視点")),
        "DUP004",
        "nearly the same text",
        "opinion 40",
    ),
    Fault(OFFICE, _opinion("43", response="検討中"), "TXT001", "placeholder", ""),
    Fault(OFFICE, Insert(OPINIONS, "50", "50#2", after="50", wrong="number"), "FLD007", "number twice", "50"),
)
OF_OTHERS = (
    Fault("障害福祉部", _goal("1-1②/1", measure="1-1⑫"), "XRF001", "unknown measure", "1-1②"),
    Fault("障害福祉部", PutCover("提出日", "4月12日頃"), "FLD006", "no day", "令和5年4月12日"),
    Fault("世田谷保健所", AddColumn(GOALS, "補足", {"1-1③/1": "食育を含む"}), "LAY004", "own column", "with a text"),
    Fault("都市整備政策部", Reword(GOALS, "担当", "担当者名"), "LAY002", "header reworded", "担当"),
    Fault(
        "高齢福祉部",
        _goal("1-1⑤/4", goal="住民のニーズや地区サポーターの活動予定等をＩＣＴの活用により速やかにマッチングする。"),
        "XRF003",
        "goal in other words",
        "the misprint of the document is put right as well",
    ),
    Fault(
        "高齢福祉部",
        Insert(GOALS, "1-1⑤/1", "1-1④/1", {"measure": "1-1④", "name": "住まい"}, after="1-1⑤/4", wrong="number"),
        "XRF004|DUP003",
        "another department's record",
        "都市整備政策部 answers it",
    ),
    Fault("教育委員会事務局", RemoveColumn(GOALS, "めざす姿"), "LAY002", "column missing", "めざす姿"),
    Fault("生活文化政策部", RemoveForm(GOALS), "SUB002", "form missing", "様式C1"),
    Fault("危機管理部", _goal("1-1⑨/1", name="防犯、防災対策"), "XRF003", "name differs", "防犯・防災"),
)
FAULTS = OF_THE_OFFICE + OF_OTHERS

"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime

from making.collection import Collection, EarlierRound, Elsewhere
from making.edits import Fault

from .changes import CHANGES
from .faults_activity import ACTIVITY
from .faults_budget import BUDGET
from .faults_office import OFFICE_FAULTS
from .faults_outcome import OUTCOME
from .figures import read_returns
from .layouts import AS_RETURNED, AS_SENT, LOOKS, VARIATIONS, Layout
from .sheets import lay_out

FAULTS: tuple[Fault, ...] = (*ACTIVITY, *OUTCOME, *BUDGET, *OFFICE_FAULTS)
COLLECTION: Collection[Layout] = Collection(
    title="推進状況 提出票",
    created=datetime.datetime(2023, 1, 20, 9, 0, 0),
    read=read_returns,
    lay_out=lay_out,
    faults=FAULTS,
    variations=VARIATIONS,
    as_sent=AS_SENT,
    as_returned=AS_RETURNED,
    looks=LOOKS,
    elsewhere=(
        Elsewhere("15_危機管理部_中間.xlsx", "危機管理部", "回", "令和4年度中間", datetime.date(2022, 10, 14)),
        Elsewhere(
            "16_地域行政部_新実施計画.xlsx",
            "地域行政部",
            "計画名",
            "世田谷区新実施計画（後期）",
            datetime.date(2023, 1, 16),
        ),
    ),
    again=("17_環境政策部（再送）.xlsx", "13_環境政策部.xlsx"),
    cut=("18_経済産業部_送信途中.xlsx", "10_経済産業部.xlsx"),
    earlier=EarlierRound(
        cover={"回": "令和4年度中間", "提出日": datetime.date(2022, 10, 14)},
        changes=CHANGES,
    ),
)
write_samples = COLLECTION.write_samples
write_returns = COLLECTION.write_returns

"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime

from making.collection import Collection, Elsewhere

from .faults import FAULTS
from .figures import read_returns
from .layouts import AS_RETURNED, AS_SENT, LOOKS, VARIATIONS, Layout
from .sheets import lay_out

COLLECTION: Collection[Layout] = Collection(
    title="進捗状況 提出票",
    created=datetime.datetime(2025, 6, 20, 9, 0, 0),
    read=read_returns,
    lay_out=lay_out,
    faults=FAULTS,
    variations=VARIATIONS,
    as_sent=AS_SENT,
    as_returned=AS_RETURNED,
    looks=LOOKS,
    elsewhere=(
        Elsewhere("12_危機管理部_中間.xlsx", "危機管理部", "回", "令和6年度中間", datetime.date(2024, 10, 11)),
        Elsewhere(
            "13_地域行政部_障害計画.xlsx",
            "地域行政部",
            "計画名",
            "せたがやインクルージョンプラン",
            datetime.date(2025, 6, 13),
        ),
    ),
    again=("14_高齢福祉部（再送）.xlsx", "04_高齢福祉部.xlsx"),
    cut=("15_世田谷保健所_送信途中.xlsx", "06_世田谷保健所.xlsx"),
)
write_samples = COLLECTION.write_samples
write_returns = COLLECTION.write_returns

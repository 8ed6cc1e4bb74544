"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime

from making.collection import Collection, Elsewhere

from .faults import FAULTS
from .figures import read_returns
from .layouts import AS_RETURNED, AS_SENT, LOOKS, VARIATIONS, Layout
from .sheets import lay_out

COLLECTION: Collection[Layout] = Collection(
    title="地域行政推進計画 資料 提出票",
    created=datetime.datetime(2022, 9, 26, 9, 0, 0),
    read=read_returns,
    lay_out=lay_out,
    faults=FAULTS,
    variations=VARIATIONS,
    as_sent=AS_SENT,
    as_returned=AS_RETURNED,
    looks=LOOKS,
    elsewhere=(
        Elsewhere("07_砧総合支所_3月分.xlsx", "砧総合支所", "回", "令和4年3月", datetime.date(2022, 3, 18)),
        Elsewhere(
            "08_玉川総合支所_条例.xlsx", "玉川総合支所", "計画名", "地域行政推進条例", datetime.date(2022, 9, 12)
        ),
    ),
    again=("09_北沢総合支所（再送）.xlsx", "02_北沢総合支所.xlsx"),
    cut=("10_烏山総合支所_送信途中.xlsx", "05_烏山総合支所.xlsx"),
)
write_samples = COLLECTION.write_samples
write_returns = COLLECTION.write_returns

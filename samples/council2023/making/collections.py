"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime

from making.collection import Collection, Elsewhere

from .faults import FAULTS
from .figures import read_returns
from .layouts import AS_RETURNED, AS_SENT, LOOKS, VARIATIONS, Layout
from .sheets import lay_out
from .terms import OFFICE

COLLECTION: Collection[Layout] = Collection(
    title="審議会資料 提出票",
    created=datetime.datetime(2023, 4, 14, 9, 0, 0),
    read=read_returns,
    lay_out=lay_out,
    faults=FAULTS,
    variations=VARIATIONS,
    as_sent=AS_SENT,
    as_returned=AS_RETURNED,
    looks=LOOKS,
    elsewhere=(
        Elsewhere("10_障害福祉部_3月.xlsx", "障害福祉部", "回", "令和5年3月研究会", datetime.date(2023, 3, 13)),
        Elsewhere("11_保健福祉政策部_基本計画.xlsx", OFFICE, "計画名", "世田谷区基本計画", datetime.date(2023, 3, 20)),
    ),
    again=("12_世田谷保健所（再送）.xlsx", "03_世田谷保健所.xlsx"),
    cut=("13_高齢福祉部_送信途中.xlsx", "05_高齢福祉部.xlsx"),
)
write_samples = COLLECTION.write_samples
write_returns = COLLECTION.write_returns

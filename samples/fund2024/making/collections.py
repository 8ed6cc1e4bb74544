"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime

from making.collection import Collection, Elsewhere

from .faults import FAULTS
from .figures import read_returns
from .layouts import AS_RETURNED, AS_SENT, LOOKS, VARIATIONS, Layout
from .sheets import lay_out

COLLECTION: Collection[Layout] = Collection(
    title="Places Fund return",
    created=datetime.datetime(2024, 10, 14, 9, 0, 0),
    read=read_returns,
    lay_out=lay_out,
    faults=FAULTS,
    variations=VARIATIONS,
    as_sent=AS_SENT,
    as_returned=AS_RETURNED,
    looks=LOOKS,
    elsewhere=(
        Elsewhere(
            "06_Eastholm_last_round.xlsx",
            "Eastholm Council",
            "Reporting period",
            "October 2023 to March 2024",
            datetime.date(2024, 4, 12),
            "Date of submission",
        ),
    ),
    again=("07_Dunmere_again.xlsx", "04_Dunmere District Council.xlsx"),
    cut=("08_Coldharbour_cut.xlsx", "03_Coldharbour Borough Council.xlsx"),
)
write_samples = COLLECTION.write_samples
write_returns = COLLECTION.write_returns

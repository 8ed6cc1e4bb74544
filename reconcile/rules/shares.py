"""Whether a bare figure up to 1 where percent are counted is a share or a percentage.

Excel stores 80 % as 0.8, and shows it so in a cell without a format.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

Reading = Literal["share", "percent", "either"]

# Figures of one record lie within this factor of each other where nothing else is known of them.
NEAR = 3


def reading_of(figure: Decimal, others: Iterable[Decimal]) -> Reading:
    """What the record's other figures say of a figure that may be a share.

    Only those above 1 are surely in percent as they stand: a share beside shares says nothing.
    """
    sure = [abs(other) for other in others if abs(other) > 1]
    as_share = any(_near(abs(figure) * 100, other) for other in sure)
    as_percent = any(_near(abs(figure), other) for other in sure)
    if as_share == as_percent:
        return "either"
    return "share" if as_share else "percent"


def _near(one: Decimal, other: Decimal) -> bool:
    return max(one, other) <= NEAR * min(one, other)

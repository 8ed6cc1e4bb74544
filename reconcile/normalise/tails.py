"""What stands behind a number: magnitude, unit, and words that qualify it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from reconcile.normalise.characters import closed_up
from reconcile.normalise.units import MAGNITUDES, MONEY, SIGN_UNIT, UNIT, fold_unit, stands_alone


class Tail(NamedTuple):
    """What was found: factor of the magnitude (1 for none), unit folded and as typed, a remark, 約 said behind."""

    factor: Decimal = Decimal(1)
    unit: str = ""
    printed: str = ""
    remark: str = ""
    about: bool = False
    problem: str = ""


_BOUND: Final = re.compile(r"(?:以上|以下|以内|未満|超え?|余り?|強|弱|まで|から|上限|下限)$")
_DIFFERENCE: Final = re.compile(r"(?:増|減|増加|減少|削減|アップ|ダウン)$")
_ABOUT: Final = re.compile(r"(?:程度|前後|くらい|ぐらい|ほど)$")
_REMARK: Final = re.compile(r"(?:見込み?|予定|実施|達成|済み?|実績)$")
_MAGNITUDE: Final = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
_TAIL: Final = re.compile(rf"(?P<magnitude>{_MAGNITUDE})?(?P<unit>{UNIT})?")
_BARE: Final = re.compile(UNIT)
_NO_TAIL: Final = Tail()


@lru_cache(maxsize=16384)
def read_tail(text: str) -> Tail:
    """`text` (narrow, from behind a number to the end of the measure) taken apart."""
    tail = text.strip().rstrip("。")
    remarks: list[str] = []
    about = False
    while True:
        if remark := _REMARK.search(tail):
            remarks.insert(0, remark[0])
        elif remark := _ABOUT.search(tail):
            about = True
        else:
            break
        tail = tail[: remark.start()].rstrip()
    if _BOUND.search(tail):
        return Tail(problem="bound")
    if _DIFFERENCE.search(tail):
        return Tail(problem="difference")
    parts = tail.split()
    tail = closed_up(tail)
    factor, unit = Decimal(1), tail
    if tail not in MONEY:
        found = _TAIL.fullmatch(tail)
        if not found:
            return Tail(problem="not_a_number")
        factor, unit = _parted(found["magnitude"] or "", found["unit"] or "")
    folded = fold_unit(unit)
    if len(parts) > 1 and not (tail in MONEY or stands_alone(folded) or _joined(parts)):
        # Words apart from the unit say something of their own (5人 検討中).
        return Tail(problem="not_a_number")
    return Tail(factor, folded, unit, "".join(remarks), about)


def _parted(magnitude: str, unit: str) -> tuple[Decimal, str]:
    """Magnitude and unit told apart from words that begin like a magnitude (3百貨店 are shops)."""
    if magnitude[-1:] in ("百", "千") and unit and unit not in MONEY and not stands_alone(fold_unit(unit)):
        return Decimal(1), magnitude + unit
    return (MAGNITUDES[magnitude] if magnitude else Decimal(1)), unit


def _joined(parts: list[str]) -> bool:
    """Are the parts of a unit joined by a sign (社 ・ 団体), or magnitude and unit (万 時間)?"""
    if parts[0] in MAGNITUDES and len(parts) == 2:
        return True
    pairs = pairwise(parts)
    return all(left[-1] in "・/-" or right[0] in "・/-" for left, right in pairs)


def unit_before(text: str, lent: str) -> tuple[str, str] | None:
    """Unit and label that stand between two numbers of a cell, taken apart: `% 歩道築造 `, `件\\n耐震改修等:`,
    `m歩道築造`, and `件耐震改修等:` where the last unit of the cell is `lent`. None if the border is not sure."""
    parts = re.split(r"\s*[、,;\n]\s*|\s{2,}", text.strip())
    if len(parts) == 1:
        parts = text.split()
    if len(parts) == 2 and (parts[0] == "" or _BARE.fullmatch(parts[0])):
        return parts[0], parts[1]
    if len(parts) != 1:
        return None
    if sign := SIGN_UNIT.match(parts[0]):
        return sign[0], parts[0][sign.end() :]
    if lent and parts[0].startswith(lent) and parts[0] != lent:
        return lent, parts[0][len(lent) :]
    return None

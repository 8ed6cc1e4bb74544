"""How a printed text is keyed into a cell: as text, or as a number with its unit in the format or in a column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .model import Value

Keyed = Literal["text", "format", "column"]
_WIDE = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_NARROW = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_QUANTITY = re.compile(r"([\d,]+(?:\.\d+)?)\s*([^\d\s（）：]+)((?:（累計）)?)")


@dataclass(frozen=True)
class Entry:
    """What is stored in the cell, and its number format (empty: General)."""

    value: Value
    number_format: str = ""


def read_quantity(text: str) -> tuple[Decimal, str, str, int] | None:
    """`1,000 人` → 1000, 人, note, decimals; None where the text is anything else."""
    match = _QUANTITY.fullmatch(text.translate(_WIDE).strip())
    if match is None:
        return None
    number = Decimal(match[1].replace(",", ""))
    decimals = len(match[1].partition(".")[2])
    return number, match[2].strip(), match[3], decimals


def key_in(value: Value, keyed: Keyed, unit: Value = None, wide: bool = False) -> Entry:
    """`unit` is what the 単位 column says (keyed "column"): a text of another unit stays text."""
    if not isinstance(value, str):
        return Entry(value)
    quantity = read_quantity(value) if keyed != "text" else None
    if quantity is None:
        return Entry(value.translate(_NARROW) if wide else value)
    number, own, note, decimals = quantity
    digits = "." + "0" * decimals if decimals else ""
    if keyed == "column":
        same = isinstance(unit, str) and unit.replace("％", "%") == own.replace("％", "%")
        return Entry(number, f"#,##0{digits}") if same else Entry(value)
    if own in ("%", "％"):
        return Entry(number / 100, f"0{digits}%")
    return Entry(number, f'#,##0{digits}"{own}{note}"')

"""Which block stands where: the sheets of one workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from .grid import Block

Arrangement = Literal["down", "right"]
# Name of the sheet, the forms on it, and how they follow one another.
Plan = tuple[tuple[str, tuple[str, ...], Arrangement], ...]


@dataclass
class Sheet:
    """Blocks with the row and column (1-based) of their first cell."""

    name: str
    blocks: list[tuple[Block, int, int]]
    hidden: bool = False
    table: bool = True  # printed across, with repeated headers; the cover is not
    helper: tuple[str, ...] = field(default=())


def place_forms(
    plan: Plan, given: Iterable[str], origin: tuple[int, int], block_of: Callable[[str, bool], Block]
) -> list[Sheet]:
    """The sheets of the forms `given`; a form the department left out gives no sheet of its own.

    `block_of` lays one form out; its second argument says whether other forms stand on the same columns.
    """
    present = set(given)
    sheets = []
    for name, forms, arrangement in plan:
        row, column = origin
        placed: list[tuple[Block, int, int]] = []
        for form in forms:
            if form not in present:
                continue
            block = block_of(form, len(forms) > 1 and arrangement == "down")
            placed.append((block, row, column))
            if arrangement == "down":
                row += block.rows + 2
            else:
                column += block.columns + 1
        if placed:
            sheets.append(Sheet(name, placed))
    return sheets

"""Which block stands where: the sheets of one workbook."""

from __future__ import annotations

from dataclasses import dataclass, field

from .activity import activity_block
from .budget import budget_block
from .cover import cover_block
from .grid import Block
from .layouts import Layout
from .model import FormName, Return
from .outcome import outcome_block
from .table import BASES


@dataclass
class Sheet:
    """Blocks with the row and column (1-based) of their first cell."""

    name: str
    blocks: list[tuple[Block, int, int]]
    hidden: bool = False
    table: bool = True       # printed across, with repeated headers; the cover is not
    helper: tuple[str, ...] = field(default=())


def lay_out(answer: Return, layout: Layout) -> list[Sheet]:
    """The sheets of a return, the cover first. A form the department left out gives no sheet of its own."""
    sheets = [Sheet(layout.cover, [(cover_block(answer), 1, 1)], table=False)]
    for name, forms, arrangement in layout.sheets:
        row, column = layout.origin
        placed: list[tuple[Block, int, int]] = []
        for form in forms:
            if form not in answer.forms:
                continue
            block = _block(answer, form, layout, stacked=len(forms) > 1 and arrangement == "down")
            placed.append((block, row, column))
            if arrangement == "down":
                row += block.rows + 2
            else:
                column += block.columns + 1
        if placed:
            sheets.append(Sheet(name, placed))
    if layout.helper_sheet:
        sheets.append(Sheet("リスト", [], hidden=True, helper=BASES))
    return sheets


def _block(answer: Return, name: FormName, layout: Layout, stacked: bool) -> Block:
    form = answer.forms[name]
    if name == "activity":
        return activity_block(form, layout)
    if name == "outcome":
        return outcome_block(form, layout, 3 if stacked else 1)
    return budget_block(form, layout)

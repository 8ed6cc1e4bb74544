"""Where each value of a return stands once it is laid out, and what is stored there."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from .model import Formula, Owner, Value
from .sheets import Sheet

Places = dict[Owner, tuple[str, str]]  # owner → sheet, A1 address


@dataclass(frozen=True)
class Written:
    """A cell: its sheet, its A1 address, and its content as text (see `content`)."""

    sheet: str
    cell: str
    content: str


def where(sheets: list[Sheet]) -> Places:
    """The address of every cell that has an owner."""
    return {
        cell.owner: (sheet.name, xl_rowcol_to_cell(top + cell.row - 2, left + cell.column - 2))
        for sheet in sheets
        for block, top, left in sheet.blocks
        for cell in block.cells
        if cell.owner
    }


def written(sheets: list[Sheet]) -> dict[Owner, Written]:
    """Every owned cell of a return that is laid out."""
    places = where(sheets)
    values = {
        cell.owner: cell.value for sheet in sheets for block, _, _ in sheet.blocks for cell in block.cells if cell.owner
    }
    return {owner: Written(*places[owner], content(value, places)) for owner, value in values.items()}


def content(value: Value, places: Places) -> str:
    """What the cell holds, as text; of a formula its stored result, or the formula where none is stored."""
    if isinstance(value, Formula):
        if value.stored is None:
            return formula_text(value, places)
        value = value.stored
    if value is None:
        return ""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    return str(value)


def formula_text(value: Formula, places: Places) -> str:
    """`=SUM(D5:D9)`, or `=D5+F5` where the parts are no neighbours; a text of its own names the parts `{0}`, `{1}`."""
    cells = [places[owner][1] for owner in value.parts]
    if value.text:
        return value.text.format(*cells)
    together = _run(cells)
    return f"=SUM({together})" if together else "=" + "+".join(cells)


def _run(cells: list[str]) -> str:
    """`D5:D9` if the addresses are neighbours in one row or column, else empty."""
    if len(cells) < 2:
        return ""
    split = [re.fullmatch(r"([A-Z]+)(\d+)", cell) for cell in cells]
    columns = [match[1] for match in split if match]
    rows = [int(match[2]) for match in split if match]
    down = len(set(columns)) == 1 and rows == list(range(rows[0], rows[0] + len(rows)))
    along = len(set(rows)) == 1 and all(
        ord(right[-1]) - ord(left[-1]) == 1 and len(left) == len(right) == 1
        for left, right in itertools.pairwise(columns)
    )
    return f"{cells[0]}:{cells[-1]}" if down or along else ""

"""Where the sample returns lie, and how to find a cell of one."""

from __future__ import annotations

from pathlib import Path

from openpyxl.workbook import Workbook

RETURNS = Path(__file__).resolve().parents[2] / "samples" / "plan2022" / "returns"


def cell_of(book: Workbook, sheet: str, text: str):
    """The first cell of a sheet that holds a text."""
    return next(cell for row in book[sheet].iter_rows() for cell in row if cell.value == text)

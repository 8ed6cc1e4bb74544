"""Sheets drawn as text: a line a row, cells between ``|``, ``\\n`` a line break in a cell."""

from __future__ import annotations

from functools import cache

from reconcile.extract import Extracted, extract
from reconcile.locate import Grid, Vocabulary
from reconcile.normalise import fold_key
from reconcile.package import Range, Sheet, Workbook
from reconcile.packs import Pack, load


@cache
def plan() -> Pack:
    """The pack the drawn forms belong to."""
    return load("plan2022")


def drawn(text: str, *, merged: tuple[str, ...] = (), name: str = "Sheet1", right: int = 0, down: int = 0) -> Grid:
    """A sheet; a cell of digits is a number. ``merged`` holds ranges as ``A1:B2``, before moving right and down."""
    sheet = Sheet(name)
    lines = [line.strip() for line in text.strip().splitlines()]
    for row, line in enumerate(lines, start=1 + down):
        for column, cell in enumerate(line.split("|"), start=1 + right):
            value = cell.strip().replace("\\n", "\n")
            if not value:
                continue
            sheet.row.append(row)
            sheet.column.append(column)
            sheet.kind.append("n" if value.isdigit() else "e" if value.startswith("#") else "s")
            sheet.text.append(value)
            sheet.style.append(0)
    for area in merged:
        (left, top), (right_, bottom) = (_place(corner) for corner in area.split(":"))
        sheet.merged.append(Range(top + down, left + right, bottom + down, right_ + right))
    return Grid(Workbook("xlsx", [sheet], ["General"]), sheet)


def _place(corner: str) -> tuple[int, int]:
    letters = corner.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(corner[len(letters) :])


def read(*grids: Grid) -> Extracted:
    """What is read of some sheets as one workbook."""
    return extract(list(grids), plan(), Vocabulary(plan().forms, plan().tables), "return.xlsx")


def values(found: Extracted, form: str) -> dict[tuple[str, str, str], str]:
    """(record, slot, component) → raw text without white space, blanks left out; keys are compared folded."""
    columns = found.columns
    return {
        (columns.record[n], columns.slot[n], columns.component[n]): (
            fold_key(columns.raw[n]) if columns.slot[n] == "number" else columns.raw[n]
        )
        for n in range(len(columns))
        if columns.form[n] == form and columns.raw[n]
    }


def codes(found: Extracted) -> list[str]:
    """The codes of the findings, in the order found."""
    return [finding.code for finding in found.findings]

"""Records before their values are read: which cells make them."""

from __future__ import annotations

from dataclasses import dataclass, field

from reconcile.locate import Placement

SlotKey = tuple[str, str, str]  # field, version, period


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of a record: its slot, its place (1-based; of a merged range the top-left), its entry (-1 when empty)."""

    slot: SlotKey
    row: int
    column: int
    entry: int


@dataclass(slots=True)
class RawRecord:
    """A record before its values are read. A text broken over several rows has several cells of one slot."""

    level: str
    top: int
    bottom: int
    cells: list[RawCell] = field(default_factory=list)
    missing_rows: tuple[str, ...] = ()


@dataclass(slots=True)
class Records:
    """The records of one placement, and the cells with values that belong to none of them."""

    records: list[RawRecord] = field(default_factory=list)
    below: list[tuple[int, int]] = field(default_factory=list)  # under the total row
    no_version_column: bool = False
    version_column: int | None = None


def cell_at(placement: Placement, slot: SlotKey, row: int, column: int) -> RawCell:
    grid = placement.grid
    entry = grid.entry(row, column)
    if entry < 0:
        return RawCell(slot, row, column, -1)
    return RawCell(slot, grid.sheet.row[entry], grid.sheet.column[entry], entry)


def has_text(placement: Placement, row: int, column: int) -> bool:
    return bool(placement.grid.text(placement.grid.entry(row, column)).strip())

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
    told: dict[str, str] = field(
        default_factory=dict
    )  # what headings and labels tell: field → value; the cell is theirs
    flag: str = ""  # of a breakdown row: the flag of the records it counts


@dataclass(slots=True)
class Records:
    """The records of one placement, and the cells with values that belong to none of them."""

    records: list[RawRecord] = field(default_factory=list)
    below: list[tuple[int, int]] = field(default_factory=list)  # under the total row
    no_version_column: bool = False
    untitled: bool = False  # nothing says which of several tables this is
    title_seen: tuple[int, int, str] | None = None  # row, column and text of what stands where the title should
    version_column: int | None = None
    beside: list[int] = field(default_factory=list)  # columns found by the words of the rows, not by a label


def cell_at(placement: Placement, slot: SlotKey, row: int, column: int) -> RawCell:
    grid = placement.grid
    entry = grid.entry(row, column)
    if entry < 0:
        return RawCell(slot, row, column, -1)
    return RawCell(slot, grid.sheet.row[entry], grid.sheet.column[entry], entry)


def has_text(placement: Placement, row: int, column: int) -> bool:
    return bool(placement.grid.text(placement.grid.entry(row, column)).strip())

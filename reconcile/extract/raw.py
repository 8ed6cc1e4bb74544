"""Records before their values are read: which cells make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reconcile.extract.table_columns import TableColumns
from reconcile.locate import Grid, Placement
from reconcile.normalise import read_measures
from reconcile.package import Stretch
from reconcile.packs.model import SlotKey, Total


class RawCell(NamedTuple):
    """A cell of a record: its slot, its place (1-based; of a merged range the top-left), its entry (-1 when empty)."""

    slot: SlotKey
    row: int
    column: int
    entry: int


@dataclass(slots=True)
class TableCells:
    """The cells of a table column by column: for each of ``header.columns`` its entries, one for each of ``rows`` (-1
    where the cell is empty; where a merged range or a text above answers, the entry of that). ``elsewhere``: some
    entries stand elsewhere for one of these reasons."""

    grid: Grid
    header: TableColumns
    rows: list[int]
    entries: list[list[int]]
    elsewhere: bool

    def of_row(self, number: int) -> list[RawCell]:
        """The cells of one of the rows, in the order of the slots."""
        sheet, row = self.grid.sheet, self.rows[number]
        return [
            RawCell(slot, row, column, -1) if at < 0 else RawCell(slot, sheet.row[at], sheet.column[at], at)
            for slot, column, at in zip(
                self.header.slots, self.header.columns, [own[number] for own in self.entries], strict=True
            )
        ]

    def text(self, place: int, number: int) -> str:
        """What stands in one of the columns of one of the rows."""
        entry = self.entries[place][number]
        return self.grid.sheet.text[entry].strip() if entry >= 0 else ""


@dataclass(slots=True)
class RawRecord:
    """A record before its values are read. A text broken over several rows has several cells of one slot."""

    level: str
    top: int
    bottom: int
    missing_rows: tuple[str, ...] = ()
    told: dict[str, str] = field(
        default_factory=dict
    )  # what headings and labels tell: field → value; the cell is theirs
    flag: str = ""  # of a breakdown row: the flag of the records it counts
    table: TableCells | None = None  # where the cells are, until somebody asks for them
    number: int = -1  # which of the table's rows it is
    _cells: list[RawCell] = field(default_factory=list)

    @property
    def cells(self) -> list[RawCell]:
        if self.table is not None:
            self._cells, self.table = self.table.of_row(self.number), None
        return self._cells

    @cells.setter
    def cells(self, cells: list[RawCell]) -> None:
        self._cells, self.table = cells, None


@dataclass(frozen=True, slots=True)
class Unworded:
    """A row that is a total though no word says so; ``text`` is what stands in ``column`` in the place of its word."""

    row: int
    column: int
    text: str
    total: Total


@dataclass(slots=True)
class Records:
    """The records of one placement, and the cells with values that belong to none of them."""

    records: list[RawRecord] = field(default_factory=list)
    below: list[tuple[int, int]] = field(default_factory=list)  # under the total row
    apart: list[tuple[int, int]] = field(default_factory=list)  # below the table, parted from it by a blank row
    rests: list[tuple[int, int]] = field(default_factory=list)  # what goes on with a text of the row above
    no_version_column: bool = False
    untitled: bool = False  # nothing says which of several tables this is
    title_seen: tuple[int, int, str] | None = None  # row, column and text of what stands where the title should
    version_column: int | None = None
    unworded: list[Unworded] = field(default_factory=list)  # totals without the word for it
    beside: list[int] = field(default_factory=list)  # columns found by the words of the rows, not by a label
    #: Rows that are records besides, each of them; the others were read without them.
    stretches: list[Stretch] = field(default_factory=list)

    def count(self) -> int:
        """How many records there are, totals aside."""
        own = sum(record.level == "record" for record in self.records)
        return own + sum(len(stretch.numbers) for stretch in self.stretches)


def cell_at(placement: Placement, slot: SlotKey, row: int, column: int) -> RawCell:
    grid = placement.grid
    entry = grid.entry(row, column)
    if entry < 0:
        return RawCell(slot, row, column, -1)
    return RawCell(slot, grid.sheet.row[entry], grid.sheet.column[entry], entry)


def has_text(placement: Placement, row: int, column: int) -> bool:
    return bool(placement.grid.text(placement.grid.entry(row, column)).strip())


def has_figure(placement: Placement, row: int, column: int) -> bool:
    """Whether a figure stands in a cell, and not a name or the last word of a page (以上)."""
    entry = placement.grid.sheet.entry_at(row, column)
    return entry >= 0 and any(m.state == "number" for m in read_measures(*placement.grid.cell(entry)[:2]))

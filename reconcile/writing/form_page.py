"""A form's sheet while it is written: how far it is, its records, and what is known only once all of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reconcile.coded import Coded
from reconcile.facts import Mask, Positions
from reconcile.package import FORMULA, Column, Figures, look
from reconcile.package import NUMBER as FIGURE
from reconcile.packs.model import Form
from reconcile.writing.columns import Looks
from reconcile.writing.form_columns import Layout
from reconcile.writing.form_records import Records
from reconcile.writing.form_whose import Whose, told_by
from reconcile.writing.report import Report
from reconcile.writing.sheet import Heights, Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Cell = tuple[int, int]  # row and column, 1-based
SOURCE = ("department", "file", "sheet", "cell")  # where a record comes from

# What begins at a row, for the ends of pages: the lowest ranks part the form best.
SECTION, RUN, RECORD = 0, 1, 9


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of one column under one text."""

    column: int
    top: int
    bottom: int
    text: str
    style: Format


@dataclass(slots=True)
class FormSheet:
    """A form's sheet while it is written. ``row`` is the next free row."""

    report: Report
    form: Form
    sheet: Sheet
    layout: Layout
    row: int = 1
    remark: str = ""  # below the title
    rows: RecordRows | None = None  # the records, until all of the sheet is known
    figures: dict[Cell, tuple[Decimal, Format]] = field(
        default_factory=dict
    )  # figures beside the records, and how they look
    blocks: list[Positions] = field(default_factory=list)  # see `starts`
    runs: list[Run] = field(default_factory=list)
    glued: bool = False  # what comes next belongs to the heading above it
    subtotals: list[int] = field(default_factory=list)  # rows
    shows: Mask = field(init=False)  # for each fact whether it stands here as a figure
    whose: Whose = field(init=False)

    def __post_init__(self) -> None:
        self.whose = told_by(self.report.run.pack, self.form)
        self.shows = np.zeros(len(self.report.run.facts), dtype=bool)

    @property
    def last_column(self) -> int:
        return len(self.layout.columns)

    @property
    def source(self) -> int:
        """The column of who has answered a record, beside the print; return, sheet and cell follow, then what only some
        templates have."""
        return self.last_column + 2

    @property
    def units(self) -> bool:
        """Whether figures are shown with their units: not where the unit has a column of its own."""
        return not any(column.field and self._type(column.field) == "unit" for column in self.layout.columns)

    def _type(self, field: str) -> str:
        own = self.form.fields.get(field)
        return own.type if own else ""

    @property
    def money(self) -> bool:
        return self.form.unit is not None

    def start(self, row: int, rank: int) -> None:
        """A page may end before this row, unless a heading stands above it."""
        if not self.glued:
            self.blocks.append(np.array([[row, rank]], dtype=np.int64))
        self.glued = False

    def start_each(self, rows: Positions, ranks: Positions) -> None:
        """The same before each of some rows with their ranks; there is one at least."""
        self.start(int(rows[0]), int(ranks[0]))
        self.blocks.append(np.stack([rows[1:], ranks[1:]], axis=1))

    @property
    def starts(self) -> Positions:
        """The rows before which a page may end, each with its rank: two columns."""
        return np.concatenate([np.zeros((0, 2), dtype=np.int64), *self.blocks])

    def figure(self, cell: Cell, positions: Sequence[int], value: Decimal, style: Format) -> None:
        """Writes a figure that these values say; it may become a formula once its parts stand as well."""
        self.sheet.number(*cell, value, style)
        self.figures[cell] = value, style
        self.shows[list(positions)] = True


@dataclass(slots=True)
class Cells:
    """The cells of one column of records, one a row of the sheet."""

    looks: Looks
    texts: Coded
    figures: Figures | None = None
    formulas: Coded | None = None
    merged: bool = False  # over the rows of each record
    spread: Mask | None = None  # … but for these records, beside which one cell stands with others


@dataclass
class RecordRows:
    """The rows of the records ``order`` of a form, on their way to the sheet: ``size`` rows a record.

    ``tops`` is the first row of each record, 0 as long as it has none; ``heights`` are points, one a row.
    """

    page: FormSheet
    records: Records
    order: Positions
    size: int
    tops: Positions
    heights: Heights
    columns: dict[int, Cells] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # column, record, first and last of its rows

    @cached_property
    def spans(self) -> Positions:
        """For each record beside how many its part on the right stands."""
        found = np.ones(len(self.order), dtype=np.int64)
        for at in self.at(set(self.records.spans)):
            found[at] = self.records.spans[int(self.order[at])]
        return found

    @cached_property
    def covered(self) -> Mask:
        """For each record whether what stands on the right of one above reaches down to it."""
        found = np.zeros(len(self.order), dtype=bool)
        for at in np.flatnonzero(self.spans > 1).tolist():
            found[at + 1 : at + self.spans[at]] = True
        return found

    @property
    def numbers(self) -> Positions:
        """The row numbers on the sheet."""
        return np.asarray(self.tops[:, None] + np.arange(self.size), dtype=np.int64).ravel()

    def put(self) -> None:
        """Tells where each value stands, once all records have their rows."""
        for number, column in enumerate(self.page.layout.columns, start=1):
            if not column.filled:
                for offset, slot in enumerate(column.slots):
                    self.place(slot, number, self.tops + offset * (self.spans if column.right else 1))
        for number, printed in enumerate(self.page.layout.extra, start=self.page.source + len(SOURCE)):
            self.place(printed.slots[0], number, self.tops)

    def place(self, slot: str, column: int, rows: Positions) -> None:
        """The values of a slot stand in these rows of a column."""
        places, name = self.page.report.places, self.page.sheet.name
        places.put_rows(self.records.at(slot, self.order), name, rows, column)
        special = self.records.special([slot])
        for at in self.at(special):
            positions = self.records.positions(slot, int(self.order[at]))
            places.put(positions, self.page.sheet.place(int(rows[at]), column))

    def at(self, rows: set[int]) -> list[int]:
        """Where among the printed records these are."""
        return np.flatnonzero(np.isin(self.order, list(rows))).tolist() if rows else []

    def calculate(self, column: int, rows: Positions, formulas: Coded) -> None:
        """Turns figures of a column into formulas (without =) that make them, once."""
        cells = self.columns[column]
        assert cells.figures is not None  # only figures become formulas
        at = np.searchsorted(self.numbers, rows)
        codes = np.zeros(len(cells.looks), dtype=np.int32)
        codes[at] = formulas.codes
        cells.formulas = Coded(codes, formulas.values)
        cells.looks[at] = cells.looks[at] - np.uint32(look(FIGURE)) + np.uint32(look(FORMULA))

    def write(self) -> None:
        """Writes all rows."""
        sheet = self.page.sheet
        if not len(self.order):
            return
        found = [
            Column(number, own.looks, own.figures, own.texts, own.formulas)
            for number, own in sorted(self.columns.items())
        ]
        sheet.rows(self.numbers, found, self.heights)
        for number, own in self.columns.items():
            if own.merged:
                tops = self.tops[~own.spread] if own.spread is not None else self.tops
                sheet.merge_rows(tops, number, tops + self.size - 1, number)
        for number, at, first, last in self.merges:
            top = int(self.tops[at])
            sheet.merge_rows(np.array([top + first]), number, np.array([top + last]), number)

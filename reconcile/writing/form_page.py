"""A form's sheet while it is written: how far it is, and what is known only once all of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from reconcile.facts import Mask, Positions
from reconcile.packs.model import Form
from reconcile.writing.form_columns import Layout
from reconcile.writing.form_whose import Whose, told_by
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from reconcile.writing.form_rows import RecordRows

Cell = tuple[int, int]  # row and column, 1-based

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

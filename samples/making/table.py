"""What the forms share: title, notes, headers, and the running row of a table that is being drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .grid import Block, Cell, Column, Style, place_columns
from .layouts import BaseLayout
from .model import Form, Owner, Record, Value

L = TypeVar("L", bound=BaseLayout)


@dataclass(frozen=True)
class Words(Generic[L]):
    """The words of one form: `spell` gives a label as a layout writes it; `choices`: field → list of its drop-down."""

    title: str
    notes: tuple[str, ...]
    closing: str
    spell: Callable[[str, L], str]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Pen(Generic[L]):
    """Draws one form from top to bottom; `row` is the next free row."""

    def __init__(
        self, form: Form, layout: L, words: Words[L], columns: list[Column], gaps_after: frozenset[str]
    ) -> None:
        columns = [column for column in columns if column.label not in form.absent]
        columns += [Column(own.label, f"own:{own.label}", 18) for own in form.own_columns]
        if layout.empty_column:
            columns.append(Column(layout.empty_column, f"own:{layout.empty_column}", 12))
        self.form, self.layout, self.words, self.block, self.row = form, layout, words, Block(), 1
        self.has_gaps = layout.blank_columns
        self.placed = place_columns(columns, gaps_after if layout.blank_columns else frozenset())
        for column, at in self.placed:
            for step in range(column.across):
                self.block.widths[at + step] = column.width / column.across
            if column.label in form.hidden_columns:
                self.block.hidden_columns.add(at)
        for at in range(1, self.last + 1):
            self.block.widths.setdefault(at, 2.5)

    @property
    def last(self) -> int:
        """The last column of the table."""
        column, at = self.placed[-1]
        return at + column.across - 1

    def put(self, cell: Cell) -> None:
        """Add a cell."""
        self.block.cells.append(cell)

    def word(self, label: str) -> str:
        """The label as this department writes it."""
        return self.form.reworded.get(label) or self.words.spell(label, self.layout)

    def between(self, left: str, right: str) -> bool:
        """Whether columns stand between two fields."""
        names = [column.field for column, _ in self.placed]
        return names.index(right) - names.index(left) > 1

    def own_value(self, column: Column, record: Record) -> Value:
        """The value of a column of the department's own."""
        values = {own.label: own.values for own in self.form.own_columns}
        return values.get(column.label, {}).get(record.key)

    def open(self, note: str) -> None:
        """Title, notes, and what stands at the top right (the unit)."""
        self.put(Cell(self.row, 1, self.words.title, "title"))
        if self.layout.notes:
            for text in self.words.notes:
                self.row += 1
                self.put(Cell(self.row, 1, text, "note"))
        self.row += 1
        if note:
            self.put(Cell(self.row, self.last, note, "unit"))
            self.row += 1

    def header(self, column: Column, at: int, row: int, down: int, across: int) -> None:
        """One header cell over `down` lines."""
        owner = Owner(self.form.name, "header", column.label)
        self.put(Cell(row, at, self.word(column.label), "header", owner, down=down, across=across))

    def end_header(self, lines: int) -> None:
        """The header is complete."""
        if self.block.header_rows is None:
            self.block.header_rows = (self.row, self.row + lines - 1)
        self.row += lines

    def end_record(self, record: Record, top: int, rows: int) -> None:
        """The record is complete: hide it if it is hidden, leave a blank row where the layout does."""
        if record.hidden:
            self.block.hidden_rows.update(range(top, top + rows))
        self.row = top + rows + self.layout.blank_rows

    def close(self) -> Block:
        """Values under and beside the table, the closing note, the drop-downs."""
        if self.block.header_rows and self.row > self.block.header_rows[1] + 1:
            first = self.block.header_rows[1] + 1
            self.block.choices += [
                (at, first, self.row - 1, self.words.choices[column.field])
                for column, at in self.placed
                if column.field in self.words.choices
            ]
        if self.form.beside:
            at, row = self.last + 2, (self.block.header_rows or (1, 1))[1] + 2
            self.block.widths[at] = 14
            for step, value in enumerate(self.form.beside):
                self.put(Cell(row + step, at, value, "plain", Owner(self.form.name, "beside", str(step))))
        for line, values in enumerate(self.form.below):
            for turn, ((_, at), value) in enumerate(zip(self.placed, values, strict=False), 1):
                style: Style = "money" if isinstance(value, int) else "text"
                self.put(Cell(self.row, at, value, style, Owner(self.form.name, f"below/{line}", str(turn))))
            self.row += 1
        if self.layout.notes:
            self.put(Cell(self.row + 1, 1, self.words.closing, "note"))
        return self.block

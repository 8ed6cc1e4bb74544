"""The lines of a table: some of its records and, between them, the rows of its long stretches of rows alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain, repeat
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from reconcile.extract.plain_columns import Cells
from reconcile.extract.raw import RawRecord, TableCells
from reconcile.package import Stretch

T = TypeVar("T")


class TableLines:
    """``rows`` has one entry a line, ``of_records`` tells which lines are records. Columns go by their place in the
    table's slots."""

    def __init__(
        self, table: TableCells, records: Sequence[RawRecord], stretches: Sequence[Stretch], of_records: Sequence[int]
    ) -> None:
        self.table, self.of_records = table, of_records
        numbers = [record.number for record in records]
        self._entries = table.entries
        if len(numbers) < len(table.rows):
            self._entries = [[own[number] for number in numbers] for own in table.entries]
        self._runs: list[slice | Stretch] = []
        self.rows: list[int] = []
        above = 0
        for stretch in stretches:
            here = sum(record.top < stretch.numbers[0] for record in records)
            self._runs += [slice(above, here), stretch]
            self.rows += [*(table.rows[number] for number in numbers[above:here]), *stretch.numbers]
            above = here
        self._runs.append(slice(above, len(records)))
        self.rows += [table.rows[number] for number in numbers[above:]]

    def __len__(self) -> int:
        return len(self.rows)

    def entries(self, column: int) -> list[int]:
        """The entries of a column in the records."""
        return self._entries[column]

    @cached_property
    def looks(self) -> list[tuple[str | None, str | None]]:
        """Kind and number format of the cells of each column; "" where it is empty, None where they have several."""
        grid = self.table.grid
        kinds, styles = grid.sheet.kind, grid.sheet.style
        shapes = {(run.columns, run.kinds, run.styles) for run in self._runs if isinstance(run, Stretch)}
        stretches = [
            dict(zip(columns, zip(own_kinds, own_styles, strict=True), strict=True))
            for columns, own_kinds, own_styles in shapes
        ]
        found: list[tuple[str | None, str | None]] = []
        for column, entries in zip(self.table.header.columns, self._entries, strict=True):
            seen = {(kinds[at], styles[at]) for at in entries if at >= 0}
            seen.update([own[column] for own in stretches if column in own])
            if len(seen) == 1:
                ((kind, style),) = seen
                found.append((kind, grid.format(style)))
            else:
                found.append((_only({kind for kind, _ in seen}), _only({grid.format(style) for _, style in seen})))
        return found

    def cells(self, columns: Sequence[int]) -> Cells:
        """The cells of a column in all lines; of several that look alike those of one behind those of another."""
        grid = self.table.grid
        texts: list[str] = []
        for column in columns:
            texts += self._each(column, grid.sheet.text, lambda run, place: run.texts[place], "")
        kind, code = self.looks[columns[0]]
        if kind is not None and code is not None:
            return Cells(texts, kind, code)
        kinds = self._each(columns[0], grid.sheet.kind, lambda run, at: repeat(run.kinds[at], len(run.numbers)), "")
        styles = self._each(columns[0], grid.sheet.style, lambda run, at: repeat(run.styles[at], len(run.numbers)), 0)
        return Cells(texts, kinds, list(map(grid.format, styles)))

    def places(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Row and column on the sheet of each cell, line after line; where a merged range or a text above answers,
        those of that."""
        rows, columns = np.array(self.rows, dtype=np.int32), np.array(self.table.header.columns, dtype=np.int32)
        sheet = self.table.grid.sheet
        all_rows, all_columns = np.repeat(rows[:, None], len(columns), axis=1), np.tile(columns, (len(rows), 1))
        for number, own in enumerate(self._entries):
            for at, entry in zip(self.of_records, own, strict=True):
                if entry >= 0:
                    all_rows[at, number], all_columns[at, number] = sheet.row[entry], sheet.column[entry]
        return all_rows.ravel(), all_columns.ravel()

    def stored(self) -> npt.NDArray[np.bool_]:
        """Whether a formula holds each cell, line after line."""
        formulas = self.table.grid.sheet.formulas
        found = np.zeros((len(self.rows), len(self._entries)), dtype=np.bool_)
        if formulas:
            entries = chain.from_iterable(self._entries)
            own = np.fromiter(
                map(formulas.__contains__, entries), dtype=np.bool_, count=len(self._entries) * len(self.of_records)
            )
            found[self.of_records] = own.reshape(len(self._entries), -1).T
        begin = 0
        for run in self._runs:
            if isinstance(run, slice):
                begin += run.stop - run.start
                continue
            end = begin + len(run.numbers)
            for place in run.formulas:
                if run.columns[place] in self._place:
                    found[begin:end, self._place[run.columns[place]]] = True
            begin = end
        return found.ravel()

    @cached_property
    def _place(self) -> dict[int, int]:
        return {column: number for number, column in enumerate(self.table.header.columns)}

    def _each(
        self, column: int, own: Sequence[T], of_stretch: Callable[[Stretch, int], Iterable[T]], none: T
    ) -> list[T]:
        """What is told of each cell of a column: of those of records, and by stretches and the place in these."""
        entries, where = self._entries[column], self.table.header.columns[column]
        found: list[T] = []
        for run in self._runs:
            if isinstance(run, slice):
                found += [own[at] if at >= 0 else none for at in entries[run]]
            elif where in run.columns:
                found += of_stretch(run, run.columns.index(where))
            else:
                found += [none] * len(run.numbers)
        return found


def _only(said: set[str]) -> str | None:
    """The one thing that is said; "" where nothing is, None where it is several things."""
    return "" if not said else None if len(said) > 1 else said.pop()

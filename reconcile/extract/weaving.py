"""Columns of tables woven into columns of the facts: line after line, and in each line its cells.

All tables of a return are woven together: what is asked of numpy costs the same for one table as for three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import AsShown
from reconcile.coded import Coded, Mask, strings
from reconcile.extract.plain_columns import NOTHING, PlainColumn, Sense
from reconcile.extract.plain_tables import Frame, PlainTable
from reconcile.extract.values import Reader
from reconcile.fact_columns import FactColumns, FactPart
from reconcile.figures import Figures, Whole

T = TypeVar("T", bound=np.generic)

# Cells of tables whose skeleton is remembered, and distinct senses.
REMEMBERED_CELLS = 1 << 14
REMEMBERED_SENSES = 64


def woven(tables: Sequence[PlainTable]) -> FactPart:
    """What the plain lines of tables say, record after record and in each its slots."""
    if not tables:
        return FactPart.of(())
    frames = tuple([table.frame for table in tables])
    skeleton = Skeleton.of(frames)
    values, of_lines, size = skeleton.values, skeleton.of_lines, len(skeleton.column)
    senses, means = _senses(tables, frames)
    sense = senses[values]
    codes, shown = _shown(tables, frames)
    rows, columns = (
        of_lines(np.array([row for table in tables for row in table.lines.rows], dtype=np.int32)),
        skeleton.column,
    )
    if any(table.lines.table.elsewhere for table in tables):
        rows, columns = (np.concatenate(own)[values] for own in zip(*(t.lines.places() for t in tables), strict=True))

    def of_cells(column: Coded) -> Coded:
        return (
            Coded(column.codes[sense], column.values) if len(column.values) > 1 else Coded.same(column.values[0], size)
        )

    return FactPart(
        {
            "sheet": skeleton.sheet,
            "form": skeleton.form,
            "record": _of_lines([key for table in tables for key in table.keys], skeleton.many, size),
            "level": skeleton.level,
            "group": _of_lines([group for table in tables for group in table.groups], skeleton.many, size),
            "slot": skeleton.slot,
            **{name: of_cells(column) for name, column in means.texts.items()},
        },
        {
            "row": rows,
            "column": columns,
            "entry": of_lines(np.concatenate([table.entries for table in tables])),
            "state": means.state[sense],
            "stored": np.concatenate([table.lines.stored() for table in tables])[values],
        },
        AsShown(codes[values], strings(shown), Figures(_wholes(tables, frames)[values], means.exponent[sense])),
    )


def everything(reader: Reader) -> FactColumns:
    """All that was read of a form: records that were read one by one stand in their order between the others."""
    if not reader.tables:
        return reader.columns
    found = FactColumns(reader.columns.parts)
    found.put_among(woven(reader.tables))
    found.entries = reader.columns.entries
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """The values of tables in the order of the facts, without what they say.

    ``values`` tells which cells are values, one entry a cell, line after line of all tables one after the other: a byte
    a cell, for to name each by its number would take as much room as all that is said of it. ``many`` is how many
    values each line has.
    """

    values: Mask
    many: npt.NDArray[np.int16]
    column: npt.NDArray[np.int16]
    sheet: Coded
    form: Coded
    level: Coded
    slot: Coded

    def of_lines(self, told: npt.NDArray[T]) -> npt.NDArray[T]:
        """What is told of each line, for its values."""
        return np.repeat(told, self.many)

    @classmethod
    def of(cls, frames: tuple[Frame, ...]) -> Skeleton:
        """Returns of a template have the same one, if they have as many lines."""
        remembered = sum(frame.size for frame in frames) <= REMEMBERED_CELLS and not any(f.hard for f in frames)
        return _remembered(frames) if remembered else _skeleton(frames)


def _skeleton(frames: tuple[Frame, ...]) -> Skeleton:
    values, many, columns, slots = list[Mask](), list[npt.NDArray[Any]](), list[npt.NDArray[Any]](), list[Coded]()
    levels = list[str]()
    for frame in frames:
        own = np.ones((frame.lines, len(frame.header.slots)), dtype=bool)
        levels += ["record"] * frame.lines
        for total, level in frame.totals:
            own[total], levels[total - frame.lines] = frame.header.numeric, level
        own[[*frame.hard]] = False
        values.append(own.ravel())
        many.append(np.count_nonzero(own, axis=1).astype(np.int16))
        columns.append(_each(own, frame.header.columns))
        slots.append(Coded(_each(own, range(len(frame.header.slots))), frame.header.names))
    sizes = list(map(len, columns))
    all_many = np.concatenate(many)
    return Skeleton(
        np.concatenate(values),
        all_many,
        np.concatenate(columns),
        Coded.joined([Coded.same(frame.sheet, size) for frame, size in zip(frames, sizes, strict=True)]),
        Coded.joined([Coded.same(frame.header.form.form, size) for frame, size in zip(frames, sizes, strict=True)]),
        _of_lines(levels, all_many, sum(sizes)),
        Coded.joined(slots),
    )


def _of_lines(texts: Sequence[str], many: npt.NDArray[np.int16], size: int) -> Coded:
    """What is told of each line, for its values."""
    if texts.count(texts[0]) == len(texts):
        return Coded.same(texts[0], size)
    column = Coded.of(texts).narrow()
    return Coded(np.repeat(column.codes, many), column.values)


def _each(values: Mask, numbers: Sequence[int]) -> npt.NDArray[np.int16]:
    """The numbers of the columns of a table for its values, line after line."""
    found: npt.NDArray[np.int16] = np.broadcast_to(np.array(numbers, dtype=np.int16), values.shape)[values]
    return found


_remembered = lru_cache(maxsize=64)(_skeleton)


def _cells(
    tables: Sequence[PlainTable], frames: Sequence[Frame], said: Callable[[PlainColumn], Any], dtype: Any
) -> npt.NDArray[Any]:
    """One number a cell, of all tables one after the other, line after line; ``said`` gives that of the cells of some
    columns, or one for all."""
    found: npt.NDArray[Any] = np.empty(sum(frame.size for frame in frames), dtype=dtype)
    before = 0
    for table, frame in zip(tables, frames, strict=True):
        own = _columns_of(found[before : before + frame.size], frame)
        before += frame.size
        for places, column in table.said:
            told = said(column)
            where = slice(places[0], places[-1] + 1) if places[-1] - places[0] + 1 == len(places) else places
            own[where] = told if isinstance(told, int) else np.asarray(told, dtype=dtype).reshape(-1, frame.lines)
    return found


def _columns_of(cells: npt.NDArray[T], frame: Frame) -> npt.NDArray[T]:
    """The cells of a table, told line after line, as one row a column."""
    return cells.reshape(frame.lines, -1).T


def _wholes(tables: Sequence[PlainTable], frames: Sequence[Frame]) -> Whole:
    """Whole numbers of any size."""
    try:
        return _cells(tables, frames, lambda column: column.whole, np.int64)
    except OverflowError:
        return _cells(tables, frames, lambda column: column.whole, object)


def _shown(tables: Sequence[PlainTable], frames: Sequence[Frame]) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
    """What cells show: the places of their texts in the distinct ones, or the numbers that stand for them."""
    place = defaultdict[str, int](count(1).__next__, {"": 0})

    def codes(column: PlainColumn) -> npt.NDArray[Any]:
        if isinstance(column.raw, np.ndarray):
            return column.raw
        return np.fromiter(map(place.__getitem__, column.raw), dtype=np.int32, count=len(column.raw))

    return _cells(tables, frames, codes, np.int32), tuple(place)


def _senses(tables: Sequence[PlainTable], frames: Sequence[Frame]) -> tuple[npt.NDArray[np.int32], Senses]:
    """The number of each cell's sense, and these."""
    number = {NOTHING: 0}

    def told(column: PlainColumn) -> int | npt.NDArray[np.int32]:
        own = [number.setdefault(sense, len(number)) for sense in column.senses]
        return own[column.sense] if isinstance(column.sense, int) else np.array(own, dtype=np.int32)[column.sense]

    found = _cells(tables, frames, told, np.int32)
    before = 0
    for table, frame in zip(tables, frames, strict=True):
        table.lend_units(_columns_of(found[before : before + frame.size], frame), number)
        before += frame.size
    return found, Senses.of(tuple(number))


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """Some senses, column by column."""

    state: npt.NDArray[np.int8]
    exponent: npt.NDArray[np.int32]
    texts: Mapping[str, Coded]

    @classmethod
    def of(cls, senses: tuple[Sense, ...]) -> Senses:
        """Returns of a template have the same ones, unless many stand in words."""
        return _remembered_senses(senses) if len(senses) <= REMEMBERED_SENSES else _by_columns(senses)


def _by_columns(senses: tuple[Sense, ...]) -> Senses:
    state, exponent, *texts = zip(*senses, strict=True)
    return Senses(
        np.array(state, dtype=np.int8),
        np.array(exponent, dtype=np.int32),
        {name: Coded.of(own) for name, own in zip(Sense._fields[2:], texts, strict=True)},
    )


_remembered_senses = lru_cache(maxsize=256)(_by_columns)

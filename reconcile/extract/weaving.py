"""Columns of tables woven into columns of the facts: line after line, and in each line its cells.

All tables of a return are woven together: what is asked of numpy costs the same for one table as for three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import AsShown
from reconcile.coded import Coded, strings
from reconcile.extract.plain_columns import NOTHING, PlainColumn, Sense
from reconcile.extract.plain_tables import Frame, PlainTable
from reconcile.extract.values import Reader
from reconcile.fact_columns import FactColumns, FactPart
from reconcile.figures import Figures, Whole

Places = npt.NDArray[np.int64]
# Cells of tables whose skeleton is remembered, and distinct senses.
REMEMBERED_CELLS = 1 << 14
REMEMBERED_SENSES = 64


def woven(tables: Sequence[PlainTable]) -> FactPart:
    """What the plain lines of tables say, record after record and in each its slots."""
    if not tables:
        return FactPart.of(())
    frames = tuple([table.frame for table in tables])
    skeleton = Skeleton.of(frames)
    line, chosen, size = skeleton.line, skeleton.chosen, len(skeleton.line)
    senses, means = _senses(tables, frames)
    sense = senses.take(chosen)
    codes, shown = _shown(tables, frames)
    rows, columns = (
        np.array([row for table in tables for row in table.lines.rows], dtype=np.int32)[line],
        skeleton.column,
    )
    if any(table.lines.table.elsewhere for table in tables):
        rows, columns = (
            np.concatenate(own).take(chosen) for own in zip(*(t.lines.places() for t in tables), strict=True)
        )

    def of_lines(texts: Iterable[str]) -> Coded:
        column = Coded.of([*texts])
        return column.take(line) if len(column.values) > 1 else Coded.same(column.values[0], size)

    def of_cells(column: Coded) -> Coded:
        return (
            Coded(column.codes[sense], column.values) if len(column.values) > 1 else Coded.same(column.values[0], size)
        )

    return FactPart(
        {
            "sheet": skeleton.sheet,
            "form": skeleton.form,
            "record": of_lines(chain.from_iterable(table.keys for table in tables)),
            "level": of_lines(chain.from_iterable(table.levels for table in tables)),
            "group": of_lines(chain.from_iterable(table.groups for table in tables)),
            "slot": skeleton.slot,
            **{name: of_cells(column) for name, column in means.texts.items()},
        },
        {
            "row": rows,
            "column": columns,
            "entry": np.concatenate([table.entries for table in tables])[line],
            "state": means.state[sense],
            "stored": np.concatenate([table.lines.stored() for table in tables]).take(chosen),
        },
        AsShown(
            codes.take(chosen), strings(shown), Figures(_wholes(tables, frames).take(chosen), means.exponent[sense])
        ),
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
    """The values of tables in the order of the facts, without what they say. Lines are those of all tables one after
    the other; ``chosen`` is where a value stands among the cells of all tables, each told column by column."""

    line: Places
    chosen: Places
    column: npt.NDArray[np.int32]
    sheet: Coded
    form: Coded
    slot: Coded

    @classmethod
    def of(cls, frames: tuple[Frame, ...]) -> Skeleton:
        """Returns of a template have the same one, if they have as many lines."""
        remembered = sum(frame.size for frame in frames) <= REMEMBERED_CELLS and not any(f.hard for f in frames)
        return _remembered(frames) if remembered else _skeleton(frames)


def _skeleton(frames: tuple[Frame, ...]) -> Skeleton:
    lines, places, chosen, sizes = list[Places](), list[Places](), list[Places](), list[int]()
    above = before = 0
    for frame in frames:
        values = np.ones((frame.lines, len(frame.slots)), dtype=bool)
        values[[*frame.totals]] = frame.numeric
        values[[*frame.hard]] = False
        line, place = np.nonzero(values)
        lines.append(line + above)
        places.append(place)
        chosen.append(place * frame.lines + line + before)
        sizes.append(len(line))
        above += frame.lines
        before += frame.size
    return Skeleton(
        np.concatenate(lines),
        np.concatenate(chosen),
        np.concatenate([np.array(f.columns, dtype=np.int32)[own] for f, own in zip(frames, places, strict=True)]),
        Coded.joined([Coded.same(frame.sheet, size) for frame, size in zip(frames, sizes, strict=True)]),
        Coded.joined([Coded.same(frame.form, size) for frame, size in zip(frames, sizes, strict=True)]),
        Coded.joined([Coded(own.astype(np.int32), f.names) for f, own in zip(frames, places, strict=True)]),
    )


_remembered = lru_cache(maxsize=64)(_skeleton)


def _cells(
    tables: Sequence[PlainTable], frames: Sequence[Frame], said: Callable[[PlainColumn], Any], dtype: Any
) -> npt.NDArray[Any]:
    """One number a cell, of all tables one after the other, each column by column; ``said`` gives that of the cells of
    some columns, or one for all."""
    found: npt.NDArray[Any] = np.empty(sum(frame.size for frame in frames), dtype=dtype)
    before = 0
    for table, frame in zip(tables, frames, strict=True):
        own = found[before : before + frame.size].reshape(-1, frame.lines)
        before += frame.size
        for places, column in table.said:
            told = said(column)
            where = slice(places[0], places[-1] + 1) if places[-1] - places[0] + 1 == len(places) else places
            own[where] = told if isinstance(told, int) else np.asarray(told, dtype=dtype).reshape(-1, frame.lines)
    return found


def _wholes(tables: Sequence[PlainTable], frames: Sequence[Frame]) -> Whole:
    """Whole numbers of any size."""
    try:
        return _cells(tables, frames, lambda column: column.whole, np.int64)
    except OverflowError:
        return _cells(tables, frames, lambda column: column.whole, object)


def _shown(tables: Sequence[PlainTable], frames: Sequence[Frame]) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
    """What cells show: the places of their texts in the distinct ones, or the numbers that stand for them."""
    raw = [column.raw for table in tables for _, column in table.said]
    texts = chain([""], *(own for own in raw if not isinstance(own, np.ndarray)))
    place = dict(zip(dict.fromkeys(texts), count(), strict=False))

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
        table.lend_units(found[before : before + frame.size].reshape(-1, frame.lines), number)
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

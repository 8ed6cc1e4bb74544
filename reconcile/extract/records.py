"""Which cells make a record: the rows of a block or a table, its totals, and what was left over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reconcile.locate import Matched, Placement
from reconcile.normalise import fold_key, fold_label, fold_name
from reconcile.packs.model import Form, Total

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


def read_records(placement: Placement, form: Form) -> Records:
    """The records of a placement, in reading order."""
    return _block(placement, form) if form.layout == "block" else _table(placement, form)


def _cell(placement: Placement, slot: SlotKey, row: int, column: int) -> RawCell:
    grid = placement.grid
    entry = grid.entry(row, column)
    if entry < 0:
        return RawCell(slot, row, column, -1)
    return RawCell(slot, grid.sheet.row[entry], grid.sheet.column[entry], entry)


def _has_text(placement: Placement, row: int, column: int) -> bool:
    return bool(placement.grid.text(placement.grid.entry(row, column)).strip())


# Blocks


def _block(placement: Placement, form: Form) -> Records:
    assert form.rows is not None
    words = {fold_label(word): version for version, word in form.rows.versions.items()}
    for version, more in form.rows.also.items():
        words |= {fold_label(word): version for word in more}
    column = _version_column(placement, words)
    found = Records(version_column=column)
    if column is None:
        found.no_version_column = True
        return found
    order = list(form.rows.versions)
    key_column = placement.column(form.key[0])
    for rows in _runs(placement, words, order, column, key_column):
        found.records.append(_block_record(placement, form, rows, order))
    return found


def _version_column(placement: Placement, words: Mapping[str, str]) -> int | None:
    """The column whose cells are the words of the block's rows; its header may be blank."""
    grid = placement.grid
    counts: Counter[int] = Counter()
    for entry in grid.entries_of_rows(placement.first, placement.last):
        column = grid.sheet.column[entry]
        if (
            column not in placement.neighbours
            and grid.sheet.kind[entry] == "s"
            and fold_label(grid.sheet.text[entry]) in words
        ):
            counts[column] += 1
    band = placement.band
    near = {c: n for c, n in counts.items() if band.left - 2 <= c <= band.right + 2}
    return max(near, key=lambda c: (near[c], -c)) if near else None


def _runs(
    placement: Placement, words: Mapping[str, str], order: list[str], column: int, key_column: int | None
) -> Iterator[dict[str, int]]:
    """Version → row for each record: a new one begins where the order of versions starts again or the key changes."""
    grid = placement.grid
    current: dict[str, int] = {}
    last = -1
    key = ""
    for row in range(placement.first, placement.last + 1):
        version = words.get(fold_label(grid.text(grid.entry(row, column))))
        if version is None:
            continue
        here = fold_key(grid.text(grid.entry(row, key_column))) if key_column else ""
        if current and (order.index(version) <= last or (here and key and here != key)):
            yield current
            current, key = {}, ""
        current[version] = row
        last = order.index(version)
        key = key or here
    if current:
        yield current


def _block_record(placement: Placement, form: Form, rows: Mapping[str, int], order: list[str]) -> RawRecord:
    top, bottom = min(rows.values()), max(rows.values())
    record = RawRecord("record", top, bottom, missing_rows=tuple(v for v in order if v not in rows))
    for match in placement.matches():
        wanted = match.wanted
        if form.fields[wanted.field].numeric:
            for version, row in rows.items():
                record.cells.append(
                    _cell(placement, (wanted.field, wanted.version or version, wanted.period), row, match.column)
                )
        else:
            record.cells += _pieces(placement, (wanted.field, "", ""), sorted(rows.values()), match.column)
    return record


def _pieces(placement: Placement, slot: SlotKey, rows: list[int], column: int) -> list[RawCell]:
    """The cells of a text that may be merged over the rows, repeated on each, or broken over them."""
    cells: list[RawCell] = []
    texts: set[str] = set()
    for row in rows:
        cell = _cell(placement, slot, row, column)
        text = fold_name(placement.grid.text(cell.entry))
        if text and text not in texts:
            texts.add(text)
            cells.append(cell)
    return cells or [RawCell(slot, rows[0], column, -1)]


# Tables


def _table(placement: Placement, form: Form) -> Records:
    grid = placement.grid
    found = Records()
    matches = placement.matches()
    amounts = [m for m in matches if form.fields[m.wanted.field].numeric]
    texts = [m for m in matches if not form.fields[m.wanted.field].numeric]
    own = [m for m in matches if form.fields[m.wanted.field].fill is None]
    totals = _total_words(form)
    above: dict[int, RawCell] = {}
    closed = False
    for row in range(placement.first, placement.last + 1):
        if closed:
            found.below += [(row, m.column) for m in amounts if grid.sheet.entry_at(row, m.column) >= 0]
            continue
        level = _total_level(placement, row, totals)
        filled = [m for m in own if _has_text(placement, row, m.column)]
        if level is None and not _is_record(placement, form, row, filled):
            continue
        record = RawRecord(level.level if level else "record", row, row)
        for match in texts:
            cell = _cell(placement, (match.wanted.field, "", ""), row, match.column)
            if form.fields[match.wanted.field].fill == "down":
                is_total_word = level is not None and fold_label(grid.text(cell.entry)).endswith(tuple(totals))
                if cell.entry >= 0 and not is_total_word:
                    above[match.column] = cell
                elif match.column in above and (level is None or level.level == "subtotal"):
                    cell = above[match.column]
            record.cells.append(cell)
        for match in amounts:
            wanted = match.wanted
            record.cells.append(_cell(placement, (wanted.field, wanted.version, wanted.period), row, match.column))
        found.records.append(record)
        closed = level is not None and level.level == "total"
    return found


def _total_words(form: Form) -> dict[str, Total]:
    return {fold_label(word): total for total in form.totals for word in (total.label, *total.also)}


def _total_level(placement: Placement, row: int, totals: Mapping[str, Total]) -> Total | None:
    """Whether a row is a total: one of its texts is, or ends with, a word for it (「施策１ 小計」)."""
    if not totals:
        return None
    grid = placement.grid
    for entry in grid.entries_of_rows(row, row):
        column = grid.sheet.column[entry]
        if grid.sheet.kind[entry] != "s" or not placement.band.left - 1 <= column <= placement.band.right:
            continue
        text = fold_label(grid.sheet.text[entry])
        if len(text) > 20:
            continue
        for word in sorted(totals, key=len, reverse=True):
            if text.endswith(word) or text.startswith(word + "("):
                return totals[word]
    return None


def _is_record(placement: Placement, form: Form, row: int, filled: list[Matched]) -> bool:
    """A row with a figure or with more than one text; a single text that is no key is a note or a title."""
    if not filled:
        return False
    grid = placement.grid
    if len(filled) > 1:  # one text merged over the whole width is a title
        return len({grid.entry(row, match.column) for match in filled}) > 1
    spec = form.fields[filled[0].wanted.field]
    text = fold_key(grid.text(grid.entry(row, filled[0].column)))
    return spec.numeric or (
        spec.type == "key" and spec.pattern is not None and re.fullmatch(spec.pattern, text) is not None
    )

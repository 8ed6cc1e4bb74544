"""Blocks: one record is several rows, told apart by a word (当初計画, 修正計画, 実績)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from reconcile.extract.raw import RawCell, RawRecord, Records, SlotKey, cell_at
from reconcile.locate import Placement
from reconcile.normalise import fold_key, fold_label, fold_name
from reconcile.packs.model import Form


def read(placement: Placement, form: Form) -> Records:
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
                    cell_at(placement, (wanted.field, wanted.version or version, wanted.period), row, match.column)
                )
        else:
            record.cells += _pieces(placement, (wanted.field, "", ""), sorted(rows.values()), match.column)
    return record


def _pieces(placement: Placement, slot: SlotKey, rows: list[int], column: int) -> list[RawCell]:
    """The cells of a text that may be merged over the rows, repeated on each, or broken over them."""
    cells: list[RawCell] = []
    texts: set[str] = set()
    for row in rows:
        cell = cell_at(placement, slot, row, column)
        text = fold_name(placement.grid.text(cell.entry))
        if text and text not in texts:
            texts.add(text)
            cells.append(cell)
    return cells or [RawCell(slot, rows[0], column, -1)]

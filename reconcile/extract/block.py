"""Blocks: one record is several rows, told apart by a word (当初計画, 修正計画, 実績)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reconcile.extract.examples import example_rows
from reconcile.extract.raw import RawCell, RawRecord, Records, cell_at, has_text
from reconcile.locate import Grid, Placement
from reconcile.normalise import fold_key, fold_label, fold_name, is_ditto
from reconcile.packs.model import Column, Form, SlotKey

# How far right of the words a column without a label is looked for.
REACH = 4


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
    runs = list(_runs(placement, words, order, column, placement.column(form.key[-1])))
    beside = _beside_words(placement, form, runs, column)
    found.beside = list(dict.fromkeys(place for _, _, place in beside))
    found.below = _strays(placement, form, runs)
    examples = example_rows(placement, form)
    above: dict[int, RawCell] = {}
    for rows in runs:
        if any(row in examples for own in rows.values() for row in own):
            continue
        record = _block_record(placement, form, rows, order, beside)
        _fill_down(placement.grid, record, form, above)
        if _counts(placement, record, form):
            found.records.append(record)
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
) -> Iterator[dict[str, list[int]]]:
    """Version → rows for each record: a new one begins where the order of versions starts again or the key changes.

    A version has several rows where its word is merged over them, or where one key is merged over the rows of
    several records of the form beside this one, and the words are printed again.
    """
    grid = placement.grid
    current: dict[str, list[int]] = {}
    last = word = key_cell = -1
    key = ""
    for row in placement.rows():
        entry = grid.entry(row, column)
        version = words.get(fold_label(grid.text(entry)))
        if version is None:
            continue
        if entry == word:
            current[version].append(row)
            continue
        number = grid.entry(row, key_column) if key_column else -1
        typed = grid.text(number)
        here = "" if is_ditto(typed) else fold_key(typed)
        same = number >= 0 and number == key_cell
        if current and not same and (order.index(version) <= last or (here and key and here != key)):
            yield current
            current, key, key_cell = {}, "", -1
        current.setdefault(version, []).append(row)
        last, word = order.index(version), entry
        key, key_cell = key or here, number if number >= 0 else key_cell
    if current:
        yield current


Beside = list[tuple[str, Column, int]]  # field, its column, where that stands


def _beside_words(
    placement: Placement, form: Form, runs: Sequence[Mapping[str, list[int]]], words_column: int
) -> Beside:
    """The columns that stand right of the words of the rows, whatever their header says."""
    wanted = [(name, column) for name, field in form.fields.items() for column in field.columns if column.beside]
    if not wanted:
        return []
    grid = placement.grid
    rows = [row for run in runs for own in run.values() for row in own]
    merges = [merge for row in rows[:1] if (merge := grid.merge_at(row, words_column))]
    start = max((merge.right for merge in merges), default=words_column) + 1
    taken = {match.column for match in placement.matches()} | placement.neighbours
    free: list[int] = []
    for column in range(start, start + REACH + len(wanted)):
        if column in taken:
            break
        free.append(column)
    filled = [column for column in free if any(has_text(placement, row, column) for row in rows)]
    # Columns in which nothing is typed stay where they would be.
    places = (filled + [column for column in free if column not in filled] + [start] * len(wanted))[: len(wanted)]
    return [(name, column, place) for (name, column), place in zip(wanted, places, strict=True)]


def _block_record(
    placement: Placement, form: Form, rows: Mapping[str, list[int]], order: list[str], beside: Beside
) -> RawRecord:
    every = sorted(row for own in rows.values() for row in own)
    record = RawRecord("record", every[0], every[-1], missing_rows=tuple(v for v in order if v not in rows))
    for match in placement.matches():
        wanted = match.wanted
        if not form.fields[wanted.field].numeric:
            record.cells += _pieces(placement, (wanted.field, "", ""), every, match.column)
        elif wanted.version:
            slot = (wanted.field, wanted.version, wanted.period)
            record.cells.append(_first_filled(placement, slot, every, match.column))
        else:
            for version, own in rows.items():
                record.cells.append(_first_filled(placement, (wanted.field, version, wanted.period), own, match.column))
    for field, column, place in beside:
        for version, own in rows.items():
            record.cells.append(_first_filled(placement, (field, version, column.period), own, place))
    return record


def _first_filled(placement: Placement, slot: SlotKey, rows: Sequence[int], column: int) -> RawCell:
    """The first of some rows where something is typed, else the first."""
    row = next((row for row in rows if has_text(placement, row, column)), rows[0])
    return cell_at(placement, slot, row, column)


def _pieces(placement: Placement, slot: SlotKey, rows: list[int], column: int) -> list[RawCell]:
    """The cells of a text that may be merged over the rows, repeated on each, or broken over them."""
    cells: list[RawCell] = []
    texts: set[str] = set()
    for row in rows:
        cell = cell_at(placement, slot, row, column)
        text = fold_name(placement.grid.text(cell.entry))
        if text and text not in texts and not (cells and is_ditto(text)):
            texts.add(text)
            cells.append(cell)
    return cells or [RawCell(slot, rows[0], column, -1)]


def _strays(placement: Placement, form: Form, runs: Sequence[Mapping[str, list[int]]]) -> list[tuple[int, int]]:
    """The cells of rows that begin like a record, with a number and something beside it, but have no word."""
    key = placement.column(form.key[-1])
    pattern = form.fields[form.key[-1]].pattern
    if key is None or pattern is None or not runs:
        return []
    grid = placement.grid
    spans = [[row for own in run.values() for row in own] for run in runs]
    inside = {row for rows in spans for row in range(min(rows), max(rows) + 1)}
    found: list[tuple[int, int]] = []
    for row in placement.rows():
        if row in inside or not re.fullmatch(pattern, fold_key(grid.text(grid.entry(row, key)))):
            continue
        cells = [m.column for m in placement.matches() if grid.text(grid.sheet.entry_at(row, m.column)).strip()]
        if len(cells) > 1 and key in cells:
            found += [(row, column) for column in cells]
    return found


def _fill_down(grid: Grid, record: RawRecord, form: Form, above: dict[int, RawCell]) -> None:
    """A text that stands once for several records holds until the next one of its column."""
    for number, cell in enumerate(record.cells):
        if form.fields[cell.slot[0]].fill == "down":
            if cell.entry >= 0 and not is_ditto(grid.text(cell.entry)):
                above[cell.column] = cell
            elif cell.column in above:
                record.cells[number] = above[cell.column]


def _counts(placement: Placement, record: RawRecord, form: Form) -> bool:
    """Whether a record is more than a blank of the template."""
    return not form.counts_with or any(
        bool(placement.grid.text(cell.entry).strip()) for cell in record.cells if cell.slot[0] in form.counts_with
    )

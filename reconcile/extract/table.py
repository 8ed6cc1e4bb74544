"""Tables: one record is one row; total and subtotal rows are told by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reconcile.extract.apart import set_apart
from reconcile.extract.captions import caption_rows
from reconcile.extract.dittos import columns_with_dittos, spell_out
from reconcile.extract.examples import example_rows
from reconcile.extract.raw import RawRecord, Records, TableCells, has_figure
from reconcile.extract.remarks import UNIT_NOTE, remark_rows, rest_of_text
from reconcile.extract.stretches import are_records
from reconcile.extract.table_columns import TableColumns
from reconcile.extract.unworded import unworded_totals, without_key
from reconcile.locate import NOTES, Placement
from reconcile.normalise import fold_key, is_ditto
from reconcile.package import Stretch
from reconcile.packs.model import Form


def read(placement: Placement, form: Form) -> Records:
    columns = TableColumns.of(form, placement.matches())
    if placement.others is not None and are_records(placement, columns):
        found = _read(placement.apart(), columns, placement.grid.sheet.stretches)
        if found is not None:
            return found
    found = _read(placement, columns, [])
    assert found is not None, "all rows are there"
    return found


def _read(placement: Placement, columns: TableColumns, stretches: list[Stretch]) -> Records | None:
    """The records of a placement; ``stretches`` are rows between its own that are records, each of them. None where
    what its own rows are depends on these."""
    grid, form, totals = placement.grid, columns.form, columns.totals
    found = Records(stretches=stretches)
    cells = _cells(placement, columns)
    levels, dittos = totals.levels(placement), columns_with_dittos(cells)
    if stretches and (
        dittos or cells.elsewhere or any(row < stretches[-1].numbers[0] for row in levels) or without_key(cells, levels)
    ):
        return None
    own = [cells.entries[number] for number in columns.own]
    down = [cells.entries[number] for number in columns.down]
    examples = example_rows(placement, form) | caption_rows(placement) | remark_rows(cells)
    unworded = unworded_totals(cells, levels, examples)
    found.unworded = [*unworded.values()]
    above = [-1] * len(down)
    closed = False
    likely = _filled_twice(placement, columns, own, len(cells.rows))
    for number, row in enumerate(cells.rows):
        if row in examples:
            continue
        level = unworded[row].total if row in unworded else levels.get(row)
        breakdown = level is not None and level.level == "breakdown"
        if closed and not breakdown:
            found.below += [(row, column) for column in columns.amounts if has_figure(placement, row, column)]
            continue
        if breakdown and not closed:
            level = None  # the total comes first; a record may be named as a kind is
        if level is None and not likely[number] and not _is_record(placement, columns, row, number, own):
            if rest := _rest(cells, number, found):
                found.rests.append((row, rest))
            continue
        for which, entries in enumerate(down):
            entry = entries[number]
            if entry >= 0 and above[which] >= 0 and is_ditto(grid.text(entry)):
                entry = entries[number] = -1
            if entry >= 0 and not (level is not None and (row in unworded or totals.ends(grid.text(entry)))):
                above[which] = entry
            elif above[which] >= 0 and (level is None or level.level == "subtotal"):
                entries[number] = above[which]
                cells.elsewhere = True
        kind, flag = (level.level, level.flag or "") if level else ("record", "")
        found.records.append(RawRecord(kind, row, row, flag=flag, table=cells, number=number))
        if level is not None and level.level == "total":
            # A total that stands above all of its records ends nothing.
            closed = (
                closed or any(record.level == "record" for record in found.records) or not any(likely[number + 1 :])
            )
    spell_out(dittos, cells, [record.number for record in found.records if record.level == "record"])
    found.apart = set_apart(found.records, cells)
    return found if found.records or not stretches else None


def _rest(cells: TableCells, number: int, found: Records) -> int:
    """The column in which a row goes on with a text of the record just above, or of the row that does so already."""
    row = cells.rows[number]
    above = found.rests[-1][0] if found.rests else 0
    if found.records and found.records[-1].level == "record":
        above = max(above, found.records[-1].bottom)
    return rest_of_text(cells, number) if above == row - 1 else 0


def _cells(placement: Placement, columns: TableColumns) -> TableCells:
    """The cells of the columns in all rows of a placement that have anything."""
    grid = placement.grid
    span = grid.entries_of_rows(placement.first, placement.last)
    standing = grid.sheet.row[span.start : span.stop]
    merged = grid.merged_rows(placement.first, placement.last)
    if merged:
        # Where all that a row has is merged down from above, it is part of the row above, and no other one.
        inside = zip(standing, grid.sheet.column[span.start : span.stop], strict=True)
        rows = sorted({row for row, column in inside if column in columns.standing})
        merged.intersection_update(rows)
    else:
        rows = sorted(set(standing))
    place = {row: number for number, row in enumerate(rows)}
    by_column = {column: [-1] * len(rows) for column in columns.columns}
    for entry, row, column in zip(span, standing, grid.sheet.column[span.start : span.stop], strict=True):
        if column in by_column:
            by_column[column][place[row]] = entry
    for row in merged:
        for column, entries in by_column.items():
            if entries[place[row]] < 0:
                entries[place[row]] = grid.entry(row, column)
    return TableCells(grid, columns, rows, [by_column[column] for column in columns.columns], bool(merged))


def _filled_twice(
    placement: Placement, columns: TableColumns, own: Sequence[Sequence[int]], size: int
) -> Sequence[bool]:
    """Which rows have different texts in their first two columns, so that they are records, whatever else they have."""
    if columns.form.inside or columns.form.counts_with or len(own) < 2:
        return [False] * size
    texts = placement.grid.sheet.text
    first, second = own[:2]
    return [
        one >= 0 and two >= 0 and one != two and bool(texts[one].strip()) and bool(texts[two].strip())
        for one, two in zip(first, second, strict=True)
    ]


def _is_record(
    placement: Placement, columns: TableColumns, row: int, number: int, own: Sequence[Sequence[int]]
) -> bool:
    """A row with a figure or with more than one text; a single text that is no key is a note or a title."""
    texts, form = placement.grid.sheet.text, columns.form
    filled: list[tuple[int, int]] = []  # which of the columns, and its entry
    for which, entries in enumerate(own):
        entry = entries[number]
        if entry >= 0 and texts[entry].strip():
            filled.append((which, entry))
            if not form.inside and not form.counts_with and entry != filled[0][1]:
                return True
    if form.inside is not None:
        return bool(filled) and not _is_other_line(placement, row)  # notes stand under the cards, not in them
    names = [columns.slots[place][0] for place in columns.own]
    if form.counts_with and not any(names[which] in form.counts_with for which, _ in filled):
        return False  # what the template prints in its blank rows, too
    if placement.sure or len({entry for _, entry in filled}) > 1:
        # One text merged over several columns is a title.
        return len(filled) == 1 or len({entry for _, entry in filled}) > 1
    if len(filled) != 1:
        return False
    ((which, entry),) = filled
    spec = form.fields[names[which]]
    text = fold_key(texts[entry])
    if which and any(form.fields[key].instead == names[which] for key in form.key):
        named = not text.startswith(NOTES)  # its name stands for its number: a row that nobody has filled in
    else:
        # 「単位：千円」 at the top right of the next table is no figure.
        named = spec.numeric and UNIT_NOTE.match(text) is None
    return named or (
        spec.type == "key"
        and (
            (len(own) == 1 and spec.pattern is None)  # beside texts that are filled down it is all that a row has
            or (spec.pattern is not None and re.fullmatch(spec.pattern, text) is not None)
            or (spec.number is not None and re.match(spec.number, text) is not None)
        )
    )


def _is_other_line(placement: Placement, row: int) -> bool:
    """Whether a row inside a card is a label with its value, in words of its own, and not a row of the table."""
    sheet, first, *others = placement.grid.sheet, *(match.column for match in placement.matches())
    columns = {sheet.column[entry] for entry in placement.grid.entries_of_rows(row, row) if sheet.text[entry].strip()}
    return not columns & set(others) and any(column > first for column in columns)

"""Tables: one record is one row; total and subtotal rows are told by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reconcile.extract.examples import example_rows
from reconcile.extract.raw import RawCell, RawRecord, Records, cell_at, has_text
from reconcile.locate import Matched, Placement
from reconcile.normalise import fold_key, fold_label
from reconcile.packs.model import Form, Total

UNIT_NOTE = re.compile(r"[(（\[]?単位")


def read(placement: Placement, form: Form) -> Records:
    grid = placement.grid
    found = Records()
    matches = placement.matches()
    amounts = [m for m in matches if form.fields[m.wanted.field].numeric]
    texts = [m for m in matches if not form.fields[m.wanted.field].numeric]
    own = [m for m in matches if form.fields[m.wanted.field].fill is None]
    totals = _total_words(form)
    examples = example_rows(placement, form)
    above: dict[int, RawCell] = {}
    closed = False
    for row in range(placement.first, placement.last + 1):
        if row in examples:
            continue
        level = _total_level(placement, row, totals)
        breakdown = level is not None and level.level == "breakdown"
        if closed and not breakdown:
            found.below += [(row, m.column) for m in amounts if grid.sheet.entry_at(row, m.column) >= 0]
            continue
        if breakdown and not closed:
            level = None  # the total comes first; a record may be named as a kind is
        filled = [m for m in own if has_text(placement, row, m.column)]
        if level is None and not _is_record(placement, form, row, filled):
            continue
        record = RawRecord(level.level if level else "record", row, row, flag=(level and level.flag) or "")
        for match in texts:
            cell = cell_at(placement, match.wanted.key, row, match.column)
            if form.fields[match.wanted.field].fill == "down":
                is_total_word = level is not None and fold_label(grid.text(cell.entry)).endswith(tuple(totals))
                if cell.entry >= 0 and not is_total_word:
                    above[match.column] = cell
                elif match.column in above and (level is None or level.level == "subtotal"):
                    cell = above[match.column]
            record.cells.append(cell)
        for match in amounts:
            wanted = match.wanted
            record.cells.append(cell_at(placement, (wanted.field, wanted.version, wanted.period), row, match.column))
        found.records.append(record)
        closed |= level is not None and level.level == "total"
    return found


def _total_words(form: Form) -> dict[str, Total]:
    return {fold_label(word): total for total in form.totals for word in (total.label, *total.also)}


def _total_level(placement: Placement, row: int, totals: Mapping[str, Total]) -> Total | None:
    """Whether a row is a total: one of its texts is, or ends with, a word for it (「施策１ 小計」).

    A word with a note in brackets behind it (「合計（再掲分を除く）」) counts however long the note is. The words of
    a breakdown are those of its flags, which names may end in: only the whole text counts.
    """
    if not totals:
        return None
    grid = placement.grid
    for entry in grid.entries_of_rows(row, row):
        column = grid.sheet.column[entry]
        if grid.sheet.kind[entry] != "s" or not placement.band.left - 1 <= column <= placement.band.right:
            continue
        text = fold_label(grid.sheet.text[entry])
        for word in sorted(totals, key=len, reverse=True):
            if totals[word].level == "breakdown":
                counts = text == word
            else:
                counts = text.startswith(word + "(") or (len(text) <= 20 and text.endswith(word))
            if counts:
                return totals[word]
    return None


def _is_record(placement: Placement, form: Form, row: int, filled: list[Matched]) -> bool:
    """A row with a figure or with more than one text; a single text that is no key is a note or a title."""
    if form.inside is not None:
        return bool(filled) and not _is_other_line(placement, row)  # notes stand under the cards, not in them
    if not filled:
        return False
    if form.counts_with and not any(match.wanted.field in form.counts_with for match in filled):
        return False  # what the template prints in its blank rows, too
    grid = placement.grid
    if len(filled) > 1:  # one text merged over the whole width is a title
        return len({grid.entry(row, match.column) for match in filled}) > 1
    spec = form.fields[filled[0].wanted.field]
    text = fold_key(grid.text(grid.entry(row, filled[0].column)))
    # 「単位：千円」 at the top right of the next table is no figure.
    return (spec.numeric and UNIT_NOTE.match(text) is None) or (
        spec.type == "key" and spec.pattern is not None and re.fullmatch(spec.pattern, text) is not None
    )


def _is_other_line(placement: Placement, row: int) -> bool:
    """Whether a row inside a card is a label with its value, in words of its own, and not a row of the table."""
    sheet, first, *others = placement.grid.sheet, *(match.column for match in placement.matches())
    columns = {sheet.column[entry] for entry in placement.grid.entries_of_rows(row, row) if sheet.text[entry].strip()}
    return not columns & set(others) and any(column > first for column in columns)

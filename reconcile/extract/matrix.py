"""Matrices: a record is a row known by its printed label, in a table known by its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reconcile.extract.captions import caption_rows
from reconcile.extract.examples import example_rows
from reconcile.extract.raw import RawCell, RawRecord, Records, cell_at, has_figure, has_text
from reconcile.extract.remarks import begins_remark, is_remark
from reconcile.locate import NOTES, LineLabels, Matched, Placement
from reconcile.normalise import fold_key
from reconcile.packs.model import Form

# How far above its header the title of a table may stand.
REACH = 12
# How near to the header a text stands that is its title in other words.
NEAR = 2
# What begins a note; a note may speak of any table.


@dataclass(frozen=True, slots=True)
class Title:
    """Which of several tables this is, and the cell that says so."""

    key: str
    row: int
    column: int
    entry: int


NOWHERE = Title("", 0, 0, -1)
Seen = tuple[int, int, str]  # row, column and text of what stands where a title should


def read(placement: Placement, form: Form, labels: LineLabels) -> Records:
    """Every row with a label the pack knows, and every row with figures under a label it does not know."""
    assert form.lines is not None
    found = Records()
    amounts = [m for m in placement.matches() if form.fields[m.wanted.field].numeric]
    if not amounts:
        return found
    left = min(match.column for match in amounts)
    title = _title_above(placement, labels, left) if form.tables else NOWHERE
    if form.tables and not title.key:
        found.title_seen = _text_above(placement)
    found.beside = sorted(_label_columns(placement, labels, left))
    examples = example_rows(placement, form) | caption_rows(placement)
    for row in placement.rows():
        if row in examples:
            continue
        figures = [match for match in amounts if _has_figure(placement, row, match.column, left)]
        title = _title_in(placement, labels, row, left, () if not figures else found.beside) or title
        if title.row >= placement.first and (
            other := _other_title(placement, labels, row, title, found, bool(figures))
        ):
            title, found.title_seen = NOWHERE, other
        label = _label(placement, labels, row, found.beside, title.key)
        if label is None and figures:
            found.below += [(row, match.column) for match in figures if has_figure(placement, row, match.column)]
        if label is None or not (label[0] or figures) or _is_remark(placement, label, figures):
            continue
        if form.tables and not title.key:
            found.untitled = True
            continue
        found.records.append(_record(placement, form, row, label, title, amounts))
    found.records = list(_without_headings(placement, form, found.records))
    return found


def _has_figure(placement: Placement, row: int, column: int, left: int) -> bool:
    """Whether something stands in a column of figures; a title merged over the whole table begins left of them."""
    entry = placement.grid.entry(row, column)
    return has_text(placement, row, column) and placement.grid.sheet.column[entry] >= left


def _is_remark(placement: Placement, label: tuple[str, RawCell], figures: Sequence[Matched]) -> bool:
    """Whether a row is a note behind its mark, or dashes, under which nothing is known."""
    key, cell = label
    grid = placement.grid
    if key or not begins_remark(grid.text(cell.entry)):
        return False
    own = [grid.sheet.entry_at(cell.row, match.column) for match in figures if match.column > cell.column]
    return is_remark(grid.sheet, [cell.entry], own)


def _label_columns(placement: Placement, labels: LineLabels, left: int) -> set[int]:
    """The columns left of the figures in which rows are named."""
    grid = placement.grid
    return {
        grid.sheet.column[entry]
        for entry in grid.entries_of_rows(placement.first, placement.last)
        if grid.sheet.kind[entry] == "s"
        and grid.sheet.column[entry] < left
        and grid.sheet.column[entry] not in placement.neighbours
        and labels.is_row(grid.sheet.text[entry])
    }


def _label(
    placement: Placement, labels: LineLabels, row: int, columns: list[int], table: str
) -> tuple[str, RawCell] | None:
    """The key a row's label stands for (empty for an unknown label) and the label's cell; None where there is none.

    The label furthest right is the row's own; one merged over several rows names the first of them, and the row
    that says 計 beside it.
    """
    grid = placement.grid
    own = False
    for column in reversed(columns):
        cell = cell_at(placement, ("", "", ""), row, column)
        text = grid.text(cell.entry)
        if not text.strip() or grid.sheet.kind[cell.entry] != "s":
            continue
        if labels.is_own(text):
            own = True
        elif cell.row == row or own:
            return labels.row(text, table), cell
    return None


def _record(
    placement: Placement, form: Form, row: int, label: tuple[str, RawCell], title: Title, amounts: list[Matched]
) -> RawRecord:
    assert form.lines is not None
    key, cell = label
    record = RawRecord("record", row, row)
    record.told[form.lines.field] = key or fold_key(placement.grid.text(cell.entry))
    for name in (form.lines.field, form.lines.name):
        record.cells.append(RawCell((name, "", ""), cell.row, cell.column, cell.entry))
    if form.tables:
        record.told[form.tables.field] = title.key
        for name in (form.tables.field, form.tables.name):
            record.cells.append(RawCell((name, "", ""), title.row, title.column, title.entry))
    for match in amounts:
        wanted = match.wanted
        record.cells.append(cell_at(placement, (wanted.field, wanted.version, wanted.period), row, match.column))
    return record


def _without_headings(placement: Placement, form: Form, records: list[RawRecord]) -> Iterator[RawRecord]:
    """A label without a figure is a heading where the same row is named again with figures (世田谷地域 … 計)."""
    filled = {_key(record, form) for record in records if _has_figures(placement, form, record)}
    for record in records:
        if _has_figures(placement, form, record) or _key(record, form) not in filled:
            yield record


def _key(record: RawRecord, form: Form) -> tuple[str, ...]:
    return tuple(record.told.get(name, "") for name in form.key)


def _has_figures(placement: Placement, form: Form, record: RawRecord) -> bool:
    return any(
        form.fields[cell.slot[0]].numeric and placement.grid.text(cell.entry).strip()
        for cell in record.cells
        if cell.entry >= 0
    )


def _title_above(placement: Placement, labels: LineLabels, left: int) -> Title:
    """The nearest title above the header, or in it; else what the sheet is named."""
    grid, band = placement.grid, placement.band
    for row in range(placement.first - 1, max(0, band.top - REACH), -1):
        entries = grid.entries_of_rows(row, row)
        if row < band.top and any(labels.is_row(grid.sheet.text[entry]) for entry in entries):
            break  # the rows of the table above
        named = [entry for entry in entries if _is_title(placement, labels, entry)]
        # Of tables side by side, the one that begins last before the figures.
        before = [entry for entry in named if grid.sheet.column[entry] <= left] or named[:1]
        if before:
            return _at(placement, labels, before[-1])
    only = labels.table(grid.name)
    if not only and len(set(labels.tables.values())) == 1:
        only = next(iter(labels.tables.values()))
    return Title(only, band.top, band.left, -1)


def _text_above(placement: Placement) -> Seen | None:
    """The nearest text above the header that stands alone in its row: probably the title in other words."""
    grid, band = placement.grid, placement.band
    for row in range(band.top - 1, max(0, band.top - 1 - NEAR), -1):
        entries = [entry for entry in grid.entries_of_rows(row, row) if grid.sheet.text[entry].strip()]
        if entries:
            entry = entries[0]
            alone = len(entries) == 1 and grid.sheet.kind[entry] == "s"
            alone = alone and not grid.sheet.text[entry].strip().startswith(NOTES)
            return (row, grid.sheet.column[entry], grid.sheet.text[entry]) if alone else None
    return None


def _title_in(placement: Placement, labels: LineLabels, row: int, left: int, of_labels: Sequence[int]) -> Title | None:
    """The table a row says it belongs to: alone in its row, or in a column of its own.

    In the columns ``of_labels`` beside figures only the very title counts: a label may have a word of it.
    """
    grid = placement.grid
    for column in range(max(1, placement.band.left - REACH), left):
        entry = grid.entry(row, column)
        if entry < 0 or column in placement.neighbours or not _is_title(placement, labels, entry):
            continue
        if column not in of_labels or labels.is_table(grid.text(entry)):
            return _at(placement, labels, entry)
    return None


def _other_title(
    placement: Placement, labels: LineLabels, row: int, title: Title, found: Records, figures: bool
) -> Seen | None:
    """A text where a title stands among the rows, in words that name no table: what follows belongs to none known."""
    grid = placement.grid
    entry = grid.entry(row, title.column)
    text = grid.text(entry).strip()
    if not text or entry == title.entry or grid.sheet.kind[entry] != "s" or text.startswith(NOTES):
        return None
    if (title.column in found.beside and figures) or labels.is_row(text) or labels.is_own(text) or labels.table(text):
        return None
    return grid.sheet.row[entry], grid.sheet.column[entry], text


def _is_title(placement: Placement, labels: LineLabels, entry: int) -> bool:
    text = placement.grid.text(entry).strip()
    return (
        placement.grid.sheet.kind[entry] == "s"
        and not text.startswith(NOTES)
        and not labels.is_row(text)
        and bool(labels.table(text))
    )


def _at(placement: Placement, labels: LineLabels, entry: int) -> Title:
    sheet = placement.grid.sheet
    return Title(labels.table(sheet.text[entry]), sheet.row[entry], sheet.column[entry], entry)

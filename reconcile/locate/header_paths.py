"""The texts above the columns of a sheet, read downwards through some rows; and all that they depend on."""

from __future__ import annotations

from reconcile.locate.grid import Grid
from reconcile.locate.header_words import HeaderWords, Word
from reconcile.package.references import Range

Path = tuple[str, ...]
# Rows and merged ranges counted from a row, each cell as a header word; equal for equal headers, wherever they stand.
View = tuple[tuple[tuple[int, int, Word], ...], tuple[tuple[int, int, int, int, Word | None], ...]]


def view(grid: Grid, words: HeaderWords, row: int, top: int, bottom: int) -> View:
    """Everything that :func:`paths` depends on for any rows from ``top`` to ``bottom``, counted from ``row``."""
    sheet, of = grid.sheet, words.of
    span = grid.entries_of_rows(top, bottom)
    columns = (values[span.start : span.stop] for values in (sheet.row, sheet.column, sheet.kind, sheet.text))
    cells = tuple([(own - row, column, of(kind, text)) for own, column, kind, text in zip(*columns, strict=True)])
    return cells, tuple([_merge_view(grid, words, row, merge) for merge in grid.merges_of_rows(top, bottom)])


def _merge_view(grid: Grid, words: HeaderWords, row: int, merge: Range) -> tuple[int, int, int, int, Word | None]:
    entry = grid.sheet.entry_at(merge.top, merge.left)
    word = words.of(grid.sheet.kind[entry], grid.sheet.text[entry]) if entry >= 0 else None
    return merge.top - row, merge.left, merge.bottom - row, merge.right, word


def has_label(grid: Grid, words: HeaderWords, row: int) -> bool:
    """Whether a text of a row can be part of a label."""
    known = grid.labelled_rows.get((words, row))
    if known is None:
        kinds, texts, none = grid.sheet.kind, grid.sheet.text, (None, words.other, words.unit)
        entries = grid.row_entries(row).values()
        found = any(entry >= 0 and words.of(kinds[entry], texts[entry])[0] not in none for entry in entries)
        known = grid.labelled_rows[words, row] = found
    return known


def paths(grid: Grid, words: HeaderWords, top: int, bottom: int) -> list[tuple[int, Path, int]]:
    """For each column of the rows the texts read downwards (as header words), and the entry of the lowest of them.

    A text of an upper row that is not merged also stands over the columns to its right that have a text of their
    own below, up to the next text of that row.
    """
    key = (words, top, bottom)
    found = grid.header_paths.get(key)
    if found is None:  # every form asks for the same rows
        found = grid.header_paths[key] = _read(grid, words, top, bottom)
    return found


def _read(grid: Grid, words: HeaderWords, top: int, bottom: int) -> list[tuple[int, Path, int]]:
    rows = [grid.row_entries(row) for row in range(top, bottom + 1)]
    kinds, texts = grid.sheet.kind, grid.sheet.text
    carried: dict[int, tuple[int, int]] = {}
    found: list[tuple[int, Path, int]] = []
    for column in grid.columns_of_rows(top, bottom):
        entries: list[int] = []
        own_below = rows[-1].get(column, -1) >= 0
        for row, cells in enumerate(rows, start=top):
            entry = cells.get(column, -1)
            if entry >= 0:
                carried[row] = (entry, column)
            elif row < bottom and own_below and row in carried and _over(grid, carried[row], row, column):
                entry = carried[row][0]
            if entry >= 0 and entry not in entries:
                entries.append(entry)
        read = [words.of(kinds[entry], texts[entry]) for entry in entries]
        # A row of units between two lines of a header is no line of it.
        if len(read) > 2:
            read = [read[0], *(word for word in read[1:-1] if not words.is_unit(word[0])), read[-1]]
        path = tuple([word for word, _ in read if word is not None])
        if read and len(path) == len(read) and read[-1][1]:
            found.append((column, path, entries[-1]))
    return found


def _over(grid: Grid, source: tuple[int, int], row: int, column: int) -> bool:
    """Whether an unmerged heading reaches a column: it must have a text below itself, too."""
    entry, start = source
    merge = grid.merge_at(row, start)
    return merge is None and grid.entry(row + 1, start) not in (-1, entry) and column > start

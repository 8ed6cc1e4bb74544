"""Rows of a table that say nothing of their own: a note behind its mark (※１ | …), dashes in every cell, the rest of a
text that begins in the row above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reconcile.extract.raw import TableCells
from reconcile.locate import NOTES
from reconcile.normalise import fold_label
from reconcile.package import Sheet

_MARK: Final = re.compile(r"\(?(?:[※*]|注|備考)\d*\)?:?")
_DASH: Final = "-"
_END: Final = "以上"
#: What a heading among the rows looks like: 【新規】, ■新規
_HEADING: Final = re.compile(r"[■□◆◇▼▽].*|【[^】]*】|〔[^〕]*〕|〈[^〉]*〉|＜[^＞]*＞|《[^》]*》|<[^>]*>", re.DOTALL)
UNIT_NOTE: Final = re.compile(r"[(（\[]?単位")
#: What such a row begins with.
_BEGINS: Final = frozenset("※*＊注（([［備-－―—ー–‐−─")


def begins_remark(text: str) -> bool:
    """Whether the first text of a row may be that of such a row: most are told by their first character."""
    return text[:1] in _BEGINS and (fold_label(text) == _DASH or is_mark(text))


def is_mark(text: str) -> bool:
    """Whether a text is the mark of a note and nothing else: ※１, （注）."""
    return _MARK.fullmatch(fold_label(text)) is not None


def is_remark(sheet: Sheet, words: Sequence[int], amounts: Sequence[int]) -> bool:
    """Whether a row is one: its entries in the columns of words of its table, from the left, and in those of amounts;
    -1 where it has none."""
    filled = [sheet.text[entry] for entry in (*words, *amounts) if entry >= 0]
    if is_mark(filled[0]):
        return all(entry < 0 or sheet.kind[entry] == "s" for entry in amounts)
    return all(fold_label(text) in (_DASH, "") for text in filled)


def remark_rows(cells: TableCells) -> frozenset[int]:
    """The rows of a table that are notes behind their mark, or dashes in every cell."""
    sheet, header = cells.grid.sheet, cells.header
    first = header.columns.index(min(header.columns))
    if first >= header.texts:
        return frozenset()
    words = sorted(range(header.texts), key=header.columns.__getitem__)
    found = set[int]()
    for number, entry in enumerate(cells.entries[first]):
        if entry >= 0 and begins_remark(sheet.text[entry]):
            own = [cells.entries[place][number] for place in words]
            if is_remark(sheet, own, [entries[number] for entries in cells.entries[header.texts :]]):
                found.add(cells.rows[number])
    return frozenset(found)


def rest_of_text(cells: TableCells, number: int) -> int:
    """The column in which a row that is no record goes on with a text of the row above; 0 where it does not.

    It does where it has one text of prose and nothing else, to the right of the first column, which is no note, no
    heading and no end (以上).
    """
    header = cells.header
    filled = [place for place in range(len(header.slots)) if cells.text(place, number)]
    if len(filled) != 1 or filled[0] not in header.prose or header.columns[filled[0]] == min(header.columns):
        return 0
    raw = cells.text(filled[0], number)
    text = fold_label(raw)
    alone = text == _END or text.startswith(NOTES) or UNIT_NOTE.match(text) or _HEADING.fullmatch(raw)
    return 0 if alone or not cells.text(filled[0], number - 1) else header.columns[filled[0]]

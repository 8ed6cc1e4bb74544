"""The records a form's sheet has room for: what Excel has no row for stands in the sheets of tidy data alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from reconcile.facts import ABSENT, Positions
from reconcile.writing.form_page import FormSheet
from reconcile.writing.form_records import Records, Section

_AROUND = 4  # rows that a section takes beside its records: two headings, two remarks or a remark and a subtotal
_BELOW = 16  # rows kept free for totals and remarks


def fitting(
    page: FormSheet, records: Records, found: Sequence[Section], rows_of: Callable[[Positions], Positions]
) -> tuple[list[Section], Positions]:
    """The sections with the records there is room for, and those that are left out; the last section that fits in part
    is cut. ``rows_of`` gives the most rows that each of some records can take."""
    room = page.sheet.rows_from(page.row) - _BELOW
    kept: list[Section] = []
    beyond: list[Positions] = []
    for section in found:
        room -= _AROUND
        deep = np.cumsum(rows_of(section.rows))
        count = 0 if beyond else int(np.searchsorted(deep, max(room, 0), side="right"))
        room -= int(deep[count - 1]) if count else 0
        if count < len(section.rows):
            beyond.append(section.rows[count:])
        if count or (room >= 0 and not len(section.rows)):
            kept.append(replace(section, rows=section.rows[:count]))
    if not beyond:
        return list(found), np.zeros(0, dtype=np.int64)
    left_out = np.concatenate(beyond)
    _tell(page, records, left_out)
    return kept, left_out


def _tell(page: FormSheet, records: Records, left_out: Positions) -> None:
    """That the values of these records stand nowhere on the sheet."""
    mask = page.report.places.beyond
    for slot in records.slots:
        positions = records.at(slot, left_out)
        mask[positions[positions != ABSENT]] = True
    special = records.special(list(records.slots))
    for row in left_out[np.isin(left_out, list(special))].tolist():
        for slot in records.slots:
            mask[records.positions(slot, row)] = True


def write_beyond(page: FormSheet, count: int) -> None:
    """How many records are not here, and where they are. There are no totals then: a sum of what stands here would be
    taken for the whole."""
    voice = page.report.voice
    text = voice.word("records_beyond", count=f"{count:,}", sheet=voice.word("data"))
    styles = page.report.book.styles
    page.sheet.text(2, 1, f"{page.remark}　{text}", styles.get("subtitle", font_size=10, text_wrap=True))
    page.sheet.text(page.row, 1, text, styles.get("note", text_wrap=False))
    page.row += 1

"""The rows of a form's records, column by column: what each cell shows, how high it is, where each value stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, Mask, Positions, Strings
from reconcile.package import BLANK as EMPTY
from reconcile.package import FORMULA, NONE, STRING, Column, formula, look
from reconcile.package import NUMBER as FIGURE
from reconcile.writing.columns import Figures, Looks, figures, kept_exactly, line_counts, strings
from reconcile.writing.form_columns import Printed
from reconcile.writing.form_page import FormSheet
from reconcile.writing.form_records import Records
from reconcile.writing.form_values import NIL_SIGN, digits, shown
from reconcile.writing.sheet import Heights
from reconcile.writing.styles import LINE

_LEAST = 18.0  # points: a row of the printed form


@dataclass(slots=True)
class Cells:
    """The cells of one column of records, one a row of the sheet; ``texts`` are also those of figures, as they read."""

    looks: Looks
    texts: Strings
    figures: Figures | None = None
    merged: bool = False  # over the rows of each record


@dataclass(slots=True)
class RecordRows:
    """The rows of the records ``order`` of a form, on their way to the sheet: ``size`` rows a record.

    ``tops`` is the first row of each record, 0 as long as it has none; ``heights`` are points, one a row.
    """

    page: FormSheet
    records: Records
    order: Positions
    size: int
    tops: Positions
    heights: Heights
    columns: dict[int, Cells] = field(default_factory=dict)

    @property
    def numbers(self) -> Positions:
        """The row numbers on the sheet."""
        return np.asarray(self.tops[:, None] + np.arange(self.size), dtype=np.int64).ravel()

    def put(self) -> None:
        """Tells where each value stands, once all records have their rows."""
        for number, column in enumerate(self.page.layout.columns, start=1):
            if not column.filled:
                for offset, slot in enumerate(column.slots):
                    self.place(slot, number, self.tops + offset)
        for number, printed in enumerate(self.page.layout.extra, start=self.page.last_column + 2):
            self.place(printed.slots[0], number, self.tops)

    def place(self, slot: str, column: int, rows: Positions) -> None:
        """The values of a slot stand in these rows of a column."""
        places, name = self.page.report.places, self.page.sheet.name
        places.put_rows(self.records.at(slot, self.order), name, rows, column)
        special = self.records.special([slot])
        for at in self._at(special):
            positions = self.records.positions(slot, int(self.order[at]))
            places.put(positions, self.page.sheet.place(int(rows[at]), column))

    def _at(self, rows: set[int]) -> list[int]:
        """Where among the printed records these are."""
        return np.flatnonzero(np.isin(self.order, list(rows))).tolist() if rows else []

    def calculate(self, column: int, rows: Positions, formulas: Sequence[str]) -> None:
        """Turns figures into formulas (without =) that make them."""
        cells = self.columns[column]
        at = np.searchsorted(self.numbers, rows)
        assert cells.figures is not None  # only figures become formulas
        results = cells.figures[at].tolist()
        cells.texts[at] = [
            formula(text, str(value).removesuffix(".0")) for text, value in zip(formulas, results, strict=True)
        ]
        cells.looks[at] = cells.looks[at] - np.uint32(look(FIGURE)) + np.uint32(look(FORMULA))

    def write(self) -> None:
        """Writes all rows."""
        sheet = self.page.sheet
        if not len(self.order):
            return
        found = [Column(number, own.looks, own.figures, own.texts) for number, own in sorted(self.columns.items())]
        sheet.rows(self.numbers, found, self.heights)
        for number, own in self.columns.items():
            if own.merged:
                sheet.merge_rows(self.tops, number, self.tops + self.size - 1, number)


def record_rows(page: FormSheet, records: Records, order: Positions) -> RecordRows:
    """What the cells of these records show; where they stand is told later."""
    size, count = page.layout.rows, len(order)
    rows = RecordRows(page, records, order, size, np.zeros(count, dtype=np.int64), np.zeros(count * size))
    own = np.full((count, size), _LEAST)
    whole = np.zeros(count)
    for number, column in enumerate(page.layout.columns, start=1):
        if column.kind == "version":
            rows.columns[number] = _words(page, column, count)
            continue
        if column.filled:
            continue
        parts = [_shown(page, rows, column, slot) for slot in column.slots]
        taken = np.stack([line_counts(part.texts.tolist(), column.width) for part in parts], axis=1) * LINE
        if len(parts) == size:
            own = np.maximum(own, taken + 4)
        else:
            whole = np.maximum(whole, taken.max(axis=1) + 6)
        rows.columns[number] = _interleaved(parts, size)
    lacking = np.maximum(whole - own.sum(axis=1), 0) / size
    rows.heights = np.round(own + lacking[:, None], 1).ravel()
    _add_source(page, rows)
    return rows


def _shown(page: FormSheet, rows: RecordRows, column: Printed, slot: str) -> Cells:
    """What a slot shows in each record."""
    facts, styles = page.report.run.facts, page.report.book.styles
    positions = rows.records.at(slot, rows.order)
    state = np.where(positions == ABSENT, BLANK, facts.state[positions])
    texts = strings([raw.strip() for raw in facts.raw[positions].tolist()])
    texts[positions == ABSENT] = ""
    texts[state == NIL] = NIL_SIGN
    centre, cell = styles.number(styles.get("center")), styles.number(styles.get("cell"))
    figure = column.kind == "figure"
    special = rows._at(rows.records.special([slot]))
    if not figure:
        for at in special:
            texts[at] = _text(page, rows.records.own(slot, int(rows.order[at])))
        style = np.where((column.kind == "key") | (texts == NIL_SIGN), centre, cell)
        kind = np.where(texts == "", EMPTY, STRING)
        return Cells(_looks(kind, style), texts)
    texts[(state == BLANK) & (positions != ABSENT)] = ""
    several = [at for at in special if len(rows.records.own(slot, int(rows.order[at]))) > 1]
    held = state == NUMBER
    held[several] = False
    held[held] = kept_exactly(facts, positions[held])
    style = np.full(len(positions), centre)
    if page.money:
        places = facts.places(positions[held])
        formats = {n: styles.number(styles.get("figure", num_format=digits(n))) for n in np.unique(places).tolist()}
        style[held] = [formats[n] for n in places.tolist()]
    else:
        for at in np.flatnonzero(held).tolist():
            what = shown(facts, [int(positions[at])], column.width)
            texts[at] = what.text
            held[at] = what.value is not None
            if held[at]:
                style[at] = styles.number(styles.get("figure", num_format=what.number_format))
    for at in several:
        texts[at] = shown(facts, rows.records.own(slot, int(rows.order[at])), column.width, bare=page.money).text
    page.shows[positions[held]] = True
    for at in special:
        page.shows[rows.records.positions(slot, int(rows.order[at]))] = bool(held[at])
    kind = np.where(held, FIGURE, np.where(texts == "", EMPTY, STRING))
    return Cells(_looks(kind, style), texts, figures(facts, positions))


def _text(page: FormSheet, positions: Sequence[int]) -> str:
    """The texts of several values in one cell."""
    facts = page.report.run.facts
    if all(facts.state[p] == NIL for p in positions):
        return NIL_SIGN
    return "\n".join(dict.fromkeys(str(facts.raw[p]).strip() for p in positions))


def _looks(kind: Mask | Positions, style: Positions) -> Looks:
    return look(0, 1) * style.astype(np.uint32) + kind.astype(np.uint32)


def _interleaved(parts: Sequence[Cells], size: int) -> Cells:
    """The cells of a record below each other; of a column with one slot the first, and blanks to be merged with it."""
    if len(parts) == 1 and size == 1:
        return parts[0]
    count = len(parts[0].texts)
    looks, texts = np.zeros((count, size), dtype=np.uint32), np.full((count, size), "", dtype=object)
    values = np.zeros((count, size))
    for offset in range(size):
        part = parts[min(offset, len(parts) - 1)]
        if offset < len(parts):
            looks[:, offset], texts[:, offset] = part.looks, part.texts
            if part.figures is not None:
                values[:, offset] = part.figures
        else:
            looks[:, offset] = (part.looks & ~np.uint32(look(0, 1) - 1)) + np.uint32(EMPTY)
    return Cells(looks.ravel(), texts.ravel(), values.ravel(), merged=len(parts) == 1)


def _words(page: FormSheet, column: Printed, count: int) -> Cells:
    """The words of the versions, the same in every record."""
    styles = page.report.book.styles
    style = styles.number(styles.get("center", bg_color="#F3F6FA"))
    looks = [look(STRING if word else EMPTY, style) for word in column.words]
    texts = strings(list(column.words) * count)
    return Cells(np.array(looks * count, dtype=np.uint32), texts)


def _add_source(page: FormSheet, rows: RecordRows) -> None:
    """What is no part of the print, in the first row of each record: the columns that only some templates have, and the
    department, return, sheet and cell a record stands in; of a record that several answer alike, each."""
    facts, styles, records = page.report.run.facts, page.report.book.styles, rows.records
    found: list[Strings] = []
    for printed in page.layout.extra:
        positions = records.at(printed.slots[0], rows.order)
        texts = facts.raw[positions]
        texts[positions == ABSENT] = ""
        for at in rows._at(set(records.more.get(printed.slots[0], ()))):
            own = records.own(printed.slots[0], int(rows.order[at]))
            texts[at] = "\n".join(dict.fromkeys(str(facts.raw[p]) for p in own))
        found.append(texts)
    first = records.first[rows.order]
    found += [facts.department[first], facts.file[first], facts.sheet[first], strings(facts.cells(first))]
    for at in rows._at(set(records.twins)):
        answers = [int(rows.order[at]), *records.twins[int(rows.order[at])]]
        firsts = records.first[answers]
        told = (facts.department[firsts], facts.file[firsts], facts.sheet[firsts], strings(facts.cells(firsts)))
        for column, texts in zip(found[-len(told) :], told, strict=True):
            column[at] = page.report.voice.comma.join(dict.fromkeys(texts.tolist()))
    style = styles.number(styles.get("provenance"))
    for number, texts in enumerate(found, start=page.last_column + 2):
        looks = np.zeros((len(texts), rows.size), dtype=np.uint32)
        looks[:, 0] = np.where(texts == "", look(EMPTY, style), look(STRING, style))
        spread = np.full((len(texts), rows.size), "", dtype=object)
        spread[:, 0] = texts
        rows.columns[number] = Cells(looks.ravel(), spread.ravel())


def blank_cells(count: int) -> Cells:
    """A column without cells, to be filled."""
    return Cells(np.full(count, look(NONE), dtype=np.uint32), np.full(count, "", dtype=object))

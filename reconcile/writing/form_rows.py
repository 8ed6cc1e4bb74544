"""What the cells of a form's records show, column by column, and how high that makes their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded
from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, Facts, Mask, Positions
from reconcile.package import BLANK as EMPTY
from reconcile.package import NUMBER as FIGURE
from reconcile.package import STRING, look
from reconcile.writing.columns import Looks, figures, kept_exactly
from reconcile.writing.form_columns import Printed
from reconcile.writing.form_page import Cells, FormSheet, RecordRows
from reconcile.writing.form_records import Records
from reconcile.writing.form_spread import spread
from reconcile.writing.form_values import NIL_SIGN, digits, shown, shown_alone
from reconcile.writing.styles import LINE
from reconcile.writing.widths import bare, line_counts

_LEAST = 18.0  # points: a row of the printed form
States = npt.NDArray[np.int8]


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
        shown = [_shown(page, rows, column, slot) for slot in column.slots]
        parts, taken = [cells for cells, _ in shown], np.stack([lines for _, lines in shown], axis=1) * LINE
        if len(parts) == size:
            own = np.maximum(own, taken + 4)
        else:
            whole = np.maximum(whole, taken.max(axis=1) + 6)
        rows.columns[number] = _interleaved(parts, size)
    spread(rows)
    lacking = np.maximum(whole - own.sum(axis=1), 0) / size
    rows.heights = np.round(own + lacking[:, None], 1).ravel()
    _add_source(page, rows)
    return rows


def _shown(page: FormSheet, rows: RecordRows, column: Printed, slot: str) -> tuple[Cells, Positions]:
    """What a slot shows in each record, and how many lines that takes."""
    facts, styles = page.report.run.facts, page.report.book.styles
    positions = rows.records.at(slot, rows.order)
    special = rows.at(rows.records.special([slot]))
    state = np.where(positions == ABSENT, BLANK, facts.state[positions])
    if column.kind == "figure":
        return _figures(page, rows, column, slot, positions, state)
    several = {at: _text(page, rows.records.own(slot, int(rows.order[at]))) for at in special}
    texts = _said(facts, positions, state, several)
    style = styles.number(styles.get("center" if column.kind == "key" else "cell"))
    nil = styles.number(styles.get("center"))
    looks = _looks(np.where(texts.says(""), EMPTY, STRING), np.where(texts.says(NIL_SIGN), nil, style))
    return Cells(looks, texts), line_counts(texts.values, column.width)[texts.codes]


def _figures(
    page: FormSheet, rows: RecordRows, column: Printed, slot: str, positions: Positions, state: States
) -> tuple[Cells, Positions]:
    """A column of figures: numbers where they can be shown as such, else what was typed."""
    facts, styles = page.report.run.facts, page.report.book.styles
    special = rows.at(rows.records.special([slot]))
    several = [at for at in special if len(rows.records.own(slot, int(rows.order[at]))) > 1]
    held = state == NUMBER
    held[several] = False
    held[held] = kept_exactly(facts, positions[held])
    style = np.full(len(positions), styles.number(styles.get("center")))
    reads, typed = np.full(len(positions), "", dtype=object), ~held & (state != BLANK)
    reads[typed] = np.where(state[typed] == NIL, NIL_SIGN, facts.raw[positions[typed]])
    tall = not page.money  # whether some figure may need several lines
    if page.money:
        places = facts.places(positions[held])
        formats = np.zeros(int(places.max(initial=0)) + 1, dtype=np.int64)
        for n in np.flatnonzero(np.bincount(places)).tolist():
            formats[n] = styles.number(styles.get("figure", num_format=digits(n)))
        style[held] = formats[places]
        longest = bare(facts.raw.distinct(positions[held]))
        tall = bool(line_counts(longest, column.width).max(initial=1) > 1)
        if tall:
            reads[held] = facts.raw[positions[held]]
    else:
        alone = shown_alone(facts, positions[held], column.width, units=page.units)
        for at, what in zip(np.flatnonzero(held).tolist(), alone, strict=True):
            reads[at] = what.text
            held[at] = what.value is not None
            if held[at]:
                style[at] = styles.number(styles.get("figure", num_format=what.number_format))
    for at in several:
        own = rows.records.own(slot, int(rows.order[at]))
        reads[at] = shown(facts, own, column.width, bare=page.money, units=page.units).text
    page.shows[positions[held]] = True
    for at in special:
        page.shows[rows.records.positions(slot, int(rows.order[at]))] = bool(held[at])
    asked = np.flatnonzero(~held | tall)
    read = bare(reads[asked].tolist())
    taken = np.ones(len(positions), dtype=np.int64)
    taken[asked] = line_counts(read, column.width)
    texts = Coded.of(["", *(text for text, number in zip(read, held[asked].tolist(), strict=True) if not number)])
    said = Coded.same("", len(positions))
    if len(texts.values) > 1:
        said = Coded(np.zeros(len(positions), dtype=np.int32), texts.values)
        said.codes[~held] = texts.codes[1:]
    kind = np.where(held, FIGURE, np.where(said.codes == 0, EMPTY, STRING))
    return Cells(_looks(kind, style), said, figures(facts, positions)), taken


def _said(facts: Facts, positions: Positions, state: States, several: Mapping[int, str]) -> Coded:
    """What cells say in words; ``several`` are those that say what several values do."""
    own, nil = np.zeros(len(positions), dtype=bool), state == NIL
    own[list(several)] = True
    there, nil = (positions != ABSENT) & ~nil & ~own, nil & ~own
    at = [np.flatnonzero(which) for which in (there, nil, ~there & ~nil & ~own)]
    parts = [facts.raw.coded(positions[there]), Coded.same(NIL_SIGN, len(at[1])), Coded.same("", len(at[2]))]
    column = Coded.joined([*parts, Coded.of(list(several.values()))])
    codes = np.empty(len(positions), dtype=np.int32)
    codes[np.concatenate([*at, list(several)]).astype(np.int64)] = column.codes
    texts = Coded(codes, column.values)
    return texts if bare(list(texts.values)) == list(texts.values) else texts.map(str.strip)


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
    if size == 1:
        return parts[0]
    count = len(parts[0].looks)
    looks = np.zeros((count, size), dtype=np.uint32)
    values = np.zeros((count, size))
    for offset in range(size):
        part = parts[min(offset, len(parts) - 1)]
        if offset < len(parts):
            looks[:, offset] = part.looks
            if part.figures is not None:
                values[:, offset] = part.figures[:]
        else:
            looks[:, offset] = (part.looks & ~np.uint32(look(0, 1) - 1)) + np.uint32(EMPTY)
    blank = Coded.same("", count)
    texts = Coded.joined([*(part.texts for part in parts), *[blank] * (size - len(parts))])
    spread = Coded(texts.codes.reshape(size, count).T.ravel(), texts.values)
    return Cells(looks.ravel(), spread, values.ravel(), merged=len(parts) == 1)


def _words(page: FormSheet, column: Printed, count: int) -> Cells:
    """The words of the versions, the same in every record."""
    styles = page.report.book.styles
    style = styles.number(styles.get("center", bg_color="#F3F6FA"))
    looks = [look(STRING if word else EMPTY, style) for word in column.words]
    texts = Coded.of(column.words)
    return Cells(np.array(looks * count, dtype=np.uint32), Coded(np.tile(texts.codes, count), texts.values))


def _add_source(page: FormSheet, rows: RecordRows) -> None:
    """What is no part of the print, in the first row of each record: the department, return, sheet and cell a record
    stands in (of one that several answer alike, each), and the columns that only some templates have."""
    facts, styles, records = page.report.run.facts, page.report.book.styles, rows.records
    source = _source(page, records.first[rows.order])
    for at in rows.at(set(records.twins)):
        answers = [int(rows.order[at]), *records.twins[int(rows.order[at])]]
        for place, told in enumerate(_source(page, records.first[answers])):
            texts = source[place].texts.copy()
            texts[at] = page.report.voice.comma.join(dict.fromkeys(told.texts.tolist()))
            source[place] = Coded.of(texts.tolist())
    found: list[Coded] = []
    for printed in page.layout.extra:
        positions = records.at(printed.slots[0], rows.order)
        texts = facts.raw[positions]
        texts[positions == ABSENT] = ""
        for at in rows.at(set(records.more.get(printed.slots[0], ()))):
            own = records.own(printed.slots[0], int(rows.order[at]))
            texts[at] = "\n".join(dict.fromkeys(str(facts.raw[p]) for p in own))
        found.append(Coded.of(texts.tolist()))
    style = styles.number(styles.get("provenance"))
    for number, told in enumerate((*source, *found), start=page.source):
        looks = np.zeros((len(told), rows.size), dtype=np.uint32)
        looks[:, 0] = np.where(told.says(""), look(EMPTY, style), look(STRING, style))
        rows.columns[number] = Cells(looks.ravel(), Coded(np.repeat(told.codes, rows.size), told.values))


def _source(page: FormSheet, first: Positions) -> list[Coded]:
    """Department, return, sheet and cell in which records stand."""
    facts = page.report.run.facts
    return [*(facts.coded(name).take(first) for name in ("department", "file", "sheet")), facts.cells(first)]

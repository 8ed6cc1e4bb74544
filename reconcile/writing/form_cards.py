"""A form of cards as it is printed: one card a record, its labels on the left, the table inside it in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from reconcile.facts import Positions, Strings
from reconcile.packs.model import Form, slot
from reconcile.writing.form_columns import Layout, Printed, layout
from reconcile.writing.form_page import RECORD, FormSheet
from reconcile.writing.form_records import Entry
from reconcile.writing.form_sheet import content, write_source
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines

_LABEL, _FIRST, _OTHER = 18.0, 24.0, 20.0  # half-width columns
_LEAST = 20.0  # points
_COLUMNS = 6  # of a card with no table inside

Inside = tuple[Form, Mapping[str, Sequence[Entry]]]  # a form of tables inside cards, its records by card


def card_layout(inside: Sequence[Inside]) -> Layout:
    """Columns without headings of their own: one of labels, and as many as the widest table inside needs."""
    tables = [len(_columns(form)) for form, _ in inside]
    count = max([_COLUMNS, *(1 + size for size in tables)])
    widths = [_LABEL, _FIRST, *[_OTHER] * (count - 2)]
    return Layout(tuple(Printed("", (), (), width, "card") for width in widths), (), 1)


def write_card(page: FormSheet, entry: Entry, inside: Sequence[Inside]) -> None:
    """One card; its fields in the order of the form, figures side by side at its end."""
    page.start(page.row, RECORD)
    write_source(page, entry)
    followers = {field.after: name for name, field in page.form.fields.items() if field.after}
    for name, field in page.form.fields.items():
        if not field.numeric and not field.after:
            _text(page, entry, name, followers.get(name))
        for form, records in inside:
            if form.inside and form.inside.below == name:
                _table(page, form, records.get(entry.record, ()))
    for form, records in inside:
        if form.inside and form.inside.below is None:
            _table(page, form, records.get(entry.record, ()))
    _figures(page, entry)
    page.sheet.height(page.row, 8)
    page.row += 1


def most_rows(form: Form, inside: Sequence[Inside], cards: Strings) -> Positions:
    """No card takes more rows than that: its fields, and the tables inside it with their headings."""
    tables = [sum(2 + len(by_card.get(card, ())) for _, by_card in inside) for card in cards.tolist()]
    return np.array(tables, dtype=np.int64) + len(form.slots()) + 2


def _text(page: FormSheet, entry: Entry, name: str, follower: str | None) -> None:
    """A label with its text over the rest of the card; what follows without a label stands behind it."""
    styles, sheet = page.report.book.styles, page.sheet
    head = follower is not None
    colours: dict[str, object] = {"bg_color": "#DCE6F1"} if head else {}
    label = page.form.fields[name].all_columns()[0].text
    sheet.text(page.row, 1, label, styles.get("label", valign="top", bold=True, **colours))
    spans = [(name, 2, 2), (follower, 3, page.last_column)] if follower else [(name, 2, page.last_column)]
    tallest = 1
    for own, left, right in spans:
        assert own is not None
        positions = entry.positions(own)
        width = sum(page.layout.columns[n - 1].width for n in range(left, right + 1))
        what = content(page, entry, own, width, figure=False)
        style = styles.get("cell", valign="top", bold=head, **colours)
        sheet.merge(page.row, left, page.row, right, what.text, style)
        page.report.places.put(positions, sheet.place(page.row, left))
        tallest = max(tallest, lines(what.text, width))
    _height(page, tallest)


def _columns(form: Form) -> list[Printed]:
    """The columns of a table inside a card; its keys have none."""
    keys = {form.inside.key, form.inside.line} if form.inside else set()
    return [column for column in layout(form).columns if column.field not in keys]


def _table(page: FormSheet, form: Form, records: Sequence[Entry]) -> None:
    """The table inside the card, its first heading in the column of the labels."""
    if not records:
        return
    styles, sheet = page.report.book.styles, page.sheet
    columns = _columns(form)
    sheet.text(page.row, 1, form.title.get(page.report.voice.lang), styles.get("label", valign="top", bold=True))
    for number, column in enumerate(columns, start=2):
        right = page.last_column if number == len(columns) + 1 else number
        said = form.fields[column.field].all_columns()[0]
        text = next(iter(said.printed), column.head[-1]) if number == 2 else column.head[-1]
        sheet.merge(page.row, number, page.row, right, str(text), styles.get("head"))
    _height(page, 1)
    for record in records:
        tallest = 1
        for key in (form.key[0], form.key[-1]):
            page.report.places.put(record.positions(slot(key)), sheet.place(page.row, 1))
        sheet.text(page.row, 1, "", styles.get("label"))
        for number, column in enumerate(columns, start=2):
            right = page.last_column if number == len(columns) + 1 else number
            width = sum(page.layout.columns[n - 1].width for n in range(number, right + 1))
            what = content(page, record, column.slots[0], width, figure=False)
            sheet.merge(page.row, number, page.row, right, what.text, styles.get("cell", valign="top"))
            page.report.places.put(record.positions(column.slots[0]), sheet.place(page.row, number))
            tallest = max(tallest, lines(what.text, width))
        _height(page, tallest)


def _figures(page: FormSheet, entry: Entry) -> None:
    """The figures of the card, label and value side by side; those its template lacks are left out."""
    styles, sheet = page.report.book.styles, page.sheet
    pairs = [
        (column.text, slot(name, column.version, column.period))
        for name, field in page.form.fields.items()
        if field.numeric
        for column in field.all_columns()
        if slot(name, column.version, column.period) in entry.slots
    ]
    rows = -(-len(pairs) // (page.last_column // 2)) or 1
    across = max(1, -(-len(pairs) // rows))
    for start in range(0, len(pairs), across):
        for number, (label, own) in enumerate(pairs[start : start + across]):
            column = 2 * number + 1
            width = page.layout.columns[column].width
            what = content(page, entry, own, width, figure=True)
            positions = entry.positions(own)
            sheet.text(page.row, column, label, styles.get("label", bold=True))
            page.report.places.put(positions, sheet.place(page.row, column + 1))
            if what.value is None:
                sheet.text(page.row, column + 1, what.text, styles.get("center"))
                continue
            style = styles.get("figure", num_format=what.number_format)
            page.figure((page.row, column + 1), positions, what.value, style)
        tall = max(
            lines(label, page.layout.columns[2 * n].width) for n, (label, _) in enumerate(pairs[start:][:across])
        )
        _height(page, tall)


def _height(page: FormSheet, taken: int) -> None:
    page.sheet.height(page.row, max(_LEAST, taken * LINE + 6))
    page.row += 1

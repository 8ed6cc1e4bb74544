"""The template of cards: one a record, labels on the left, values beside them, tables of several rows inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reconcile.packs.model import Form, FormField
from reconcile.template.columns import Columns, columns_of, without
from reconcile.template.filled import Asked, put
from reconcile.template.headings import Headings
from reconcile.template.page import Page, begin, finish
from reconcile.template.records import Known, groups
from reconcile.writing.form_columns import Printed
from reconcile.writing.text import lines as text_lines
from reconcile.writing.text import width

FREE_LINES, _SPARE = 10, 2  # rows of a table inside a card, and those left free below the rows known
_LABEL, _VALUE = 22.0, 19.0  # half-width characters
_ACROSS = 7  # columns of a card without tables
_LINE = 24.0  # points
_LONG = 500  # characters: a text that is more than a line
_ROOM = (48.0, 96.0)  # points for a text that may be longer than a line, and for a long one


@dataclass(slots=True)
class _Card:
    """The page being written, the columns of each field, and what is asked for in the cells."""

    page: Page
    asked: Asked
    columns: dict[str, list[Printed]]
    across: int

    def value(self, left: int, right: int, column: Printed, record: Known) -> None:
        """A value over some columns of the row."""
        page = self.page
        if right > left:
            page.sheet.merge(page.row, left, page.row, right, "", page.book.styles.get("answer", valign="vcenter"))
        put(page, self.asked, (page.row, left), column, column.slots[0], record, {})

    def label(self, column: int, text: str) -> None:
        self.page.sheet.text(self.page.row, column, text, self.page.book.styles.get("label", bold=True, indent=1))


def write(page: Page, records: list[Known]) -> None:
    """A card a record, under the headings of their groups."""
    form = page.form
    inner = [(other, _inner_columns(other)) for other in page.pack.forms.values() if _stands_in(other, form)]
    across = max([_ACROSS, *(len(columns.columns) + 2 for _, columns in inner)])
    begin(page, [_LABEL, *[_VALUE] * (across - 1)])
    columns: dict[str, list[Printed]] = {}
    for column in columns_of(form).columns:
        columns.setdefault(column.field, []).append(column)
    card = _Card(page, Asked(page), columns, across)
    pages = [(replace(page, form=other), printed) for other, printed in inner]
    inside = [(own, Asked(own), printed) for own, printed in pages]
    headings = Headings(page)
    for group, members in groups(records):
        headed = headings.write(group)
        for number, record in enumerate(members):
            if number or not headed:
                page.starts.append(page.row)
            _write_card(card, record, inside)
            page.row += 1
    page.row -= 1
    for asked in (card.asked, *(asked for _, asked, _ in inside)):
        asked.write()
    finish(page, None, 1)


def _stands_in(other: Form, form: Form) -> bool:
    return other.inside is not None and other.inside.form == form.form


def _inner_columns(form: Form) -> Columns:
    """The columns of a table inside a card: its key is the card's, and its rows are counted."""
    assert form.inside is not None
    return without(columns_of(form), frozenset((form.inside.key, form.inside.line)))


Inside = tuple[Page, Asked, Columns]


def _write_card(card: _Card, record: Known, inside: Sequence[Inside]) -> None:
    """Texts from the top, each table below the text it belongs to, figures in pairs at the foot."""
    form = card.page.form
    left = list(inside)
    for name, spec in form.fields.items():
        if spec.numeric or spec.after or name not in card.columns:
            continue
        _text(card, name, spec, record)
        for each in [each for each in left if each[0].form.inside and each[0].form.inside.below == name]:
            _table(card, *each, record.inside.get(each[0].form.form, ()))
            left.remove(each)
    for each in left:
        _table(card, *each, record.inside.get(each[0].form.form, ()))
    _figures(card, record)


def _text(card: _Card, name: str, spec: FormField, record: Known) -> None:
    """A label and its value over the rest of the row; a short one shares it with the values that stand behind."""
    page, form = card.page, card.page.form
    behind = [name]
    while following := next((n for n, each in form.fields.items() if each.after == behind[-1]), None):
        behind.append(following)
    card.label(1, card.columns[name][0].head[-1])
    for number, field in enumerate(behind):
        at = 2 + number
        card.value(at, at if number + 1 < len(behind) else card.across, card.columns[field][0], record)
    room = _LABEL + _VALUE * (card.across - 2)
    slots = [card.columns[field][0].slots[0] for field in behind]
    tallest = max(text_lines(record.said(own), room) for own in slots)
    longest = max(form.fields[field].longest or 0 for field in behind)
    known = bool(record.said(slots[-1]))
    least = _LINE if known or spec.type == "key" else _ROOM[longest >= _LONG]
    page.sheet.height(page.row, max(least, tallest * 14.0 + 6))
    page.row += 1


def _tallest(line: Known, columns: Columns, spare: int) -> float:
    """Points that the texts of a row of a table need."""
    said = [line.figures[c.slots[0]].raw if c.slots[0] in line.figures else "" for c in columns.columns]
    rooms = [_LABEL + _VALUE * (spare - 1), *[_VALUE] * (len(said) - 1)]
    return max(text_lines(text, room) for text, room in zip(said, rooms, strict=True)) * 14.0 + 6


def _table(card: _Card, own: Page, asked: Asked, columns: Columns, lines: Sequence[Known]) -> None:
    """A table inside a card: its header, the rows known and those to be filled in; its first column takes the room that
    is left."""
    page, styles = card.page, card.page.book.styles
    spare = card.across - len(columns.columns) + 1
    own.row = page.row
    for number, column in enumerate(columns.columns):
        if number:
            own.sheet.text(own.row, spare + number, column.head[-1], styles.get("head"))
        else:
            own.sheet.merge(own.row, 1, own.row, spare, column.head[-1], styles.get("head"))
    own.sheet.height(own.row, _LINE)
    for line in [*lines, *(Known(free=True) for _ in range(max(FREE_LINES - len(lines), _SPARE)))]:
        own.row += 1
        for number, column in enumerate(columns.columns):
            if not number:
                own.sheet.merge(own.row, 1, own.row, spare, "", styles.get("answer", valign="vcenter"))
            place = (own.row, spare + number if number else 1)
            put(own, asked, place, column, column.slots[0], line, {})
        own.sheet.height(own.row, max(30.0, _tallest(line, columns, spare)))
    page.row = own.row + 1


def _figures(card: _Card, record: Known) -> None:
    """The figures, two labels with their values a row."""
    page = card.page
    figures = [column for n, spec in page.form.fields.items() if spec.numeric for column in card.columns[n]]
    half = card.across // 2
    for first in range(0, len(figures), 2):
        pair = figures[first : first + 2]
        spans = [(1, 2, half), (half + 1, half + 2, card.across)]
        for column, (label, left, right) in zip(pair, spans, strict=False):
            card.label(label, column.head[-1])
            card.value(left, right, column, record)
        narrow = any(width(column.head[-1]) > _VALUE for column in pair)
        page.sheet.height(page.row, 30.0 if narrow else _LINE)
        page.row += 1

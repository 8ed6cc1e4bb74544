"""様式M1: one card an item; labels on the left, the schedule of the years as a small table inside."""

from __future__ import annotations

from making.grid import Block, Cell, Style
from making.model import Form, Owner, Record, Value

from .labels import CLOSING_NOTE, NOTES, TITLE_ITEMS, UNIT_ITEMS, spell
from .layouts import Layout
from .terms import HOURS, ITEMS, MONEY, SCHEDULE, TEXTS, YEARS

_WIDTHS = (22.0, 9.0, 22.0, 19.0, 19.0, 19.0, 19.0)
_COLUMNS = len(_WIDTHS)


class CardPen:
    """Draws the cards of one sheet; `row` is the next free row, `left` the first column of the card being drawn."""

    def __init__(self, form: Form, layout: Layout) -> None:
        self.form, self.layout, self.block, self.row, self.left = form, layout, Block(), 1, 1
        # an empty column between the label and what stands beside it
        self.gap = 1 if layout.blank_columns else 0
        self._named: set[str] = set()

    @property
    def width(self) -> int:
        """Sheet columns of one card."""
        return _COLUMNS + self.gap

    def at(self, column: int) -> int:
        """The sheet column of a column of the card (1 to 7)."""
        return self.left + column - 1 + (self.gap if column > 1 else 0)

    def put(
        self, row: int, column: int, value: Value, style: Style, owner: Owner | None, across: int, down: int = 1
    ) -> None:
        """A cell over `across` columns; where nothing is merged, with empty ones beside and below it.

        The long texts are merged by everybody: nobody types them into a narrow column.
        """
        at = self.at(column)
        end = self.at(column + across - 1)
        if self.layout.merged or across == _COLUMNS - 1:
            self.block.cells.append(Cell(row, at, value, style, owner, down=down, across=end - at + 1))
            return
        for step in range(down):
            for place in range(at, end + 1):
                first = step == 0 and place == at
                self.block.cells.append(
                    Cell(row + step, place, value if first else None, style, owner if first else None)
                )

    def label(self, row: int, column: int, label: str, record: Record, across: int = 1, down: int = 1) -> None:
        """A label as this department writes it; the first of its kind can be named in planted.csv."""
        owner = None if label in self._named else Owner(ITEMS, "header", label)
        self._named.add(label)
        word = self.form.reworded.get(label) or spell(label, self.layout)
        self.put(row, column, word, "label", owner or Owner(ITEMS, record.key, f"{label}.version"), across, down)


def cards_block(form: Form, layout: Layout, records: list[Record]) -> Block:
    """Title, unit, and the cards of these records: one below the other, or two abreast."""
    pen = CardPen(form, layout)
    pen.block.cells.append(Cell(1, 1, TITLE_ITEMS, "title"))
    pen.row = 2
    for note in NOTES if layout.notes else ():
        pen.block.cells.append(Cell(pen.row, 1, note, "note"))
        pen.row += 1
    abreast = 2 if layout.cards == "abreast" else 1
    if layout.amounts:
        pen.block.cells.append(Cell(pen.row, pen.at(_COLUMNS), UNIT_ITEMS, "unit"))
    pen.row += 1
    for start in range(0, len(records), abreast):
        if start and start % (2 * abreast) == 0:
            pen.block.breaks.append(pen.row)
        bottoms = []
        top = pen.row
        for place, record in enumerate(records[start : start + abreast]):
            pen.row, pen.left = top, 1 + place * (pen.width + 1)
            _widths(pen)
            _card(pen, record)
            bottoms.append(pen.row)
        pen.row = max(bottoms) + (3 if layout.blank_rows else 1)
    _below(pen)
    return pen.block


def _widths(pen: CardPen) -> None:
    for column, width in enumerate(_WIDTHS, 1):
        pen.block.widths[pen.at(column)] = width
    for column in range(1, pen.left + pen.width):
        pen.block.widths.setdefault(column, 2.5)


def _below(pen: CardPen) -> None:
    """What the department wrote under its cards, and the closing note."""
    pen.left = 1
    for line, values in enumerate(pen.form.below):
        for column, value in enumerate(values, 1):
            pen.put(pen.row, column, value, "plain", Owner(ITEMS, f"below/{line}", str(column)), 1)
        pen.row += 1
    if pen.layout.notes:
        pen.block.cells.append(Cell(pen.row + 1, 1, CLOSING_NOTE, "note"))


def _card(pen: CardPen, record: Record) -> None:
    top = pen.row
    _head(pen, record)
    texts = ["content", "result", "effect"] if pen.layout.result_first else ["content", "effect", "result"]
    for field in texts:
        if TEXTS[field] not in record.omitted:
            pen.label(pen.row, 1, TEXTS[field], record)
            pen.put(pen.row, 2, record.fields[field], "text", Owner(ITEMS, record.key, field), _COLUMNS - 1)
            pen.row += 1
        if field == "content":
            _schedule(pen, record)
    if pen.layout.amounts:
        _amounts(pen, record)
    for label, values in [(own.label, own.values) for own in pen.form.own_columns] + [(pen.layout.empty_column, {})]:
        if label:
            pen.label(pen.row, 1, label, record)
            owner = Owner(ITEMS, record.key, f"own:{label}")
            pen.put(pen.row, 2, values.get(record.key), "text", owner, _COLUMNS - 1)
            pen.row += 1
    if record.hidden:
        pen.block.hidden_rows.update(range(top, pen.row))


def _head(pen: CardPen, record: Record) -> None:
    number, name = (Owner(ITEMS, record.key, field) for field in ("number", "name"))
    pen.label(pen.row, 1, "項目", record)
    pen.put(pen.row, 2, record.fields["number"], "key", number, 1)
    pen.put(pen.row, 3, record.fields["name"], "text", name, 3)
    pen.label(pen.row, 6, "所管部", record)
    pen.put(pen.row, 7, record.fields["department"], "text", Owner(ITEMS, record.key, "department"), 1)
    pen.row += 1


def _schedule(pen: CardPen, record: Record) -> None:
    """年次別計画 over the actions, or beside them; a year whose column was deleted is in `omitted`."""
    actions = [field for field in record.fields if field.startswith("action/") and "." not in field]
    years = [year for year in YEARS if year not in record.omitted]
    first = 1
    if pen.layout.schedule_beside:
        pen.label(pen.row, 1, SCHEDULE, record, down=len(actions) + 1)
        pen.label(pen.row, 2, "取組み", record, across=2)
        first = 2
    else:
        pen.label(pen.row, 1, SCHEDULE, record, across=3)
    for column, year in enumerate(years, 4):
        word = spell(YEARS[year], pen.layout)
        pen.put(pen.row, column, word, "header", Owner(ITEMS, record.key, f"{year}.version"), 1)
    pen.row += 1
    for action in actions:
        owner = Owner(ITEMS, record.key, action)
        pen.put(pen.row, first, record.fields[action], "text", owner, 4 - first)
        for column, year in enumerate(years, 4):
            field = f"{action}.{year}"
            pen.put(pen.row, column, record.fields[field], "text", Owner(ITEMS, record.key, field), 1)
        pen.row += 1


def _amounts(pen: CardPen, record: Record) -> None:
    """The newer template: hours and the three amounts, two on a line."""
    labels = {"hours": HOURS, **MONEY}
    for turn, (field, label) in enumerate(labels.items()):
        column = 1 if turn % 2 == 0 else 4
        pen.label(pen.row, column, label, record)
        value = record.fields[field]
        if pen.layout.money_as_text and isinstance(value, int):
            value = f"{value:,}時間" if field == "hours" else f"{value:,}千円"
        across = 2 if column == 1 else 3
        pen.put(pen.row, column + 1, value, "money", Owner(ITEMS, record.key, field), across)
        pen.row += turn % 2

"""Which block stands where: the sheets of one workbook."""

from __future__ import annotations

from making.cover import cover_block
from making.model import Record, Return
from making.sheets import Sheet

from .cards import cards_block
from .goals import goals_block
from .labels import COVER_TITLE, REQUEST
from .layouts import Layout
from .terms import GOALS, ITEMS


def lay_out(answer: Return, layout: Layout) -> list[Sheet]:
    """The sheets of a return, the cover first. A form the department left out gives no sheet of its own."""
    sheets = [Sheet(layout.cover, [(cover_block(answer, COVER_TITLE, REQUEST), 1, 1)], table=False)]
    if ITEMS in answer.forms:
        form = answer.forms[ITEMS]
        for name, records in _shares(form.records, layout):
            sheets.append(Sheet(name, [(cards_block(form, layout, records), *layout.origin)]))
    if GOALS in answer.forms:
        sheets.append(Sheet(layout.goals_sheet, [(goals_block(answer.forms[GOALS], layout), *layout.origin)]))
    return sheets


def _shares(records: list[Record], layout: Layout) -> list[tuple[str, list[Record]]]:
    """Sheet → its records: all on one, one sheet a 到達点, or one an item."""
    if layout.cards == "goals":
        goals = dict.fromkeys(record.group for record in records)
        return [(f"到達点{goal}", [record for record in records if record.group == goal]) for goal in goals]
    if layout.cards == "each":
        return [(f"{layout.items_sheet}_{record.key.replace('#', '_')}", [record]) for record in records]
    return [(layout.items_sheet, records)]

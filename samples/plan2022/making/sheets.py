"""Which block stands where: the sheets of one workbook."""

from __future__ import annotations

from making.cover import cover_block
from making.grid import Block
from making.model import Return
from making.sheets import Sheet, place_forms

from .activity import activity_block
from .budget import budget_block
from .labels import COVER_TITLE, REQUEST
from .layouts import Layout
from .outcome import outcome_block
from .terms import BASES


def lay_out(answer: Return, layout: Layout) -> list[Sheet]:
    """The sheets of a return, the cover first. A form the department left out gives no sheet of its own."""

    def block_of(name: str, stacked: bool) -> Block:
        form = answer.forms[name]
        if name == "activity":
            return activity_block(form, layout)
        if name == "outcome":
            return outcome_block(form, layout, 3 if stacked else 1)
        return budget_block(form, layout)

    sheets = [Sheet(layout.cover, [(cover_block(answer, COVER_TITLE, REQUEST), 1, 1)], table=False)]
    sheets += place_forms(layout.sheets, answer.forms, layout.origin, block_of)
    if layout.helper_sheet:
        sheets.append(Sheet("リスト", [], hidden=True, helper=BASES))
    return sheets

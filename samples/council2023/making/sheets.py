"""Which block stands where: the sheets of one workbook."""

from __future__ import annotations

from making.cover import cover_block
from making.grid import Block
from making.model import Return
from making.sheets import Sheet, place_forms

from .labels import COVER_TITLE, REQUEST
from .layouts import Layout
from .table import goals_block, opinions_block
from .terms import GOALS


def lay_out(answer: Return, layout: Layout) -> list[Sheet]:
    """The sheets of a return, the cover first. A form the department left out gives no sheet of its own."""

    def block_of(name: str, _stacked: bool) -> Block:
        form = answer.forms[name]
        return goals_block(form, layout) if name == GOALS else opinions_block(form, layout)

    sheets = [Sheet(layout.cover, [(cover_block(answer, COVER_TITLE, REQUEST), 1, 1)], table=False)]
    return sheets + place_forms(layout.sheets, answer.forms, layout.origin, block_of)

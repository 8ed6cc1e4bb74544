"""Which block stands where: the sheets of one workbook."""

from __future__ import annotations

from making.cover import cover_block
from making.grid import Block
from making.model import Return
from making.sheets import Sheet, place_forms

from .activity import activity_block
from .budget import budget_block
from .labels import COVER_TITLE, REQUEST, REQUEST_OFFICE
from .layouts import OFFICE_FORMS, OFFICE_ONE_EACH, OFFICE_TOGETHER, Layout
from .office import OFFICE
from .office_blocks import office_block
from .outcome import outcome_block
from .terms import BASES


def lay_out(answer: Return, layout: Layout) -> list[Sheet]:
    """The sheets of a return, the cover first. A form the department left out gives no sheet of its own."""

    def block_of(name: str, stacked: bool) -> Block:
        form = answer.forms[name]
        if name in OFFICE_FORMS:
            return office_block(form, layout)
        if name == "activity":
            return activity_block(form, layout)
        if name == "outcome":
            return outcome_block(form, layout, 3 if stacked else 1)
        return budget_block(form, layout)

    request = REQUEST_OFFICE if answer.department == OFFICE else REQUEST
    sheets = [Sheet(layout.cover, [(cover_block(answer, COVER_TITLE, request), 1, 1)], table=False)]
    together = any(len(forms) > 1 for _, forms, _ in layout.sheets)
    plan = OFFICE_TOGETHER if together else OFFICE_ONE_EACH
    sheets += place_forms(plan if answer.department == OFFICE else layout.sheets, answer.forms, layout.origin, block_of)
    if layout.helper_sheet:
        sheets.append(Sheet("リスト", [], hidden=True, helper=BASES))
    return sheets

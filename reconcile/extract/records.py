"""The records of a placement, by the layout of its form."""

from __future__ import annotations

from collections.abc import Callable

from reconcile.extract import block, headings, matrix, of_sheet, table
from reconcile.extract.raw import Records
from reconcile.locate import Grid, LineLabels, Placement
from reconcile.packs.model import Form

LAYOUTS: dict[str, Callable[[Placement, Form], Records]] = {"block": block.read, "table": table.read}


def read_records(placement: Placement, whole: Grid, form: Form, lines: LineLabels | None = None) -> Records:
    """The records of a placement, in reading order; ``whole`` is its sheet, ``lines`` are the labels of a matrix."""
    found = matrix.read(placement, form, lines) if lines is not None else LAYOUTS[form.layout](placement, form)
    headings.tell(placement, form, found.records)
    of_sheet.tell(placement, whole, form, found.records)
    return found

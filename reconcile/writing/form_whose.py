"""Whose a record is: where the sheet of a form says which department has answered it."""

from __future__ import annotations

from enum import Enum

from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack, departments_in


class Whose(Enum):
    """How a reader learns who has answered a record."""

    HEADING = "heading"  # the headings of the sections name the departments
    REMARK = "remark"  # one department answers the whole form: it stands below the title
    BESIDE = "beside"  # the register tells by the record's key; the department stands beside the print
    PRINTED = "printed"  # nothing in the record tells: the department is a column of the print


def told_by(pack: Pack, form: Form) -> Whose:
    """Where the sheet of a form says it, after the pack."""
    if form.sections and form.sections.departments:
        return Whose.HEADING
    if len(pack.departments_owing(form)) <= 1:
        return Whose.REMARK
    table, link = pack.register_of(form), form.register_link
    if table is None or link is None:
        return Whose.PRINTED
    owners: dict[str, set[str]] = {}
    for row in table.rows:
        owners.setdefault(fold_key(row[link.key]), set()).update(departments_in(row[link.department]))
    return Whose.PRINTED if all(len(own) > 1 for own in owners.values()) else Whose.BESIDE

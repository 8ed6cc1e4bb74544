"""Whose a record is: where the sheet of a form says which department has answered it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from reconcile.facts import Positions, Strings
from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack, departments_in
from reconcile.writing.form_columns import Layout, Printed
from reconcile.writing.widths import widest

if TYPE_CHECKING:
    from reconcile.writing.form_records import Records
    from reconcile.writing.report import Report

_NARROWEST, _WIDEST = 12.0, 22.0


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


def with_departments(report: Report, layout: Layout, records: Records) -> Layout:
    """The layout with a column of departments in front, which stands once for the records below."""
    names = set(departments(report, records, records.kept).tolist())
    head = report.voice.word("department")
    width = min(max(widest({*names, head}) + 2.0, _NARROWEST), _WIDEST)
    return Layout((Printed("", (head,), (), width, "text", filled=True), *layout.columns), layout.extra, layout.rows)


def departments(report: Report, records: Records, rows: Positions) -> Strings:
    """Who has answered these records; of a record that several answer alike, all of them."""
    told = records.facts.coded("department")
    found = told.take(records.first[rows]).texts
    for at, row in enumerate(rows.tolist() if records.twins else ()):
        if row in records.twins:
            own = told.take(records.first[[row, *records.twins[row]]]).texts.tolist()
            found[at] = report.voice.comma.join(dict.fromkeys(own))
    return found

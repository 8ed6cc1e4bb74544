"""The column of who has answered a record, where it stands in the print."""

from __future__ import annotations

from reconcile.facts import Positions, Strings
from reconcile.writing.form_columns import Layout, Printed
from reconcile.writing.form_records import Records
from reconcile.writing.report import Report
from reconcile.writing.widths import widest

_NARROWEST, _WIDEST = 12.0, 22.0


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

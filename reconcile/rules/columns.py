"""Which returns lack a column that a check needs: there it is not judged, whatever the other columns say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from reconcile.findings import CellRef, Unjudged
from reconcile.packs.checks import Check
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation

# A header that is not there, or stands twice.
HEADERS = ("LAY002", "LAY003")

Lost = Mapping[tuple[str, str], set[tuple[str, str, str]]]


def lost_columns(data: Confrontation) -> Lost:
    """By file and form: field, version and period of each column that was not found; "" stands for every one."""
    lost: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for submission in data.submissions:
        for finding in submission.findings:
            # A card that lacks a label is one record of many.
            if finding.code in HEADERS and finding.form and finding.field and not finding.record:
                column = (finding.field, finding.version, finding.period)
                lost.setdefault((submission.file, finding.form), set()).add(column)
    return lost


def where_judged(check: Check, form: Form, data: Confrontation, lost: Lost) -> tuple[Confrontation, list[Unjudged]]:
    """The data without the returns of the form that lack a column of the check, and one unjudged for each of these."""
    slots = {slot for slot in check.slots() if slot in set(form.slots())}
    files = sorted(
        file for (file, name), columns in lost.items() if name == form.form and any(_of(s, columns) for s in slots)
    )
    table = data.table(form.form)
    if table is None or not files:
        return data, []
    kept = ~np.isin(table.file, files)
    basis = data.basis.get(form.form)
    cut = replace(
        data,
        basis=data.basis if basis is None else {**data.basis, form.form: basis[kept]},
        tables={**data.tables, form.form: table.take(kept)},
    )
    departments = {submission.file: submission.department for submission in data.submissions}
    unjudged = [
        Unjudged(check.code, CellRef(file), "header_not_found", form=form.form, department=departments[file])
        for file in files
    ]
    return cut, unjudged


def _of(slot: str, columns: Iterable[tuple[str, str, str]]) -> bool:
    """Whether a slot is filled from one of the columns."""
    name, version, period = [*slot.split("."), "", ""][:3]
    return any(
        name == field and of_version in ("", version) and of_period in ("", period)
        for field, of_version, of_period in columns
    )

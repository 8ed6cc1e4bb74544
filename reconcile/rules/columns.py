"""Which returns lack a column that a check needs: there it is not judged, whatever the other columns say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

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


def with_keys(data: Confrontation, lost: Lost) -> Confrontation:
    """The data without the returns of a form whose records nobody can tell apart: a column of the key is lost."""
    for form in data.pack.forms.values():
        files = _files(form, form.key, lost)
        if files:
            data = _without(data, form, files)
    return data


def where_judged(check: Check, form: Form, data: Confrontation, lost: Lost) -> tuple[Confrontation, list[Unjudged]]:
    """The data without the returns of the form that lack a column of the check, and one unjudged for each of these."""
    files = _files(form, [*check.slots(), *form.key], lost)
    if not files or data.table(form.form) is None:
        return data, []
    departments = {submission.file: submission.department for submission in data.submissions}
    unjudged = [
        Unjudged(check.code, CellRef(file), "header_not_found", form=form.form, department=departments[file])
        for file in files
    ]
    return _without(data, form, files), unjudged


def _files(form: Form, slots: Iterable[str], lost: Lost) -> list[str]:
    """The files in which a column of the form is lost that fills one of the slots."""
    known = set(form.slots()).intersection(slots)
    return sorted(
        file for (file, name), columns in lost.items() if name == form.form and any(_of(s, columns) for s in known)
    )


def _without(data: Confrontation, form: Form, files: Sequence[str]) -> Confrontation:
    table = data.table(form.form)
    if table is None:
        return data
    kept = ~table.coded("file").among(files)
    basis = data.basis.get(form.form)
    return replace(
        data,
        basis=data.basis if basis is None else {**data.basis, form.form: basis[kept]},
        tables={**data.tables, form.form: table.take(kept)},
    )


def _of(slot: str, columns: Iterable[tuple[str, str, str]]) -> bool:
    """Whether a slot is filled from one of the columns."""
    name, version, period = [*slot.split("."), "", ""][:3]
    return any(
        name == field and of_version in ("", version) and of_period in ("", period)
        for field, of_version, of_period in columns
    )

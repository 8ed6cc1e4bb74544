"""Several workbooks of one department for one form: the same content is read once, different content is not merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reconcile.fact_columns import FactColumns
from reconcile.findings import CellRef, Finding, Involved
from reconcile.submissions import FoundForm, Submission

Content = dict[tuple[str, str, str, str], tuple[str, int]]  # record, level, slot, component → raw, line of the columns


def settle_repeats(submissions: Sequence[Submission]) -> list[Submission]:
    """FIL005 and FIL006 over all submissions, given in the order of their names.

    A form that repeats an earlier workbook's word for word is dropped from the later one (FIL005); where the
    content differs, both stay and carry FIL006, which keeps both from being merged.
    """
    settled: list[Submission] = []
    first: dict[tuple[str, str], int] = {}
    for submission in submissions:
        repeated: list[FoundForm] = []
        original = ""
        for form in {f.form: f for f in submission.forms}.values():
            key = (submission.department, form.form)
            if not submission.answers:
                continue
            if key not in first:
                first[key] = len(settled)
                continue
            number = first[key]
            earlier = settled[number]
            differences = _differences(earlier, submission, form.form)
            if not differences:
                repeated.append(form)
                original = earlier.file
                continue
            submission = _conflicting(submission, earlier, form, differences)  # noqa: PLW2901
            settled[number] = _conflicting(earlier, submission, form, [(b, a) for a, b in differences])
        settled.append(_without(submission, repeated, original) if repeated else submission)
    return settled


def _content(columns: FactColumns, form: str) -> Content:
    whole = columns.whole
    own = np.flatnonzero(whole.texts["form"].says(form))
    parts = [whole.texts[name].take(own).texts.tolist() for name in ("record", "level", "slot", "component")]
    return dict(zip(zip(*parts, strict=True), zip(whole.raw[own].tolist(), own.tolist(), strict=True), strict=True))


def _differences(one: Submission, other: Submission, form: str) -> list[tuple[CellRef | None, CellRef | None]]:
    """The cells that differ, as pairs; a record only one of them has gives a pair with None."""
    left, right = _content(one.columns, form), _content(other.columns, form)
    return [
        (_ref(one, left.get(key)), _ref(other, right.get(key)))
        for key in sorted(left.keys() | right.keys())
        if left.get(key, ("",))[0] != right.get(key, ("",))[0]
    ]


def _ref(submission: Submission, value: tuple[str, int] | None) -> CellRef | None:
    if value is None:
        return None
    whole, n = submission.columns.whole, value[1]
    sheet, row, column = whole.texts["sheet"], whole.numbers["row"], whole.numbers["column"]
    return CellRef(submission.file, sheet.values[sheet.codes[n]], int(row[n]), int(column[n]))


def _conflicting(
    submission: Submission,
    other: Submission,
    form: FoundForm,
    differences: Sequence[tuple[CellRef | None, CellRef | None]],
) -> Submission:
    own = next(f for f in submission.forms if f.form == form.form)
    cells = [cell for pair in differences for cell in reversed(pair) if cell is not None]
    finding = Finding(
        "FIL006",
        CellRef(submission.file, own.sheet),
        department=submission.department,
        form=form.form,
        data={"other": other.file, "count": len(differences), "places": tuple(cells[:3])},
        cells=tuple(Involved(cell, "value") for cell in cells[:20]),
    )
    return replace(submission, findings=(*submission.findings, finding))


def _without(submission: Submission, repeated: Sequence[FoundForm], original: str) -> Submission:
    """The submission less the forms that repeat an earlier one, and less the findings about them."""
    forms = {form.form for form in repeated}
    whole = submission.columns.whole
    kept = FactColumns([whole.take(~whole.texts["form"].among(forms))])
    finding = Finding(
        "FIL005",
        CellRef(submission.file),
        department=submission.department,
        data={"other": original, "forms": tuple(sorted(forms))},
    )
    return replace(
        submission,
        columns=kept,
        forms=tuple(form for form in submission.forms if form.form not in forms),
        findings=(*(f for f in submission.findings if f.form not in forms), finding),
    )

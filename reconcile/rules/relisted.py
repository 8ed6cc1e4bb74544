"""Rows that are listed before (再掲): told by the mark in the row's own text, left out of totals."""

from __future__ import annotations

import re

import numpy as np

from reconcile.facts import FormTable, Mask
from reconcile.normalise import fold_name
from reconcile.packs.model import Form


def relisted_lines(form: Form, table: FormTable) -> Mask:
    """Which rows of the table say that they are listed before; none where the form knows no mark."""
    found = np.zeros(len(table), dtype=bool)
    if form.relisted is not None:
        mark = re.compile(form.relisted.mark)
        for line, text in enumerate(table.text(form.relisted.field)):
            found[line] = bool(text) and mark.search(fold_name(str(text))) is not None
    return found & table.is_level("record")


def without_mark(form: Form, field: str, text: str) -> str:
    """A text of a field without the mark that says that its row is listed before (folded where it bore one)."""
    if form.relisted is None or form.relisted.field != field:
        return text
    folded = fold_name(text)
    bare = re.sub(form.relisted.mark, "", folded)
    return text if bare == folded or not bare else bare

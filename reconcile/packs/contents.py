"""What the rows of a pack's lists and registers must say for the checks that read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from reconcile.packs.checks.base import Holds
from reconcile.packs.form import Form
from reconcile.packs.model import Table
from reconcile.packs.problems import Problem, Wrong, compiled, named

Said = tuple[str, dict[str, object]]  # a sentence of the catalogue, and what fills it


def problems_of_rows(form: Form, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Columns that a check reads by a name of its own and that are not there, and cells that it cannot read."""
    slots = form.slots()
    wanted = dict.fromkeys(need for check in form.checks for need in check.holds())
    for need in wanted:
        table = tables.get(need.file)
        if table is None:
            continue
        if need.column not in table.columns:
            if need.fixed:  # of the others the form's own file says so
                yield Problem(table.path, 1, "", *named("no_such_column", need.column, table.columns, file=need.file))
            continue
        for number, row in enumerate(table.rows, start=2):
            wrong = _wrong(need, row[need.column].strip(), slots)
            if wrong:
                yield Problem(table.path, number, need.column, *wrong)


def _wrong(need: Holds, text: str, slots: Sequence[str]) -> Said | None:
    """What is wrong with a cell; a blank one says nothing of what may be left open."""
    if need.what == "figure":
        return None if _is_figure(text) or not (text or need.fixed) else ("figure_expected", {"found": text})
    if need.what == "slot" and text not in slots:
        return named("one_of", text, slots)
    if need.what == "word" and text and text not in need.words:
        return named("one_of", text, need.words)
    if need.what == "pattern":
        try:
            compiled(text)
        except Wrong as wrong:
            return wrong.key, dict(wrong.data)
    return None


def _is_figure(text: str) -> bool:
    try:
        return Decimal(text.replace(",", "")).is_finite()
    except InvalidOperation:
        return False

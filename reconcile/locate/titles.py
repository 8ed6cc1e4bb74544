"""Which of several forms with the same labels a header is: what stands above it, or the sheet's name, says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reconcile.locate.grid import Grid
from reconcile.normalise import fold_label
from reconcile.packs.model import Form

LONGEST_TITLE = 80
NOTES = ("※", "*", "＊", "注")  # what a note begins with, which may name any form: 「※様式1～3を記入し、…」

Names = Mapping[str, frozenset[str]]


def names_of(forms: Iterable[Form]) -> dict[str, frozenset[str]]:
    """Form → the folded texts it is called by."""
    return {
        form.form: frozenset(
            fold_label(text)
            for text in (form.name.ja, form.name.en, form.title.ja, form.title.en, *form.titles)
            if text.strip()
        )
        for form in forms
    }


def named_above(grid: Grid, top: int, above: int, forms: Collection[str], names: Names) -> str:
    """The one of several forms that a header which begins in row ``top`` is titled as; empty: no title says so.

    The nearest row that names one of them decides, up to the row ``above`` where the header of another table ends.
    """
    for row in range(top - 1, above, -1):
        texts = [
            grid.sheet.text[entry]
            for entry in grid.entries_of_rows(row, row)
            if grid.sheet.kind[entry] == "s" and len(grid.sheet.text[entry]) <= LONGEST_TITLE
        ]
        said = {_called(text, forms, names) for text in texts} - {""}
        if said:
            return said.pop() if len(said) == 1 else ""
    return ""


def named_by_sheet(grid: Grid, forms: Collection[str], names: Names) -> str:
    """The one of several forms that the sheet is named after; empty where its name leaves it open."""
    return _called(grid.name, forms, names)


def _called(text: str, forms: Collection[str], names: Names) -> str:
    """The form that a text begins with the name of, the longest name first; empty where none or several do."""
    if text.lstrip().startswith(NOTES):
        return ""
    folded = fold_label(text)
    found = {form: max((len(n) for n in names[form] if folded.startswith(n)), default=0) for form in forms}
    longest = max(found.values(), default=0)
    best = [form for form, length in found.items() if length == longest]
    return best[0] if longest and len(best) == 1 else ""

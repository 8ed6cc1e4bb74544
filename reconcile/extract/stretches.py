"""Long stretches of rows alike whose rows are records, each of them, whatever stands around them.

Then no row of them need be looked at for itself: they are read column by column as they are, beside the other rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reconcile.extract.unworded import may_be_unworded
from reconcile.locate import Matched, Placement
from reconcile.package import Stretch, is_external
from reconcile.packs.model import Form


def are_records(placement: Placement, form: Form, says_total: Callable[[Iterable[str]], bool]) -> bool:
    """Whether all rows of the stretches of a placement are plain records of the table and nothing else.

    ``says_total`` tells whether one of some texts is the word of a total.
    """
    grid = placement.grid
    sheet, stretches = grid.sheet, grid.sheet.stretches
    matches = placement.matches()
    return (
        not placement.sure
        and placement.first <= stretches[0].numbers[0]
        and _is_simple(form, matches)
        and sheet.visibility == "visible"
        and not (sheet.hidden_rows or sheet.hidden_columns or grid.may_be_struck)
        and all(merge.bottom < placement.first for merge in sheet.merged)
        and not says_total(grid.stretch_words)
        and all(_all_records(stretch, form, matches) for stretch in stretches)
    )


def _is_simple(form: Form, matches: list[Matched]) -> bool:
    """Whether a record of a form is a row with different texts in its first two columns, whatever else it has."""
    return (
        form.inside is None
        and not form.counts_with
        and form.examples is None
        and len(matches) > 1
        and all(spec.heading is None and spec.sheet is None and spec.fill is None for spec in form.fields.values())
    )


def _all_records(stretch: Stretch, form: Form, matches: list[Matched]) -> bool:
    at = {column: place for place, column in enumerate(stretch.columns)}
    by_field = {match.wanted.field: match.column for match in reversed(matches)}
    key = by_field.get(form.key[-1])
    return (
        at.keys() <= {match.column for match in matches}
        and all(match.column in at and all(map(str.strip, stretch.distinct(at[match.column]))) for match in matches[:2])
        and key in at
        and not may_be_unworded(form, list(stretch.texts[at[key]]))
        and not any("[" in "".join(texts) and any(map(is_external, texts)) for texts in stretch.formulas.values())
    )

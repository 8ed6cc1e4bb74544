"""Long stretches of rows alike whose rows are records, each of them, whatever stands around them.

Then no row of them need be looked at for itself: they are read column by column as they are, beside the other rows.
"""

from __future__ import annotations

from reconcile.extract.table_columns import TableColumns
from reconcile.extract.unworded import may_be_unworded
from reconcile.locate import Placement
from reconcile.normalise import DITTO_BEGINS, is_ditto
from reconcile.package import Stretch, is_external


def are_records(placement: Placement, columns: TableColumns) -> bool:
    """Whether all rows of the stretches of a placement are plain records of the table and nothing else."""
    grid = placement.grid
    sheet, stretches = grid.sheet, grid.sheet.stretches
    return (
        not placement.sure
        and placement.first <= stretches[0].numbers[0]
        and columns.simple
        and sheet.visibility == "visible"
        and not (sheet.hidden_rows or sheet.hidden_columns or grid.may_be_struck)
        and all(merge.bottom < placement.first for merge in sheet.merged)
        and not columns.totals.any_of(grid.stretch_words)
        and all(_all_records(stretch, columns) for stretch in stretches)
    )


def _all_records(stretch: Stretch, columns: TableColumns) -> bool:
    at = {column: place for place, column in enumerate(stretch.columns)}
    key = columns.columns[columns.key] if columns.key >= 0 else None
    return (
        at.keys() <= columns.standing
        and all(column in at and all(map(str.strip, stretch.distinct(at[column]))) for column in columns.first)
        and key in at
        and not any(
            text[:1] in DITTO_BEGINS and is_ditto(text)
            for number in columns.prose
            if columns.columns[number] in at
            for text in stretch.distinct(at[columns.columns[number]])
        )
        and not may_be_unworded(columns.form, list(stretch.texts[at[key]]))
        and not any("[" in "".join(texts) and any(map(is_external, texts)) for texts in stretch.formulas.values())
    )

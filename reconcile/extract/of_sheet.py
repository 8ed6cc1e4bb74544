"""Values that a sheet states once for all that stands on it: the project whose sheet it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reconcile.extract.raw import RawCell, RawRecord
from reconcile.locate import Grid, Placement
from reconcile.locate.card import value_of_label
from reconcile.normalise import fold_label, fold_label_core, fold_name, shown
from reconcile.packs.model import Form

Place = tuple[int, int]  # row, column


def tell(placement: Placement, whole: Grid, form: Form, records: list[RawRecord]) -> None:
    """Gives each record what its sheet tells. ``whole`` is the sheet of which the placement may be a part."""
    wanted = [name for name, spec in form.fields.items() if spec.sheet is not None and placement.column(name) is None]
    give(whole, form, wanted, (placement.band.top, placement.band.left), records)


def give(whole: Grid, form: Form, fields: Iterable[str], place: Place, records: Iterable[RawRecord]) -> None:
    """Gives records those of the fields that a sheet tells; ``place`` is where they begin."""
    told = {
        name: _named(whole, name, sheet.name, place)
        if sheet.name is not None
        else _beside_label(whole, name, sheet.label, place)
        for name in fields
        if (sheet := form.fields[name].sheet) is not None
    }
    for record in records if told else ():
        for name, (cell, value) in told.items():
            record.cells.append(cell)
            record.told[name] = value


def _named(whole: Grid, field: str, pattern: str, place: Place) -> tuple[RawCell, str]:
    """What the name of the sheet says, as it is written there or folded."""
    nowhere = RawCell((field, "", ""), *place, -1)
    found = re.search(pattern, whole.name) or re.search(pattern, fold_name(whole.name))
    return nowhere, found[1] if found and found[1] else ""


def _beside_label(whole: Grid, field: str, labels: list[str], begins: Place) -> tuple[RawCell, str]:
    """What stands beside the first of the labels on the sheet; the cell of the label where nothing does."""
    wanted = {fold_label(label) for label in labels}
    for entry, (kind, text) in enumerate(zip(whole.sheet.kind, whole.sheet.text, strict=True)):
        if kind == "s" and wanted & {fold_label(text).rstrip(":"), fold_label_core(text).rstrip(":")}:
            place = whole.sheet.row[entry], whole.sheet.column[entry]
            value = value_of_label(whole, place, {place})
            at = place if value < 0 else (whole.sheet.row[value], whole.sheet.column[value])
            return RawCell((field, "", ""), *at, -1), shown(*whole.cell(value)).strip() if value >= 0 else ""
    return RawCell((field, "", ""), *begins, -1), ""

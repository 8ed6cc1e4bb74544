"""The unit of money that a sheet states for its amounts, where that is not the form's (FLD005)."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.extract.captions import ROWS, caption_rows
from reconcile.extract.raw import Records
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import NOTES, Placement
from reconcile.locate.header_words import is_unit
from reconcile.normalise import stated_money
from reconcile.packs.model import Form

ABOVE, BELOW = 6, 8  # rows between a table and what is said of it


def stated_unit(placement: Placement, form: Form, records: Records, file: str) -> list[Finding]:
    """One finding, at the first of the texts above, below or in the header that state another unit.

    Where a text states the form's own unit as well nobody can know, and nothing is said. No amount is converted: the
    amounts may be the form's and the text be wrong.
    """
    money = [m for m in placement.matches() if form.fields[m.wanted.field].type == "money"]
    if not form.unit or not money or not stated_money(f"単位：{form.unit}"):
        return []
    places: list[CellRef] = []
    for place, unit in _stated(placement, records, {m.entry for m in money}):
        if unit == form.unit:
            return []
        places.append(CellRef(file, placement.grid.name, *place))
    if not places:
        return []
    grid = placement.grid
    entry = grid.sheet.entry_at(places[0].row, places[0].column)
    return [
        Finding(
            "FLD005",
            places[0],
            form=form.form,
            found=grid.text(entry).strip(),
            expected=form.unit,
            variant="stated",
            data={"form_unit": form.unit},
            cells=tuple(Involved(place, "label") for place in places),
        )
    ]


def _stated(placement: Placement, records: Records, heads: set[int]) -> Iterator[tuple[tuple[int, int], str]]:
    """Place and unit of each text that states one."""
    sheet, band = placement.grid.sheet, placement.band
    ends = [band.bottom, *(r.bottom for r in records.records), *(s.numbers[-1] for s in records.stretches)]
    bottom = max(ends)
    # A row of units may stand below the header: what is said in brackets there, and not a record. Of the texts below
    # the table its notes alone belong to it, and not to the next one.
    windows = ((band.top - ABOVE, band.bottom + ROWS), (bottom + 1, min(bottom + BELOW, placement.last)))
    for number, (first, last) in enumerate(windows):
        for entry in placement.grid.entries_of_rows(max(first, 1), last):
            text = sheet.text[entry]
            if sheet.kind[entry] != "s" or "円" not in text or (number and not text.lstrip().startswith(NOTES)):
                continue
            if not number and sheet.row[entry] > band.bottom and sheet.row[entry] not in caption_rows(placement):
                continue
            in_header = not number and band.top <= sheet.row[entry] <= band.bottom
            speaks = entry in heads or not in_header or is_unit(text)
            unit = stated_money(text, at_end=entry in heads) if speaks else ""
            if unit:
                yield (sheet.row[entry], sheet.column[entry]), unit

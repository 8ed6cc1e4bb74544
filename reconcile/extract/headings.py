"""Values that the headings above a record tell: 推進施策１ and めざす姿２ make the section 1-2."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from reconcile.extract.raw import RawCell, RawRecord
from reconcile.locate import Grid, Placement
from reconcile.normalise import fold_name
from reconcile.packs.model import Form, Heading

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """What the headings say from an entry on: the joined numbers, empty where a required level is not known."""

    entry: int
    value: str


def standing(grid: Grid, heading: Heading) -> list[Standing]:
    """What the headings of a sheet say, in reading order."""
    known = [""] * len(heading.levels)
    patterns = [re.compile(level.pattern) for level in heading.levels]
    found: list[Standing] = []
    for entry, (kind, text) in enumerate(zip(grid.sheet.kind, grid.sheet.text, strict=True)):
        if kind != "s" or len(text) > LONGEST:
            continue
        folded = fold_name(text)
        for number, pattern in enumerate(patterns):
            if match := pattern.match(folded):
                known[number:] = [match[1] or "", *[""] * (len(known) - number - 1)]
                found.append(Standing(entry, _joined(heading, known)))
    return found


def _joined(heading: Heading, known: list[str]) -> str:
    if any(level.required and not number for level, number in zip(heading.levels, known, strict=True)):
        return ""
    return "-".join(number for number in known if number)


def tell(placement: Placement, form: Form, records: list[RawRecord]) -> None:
    """Gives each record the values that its headings tell, where its table has no column for them."""
    grid = placement.grid
    for name, field in form.fields.items():
        if field.heading is None or placement.column(name) is not None:
            continue
        said = standing(grid, field.heading)
        entries = [heading.entry for heading in said]
        for record in records:
            before = bisect_right(entries, grid.entries_of_rows(record.top, record.top).start - 1)
            if before:
                entry, value = said[before - 1].entry, said[before - 1].value
                cell = RawCell((name, "", ""), grid.sheet.row[entry], grid.sheet.column[entry], entry)
                record.cells.append(cell)
                record.told[name] = value

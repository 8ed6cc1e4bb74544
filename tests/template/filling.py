"""Fills templates in as a department would, with the figures of a pack's samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import pipeline
from reconcile.consolidate import Consolidated
from reconcile.facts import NUMBER
from reconcile.normalise import fold_key, fold_unit
from reconcile.packs import Pack
from reconcile.packs.model import Column, Form
from reconcile.packs.model import slot as slot_of
from reconcile.template.columns import columns_of

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
Slots = dict[str, list[int]]  # slot → positions of its values in the facts


@dataclass(frozen=True)
class Rows:
    """The records of one form in a run, as they stand there: level and key → slots."""

    records: dict[tuple[str, str], Slots] = field(default_factory=dict)


def rows_of(run: Consolidated, department: str) -> dict[str, Rows]:
    """What one department says, form by form."""
    facts = run.facts
    found: dict[str, Rows] = {}
    for n in range(len(facts)):
        if facts.department[n] == department:
            rows = found.setdefault(str(facts.form[n]), Rows()).records
            key = (str(facts.level[n]), str(facts.record[n]))
            rows.setdefault(key, {}).setdefault(str(facts.slot[n]), []).append(n)
    return found


class Filler:
    """One template being filled in from what a run read of the samples.

    With ``numbers`` a figure is typed as a number where its unit stands elsewhere, and a total is left to its formula
    where all of its parts are such; without it everything is typed as it stood, over the formulas as well.
    """

    def __init__(self, pack: Pack, path: Path, department: str, samples: Consolidated, *, numbers: bool) -> None:
        self.pack, self.path, self.numbers = pack, path, numbers
        self.book = openpyxl.load_workbook(path)
        self.samples = samples
        self.wanted = rows_of(samples, department)
        self.blank = pipeline.check(pack, [path])
        self.places = rows_of(self.blank, department)
        self.disputed = {
            part.ref
            for finding in samples.findings
            if finding.code.startswith(("BAL", "CUM", "RLS"))
            for part in finding.cells
        }
        self.over: list[tuple[Cell, int]] = []  # totals with the figures that were stated

    def fill(self) -> None:
        self.cover()
        for name, rows in self.wanted.items():
            form, known = self.pack.forms[name], self.places.get(name, Rows()).records
            free = self.free_rows(form)
            for (level, key), slots in rows.records.items():
                if (level, key) in known:
                    self.registered(known[level, key], slots)
                elif level == "subtotal":
                    self.row(self.subtotal(form, key.partition("/")[0]), slots)
                elif level == "record":
                    self.row(self.named(form, key) or next(free[self.heading(form, key)]), slots)
        for cell, position in self.over:
            if not self.numbers:
                self.type_in(cell, position, result=True)
            elif not self.computed(cell) or self.samples.facts.ref(position) in self.disputed:
                self.type_in(cell, position)
        self.book.save(self.path)

    def cover(self) -> None:
        sheet, fields = self.book[self.pack.printed(self.pack.cover.name)], self.pack.cover.fields.values()
        days = {spec.label for spec in fields if spec.type == "date"}
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 3).value is None and not sheet.cell(row, 3).protection.locked:
                sheet.cell(row, 3).value = "2023-01-10" if sheet.cell(row, 2).value in days else "（担当）"

    def registered(self, places: Slots, slots: Slots) -> None:
        """A record that stands in the template: each value where the template has its cell."""
        for slot, positions in slots.items():
            if slot in places:
                ref = self.blank.facts.ref(places[slot][0])
                self.enter(self.book[ref.sheet].cell(ref.row, ref.column), positions[0])

    def row(self, cells: dict[str, Cell], slots: Slots) -> None:
        """A record that only the department knows, in a free row."""
        for slot, positions in slots.items():
            if slot in cells and (cells[slot].value is None or cells[slot].data_type == "f"):
                self.enter(cells[slot], positions[0])

    def enter(self, cell: Cell, position: int) -> None:
        if isinstance(cell, MergedCell):
            raise AssertionError(f"{cell.coordinate} is not where it is written")
        if self.samples.facts.state[position] == 0 and not str(self.samples.facts.raw[position]).strip():
            return
        if cell.data_type == "f":
            self.over.append((cell, position))
        elif cell.value is None:
            self.type_in(cell, position)

    def type_in(self, cell: Cell, position: int, *, result: bool = False) -> None:
        """Types a value; ``result`` stands for what Excel computes, for openpyxl stores no results."""
        assert result or not cell.protection.locked, (cell.parent.title, cell.coordinate)
        facts = self.samples.facts
        raw = str(facts.raw[position])
        if not raw.strip():
            return
        if self.numbers and self.is_plain(cell, position):
            value = int(facts.number[position]) / 10**facts.decimals
            cell.value = int(value) if value == int(value) else value
        else:
            cell.value = raw
            cell.data_type = "s"

    def is_plain(self, cell: Cell, position: int) -> bool:
        """Whether a figure is a number in the unit that the template states."""
        facts = self.samples.facts
        form = self.pack.forms[str(facts.form[position])]
        if facts.state[position] != NUMBER or facts.component[position] or "%" in str(facts.unit[position]):
            return False
        own = fold_unit(str(facts.unit[position]))
        shown = re.search('"[ ]?([^"]+)"', cell.number_format)
        if own in ("", fold_unit(form.unit or ""), fold_unit(shown[1]) if shown else ""):
            return True
        unit = columns_of(form).of_field("unit")
        if not unit:
            return False
        row = cell.row
        while row and not cell.parent.cell(row, unit).value:
            row -= 1
        return fold_unit(str(cell.parent.cell(row, unit).value or "")) == own

    def computed(self, cell: Cell) -> bool:
        """Whether everything a formula refers to is a number, or empty, and no record is of several kinds."""
        flags = dict.fromkeys(re.findall(r"\((\w+:\w+)=", str(cell.value)))
        for line in zip(*(cell.parent[area] for area in flags), strict=True):
            if sum(part.value == "○" for (part,) in line) > 1:
                return False
        for match in REFERENCE.finditer(str(cell.value)):
            left, top, right, bottom = range_boundaries(match[0].replace("$", ""))
            for line in cell.parent.iter_rows(top, bottom, left, right):
                for part in line:
                    if part.data_type == "s" and part.value not in ("○", "―"):
                        return False
                    if part.data_type == "f" and not self.computed(part):
                        return False
        return True

    # Rows that only the department fills in.

    def heading(self, form: Form, key: str) -> str:
        """What a free row stands under: the card of a table inside it, the group that a register knows, or nothing."""
        parts = key.split("/")
        if form.inside:
            return parts[0]
        link = form.register_link
        return parts[form.key.index(link.field)] if link and link.field and not link.selection else ""

    def named(self, form: Form, key: str) -> dict[str, Cell] | None:
        """A row without a number, whose name stands for it; or one that is printed and does not count while blank."""
        own = form.key[-1]
        other = form.fields[own].instead or (own if form.counts_with and len(form.key) == 1 else None)
        if other is None:
            return None
        at = {slot: n for n, column in enumerate(columns_of(form).columns, start=1) for slot in column.slots}
        for sheet in self.sheets_of(form):
            for row in range(1, sheet.max_row + 1):
                if fold_key(str(sheet.cell(row, at[other]).value)) == key:
                    return {slot: sheet.cell(row, column) for slot, column in at.items()}
        return None

    def subtotal(self, form: Form, group: str) -> dict[str, Cell]:
        """The row below the free ones of a group."""
        *_, last = self.free_rows(form)[group]
        cell = next(iter(last.values()))
        at = {slot: other.column for slot, other in last.items()}
        return {slot: cell.parent.cell(cell.row + 1, column) for slot, column in at.items()}

    def free_rows(self, form: Form) -> dict[str, Iterator[dict[str, Cell]]]:
        if form.inside:
            return {key: self.lines_of_card(form, key) for key in self.cards(form)}
        columns = columns_of(form)
        if form.layout != "table":
            return {}
        at = {slot: n for n, column in enumerate(columns.columns, start=1) for slot in column.slots}
        stated = form.told_by_sheet()
        examples = form.examples.first or 0 if form.examples else 0
        first = 3 + len(stated) + (form.tags is not None) + columns.head_rows + examples
        under: dict[str, list[dict[str, Cell]]] = {}
        link = form.register_link
        for sheet in self.sheets_of(form):
            heading = fold_key(str(sheet.cell(3, 2).value)) if stated else ""
            for row in range(first, sheet.max_row + 1):
                if link and link.field in at and not link.selection:
                    own = sheet.cell(row, at[link.field])
                    heading = fold_key(str(own.value)) if own.value and own.protection.locked else heading
                cells = {slot: sheet.cell(row, column) for slot, column in at.items()}
                own = (cell for slot, cell in cells.items() if slot not in self.told(form))
                if not any(cell.value for cell in own if cell.data_type != "f"):
                    under.setdefault(heading, []).append(cells)
        return {key: iter(rows) for key, rows in under.items()}

    def sheets_of(self, form: Form) -> list[Worksheet]:
        """A form has a sheet, or one for each project and the like."""
        return [
            sheet
            for sheet in self.book
            if re.fullmatch(re.escape(self.pack.printed(form.name)) + r"( \d+)?", sheet.title)
        ]

    def told(self, form: Form) -> set[str]:
        link = form.register_link
        return {link.field or "", *link.names.values()} if link and not link.selection else set()

    def cards(self, form: Form) -> list[str]:
        assert form.inside
        return [key for _, key in self.places[form.inside.form].records]

    def lines_of_card(self, form: Form, key: str) -> Iterator[dict[str, Cell]]:
        assert form.inside
        host = self.places[form.inside.form].records["record", key]
        top = self.blank.facts.ref(next(iter(host.values()))[0])
        sheet: Worksheet = self.book[top.sheet]
        outside = (form.inside.key, form.inside.line)
        labels = {column.text: slot for slot, column in _slots(form) if slot not in outside}
        row = top.row
        while sheet.cell(row, 1).value not in labels:
            row += 1
        at = {labels[c.value]: c.column for c in sheet[row] if c.value in labels}
        while sheet.cell(row + 1, 1).value is None:
            row += 1
            yield {slot: sheet.cell(row, column) for slot, column in at.items()}


def _slots(form: Form) -> Iterator[tuple[str, Column]]:
    for name, spec in form.fields.items():
        for column in spec.all_columns():
            yield slot_of(name, column.version, column.period), column

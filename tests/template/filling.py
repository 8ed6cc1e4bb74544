"""Fills templates of plan2022 in as a department would, with the figures of the document."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from making.model import Form, Record, Return, Value
from openpyxl.worksheet.worksheet import Worksheet

from reconcile.packs import load
from reconcile.template.columns import Columns, columns_of

PACK = load("plan2022")
FIELDS = {"activity": "amount", "outcome": "value", "budget": "amount"}
FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(\D*)")


class Filler:
    """One workbook being filled in. With ``plain`` figures are typed as numbers where the unit stands beside."""

    def __init__(self, path: Path, plain: bool) -> None:
        self.path, self.plain = path, plain
        self.book = openpyxl.load_workbook(path)

    def fill(self, answer: Return) -> None:
        cover = self.book["表紙"]
        for row in range(1, 20):
            label = cover.cell(row, 2).value
            if label in answer.cover and cover.cell(row, 3).value is None:
                self.type_in(cover, row, 3, answer.cover[label])
        for name, given in answer.forms.items():
            form = PACK.forms[name]
            sheet, columns = self.book[form.name.ja], columns_of(form)
            if name == "budget":
                self.items(sheet, columns, given)
                continue
            rows = {re.sub(r"\s", "", str(sheet.cell(r, 1).value)): r for r in range(3, sheet.max_row + 1)}
            for record in given.records:
                self.record(sheet, columns, record, rows[record.key], FIELDS[name])
        self.book.save(self.path)

    def record(self, sheet: Worksheet, columns: Columns, record: Record, top: int, amounts: str) -> None:
        unit = str(sheet.cell(top, columns.of_field("unit") or 1).value or "")
        for slot, value in record.fields.items():
            place = columns.of_slot(f"{amounts}.{slot}") or columns.of_slot(slot)
            if place is None or value is None:
                continue
            row, column = top + place[1] - 1, place[0]
            cell = sheet.cell(row, column)
            figure = self.number(value, unit)
            if cell.data_type == "f" and (figure is not None or value == "―"):
                parts = [v for s, v in record.fields.items() if s.split(".")[0] == slot.split(".")[0] and v]
                if all(self.number(part, unit) is not None for part in parts):
                    continue  # the formula says it
            if cell.value is None or cell.data_type == "f":
                self.type_in(sheet, row, column, value if figure is None else figure)

    def number(self, value: Value, unit: str) -> float | None:
        found = FIGURE.fullmatch(str(value))
        if not self.plain or not found or found[2].strip() != unit:
            return None
        return float(found[1].replace(",", ""))

    def items(self, sheet: Worksheet, columns: Columns, given: Form) -> None:
        """The budget items of each programme, in the rows that are free below its number."""
        row = 5
        for programme in given.groups:
            while str(sheet.cell(row, 1).value) != programme:
                row += 1
            for record in [r for r in given.records if r.group == programme]:
                assert sheet.cell(row, 1).value in (None, programme)
                for slot, value in record.fields.items():
                    place = columns.of_slot(f"amount.{slot}") or columns.of_slot(slot)
                    assert place
                    if sheet.cell(row, place[0]).value is None and not slot.startswith("programme"):
                        self.type_in(sheet, row, place[0], value)
                row += 1
        if not self.plain:
            self.totals(sheet, columns, given)

    def totals(self, sheet: Worksheet, columns: Columns, given: Form) -> None:
        """What the formulas would come to: openpyxl stores no results."""
        groups = list(given.groups)
        for row in range(5, sheet.max_row + 1):
            label = sheet.cell(row, 1).value
            if label in ("小計", "合計"):
                chosen = [r for r in given.records if label == "合計" or r.group == groups[0]]
                groups = groups[1:] if label == "小計" else groups
                for column, printed in columns.figures():
                    slot = printed.slots[0].partition(".")[2]
                    sheet.cell(row, column).value = sum(int(str(r.fields[slot])) for r in chosen)

    def type_in(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        cell = sheet.cell(row, column)
        assert not cell.protection.locked, (sheet.title, cell.coordinate)
        cell.value = value  # type: ignore[assignment]

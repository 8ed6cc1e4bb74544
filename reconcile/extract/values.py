"""Reads the cells of records into the columns of the fact store, and says what had to be assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reconcile.extract.of_fields import STATE, day_as_read, key_of_total, notation_of, numbered
from reconcile.extract.plain_tables import PlainTable
from reconcile.extract.raw import RawCell, RawRecord
from reconcile.facts import FactColumns
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import Grid
from reconcile.normalise import (
    PLAIN,
    Measure,
    Notation,
    fold_key,
    fold_unit,
    parse_format,
    read_date,
    read_measures,
    shown,
    split_original_target,
)
from reconcile.packs.model import Form, FormField, SlotKey, slot

ERROR = Measure(state="error")
BLANK = Measure(state="blank")


@dataclass(slots=True)
class Reader:
    """Reads the records of one form in one workbook; facts and findings gather in it, and ``tables`` that were read
    column by column."""

    form: Form
    file: str
    columns: FactColumns = field(default_factory=FactColumns)
    tables: list[PlainTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    widths: int = 0

    def read(self, grid: Grid, record: RawRecord, entry: int) -> str:
        """One record's values; returns its key."""
        cells: dict[SlotKey, list[RawCell]] = {}
        for cell in record.cells:
            cells.setdefault(cell.slot, []).append(cell)
        key, group = self._key(grid, record, cells)
        unit_cell = next((c[0] for k, c in cells.items() if self.form.fields[k[0]].type == "unit"), None)
        column_unit = self._shown(grid, unit_cell) if unit_cell else ""
        for slot_key, found in cells.items():
            spec = self.form.fields[slot_key[0]]
            place = _Place(grid, found[0], slot_key, key, entry, record.level, group)
            if spec.numeric:
                self._measures(place, spec, column_unit)
            elif slot_key[0] in record.told:
                told = record.told[slot_key[0]]
                self._append(place, Measure(state="text" if told else "blank"), told)
            elif record.level == "record":  # a total row's texts are its label
                self._text(place, spec, found)
        return key

    def _key(self, grid: Grid, record: RawRecord, cells: Mapping[SlotKey, list[RawCell]]) -> tuple[str, str]:
        """The folded key of a record and the group its subtotal is made over."""
        folded = {
            name: self._key_part(grid, record, cells, name)
            for name in {*self.form.key, *([self.form.group] if self.form.group else [])}
        }
        key = "/".join(folded[name] for name in self.form.key)
        group = folded[self.form.group] if self.form.group else ""
        if group and self.form.group not in record.told and not self.form.group_whole:
            group = group.partition("-")[0]
        return (key, group) if record.level == "record" else key_of_total(record.level, record.flag, group)

    def _key_part(self, grid: Grid, record: RawRecord, cells: Mapping[SlotKey, list[RawCell]], name: str) -> str:
        """One folded part of a key, or where it is blank the text that stands for it."""
        told = record.told.get(name)
        if told is None and (name, "", "") in cells:
            told = self._key_text(grid, cells[name, "", ""][0])
        folded = numbered(self.form.fields[name], fold_key(told or ""))
        instead = self.form.fields[name].instead
        return folded if folded or instead is None else self._key_part(grid, record, cells, instead)

    def _shown(self, grid: Grid, cell: RawCell) -> str:
        return shown(*grid.cell(cell.entry)) if cell.entry >= 0 else ""

    def _key_text(self, grid: Grid, cell: RawCell) -> str:
        """A key as it was typed: Excel takes 1-2 for a date, and keeps its day and month."""
        kind, text, number_format = grid.cell(cell.entry)
        dated = kind == "d" or (kind == "n" and parse_format(number_format).is_date)
        date = read_date(kind, text, number_format, grid.date1904) if dated else None
        if date is None:
            return self._shown(grid, cell)
        year_first = "y" in number_format.lower() and "d" not in number_format.lower()
        return f"{date.year % 100}-{date.month}" if year_first else f"{date.month}-{date.day}"

    def _measures(self, place: _Place, spec: FormField, column_unit: str) -> None:
        notation = notation_of(self.form, spec)
        kind, text, number_format = place.grid.cell(place.cell.entry)
        raw = shown(kind, text, number_format)
        measures = self._from_cell(place, kind, text, number_format, notation)
        units = _column_units(column_unit, len(measures))
        for measure, lent in zip(measures, units, strict=True):
            if lent not in ("", "%") and "percent_or_fraction" in measure.doubts:
                others = tuple(doubt for doubt in measure.doubts if doubt != "percent_or_fraction")
                measure = replace(measure, doubts=others)  # noqa: PLW2901 - a number with another unit is no share
            self._tell(place, spec, measure, raw)
            if measure.state == "number" and not measure.unit and lent:
                measure = replace(measure, unit=lent)  # noqa: PLW2901 - the column states it for the row
            self._append(place, measure, raw)
            self.widths += measure.widths

    def _from_cell(
        self, place: _Place, kind: str, text: str, number_format: str, notation: Notation
    ) -> Sequence[Measure]:
        if place.cell.entry < 0:
            return (BLANK,)
        formula = place.grid.sheet.formulas.get(place.cell.entry)
        if formula is not None and not formula.stored:
            self._find("FIL009", place, found=f"={formula.text}" if formula.text else "")
            return (ERROR,)
        if formula is not None and formula.external:
            self._find("FIL007", place, found=text)
        if kind == "e":
            self._find("FIL010", place, found=text)
            return (ERROR,)
        return read_measures(kind, text, number_format, notation)

    def _tell(self, place: _Place, spec: FormField, measure: Measure, raw: str) -> None:
        """What reading a measure has to say (FLD002, FLD009, FLD010, FLD011)."""
        if measure.state == "text" and not spec.may_be_text(place.slot[1]):
            self._find("FLD002", place, component=measure.component, found=raw, variant=measure.problem)
        elif measure.state == "milestone" and spec.type != "measure":
            self._find("FLD002", place, component=measure.component, found=raw, variant="milestone")
        elif measure.state == "pending" and not spec.may_be_pending(place.slot[1]):
            self._pending(place, measure, raw)
        for change in measure.changes:
            self._find(
                "FLD010",
                place,
                component=measure.component,
                found=raw,
                variant=change.kind,
                data={"before": change.before, "after": change.after},
            )
        for doubt in measure.doubts:
            if doubt == "about" and spec.approximate:
                continue
            self._find(
                "FLD011",
                place,
                component=measure.component,
                found=raw,
                variant=doubt,
                data={"read_as": raw if measure.value is None else f"{measure.value:f}{measure.unit}"},
            )

    def _pending(self, place: _Place, measure: Measure, raw: str) -> None:
        """集計中 in a row is one fault, however many of the row's cells say it."""
        ref = CellRef(self.file, place.grid.name, place.cell.row, place.cell.column)
        for number, said in enumerate(self.findings):
            same = said.code == "FLD009" and said.record == place.key and said.component == measure.component
            if same and (said.field, said.version) == place.slot[:2] and said.ref.row == ref.row:
                self.findings[number] = replace(said, cells=(*said.cells, Involved(ref, "value")))
                return
        self._find("FLD009", place, component=measure.component, found=raw, variant="pending")

    def _text(self, place: _Place, spec: FormField, cells: Sequence[RawCell]) -> None:
        pieces: list[str] = []
        state = "blank"
        for cell in cells:
            if cell.entry < 0:
                continue
            kind, text, number_format = place.grid.cell(cell.entry)
            formula = place.grid.sheet.formulas.get(cell.entry)
            if formula is not None and not formula.stored:
                self._find("FIL009", place._replace(cell=cell), found=f"={formula.text}" if formula.text else "")
                state = "error"
            elif kind == "e":
                self._find("FIL010", place._replace(cell=cell), found=text)
                state = "error"
            else:
                piece = shown(kind, text, number_format)
                if spec.type == "key" and (typed := self._key_text(place.grid, cell)) != piece:
                    here = place._replace(cell=cell)
                    self._find("FLD006", here, found=piece, variant="became_date", data={"typed": typed})
                    piece = typed
                if spec.type == "date":
                    piece = day_as_read(piece, read_date(kind, text, number_format, place.grid.date1904, spec.order))
                if piece.strip():
                    pieces.append(piece)
        raw = "\n".join(pieces)
        if state != "error" and pieces:
            state = (
                "nil"
                if (spec.nil or spec.type == "flag") and read_measures("s", raw, "", PLAIN)[0].state == "nil"
                else "text"
            )
        self._append(place, Measure(state=state), raw)  # type: ignore[arg-type]
        if spec.carries:
            _, carried = split_original_target(raw, spec.carries.marker)
            if carried is not None:
                target = place._replace(slot=(spec.carries.field, spec.carries.version, ""))
                for measure in read_measures("s", carried, "", PLAIN):
                    self._append(target, measure, carried)

    def _append(self, place: _Place, measure: Measure, raw: str) -> None:
        cell = place.cell
        self.columns.append(
            place.grid.name,
            cell.row,
            cell.column,
            self.form.form,
            place.entry,
            place.key,
            place.level,
            place.group,
            slot(*place.slot),
            measure.component,
            measure.value,
            measure.unit,
            STATE[measure.state],
            raw,
            measure.note,
            measure.problem,
            cell.entry in place.grid.sheet.formulas,
        )

    def _find(self, code: str, place: _Place, **more: object) -> None:
        ref = CellRef(self.file, place.grid.name, place.cell.row, place.cell.column)
        name, version, period = place.slot
        values: dict[str, object] = {
            "code": code,
            "ref": ref,
            "form": self.form.form,
            "record": place.key,
            "field": name,
            "version": version,
            "period": period,
            "cells": (Involved(ref, "value"),),
        }
        self.findings.append(Finding(**{**values, **more}))  # type: ignore[arg-type]


class _Place(NamedTuple):
    """Where a value stands, and whose it is."""

    grid: Grid
    cell: RawCell
    slot: SlotKey
    key: str
    entry: int
    level: str
    group: str


_COMPONENT = re.compile(r"^\s*(?:[^）):：\s]{1,20}[）):：])\s*")


def _column_units(text: str, count: int) -> list[str]:
    """The unit of a 単位 column for each of a cell's measures: one for all, or one a line."""
    if not text.strip():
        return [""] * count
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == count and count > 1:
        return [fold_unit(_COMPONENT.sub("", line)) for line in lines]
    return [fold_unit(text)] * count

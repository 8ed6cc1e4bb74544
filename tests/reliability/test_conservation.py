"""What is read is merged or set aside with a finding, and every sum is the same before and after: or there is no output."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import openpyxl
import pytest

from reconcile.consolidate import Consolidated
from reconcile.facts import ABSENT, NUMBER, Positions
from reconcile.package import NUMBER as FIGURE
from reconcile.package import Column
from reconcile.package.written_cells import kinds
from reconcile.packs import load
from reconcile.pipeline import Options, run
from reconcile.writing import facts_csv, master, write
from reconcile.writing.conservation import NotConserved
from reconcile.writing.report import Places
from reconcile.writing.sheet import Heights, Rows, Sheet

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def some() -> Consolidated:
    """Four returns, one of which stands twice with another figure, so that records are set aside."""
    folder = SAMPLES / "plan2022" / "returns-with-errors"
    return run(
        load("plan2022"), sorted(folder.glob("*.xlsx"))[:4] + sorted(folder.glob("15*.xlsx")), None, Options(jobs=1)
    )


def test_every_sum_stands_in_the_record_of_the_run_and_in_the_overview(some: Consolidated, tmp_path: Path) -> None:
    write(some, tmp_path / "out", "ja")
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert sum(part["read"] for part in record["records"].values()) > 0
    for part in record["records"].values():
        assert part["read"] == part["merged"] + part["set_aside"]
    count = 0
    for slots in record["measures"].values():
        for sums in slots.values():
            assert Decimal(sums["read"]) == Decimal(sums["merged"]) + Decimal(sums["set_aside"])
            count += sums["values"]
    assert count > 100
    front = openpyxl.load_workbook(tmp_path / "out" / "master.xlsx").worksheets[0]
    texts = [str(cell.value) for row in front.iter_rows() for cell in row if cell.value]
    assert any(f"数字 {count:,} 個" in text and "前後で一致" in text for text in texts)


def test_sums_are_exact(some: Consolidated) -> None:
    for each in some.measures:
        merged = [
            value
            for value, form, slot, level, accepted in zip(
                some.facts.value, some.facts.form, some.facts.slot, some.facts.level, some.accepted, strict=True
            )
            if accepted and (form, slot, level) == (each.form, each.slot, "record") and value is not None
        ]
        assert sum(merged, Decimal(0)) == each.merged


def refused(some: Consolidated, folder: Path, said: str) -> None:
    """The output that stood there stays, and it is said what was lost."""
    out = folder / "out"
    with pytest.raises(NotConserved, match=said):
        write(some, out, "ja")
    assert not out.exists()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda _: [], id="lost"),
        pytest.param(lambda row: [row, row], id="doubled"),
        pytest.param(lambda row: [[*row[:10], row[10] + "0", *row[11:]]], id="changed"),
        pytest.param(lambda row: [[*row[:10], "", *row[11:]]], id="without its figure"),
        pytest.param(lambda row: [[*row[:4], row[4] + "x", *row[5:]]], id="in another form"),
        pytest.param(lambda row: [[*row[:8], row[8] + "x", *row[9:]]], id="in another period"),
        pytest.param(lambda row: [[*row[:12], "text", row[13]]], id="as a text"),
    ],
)
def test_a_figure_that_is_another_in_the_csv(
    some: Consolidated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[list[str]], list[list[str]]]
) -> None:
    lines = facts_csv.lines

    def faulty(run: Consolidated) -> Iterator[bytes]:
        done = False
        for part in lines(run):
            kept = []
            for line in re.findall(rb"(?s).*?\r\n", part):
                (row,) = csv.reader([line.decode()])
                if done or row[12] != "number" or row[10] == "0":
                    kept.append(line)
                    continue
                done = True
                text = io.StringIO(newline="")
                csv.writer(text).writerows(fault(row))
                kept.append(text.getvalue().encode())
            yield b"".join(kept)

    monkeypatch.setattr(facts_csv, "lines", faulty)
    refused(some, tmp_path, r"facts\.csv")


def test_a_part_of_the_master_that_is_not_what_was_packed(
    some: Consolidated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = master.write

    def damaged(path: Path, *given: Any, **more: Any) -> master.Written:
        found = written(path, *given, **more)
        content = path.read_bytes()
        with ZipFile(path) as package:
            for entry in package.infolist():
                if "worksheets/sheet" in entry.filename:
                    content = content.replace(entry.CRC.to_bytes(4, "little"), bytes(4))
        path.write_bytes(content)
        return found

    monkeypatch.setattr(master, "write", damaged)
    refused(some, tmp_path, "part of the master")


@pytest.mark.parametrize(("sheet", "said"), [("データ", "tidy data"), ("様式1", "forms of the master")])
def test_a_figure_that_is_another_in_the_master(
    some: Consolidated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: str, said: str
) -> None:
    number, rows, changed = Sheet.number, Sheet.rows, []

    def wrong(self: Sheet, row: int, column: int, value: Decimal, style: object = None) -> bool:
        if self.name == sheet and not changed and value > 1 and row > 3:
            changed.append(value)
            value += 1
        return number(self, row, column, value, style)  # type: ignore[arg-type]

    def wrong_rows(self: Sheet, numbers: Rows, columns: Sequence[Column], heights: Heights | None = None) -> None:
        written = list(columns)
        for place, column in enumerate(columns):
            if self.name == sheet and not changed and column.figures is not None:
                held = np.flatnonzero(kinds(np.broadcast_to(column.look, len(column.figures))) == FIGURE)
                if len(held):
                    changed.append(column.number)
                    others = column.figures[:] * 1.0
                    others[held[0]] += 1
                    written[place] = replace(column, figures=others)
        rows(self, numbers, written, heights)

    monkeypatch.setattr(Sheet, "number", wrong)
    monkeypatch.setattr(Sheet, "rows", wrong_rows)
    refused(some, tmp_path, said)


def test_a_figure_that_no_form_shows(some: Consolidated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_rows = Places.put_rows

    def nowhere(self: Places, positions: Positions, sheet: str, rows: Positions, column: int) -> None:
        held = positions != ABSENT
        held[held] = some.facts.state[positions[held]] != NUMBER
        put_rows(self, positions[held], sheet, rows[held], column)

    monkeypatch.setattr(Places, "put_rows", nowhere)
    refused(some, tmp_path, "forms of the master")


def test_a_record_that_was_found_and_not_read(some: Consolidated, tmp_path: Path) -> None:
    first = next(s for s in some.submissions if s.forms)
    forms = (replace(first.forms[0], records=first.forms[0].records + 1), *first.forms[1:])
    submissions = tuple(replace(s, forms=forms) if s is first else s for s in some.submissions)
    refused(replace(some, submissions=submissions), tmp_path, "not accounted for")


def test_a_record_set_aside_in_silence(some: Consolidated, tmp_path: Path) -> None:
    assert sum(part.set_aside for part in some.conserved)
    refused(replace(some, findings=()), tmp_path, "without a finding")

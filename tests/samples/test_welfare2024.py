"""welfare2024: the records are the printed ones; what is inconsistent in print is listed in genuine.csv, and no more."""

from __future__ import annotations

import collections
import csv
import re
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from welfare2024.making.collections import COLLECTION, FAULTS
from welfare2024.making.figures import DEPARTMENTS, read_returns
from welfare2024.making.progress import COLUMNS

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "welfare2024"
CODES = {
    *("FIL008", "FIL010", "LAY002", "LAY004", "LAY006", "LAY007", "LAY008"),
    *("FLD001", "FLD002", "FLD003", "FLD005", "FLD006", "FLD007", "FLD009", "FLD010", "FLD011", "FLD012"),
    *("RAT001", "RAT002", "RAT004", "REV004", "REV005", "REV006", "RLS001", "RLS002", "CUM005", "DUP003", "DUP004"),
    *("XRF001", "XRF002", "XRF003", "XRF004", "XRF006", "SUB002", "TXT001"),
}
TENTH = Decimal("0.1")


def records():
    return {record.key: record for answer in read_returns().values() for record in answer.forms["progress"].records}


def figures(text):
    """Each measure of a cell: its figure and its unit, spaces and marks a) b) aside."""
    folded = unicodedata.normalize("NFKC", text or "").replace(",", "")
    parts = re.split(r"\n(?=[ab]\))", folded)
    found = [
        re.fullmatch(r"(?:[ab]\))?(?:延べ)?(\d+(?:\.\d+)?)([^\d(]*)(?:\(.*\))?", re.sub(r"\s", "", part))
        for part in parts
    ]
    return [(Decimal(match[1]), match[2]) for match in found] if all(found) else []


def genuine(*codes):
    with (SAMPLES / "genuine.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["code"] in codes]
    return collections.Counter((line["record"], line["field"], line["code"]) for line in lines)


def test_every_kind_is_planted():
    assert len(FAULTS) >= 25
    assert {code for fault in FAULTS for code in fault.code.split("|")} - CODES == {"RAT002", "FLD009"} - CODES | {
        "LAY001",
    }
    assert {code for fault in FAULTS for code in fault.code.split("|")} >= CODES


def test_the_printed_lines_become_72_records():
    """73 lines of the figures; the two measures of one plan (a, b) stand in one cell."""
    found = records()
    assert len(found) == 72
    with (SAMPLES / "figures" / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    printed = {line["成果指標_目標_raw"] for line in lines if not line["component"].startswith(("a)", "b)"))} - {""}
    assert printed <= {record.fields.get("outcome.target") for record in found.values()}
    assert found["1-10/5"].fields["outcome.target"] == "a)６0\nb)640 件"
    assert found["1-9/3②"].fields.keys().isdisjoint({"action", "action.initial"})
    assert sum(len(sections) for sections in DEPARTMENTS.values()) == 21


def test_derived_figures_are_wrong_only_where_listed():
    wrong = collections.Counter()
    judged = 0
    for key, record in records().items():
        rates, actuals, targets = (
            figures(record.fields.get(f"outcome.{name}")) for name in ("rate", "actual", "target")
        )
        for (rate, _), (actual, _), (target, _) in zip(rates, actuals, targets, strict=False):
            judged += 1
            lower = key in ("1-1-2/1", "1-1-3/1", "1-8-1/2")
            quotient = 100 * (target / actual if lower else actual / target)
            if rate != quotient.quantize(TENTH, ROUND_HALF_UP):
                cut = rate == quotient.quantize(TENTH, ROUND_DOWN)
                wrong[key, "outcome.rate", "RAT004" if cut else "RAT001"] += 1
    assert judged == 63
    assert wrong == genuine("RAT001", "RAT004")


def test_grades_and_reasons_are_right_in_print():
    for record in records().values():
        grade, rates = record.fields.get("grade"), figures(record.fields.get("outcome.rate"))
        assert bool(record.fields.get("reason")) == (grade in ("C", "D"))
        for rate, _ in rates:
            assert grade == ("A" if rate >= 100 else "B" if rate >= 80 else "D" if rate <= 0 else "C")
        if "集計中" in (record.fields.get("outcome.actual") or ""):
            assert (record.fields["outcome.rate"], grade) == ("ー", "ー")
    assert not genuine("RAT002", "REV004", "REV005", "FLD009")


def test_cumulative_counts_are_below_their_start_only_where_listed():
    below = collections.Counter()
    for key, record in records().items():
        for side in ("action", "outcome"):
            start, actual = (figures(record.fields.get(f"{side}{name}")) for name in ("_baseline", ".actual"))
            if "累計" in (record.fields.get(side) or "") and start and actual and actual[0][0] < start[0][0]:
                below[key, f"{side}.actual", "CUM005"] += 1
    assert below == genuine("CUM005")


def test_units_differ_only_where_listed():
    differing = collections.Counter()
    for key, record in records().items():
        for side, plan in (("action", "initial"), ("outcome", "target")):
            planned, actual = (figures(record.fields.get(f"{side}.{name}")) for name in (plan, "actual"))
            if planned and actual and planned[-1][1] != actual[-1][1]:
                differing[key, f"{side}.actual", "FLD005"] += 1
    assert differing == genuine("FLD005")


def test_targets_are_behind_their_start_only_where_listed():
    behind = collections.Counter()
    for key, record in records().items():
        start, target = (figures(record.fields.get(f"outcome{name}")) for name in ("_baseline", ".target"))
        lower = key in ("1-1-2/1", "1-1-3/1", "1-8-1/2")
        for (before, _), (aim, _) in zip(start, target, strict=False):
            if aim > before if lower else aim < before:
                behind[key, "outcome.target", "PRG003"] += 1
    assert behind == genuine("PRG003")


def test_actuals_of_another_magnitude_than_their_plans_are_only_those_listed():
    far = collections.Counter()
    for key, record in records().items():
        planned, actual = (figures(record.fields.get(f"action.{name}")) for name in ("initial", "actual"))
        if planned and actual and not Decimal("0.14") <= actual[0][0] / planned[0][0] <= 7:
            far[key, "action.actual", "PRG002"] += 1
    assert far == genuine("PRG002")


def test_marks_have_no_note_only_where_listed():
    """※ with a number has its note under the table; a ※ alone, and a ＊, have none."""
    bare = collections.Counter()
    for key, record in records().items():
        for side in ("action", "outcome"):
            if re.search(r"※(?![１２３])|＊", record.fields.get(side) or ""):
                bare[key, side, "XRF006"] += 1
        if "＊" in (record.fields.get("initiative") or ""):
            bare[key, "initiative", "XRF006"] += 1
        number = record.fields.get("action_number")
        if number and figures(number[0])[0] != figures(record.fields["initiative_number"])[0]:
            bare[key, "initiative_number", "XRF006"] += 1
    assert bare == genuine("XRF006")


def test_announced_revisions_lack_the_old_target():
    announced = {key for key, record in records().items() if re.search("※[２３]", record.fields.get("outcome") or "")}
    assert collections.Counter((key, "outcome.target", "REV006") for key in announced) == genuine("REV006")


def test_relisted_records_differ_from_their_originals_only_where_listed():
    found = records()
    names = {re.sub(r"\s", "", record.fields.get("outcome") or ""): record for record in found.values()}
    differing, compared = collections.Counter(), 0
    for key, record in found.items():
        name = re.sub(r"\s", "", record.fields.get("outcome") or "")
        if not name.endswith("【再掲】"):
            continue
        original = names[name.removesuffix("【再掲】")]
        for field, value in record.fields.items():
            if field.endswith("number"):
                continue
            compared += 1
            one, other = (
                re.sub(r"\s|【再掲】", "", unicodedata.normalize("NFKC", text or ""))
                for text in (value, original.fields[field])
            )
            if one != other:
                differing[key, field, "RLS001"] += 1
    assert compared == 28
    assert differing == genuine("RLS001", "RLS002")


@pytest.mark.parametrize("path", sorted((SAMPLES / "returns").iterdir()), ids=lambda path: path.stem)
def test_each_workbook_says_who_answers_and_has_the_form(path):
    book = openpyxl.load_workbook(path, data_only=True)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"計画名", "提出部署", "様式版"} <= set(cells)
    labels = {re.sub(r"\s", "", str(value)).replace("6", "６").replace("※1", "※１") for value in cells}
    assert {column.label for column in COLUMNS} <= labels


def test_shared_sides_take_six_rows():
    written = COLLECTION.cells(read_returns()["保健福祉政策部"], COLLECTION.variations["plain"])
    places = {(owner.record, owner.field): cell.cell for owner, cell in written.items()}
    sheet = openpyxl.load_workbook(SAMPLES / "returns" / "01_保健福祉政策部.xlsx")["様式A"]
    tall = {str(merged).partition(":")[0]: merged for merged in sheet.merged_cells.ranges}
    for record, field in (("1-9/3", "action"), ("2-3/1①", "outcome"), ("2-4/1①", "outcome")):
        merged = tall[places[record, field]]
        assert merged.max_row - merged.min_row == 5

"""management2024: the cards are the printed ones; what is inconsistent in print is listed in genuine.csv, and no more."""

from __future__ import annotations

import collections
import csv
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import openpyxl
from management2024.making import amounts
from management2024.making.collections import COLLECTION, FAULTS
from management2024.making.figures import read_returns
from management2024.making.layouts import OLDER
from management2024.making.terms import MONEY, TEXTS, YEARS

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "management2024"
CODES = {
    *("FIL008", "FIL010", "LAY001", "LAY002", "LAY004", "LAY006", "LAY008", "SUB002", "TXT001"),
    *("FLD001", "FLD002", "FLD003", "FLD005", "FLD006", "FLD007", "FLD009", "FLD010", "FLD011"),
    *("BAL002", "DUP003", "XRF001", "XRF002", "XRF003", "XRF004", "XRF005", "XRF006", "CNT001", "REV003"),
}
CIRCLED = re.compile("[①-⑳]")
# Saved hours as the texts put them; 「年約１，６００時間」 of 5-4 is an offer to citizens, R4比 another base.
HOURS = re.compile(
    r"業務削減時間:約?([\d,]+)時間|R5比:?▲?約?([\d,]+)時間|年間約?([\d,]+)時間|作業時間を約([\d,]+)時間|作成業務を約([\d,]+)時間"
)


def items():
    return {record.key: record for answer in read_returns().values() for record in answer.forms["items"].records}


def genuine(code):
    with (SAMPLES / "genuine.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(line["record"], line["field"]) for line in csv.DictReader(file) if line["code"] == code}


def folded(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", re.sub("[‐－]", "-", text)))


def test_every_kind_is_planted():
    assert len(FAULTS) >= 25
    assert {code for fault in FAULTS for code in fault.code.split("|")} == CODES


def test_each_printed_card_is_answered_once():
    counts = collections.Counter(record.key[0] for record in items().values())
    assert counts == {"1": 38, "2": 25, "3": 17, "4": 8, "5": 18}
    answered = [record.key for answer in read_returns().values() for record in answer.forms["items"].records]
    assert len(answered) == len(set(answered)) == 106


def test_every_year_of_every_schedule_is_filled():
    for record in items().values():
        years = [field for field in record.fields if field.startswith("action/") and "." in field]
        assert years
        assert len(years) % len(YEARS) == 0
        assert all(record.fields[field] for field in years), record.key


def test_numbers_and_names_differ_from_the_index_only_where_listed():
    """Numbers without their branch (5-13① is 5-13 of the index); names after folding, 「」 kept."""
    index = {folded(row["項目番号_raw"]): folded(row["項目名"]) for row in amounts.rows("index.csv")}
    cards = {key: folded(record.fields["name"]) for key, record in items().items()}
    assert {key.rstrip("①②") for key in cards} == set(index)
    differing = {(key, "name") for key, name in cards.items() if name != index[key.rstrip("①②")]}
    assert differing == genuine("XRF003")


def test_numbered_points_differ_only_where_listed():
    """Numbers that begin an action of the schedule, and those that begin a line of R6実績, where both have any."""
    differing, compared = set(), 0
    for key, record in items().items():
        actions = [value for field, value in record.fields.items() if re.fullmatch(r"action/\d+", field)]
        planned = {value[0] for value in actions if CIRCLED.match(value)}
        lines = record.fields["result"].replace("➀", "①").split("\n")
        told = {mark for line in lines for mark in CIRCLED.findall(re.match("[①-⑳]*", line)[0])}
        if planned and told:
            compared += 1
            if planned != told:
                differing.add((key, "result"))
    assert compared > 60
    assert differing == genuine("XRF006")


def test_hours_of_the_texts_are_those_of_the_field():
    stated = 0
    for key, record in items().items():
        found = list(HOURS.finditer(folded(record.fields["result"])))
        hours = [int("".join(group for group in match.groups() if group).replace(",", "")) for match in found]
        assert (sum(hours) if hours else None) == record.fields["hours"], key
        stated += bool(hours)
    assert stated == 17


def test_split_amounts_come_to_the_printed_ones():
    assert list(amounts.split()) == amounts.rows("item_amounts.csv")
    printed = {row["到達点"]: row for row in amounts.rows("goals.csv")}
    for goal, row in printed.items():
        for field, label in MONEY.items():
            values = [record.fields[field] for record in items().values() if record.group == goal]
            total = sum(value for value in values if isinstance(value, int))
            assert (Decimal(total) / 1000).quantize(Decimal(1)) == int(row[f"{label}_百万円"])
            assert total % 1000
    for record in items().values():
        budget, settled = record.fields["budget.FY2024"], record.fields["settled.FY2024"]
        assert type(budget) is type(settled)
        assert isinstance(budget, str) or budget >= settled


def test_the_older_template_has_no_figures():
    """The same cards otherwise."""
    answer = read_returns()["みどり３３推進担当部"]
    older, newer = COLLECTION.cells(answer, OLDER), COLLECTION.cells(answer, COLLECTION.variations["plain"])
    assert {owner.field for owner in older} & {"hours", *MONEY} == set()
    texts = [owner for owner in newer if owner.record in items() and owner.field in TEXTS]
    assert len(texts) == 3 * 6
    assert all(older[owner].content == newer[owner].content for owner in texts)


def test_several_cards_stand_on_one_sheet():
    book = openpyxl.load_workbook(SAMPLES / "returns" / "01_政策経営部.xlsx")
    assert book.sheetnames == ["表紙", "様式M1", "様式M2"]
    labels = [cell.value for row in book["様式M1"].iter_rows() for cell in row if cell.value == "取組み内容"]
    assert len(labels) == 14
    goals = [cell.value for row in book["様式M2"].iter_rows(max_col=1) for cell in row if cell.value]
    assert sum("　" in value and value.startswith("到達点") for value in goals) == 5

"""The figures of the committed samples of plan2022 are the printed ones."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"


def budget_rows(path: Path):
    """(code or 小計 / 合計, four amounts) of each row of 様式3, read the way a person would."""
    book = openpyxl.load_workbook(path, data_only=True)
    if "様式3" not in book.sheetnames:  # the policy office has no budget of its own
        return
    sheet = book["様式3"]
    rows = list(sheet.iter_rows(values_only=True))
    top = next(row for row in rows if "予算事業コード" in row)
    at, first = top.index("予算事業コード"), top.index("当初計画")
    for row in rows:
        words = [cell for cell in row[:first] if isinstance(cell, str)]
        amounts = row[first : first + 4]
        if all(isinstance(amount, int) for amount in amounts):
            yield row[at] or words[0], amounts


def test_budget_projects_counted_once_give_the_printed_total():
    projects: dict[str, tuple[int, ...]] = {}
    subtotals: list[tuple[int, ...]] = []
    for path in sorted((SAMPLES / "returns").iterdir()):
        for key, amounts in budget_rows(path):
            if key == "小計":
                subtotals.append(amounts)
            elif key != "合計":
                assert projects.setdefault(key, amounts) == amounts
    with (SAMPLES / "figures" / "cost.csv").open(encoding="utf-8-sig", newline="") as file:
        *programmes, total = csv.DictReader(file)
    columns = ("当初R4", "当初R5", "修正R5", "実績R4")
    assert sorted(subtotals) == sorted(tuple(int(line[column]) for column in columns) for line in programmes)
    net = tuple(sum(amounts) for amounts in zip(*projects.values(), strict=True))
    assert net == tuple(int(total[column]) for column in columns) == (5844086, 6339428, 6710284, 5139507)

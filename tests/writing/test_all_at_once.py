"""What is told of many texts, lines and rows at once is what is told of each."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from reconcile.consolidate import Consolidated
from reconcile.figures import EXACT, SUMMED
from reconcile.writing import facts_back
from reconcile.writing.facts_csv import COLUMNS, field
from reconcile.writing.sparse_sheet import SparseSheet
from reconcile.writing.text import lines, width
from reconcile.writing.typed_texts import in_fields
from reconcile.writing.widths import bare, line_counts, longest, widest

TYPED = (
    "", "0", "12", "-5", "-", "--5", "1,234", "-1,234", "1,,2", ",5", "5,", "1,234.5", "-0.5", ".5", "12.", "1-1",
    "千円", "a,b", 'say "so"', "two\nlines", "\r\n", "=1+1", "＝SUM(A1)", "+3", "@x", "'quoted", " 12", "　字", "字　",
    "tab\tin", "\x9b31m", "😀,5", "\ud800", "令和４年度より", "（補助金）", "A" * 40, "ｶﾅ", "%", "１，０００", "\ufeff=1", "W,W",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_fields_of_typed_texts(seed: int) -> None:
    chance = random.Random(seed)
    texts = [chance.choice(TYPED) for _ in range(chance.randrange(1, 60))]
    assert in_fields(texts, field) == list(map(field, texts))


@pytest.mark.parametrize("seed", range(20))
def test_widths_and_lines(seed: int) -> None:
    chance = random.Random(seed)
    texts = [chance.choice(TYPED) * chance.randrange(1, 9) for _ in range(chance.randrange(60))]
    room = chance.choice((6.0, 14.0, 34.0))
    assert line_counts(texts, room).tolist() == [lines(text, room) for text in texts]
    assert widest(texts) == max(map(width, texts), default=0)
    assert longest(texts) == max((sum(map(width, text.split("\n"))) for text in texts), default=0)
    assert bare(texts) == [text.strip() for text in texts]


def written(path: Path, seed: int, figures: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """A file of facts, and its sums times a thousand as the csv module and decimals tell them."""
    chance = random.Random(seed)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    parts = ["\ufeff" + ",".join(COLUMNS)]
    for _ in range(chance.randrange(1, 200)):
        form, state = chance.choice(("様式1", "様式10", "指標,別")), chance.choice(("number", "number", "nil", "text"))
        slot = chance.choice(
            (("amount", "plan", "Q1"), ("amount", "plan", "Q10"), ("amount", "", ""), ("a" * 30, "b", ""))
        )
        value = chance.choice(figures) if state == "number" else ""
        told = [chance.choice(TYPED) for _ in range(4)]
        row = [*told, form, chance.choice(TYPED), *slot, "", value, "千円", state, chance.choice(TYPED)]
        parts.append(",".join(each if each.isalnum() else field(each) for each in row))
        if state == "number":
            sums[form, ".".join(slot).rstrip(".")] += int(EXACT.scaleb(Decimal(value), 3))
    path.write_bytes("".join(part + "\r\n" for part in parts).encode())
    assert sum(1 for _ in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))) == len(parts)
    return sums


@pytest.mark.parametrize("seed", range(30))
def test_sums_of_the_file(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_back, "_AT_ONCE", random.Random(seed).choice((70, 500, 1 << 19)))
    expected = written(tmp_path / "f.csv", seed, ("0", "12", "-7", "12.5", "-0.125", "4398046511"))
    assert facts_back.sums(tmp_path / "f.csv", 3, whole=True) == expected
    assert facts_back.sums(tmp_path / "f.csv", 3, whole=False) == expected


@pytest.mark.parametrize("seed", range(5))
def test_sums_of_figures_of_any_size(seed: int, tmp_path: Path) -> None:
    expected = written(tmp_path / "f.csv", seed, ("9" * 40, "-0.001", "123456789012345678901234567890.5"))
    assert facts_back.sums(tmp_path / "f.csv", 3, whole=False) == expected


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", [np.int64, object])
def test_sums_of_the_measures_of_a_run(seed: int, kind: type, clean: Consolidated) -> None:
    chance, size = random.Random(seed), len(clean.facts)
    numbers = [chance.choice((SUMMED - 1, 1 - SUMMED, chance.randint(1 - SUMMED, SUMMED - 1))) for _ in range(size)]
    figures = replace(clean.facts.figures, number=np.array(numbers, dtype=kind))
    facts = replace(clean.facts, figures=figures)
    chosen = np.array([chance.random() < 0.7 for _ in range(size)], dtype=bool)
    expected = [0] * len(facts.measures)
    for at in np.flatnonzero(chosen).tolist():
        expected[facts.measure[at]] += numbers[at]
    assert facts.sums(chosen).tolist() == expected


@pytest.mark.parametrize("rows", [(0,), (0, 1, 15, 16, 17), (3, 40, 5000), ()])
def test_a_sheet_of_rows_far_apart(rows: tuple[int, ...]) -> None:
    parts = []
    for kind in (None, SparseSheet):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet("a", kind)
            bold = book.add_format({"bold": True})
            for row in rows:
                sheet.write_number(row, row % 7, row)
                sheet.write_string(row, 7, f"行{row % 2}", bold)
                sheet.write_string(row, 8, "plain")
                sheet.write_blank(row, 30, None, bold)
                sheet.set_row(row + 2, 30)
                sheet.write_comment(row, 2, "note")
        with zipfile.ZipFile(content) as package:
            parts.append(package.read("xl/worksheets/sheet1.xml"))
    assert parts[0] == parts[1]

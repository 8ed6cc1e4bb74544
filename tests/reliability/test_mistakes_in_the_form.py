"""What a department may do to its form: rename a header, delete a sheet, move a block. It is always a finding, never a crash.

Sheets of real sample returns are changed in memory, then read and judged as a run does it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from reconcile import intake, pipeline
from reconcile.consolidate import Consolidated
from reconcile.extract.tables import find_tables
from reconcile.facts import collect
from reconcile.locate import Grid, Vocabulary
from reconcile.locate.cards import card_labels, find_cards
from reconcile.package import Range, Sheet, Workbook, open_workbook
from reconcile.packs import Pack, load
from reconcile.source_files import SourceFiles
from reconcile.submissions import Submission

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PACKS = ("plan2022", "welfare2024", "management2024", "districts2022", "council2023", "fund2024")
SEEDS = range(4)
Cell = tuple[int, int, str, str, int]  # row, column, kind, text, style
LAYOUT = ("LAY001", "LAY002", "LAY003", "LAY007", "LAY008", "LAY009", "SUB002", "XRF002")


@cache
def pack_of(name: str) -> Pack:
    return load(name)


@cache
def honest(name: str) -> tuple[str, Workbook]:
    """The smallest honest return of a pack."""
    files = sorted((SAMPLES / name / "returns").iterdir(), key=lambda path: path.stat().st_size)
    return files[0].name, open_workbook(files[0])


def redrawn(
    sheet: Sheet, change: Callable[[Cell], Cell | None], merge: Callable[[Range], Range | None] = lambda m: m
) -> Sheet:
    """The sheet with its cells changed (None: emptied) and in their new order; formulas keep their results."""
    cells = zip(sheet.row, sheet.column, sheet.kind, sheet.text, sheet.style, strict=True)
    kept = sorted(
        ((made, at) for at, cell in enumerate(cells) if (made := change(cell)) is not None),
        key=lambda item: item[0][:2],
    )
    new = Sheet(sheet.name, sheet.visibility, merged=[m for old in sheet.merged if (m := merge(old)) is not None])
    for number, (cell, at) in enumerate(kept):
        for name, value in zip(("row", "column", "kind", "text", "style"), cell, strict=True):
            getattr(new, name).append(value)
        if at in sheet.formulas:
            new.formulas[number] = sheet.formulas[at]
    return new


def with_sheets(book: Workbook, sheets: list[Sheet]) -> Workbook:
    return replace(book, sheets=sheets)


def with_sheet(book: Workbook, number: int, sheet: Sheet) -> Workbook:
    return with_sheets(book, [*book.sheets[:number], sheet, *book.sheets[number + 1 :]])


def headers(book: Workbook, pack: Pack) -> list[tuple[int, int, int]]:
    """Sheet, row and column of every header that the forms need."""
    grids = [Grid(book, sheet) for sheet in book.sheets]
    number = {grid.name: at for at, grid in enumerate(grids)}
    vocabulary = Vocabulary(pack.forms, pack.tables)
    found = [
        (number[p.grid.name], p.grid.sheet.row[m.entry], p.grid.sheet.column[m.entry])
        for p in find_tables(grids, pack, vocabulary, "a.xlsx").placements
        for m in p.band.matched
        if not m.wanted.optional
    ]
    for form in pack.forms.values():
        if form.layout == "cards":
            for at, grid in enumerate(grids):
                cards = find_cards(grid, card_labels(form), form.key[-1])
                found += [(at, hit.row, hit.column) for card in cards for hit in card.hits if not hit.wanted.optional]
    return found


def judged(name: str, book: Workbook) -> Consolidated:
    """The run over one return, as the pipeline makes it."""
    file, _ = honest(name)
    read = Submission(file, "0", 1, kind="xlsx", sheets=tuple(sheet.name for sheet in book.sheets))
    submission = intake._read(book, read, pack_of(name))
    facts = collect([(submission.department, submission.file, submission.columns)])
    return pipeline._judge(
        pack_of(name), [submission], facts, [], pipeline.Clock(), pipeline.Options(jobs=1), None, SourceFiles()
    )


@cache
def unchanged(name: str) -> Consolidated:
    return judged(name, honest(name)[1])


def values(result: Consolidated) -> set[tuple[str, ...]]:
    facts = result.facts
    return {
        (str(facts.form[n]), str(facts.record[n]), str(facts.slot[n]), str(facts.component[n]), str(facts.raw[n]))
        for n in range(len(facts))
        if facts.raw[n]
    }


def codes(result: Consolidated) -> set[str]:
    return {finding.code for finding in result.findings}


packs = pytest.mark.parametrize("name", PACKS)
seeds = pytest.mark.parametrize("seed", SEEDS)


@packs
@seeds
@pytest.mark.parametrize("new", ["まったく別の見出し", None], ids=["renamed", "emptied"])
def test_a_header_that_is_renamed_or_emptied_is_said(name: str, seed: int, new: str | None) -> None:
    book = honest(name)[1]
    at, row, column = random.Random(seed).choice(headers(book, pack_of(name)))
    changed = redrawn(
        book.sheets[at],
        lambda cell: cell if cell[:2] != (row, column) else (*cell[:3], new, cell[4]) if new else None,
    )
    result = judged(name, with_sheet(book, at, changed))
    assert codes(result) & set(LAYOUT), "nothing is said of the header"
    assert {f.id for f in result.findings} != {f.id for f in unchanged(name).findings}


@packs
def test_a_sheet_that_is_missing_is_said(name: str) -> None:
    book = honest(name)[1]
    owing = {f.sheet for s in unchanged(name).submissions for f in s.forms}
    for number, sheet in enumerate(book.sheets):
        result = judged(name, with_sheets(book, [s for at, s in enumerate(book.sheets) if at != number]))
        if sheet.name in owing or number == 0:
            new = {f.id for f in result.findings} - {f.id for f in unchanged(name).findings}
            assert new, f"nothing is said of {sheet.name}"


@packs
@pytest.mark.parametrize("step", [(7, 0), (0, 3), (11, 5)])
def test_a_block_that_is_moved_is_read_all_the_same(name: str, step: tuple[int, int]) -> None:
    down, right = step
    book = honest(name)[1]
    moved = [
        redrawn(
            sheet,
            lambda c: (c[0] + down, c[1] + right, *c[2:]),
            lambda m: Range(m.top + down, m.left + right, m.bottom + down, m.right + right),
        )
        for sheet in book.sheets
    ]
    result = judged(name, with_sheets(book, moved))
    assert values(result) == values(unchanged(name))
    assert {f.id for f in result.findings} == {f.id for f in unchanged(name).findings}


@packs
def test_sheets_under_other_names_and_in_another_order_are_read_all_the_same(name: str) -> None:
    book = honest(name)[1]
    renamed = [replace_name(sheet, f"Sheet{n}") for n, sheet in enumerate(reversed(book.sheets), start=1)]
    assert values(judged(name, with_sheets(book, renamed))) == values(unchanged(name))


def replace_name(sheet: Sheet, name: str) -> Sheet:
    new = redrawn(sheet, lambda cell: cell)
    new.name = name
    return new


@packs
def test_a_sheet_that_stands_twice_is_read_once(name: str) -> None:
    book = honest(name)[1]
    last = book.sheets[-1]
    result = judged(name, with_sheets(book, [*book.sheets, replace_name(last, "Copy of it")]))
    assert values(result) == values(unchanged(name))


@packs
@seeds
def test_whatever_is_done_to_a_sheet_nothing_breaks(name: str, seed: int) -> None:
    """Cells emptied, texts exchanged, rows cut out of the header, merged ranges undone, figures made words."""
    dice = random.Random(seed)
    book = honest(name)[1]
    sheets = list(book.sheets)
    for number, sheet in enumerate(sheets):
        texts = [text for kind, text in zip(sheet.kind, sheet.text, strict=True) if kind == "s"] or ["x"]
        cut, gap = dice.randint(1, 12), dice.randint(0, 3)

        def harmed(cell: Cell, texts: list[str] = texts, cut: int = cut, gap: int = gap) -> Cell | None:
            row, column, kind, text, style = cell
            fate = dice.random()
            if fate < 0.05 or row == cut:
                return None
            if fate < 0.15:
                kind, text = "s", dice.choice(texts)
            return (row + gap if row > cut else row, column, kind, text, style)

        sheets[number] = redrawn(sheet, harmed, lambda merge: merge if dice.random() < 0.5 else None)
    judged(name, with_sheets(book, sheets))

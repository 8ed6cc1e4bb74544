"""A collection that nobody knew before: fire drills of schools, said in text files alone (``drills/``).

A header of two lines, quarters as columns, an example row, placeholders, a hidden list of two columns, a scene that
depends on the kind of drill, an allotment, and a card on a sheet of its own for each building.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from reconcile.consolidate import Consolidated
from reconcile.packs import Pack, load
from reconcile.pipeline import check
from reconcile.template import write_templates

HEAD = ["校舎", "種類", "想定", "最終実施日", "参加人数", None, None, None, None, "備考"]
BUILDINGS = (("本館", "a@example.jp", "03-1111-2222"), ("別館", "b@example.jp", "03-1111-3333"))


@pytest.fixture(scope="module")
def drills() -> Pack:
    return load(str(Path(__file__).parent / "drills"))


def workbook(school: str) -> Workbook:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "表紙"
    for line in (("学校名", school), ("年度", "令和7年度"), ("提出日", "2026/4/10")):
        cover.append(line)
    sheet = book.create_sheet("訓練")
    lines: list[list[object]] = [
        ["避難訓練の実施状況"],
        [],
        [*HEAD],
        [None, None, None, None, "第1四半期", "第2四半期", "第3四半期", "第4四半期", "計"],
        ["例：本館", "地震", "授業中", "2025/5/1", 1, 1, 1, 1, 4],
        ["本館", "地震", "授業中", "令和7年5月1日", "320人", 310, 0, 315, 945],
        [None, "火災", "給食室", "2025.9.1", 300, "―", 290, 295, 885, "雨天"],
        ["別館", "火災", "理科室", "2026-01-20", 80, 80, 80, 80, 320],
        [None, "〔選択〕", "〔選択〕"],
        ["合計", None, None, None, 700, 390, 370, 690, 2150],
    ]
    for line in lines:
        sheet.append(line)
    for merge in ("E3:I3", *(f"{column}3:{column}4" for column in "ABCDJ")):
        sheet.merge_cells(merge)
    kinds = book.create_sheet("一覧")
    kinds.sheet_state = "hidden"
    for line in (("種類", "想定"), ("地震", "授業中"), (None, "休み時間"), ("火災", "給食室"), (None, "理科室")):
        kinds.append(line)
    costs = book.create_sheet("経費")
    for row in ((None, "（単位：円）"), ("費目", "支出額"), ("消火器", 20000), ("のぼり", 9500), ("合計", 29500)):
        costs.append(row)
    for building, email, telephone in BUILDINGS:
        card = book.create_sheet(building)
        for line in ((None, "防火管理者", "（担当）"), (None, "メール", email), (None, "電話", telephone)):
            card.append(line)
    return book


def run(pack: Pack, folder: Path, edit: Callable[[Workbook], None] | None = None) -> Consolidated:
    for name, school in (("北.xlsx", "市立北小学校"), ("南.xlsx", "南小学校")):
        book = workbook(school)
        if edit is not None and name == "北.xlsx":
            edit(book)
        book.save(folder / name)
    return check(pack, [folder])


def test_returns_that_agree_have_no_finding(drills: Pack, tmp_path: Path) -> None:
    found = run(drills, tmp_path)
    assert [(f.code, f.ref) for f in found.findings] == []
    assert found.unjudged == ()
    assert {c.form: (c.read, c.merged) for c in found.conserved} == {
        "drills": (6, 6), "kinds": (8, 8), "costs": (4, 4), "contact": (4, 4),
    }  # fmt: skip
    for code in ("BAL001", "BAL002", "BAL008", "DUP005", "FLD003", "XRF001", "XRF002"):
        assert found.tallies[code].passed, code


def test_the_sheet_says_of_which_building_a_card_is(drills: Pack, tmp_path: Path) -> None:
    facts = run(drills, tmp_path).facts
    told = {(str(facts.sheet[n]), str(facts.record[n])) for n in range(len(facts)) if facts.form[n] == "contact"}
    assert told == {("本館", "本館"), ("別館", "別館")}


CASES: list[tuple[str, str, object, list[tuple[str, str]]]] = [  # sheet, cell, what is typed, codes with their cells
    ("訓練", "I6", 955, [("BAL002", "I6")]),
    ("訓練", "C7", "理科準備室", [("FLD003", "C7")]),
    ("訓練", "D8", "2024-01-20", [("FLD004", "D8")]),
    ("訓練", "E8", "八十人", [("FLD002", "E8")]),
    ("訓練", "J6", "未定", [("TXT001", "J6")]),
    ("訓練", "A6", None, [("FLD001", "A6")]),
    ("訓練", "A10", "ごうけい", [("LAY008", "A10")]),
    ("経費", "B3", 50500, [("BAL002", "B3")]),
    ("経費", "A2", "品目", [("SUB002", "")]),
    ("別館", "C2", "a@example.jp", [("DUP005", "C2")]),
    ("別館", "C3", "内線12", [("FLD006", "C3")]),
    ("一覧", "B3", "夜間", [("XRF002", ""), ("XRF001", "B3")]),
]


@pytest.mark.parametrize(("sheet", "cell", "typed", "expected"), CASES, ids=[f"{c[0]}!{c[1]}" for c in CASES])
def test_a_mistake_is_found_in_its_cell(
    drills: Pack, tmp_path: Path, sheet: str, cell: str, typed: object, expected: list[tuple[str, str]]
) -> None:
    def edit(book: Workbook) -> None:
        book[sheet][cell] = typed

    shown = [f for f in run(drills, tmp_path, edit).findings if not f.root]
    assert [(f.code, f.ref.a1 if f.ref.row else "") for f in shown] == expected


def test_the_template_asks_for_one_card_a_sheet(drills: Pack, tmp_path: Path) -> None:
    write_templates(drills, tmp_path / "out", "ja", ["北小学校"])
    book = openpyxl.load_workbook(tmp_path / "out" / "北小学校.xlsx")
    labels = [book["様式3"].cell(row, 1).value for row in range(1, book["様式3"].max_row + 1)]
    assert labels.count("防火管理者") == 1
    assert book["訓練の種類"].sheet_state == "hidden"

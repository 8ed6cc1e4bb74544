"""Excel opens our workbooks without offering to repair them: masters of every pack, templates, and what would be found."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from reconcile import pipeline
from reconcile.packs import available, load
from reconcile.writing import master
from reconcile.writing.voice import Voice
from tests.writing.repair_causes import repair_causes

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

# What is found → in which part, what, and what stands there instead (a pattern, once).
BROKEN = {
    "worksheet is out of order": (
        "xl/worksheets/sheet2.xml",
        r"(?s)(<sheetData>)(.*)(<dataValidations.*?</dataValidations>)",
        r"\3\1\2",
    ),
    "the columns of the table": ("xl/tables/table1.xml", 'name="コード"', 'name="区分"'),
    "the heading of the column": ("xl/tables/table1.xml", 'name="コード"', 'name="コ"'),
    "merged cells that overlap": ("xl/worksheets/sheet7.xml", r'(<mergeCell ref="[^"]+"/>)', r"\1\1"),
    "more than 255 characters": ("xl/worksheets/sheet2.xml", "修正した,", "あ" * 300 + ","),
    "a format that is not there": ("xl/worksheets/sheet2.xml", r'<c r="A1" s="\d+"', '<c r="A1" s="9999"'),
    "a conditional format that is not there": ("xl/worksheets/sheet7.xml", r'dxfId="\d+"', 'dxfId="99"'),
    "which is not there": ("xl/workbook.xml", "'概要'!", "'概要２'!"),
    "to no cell": ("xl/worksheets/sheet1.xml", "location=\"'エラー一覧'!A1\"", "location=\"'エラー'!A1\""),
    "notes without a shape each": ("xl/drawings/vmlDrawing1.vml", 'ObjectType="Note"', 'ObjectType="Rect"'),
    "no name for a sheet": ("xl/workbook.xml", '<sheet name="概要"', '<sheet name="概:要"'),
    "a content type is said twice": ("[Content_Types].xml", r"(<Override [^>]*/>)", r"\1\1"),
}


@pytest.mark.parametrize("cause", sorted(BROKEN))
def test_what_excel_would_repair_is_found(cause: str, faulty_master: Path, tmp_path: Path) -> None:
    part, pattern, instead = BROKEN[cause]
    with zipfile.ZipFile(faulty_master) as old, zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text, changed = re.subn(pattern, instead, content.decode(), count=1)
                assert changed == 1
                content = text.encode()
            new.writestr(name, content)
    assert any(cause in line for line in repair_causes(tmp_path / "broken.xlsx"))


def test_the_masters_of_the_first_pack_need_no_repair(clean_master: Path, faulty_master: Path) -> None:
    assert repair_causes(clean_master) == []
    assert repair_causes(faulty_master) == []


@pytest.mark.parametrize("name", sorted(set(available()) - {"plan2022"}))
def test_the_masters_of_the_other_packs_need_no_repair(name: str, tmp_path: Path) -> None:
    run = pipeline.run(load(name), [SAMPLES / name / "returns-with-errors"], None)
    for lang in ("ja", "en"):
        master.write(
            tmp_path / f"{lang}.xlsx", run, Voice(run.pack, lang), {s.file: f"a/{s.file}" for s in run.submissions}
        )
        assert repair_causes(tmp_path / f"{lang}.xlsx") == []

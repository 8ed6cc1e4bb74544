"""A marked copy of the run before is taken over where a new one would be the same to the byte, and nowhere else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reconcile import pipeline
from reconcile.package import Limits
from reconcile.packs import load
from reconcile.pipeline import Options
from reconcile.writing import annotated
from reconcile.writing.earlier import RUN_FILE

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
# One of which nothing is said, and two with findings.
RETURNS = ("returns/13_環境政策部.xlsx", "returns-with-errors/01_危機管理部.xlsx", "returns-with-errors/12_*.xlsx")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with returns, what was read of them, and what a run over them has left."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "returns").mkdir()
    for pattern in RETURNS:
        (found,) = SAMPLES.glob(pattern)
        shutil.copy(found, folder / "returns")
    again(folder)
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    """The same for one test alone; an output is remembered by its place."""
    shutil.copytree(first, tmp_path / "own")
    again(tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the returns that were marked."""
    sizes: list[int] = []
    mark = annotated.mark

    def marking(data: bytes, *given: object) -> bytes:
        sizes.append(len(data))
        return mark(data, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(annotated, "mark", marking)
    return sizes


def again(folder: Path, out: str = "out", **options: object) -> dict[str, bytes]:
    """A run over what stands in the folder; its marked copies."""
    wanted = replace(Options(jobs=1, kept=folder / "kept"), **options)  # type: ignore[arg-type]
    pipeline.run(load("plan2022"), [folder / "returns"], folder / out, wanted)
    return {path.name: path.read_bytes() for path in sorted((folder / out / "annotated").iterdir())}


def test_nothing_is_marked_anew_where_nothing_has_changed(folder: Path, marked: list[int]) -> None:
    copies = again(folder)
    assert marked == []
    assert copies == again(folder, "fresh")
    assert len(marked) == 3


def test_a_return_that_has_changed_is_marked_and_the_others_are_taken_over(folder: Path, marked: list[int]) -> None:
    path = next((folder / "returns").glob("12_*"))
    book = openpyxl.load_workbook(path)
    book.properties.title = "もう一度"
    book.save(path)
    copies = again(folder)
    assert marked == [path.stat().st_size]
    assert copies == again(folder, "fresh")


CHANGES: dict[str, Callable[[Path], dict[str, object]]] = {
    "another language": lambda _: {"lang": "en"},
    "other limits": lambda _: {"limits": replace(Limits(), seconds=19)},
    "nothing is to be taken from earlier runs": lambda _: {"kept": None},
}


@pytest.mark.parametrize("change", CHANGES)
def test_everything_is_marked_anew_under(folder: Path, marked: list[int], change: str) -> None:
    options = CHANGES[change](folder)
    copies = again(folder, **options)
    assert len(marked) == 3
    assert copies == again(folder, "fresh", **options)


@pytest.mark.parametrize("name", ["program", "PACKER"])
def test_another_program_or_packer_marks_anew(
    folder: Path, marked: list[int], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    other = {"program": lambda: "another", "PACKER": "another"}
    monkeypatch.setattr(f"reconcile.writing.annotated.earlier_copies.{name}", other[name])
    again(folder)
    assert len(marked) == 3


def test_an_answer_given_since_stands_in_the_list_of_its_return_alone(folder: Path, marked: list[int]) -> None:
    before = again(folder)
    path = folder / "out" / "master.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["エラー一覧"]
    column = next(cell.column for cell in sheet[4] if cell.value == "対応")
    row = next(row for row in range(5, sheet.max_row) if "様式" in str(sheet.cell(row, 6).value))
    sheet.cell(row, column).value = "修正した"
    book.save(path)
    copies = again(folder)
    (other,) = {name for name in copies if copies[name] != before[name]}
    listed = openpyxl.load_workbook(folder / "out" / "annotated" / other).worksheets[0]
    assert "修正した" in {cell.value for cells in listed for cell in cells}
    assert len(marked) == 1


def test_what_is_said_of_a_return_may_change_though_it_has_not(folder: Path, marked: list[int]) -> None:
    """Of the others one is gone, and with it what was said of both."""
    shutil.copy(folder / "returns" / "01_危機管理部.xlsx", folder / "returns" / "01_もう一つ.xlsx")
    again(folder)
    marked.clear()
    (folder / "returns" / "01_もう一つ.xlsx").unlink()
    copies = again(folder)
    assert len(marked) == 1
    assert copies == again(folder, "fresh")


def test_a_copy_that_somebody_has_changed_is_not_taken_over(folder: Path, marked: list[int]) -> None:
    before = again(folder)
    path = folder / "out" / "annotated" / "危機管理部.xlsx"
    path.write_bytes(path.read_bytes() + b"\0")
    assert again(folder) == before
    assert len(marked) == 1
    assert (folder / "out-1" / "annotated" / "危機管理部.xlsx").read_bytes().endswith(b"\0")


def test_a_copy_that_is_gone_is_made_again(folder: Path, marked: list[int]) -> None:
    before = again(folder)
    shutil.rmtree(folder / "out" / "annotated")
    assert again(folder) == before
    assert len(marked) == 3


def test_a_copy_under_the_name_of_another_is_worth_nothing(folder: Path, marked: list[int]) -> None:
    names = sorted((folder / "out" / "annotated").iterdir())
    contents = [path.read_bytes() for path in names]
    for path, content in zip(names, [*contents[1:], contents[0]], strict=True):
        path.write_bytes(content)
    again(folder)
    assert len(marked) == 3


def test_run_json_says_the_same_whatever_was_taken_over(folder: Path) -> None:
    again(folder)
    again(folder, "fresh")
    again(folder, "without", kept=None)
    records = [json.loads((folder / out / RUN_FILE).read_text("utf-8")) for out in ("out", "fresh", "without")]
    for record in records:
        del record["seconds"]
    assert records[0] == records[1] == records[2]

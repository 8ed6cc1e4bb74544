"""Lines of facts.csv are taken over from the run before where they would be the same to the byte, and nowhere else."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reconcile import pipeline
from reconcile.facts import Positions
from reconcile.packs import load
from reconcile.pipeline import Options
from reconcile.writing import earlier_lines, facts_csv
from reconcile.writing.earlier import RUN_FILE

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
RETURNS = ("returns/05_*.xlsx", "returns/13_*.xlsx", "returns-with-errors/01_*.xlsx", "returns-with-errors/12_*.xlsx")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that these few returns are many blocks, and some of them several."""
    monkeypatch.setattr(earlier_lines, "_ENOUGH", 40)
    monkeypatch.setattr(earlier_lines, "_MOST", 60)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with returns and what was read of them."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "returns").mkdir()
    for pattern in RETURNS:
        (found,) = SAMPLES.glob(pattern)
        shutil.copy(found, folder / "returns")
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    """The same for one test alone, and what a run over it has left."""
    shutil.copytree(first, tmp_path / "own")
    again(tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines were made at a time, since the first run."""
    assert folder.exists()
    counts: list[int] = []
    write = facts_csv._Lines.written

    def counting(self: facts_csv._Lines, chosen: Positions) -> bytearray:
        counts.append(len(chosen))
        return write(self, chosen)

    monkeypatch.setattr(facts_csv._Lines, "written", counting)
    return counts


def again(folder: Path, out: str = "out", **options: object) -> bytes:
    """A run over what stands in the folder; its facts.csv."""
    wanted = replace(Options(jobs=1, kept=folder / "kept"), **options)  # type: ignore[arg-type]
    pipeline.run(load("plan2022"), [folder / "returns"], folder / out, wanted)
    return (folder / out / "facts.csv").read_bytes()


def lines_of(folder: Path) -> int:
    return (folder / "out" / "facts.csv").read_bytes().count(b"\r\n") - 1


def test_no_line_is_made_anew_where_nothing_has_changed(folder: Path, written: list[int]) -> None:
    found = again(folder)
    assert written == []
    assert found == again(folder, "fresh")
    assert sum(written) == lines_of(folder)


def test_only_what_stands_with_a_changed_return_is_made_anew(folder: Path, written: list[int]) -> None:
    path = next((folder / "returns").glob("05_*"))
    book = openpyxl.load_workbook(path)
    book.properties.title = "もう一度"
    book.save(path)
    found = again(folder)
    assert 0 < sum(written) < lines_of(folder)
    assert found == again(folder, "fresh")


def test_a_return_that_is_gone_leaves_the_blocks_of_others_alone(folder: Path, written: list[int]) -> None:
    next((folder / "returns").glob("01_*")).unlink()
    found = again(folder)
    assert sum(written) < lines_of(folder)
    assert found == again(folder, "fresh")


@pytest.mark.parametrize("again_as", ["different", "the same"])
def test_what_is_merged_of_a_return_may_change_though_it_has_not(
    folder: Path, written: list[int], again_as: str
) -> None:
    """A second workbook of its department: different content is not merged, the same is dropped from the later one."""
    path = next((folder / "returns").glob("13_*"))
    book = openpyxl.load_workbook(path)
    if again_as == "different":
        sheet = book.worksheets[1]
        cell = next(c for row in sheet.iter_rows() for c in row if isinstance(c.value, int) and c.value > 100)
        cell.value += 1
    book.save(path.with_name("00_.xlsx"))
    found = again(folder)
    assert found == again(folder, "fresh")
    written.clear()
    path.with_name("00_.xlsx").unlink()
    assert again(folder) == again(folder, "another")


def test_of_a_file_that_somebody_has_changed_nothing_is_taken_over(folder: Path, written: list[int]) -> None:
    path = folder / "out" / "facts.csv"
    before = path.read_bytes()
    path.write_bytes(before[:-9] + b"typed" + before[-4:])
    assert again(folder) == before
    assert sum(written) == lines_of(folder)
    assert (folder / "out-1" / "facts.csv").read_bytes().endswith(b"typed" + before[-4:])


def test_what_somebody_writes_while_it_is_read_is_not_taken_over(
    folder: Path, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Just after it was looked at."""
    path = folder / "out" / "facts.csv"
    before = path.read_bytes()
    path.write_bytes(before.replace("環境".encode(), "限界".encode()))
    monkeypatch.setattr(earlier_lines, "changed", lambda *_: [])
    assert again(folder) == before
    assert 0 < sum(written) < lines_of(folder)


def test_a_file_that_ends_too_soon_is_not_taken_over(
    folder: Path, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "out" / "facts.csv"
    before = path.read_bytes()
    path.write_bytes(before[:-1])
    monkeypatch.setattr(earlier_lines, "changed", lambda *_: [])
    assert again(folder) == before
    assert len(written) == 1


def test_another_program_makes_all_anew(folder: Path, written: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier_lines, "program", lambda: "another")
    again(folder)
    assert sum(written) == lines_of(folder)


def test_all_is_made_anew_where_nothing_is_to_be_taken_from_earlier_runs(folder: Path, written: list[int]) -> None:
    again(folder, kept=None)
    assert sum(written) == lines_of(folder)


@pytest.mark.parametrize(
    "said", [None, 1, "lines", [1], [["a", 1]], [["a", -1, 0]], [["a", "1", 0]], [["a", 1, None]], [[None, 1, 1]]]
)
def test_a_record_that_says_something_else_is_as_none(folder: Path, written: list[int], said: object) -> None:
    path = folder / "out" / RUN_FILE
    record = json.loads(path.read_text("utf-8"))
    record["again"]["lines"] = said
    path.write_text(json.dumps(record), encoding="utf-8")
    again(folder)
    assert sum(written) == lines_of(folder)


def test_blocks_of_any_size_make_the_same_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = (folder / "out" / "facts.csv").read_bytes()
    for enough, most in ((1, 1), (1_000_000, 7), (14_000, 16_000)):
        monkeypatch.setattr(earlier_lines, "_ENOUGH", enough)
        monkeypatch.setattr(earlier_lines, "_MOST", most)
        assert again(folder, "fresh") == found


def test_returns_that_say_nothing_have_no_lines(folder: Path) -> None:
    """What comes back is the list alone, which is no return."""
    book = openpyxl.load_workbook(folder / "out" / "annotated" / "危機管理部.xlsx")
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    for path in (folder / "returns").iterdir():
        path.unlink()
    book.save(folder / "returns" / "list.xlsx")
    for _ in range(2):
        assert again(folder).count(b"\r\n") == 1

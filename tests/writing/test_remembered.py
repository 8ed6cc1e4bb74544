"""What a run remembers of its output holds for that output alone, and a damaged memory is none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reconcile.writing.earlier import RUN_FILE
from reconcile.writing.remembered import Remembered, remember, remembered

COPIES = {"made of this": "annotated/a.xlsx"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / RUN_FILE).write_text(json.dumps({"outputs": {}}))
    return folder


@pytest.fixture
def kept(tmp_path: Path, out: Path) -> Path:
    """The folder in which the output is remembered."""
    remember(tmp_path / "kept", out, COPIES)
    return tmp_path / "kept"


def entry(kept: Path) -> Path:
    (found,) = (kept / "outputs").iterdir()
    return found


def test_an_output_is_remembered_by_its_place(out: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert remembered(kept, out).copies == COPIES
    monkeypatch.chdir(out.parent)
    assert remembered(kept, Path("out")).copies == COPIES


def test_nothing_is_remembered_where_nothing_is_kept(out: Path, kept: Path) -> None:
    assert remembered(None, out) == Remembered()
    assert remembered(kept.with_name("other"), out) == Remembered()


def test_another_output_in_its_place_is_not_remembered(out: Path, kept: Path) -> None:
    (out / RUN_FILE).write_text(json.dumps({"outputs": {"facts.csv": ""}}))
    assert remembered(kept, out) == Remembered()
    shutil.rmtree(out)
    assert remembered(kept, out) == Remembered()


def test_a_copy_of_it_elsewhere_is_not_remembered(out: Path, kept: Path) -> None:
    shutil.copytree(out, out.with_name("copy"))
    assert remembered(kept, out.with_name("copy")) == Remembered()


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b"\xff", b"{}", b'{"run": 1}'])
def test_a_damaged_memory_is_none(out: Path, kept: Path, said: bytes) -> None:
    entry(kept).write_bytes(said)
    assert remembered(kept, out) == Remembered()


@pytest.mark.parametrize("said", [{"copies": []}, {"copies": None}])
def test_a_memory_of_another_form_is_none(out: Path, kept: Path, said: dict[str, object]) -> None:
    entry(kept).write_text(json.dumps(json.loads(entry(kept).read_text()) | said))
    assert remembered(kept, out) == Remembered()


def test_where_nothing_can_be_kept_nothing_is_remembered(out: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    remember(tmp_path / "a file", out, COPIES)
    assert remembered(tmp_path / "a file", out) == Remembered()

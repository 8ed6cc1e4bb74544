"""Which files are taken for returns, and what they are called."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from reconcile.inputs import NoInput, gather


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_folders_are_searched_through_and_names_are_relative(tmp_path: Path) -> None:
    touch(tmp_path / "b.xlsx")
    touch(tmp_path / "sub" / "a.xlsm")
    assert [name for _, name in gather([tmp_path]).returns] == ["b.xlsx", "sub/a.xlsm"]


def test_what_is_no_return_is_skipped_and_counted(tmp_path: Path) -> None:
    touch(tmp_path / "~$b.xlsx")
    touch(tmp_path / "メモ.docx")
    touch(tmp_path / ".hidden.xlsx")
    touch(tmp_path / "old" / "run.json")
    touch(tmp_path / "old" / "master.xlsx")
    touch(tmp_path / "out" / "x.xlsx")
    found = gather([tmp_path], tmp_path / "out")
    assert found.returns == ()
    assert dict(found.skipped) == {
        "~$b.xlsx": "lock_file",
        "メモ.docx": "not_a_spreadsheet",
        ".hidden.xlsx": "hidden_file",
        "old/": "own_output",
        "out/": "own_output",
    }


def test_a_file_named_by_hand_is_meant_whatever_it_is_called(tmp_path: Path) -> None:
    path = touch(tmp_path / "return.csv")
    assert [name for _, name in gather([path]).returns] == ["return.csv"]


def test_one_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = touch(tmp_path / "a.xlsx")
    assert len(gather([tmp_path, path]).returns) == 1


def test_two_folders_with_one_name_keep_both_apart(tmp_path: Path) -> None:
    touch(tmp_path / "first" / "a.xlsx")
    touch(tmp_path / "second" / "a.xlsx")
    names = [name for _, name in gather([tmp_path / "first", tmp_path / "second"]).returns]
    assert names == ["first/a.xlsx", "second/a.xlsx"]


def test_names_are_composed_unicode(tmp_path: Path) -> None:
    touch(tmp_path / unicodedata.normalize("NFD", "ガス課.xlsx"))
    assert [name for _, name in gather([tmp_path]).returns] == ["ガス課.xlsx"]


def test_a_missing_path_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoInput):
        gather([tmp_path / "nowhere"])

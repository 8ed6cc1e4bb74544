"""Options that hold more than a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.cli.settings import read_limits, read_passwords
from reconcile.package import Limits
from reconcile.pipeline import CannotRun


def test_passwords_stand_behind_their_department_or_alone(tmp_path: Path) -> None:
    file = tmp_path / "passwords.txt"
    file.write_text("﻿危機管理部\tab,c:1 \n\n  alone\n道路課\t\n危機管理部\t2つ目\nanother\n", encoding="utf-8")
    assert read_passwords(file) == {"危機管理部": ["ab,c:1 ", "2つ目"], "": ["  alone", "another"], "道路課": [""]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_list_as_notepad_and_excel_write_it(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "passwords.txt"
    file.write_bytes("危機管理部\tひみつ１\r\n\r\n道路課\tabc\r\n".encode(encoding))
    assert read_passwords(file) == {"危機管理部": ["ひみつ１"], "道路課": ["abc"]}


@pytest.mark.parametrize("content", [b"\xff\xfea", b"\x81", b"\x85\x01"])
def test_a_list_that_is_no_text(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "passwords.txt"
    file.write_bytes(content)
    with pytest.raises(CannotRun) as caught:
        read_passwords(file)
    assert caught.value.key == "password_file"


def test_a_password_without_its_tab_is_the_whole_line(tmp_path: Path) -> None:
    file = tmp_path / "passwords.txt"
    file.write_text("道路課 abc\n\tx\n", encoding="utf-8")
    assert read_passwords(file) == {"": ["道路課 abc", "x"]}


def test_no_password_file_no_passwords() -> None:
    assert read_passwords(None) == {}


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ([], Limits()),
        (["seconds=60"], Limits(seconds=60)),
        (["file_bytes=200MB", "cells=10k"], Limits(file_bytes=200_000_000, cells=10_000)),
        ([" memory_bytes = 2G "], Limits(memory_bytes=2_000_000_000)),
    ],
)
def test_limits(given: list[str], limits: Limits) -> None:
    assert read_limits(given) == limits

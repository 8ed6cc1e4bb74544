"""What nobody has touched since a run wrote it is not read again; whatever may have been touched is."""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from reconcile.writing import earlier
from reconcile.writing.earlier import RUN_FILE, changed, sha256
from reconcile.writing.seal import seal, unbroken

FILES = ("annotated/a.xlsx", "facts.csv", "master.xlsx")
TYPED = "annotated/a.xlsx"

posix = pytest.mark.skipif(os.name != "posix", reason="the system does not tell when a file was changed")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """What a run has left: three files and the list of them."""
    folder = tmp_path / "out"
    (folder / "annotated").mkdir(parents=True)
    for name in FILES:
        (folder / name).write_text("as it was written")
    record(folder)
    return folder


def record(folder: Path) -> None:
    (folder / RUN_FILE).write_text(json.dumps({"outputs": {name: sha256(folder / name) for name in FILES}}))


@pytest.fixture
def sealed(out: Path) -> str:
    """The seal that the run has set."""
    found = ""
    while os.name == "posix" and not found:  # the clock of the file system goes on by some milliseconds at a time
        record(out)
        found = seal(out, FILES, now=(out / RUN_FILE).stat().st_ctime_ns)
    return found


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read to see whether they had changed."""
    names: list[str] = []

    def reading(path: Path) -> str:
        names.append(path.name)
        return sha256(path)

    monkeypatch.setattr(earlier, "sha256", reading)
    return names


def typed(path: Path) -> None:
    """As many bytes as before, in the same file, under the times it had."""
    had = path.stat()
    with path.open("r+") as file:
        file.write("as it was changed")
    os.utime(path, ns=(had.st_atime_ns, had.st_mtime_ns))


@posix
def test_what_nobody_has_touched_is_not_read(out: Path, sealed: str, read: list[str]) -> None:
    assert changed(out, sealed) == []
    assert read == []


@posix
def test_a_folder_that_was_moved_is_not_read(out: Path, sealed: str, read: list[str]) -> None:
    out = out.rename(out.with_name("moved"))
    assert changed(out, sealed) == []
    assert read == []


def test_a_change_is_seen(out: Path, sealed: str) -> None:
    (out / TYPED).write_text("answers")
    assert changed(out, sealed) == [TYPED]


def test_a_change_of_the_same_length_under_the_old_times_is_seen(out: Path, sealed: str) -> None:
    typed(out / TYPED)
    assert changed(out, sealed) == [TYPED]


def test_an_older_file_in_the_place_of_one_is_seen(out: Path, sealed: str) -> None:
    """As long as the other and older than it, as a file out of a backup is."""
    other = out.parent / "older.xlsx"
    other.write_text("as it had been...")
    os.utime(other, (1_600_000_000, 1_600_000_000))
    os.replace(other, out / TYPED)
    assert changed(out, sealed) == [TYPED]


def test_a_file_with_the_very_times_of_the_one_it_replaces_is_seen(out: Path, sealed: str) -> None:
    had = (out / TYPED).stat()
    other = out.parent / "other.xlsx"
    other.write_text("as it was changed")
    os.utime(other, ns=(had.st_atime_ns, had.st_mtime_ns))
    os.replace(other, out / TYPED)
    assert changed(out, sealed) == [TYPED]


def test_a_link_in_the_place_of_a_file_is_followed(out: Path, sealed: str) -> None:
    other = out.parent / "other.xlsx"
    other.write_text("as it was changed")
    (out / TYPED).unlink()
    try:
        (out / TYPED).symlink_to(other)
    except OSError:
        pytest.skip("no links here")
    assert changed(out, sealed) == [TYPED]


def test_a_change_seen_while_the_clock_stands_in_the_past(out: Path, sealed: str) -> None:
    """A machine, or a server, whose clock was set back in between."""
    typed(out / TYPED)
    for name in FILES:
        os.utime(out / name, (1_000_000_000, 1_000_000_000))
    assert changed(out, sealed) == [TYPED]


def _zipped(here: Path, there: Path) -> None:
    """An archive rounds times to two seconds."""
    packed = here.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(here.rglob("*")):
            archive.write(path, path.relative_to(here))
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(there)
        for info in archive.infolist():
            then = time.mktime((*info.date_time, 0, 0, -1))
            os.utime(there / info.filename, (then, then))


def _checked_out(here: Path, there: Path) -> None:
    """Every file is new, run.json first."""
    for path in (here / RUN_FILE, *(here / name for name in reversed(FILES))):
        (there / path.relative_to(here)).parent.mkdir(parents=True, exist_ok=True)
        (there / path.relative_to(here)).write_bytes(path.read_bytes())


COPIES: dict[str, Callable[[Path, Path], object]] = {
    "copied": partial(shutil.copytree, copy_function=shutil.copyfile),
    "copied with its times": shutil.copytree,
    "zipped": _zipped,
    "checked out": _checked_out,
}


@pytest.mark.parametrize("way", COPIES)
def test_of_a_copy_everything_is_read(out: Path, sealed: str, read: list[str], way: str) -> None:
    COPIES[way](out, out.with_name("there"))
    assert changed(out.with_name("there"), sealed) == []
    assert sorted(read) == ["a.xlsx", "facts.csv", "master.xlsx"]


@pytest.mark.parametrize("way", COPIES)
def test_a_change_made_before_it_was_copied_is_seen(out: Path, sealed: str, way: str) -> None:
    typed(out / TYPED)
    COPIES[way](out, out.with_name("there"))
    assert changed(out.with_name("there"), sealed) == [TYPED]


def test_what_is_missing_is_nothing_to_keep_and_the_rest_is_read(out: Path, sealed: str, read: list[str]) -> None:
    (out / "facts.csv").unlink()
    typed(out / TYPED)
    assert changed(out, sealed) == [TYPED]
    assert sorted(read) == ["a.xlsx", "master.xlsx"]


def test_only_what_is_asked_for_is_read(out: Path, sealed: str, read: list[str]) -> None:
    typed(out / TYPED)
    assert changed(out, sealed, ("master.xlsx", "none.xlsx")) == []
    assert read == ["master.xlsx"]


def test_a_file_changed_in_the_tick_of_the_seal_has_none(out: Path) -> None:
    """The clock of some drives goes on by two seconds at a time: a change would leave no trace."""
    last = max((out / name).stat().st_ctime_ns for name in FILES)
    assert seal(out, FILES, now=last) == ""
    assert bool(seal(out, FILES, now=last + 1)) == (os.name == "posix")


def test_no_seal_proves_nothing(out: Path, sealed: str, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, which does not tell when a file was last changed."""
    monkeypatch.setattr("reconcile.writing.seal._TELLS_CHANGES", False)
    assert seal(out, FILES, now=time.time_ns()) == ""
    assert not unbroken(out, FILES, "")
    assert changed(out, sealed) == []
    assert len(read) == 3


@pytest.mark.parametrize("other", ["", "0" * 64])
def test_another_seal_or_none_proves_nothing(out: Path, read: list[str], other: str) -> None:
    assert changed(out, other) == []
    assert len(read) == 3

"""The output folder appears whole or not at all."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reconcile.catalogue import words
from reconcile.messages import filled
from reconcile.writing.earlier import RUN_FILE, sha256
from reconcile.writing.exchange import exchange
from reconcile.writing.lock import Locked, hold
from reconcile.writing.output import OutputError, check, output_folder


def _fill(folder: Path, text: str) -> None:
    """What a run leaves: a file in a subfolder, and the list of files by which it is known again."""
    (folder / "annotated").mkdir()
    (folder / "annotated" / "a.xlsx").write_text(text)
    (folder / "facts.csv").write_text(text)
    outputs = {name: sha256(folder / name) for name in ("annotated/a.xlsx", "facts.csv")}
    (folder / RUN_FILE).write_text(json.dumps({"outputs": outputs}))


def _run(target: Path, text: str, then: Callable[[], None] = lambda: None) -> Path | None:
    """A run that writes ``text``, and what happens just before it ends."""
    with output_folder(target) as building:
        _fill(building.folder, text)
        then()
    return building.kept


@pytest.fixture(params=["exchanged", "two steps"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names exchanged in one step, and in two as where the system has no such call."""
    if request.param == "two steps":
        monkeypatch.setattr("reconcile.writing.output.exchange", lambda *_: False)


@pytest.mark.usefixtures("either_way")
def test_new_output_replaces_the_old_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    assert _run(target, "one") is None
    assert _run(target, "two") is None
    assert (target / "facts.csv").read_text() == "two"
    assert sorted(path.name for path in target.parent.iterdir()) == ["out"]


@pytest.mark.parametrize("stop", [RuntimeError("bug"), KeyboardInterrupt(), SystemExit(1)])
def test_a_stop_half_way_leaves_the_old_output(tmp_path: Path, stop: BaseException) -> None:
    target = tmp_path / "out"
    _run(target, "one")

    def stopping() -> None:
        raise stop

    with pytest.raises(type(stop)):
        _run(target, "two", stopping)
    assert (target / "facts.csv").read_text() == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "unwritable"),
        (errno.EACCES, "unwritable"),
        (errno.EIO, "away"),
        (errno.ETIMEDOUT, "away"),
        (errno.ENOENT, "no_place"),
        (errno.ENOTDIR, "no_place"),
        (errno.ENAMETOOLONG, "name_too_long"),
        (errno.EMFILE, "failed"),
    ],
)
def test_an_error_of_the_disk_is_explained(tmp_path: Path, number: int, key: str) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    with pytest.raises(OutputError) as caught, output_folder(target):
        raise OSError(number, "said by the system")
    assert caught.value.key == key
    assert str(target) in caught.value.data.values()
    assert (caught.value.data.get("reason") == "said by the system") == (key == "failed")
    for lang in ("ja", "en"):
        assert str(target) in filled(words("ui")["cannot"][key].get(lang), caught.value.data, lang)
    assert (target / "facts.csv").read_text() == "one"


@pytest.mark.usefixtures("either_way")
def test_a_rename_that_fails_brings_the_old_output_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        if self.name.endswith(".new"):
            raise OSError(errno.EIO, "input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError):
        _run(target, "two")
    assert (target / "facts.csv").read_text() == "one"


def test_a_run_killed_between_its_renames_is_made_good(tmp_path: Path) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    target.rename(tmp_path / ".out.old")
    (tmp_path / ".out.new").mkdir()
    with pytest.raises(RuntimeError), output_folder(target):
        raise RuntimeError("bug")
    assert (target / "facts.csv").read_text() == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_killed_process_leaves_the_old_output_and_no_lock(tmp_path: Path) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    program = (
        "import os, sys; from pathlib import Path; from reconcile.writing.output import output_folder\n"
        "with output_folder(Path(sys.argv[1])) as building:\n"
        "    (building.folder / 'facts.csv').write_text('two'); os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(target)], check=False).returncode == 9
    assert (target / "facts.csv").read_text() == "one"
    _run(target, "three")
    assert (target / "facts.csv").read_text() == "three"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.usefixtures("either_way")
def test_what_a_person_changed_is_kept_beside(tmp_path: Path) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    (target / "annotated" / "a.xlsx").write_text("answers")
    (tmp_path / "out-1").mkdir()
    assert _run(target, "two") == tmp_path / "out-2"
    assert (tmp_path / "out-2" / "annotated" / "a.xlsx").read_text() == "answers"
    assert (target / "facts.csv").read_text() == "two"


@pytest.mark.parametrize("left", [".out.old", ".out.new"])
def test_what_a_person_changed_is_kept_though_the_run_was_killed(tmp_path: Path, left: str) -> None:
    """Killed after the new output came in place and before the earlier one was put beside it."""
    target = tmp_path / "out"
    _run(target, "one")
    (target / "annotated" / "a.xlsx").write_text("answers")
    target.rename(tmp_path / left)
    _run(target, "two")
    assert (tmp_path / "out-1" / "annotated" / "a.xlsx").read_text() == "answers"
    assert (target / "facts.csv").read_text() == "two"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out-1"]


def test_what_nobody_changed_and_a_newer_one_replaced_is_gone(tmp_path: Path) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    target.rename(tmp_path / ".out.old")
    with output_folder(target) as building:
        assert (target / "facts.csv").read_text() == "one"
        _fill(building.folder, "two")
    (tmp_path / "other").mkdir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "out"]


@pytest.mark.skipif(sys.platform != "linux", reason="the call is there on Linux")
def test_names_are_exchanged_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "一", tmp_path / "other"
    one.mkdir()
    (other / "inner").mkdir(parents=True)
    assert exchange(one, other)
    assert (one / "inner").is_dir()
    assert not exchange(one, tmp_path / "nothing")


def test_refuses_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("mine")
    with pytest.raises(OutputError, match="is_a_file"):
        _run(target, "one")
    assert target.read_text() == "mine"


def test_refuses_a_folder_with_files_of_others(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    for name in ("d.txt", "c.txt", "b.txt", "a.txt"):
        (target / name).write_text("mine")
    with pytest.raises(OutputError) as caught:
        check(target)
    assert caught.value.key == "foreign_files"
    assert caught.value.data["files"] == ("a.txt", "b.txt", "c.txt")
    assert caught.value.data["count"] == 4


def test_refuses_our_own_output_with_something_added(tmp_path: Path) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    (target / "Thumbs.db").write_text("")
    check(target)
    (target / "annotated" / "memo.docx").write_text("mine")
    with pytest.raises(OutputError, match=r"foreign_files.*annotated/memo\.docx"):
        check(target)


@pytest.mark.parametrize("name", ["~$facts.csv", ".~lock.facts.csv#"])
def test_refuses_while_a_workbook_there_is_open(tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    _run(target, "one")
    (target / name).write_text("somebody")
    with pytest.raises(OutputError) as caught:
        _run(target, "two")
    assert (caught.value.key, caught.value.data["files"]) == ("opened", ("facts.csv",))


def test_a_file_added_during_the_run_is_not_thrown_away(tmp_path: Path) -> None:
    target = tmp_path / "out"
    _run(target, "one")

    def adding() -> None:
        (target / "memo.txt").write_text("mine")

    with pytest.raises(OutputError, match="foreign_files"):
        _run(target, "two", adding)
    assert (target / "memo.txt").read_text() == "mine"


def test_a_second_run_beside_the_first_says_so(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with output_folder(target) as building:
        with pytest.raises(OutputError, match="locked"), output_folder(target):
            pass
        _fill(building.folder, "one")
    assert (target / "facts.csv").read_text() == "one"


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        with hold(path), pytest.raises(Locked), hold(path):
            pass
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of a file")
def test_a_disk_that_fills_up_while_the_master_is_written(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the system refuses in the middle of the workbook."""
    samples = Path(__file__).resolve().parents[2] / "samples" / "plan2022" / "returns"
    target = tmp_path / "out"
    _run(target, "one")
    program = (
        "import resource, sys; from pathlib import Path; from reconcile import pipeline; from reconcile.packs import load\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "try: pipeline.run(load('plan2022'), [Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "except pipeline.CannotRun as wrong: print(wrong.key)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(samples), str(target)], check=False, capture_output=True, text=True
    )
    assert done.stdout.strip() == "disk_full", done.stderr
    assert (target / "facts.csv").read_text() == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]

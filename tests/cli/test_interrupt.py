"""Ctrl-C on a terminal reaches every process of a run; it is answered once, in one line, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.commands import CLEAN
from tests.reliability.attacks import slow_key

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
ROOT = Path(__file__).resolve().parents[2]


def children(process: int) -> list[str]:
    """The ids of the processes that a process has started, as far as the system tells."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [child for task in tasks for child in task.read_text().split()]


@pytest.fixture(autouse=True)
def _heeding_ctrl_c() -> Iterator[None]:
    """A shell has what it starts in the background ignore Ctrl-C, and so would all that this starts in its turn."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked return whose key takes long to derive, and a list of passwords that do not open it."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "鍵.xlsx").write_bytes(slow_key())
    (folder / "passwords.txt").write_text("".join(f"no{n}\n" for n in range(99)), "utf-8")
    return folder


def lives(process: str) -> bool:
    """Whether a process still does something: one that has ended may wait for somebody to ask how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@contextmanager
def several_reading(folder: Path, given: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run that has started its processes, the last of whose returns takes long, with all the passwords there are."""
    args = ["run", "--pack", "plan2022", CLEAN, given / "鍵.xlsx", "--password-file", given / "passwords.txt"]
    args += ["--out", folder / "out", "--jobs", "2", "--no-cache"]
    with subprocess.Popen(
        [sys.executable, "-m", "reconcile", *map(str, args)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as running:  # fmt: skip
        while len(children(running.pid)) < 2 and running.poll() is None:
            time.sleep(0.01)
        yield running


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the processes of a process")
@pytest.mark.parametrize("wait", [0.0, 0.15, 0.6])
def test_ctrl_c_while_several_processes_read(tmp_path: Path, given: Path, wait: float) -> None:
    with several_reading(tmp_path, given) as running:
        time.sleep(wait)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, b""), err.decode()
    assert err.decode() == "中断しました。出力先には何も書いていません。\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the processes of a process")
def test_processes_end_with_the_one_that_asks_however_that_ends(tmp_path: Path, given: Path) -> None:
    with several_reading(tmp_path, given) as running:
        started = children(running.pid)
        assert len(started) == 2
        running.kill()
        running.communicate(timeout=60)
    until = time.monotonic() + 60
    while any(map(lives, started)) and time.monotonic() < until:
        time.sleep(0.05)
    assert [process for process in started if lives(process)] == []
    assert not (tmp_path / "out").exists()

"""The output appears whole or not at all, whatever happens to the run: real runs, real signals, a real full disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.reliability.kills import SAMPLES, files_of, is_whole, kill

ROOT = Path(__file__).resolve().parents[2]
RETURNS = sorted((SAMPLES / "returns").glob("*.xlsx"))[:3]

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, mounts and file limits are others there")


def command(out: Path, *more: object) -> list[str]:
    return [
        sys.executable,
        "-m",
        "reconcile",
        "run",
        "--pack",
        "plan2022",
        *map(str, RETURNS),
        "--out",
        str(out),
        *map(str, more),
    ]


@posix
def test_ten_kills_leave_the_earlier_output_or_a_whole_new_one(tmp_path: Path) -> None:
    stood = kill(10, seed=5, folder=tmp_path, files=3)
    assert stood["neither"] == 0
    assert stood["earlier"] >= 2
    assert sum(stood.values()) == 10


@posix
def test_a_second_run_beside_the_first_says_so_and_leaves_its_output_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = subprocess.Popen(command(out), cwd=ROOT, stdout=subprocess.DEVNULL)
    lock = tmp_path / ".out.lock"
    while not lock.exists() and first.poll() is None:
        time.sleep(0.002)
    os.kill(first.pid, 19)  # SIGSTOP: it stands still while it writes
    second = subprocess.run(command(out), cwd=ROOT, capture_output=True, text=True, check=False)
    os.kill(first.pid, 18)  # SIGCONT
    assert first.wait(60) in (0, 1)
    assert second.returncode == 2
    assert str(out) in second.stderr
    assert "Traceback" not in second.stderr
    assert is_whole(out)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 KB, where this process may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mounting, capture_output=True, check=False).returncode
    except OSError:
        done = 1
    if done:
        pytest.skip("only root mounts a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@posix
def test_a_full_disk_leaves_the_earlier_output_and_says_so(small_disk: Path) -> None:
    out = small_disk / "out"
    done = subprocess.run(command(out), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    before = files_of(out)
    taken = sum(path.stat().st_size for path in out.rglob("*"))
    (small_disk / "filler").write_bytes(bytes(400_000 - 2 * taken) if 2 * taken < 400_000 else b"")
    for lang in ("ja", "en"):
        done = subprocess.run(command(out, "--lang", lang), cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert ("空き" in done.stderr) if lang == "ja" else ("full" in done.stderr or "space" in done.stderr)
        assert "Traceback" not in done.stderr
    assert files_of(out) == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "out"]

"""What lies in a folder under the name of a return and is none: pipes, links in circles, folders nobody may open."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reconcile.inputs import gather
from reconcile.intake import read_return
from reconcile.kept import Kept
from reconcile.messages import render
from reconcile.package import Limits
from reconcile.packs import Pack, load

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RETURN = next(iter(sorted((SAMPLES / "plan2022" / "returns").glob("*.xlsx"))))
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")


@pytest.fixture(scope="module")
def plan() -> Pack:
    return load("plan2022")


def refusal(path: Path, plan: Pack, limits: Limits | None = None) -> tuple[str, str]:
    submission = read_return(path, path.name, plan, limits)
    (finding,) = submission.findings
    for lang in ("ja", "en"):
        assert path.name in render(finding, plan, lang)
    return finding.code, submission.refused


@UNIX
def test_a_pipe_is_not_waited_for(plan: Pack, tmp_path: Path) -> None:
    path = tmp_path / "道路課.xlsx"
    os.mkfifo(path)
    found: list[tuple[str, str]] = []
    reading = threading.Thread(target=lambda: found.append(refusal(path, plan)), daemon=True)
    reading.start()
    reading.join(timeout=20)
    assert found == [("FIL001", "unreadable")]


@UNIX
def test_a_file_without_an_end_is_not_read(plan: Pack, tmp_path: Path) -> None:
    path = tmp_path / "道路課.xlsx"
    path.symlink_to("/dev/zero")
    assert refusal(path, plan) == ("FIL001", "unreadable")
    submission, packed = Kept(tmp_path / "kept").read(path, path.name, plan, Limits(), ())
    assert submission.refused == "unreadable"
    assert packed is None


@UNIX
def test_a_file_over_the_limit_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "道路課.xlsx"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)  # holds nothing, and takes no room on the disk
    program = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "from reconcile.intake import read_return; from reconcile.packs import load\n"
        "found = read_return(Path(sys.argv[1]), 'a.xlsx', load('plan2022'))\n"
        "print(found.refused, found.size)"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["file_size", "3000000000"]


def test_a_file_that_is_gone_is_said_to_be_unreadable(plan: Pack, tmp_path: Path) -> None:
    assert refusal(tmp_path / "道路課.xlsx", plan) == ("FIL001", "unreadable")


@UNIX
def test_links_in_a_circle_and_links_to_nothing_are_refused_beside_the_others(plan: Pack, tmp_path: Path) -> None:
    (tmp_path / "輪.xlsx").symlink_to("輪.xlsx")
    (tmp_path / "行先なし.xlsx").symlink_to("どこにもない.xlsx")
    (tmp_path / "道路課.xlsx").write_bytes(RETURN.read_bytes())
    (tmp_path / "上へ").symlink_to(tmp_path)
    found = {name: path for path, name in gather([tmp_path]).returns}
    assert sorted(found) == sorted(["輪.xlsx", "行先なし.xlsx", "道路課.xlsx"])
    assert refusal(found["輪.xlsx"], plan) == refusal(found["行先なし.xlsx"], plan) == ("FIL001", "unreadable")


def test_a_folder_that_may_not_be_opened_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "閉").mkdir()
    (tmp_path / "閉" / "道路課.xlsx").write_bytes(b"x")
    (tmp_path / "公園課.xlsx").write_bytes(b"x")
    scan = os.scandir

    def guarded(place: os.PathLike[str] | str) -> object:
        if Path(place).name == "閉":
            raise PermissionError(13, "Permission denied", os.fspath(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", guarded)
    found = gather([tmp_path])
    assert [name for _, name in found.returns] == ["公園課.xlsx"]
    assert found.skipped == (("閉/", "closed_folder"),)


@pytest.mark.parametrize(
    "name", ["道路課.xlsx ", "道路課.xlsx.", "道路課.ＸＬＳＸ", "道路課．ｘｌｓｘ", "道路課.xlsx. ."]
)
def test_a_name_that_ends_oddly_is_that_of_a_return(name: str, plan: Pack, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(RETURN.read_bytes())
    ((found, called),) = gather([tmp_path]).returns
    submission = read_return(found, called, plan)
    assert submission.forms


def test_names_that_differ_in_case_alone_are_two_returns(tmp_path: Path) -> None:
    for name in ("Road.xlsx", "ROAD.xlsx", "road.XLSX"):
        (tmp_path / name).write_bytes(RETURN.read_bytes())
    if len(os.listdir(tmp_path)) < 3:
        pytest.skip("this file system takes them for one")
    assert [name for _, name in gather([tmp_path]).returns] == ["ROAD.xlsx", "Road.xlsx", "road.XLSX"]

"""What was read once is not read again; whatever is not sure to be the same is read."""

from __future__ import annotations

import os
import pickle
import shutil
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reconcile.kept
from reconcile.intake import read_return
from reconcile.kept import Kept, usual_folder
from reconcile.package import Limits
from reconcile.packs import Pack
from reconcile.reading import Together
from reconcile.submissions import Submission

Returns = tuple[tuple[Path, str], ...]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "cache")


@pytest.fixture
def one(faulty: Returns, tmp_path: Path) -> Path:
    return Path(shutil.copy(faulty[0][0], tmp_path / "return.xlsx"))


def read(kept: Kept, path: Path, pack: Pack, limits: Limits | None = None, name: str = "return.xlsx") -> Submission:
    found = kept.find(path, name, pack, limits or Limits())
    return replace(found or kept.read(path, name, pack, limits or Limits(), ())[0], seconds={})


def entries(kept: Kept) -> list[Path]:
    return sorted(kept.folder.glob("*/*"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the returns that were really read."""
    names: list[str] = []

    def noted(path: Path, name: str, *more: object) -> Submission:
        names.append(name)
        return read_return(path, name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("reconcile.intake.read_return", noted)
    return names


def test_the_second_time_it_says_the_same_unread(kept: Kept, faulty: Returns, pack: Pack, opened: list[str]) -> None:
    first = [read(kept, path, pack, name=name) for path, name in faulty]
    assert len(opened) == len(faulty)
    assert [read(kept, path, pack, name=name) for path, name in faulty] == first
    again = opened[len(faulty) :]
    # What could not be read, or was not a plain package, is tried again.
    assert set(again) <= {s.file for s in first if s.refused or s.kind != "xlsx"}
    assert any(s.findings for s in first)


def test_another_content_is_read(kept: Kept, one: Path, faulty: Returns, pack: Pack, opened: list[str]) -> None:
    before = read(kept, one, pack)
    shutil.copy(faulty[1][0], one)
    assert read(kept, one, pack) != before
    assert len(opened) == 2


@pytest.mark.parametrize("other", ["name", "limits", "pack", "program"])
def test_what_it_depends_on_is_part_of_its_place(
    other: str, kept: Kept, one: Path, pack: Pack, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(kept, one, pack)
    if other == "name":
        read(kept, one, pack, name="other.xlsx")
    elif other == "limits":
        read(kept, one, pack, Limits(cells=1_000_000))
    elif other == "pack":
        read(kept, one, replace(pack, digest="another"))
    else:
        monkeypatch.setattr(reconcile.kept, "program", lambda: "another")
        read(kept, one, pack)
    assert len(opened) == 2


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_entry_is_as_if_it_were_not_there(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (kept, path, pack, right) = prepared(tmp_path_factory)
    (entry,) = entries(kept)
    good = entry.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    how = data.draw(st.sampled_from(["cut", "flip"]))
    entry.write_bytes(good[:at] if how == "cut" else good[:at] + bytes([good[at] ^ 0x55]) + good[at + 1 :])
    assert read(kept, path, pack) == right
    assert entry.read_bytes() == good, "written anew"


_prepared: list[tuple[Kept, Path, Pack, Submission]] = []


def prepared(factory: pytest.TempPathFactory) -> tuple[Kept, Path, Pack, Submission]:
    from reconcile.packs import load

    if not _prepared:
        folder = factory.mktemp("kept")
        pack = load("plan2022")
        samples = Path(__file__).resolve().parents[2] / "samples" / "plan2022" / "returns-with-errors"
        path = Path(shutil.copy(sorted(samples.glob("*.xlsx"))[0], folder / "return.xlsx"))
        kept = Kept(folder / "cache")
        _prepared.append((kept, path, pack, read(kept, path, pack)))
    return _prepared[0]


def test_what_is_no_plain_package_is_not_kept(kept: Kept, tmp_path: Path, pack: Pack) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert read(kept, locked, pack).refused
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04" + bytes(600))
    assert read(kept, damaged, pack).refused
    assert read(kept, tmp_path / "nowhere.xlsx", pack).refused == "unreadable"
    assert entries(kept) == []


def test_without_a_place_to_write_it_is_read_all_the_same(tmp_path: Path, one: Path, pack: Pack) -> None:
    (tmp_path / "file").write_text("no folder")
    assert not read(Kept(tmp_path / "file"), one, pack).refused


def test_nothing_is_looked_up_where_nothing_is_kept(kept: Kept, one: Path, pack: Pack, tmp_path: Path) -> None:
    assert kept.empty
    read(kept, one, pack)
    assert not kept.empty
    (tmp_path / "file").write_text("no folder")
    assert Kept(tmp_path / "file").empty


def test_values_are_packed_once_to_be_kept_and_to_travel(kept: Kept, one: Path, pack: Pack) -> None:
    submission, packed = kept.read(one, "return.xlsx", pack, Limits(), ())
    assert packed is not None
    assert packed == submission.columns.packed()
    assert entries(kept)[0].read_bytes().endswith(packed)
    found = pickle.loads(pickle.dumps(Together([submission, submission], [packed, None]))).submissions
    assert found == [submission, submission]


def test_what_changes_while_it_is_read_is_kept_as_it_was_read(
    kept: Kept, one: Path, faulty: Returns, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = one.read_bytes()

    def changed(path: Path, *more: object) -> Submission:
        shutil.copy(faulty[1][0], path)
        return read_return(path, *more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("reconcile.intake.read_return", changed)
        first = read(kept, one, pack)
    assert kept.find(one, "return.xlsx", pack, Limits()) is None
    one.write_bytes(before)
    assert replace(kept.find(one, "return.xlsx", pack, Limits()) or first, seconds={}) == first


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_others_may_not_look_into_it(kept: Kept, one: Path, pack: Pack) -> None:
    read(kept, one, pack)
    (entry,) = entries(kept)
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700


def test_what_was_not_asked_for_longest_goes_first(kept: Kept, faulty: Returns, pack: Pack) -> None:
    for path, name in faulty[:3]:
        read(kept, path, pack, name=name)
    oldest, *others = entries(kept)
    os.utime(oldest, (1, 1))
    kept.tidy(most=sum(path.stat().st_size for path in others))
    assert entries(kept) == others
    kept.tidy(most=0)
    assert entries(kept) == []


@pytest.mark.parametrize(
    ("platform", "variables", "end"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "x/reconcile"),
        ("linux", {}, ".cache/reconcile"),
        ("darwin", {}, "Library/Caches/reconcile"),
        ("win32", {"LOCALAPPDATA": "/local"}, "local/reconcile/Cache"),
        ("linux", {"RECONCILE_CACHE": "/mine"}, "mine"),
    ],
)
def test_where_it_lies(platform: str, variables: dict[str, str], end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "RECONCILE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert usual_folder().as_posix().endswith(end)

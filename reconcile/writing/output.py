"""The output folder: written whole or not at all.

Everything is written into a folder beside the target and renamed into place at the very end, so that a
failure, Ctrl-C or a full disk leaves the output of the run before as it was.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reconcile.writing.earlier import changed, foreign, opened
from reconcile.writing.exchange import exchange
from reconcile.writing.lock import Locked, hold

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_ASKING = 16  # threads that wait for the disk at the same time
_BARRED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_PLACE = {errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ENODEV, errno.EINVAL, errno.ELOOP}
# A drive that was taken out, a share that went away.
_AWAY = {
    getattr(errno, name)
    for name in (
        "EIO",
        "ENXIO",
        "ESTALE",
        "ETIMEDOUT",
        "EHOSTDOWN",
        "EHOSTUNREACH",
        "ENETDOWN",
        "ENETUNREACH",
        "ENOTCONN",
    )
    if hasattr(errno, name)
}


class OutputError(Exception):
    """The output cannot be written. ``key`` names the sentence, ``data`` what it is made of.

    Keys: ``is_a_file``, ``unwritable``, ``foreign_files``, ``opened``, ``locked``, ``disk_full``, ``name_too_long``,
    ``no_place``, ``away``, ``failed``.
    """

    def __init__(self, key: str, **data: str | int | tuple[str, ...]) -> None:
        super().__init__(f"{key}: {', '.join(f'{name}={value}' for name, value in data.items())}")
        self.key = key
        self.data: Mapping[str, str | int | tuple[str, ...]] = data


@dataclass(slots=True)
class Building:
    """The folder to write into, and, once in place, where an earlier output that a person had changed was kept."""

    folder: Path
    kept: Path | None = None


@contextmanager
def output_folder(target: Path, seal: str = "") -> Iterator[Building]:
    """Gives a new folder to write into; puts it in the place of ``target`` when the block ends well.

    An earlier output of ours is replaced. Where somebody has changed it since (answers typed into the error
    sheet), it is kept beside as ``<name>-1``, ``-2`` …; ``Building.kept`` then says where. ``seal`` is
    that of the earlier output, where one was set.

    Raises:
        OutputError: when the target cannot be replaced or the disk is full; the target is then as it was.
    """
    place = target.resolve()
    fresh = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with hold(_lock_of(place)):
            _restore(place, fresh, seal)
            check(place)
            fresh.mkdir()
            building = Building(fresh)
            try:
                yield building
                _settle(fresh)
                check(place)
                building.kept = _swap(fresh, place, seal)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except Locked:
        raise OutputError("locked", folder=str(target)) from None
    except OSError as wrong:
        raise _explained(wrong, target) from wrong


def check(target: Path) -> None:
    """Whether a run may put its output there; also worth asking before a long run.

    Raises:
        OutputError: ``is_a_file``, ``foreign_files`` (``files``: up to three names, ``count``), ``opened``,
            ``unwritable``, or what the system says of the place.
    """
    try:
        _check(target)
    except OSError as wrong:
        raise _explained(wrong, target) from wrong


def _check(target: Path) -> None:
    if target.is_file():
        raise OutputError("is_a_file", folder=str(target))
    if not target.exists():
        _lock_of(target.resolve()).exists()  # the longest name that is needed
        above = next(folder for folder in target.resolve().parents if folder.exists())
        if not above.is_dir():
            raise OutputError("is_a_file", folder=str(above))
        if not os.access(above, os.W_OK):
            raise OutputError("unwritable", folder=str(above))
        return
    if not os.access(target, os.W_OK) or not os.access(target.resolve().parent, os.W_OK):
        raise OutputError("unwritable", folder=str(target))
    strangers = foreign(target)
    if strangers:
        raise OutputError("foreign_files", folder=str(target), files=tuple(strangers[:3]), count=len(strangers))
    books = opened(target)
    if books:
        raise OutputError("opened", folder=str(target), files=tuple(books))


def _lock_of(place: Path) -> Path:
    return place.with_name(f".{place.name}.lock")


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _restore(place: Path, fresh: Path, seal: str) -> None:
    """Makes good what a run that was killed has left: the earlier output stands where it stood before or under its
    name of passage, and is thrown away only once a newer one is in place and nobody had changed it."""
    old = _old(place)
    if old.is_dir() and not place.exists():
        old.rename(place)
    for left in (old, fresh):
        if left.is_dir() and changed(left, seal):
            left.rename(_free_name(place))
        shutil.rmtree(left, ignore_errors=True)


def _swap(fresh: Path, place: Path, seal: str) -> Path | None:
    """Puts the new folder in place; the earlier one comes back should that fail."""
    old = _old(place)
    if place.exists() and exchange(fresh, place):
        try:
            fresh.rename(old)
        except BaseException:
            exchange(fresh, place)
            raise
    else:
        _swap_in_two_steps(fresh, place, old)
    _sync([place.parent])
    if not old.exists():
        return None
    if changed(old, seal):
        kept = _free_name(place)
        old.rename(kept)
        return kept
    shutil.rmtree(old, ignore_errors=True)
    return None


def _swap_in_two_steps(fresh: Path, place: Path, old: Path) -> None:
    """Where names cannot be exchanged: a run killed between the two is made good by the next one."""
    if place.exists():
        _rename(place, old)
    try:
        _rename(fresh, place)
    except BaseException:
        if old.exists():
            old.rename(place)
        raise


def _rename(source: Path, target: Path) -> None:
    """Renames a folder; on Windows a virus scanner may hold a new file for a moment, so it asks again."""
    for pause in (0.2, 0.4, 0.8, 1.6) if os.name == "nt" else ():
        try:
            source.rename(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.rename(target)


def _free_name(place: Path) -> Path:
    number = 1
    while (name := place.with_name(f"{place.name}-{number}")).exists():
        number += 1
    return name


def _settle(folder: Path) -> None:
    """Makes sure that what was written has reached the disk before it takes the place of the old."""
    from concurrent.futures import ThreadPoolExecutor

    everything = [os.path.join(place, name) for place, inner, names in os.walk(folder) for name in (*inner, *names)]
    # Each asks the disk and waits; those that ask together are answered together.
    with ThreadPoolExecutor(_ASKING) as threads:
        list(threads.map(_sync, (everything[turn::_ASKING] for turn in range(_ASKING))))
    _sync([folder])


def _sync(paths: Iterable[str | Path]) -> None:
    """Flushes files, and the entries of folders, for which Windows has no call and does without."""
    for path in paths:
        folder = os.path.isdir(path)
        if folder and os.name == "nt":
            continue
        handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explained(wrong: OSError, target: Path) -> OutputError:
    if wrong.errno in _FULL:
        return OutputError("disk_full", folder=str(target))
    if wrong.errno in _BARRED:
        # Windows refuses to rename a folder while a program holds one of its files open.
        books = target.is_dir() and os.name == "nt"
        return OutputError("opened" if books else "unwritable", folder=str(target), files=str(wrong.filename or ""))
    if wrong.errno == errno.ENAMETOOLONG:
        return OutputError("name_too_long", path=str(target))
    if wrong.errno in _NO_PLACE:
        return OutputError("no_place", folder=str(target))
    if wrong.errno in _AWAY:
        return OutputError("away", folder=str(target))
    return OutputError("failed", folder=str(target), reason=wrong.strerror or str(wrong))

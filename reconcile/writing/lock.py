"""One run at a time for one output folder."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Locked(Exception):
    """Another run holds the lock."""


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Holds a lock file while the block runs. The system gives it free when the program dies.

    Raises:
        Locked: when another process, or another thread of this one, holds it.
    """
    handle = _take(path)
    try:
        yield
    finally:
        # First the name, then the lock: whoever waits finds a lock file that is no longer there and makes its own.
        with suppress(OSError):
            path.unlink()
        os.close(handle)
        with suppress(OSError):
            if sys.platform == "win32":
                path.unlink()


def _take(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
            if sys.platform == "win32" or (path.exists() and os.path.samestat(os.fstat(handle), path.stat())):
                return handle
        except BlockingIOError:
            os.close(handle)
            raise Locked(str(path)) from None
        except OSError as wrong:
            if wrong.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
                return handle  # a network drive without locks: go on without one
            os.close(handle)
            raise
        # The file was removed between opening and locking it: its holder has just ended.
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise BlockingIOError from None
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

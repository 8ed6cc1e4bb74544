"""Whether anybody has touched files since they were written, told by what the file system says of them.

A file system notes when anything of a file was last changed, be it content, times or name, and lets nobody set that
note (``st_ctime``); what takes a file's place has another number (``st_ino``). Where size, number and both times of
every file are to the nanosecond what they were, nothing was changed. Anything else proves nothing, and the files have
to be read: copies, archives and checkouts have notes of their own, and Windows tells none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

# Elsewhere ``st_ctime`` is when a file was made.
_TELLS_CHANGES = os.name == "posix"


def seal(folder: Path, names: Iterable[str], now: int) -> str:
    """A seal on files of a folder, by their names relative to it; ``""`` where none can be set.

    ``now``: what the clock of the file system says, in nanoseconds. A file changed in the same tick could be changed
    once more without a trace, so that all must have been changed before.
    """
    digest, last = _told(folder, names)
    return digest if last < now else ""


def unbroken(folder: Path, names: Iterable[str], sealed: str) -> bool:
    """Whether these files are proven to be what they were when the seal was set."""
    return bool(sealed) and _told(folder, names)[0] == sealed


def _told(folder: Path, names: Iterable[str]) -> tuple[str, int]:
    """What the file system says of the files, as a digest, and when the last of them was changed; ``""`` where it does
    not tell of all of them."""
    digest, last = hashlib.sha256(), 0
    try:
        for name in sorted(names if _TELLS_CHANGES else ()):
            # Of an opened file a network drive asks its server; else it may answer from memory.
            handle = os.open(folder / name, os.O_RDONLY)
            try:
                said = os.fstat(handle)
            finally:
                os.close(handle)
            digest.update(f"{name}\0{said.st_size} {said.st_ino} {said.st_mtime_ns} {said.st_ctime_ns}\n".encode())
            last = max(last, said.st_ctime_ns)
    except OSError:
        return "", 0
    return (digest.hexdigest(), last) if last else ("", 0)

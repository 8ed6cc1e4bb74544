"""Two folders exchange their names in one step, where the system has such a call."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

# <linux/fs.h>, <sys/stdio.h>
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def exchange(one: Path, other: Path) -> bool:
    """Exchanges the names of two things in one folder; False, with nothing done, where the system or the drive cannot
    (Windows, some network drives). There is then no moment at which either name is missing."""
    try:
        if sys.platform == "linux":
            call = ctypes.CDLL(None, use_errno=True).renameat2
            return not call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
        if sys.platform == "darwin":
            call = ctypes.CDLL(None, use_errno=True).renamex_np
            return not call(os.fsencode(one), os.fsencode(other), _RENAME_SWAP)
    except (AttributeError, OSError):  # an older C library
        return False
    return False

"""What a run remembers of its output for the next one over it, in the user's cache folder.

It says something of this machine and of this program, and nothing of the returns, so it is no part of the output. It
holds for the one output whose run.json it was made with; a damaged entry, or that of another output, is as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reconcile.kept import put
from reconcile.writing.earlier import RUN_FILE, listed, sha256
from reconcile.writing.seal import seal

_FOLDER = "outputs"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A seal by which a later run sees that nobody has touched the files of an output, and by what each of its marked
    copies was made of the name of the copy."""

    seal: str = ""
    copies: Mapping[str, str] = field(default_factory=dict)


def remember(kept: Path, out: Path, copies: Mapping[str, str]) -> None:
    """Remembers the output that has just been put in its place; ``copies`` as in :class:`Remembered`."""
    run = out / RUN_FILE
    with suppress(OSError):
        # run.json is the last that was written: its time is that of the file system's own clock.
        sealed = seal(out, listed(out) or (), now=run.stat().st_ctime_ns)
        entry = {"run": sha256(run), "seal": sealed, "copies": copies}
        put(_place(kept, out), json.dumps(entry).encode())


def remembered(kept: Path | None, out: Path) -> Remembered:
    """What is remembered of the output that stands there now; nothing where nothing is ``kept``."""
    if kept is None:
        return Remembered()
    try:
        entry = json.loads(_place(kept, out).read_bytes())
        if entry["run"] != sha256(out / RUN_FILE):
            return Remembered()
        return Remembered(str(entry["seal"]), {str(made_of): str(name) for made_of, name in entry["copies"].items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Remembered()


def _place(kept: Path, out: Path) -> Path:
    return kept / _FOLDER / hashlib.sha256(str(out.resolve()).encode("utf-8", "surrogatepass")).hexdigest()

"""What an earlier run left in a folder: what is ours, what is not, what somebody changed or has open."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

RUN_FILE = "run.json"
# What file managers leave behind in any folder they show.
_DROPPINGS = {".ds_store", "thumbs.db", "desktop.ini"}


def listed(folder: Path) -> dict[str, str] | None:
    """The files an earlier run wrote there (relative, with ``/``) and their SHA-256; None where no run of ours did."""
    try:
        outputs = json.loads((folder / RUN_FILE).read_text("utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(outputs, dict):
        return None
    return {str(name): str(digest) for name, digest in outputs.items()}


def foreign(folder: Path) -> list[str]:
    """The files there that no run of ours wrote, sorted."""
    ours = listed(folder)
    names = _names(folder)
    if ours is None:
        return names
    return [name for name in names if name != RUN_FILE and name not in ours]


def changed(folder: Path) -> list[str]:
    """The files of an earlier run that are no longer what it wrote, sorted; a missing one is nothing to keep."""
    ours = listed(folder) or {}
    return sorted(
        name for name, digest in ours.items() if (folder / name).is_file() and sha256(folder / name) != digest
    )


def opened(folder: Path) -> list[str]:
    """The workbooks there that Excel or LibreOffice has open, by the lock files they keep beside them."""
    names = [_book_of(path.name) for path in folder.rglob("*") if path.is_file()]
    return sorted(name for name in names if name)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() and path.name.lower() not in _DROPPINGS and not _book_of(path.name)
    )


def _book_of(name: str) -> str:
    """``~$master.xlsx`` (Excel) and ``.~lock.master.xlsx#`` (LibreOffice) stand for ``master.xlsx``."""
    if name.startswith("~$"):
        return name[2:]
    if name.startswith(".~lock.") and name.endswith("#"):
        return name[7:-1]
    return ""

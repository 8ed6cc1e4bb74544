"""What an earlier run left in a folder: what is ours, what is not, what somebody changed or has open."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reconcile.writing.seal import unbroken

RUN_FILE = "run.json"
# What file managers leave behind in any folder they show.
_DROPPINGS = {".ds_store", "thumbs.db", "desktop.ini"}


def listed(folder: Path) -> dict[str, str] | None:
    """The files an earlier run wrote there (relative, with ``/``) and their SHA-256; None where no run of ours did."""
    outputs = recorded(folder).get("outputs")
    return {str(name): str(digest) for name, digest in outputs.items()} if isinstance(outputs, dict) else None


def recorded(folder: Path) -> dict[str, Any]:
    """What run.json there says; nothing where there is none, or it is not what a run writes."""
    try:
        record = json.loads((folder / RUN_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def foreign(folder: Path) -> list[str]:
    """The files there that no run of ours wrote, sorted."""
    ours = listed(folder)
    names = sorted(
        name.replace(os.sep, "/")
        for name in _names(folder)
        if os.path.basename(name).lower() not in _DROPPINGS and not _book_of(os.path.basename(name))
    )
    if ours is None:
        return names
    return [name for name in names if name != RUN_FILE and name not in ours]


def changed(folder: Path, seal: str = "", among: Iterable[str] | None = None) -> list[str]:
    """The files of an earlier run (of them, those ``among`` these) that are no longer what it wrote, sorted; a missing
    one is nothing to keep. Where the ``seal`` set on them proves that nobody has touched them they are not read."""
    ours = listed(folder) or {}
    if unbroken(folder, ours, seal):
        return []
    asked = ours if among is None else ours.keys() & set(among)
    return sorted(name for name in asked if (folder / name).is_file() and sha256(folder / name) != ours[name])


def opened(folder: Path) -> list[str]:
    """The workbooks there that Excel or LibreOffice has open, by the lock files they keep beside them."""
    names = [_book_of(os.path.basename(name)) for name in _names(folder)]
    return sorted(name for name in names if name)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(folder: Path) -> Iterator[str]:
    """All files in the folder and below it, relative, as the system writes paths."""
    for place, _, names in os.walk(folder):
        inner = os.path.relpath(place, folder)
        yield from (os.path.normpath(os.path.join(inner, name)) for name in names)


def _book_of(name: str) -> str:
    """``~$master.xlsx`` (Excel) and ``.~lock.master.xlsx#`` (LibreOffice) stand for ``master.xlsx``."""
    if name.startswith("~$"):
        return name[2:]
    if name.startswith(".~lock.") and name.endswith("#"):
        return name[7:-1]
    return ""

"""What was read of a return, kept from one run to the next.

An entry is found by what it depends on: the bytes of the return and its name, the pack, the limits, the sources of this
program, the Python that runs it. It is a small head in JSON and the packed columns, with a digest over both: a damaged
entry, or one of another version, is as if it were not there. Nothing in an entry can be executed.

Kept are returns that were read from an open package alone: what had to be unlocked is not written down again in plain,
and what was refused may be read another time.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from reconcile.facts import FactColumns
from reconcile.findings import CellRef, Finding, Involved
from reconcile.package import Limits, Refused, read_file
from reconcile.packing import Damaged
from reconcile.packs.model import Pack
from reconcile.submissions import FoundForm, Submission

FORMAT = b"reconcile kept 3\n"
ZIP = b"PK\x03\x04"
DIGEST = 32
# Entries that were not asked for longest go when there are more bytes than this.
MOST_BYTES = 1 << 30


def usual_folder() -> Path:
    """Where the caches of programs lie on this system; ``RECONCILE_CACHE`` names another place."""
    given = os.environ.get("RECONCILE_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "reconcile" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "reconcile"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reconcile"


@dataclass(frozen=True, slots=True)
class Kept:
    """The entries in a folder. Whatever goes wrong with one (no room, no rights), the return is read as without."""

    folder: Path

    def find(self, path: Path, name: str, pack: Pack, limits: Limits) -> Submission | None:
        """What :func:`reconcile.intake.read_return` said of a return in an earlier run."""
        content = _package(path, limits)
        return _entry(self._place(hashlib.sha256(content).hexdigest(), name, pack, limits)) if content else None

    def read(
        self, path: Path, name: str, pack: Pack, limits: Limits, passwords: Sequence[str]
    ) -> tuple[Submission, bytes | None]:
        """What :func:`reconcile.intake.read_return` says now, which is kept; with its columns as they were packed for
        that, if they were."""
        from reconcile.intake import read_return

        content = _package(path, limits)
        submission = read_return(path, name, pack, limits, passwords, content or None)
        if not content or submission.refused:
            return submission, None
        packed = submission.columns.packed()
        _keep(self._place(submission.digest, name, pack, limits), submission, packed)
        return submission, packed

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be found."""
        with suppress(OSError), os.scandir(self.folder) as entries:
            return next(entries, None) is None
        return True

    def tidy(self, most: int = MOST_BYTES) -> None:
        """Takes away the entries that were not asked for longest, until there are no more than ``most`` bytes."""
        entries: list[tuple[float, int, Path]] = []
        with suppress(OSError):
            for path in self.folder.glob("*/*"):
                with suppress(OSError):
                    status = path.stat()
                    entries.append((status.st_mtime, status.st_size, path))
        size = sum(entry[1] for entry in entries)
        for _, own, path in sorted(entries):
            if size <= most:
                break
            with suppress(OSError):
                path.unlink()
            size -= own

    def _place(self, digest: str, name: str, pack: Pack, limits: Limits) -> Path:
        """Where the entry of a return is, of whose bytes the digest is known."""
        parts = (digest, program(), pack.digest, repr(limits), name)
        key = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / key[:2] / key[2:]


def _package(path: Path, limits: Limits) -> bytes:
    """The bytes of a return that is an open package; none of any other."""
    try:
        content = read_file(path, limits)
    except Refused:
        return b""
    return content if content.startswith(ZIP) else b""


@lru_cache(maxsize=1)
def program() -> str:
    """This program as it is installed: every source and table of it by size and time, and what it runs on."""
    root = Path(__file__).parent
    digest = hashlib.sha256(f"{platform.python_version()} {sys.byteorder} {platform.machine()}".encode())
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".yaml"):
            status = path.stat()
            digest.update(f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _entry(place: Path) -> Submission | None:
    try:
        written = place.read_bytes()
    except OSError:
        return None
    body = memoryview(written)[len(FORMAT) + DIGEST :]
    if not written.startswith(FORMAT) or hashlib.sha256(body).digest() != written[len(FORMAT) : len(FORMAT) + DIGEST]:
        return None
    try:
        at = 4 + int.from_bytes(body[:4], "big")
        submission = _submission(json.loads(bytes(body[4:at])), FactColumns.unpacked(bytes(body[at:])))
    except (Damaged, ValueError, TypeError, KeyError, LookupError):
        return None
    with suppress(OSError):
        os.utime(place)  # asked for
    return submission


def _keep(place: Path, submission: Submission, packed: bytes) -> None:
    try:
        head = json.dumps(_plain(submission), separators=(",", ":")).encode()
    except NotPlainData:
        return
    body = b"".join((len(head).to_bytes(4, "big"), head, packed))
    put(place, FORMAT + hashlib.sha256(body).digest(), body)


def put(place: Path, *content: bytes) -> None:
    """Writes an entry, if there is room for it and the right to."""
    with suppress(OSError):
        # Written apart and then put in its place: others see all of it or nothing.
        handle, scratch = _scratch(place.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(content)
            os.replace(scratch, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(scratch)
            raise


def _scratch(folder: Path) -> tuple[int, str]:
    """A new file in a folder, which is made where it is not there yet."""
    try:
        return tempfile.mkstemp(dir=folder)
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.mkstemp(dir=folder)


# A submission as JSON and back: only kinds of values that are known here.


class NotPlainData(Exception):
    """Something that no entry can hold."""


_KINDS: Mapping[str, type] = {"ref": CellRef, "involved": Involved, "finding": Finding, "form": FoundForm}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_FIELDS = tuple(f.name for f in fields(Submission) if f.name not in ("columns", "seconds"))


def _plain(value: object) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, tuple):
        return ["tuple", *map(_plain, value)]
    if isinstance(value, Decimal):
        return ["decimal", str(value)]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Submission):
        return [_plain(getattr(value, name)) for name in _FIELDS]
    name = _NAMES.get(type(value))
    if name is None:
        raise NotPlainData(type(value).__name__)
    return [name, *(_plain(getattr(value, field.name)) for field in fields(value))]  # type: ignore[arg-type]


_MADE: Mapping[str, Callable[..., Any]] = {"tuple": lambda *items: items, "decimal": Decimal, **_KINDS}


def _value(plain: Any) -> Any:
    if not isinstance(plain, (list, dict)):
        return plain
    if isinstance(plain, dict):
        return {key: _value(item) for key, item in plain.items()}
    name, *items = plain
    return _MADE[name](*map(_value, items))


def _submission(plain: list[Any], columns: FactColumns) -> Submission:
    values = dict(zip(_FIELDS, map(_value, plain), strict=True))
    return replace(Submission(**values), columns=columns)

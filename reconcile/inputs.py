"""Which files of the given folders are returns, and how the outputs call them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm")
# What a run leaves behind: a folder with this file in it is an output, not a place for returns.
OUR_MARK = "run.json"


@dataclass(frozen=True, slots=True)
class Inputs:
    """``returns``: (path, name) sorted by name; ``skipped``: (name, why), why a key of the message catalogue."""

    returns: tuple[tuple[Path, str], ...]
    skipped: tuple[tuple[str, str], ...]


class NoInput(Exception):
    """A path that is neither file nor folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(str(path))


def gather(given: Sequence[Path], out: Path | None = None) -> Inputs:
    """Every spreadsheet among the files and folders given, folders searched through.

    Lock files (``~$…``), other kinds of files, the output folder and outputs of earlier runs are skipped
    and counted. A name is relative to the folder given, with ``/``, in NFC; where two of them have one name,
    the names of their folders go before it: no two returns are ever called the same.

    Raises:
        NoInput: for a path that does not exist.
    """
    found: list[tuple[Path, Path, str]] = []
    skipped: list[tuple[str, str]] = []
    seen: set[str] = set()
    output = out.resolve() if out else None
    for root in given:
        if not root.exists():
            raise NoInput(root)
        for path in _files(root, output, skipped):
            resolved = os.path.realpath(path)  # which a circle of links does not upset
            if resolved in seen:
                continue
            seen.add(resolved)
            name = _name(path, root)
            why = _not_a_return(path) if root.is_dir() else ""  # a file named by hand is meant
            if why:
                skipped.append((name, why))
            else:
                found.append((path, root, name))
    return Inputs(tuple(sorted(_told_apart(found), key=lambda item: item[1])), tuple(sorted(skipped)))


def _told_apart(found: Sequence[tuple[Path, Path, str]]) -> Iterator[tuple[Path, str]]:
    """Paths with names of which no two are the same: with as much of the way to them as tells them apart."""
    same: dict[str, list[tuple[Path, Path]]] = {}
    for path, root, name in found:
        same.setdefault(name, []).append((path, root))
    taken = {name for name, those in same.items() if len(those) == 1}
    for name, those in sorted(same.items()):
        if len(those) == 1:
            yield those[0][0], name
            continue
        ways = [unicodedata.normalize("NFC", _folder(root).as_posix()).strip("/").split("/") for _, root in those]
        depth = next((d for d in range(1, 9) if len({tuple(way[-d:]) for way in ways}) == len(ways)), 1)
        for (path, _), way in sorted(zip(those, ways, strict=True)):
            wanted = longer = "/".join((*way[-depth:], name))
            number = 2
            # Names that differ in their way of writing がonly (U+304C, U+304B U+3099) are one in NFC.
            while longer in taken:
                longer, number = f"{wanted} ({number})", number + 1
            taken.add(longer)
            yield path, longer


def _folder(root: Path) -> Path:
    return root.resolve() if root.is_dir() else root.resolve().parent


def passwords_for(name: str, passwords: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All passwords in the order in which to try them on a file: first those whose owner (department or file) its name
    names, then those of nobody in particular, then the others', for who answers is only known when it is open."""
    said = _folded(name)
    owners = sorted(passwords, key=lambda owner: 1 if not owner else 0 if _folded(owner) in said else 2)
    return tuple(dict.fromkeys(password for owner in owners for password in passwords[owner]))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _name(path: Path, root: Path) -> str:
    relative = path.relative_to(root) if root.is_dir() else Path(path.name)
    return unicodedata.normalize("NFC", relative.as_posix())


def _files(root: Path, output: Path | None, skipped: list[tuple[str, str]]) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return

    def closed(wrong: OSError) -> None:
        skipped.append((_name(Path(wrong.filename), root) + "/", "closed_folder"))

    for folder, folders, files in os.walk(root, onerror=closed):
        here = Path(folder)
        for name in sorted(folders):
            inner = here / name
            if (output and inner.resolve() == output) or (inner / OUR_MARK).is_file():
                skipped.append((_name(inner, root) + "/", "own_output"))
                folders.remove(name)
        folders.sort()
        for name in sorted(files):
            yield here / name


def _not_a_return(path: Path) -> str:
    if path.name.startswith("~$"):
        return "lock_file"
    if path.name.startswith("."):
        return "hidden_file"
    # As people type names: full-width letters, a point or a space behind them, which Windows itself does not show.
    ending = unicodedata.normalize("NFKC", path.name).rstrip(". ").lower()
    return "" if ending.endswith(SPREADSHEETS) else "not_a_spreadsheet"

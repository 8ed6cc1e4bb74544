"""What a file's first bytes say it is, whatever its name says."""

from __future__ import annotations

import errno
import re
import stat
from pathlib import Path

from .limits import Limits
from .refusal import Refused

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00"
# Links as Windows, Linux, macOS and Google Drive keep them in files, all lower case.
_LINK = re.compile(
    r"^\[internetshortcut\]|^\[desktop entry\]|<key>url</key>|^\s*\{[^{}]*https://docs\.google\.com/", re.MULTILINE
)
# BIFF2 to BIFF4 began with the record BOF itself, without a container.
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"SQLite format 3", "database"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_HTML = ("<!doctype html", "<html", "<head", "<table", "<meta", "<body", "mime-version:", "<style", "<div")
_LOCK_FILE_SIZES = (54, 55, 165)
_SAMPLE = 4096


def read_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a file; raises `Refused`: unreadable, file_size."""
    try:
        mode = path.stat()
        if not stat.S_ISREG(mode.st_mode):  # a pipe would wait for ever
            raise Refused("unreadable", detail="directory" if stat.S_ISDIR(mode.st_mode) else "special")
        if mode.st_size > limits.file_bytes:
            raise Refused("file_size", found=mode.st_size, limit=limits.file_bytes)
        with path.open("rb") as stream:
            # What is asked for is set aside in memory, whatever there is; so no more is asked for than it should have.
            data = stream.read(mode.st_size + 1)
            if len(data) > mode.st_size:
                data += stream.read(limits.file_bytes + 1 - len(data))
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) and error.errno is not None else 0
        raise Refused("unreadable", detail=errno.errorcode.get(number, type(error).__name__)) from error
    if len(data) > limits.file_bytes:
        raise Refused("file_size", found=len(data), limit=limits.file_bytes)
    return data


def refuse_nothing(data: bytes, name: str) -> None:
    """Raises `Refused` for a file without content: empty, lock_file (by the `name` too), only_zeros."""
    if not data:
        raise Refused("empty")
    if name.startswith("~$") and len(data) in _LOCK_FILE_SIZES:
        raise Refused("lock_file")
    if not data.strip(b"\0"):
        raise Refused("only_zeros")


def refuse_other(data: bytes) -> Refused:
    """The reason for bytes that are neither a zip nor an OLE container."""
    if data.startswith(_SHORTCUT):
        return Refused("shortcut")
    if data.startswith(_OLD_EXCEL):
        return Refused("old_excel")
    looks = next((name for signature, name in _OTHERS if data.startswith(signature)), "unknown")
    text = _as_text(data[:_SAMPLE]) if looks == "unknown" else None
    if text is None:
        return Refused("not_a_workbook", looks=looks)
    return Refused(_kind_of_text(text))


def _kind_of_text(text: str) -> str:
    text = text.lstrip("\ufeff \t\r\n").lower()
    if _LINK.search(text):
        return "shortcut"
    if text.startswith(_HTML) or (text.startswith(("<?xml", "<!doctype", "<!--")) and "<html" in text):
        return "html_named_excel"
    if text.startswith("<"):
        return "xml_named_excel"
    line = text.partition("\n")[0]
    return "csv_named_excel" if any(mark in line for mark in ",;\t") else "text_named_excel"


def _as_text(sample: bytes) -> str | None:
    """The sample in the first encoding that fits, or None: Japanese offices write UTF-8, UTF-16 and Shift_JIS."""
    encodings = ("utf-16",) if sample.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp932", "euc_jp")
    for encoding in encodings:
        # The sample may end within a character.
        for cut in range(4):
            try:
                text = sample[: len(sample) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if not any(character < " " and character not in "\t\r\n\f\x1a" for character in text):
                return text
    return None

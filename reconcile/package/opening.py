"""Which reader a file gets: by its bytes, never by its name."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .archive import Archive
from .compound import check_container
from .foreign import read_foreign, unlock
from .limits import Limits, Meter
from .preflight import OLE, ZIP, read_file, refuse_nothing, refuse_other
from .refusal import Refused
from .relationships import CONTENT_TYPES, ContentTypes, read_relationships
from .workbook import MACRO_TYPES, Workbook, read_package

_MIMETYPE = "mimetype"
_MANIFEST = "META-INF/manifest.xml"
_SPREADSHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
_XLSB = "sheet.binary"
# A word of the main part's content type → what the package is.
_OTHER_PACKAGES = (
    ("wordprocessingml", "docx"),
    ("ms-word", "docx"),
    ("presentationml", "pptx"),
    ("powerpoint", "pptx"),
)
_WORKBOOKS = ("spreadsheetml", "ms-excel")


def open_workbook(path: Path, limits: Limits = Limits(), passwords: Sequence[str] = ()) -> Workbook:  # noqa: B008
    """Read a workbook whole. Raises `Refused`, and nothing else for whatever the file holds."""
    return open_bytes(read_file(path, limits), path.name, limits, passwords)


def open_bytes(data: bytes, name: str, limits: Limits, passwords: Sequence[str] = ()) -> Workbook:
    """The workbook in the bytes of a file, `name` being that of the file. `passwords` are tried in turn on an encrypted
    one, after the one Excel itself uses for write-protected files. Raises `Refused` as above."""
    refuse_nothing(data, name)
    try:
        with collector_paused():
            return _open(data, limits, passwords)
    except (MemoryError, RecursionError) as error:
        raise Refused("memory", limit=limits.memory_bytes, detail=type(error).__name__) from error


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hundreds of thousands of tuples live for a moment, millions of texts and numbers to the end of a run, and form no
    cycles: looking for some again and again takes a fifth of reading and a twentieth of a run."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _open(data: bytes, limits: Limits, passwords: Sequence[str]) -> Workbook:
    if data.startswith(OLE):
        check_container(data)
        opened = unlock(data, limits, tuple(password for password in passwords if password))
        if isinstance(opened, Workbook):
            return opened
        data = opened
    if data.startswith(ZIP):
        return _open_zip(data, limits)
    raise refuse_other(data)


def _open_zip(data: bytes, limits: Limits) -> Workbook:
    meter = Meter(limits)
    archive = Archive(data, meter)
    if _MIMETYPE in archive and archive.read(_MIMETYPE).strip().startswith(_SPREADSHEETS):
        archive.unpack_all()
        if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
            raise Refused("locked")
        return read_foreign(data, "ods", limits)
    if CONTENT_TYPES not in archive:
        raise Refused("not_a_workbook", looks=_kind_of_zip(archive))
    types = ContentTypes(archive)
    main = next(
        (each.target for each in read_relationships(archive, "").values() if each.kind == "officeDocument"), None
    )
    if main is None:
        raise Refused("not_a_workbook", looks="package")
    kind = types.of(main).lower()
    for word, looks in _OTHER_PACKAGES:
        if word in kind:
            raise Refused("not_a_workbook", looks=looks)
    if not any(word in kind for word in _WORKBOOKS):
        raise Refused("not_a_workbook", looks="package")
    if _XLSB in kind:
        archive.unpack_all()
        workbook = read_foreign(data, "xlsb", limits)
        workbook.has_macros = any(word in each.lower() for each in types.all() for word in MACRO_TYPES[1:])
        return workbook
    return read_package(archive, main, types, meter)


def _kind_of_zip(archive: Archive) -> str:
    if _MIMETYPE in archive:
        return "odf"
    return "numbers" if any(name.endswith(".iwa") for name in archive.names) else "zip"

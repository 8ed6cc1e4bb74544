"""The child process behind `foreign`: reads one file from its input, answers on its output. Not to be imported."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from .calamine import read_with_calamine
from .foreign import DECRYPTED, REFUSAL, WORKBOOK
from .limits import Limits
from .refusal import Refused
from .unlock import decrypt_package, decrypt_xls

# OLE stream → what the container is.
_OTHER_STREAMS = (
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
    ("VisioDocument", "visio"),
)


def main() -> None:
    # Nothing a library prints may get into the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    stream = sys.stdin.buffer
    header = json.loads(stream.read(int.from_bytes(stream.read(4), "big")))
    limits = Limits(**header["limits"])
    _restrict(limits)
    mark, content = _answer(stream.read(), header["kind"], limits, header["passwords"])
    answer.write(mark + content)
    answer.flush()
    # Interpreter and libraries are not taken down in order: after some panics that would not end.
    os._exit(0)


def _answer(data: bytes, kind: str, limits: Limits, passwords: Sequence[str]) -> tuple[bytes, bytes]:
    try:
        opened = _open_ole(data, limits, passwords) if kind == "ole" else read_with_calamine(data, kind, limits)
        if isinstance(opened, bytes):
            return DECRYPTED, opened
        return WORKBOOK, json.dumps(opened).encode()
    except Refused as refused:
        return _refusal(refused)
    except MemoryError:
        return _refusal(Refused("memory", limit=limits.memory_bytes))
    except BaseException as error:  # a panic in an extension module is no Exception
        reason = "foreign_unreadable" if isinstance(error, Exception) else "foreign_crashed"
        return _refusal(Refused(reason, kind=kind, detail=f"{type(error).__name__}: {error}"[:200]))


def _refusal(refused: Refused) -> tuple[bytes, bytes]:
    return REFUSAL, json.dumps({"reason": refused.reason, "data": refused.data}).encode()


def _open_ole(data: bytes, limits: Limits, passwords: Sequence[str]) -> dict[str, Any] | bytes:
    import olefile  # type: ignore[import-untyped]

    container = olefile.OleFileIO(io.BytesIO(data))
    names = {entry[0] for entry in container.listdir()}
    if "EncryptedPackage" in names:
        if "EncryptionInfo" not in names:
            raise Refused("rights_managed")
        _whole(container, "EncryptedPackage")
        return decrypt_package(data, passwords, limits.seconds)
    if "\tDRMContent" in names:
        raise Refused("rights_managed")
    stream = next((name for name in ("Workbook", "WORKBOOK", "Book", "BOOK") if name in names), None)
    if stream is not None:
        _whole(container, stream)
        workbook = read_with_calamine(decrypt_xls(data, passwords, limits.seconds), "xls", limits)
        workbook["has_macros"] = "_VBA_PROJECT_CUR" in names
        return workbook
    raise Refused("not_a_workbook", looks=next((looks for name, looks in _OTHER_STREAMS if name in names), "ole"))


def _whole(container: Any, stream: str) -> None:
    """Raises `Refused` (truncated) where the file ends before the stream does: cut short is not locked."""
    try:
        read = len(container.openstream(stream).read())
    except OSError:
        read = -1
    if read < container.get_size(stream):
        raise Refused("truncated")


def _restrict(limits: Limits) -> None:
    """Memory and processor time, where the system can hold a process to them."""
    seconds = int(limits.seconds) + 1
    if sys.platform == "win32":
        from .job import hold_this_process

        hold_this_process(seconds, limits.memory_bytes)
        return
    import resource

    wanted = (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
    )
    for which, soft, hard in wanted:
        try:
            resource.setrlimit(which, (soft, hard))
        except (ValueError, OSError):  # a limit this system does not have, or a lower one is set already
            continue


if __name__ == "__main__":  # pragma: no branch
    main()

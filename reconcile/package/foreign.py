"""Formats that other libraries read (.xls, .xlsb, .ods) and encrypted files: in a child process that may crash.

The libraries abort, run out of memory or run on for ever on some files; the child has limits, and whatever becomes of
it, the answer is a `Workbook` or `Refused`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .job import TIME_IS_UP
from .limits import Limits
from .references import Range
from .refusal import CODES, Refused
from .sheet import Sheet
from .workbook import Workbook

# First byte of the child's answer.
WORKBOOK, REFUSAL, DECRYPTED = b"W", b"R", b"D"
# The interpreter has to start before the work does.
_START_SECONDS = 5.0
# The child is held to its processor time by the system: the clock may run on while a busy machine does other work.
_PATIENCE = 6
if sys.platform == "win32":
    _CREATION_FLAGS = subprocess.CREATE_NO_WINDOW
else:
    _CREATION_FLAGS = 0
# How a child ends that the system has taken its time from: by a signal, or with a status of Windows.
_TIME_IS_UP = (-int(getattr(signal, "SIGXCPU", 0)) or TIME_IS_UP, TIME_IS_UP)
_ROOT = Path(__file__).resolve().parents[2]


def read_foreign(data: bytes, kind: str, limits: Limits) -> Workbook:
    """Read bytes known to be of `kind`. Raises `Refused`: foreign_unreadable, foreign_crashed, locked, time, memory,
    cells, sheets, no_sheets."""
    opened = _in_child(data, kind, limits, ())
    if isinstance(opened, bytes):
        raise Refused("foreign_crashed", detail="answer")
    return opened


def unlock(data: bytes, limits: Limits, passwords: Sequence[str]) -> Workbook | bytes:
    """An OLE container: the workbook when it is an .xls, the decrypted package when it is an encrypted one. Raises
    `Refused` as above, and not_a_workbook, wrong_password, rights_managed."""
    return _in_child(data, "ole", limits, passwords)


def _in_child(data: bytes, kind: str, limits: Limits, passwords: Sequence[str]) -> Workbook | bytes:
    header = json.dumps({"kind": kind, "limits": asdict(limits), "passwords": list(passwords)}).encode()
    environment = dict(os.environ)
    # The child has to find this very package, and must not import what lies in the current folder.
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_ROOT), environment.get("PYTHONPATH", ""))))
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "reconcile.package.child"],
            input=len(header).to_bytes(4, "big") + header + data,
            capture_output=True,
            timeout=limits.seconds * _PATIENCE + _START_SECONDS,
            check=False,
            env=environment,
            creationflags=_CREATION_FLAGS,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("time", limit=int(limits.seconds)) from error
    mark, answer = child.stdout[:1], child.stdout[1:]
    if child.returncode == 0 and mark == WORKBOOK:
        return _workbook(json.loads(answer))
    if child.returncode == 0 and mark == DECRYPTED:
        return answer
    if child.returncode == 0 and mark == REFUSAL:
        refusal = json.loads(answer)
        raise Refused(refusal["reason"] if refusal["reason"] in CODES else "foreign_crashed", **refusal["data"])
    raise _crash(child.returncode, child.stderr, limits)


def _crash(status: int, stderr: bytes, limits: Limits) -> Refused:
    """What a child that gave no answer died of."""
    if b"memory allocation" in stderr or b"MemoryError" in stderr:
        return Refused("memory", limit=limits.memory_bytes)
    if status in _TIME_IS_UP:
        return Refused("time", limit=int(limits.seconds))
    return Refused("foreign_crashed", detail=status)


def _workbook(answer: dict[str, Any]) -> Workbook:
    workbook = Workbook(answer["kind"], number_formats=answer["number_formats"], has_macros=bool(answer["has_macros"]))
    for each in answer["sheets"]:
        each["merged"] = [Range(*corners) for corners in each["merged"]]
        workbook.sheets.append(Sheet(**each))
    return workbook

"""Runs commands as a user would, in this process."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path

from reconcile.__main__ import main

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
CLEAN = SAMPLES / "returns"
FAULTY = SAMPLES / "returns-with-errors"


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


def command(*args: object) -> Said:
    """``reconcile ARGS``."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.argv
    sys.argv = ["reconcile", *map(str, args)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as end:
        return Said(int(end.code or 0), out.getvalue(), err.getvalue())
    finally:
        sys.argv = before
    return Said(0, out.getvalue(), err.getvalue())

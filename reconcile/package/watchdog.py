"""An end to work on one file that takes too long outside the reader, on any system."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .limits import Limits
from .refusal import Refused

_raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
# A short rest where the processor time lags behind the clock, on a busy machine.
_REST = 0.05


class _TimeUp(BaseException):
    """Raised from outside, between two instructions; caught nowhere but here."""


@contextmanager
def within(limits: Limits, started: float) -> Iterator[None]:
    """Ends the block once this process has used `limits.seconds` of processor time since `started` (of
    `time.process_time`). The work in it must be Python, and its result is lost. Raises `Refused` (time).

    There are no signals on Windows and none in threads, and a system call cannot be told to stop at a line; the
    interpreter can. Processor time, since the verdict must not depend on what else the machine does.
    """
    worker = threading.get_ident()
    done = threading.Event()
    lock = threading.Lock()

    def watch() -> None:
        while (left := limits.seconds - (time.process_time() - started)) > 0:
            if done.wait(max(left, _REST)):
                return
        with lock:
            if not done.is_set():
                _raise_in(ctypes.c_ulong(worker), ctypes.py_object(_TimeUp))

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        watcher.start()
        try:
            yield
        finally:
            with lock:
                done.set()
            watcher.join()
    except _TimeUp:
        raise Refused("time", limit=int(limits.seconds)) from None
    finally:
        # Told to stop in the very moment in which the work was done: no longer of consequence.
        _raise_in(ctypes.c_ulong(worker), None)

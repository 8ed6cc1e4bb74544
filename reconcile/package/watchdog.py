"""An end to work on one file that takes too long outside the reader, on any system."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from .limits import Limits
from .refusal import Refused

_raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
# A short rest where the processor time lags behind the clock, on a busy machine.
_REST = 0.05
# An exception that comes in the midst of a destructor is lost; so it is sent again.
_AGAIN = 0.5
_TICK = 0.0005

T = TypeVar("T")


class _TimeUp(BaseException):
    """Raised from outside, between two instructions; caught nowhere but here."""


def within(limits: Limits, started: float, work: Callable[[], T]) -> T:
    """What `work` gives, or its end once this process has used `limits.seconds` of processor time since `started` (of
    `time.process_time`). The work must be Python. Raises `Refused` (time).

    There are no signals on Windows and none in threads, and a system call cannot be told to stop at a line; the
    interpreter can. Processor time, since the verdict must not depend on what else the machine does.
    """
    worker = ctypes.c_ulong(threading.get_ident())
    # Locks and events in Python could be left half taken where the exception comes: only what is done in one step.
    wake = threading.Lock()
    wake.acquire()
    begun, done, gone = [False], [False], [False]

    def watch() -> None:
        while not begun[0]:
            time.sleep(_TICK)
        while not done[0] and (left := limits.seconds - (time.process_time() - started)) > 0:
            wake.acquire(timeout=max(left, _REST))
        while not done[0]:
            _raise_in(worker, ctypes.py_object(_TimeUp))
            wake.acquire(timeout=_AGAIN)
        gone[0] = True

    def settle() -> None:
        """No more of it comes; also where it comes in the very moment in which the work is done."""
        while True:
            try:
                begun[0] = done[0] = True
                if wake.locked():  # pragma: no branch - not where it was sent again already
                    wake.release()
                while not gone[0]:
                    time.sleep(0)
                # One still on its way comes at the next turn of a loop. (To call it back would leave the interpreter of
                # 3.11 looking for one at every turn, for ever.)
                for _ in range(10):
                    pass
            except _TimeUp:  # pragma: no cover - comes in some runs alone
                continue
            return

    threading.Thread(target=watch, daemon=True).start()
    try:
        try:
            begun[0] = True
            return work()
        finally:
            settle()
    except _TimeUp:
        settle()
        raise Refused("time", limit=int(limits.seconds)) from None

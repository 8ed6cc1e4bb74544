"""An end to work on one file that takes too long outside the reader, on any system."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from .limits import Limits
from .refusal import Refused

_raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
# A short rest where the processor time lags behind the clock, on a busy machine; and a long one, so that work which
# begins meanwhile need not wake the watch.
_REST, _LONG_REST = 0.05, 1.0
# An exception that comes in the midst of a destructor is lost; so it is sent again.
_AGAIN = 0.5
# Rests without any work, after which the watch sleeps until it is woken.
_PATIENCE = 5

T = TypeVar("T")


class _TimeUp(BaseException):
    """Raised from outside, between two instructions; caught nowhere but here."""


@dataclass(slots=True, eq=False)
class _Work:
    """Work under watch. The worker says that it has `begun` and is `done`; the watch that it may be `raising`, and that
    no more of it comes (`over`)."""

    seconds: float
    started: float
    worker: int = field(default_factory=threading.get_ident)
    begun: bool = False
    done: bool = False
    raising: bool = False
    over: bool = False

    def rest(self) -> float:
        """How long nobody need look at it."""
        left = self.seconds - (time.process_time() - self.started)
        return _AGAIN if self.raising and not self.done else min(max(left, _REST), _LONG_REST)

    def look(self) -> None:
        """What the watch does now and then. Said first and asked then: the worker does it the other way round."""
        if not self.begun or (not self.raising and time.process_time() - self.started < self.seconds):
            return
        self.raising = True
        if self.done:
            self.over = True
        else:
            _raise_in(ctypes.c_ulong(self.worker), ctypes.py_object(_TimeUp))


class _Watch:
    """One thread of the process for all work under watch: to start one for each file takes longer than some files."""

    def __init__(self) -> None:
        self._under: list[_Work] = []
        # Locks and events in Python could be left half taken where the exception comes: only what is done in one step.
        self._wake = threading.Lock()
        self._wake.acquire()
        self._rest = 0.0  # how long it rests at most; 0 where it sleeps
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, work: _Work) -> None:
        self._under.append(work)
        if self._thread is None or not self._thread.is_alive():
            with self._starting:
                if self._thread is None or not self._thread.is_alive():  # pragma: no branch - two at once
                    self._thread = threading.Thread(target=self._run, daemon=True)
                    self._thread.start()
        elif work.rest() < self._rest or not self._rest:
            self.wake()

    def end(self, work: _Work) -> None:
        """No more of it comes; also where it comes in the very moment in which the work is done."""
        while True:
            try:
                work.begun = work.done = True
                while work.raising and not work.over:
                    self.wake()
                    time.sleep(0)
                # One still on its way comes at the next turn of a loop. (To call it back would leave the interpreter of
                # 3.11 looking for one at every turn, for ever.)
                for _ in range(10 if work.raising else 0):
                    pass
                if work in self._under:  # pragma: no branch - not where it was taken out already
                    self._under.remove(work)
            except _TimeUp:  # pragma: no cover - comes in some runs alone
                continue
            return

    def wake(self) -> None:
        with suppress(RuntimeError):  # another thread has done so
            if self._wake.locked():
                self._wake.release()

    def _run(self) -> None:
        idle = 0
        while True:
            under = list(self._under)
            idle = 0 if under else idle + 1
            self._rest = min((work.rest() for work in under), default=_LONG_REST)
            if idle > _PATIENCE:
                self._rest = 0.0
                if not self._under:  # pragma: no branch - said first and asked then, as above
                    self._wake.acquire()
                continue
            self._wake.acquire(timeout=self._rest)
            for work in list(self._under):
                work.look()


_WATCH = _Watch()


def within(limits: Limits, started: float, work: Callable[[], T]) -> T:
    """What `work` gives, or its end once this process has used `limits.seconds` of processor time since `started` (of
    `time.process_time`). The work must be Python. Raises `Refused` (time).

    There are no signals on Windows and none in threads, and a system call cannot be told to stop at a line; the
    interpreter can. Processor time, since the verdict must not depend on what else the machine does.
    """
    own = _Work(limits.seconds, started)
    _WATCH.begin(own)
    try:
        try:
            own.begun = True
            return work()
        finally:
            _WATCH.end(own)
    except _TimeUp:
        _WATCH.end(own)
        raise Refused("time", limit=int(limits.seconds)) from None

"""The same work on many files in several processes, which a Ctrl-C ends without a word of their own."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

R = TypeVar("R")


def each(function: Callable[..., R], arguments: Sequence[tuple[Any, ...]], jobs: int) -> Iterator[R]:
    """The results of ``function(*arguments)`` in the order of the arguments, made in ``jobs`` fresh processes.

    Function, arguments and results travel between processes, so they must be picklable. When the reader stops
    (an error, Ctrl-C), what has not begun is not begun any more.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_ignore_interrupts)
    try:
        with _interrupts_held():
            waiting = [pool.submit(function, *given) for given in arguments]
        for future in waiting:
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A terminal sends Ctrl-C to every process: those started meanwhile never get it, this one gets it afterwards.

    The mask is what the new processes inherit. It does not keep the signal from this one, whose other threads
    (those of the linear algebra library, say) may take it; so a handler only notes it until all have been started.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield  # on Windows there is only what the processes do for themselves
        return
    from multiprocessing import resource_tracker

    # Started by the first process of all, it would let the signals through again.
    resource_tracker.ensure_running()
    noted: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _frame: noted.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, signal.SIG_DFL if handler is None else handler)
    if noted:
        raise KeyboardInterrupt

"""The same work on many things in several processes, here or elsewhere; a Ctrl-C ends those here without a word."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

R = TypeVar("R")

# Pieces of work that wait at each process: so many that none stands idle, and no more, so that results do not pile up.
WAITING = 3
SECONDS_TO_ANSWER = 10


class _Made(Future[R]):
    """What was made here, among what others make."""

    def __init__(self, result: R) -> None:
        super().__init__()
        self.set_result(result)


def each(
    function: Callable[..., R],
    arguments: Sequence[tuple[Any, ...]],
    executor: Executor,
    ahead: int,
    here: Callable[..., R] | None = None,
) -> Iterator[R]:
    """The results of ``function(*arguments)`` in the order of the arguments, made by an executor.

    Function, arguments and results may travel between processes, so they must be picklable. No more than ``ahead``
    are under way or waiting to be taken. When the reader stops (an error, Ctrl-C), what has not begun is not begun
    any more. With ``here``, which gives the same for the same arguments, this process does not wait while there is
    something to be begun, but does it itself.
    """
    waiting: deque[Future[R]] = deque()
    handed = 0
    coming = deque(arguments)
    try:
        while coming or waiting:
            while coming and handed < ahead:
                with _interrupts_held():  # handing over work can start a process
                    waiting.append(executor.submit(function, *coming.popleft()))
                handed += 1
            if here is not None and coming:
                waiting.append(_Made(here(*coming.popleft())))
            else:
                wait(list(waiting)[:1])
            while waiting and waiting[0].done():
                handed -= not isinstance(waiting[0], _Made)
                yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """An executor of ``jobs`` processes on this machine."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context(_start_method()), initializer=_begin)
    try:
        yield pool
    finally:
        # All have ended before anything else goes on: at the end of this process Python would wake them while they end,
        # and complain of what it finds closed.
        pool.shutdown(wait=True, cancel_futures=True)


class NoExecutor(Exception):
    """An executor that cannot be had. ``key`` and ``data`` say why, for a sentence in the reader's language."""

    def __init__(self, key: str, **data: object) -> None:
        self.key = key
        self.data = data
        super().__init__(f"{key} {data}")


@contextmanager
def executor_at(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of a Dask cluster, ``dask://HOST:PORT``, and how many processes it has.

    A worker that dies loses nothing: the scheduler gives its work to another one.

    Raises:
        NoExecutor: another kind of address, Dask not installed, nobody answers there.
    """
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        raise NoExecutor("no_executor", address=address)
    try:
        import distributed
    except ImportError:
        raise NoExecutor("no_dask", address=address) from None
    connect: Any = distributed.Client
    try:
        client = connect(f"tcp://{place}", timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise NoExecutor("no_answer", address=address) from None
    try:
        yield client.get_executor(pure=False), max(1, sum(client.nthreads().values()))
    finally:
        client.close()


def _start_method() -> str:
    """A copy of this process has all that it has loaded and works at once; elsewhere each starts anew and imports what
    its work asks for.

    A copy is safe where this process has a single thread: another one could hold a lock, which would stay held in the
    copy for ever. Linux tells of all threads, those of libraries too; on macOS its own libraries may not be copied.
    """
    return "fork" if _threads() == 1 else "spawn"


def _threads() -> int:
    """How many threads this process has; 0 where the system does not say."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0


def _begin() -> None:
    """What a process does first: it leaves Ctrl-C to the one that asks, and ends with it, however that ends."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(asking: BaseProcess | None) -> None:
    if asking is not None:
        asking.join()
        os._exit(1)


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

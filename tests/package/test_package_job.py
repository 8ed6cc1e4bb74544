"""The limits of a process on Windows, as its library is asked for them; no such system is needed."""

from __future__ import annotations

import ctypes

import pytest

from reconcile.package.job import Extended, hold_this_process, limits_of


class Function:
    """A function of the library: keeps what it was called with, and gives `result`."""

    def __init__(self, result: int) -> None:
        self.result = result
        self.calls: list[tuple[object, ...]] = []

    def __call__(self, *arguments: object) -> int:
        self.calls.append(arguments)
        return self.result


class Kernel:
    def __init__(self, job: int = 4, limited: int = 1, assigned: int = 1) -> None:
        self.CreateJobObjectW = Function(job)
        self.SetInformationJobObject = Function(limited)
        self.AssignProcessToJobObject = Function(assigned)
        self.GetCurrentProcess = Function(2**64 - 1)


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes are those of a system of 64 bits")
def test_the_structure_is_that_of_winnt_h() -> None:
    assert ctypes.sizeof(Extended) == 144
    assert (Extended.basic.size, Extended.process_memory.offset) == (64, 112)


def test_limits_are_a_time_and_a_memory() -> None:
    limits = limits_of(20.5, 1 << 30)
    assert limits.basic.process_time == 205_000_000
    assert limits.basic.flags == 0x502
    assert (limits.process_memory, limits.job_memory, limits.basic.job_time) == (1 << 30, 0, 0)


def test_this_process_goes_into_a_job_of_its_own() -> None:
    kernel = Kernel()
    assert hold_this_process(21, 1 << 30, kernel)
    ((job, kind, _, size),) = kernel.SetInformationJobObject.calls
    assert (job, kind, size) == (4, 9, ctypes.sizeof(Extended))
    assert kernel.AssignProcessToJobObject.calls == [(4, 2**64 - 1)]


@pytest.mark.parametrize("refused", ["job", "limited", "assigned"])
def test_a_system_that_does_not_let_it(refused: str) -> None:
    assert not hold_this_process(21, 1 << 30, Kernel(**{refused: 0}))

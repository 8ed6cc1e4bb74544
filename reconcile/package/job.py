"""A process of Windows held to limits, by the job it is put in (winnt.h, JOBOBJECT_EXTENDED_LIMIT_INFORMATION)."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _DIE_ON_EXCEPTION, _PROCESS_MEMORY = 0x2, 0x400, 0x100
_TICKS = 10_000_000  # of a hundred nanoseconds
# What a process ends with when its time is up (winerror.h, ERROR_NOT_ENOUGH_QUOTA).
TIME_IS_UP = 1816


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class Extended(ctypes.Structure):
    """The limits of a job: `process_time` in 100 ns of its own processor time, `process_memory` in bytes."""

    _fields_ = (
        ("basic", _Basic),
        ("input_and_output", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("most_process_memory", ctypes.c_size_t),
        ("most_job_memory", ctypes.c_size_t),
    )


def limits_of(seconds: float, memory_bytes: int) -> Extended:
    limits = Extended()
    limits.basic.flags = _PROCESS_TIME | _PROCESS_MEMORY | _DIE_ON_EXCEPTION
    limits.basic.process_time = int(seconds * _TICKS)
    limits.process_memory = memory_bytes
    return limits


def hold_this_process(seconds: float, memory_bytes: int, kernel: Any = None) -> bool:
    """Puts this process into a job of its own with these limits; False where the system does not let it. `kernel` is
    the library kernel32. The handle is not closed: the job lasts as long as the process."""
    if sys.platform == "win32":
        kernel = kernel or ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    limits = limits_of(seconds, memory_bytes)
    job = kernel.CreateJobObjectW(None, None)
    return bool(
        job
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    )

"""A command run once in a process of its own: its processor time, wall time and peak memory.

Processor time is that of the process and of all it started and waited for; peak memory is that of the whole group of
processes, taken twenty times a second from the kernel's proportional share (on Linux), else the largest process's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor and of wall, and bytes at the peak."""

    cpu: float
    wall: float
    memory: int


class Failed(Exception):
    """The command ended with an error; its last words are the text."""


def cost_of(command: Sequence[str], good: Sequence[int] = (0, 1, 2), more: Mapping[str, str] | None = None) -> Cost:
    """Runs a command; exit codes that are not ``good`` raise :class:`Failed`."""
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, **(more or {})},
    ) as process:
        said: list[bytes] = []
        assert process.stderr is not None
        listening = threading.Thread(target=said.extend, args=(process.stderr,), daemon=True)
        listening.start()
        peak = 0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, _shared_out(process.pid))
            time.sleep(EVERY)
        process.returncode = os.waitstatus_to_exitcode(status)
        listening.join()
    wall = time.perf_counter() - began
    if process.returncode not in good:
        raise Failed(b"".join(said[-20:]).decode("utf-8", "replace"))
    own = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(usage.ru_utime + usage.ru_stime, wall, max(peak, own))


def _shared_out(session: int) -> int:
    """Resident bytes of the processes of a session; 0 where the system does not tell."""
    found = 0
    for entry in Path("/proc").glob("[0-9]*") if Path("/proc/self/stat").exists() else ():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                found += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            continue
    return found


@dataclass(frozen=True, slots=True)
class Ratio:
    """One thing over another: medians of the ratios of interleaved pairs, and the medians of both."""

    ours: Cost
    theirs: Cost
    cpu: float
    wall: float
    memory: float
    pairs: int


def compared(ours: Sequence[Cost], theirs: Sequence[Cost]) -> Ratio:
    """Pairs made one after the other, so that what else the machine does weighs on both."""
    both = list(zip(ours, theirs, strict=True))
    return Ratio(
        middle(ours),
        middle(theirs),
        median(one.cpu / other.cpu for one, other in both),
        median(one.wall / other.wall for one, other in both),
        median(one.memory / other.memory for one, other in both),
        len(both),
    )


def middle(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        int(median(cost.memory for cost in costs)),
    )

"""How much of a file is read before it is refused."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .refusal import Refused

# What one cell, formula or shared string costs in CPython beyond its characters: list slots, int and str headers.
CELL_BYTES = 160
FORMULA_BYTES = 240
STRING_BYTES = 80
# An entry of a table by name, such as a relationship: its place there, its name and some more texts.
ENTRY_BYTES = 300

LOOK_AGAIN_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, time in seconds of processor time, `member_ratio` unpacked to packed, the rest are counts.

    `memory_bytes` is an estimate for .xlsx and .xlsm, and enforced by the system (where it can) for the formats
    read in a child process, whose seconds are those of the clock.
    """

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 500_000_000
    member_ratio: int = 200
    seconds: float = 20.0
    memory_bytes: int = 1 << 30
    cells: int = 5_000_000
    sheets: int = 500
    members: int = 20_000


class Meter:
    """What reading one workbook has used so far; every method raises `Refused` (FIL011) once a limit is passed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = 0
        self.memory = 0
        # Processor time of this thread: the verdict on a file must not depend on what else the machine does.
        self._deadline = time.thread_time() + limits.seconds
        self._look_again = 0.0

    def check_time(self) -> None:
        # Asking for processor time can cost more than a chunk of work; the other clock is nearly free.
        now = time.monotonic()
        if now < self._look_again:
            return
        self._look_again = now + LOOK_AGAIN_SECONDS
        if time.thread_time() > self._deadline:
            raise Refused("time", limit=int(self.limits.seconds))

    def check_cells(self, cells: int, formulas: int) -> None:
        """`cells` and `formulas` of the sheet being read, on top of the sheets already counted."""
        self.check_time()
        if self.cells + cells > self.limits.cells:
            raise Refused("cells", limit=self.limits.cells)
        self._check_memory(cells * CELL_BYTES + formulas * FORMULA_BYTES)

    def add_cells(self, cells: int, formulas: int) -> None:
        """A sheet is finished."""
        self.check_cells(cells, formulas)
        self.cells += cells
        self.memory += cells * CELL_BYTES + formulas * FORMULA_BYTES

    def add_strings(self, count: int, characters: int) -> None:
        """Text kept: at two bytes a character, which is what Japanese takes."""
        self.check_time()
        self.memory += count * STRING_BYTES + characters * 2
        self._check_memory(0)

    def add_entries(self, count: int, written: int) -> None:
        """Entries of a part that is kept, made of so many bytes."""
        self.memory += count * ENTRY_BYTES + written
        self._check_memory(0)

    def _check_memory(self, more: int) -> None:
        if self.memory + more > self.limits.memory_bytes:
            raise Refused("memory", limit=self.limits.memory_bytes)

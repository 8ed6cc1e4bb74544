"""The tables of an OLE container ([MS-CFB] 2.2 to 2.5), looked at before a library follows them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from .refusal import Refused

# From byte 30: size of a sector as a power of two; from byte 44: number of FAT sectors, (first directory sector, two
# more), first mini FAT sector and their number, first DIFAT sector and their number; then 109 FAT sectors.
_HEADER = struct.Struct("<30xH12xI12xIIII109I")
_SECTOR_SHIFTS = (9, 12)
# What is above means the end of a chain, a free sector, or one of the tables.
_LAST_SECTOR = 0xFFFFFFFA


class _Container:
    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER.size:
            raise Refused("truncated")
        shift, fats, self._mini, minis, self._more, mores, *first = _HEADER.unpack_from(data)
        if shift not in _SECTOR_SHIFTS:
            raise Refused("damaged_container")
        self._data = data
        self._size = 1 << shift
        # The header takes the place of the first one, and the last one may end early.
        self.sectors = -(-len(data) // self._size) - 1
        if max(fats, minis, mores) > self.sectors:
            raise Refused("truncated")
        self._first = first
        if not mores:
            self._more = _LAST_SECTOR + 1

    def table(self) -> list[int]:
        """The sector after each sector. Raises `Refused`: truncated, damaged_container."""
        found: list[int] = []
        for sector in self._tables():
            if len(found) >= self.sectors:
                break
            found += self._numbers(sector)
        return found

    def mini_table(self, table: Sequence[int]) -> list[int]:
        """The same for the small streams, which share sectors."""
        found: list[int] = []
        at = self._mini
        while at < len(table):
            found += self._numbers(at)
            at = table[at]
        return found

    def _tables(self) -> Iterator[int]:
        """The sectors that hold the table: the first in the header, more in a chain of sectors of their own."""
        yield from (each for each in self._first if each <= _LAST_SECTOR)
        at, turns = self._more, 0
        while at <= _LAST_SECTOR:
            if turns == self.sectors:
                raise Refused("damaged_container")
            *more, at = self._numbers(at)
            yield from (each for each in more if each <= _LAST_SECTOR)
            turns += 1

    def _numbers(self, sector: int) -> tuple[int, ...]:
        piece = self._data[(sector + 1) * self._size : (sector + 2) * self._size]
        if not piece:
            raise Refused("truncated")
        return struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4])


def check_container(data: bytes) -> None:
    """Raises `Refused`: truncated where a table lies behind the end of the file, damaged_container where a chain leads
    back to itself, which would never end or take all memory there is."""
    container = _Container(data)
    table = container.table()
    if _leads_back(table) or _leads_back(container.mini_table(table)):
        raise Refused("damaged_container")


def _leads_back(table: Sequence[int]) -> bool:
    walks = [0] * len(table)
    for walk, start in enumerate(range(len(table)), start=1):
        at = start
        while at < len(table) and not walks[at]:
            walks[at] = walk
            at = table[at]
        if at < len(table) and walks[at] == walk:
            return True
    return False

"""Short texts put one behind the other, many lines at once.

A piece is a number that says where its bytes stand among all and how many they are. Blocks of one size are copied from
there to where the pieces belong, in their order, so that each covers what the block before it brought along too much.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reconcile.package.written_bytes import Table

Pieces = npt.NDArray[np.int64]
Sizes = npt.NDArray[np.int64]

_BLOCK = 64  # bytes; what is longer is copied as several
_AT_ONCE = 1 << 13  # blocks: they stay near the processor
_SIZE_BITS = 24  # of a piece
_SIZE = (1 << _SIZE_BITS) - 1
_BETWEEN = "\0"  # stands in no text


class Store:
    """The bytes of pieces."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._kept = 0

    def texts(self, texts: Sequence[str], end: str = "") -> Pieces:
        """Texts as pieces, each with the same end; no NUL is in them."""
        content = (end + _BETWEEN).join([*texts, ""]).encode()
        ends = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == 0)
        return self.following(content, np.diff(ends, prepend=-1) - 1, between=1)

    def following(self, content: bytes | bytearray, sizes: Sizes, between: int = 0) -> Pieces:
        """Pieces that follow each other, with so many bytes between them."""
        ends = np.cumsum(sizes + between) + (len(self._bytes) - between)
        self._bytes += content
        return _numbers(ends - sizes, sizes)

    def flush_right(self, rows: Table, sizes: Sizes) -> Pieces:
        """The last bytes of the rows of a table, so many of each."""
        count, wide = rows.shape
        ends = np.arange(1, count + 1) * wide + len(self._bytes)
        self._bytes += rows.tobytes()
        return _numbers(ends - sizes, sizes)

    def keep(self) -> None:
        """What is there so far is kept for good."""
        self._kept = len(self._bytes)

    def forget(self) -> None:
        """Pieces that came after that are let go."""
        del self._bytes[self._kept :]

    def lines(self, columns: Sequence[Pieces]) -> bytearray:
        """Lines of pieces one behind the other; a column has one piece a line."""
        pieces = np.stack(columns, axis=1).reshape(-1)
        sizes, begins = pieces & _SIZE, pieces >> _SIZE_BITS
        if int(sizes.max(initial=0)) > _BLOCK:
            begins, sizes = _in_blocks(begins, sizes)
        places = np.cumsum(sizes)
        total = int(places[-1])
        places -= sizes
        found = bytearray(total + _BLOCK)
        self._bytes += bytes(_BLOCK)
        blocks, given = _blocks(found), _blocks(self._bytes)
        for start in range(0, len(places), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            blocks[places[part]] = given[begins[part]]
        del blocks, given
        del self._bytes[-_BLOCK:], found[total:]
        return found


def _numbers(begins: npt.NDArray[np.int64], sizes: Sizes) -> Pieces:
    return np.asarray(begins << _SIZE_BITS | sizes, dtype=np.int64)


def lengths(columns: Sequence[Pieces]) -> Sizes:
    """How many bytes lines of such pieces are."""
    return np.asarray(np.sum([pieces & _SIZE for pieces in columns], axis=0), dtype=np.int64)


def _in_blocks(begins: Pieces, sizes: Sizes) -> tuple[Pieces, Sizes]:
    """Pieces of which those that are too long stand as several."""
    counts = np.maximum(-(-sizes // _BLOCK), 1)
    own = np.repeat(np.arange(len(sizes)), counts)
    before = (np.arange(len(own)) - np.repeat(np.cumsum(counts) - counts, counts)) * _BLOCK
    return begins[own] + before, np.minimum(sizes[own] - before, _BLOCK)


def _blocks(content: bytearray) -> npt.NDArray[np.void]:
    """The block that begins at each place."""
    return np.ndarray((len(content) - _BLOCK + 1,), f"V{_BLOCK}", content, strides=(1,))

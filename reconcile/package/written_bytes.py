"""Numbers and short texts as tables of bytes: a row of bytes for each of them, NUL where one is shorter.

Put beside each other such tables are rows of a part; the NULs are left out of all at once. XML holds none of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.uint8]  # rows × bytes
Piece = bytes | Table  # of every row; the same in all of them, or one a row
Numbers = npt.NDArray[np.int32] | npt.NDArray[np.int64] | npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaled:
    """Figures kept as whole numbers of one scale, for they are many and wait to be written: each is its number divided
    by ``by``. Taken out, they are figures like others."""

    numbers: npt.NDArray[np.int32] | npt.NDArray[np.int64]
    by: float

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, places: Any) -> npt.NDArray[np.float64]:
        found: npt.NDArray[np.float64] = self.numbers[places] / self.by
        return found


Figures = Numbers | Scaled


def some(values: Figures, rows: slice, at: slice | npt.NDArray[np.int64]) -> Figures:
    """Some of the figures of some rows, as they are kept."""
    if isinstance(values, Scaled):
        return Scaled(values.numbers[rows][at], values.by)
    return values[rows][at]


#: A byte that XML cannot hold, for what is put in its place later.
MARK = 1
_NOTHING = b"\0"
_GROUP = 10_000  # four digits are looked up at once
_WHOLE = 1e15  # below it a figure without a fraction reads as the whole number that it is

# By four digits, and with _GROUP more where nothing stands in front of them: as they are written. In front of others
# nothing at all is written for 0.
_PADDED = np.array([b"%04d" % number for number in range(_GROUP)])
_PLAIN = np.array([(b"%d" % number).rjust(4, _NOTHING) for number in range(_GROUP)])
_LAST = np.concatenate((_PADDED, _PLAIN)).view(np.uint32)
_FORMER = np.concatenate((_PADDED, [b""], _PLAIN[1:])).view(np.uint32)


def digits(numbers: npt.NDArray[np.integer]) -> Table:
    """Whole numbers as they are written."""
    negative = numbers < 0
    signed = bool(negative.any())
    rest = np.abs(numbers).astype(np.uint64) if signed else numbers
    greatest = int(rest.max(initial=0))
    rest = rest.astype(np.uint32 if greatest < 1 << 32 else np.uint64)
    length = len(str(greatest))
    groups = -(-length // 4)
    written = np.empty((len(rest), groups + signed), dtype=np.uint32)
    words = _LAST
    for place in range(written.shape[1] - 1, signed - 1, -1):
        above = rest // rest.dtype.type(_GROUP)
        written[:, place] = words[rest - above * rest.dtype.type(_GROUP) + (above == 0) * rest.dtype.type(_GROUP)]
        rest, words = above, _FORMER
    found = written.view(np.uint8).reshape(len(numbers), 4 * written.shape[1])
    if signed:
        found[:, :4] = 0
        found[:, 4 * groups - length + 3] = negative * np.uint8(ord("-"))
    return found[:, 4 * groups - length + 3 * signed :]


def figures(values: Figures, told: Callable[[float], str]) -> Table:
    """Figures as they are written; ``told`` says how those with a fraction are."""
    if isinstance(values, Scaled):
        return _scaled(values, told) if values.numbers.dtype == np.int32 else figures(values[:], told)
    if np.issubdtype(values.dtype, np.integer):
        return digits(values.astype(np.int64))
    whole = (np.rint(values) == values) & (np.abs(values) < _WHOLE)
    if whole.all():
        return digits(values.astype(np.int64))
    found = digits(np.where(whole, values, 0).astype(np.int64))
    return either(found, table(list(map(told, values[~whole].tolist()))), ~whole)


def _scaled(values: Scaled, told: Callable[[float], str]) -> Table:
    """The same of figures of one scale: which have a fraction is seen in whole numbers, and each is told once."""
    by = np.int32(values.by)
    whole = values.numbers // by
    fractional = whole * by != values.numbers
    if not fractional.any():
        return digits(whole)
    distinct, which = np.unique(values.numbers[fractional], return_inverse=True)
    fractions = table(list(map(told, (distinct / values.by).tolist())))
    return either(digits(np.where(fractional, np.int32(0), whole)), fractions[which], fractional)


def table(texts: Sequence[str] | Sequence[bytes]) -> Table:
    """Short ASCII texts."""
    if not len(texts):
        return np.zeros((0, 0), dtype=np.uint8)
    return np.array(texts, dtype=np.bytes_).view(np.uint8).reshape(len(texts), -1)


def either(one: Table, other: Table, where: npt.NDArray[np.bool_]) -> Table:
    """The rows of a table with others, given in their order, in some places."""
    found = np.zeros((len(one), max(one.shape[1], other.shape[1])), dtype=np.uint8)
    found[:, : one.shape[1]] = one
    found[where] = 0
    found[np.flatnonzero(where), : other.shape[1]] = other
    return found


def beside(pieces: Sequence[Piece], size: int) -> bytearray:
    """Tables beside each other as rows one after the other, and among them texts that stand in every row; NULs stay."""
    wide = sum(len(piece) if isinstance(piece, bytes) else piece.shape[1] for piece in pieces)
    buffer = bytearray(size * wide)
    rows = np.frombuffer(buffer, dtype=np.uint8).reshape(size, wide)
    rows[:] = np.frombuffer(
        b"".join(piece if isinstance(piece, bytes) else bytes(piece.shape[1]) for piece in pieces), dtype=np.uint8
    )
    at = 0
    for piece in pieces:
        if isinstance(piece, bytes):
            at += len(piece)
        else:
            if piece.size:
                # What stands in a row is copied as one thing, not byte by byte.
                thing = f"V{piece.shape[1]}"
                place = np.ndarray(size, thing, buffer, at, wide)
                place[:] = piece.view(thing)[:, 0]
            at += piece.shape[1]
    return buffer


def packed(rows: bytearray) -> bytearray:
    """Without the NULs."""
    return rows.translate(None, _NOTHING)

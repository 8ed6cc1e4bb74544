"""Columns of plain values as a few bytes: what travels between processes and is kept from one run to the next.

Arrays of numbers are packed in as few bytes a number as all of them need, in the machine's own order of bytes; columns
that say the same again and again as their distinct texts and one number a text, or none where there is only one; the
texts of all columns one after the other, with a sign between them that none of them has. What is packed on one machine
is for that machine. Nothing of it can be executed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, strings

# Texts that repeat, or numbers; an array of objects holds texts, or integers that fit nowhere else.
Column = Coded | npt.NDArray[Any]

# Types of numbers as the heads name them, and the least and the first too large number of each.
_FITS = {
    "u1": (0, 1 << 8),
    "i1": (-(1 << 7), 1 << 7),
    "u2": (0, 1 << 16),
    "i2": (-(1 << 15), 1 << 15),
    "i4": (-(1 << 31), 1 << 31),
    "i8": (-(1 << 63), 1 << 63),
}
_DTYPES = {name: np.dtype(name) for name in (*_FITS, "b1")}
_SMALL = ("i1", "b1")  # need not be looked at
_CODED, _TEXTS, _LARGE = "coded", "texts", "large"


class Damaged(Exception):
    """Bytes that do not hold what was packed."""


def pack(columns: Sequence[Column]) -> bytes:
    """Columns of any lengths; numbers are of one of the types int8, int16, int32, int64 and bool, or of any size."""
    # Of each column what it is, the type of its numbers ("" where it has none), how long it is, how many texts it has.
    heads: list[tuple[str, str, int, int]] = []
    texts: list[str] = []
    blocks: list[bytes] = []
    for column in columns:
        if isinstance(column, Coded):
            own, numbers = column.values, column.codes
            narrow = _narrowest(0, len(own) - 1) if len(own) > 1 else ""
            heads.append((_CODED, narrow, len(numbers), len(own)))
            texts += own
        elif column.dtype == object:
            listed = column.tolist()
            narrow = ""
            large = bool(listed) and isinstance(listed[0], int)
            heads.append((_LARGE if large else _TEXTS, narrow, len(listed), len(listed)))
            texts += map(str, listed) if large else listed
        else:
            kind, numbers = column.dtype.str[1:], column
            narrow = kind
            if kind not in _SMALL:
                narrow = _narrowest(int(numbers.min()), int(numbers.max())) if len(numbers) else ""
            heads.append((kind, narrow, len(numbers), 0))
        if narrow:
            blocks.append(numbers.astype(_DTYPES[narrow], copy=False).tobytes())
    sign, joined = _joined(texts)
    head = json.dumps([sign, len(joined), heads], separators=(",", ":")).encode()
    return b"".join((len(head).to_bytes(4, "big"), head, joined, *blocks))


def unpack(packed: bytes) -> list[Column]:
    """The columns of :func:`pack`, in its order.

    Raises:
        Damaged: for bytes that it did not make.
    """
    at = 4 + int.from_bytes(packed[:4], "big")
    found: list[Column] = []
    try:
        sign, length, heads = json.loads(packed[4:at])
        texts = packed[at : at + length].decode("utf-8", "surrogatepass").split(sign)
        at += length
        taken = 0
        for kind, narrow, size, many in heads:
            own = texts[taken : taken + many] if many else []
            taken += many
            numbers = np.frombuffer(packed, _DTYPES[narrow], size, at) if narrow and size else _NONE
            at += numbers.nbytes
            if size < 0 or len(own) != many:
                raise Damaged
            found.append(_column(kind, own, numbers, size))
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as wrong:
        raise Damaged from wrong
    if at != len(packed) or taken != len(texts) - (not taken):
        raise Damaged
    return found


def _column(kind: str, texts: list[str], numbers: npt.NDArray[Any], size: int) -> Column:
    if kind == _CODED:
        if len(texts) == 1:  # takes no room, however long it is said to be
            return Coded.same(texts[0], size)
        inside = len(numbers) == size and (not size or int(numbers.max()) < len(texts))
        if not inside or (numbers.dtype.kind != "u" and size and numbers.min() < 0) or len(set(texts)) < len(texts):
            raise Damaged
        return Coded(numbers.astype(np.int16 if len(texts) <= 1 << 15 else np.int32), tuple(texts))
    if kind == _TEXTS:
        return strings(texts)
    if kind == _LARGE:
        return strings([int(text) for text in texts])
    if len(numbers) != size:
        raise Damaged
    return numbers.astype(_DTYPES[kind])


def _joined(texts: Sequence[str]) -> tuple[str, bytes]:
    """Texts as one, and the sign between them."""
    for sign in map(chr, count()):
        joined = sign.join(texts)
        if joined.count(sign) == max(len(texts) - 1, 0):
            return sign, joined.encode("utf-8", "surrogatepass")
    raise AssertionError("no text has every sign there is")


def _narrowest(least: int, most: int) -> str:
    """The type of the fewest bytes that holds numbers between two."""
    return next(name for name, (first, end) in _FITS.items() if first <= least and most < end)


_NONE = np.zeros(0, dtype=np.int8)

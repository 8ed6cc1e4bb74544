"""Columns of plain values as a few bytes: what travels between processes and is kept from one run to the next.

Arrays of numbers are packed in as few bytes a number as all of them need, in the machine's own order of bytes; texts
one after the other, with a sign between them that none of them has; columns that say the same again and again as their
distinct texts and one number a text. What is packed on one machine is for that machine. Nothing of it can be executed.
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

# Types of numbers as the heads name them, and what fits into each.
_FITS = {"i1": 1 << 7, "i2": 1 << 15, "i4": 1 << 31, "i8": 1 << 63}
_DTYPES = {name: np.dtype(name) for name in (*_FITS, "b1")}
_CODED, _TEXTS, _LARGE = "coded", "texts", "large"


class Damaged(Exception):
    """Bytes that do not hold what was packed."""


def pack(columns: Sequence[Column]) -> bytes:
    """Columns of any lengths; numbers are of one of the types int8, int16, int32, int64 and bool, or of any size."""
    heads: list[tuple[str, str, int, str, int, int]] = []
    blocks: list[bytes] = []
    for column in columns:
        texts: Sequence[str]
        numbers: npt.NDArray[Any]
        if isinstance(column, Coded):
            kind, texts, numbers = _CODED, column.values, column.codes
        elif column.dtype == object:
            listed = column.tolist()
            kind = _LARGE if listed and isinstance(listed[0], int) else _TEXTS
            texts, numbers = tuple(map(str, listed)) if kind == _LARGE else listed, _NONE
        else:
            kind, texts, numbers = column.dtype.str[1:], (), column
        sign, joined = _joined(texts)
        narrow = _narrow(numbers)
        heads.append((kind, narrow.dtype.str[1:], len(narrow), sign, len(texts), len(joined)))
        blocks += [joined, narrow.tobytes()]
    head = json.dumps(heads, separators=(",", ":")).encode()
    return len(head).to_bytes(4, "big") + head + b"".join(blocks)


def unpack(packed: bytes) -> list[Column]:
    """The columns of :func:`pack`, in its order.

    Raises:
        Damaged: for bytes that it did not make.
    """
    at = 4 + int.from_bytes(packed[:4], "big")
    found: list[Column] = []
    try:
        for kind, narrow, size, sign, many, length in json.loads(packed[4:at]):
            texts = _parted(packed[at : at + length], sign, many)
            at += length
            numbers = np.frombuffer(packed, _DTYPES[narrow], size, at) if size else _NONE
            at += numbers.nbytes
            found.append(_column(kind, texts, numbers))
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as wrong:
        raise Damaged from wrong
    if at != len(packed):
        raise Damaged
    return found


def _column(kind: str, texts: list[str], numbers: npt.NDArray[Any]) -> Column:
    if kind == _CODED:
        inside = not len(numbers) or (numbers.min() >= 0 and numbers.max() < len(texts))
        if not inside or len(set(texts)) < len(texts):
            raise Damaged
        return Coded(numbers.astype(np.int32), tuple(texts))
    if kind == _TEXTS:
        return strings(texts)
    if kind == _LARGE:
        return strings([int(text) for text in texts])
    return numbers.astype(_DTYPES[kind])


def _joined(texts: Sequence[str]) -> tuple[str, bytes]:
    """Texts as one, and the sign between them."""
    for sign in map(chr, count()):
        joined = sign.join(texts)
        if joined.count(sign) == max(len(texts) - 1, 0):
            return sign, joined.encode("utf-8", "surrogatepass")
    raise AssertionError("no text has every sign there is")


def _parted(joined: bytes, sign: str, many: int) -> list[str]:
    texts = joined.decode("utf-8", "surrogatepass").split(sign) if many else []
    if len(texts) != many:
        raise Damaged
    return texts


def _narrow(numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same numbers in as few bytes each as all of them need."""
    if not len(numbers):
        return _NONE
    if numbers.dtype == np.bool_:
        return numbers
    least, most = int(numbers.min()), int(numbers.max())
    name = next(name for name, end in _FITS.items() if -end <= least and most < end)
    return numbers.astype(_DTYPES[name], copy=False)


_NONE = np.zeros(0, dtype=np.int8)

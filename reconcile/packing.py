"""Columns of plain values as a few bytes: what travels between processes and is kept from one run to the next.

Arrays of numbers are packed as they are, in the machine's own order of bytes; texts as their distinct values in JSON
and one number a text. What is packed on one machine is for that machine. Nothing of it can be executed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, strings

Column = Coded | npt.NDArray[Any]  # texts, or numbers; an array of objects holds integers that fit nowhere else

_DTYPES = ("int8", "int32", "int64", "bool")
_TEXTS, _LARGE = "texts", "large"


class Damaged(Exception):
    """Bytes that do not hold what was packed."""


def pack(columns: Sequence[Column]) -> bytes:
    """Columns of any lengths; numbers are of one of the types int8, int32, int64 and bool, or of any size."""
    heads: list[tuple[str, int, list[str]]] = []
    blocks: list[bytes] = []
    for column in columns:
        if isinstance(column, Coded):
            heads.append((_TEXTS, len(column), list(column.values)))
            blocks.append(np.ascontiguousarray(column.codes, dtype=np.int32).tobytes())
        elif column.dtype == object:
            heads.append((_LARGE, 0, [str(number) for number in column.tolist()]))
        else:
            heads.append((column.dtype.name, len(column), []))
            blocks.append(column.tobytes())
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
        for kind, count, texts in json.loads(packed[4:at]):
            if kind == _LARGE:
                found.append(strings([int(text) for text in texts]))
                continue
            dtype = np.dtype("int32" if kind == _TEXTS else _DTYPES[_DTYPES.index(kind)])
            numbers = np.frombuffer(packed, dtype, count, at) if count else np.zeros(0, dtype)
            at += numbers.nbytes
            found.append(_coded(numbers, texts) if kind == _TEXTS else numbers)
    except (ValueError, TypeError, KeyError, IndexError) as wrong:
        raise Damaged from wrong
    if at != len(packed):
        raise Damaged
    return found


def _coded(codes: npt.NDArray[np.int32], texts: list[str]) -> Coded:
    inside = not len(codes) or (codes.min() >= 0 and codes.max() < len(texts))
    if not inside or not all(isinstance(text, str) for text in texts) or len(set(texts)) < len(texts):
        raise Damaged
    return Coded(codes, tuple(texts))

"""Columns of plain values as a few bytes: what travels between processes and is kept from one run to the next.

A column is packed as its distinct values and one number a value, since most of what returns say is said again and
again. The distinct values are JSON, the numbers an array of unsigned integers in the machine's own order of bytes: what
is packed on one machine is for that machine. Nothing of it can be executed.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

NUMBERS = "I"  # at least 32 bits; cells of a return are fewer than its rows times columns

Packed = list[Any]  # name of the kind, distinct values, count, then the numbers in the block of bytes


class Damaged(Exception):
    """Bytes that do not hold what was packed."""


_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "whole": int,
    "yes": bool,
    "decimal": lambda value: None if value is None else Decimal(value),
}


def pack(columns: Sequence[tuple[str, Sequence[Any]]]) -> bytes:
    """Columns, each with the kind of its values (``text``, ``whole``, ``yes`` or ``decimal``; decimals may be None)."""
    heads: list[Packed] = []
    blocks: list[bytes] = []
    for kind, values in columns:
        if kind == "whole":
            distinct: list[Any] = []
            numbers = array("q", values)
        else:
            # By their spelling: 1.0 and 1 are one number, and two facts.
            plain = [None if value is None else str(value) for value in values] if kind == "decimal" else values
            place = {value: number for number, value in enumerate(dict.fromkeys(plain))}
            numbers = array(NUMBERS, map(place.__getitem__, plain))
            distinct = list(place)
        blocks.append(numbers.tobytes())
        heads.append([kind, distinct, len(values)])
    head = json.dumps(heads, separators=(",", ":")).encode()
    return len(head).to_bytes(4, "big") + head + b"".join(blocks)


def unpack(packed: bytes) -> list[list[Any]]:
    """The columns of :func:`pack`, in its order.

    Raises:
        Damaged: for bytes that it did not make.
    """
    at = 4 + int.from_bytes(packed[:4], "big")
    found: list[list[Any]] = []
    try:
        for kind, distinct, count in json.loads(packed[4:at]):
            numbers = array("q" if kind == "whole" else NUMBERS)
            size = count * numbers.itemsize
            numbers.frombytes(packed[at : at + size])
            at += size
            if len(numbers) != count:
                raise Damaged
            if kind == "whole":
                found.append(numbers.tolist())
            else:
                values = list(map(_FROM_JSON[kind], distinct))
                found.append(list(map(values.__getitem__, numbers)))
    except (ValueError, TypeError, KeyError, IndexError, InvalidOperation) as wrong:
        raise Damaged from wrong
    if at != len(packed):
        raise Damaged
    return found

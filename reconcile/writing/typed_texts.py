"""Many typed texts as fields of a CSV file: those that stand as they are, and figures with commas, which stand in
quotation marks, are told apart all at once, by their characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from reconcile.coded import strings

_BEGIN_FORMULAS = "=+@\uff1d\uff0b\uff20\uff0d'"  # in a spreadsheet, see writing.plain_text
_DIGIT, _COMMA, _MINUS, _PLAIN, _INSIDE, _SPECIAL = (1 << bit for bit in range(6))
_FIGURE = _DIGIT | _COMMA
_BEYOND = 0xFFFF  # what has this number or a greater one is looked at closely


def in_fields(texts: Sequence[str], field: Callable[[str], str]) -> list[str]:
    """The texts as fields; ``field`` makes a field of one text and is asked for those that need a closer look."""
    found = strings(texts)
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    said = np.flatnonzero(sizes)
    if not len(said):
        return list(texts)
    kinds = _kinds("".join(texts))
    sizes = sizes[said]
    begins = np.cumsum(sizes) - sizes
    first = kinds[begins]
    # A minus before a figure is part of it.
    negative = (first == _MINUS) & (sizes > 1)
    kinds[begins[negative]] = 0
    kind = np.bitwise_or.reduceat(kinds, begins)
    second = np.where(negative, kinds[np.minimum(begins + 1, len(kinds) - 1)], first)
    figure = ((kind | _FIGURE) == _FIGURE) & (second == _DIGIT)
    plain = (kind & (_SPECIAL | _COMMA) == 0) & ((first == _PLAIN) | (first == _DIGIT))
    grouped = said[figure & (kind & _COMMA != 0)]
    found[grouped] = list(map('"%s"'.__mod__, found[grouped].tolist()))
    closely = said[~figure & ~plain]
    found[closely] = list(map(field, found[closely].tolist()))
    fields: list[str] = found.tolist()
    return fields


def _kinds(text: str) -> npt.NDArray[np.uint8]:
    """What kind each character is of."""
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), _BEYOND)
    kinds = np.zeros(_BEYOND + 1, dtype=np.uint8)
    kinds[codes] = 1
    own = np.flatnonzero(kinds)
    kinds[own] = list(map(_kind, map(chr, own.tolist())))
    return np.asarray(kinds[codes], dtype=np.uint8)


def _kind(character: str) -> int:
    if character in ",-":
        return _COMMA if character == "," else _MINUS
    if character == '"' or not character.isprintable():
        return _SPECIAL
    if character.isspace() or character in _BEGIN_FORMULAS:
        return _INSIDE
    return _DIGIT if character in "0123456789" else _PLAIN

"""Many typed texts as fields of a CSV file: those that stand as they are, and figures with commas, which stand in
quotation marks, are told apart all at once, by their characters."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from reconcile.coded import Strings

_BEGIN_FORMULAS = "=+@\uff1d\uff0b\uff20\uff0d'"  # in a spreadsheet, see writing.plain_text
_UNKNOWN, _SPECIAL, _INSIDE, _PLAIN, _DIGIT, _COMMA, _MINUS = range(7)
_BEYOND = 0xFFFF  # what has this number or a greater one is looked at closely
_QUOTE = np.array(["", '"'], dtype=object)


class TypedTexts:
    """``field`` makes a field of one text; it is asked for those that need a closer look."""

    def __init__(self, field: Callable[[str], str]) -> None:
        self._field = field
        self._kinds = np.zeros(_BEYOND + 1, dtype=np.int8)
        self._kinds[_BEYOND] = _SPECIAL

    def fields(self, texts: Strings) -> tuple[Strings, Strings, Strings]:
        """The texts as fields: what stands before each, the field or what is within its quotation marks, and what
        stands behind it."""
        listed = texts.tolist()
        sizes = np.fromiter(map(len, listed), dtype=np.int64, count=len(listed))
        kinds = self._kinds_of("".join(listed))
        ends = np.cumsum(sizes)
        begins = ends - sizes
        special, commas, others = (
            _counts(kinds == _SPECIAL, begins, ends),
            _counts(kinds == _COMMA, begins, ends),
            _counts((kinds != _COMMA) & (kinds != _DIGIT), begins, ends),
        )
        first = np.append(kinds, np.int8(_PLAIN))[begins]  # of an empty text that of the next one, which does no harm
        second = np.append(kinds, np.int8(_PLAIN))[np.minimum(begins + 1, len(kinds))]
        negative = (first == _MINUS) & (sizes > 1)
        figure = (others == negative) & (np.where(negative, second, first) == _DIGIT)
        quoted = figure & (commas > 0)
        plain = (special == 0) & (commas == 0) & ((first == _PLAIN) | (first == _DIGIT))
        closer = np.flatnonzero((sizes > 0) & ~figure & ~plain).tolist()
        found = texts.copy()
        for at in closer:
            found[at] = self._field(listed[at])
        marks = _QUOTE[quoted.astype(np.int8)]
        return marks, found, marks

    def _kinds_of(self, text: str) -> npt.NDArray[np.int8]:
        """What kind each character is of."""
        codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), _BEYOND)
        kinds = self._kinds[codes]
        if (kinds == _UNKNOWN).any():
            for code in np.unique(codes[kinds == _UNKNOWN]).tolist():
                self._kinds[code] = _kind(chr(code))
            kinds = self._kinds[codes]
        return np.asarray(kinds, dtype=np.int8)


def _counts(
    of: npt.NDArray[np.bool_], begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """How many there are between places."""
    upto = np.concatenate(([0], np.cumsum(of)))
    return np.asarray(upto[ends] - upto[begins], dtype=np.int64)


def _kind(character: str) -> int:
    if character in ",-":
        return _COMMA if character == "," else _MINUS
    if character == '"' or not character.isprintable():
        return _SPECIAL
    if character.isspace() or character in _BEGIN_FORMULAS:
        return _INSIDE
    return _DIGIT if character in "0123456789" else _PLAIN

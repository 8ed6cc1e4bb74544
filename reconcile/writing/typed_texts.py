"""Many typed texts as fields of a CSV file: those that stand as they are, and figures with commas, which stand in
quotation marks, are told apart all at once, by their characters."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from reconcile.coded import Mask, Strings

_BEGIN_FORMULAS = "=+@\uff1d\uff0b\uff20\uff0d'"  # in a spreadsheet, see writing.plain_text
_DIGIT, _COMMA, _MINUS, _PLAIN, _INSIDE, _SPECIAL = (1 << bit for bit in range(6))
_UNKNOWN, _FIGURE = 0, _DIGIT | _COMMA
_BEYOND = 0xFFFF  # what has this number or a greater one is looked at closely


class TypedTexts:
    """``field`` makes a field of one text; it is asked for those that need a closer look."""

    def __init__(self, field: Callable[[str], str]) -> None:
        self._field = field
        self._kinds = np.zeros(_BEYOND + 1, dtype=np.uint8)
        self._kinds[_BEYOND] = _SPECIAL

    def fields(self, texts: Strings) -> tuple[Strings, Mask]:
        """The texts as fields, and which of them stand within quotation marks that are yet to be put around them."""
        found, quoted = texts.copy(), np.zeros(len(texts), dtype=bool)
        listed = texts.tolist()
        sizes = np.fromiter(map(len, listed), dtype=np.int64, count=len(listed))
        said = np.flatnonzero(sizes)
        if not len(said):
            return found, quoted
        kinds = self._kinds_of("".join(listed))
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
        quoted[said] = figure & (kind & _COMMA != 0)
        for at in said[~figure & ~plain].tolist():
            found[at] = self._field(listed[at])
        return found, quoted

    def whole(self, texts: Strings) -> Strings:
        """The texts as fields, quotation marks and all."""
        found, quoted = self.fields(texts)
        found[quoted] = list(map('"%s"'.__mod__, found[quoted].tolist()))
        return found

    def _kinds_of(self, text: str) -> npt.NDArray[np.uint8]:
        """What kind each character is of."""
        codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), _BEYOND)
        kinds = self._kinds[codes]
        if (kinds == _UNKNOWN).any():
            for code in np.unique(codes[kinds == _UNKNOWN]).tolist():
                self._kinds[code] = _kind(chr(code))
            kinds = self._kinds[codes]
        return np.asarray(kinds, dtype=np.uint8)


def _kind(character: str) -> int:
    if character in ",-":
        return _COMMA if character == "," else _MINUS
    if character == '"' or not character.isprintable():
        return _SPECIAL
    if character.isspace() or character in _BEGIN_FORMULAS:
        return _INSIDE
    return _DIGIT if character in "0123456789" else _PLAIN

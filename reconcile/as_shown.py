"""What cells show, one text a value, without making the texts of plain figures.

Of a figure in plain digits its text follows from the figure; texts proper say the same again and again. So a column of
a million cells is a million numbers and the distinct texts, and a text is made when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, Codes, Mask, Strings, strings
from reconcile.figures import NO_FIGURE, Figures, Scaled

# How a cell is shown that has no text of its own: by the digits of its figure, those of a whole number by thousands.
DIGITS, GROUPED = -1, -2

Places = npt.NDArray[np.int64] | Mask | slice
F = TypeVar("F", Figures, Scaled)


@dataclass(frozen=True, slots=True, eq=False)
class AsShown(Generic[F]):
    """``codes`` has one entry a value: the place of its text in ``values``, or :data:`DIGITS` or :data:`GROUPED`, where
    ``figures`` has a figure (a whole one)."""

    codes: Codes
    values: Strings
    figures: F

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def sound(self) -> bool:
        """Whether each number leads to a text: a bug or damaged bytes where not."""
        if not len(self):
            return True
        exponent = self.figures.exponent
        return bool(
            self.codes.max() < len(self.values)
            and self.codes.min() >= GROUPED
            and (exponent[self.codes == DIGITS] != NO_FIGURE).all()
            and (exponent[self.codes == GROUPED] == 0).all()
        )

    @classmethod
    def of(cls, texts: Sequence[str], figures: F) -> AsShown[F]:
        """Texts as they are, whatever the figures."""
        column = Coded.of(texts)
        return cls(column.codes, strings(column.values), figures)

    @classmethod
    def joined(cls, parts: Sequence[AsShown[F]], figures: F) -> AsShown[F]:
        """One column of several, one under the other; ``figures`` are theirs."""
        if not parts:
            return cls.of((), figures)
        all_values = Coded.of([text for part in parts for text in part.values.tolist()])
        begins = np.cumsum([0, *(len(part.values) for part in parts)])[:-1]
        codes = np.concatenate([part.codes for part in parts])
        typed = codes >= 0
        codes[typed] = all_values.codes[(codes + np.repeat(begins, list(map(len, parts))))[typed]]
        return cls(codes, strings(all_values.values), figures)

    def take(self, places: Places) -> AsShown[Figures]:
        """What is shown at some places."""
        return AsShown(self.codes[places], self.values, self.figures.take(places))

    @overload
    def __getitem__(self, places: int | np.integer) -> str: ...
    @overload
    def __getitem__(self, places: Places) -> Strings: ...
    def __getitem__(self, places: int | np.integer | Places) -> str | Strings:
        """The text of one value, or an array of those of several."""
        if isinstance(places, int | np.integer):
            code = int(self.codes[places])
            return str(self.values[code] if code >= 0 else self.take(slice(places, places + 1 or None)).texts[0])
        return self.take(places).texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts.tolist())

    def coded(self, places: Places) -> Coded:
        """The texts at some places, as a column of the distinct ones."""
        shown = self.codes[places]
        if (shown < 0).any():
            return Coded.of(self.take(places).texts.tolist())
        used = np.flatnonzero(np.bincount(shown, minlength=1))
        codes = np.zeros(len(self.values), dtype=np.int32)
        codes[used] = np.arange(len(used))
        return Coded(codes[shown], tuple(self.values[used].tolist()))

    def distinct(self, places: Places) -> list[str]:
        """The distinct texts at some places; of figures that follow from themselves the greatest and the least of each
        number of decimals stand for all: none of the others is longer."""
        part = self.take(places)
        said = np.zeros(len(self.values), dtype=bool)
        said[part.codes[part.codes >= 0]] = True
        found: set[str] = set(self.values[said].tolist())
        for mark in (DIGITS, GROUPED):
            marked = part.take(part.codes == mark)
            for exponent in marked.figures.exponents():
                alike = np.flatnonzero(marked.figures.exponent == exponent)
                whole = marked.figures.whole[alike]
                found.update(marked[alike[[whole.argmin(), whole.argmax()]]].tolist())
        return sorted(found)

    @property
    def texts(self) -> Strings:
        """All texts."""
        found = np.empty(len(self), dtype=object)
        typed = np.flatnonzero(self.codes >= 0)
        found[typed] = self.values[self.codes[typed]]
        if len(typed) < len(self):
            digits, grouped = np.flatnonzero(self.codes == DIGITS), np.flatnonzero(self.codes == GROUPED)
            found[digits] = self.figures.take(digits).texts()
            found[grouped] = self.figures.take(grouped).grouped()
        return found

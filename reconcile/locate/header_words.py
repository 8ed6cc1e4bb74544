"""What a cell is to a header: a text that can be part of a label of a pack, or any other.

Which columns a header path stands for depends on its texts being equal to a label, to an end of one, or joined to one.
A text that no label holds can do none of this, whatever it says; so all such texts are one: :attr:`HeaderWords.other`.
Units of which the same holds are another one (:attr:`HeaderWords.unit`): a row of them may stand between two lines of a
header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reconcile.normalise import fold_label, fold_label_core, sign_of_no_label

LONGEST_LABEL = 60
LONGEST_UNIT = 12
REMEMBERED = 200_000
_PLAIN = re.compile("-?[0-9]+(?:[.][0-9]+)?")
_FIGURE = re.compile(r"[-+▲△]?[\d,.]+%?")
_YEAR_DIGITS = 4

Word = tuple[str | None, bool]


class HeaderWords:
    """The words of some labels (folded)."""

    def __init__(self, labels: Iterable[str]) -> None:
        known = sorted(set(labels))
        self._labels = frozenset(known)
        self._all = "\n".join(known)
        self._none = sign_of_no_label(known)
        #: Stands for every text that is part of no label: a character that none of them has.
        marks = (mark for mark in map(chr, range(0xE000, 0xF8FF)) if mark not in self._all)
        self.other, self.unit = next(marks), next(marks)
        self._texts: dict[str, Word] = {}
        self._numbers: dict[str, Word] = {}

    def of(self, kind: str, text: str) -> Word:
        """The folded text of a cell, as far as it matters (None where it is too long for a label), and whether the
        cell can be the lowest of a header: a figure is none, unless it is shown as a year or a date."""
        known = self._numbers if kind == "n" else self._texts
        word = known.get(text)
        if word is None:
            if len(known) >= REMEMBERED:
                known.clear()
            word = known[text] = self._number(text) if kind == "n" else (self._word(text), True)
        return word

    def _word(self, text: str) -> str | None:
        if len(text) > LONGEST_LABEL:
            return None
        if self._none.match(text):  # a unit is no such text, either
            return self.other
        folded = fold_label(text)
        if folded in self._all or fold_label_core(folded) in self._all:
            return folded
        return self.unit if is_unit(text) else self.other

    def is_unit(self, word: str | None) -> bool:
        """Whether a word is a unit, and no label of its own."""
        return word == self.unit or (word is not None and word not in self._labels and is_unit(word))

    def _number(self, text: str) -> Word:
        if _PLAIN.fullmatch(text) and len(text) <= LONGEST_LABEL:  # folds to itself, and is no unit
            return (text if text in self._all else self.other), len(text) == _YEAR_DIGITS and text.isdigit()
        folded = fold_label(text)
        return self._word(text), not _FIGURE.fullmatch(folded) or (len(folded) == _YEAR_DIGITS and folded.isdigit())


def is_unit(text: str) -> bool:
    """Whether a cell holds a unit and nothing else: （千円）, 人."""
    inner = without_brackets(text)
    # No unit begins with a digit, and most numbers of records do.
    likely = 0 < len(inner) <= LONGEST_UNIT and not inner[0].isdecimal()
    return likely and fold_label_core(f"x({inner})") == "x"


def without_brackets(text: str) -> str:
    return text.strip("（）()［］[] \u3000\n")

"""Columns of cells from arrays of texts and figures, for sheets of many rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded
from reconcile.facts import Facts, Mask, Positions
from reconcile.package import BLANK, STRING, Column, Figures, Scaled, look
from reconcile.writing.cells import exact

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from reconcile.writing.styles import Styles

Told = tuple[str, "Format"]  # how something reads and looks
_SMALL = 1 << 31
Looks = npt.NDArray[np.uint32]


def text_column(styles: Styles, number: int, texts: Coded, style: Format) -> Column:
    """A column of texts; a blank with its style where a text is empty."""
    own = styles.number(style)
    empty = texts.says("")
    if not empty.any():
        return Column(number, look(STRING, own), texts=texts)
    return Column(number, np.where(empty, look(BLANK, own), look(STRING, own)).astype(np.uint32), texts=texts)


def state_column(styles: Styles, number: int, states: Sequence[str], told: Callable[[str], Told]) -> Column:
    """A column of states, of which there are few; ``told`` says of one how it reads and looks."""
    found = Coded.of(states)
    looks = np.array([look(STRING, styles.number(told(state)[1])) for state in found.values], dtype=np.uint32)
    return Column(number, looks[found.codes], texts=each(found, lambda state: told(state)[0]))


def each(texts: Coded, function: Callable[[str], str]) -> Coded:
    """What a function makes of every text; it is asked once for each distinct one."""
    made = tuple(map(function, texts.values))
    if made == texts.values:
        return texts
    found = Coded.of(made)
    return Coded(found.codes[texts.codes], found.values)


def figures(facts: Facts, positions: Positions) -> Figures:
    """The figures as Excel holds them; anything where there is none."""
    numbers = facts.number[positions]
    if numbers.dtype == object:
        return np.array([0.0 if value is None else float(value) for value in facts.value[positions]], dtype=np.float64)
    small = numbers.min(initial=0) > -_SMALL and numbers.max(initial=0) < _SMALL
    narrow = numbers.astype(np.int32) if small else numbers.astype(np.int64, copy=False)
    # Both are exact in binary, so that the quotient is the number nearest to the figure.
    return Scaled(narrow, 10.0**facts.decimals) if facts.decimals else narrow


def kept_exactly(facts: Facts, positions: Positions) -> Mask:
    """Which of the figures Excel keeps as they are: all that :mod:`reconcile.facts` could scale into 64 bits."""
    if facts.number.dtype != object:
        return np.ones(len(positions), dtype=bool)
    return np.array([value is not None and exact(value) for value in facts.value[positions]], dtype=bool)


def instead(texts: Coded, where: Mask, text: str) -> Coded:
    """The texts with another one in some places."""
    values = texts.values if text in texts.values else (*texts.values, text)
    return Coded(np.where(where, values.index(text), texts.codes).astype(np.int32), values)

"""Columns of cells from arrays of texts and figures, for sheets of many rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reconcile.facts import Facts, Mask, Positions, Strings
from reconcile.package import BLANK, NUMBER, STRING, Column, look
from reconcile.writing.cells import exact
from reconcile.writing.text import lines

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from reconcile.writing.styles import Styles

Figures = npt.NDArray[np.int64] | npt.NDArray[np.float64]
Looks = npt.NDArray[np.uint32]


def text_column(styles: Styles, number: int, texts: Strings, style: Format) -> Column:
    """A column of texts; a blank with its style where a text is empty."""
    own = styles.number(style)
    empty = np.asarray(texts == "", dtype=bool)
    if not empty.any():
        return Column(number, look(STRING, own), texts=texts)
    return Column(number, np.where(empty, look(BLANK, own), look(STRING, own)).astype(np.uint32), texts=texts)


def same_text(size: int, text: str) -> Strings:
    """One text in every row."""
    texts = np.empty(size, dtype=object)
    texts[:] = text
    return texts


def figures(facts: Facts, positions: Positions) -> Figures:
    """The figures as Excel holds them; anything where there is none."""
    numbers = facts.number[positions]
    if numbers.dtype == object:
        return np.array([0.0 if value is None else float(value) for value in facts.value[positions]], dtype=np.float64)
    # Both are exact in binary, so that the quotient is the number nearest to the figure.
    return numbers / 10.0**facts.decimals if facts.decimals else numbers.astype(np.int64)


def kept_exactly(facts: Facts, positions: Positions) -> Mask:
    """Which of the figures Excel keeps as they are: all that :mod:`reconcile.facts` could scale into 64 bits."""
    if facts.number.dtype != object:
        return np.ones(len(positions), dtype=bool)
    return np.array([value is not None and exact(value) for value in facts.value[positions]], dtype=bool)


def strings(values: list[str]) -> Strings:
    """The texts as an array."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def mixed_column(styles: Styles, number: int, cells: Sequence[tuple[Decimal | str, Format]]) -> Column:
    """A column of figures and texts, each with its style; a figure of more digits than Excel keeps is a text."""
    looks: list[int] = []
    values: list[float] = []
    texts: list[str] = []
    for value, style in cells:
        number_itself = not isinstance(value, str) and exact(value)
        text = "" if number_itself else value if isinstance(value, str) else f"{value:,}"
        looks.append(look(NUMBER if number_itself else STRING if text else BLANK, styles.number(style)))
        values.append(float(value) if number_itself else 0.0)
        texts.append(text)
    return Column(number, np.array(looks, dtype=np.uint32), np.array(values, dtype=np.float64), strings(texts))


def line_counts(texts: Sequence[str], room: float) -> npt.NDArray[np.int64]:
    """How many lines each text takes in a column of so many half-width columns."""
    # What fits when every character is wide needs no closer look.
    return np.array(
        [1 if 2 * len(text) <= room and "\n" not in text else lines(text, room) for text in texts], dtype=np.int64
    )

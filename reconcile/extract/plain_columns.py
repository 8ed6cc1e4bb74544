"""Columns of a table read as a whole, where nothing has to be told of their cells; those that are read alike together.

A cell is plain when it is read without a finding: a figure, a text, a blank or a ―. The places of all others are given
to :class:`~reconcile.extract.values.Reader`, which says the same of plain cells, and more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np

from reconcile.as_shown import DIGITS, GROUPED, AsShown
from reconcile.coded import Mask, strings
from reconcile.extract.raw import Cells
from reconcile.extract.values import STATE, day_as_read
from reconcile.figures import NO_FIGURE, Figures, Whole, parted
from reconcile.normalise import (
    PLAIN,
    Notation,
    Order,
    fold_unit,
    parse_format,
    plain_format,
    read_date,
    read_measures,
    shown,
    split_original_target,
)
from reconcile.packs.model import FormField

T = TypeVar("T")

REMEMBERED = 20_000  # cells of the fields that are alike

NO_TEXTS = strings(())
BLANK, NUMBER, TEXT, NIL = (STATE[name] for name in ("blank", "number", "text", "nil"))


@dataclass(slots=True)
class PlainColumn:
    """What the cells of a column say, one entry a cell, or once where all say the same; ``whole`` and ``exponent`` as
    in :class:`reconcile.figures.Figures`. Of columns read together the cells of one stand behind those of another.

    ``raw`` is what they show, :data:`~reconcile.as_shown.DIGITS` or :data:`~reconcile.as_shown.GROUPED` where that
    follows from their figures. ``there``: which cells these are, if not all; the others are blank.
    """

    raw: int | Sequence[str]
    state: int | Sequence[int] = BLANK
    whole: int | Sequence[int] | Whole = 0
    exponent: int | Sequence[int] = NO_FIGURE
    unit: str | Sequence[str] = ""
    note: str | Sequence[str] = ""
    problem: str | Sequence[str] = ""
    component: str | Sequence[str] = ""
    there: Mask | None = None

    def shown(self) -> list[str]:
        """What all cells show."""
        raw = self.raw
        if isinstance(raw, int):
            whole = np.array(self.whole, dtype=np.int64)
            exponent = np.full(len(whole), self.exponent, dtype=np.int32)
            figures = Figures(whole, exponent)
            raw = AsShown(np.full(len(whole), raw, dtype=np.int32), NO_TEXTS, figures).texts.tolist()
        if self.there is None:
            return [*raw]
        found = iter(raw)
        return [next(found) if there else "" for there in self.there.tolist()]


class HowToRead(Protocol):
    """How the columns of a field are read; the same for fields that are read alike, in all returns."""

    def read(self, cells: Cells, hard: set[int]) -> PlainColumn:
        """What the cells of a column say; ``hard`` gets the places of those that are not plain."""


# A cell of a column, in the order of `PlainColumn`.
_Cell = tuple[str, int, int, int, str, str, str, str]
_EMPTY: _Cell = ("", BLANK, 0, NO_FIGURE, "", "", "", "")


def of_figures(spec: FormField, version: str, notation: Notation) -> HowToRead:
    """How a column of figures is read."""
    return _figures(notation, spec.may_be_text(version), spec.type == "measure", bool(spec.may_be_pending(version)))


def of_texts(spec: FormField, keyed: bool, date1904: bool) -> HowToRead:
    """How a column of texts is read. ``keyed``: its texts make the keys."""
    order = spec.order if spec.type == "date" else None
    return _texts(order, date1904, spec.nil or spec.type == "flag", spec.carries and spec.carries.marker, keyed)


class _Figures:
    """Whether a text, a milestone and what is pending may stand there says the field."""

    def __init__(self, notation: Notation, texts: bool, milestones: bool, pending: bool) -> None:
        self._notation = notation
        self._unit = fold_unit(notation.unit) if notation.unit else ""
        self._may_be = {"text": texts, "milestone": milestones, "pending": pending}
        # Kind and number format → text → what it shows and means, if that is one measure of which nothing has to be
        # told.
        self._known: dict[tuple[str, str], dict[str, _Cell | None]] = {}

    def read(self, cells: Cells, hard: set[int]) -> PlainColumn:
        texts = list(filter(None, cells.texts))
        size = len(cells.texts)
        there = np.fromiter(map(bool, cells.texts), dtype=np.bool_, count=size) if len(texts) < size else None
        if not texts:
            return PlainColumn(cells.texts)
        if isinstance(cells.kinds, str) and isinstance(cells.codes, str):
            # 0.8 in a column of percents is in doubt.
            only = plain_format(cells.codes) if cells.kinds == "n" and self._unit != "%" else None
            if only is not None and only.holds_all(texts):
                whole, exponent = _all_figures(texts)
                return PlainColumn(
                    GROUPED if only.grouped else DIGITS, NUMBER, whole, exponent, self._unit, there=there
                )
            meanings = self._meanings(cells.kinds, cells.codes, set(texts))
            means = [meanings[text] for text in texts]
        else:
            means = [self._meanings(kind, code, (text,))[text] for kind, text, code in cells if text]
        if None in means:
            own = range(len(means)) if there is None else np.flatnonzero(there).tolist()
            hard.update(place for place, said in zip(own, means, strict=True) if said is None)
        shown_as, *more = zip(*(said or _EMPTY for said in means), strict=True)
        return PlainColumn(shown_as, *map(_once, more), there)  # type: ignore[arg-type, call-arg]  # as many as a `_Cell` has

    def _meanings(self, kind: str, code: str, texts: Iterable[str]) -> dict[str, _Cell | None]:
        """What texts mean, those given among them."""
        known = self._known.get((kind, code))
        if known is None or len(known) > REMEMBERED:
            known = self._known[kind, code] = {}
        for text in texts:
            if text not in known:
                known[text] = self._meaning(kind, text, code)
        return known

    def _meaning(self, kind: str, text: str, code: str) -> _Cell | None:
        if kind == "e":
            return None
        plain = plain_format(code) if kind == "n" and self._unit != "%" else None
        if plain is not None and plain.holds(text):
            point = text.find(".") + 1
            whole, exponent = int(text.replace(".", "")), point - len(text) if point else 0
            return plain.shown(text), NUMBER, whole, exponent, self._unit, "", "", ""
        (measure, *more) = read_measures(kind, text, code, self._notation)
        told = more or measure.changes or measure.doubts or measure.widths
        if told or not self._may_be.get(measure.state, True):
            return None
        ((whole,), (exponent,)) = parted([measure.value])
        means = STATE[measure.state], whole, exponent, measure.unit, measure.note, measure.problem, measure.component
        return shown(kind, text, code), *means


_figures = lru_cache(maxsize=256)(_Figures)


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """``order`` is that of a day, ``marker`` that of a figure inside the text; None where there is none."""

    order: Order | None
    date1904: bool
    nil: bool
    marker: str | None
    keyed: bool

    def read(self, cells: Cells, hard: set[int]) -> PlainColumn:
        plain = cells.kinds == "s" and isinstance(cells.codes, str) and parse_format(cells.codes).text is None
        found = cells.texts if plain and self.order is None else self._shown(cells, hard)
        different = set(found)
        if self.marker is not None:
            carrying = {text for text in different if split_original_target(text, self.marker)[1] is not None}
            hard.update(number for number, text in enumerate(found) if text in carrying)
        texts = set(filter(str.strip, different))
        if texts != different:
            found = [text if text in texts else "" for text in found]
        states = dict.fromkeys(texts, TEXT)
        if self.nil:
            states |= dict.fromkeys((text for text in texts if _is_nil(text)), NIL)
        if texts != different:
            states[""] = BLANK
        only = set(states.values())
        return PlainColumn(found, only.pop() if len(only) == 1 else [states[text] for text in found])

    def _shown(self, cells: Cells, hard: set[int]) -> list[str]:
        """The cells as they are read; of dates the days."""
        found = []
        for number, (kind, text, code) in enumerate(cells):
            said = text
            form = parse_format(code)
            if text and (kind != "s" or form.text is not None):
                # Excel takes the key 1-2 for a date.
                if kind == "e" or (self.keyed and (kind == "d" or form.is_date)):
                    hard.add(number)
                said = shown(kind, text, code)
            if text and self.order is not None:
                said = day_as_read(said, read_date(kind, text, code, self.date1904, self.order))
            found.append(said)
        return found


_texts = lru_cache(maxsize=256)(_Texts)


@lru_cache(maxsize=4096)
def _is_nil(text: str) -> bool:
    return read_measures("s", text, "", PLAIN)[0].state == "nil"


def _once(column: Sequence[T]) -> T | Sequence[T]:
    """A column, as the one thing that all of it says or as it is."""
    return column[0] if len(set(column)) == 1 else column


def _all_figures(texts: Sequence[str]) -> tuple[Sequence[int] | Whole, int | Sequence[int]]:
    """Whole numbers and exponents of figures in plain digits."""
    joined = " ".join(texts)
    if "." in joined:
        places = [len(text) - 1 - point if (point := text.find(".")) >= 0 else 0 for text in texts]
        return [int(text.replace(".", "")) for text in texts], [-count for count in places]
    return np.fromstring(joined, dtype=np.int64, sep=" "), 0

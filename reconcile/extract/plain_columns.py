"""Columns of a table read as a whole, where nothing has to be told of their cells; those that are read alike together.

A cell is plain when it is read without a finding: a figure, a text, a blank or a ―. The places of all others are given
to :class:`~reconcile.extract.values.Reader`, which says the same of plain cells, and more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import DIGITS, GROUPED, AsShown
from reconcile.coded import strings
from reconcile.extract.of_fields import STATE, day_as_read
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

REMEMBERED = 20_000  # cells of the fields that are alike

Numbers = npt.NDArray[np.signedinteger[Any]]

NO_TEXT = strings(("",))
BLANK, NUMBER, TEXT, NIL = (STATE[name] for name in ("blank", "number", "text", "nil"))


@dataclass(slots=True)
class Cells:
    """The cells of a column: ``texts`` ("": nothing stands there), and ``kinds`` and ``codes`` (number formats) one
    each, or once where all that have a text have the same ("" where none has)."""

    texts: list[str]
    kinds: str | list[str]
    codes: str | list[str]

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Kind, text and number format of each."""
        kinds = self.kinds if isinstance(self.kinds, list) else repeat(self.kinds)
        codes = self.codes if isinstance(self.codes, list) else repeat(self.codes)
        return zip(kinds, self.texts, codes, strict=False)


class Sense(NamedTuple):
    """What a cell means, apart from its text and its whole number: few cells of a table differ in it."""

    state: int = BLANK
    exponent: int = NO_FIGURE
    unit: str = ""
    note: str = ""
    problem: str = ""
    component: str = ""


NOTHING = Sense()


@dataclass(slots=True)
class PlainColumn:
    """What the cells of a column say, one entry a cell, or once where all say the same. Of columns read together the
    cells of one stand behind those of another.

    ``raw`` is what they show: texts, or numbers where that follows from their figures
    (:data:`~reconcile.as_shown.DIGITS`, :data:`~reconcile.as_shown.GROUPED`; 0 where nothing stands). ``sense`` goes
    by ``senses``, ``whole`` as in :class:`reconcile.figures.Figures`.
    """

    raw: Sequence[str] | Numbers
    senses: Sequence[Sense] = (NOTHING,)
    sense: int | Sequence[int] | Numbers = 0
    whole: int | Sequence[int] | Whole = 0

    def shown(self) -> list[str]:
        """What all cells show."""
        if not isinstance(self.raw, np.ndarray):
            return [*self.raw]
        senses = np.broadcast_to(np.asarray(self.sense), len(self.raw))
        exponent = np.array([sense.exponent for sense in self.senses], dtype=np.int32)[senses]
        whole = np.asarray(self.whole, dtype=np.int64)
        return [*AsShown(self.raw, NO_TEXT, Figures(whole, exponent))]


class HowToRead(Protocol):
    """How the columns of a field are read; the same for fields that are read alike, in all returns."""

    def read(self, cells: Cells, hard: set[int]) -> PlainColumn:
        """What the cells of a column say; ``hard`` gets the places of those that are not plain."""


# What a cell shows, its whole number and its sense.
_Cell = tuple[str, int, Sense]
_EMPTY: _Cell = ("", 0, NOTHING)


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
        self._number = Sense(NUMBER, 0, self._unit)
        self._may_be = {"text": texts, "milestone": milestones, "pending": pending}
        # Kind and number format → text → what it shows and means, if that is one measure of which nothing has to be
        # told.
        self._known: dict[tuple[str, str], dict[str, _Cell | None]] = {}

    def read(self, cells: Cells, hard: set[int]) -> PlainColumn:
        if isinstance(cells.kinds, str) and isinstance(cells.codes, str):
            # 0.8 in a column of percents is in doubt.
            only = plain_format(cells.codes) if cells.kinds == "n" and self._unit != "%" else None
            texts = list(filter(None, cells.texts))
            if not texts:
                return PlainColumn(cells.texts)
            if only is not None and (joined := only.all_of(texts)):
                return self._digits(cells.texts, texts, joined, GROUPED if only.grouped else DIGITS)
            meanings = self._meanings(cells.kinds, cells.codes, set(cells.texts))
            means = list(map(meanings.__getitem__, cells.texts))
        else:
            means = [self._meanings(kind, code, (text,))[text] for kind, text, code in cells]
        if None in means:
            hard.update(place for place, said in enumerate(means) if said is None)
            means = [said or _EMPTY for said in means]
        shown_as, whole, said = zip(*means, strict=True)
        place = {sense: number for number, sense in enumerate(dict.fromkeys(said))}
        return PlainColumn(shown_as, [*place], 0 if len(place) == 1 else list(map(place.__getitem__, said)), whole)

    def _digits(self, cells: Sequence[str], texts: Sequence[str], joined: str, shown_as: int) -> PlainColumn:
        """Figures in plain digits, and blanks between them."""
        sense: int | Numbers = 1
        senses: Sequence[Sense] = (NOTHING, self._number)
        if "." in joined:
            places = np.array([text.find(".") + 1 and len(text) - text.find(".") - 1 for text in texts], dtype=np.int8)
            senses = (NOTHING, *(self._number._replace(exponent=-many) for many in range(int(places.max()) + 1)))
            sense, joined = places + np.int8(1), joined.replace(".", "")
        whole = np.fromstring(joined, dtype=np.int64, sep=" ")
        if len(texts) == len(cells):
            return PlainColumn(np.full(len(cells), shown_as, dtype=np.int32), senses, sense, whole)
        there = np.fromiter(map(bool, cells), dtype=np.bool_, count=len(cells))
        all_whole, all_senses = np.zeros(len(cells), dtype=np.int64), np.zeros(len(cells), dtype=np.int8)
        all_whole[there], all_senses[there] = whole, sense
        return PlainColumn(there * np.int32(shown_as), senses, all_senses, all_whole)

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
        if not text:
            return _EMPTY
        if kind == "e":
            return None
        plain = plain_format(code) if kind == "n" and self._unit != "%" else None
        if plain is not None and plain.holds(text):
            point = text.find(".") + 1
            whole, exponent = int(text.replace(".", "")), point - len(text) if point else 0
            return plain.shown(text), whole, self._number._replace(exponent=exponent)
        (measure, *more) = read_measures(kind, text, code, self._notation)
        told = more or measure.changes or measure.doubts or measure.widths
        if told or not self._may_be.get(measure.state, True):
            return None
        ((whole,), (exponent,)) = parted([measure.value])
        state = STATE[measure.state]
        sense = Sense(state, exponent, measure.unit, measure.note, measure.problem, measure.component)
        return shown(kind, text, code), whole, sense


_figures = lru_cache(maxsize=256)(_Figures)


_TEXTS = (NOTHING, Sense(TEXT), Sense(NIL))


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
        if different - texts - {""}:
            found = [text if text in texts else "" for text in found]
        nil = set(filter(_is_nil, texts)) if self.nil else set[str]()
        if nil:
            return PlainColumn(found, _TEXTS, [2 if text in nil else 1 if text else 0 for text in found])
        if texts == different:
            return PlainColumn(found, _TEXTS, 1)
        return PlainColumn(found, _TEXTS, np.fromiter(map(bool, found), dtype=np.int8, count=len(found)))

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

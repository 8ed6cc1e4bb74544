"""One column of a table read as a whole, where nothing has to be told of its cells.

A cell is plain when it is read without a finding: a figure, a text, a blank or a ―. The places of all others are given
to :class:`~reconcile.extract.values.Reader`, which says the same of plain cells, and more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import TypeVar

from reconcile.extract.raw import Cells
from reconcile.extract.values import STATE, day_as_read
from reconcile.figures import NO_FIGURE, parted
from reconcile.normalise import (
    PLAIN,
    Notation,
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

BLANK, NUMBER, TEXT, NIL = (STATE[name] for name in ("blank", "number", "text", "nil"))


@dataclass(slots=True)
class PlainColumn:
    """What the cells of a column say, one entry a cell, or once where all say the same; ``whole`` and ``exponent`` as
    in :class:`reconcile.figures.Figures`."""

    raw: list[str]
    state: int | list[int] = BLANK
    whole: int | list[int] = 0
    exponent: int | list[int] = NO_FIGURE
    unit: str | list[str] = ""
    note: str | list[str] = ""
    problem: str | list[str] = ""
    component: str | list[str] = ""


# A cell of a column, in the order of `PlainColumn`.
_Cell = tuple[str, int, int, int, str, str, str, str]
_EMPTY: _Cell = ("", BLANK, 0, NO_FIGURE, "", "", "", "")


def read_figures(
    cells: Cells, formats: Sequence[str], spec: FormField, version: str, notation: Notation, hard: set[int]
) -> PlainColumn:
    """A column of figures; ``hard`` gets the places of cells that are not plain."""
    unit = fold_unit(notation.unit) if notation.unit else ""
    codes = {style: _format(formats, style) for style in cells.used}
    # 0.8 in a column of percents is in doubt.
    only = plain_format(*codes.values()) if len(codes) == 1 and cells.kinds == "n" and unit != "%" else None
    if only is not None:
        own = list(filter(None, cells.texts)) if "" in cells.texts else cells.texts
        if only.holds_all(own):
            whole, exponent = _all_figures(own)
            raw = [f"{number:,}" for number in whole] if only.grouped else own
            found = PlainColumn(raw, NUMBER, whole, exponent, unit)
            return found if own is cells.texts else _with_blanks(found, cells.texts)
    known = _meanings(notation, spec.may_be_text(version), spec.type == "measure", bool(spec.may_be_pending(version)))
    if len(known) > REMEMBERED:
        known.clear()
    read: list[_Cell] = []
    for number, (kind, text, style) in enumerate(cells):
        if not text:
            read.append(_EMPTY)
            continue
        cell = kind, text, codes[style]
        if cell not in known:
            known[cell] = known.read(*cell)
        means = known[cell]
        if means is None:
            hard.add(number)
            means = _EMPTY
        read.append(means)
    if not read:
        return PlainColumn([])
    shown_as, *more = zip(*read, strict=True)
    return PlainColumn(list(shown_as), *map(_once, more))


def _once(column: Sequence[T]) -> T | list[T]:
    """A column, as the one thing that all of it says or as a list."""
    return column[0] if len(set(column)) == 1 else list(column)


def _with_blanks(figures: PlainColumn, texts: Sequence[str]) -> PlainColumn:
    """A column of which the figures are known, with the blanks between them."""
    assert isinstance(figures.whole, list)
    exponents = figures.exponent
    raw, whole = iter(figures.raw), iter(figures.whole)
    each = iter(exponents) if isinstance(exponents, list) else repeat(exponents)
    return PlainColumn(
        [next(raw) if text else "" for text in texts],
        [NUMBER if text else BLANK for text in texts],
        [next(whole) if text else 0 for text in texts],
        [next(each) if text else NO_FIGURE for text in texts],
        [str(figures.unit) if text else "" for text in texts],
    )


def _all_figures(texts: Sequence[str]) -> tuple[list[int], int | list[int]]:
    """Whole numbers and exponents of figures in plain digits, none of them blank."""
    try:
        return list(map(int, texts)), 0
    except ValueError:  # some have a point
        places = [len(text) - 1 - point if (point := text.find(".")) >= 0 else 0 for text in texts]
        return [int(text.replace(".", "")) for text in texts], [-count for count in places]


class _Meanings(dict[tuple[str, str, str], _Cell | None]):
    """Kind, text and number format of a cell → what it shows and means, if that is one measure of which nothing has to
    be told: whether a text, a milestone and what is pending may stand there says the field."""

    def __init__(self, notation: Notation, texts: bool, milestones: bool, pending: bool) -> None:
        self._notation = notation
        self._unit = fold_unit(notation.unit) if notation.unit else ""
        self._may_be = {"text": texts, "milestone": milestones, "pending": pending}

    def read(self, kind: str, text: str, number_format: str) -> _Cell | None:
        """What is to be remembered of a cell."""
        if kind == "e":
            return None
        plain = plain_format(number_format) if kind == "n" and self._unit != "%" else None
        if plain is not None and plain.holds(text):
            point = text.find(".") + 1
            whole, exponent = int(text.replace(".", "")), point - len(text) if point else 0
            return plain.shown(text), NUMBER, whole, exponent, self._unit, "", "", ""
        (measure, *more) = read_measures(kind, text, number_format, self._notation)
        told = more or measure.changes or measure.doubts or measure.widths
        if told or not self._may_be.get(measure.state, True):
            return None
        ((whole,), (exponent,)) = parted([measure.value])
        means = STATE[measure.state], whole, exponent, measure.unit, measure.note, measure.problem, measure.component
        return shown(kind, text, number_format), *means


@lru_cache(maxsize=256)
def _meanings(notation: Notation, texts: bool, milestones: bool, pending: bool) -> _Meanings:
    """The same for all returns."""
    return _Meanings(notation, texts, milestones, pending)


def read_texts(
    cells: Cells, formats: Sequence[str], date1904: bool, spec: FormField, keyed: bool, hard: set[int]
) -> PlainColumn:
    """A column of texts; ``hard`` gets the places of cells that are not plain. ``keyed``: its texts make the keys."""
    nil = spec.nil or spec.type == "flag"
    bare = {style for style in cells.used if parse_format(_format(formats, style)).text is None}
    if bare == cells.used and spec.type != "date" and cells.kinds == "s":
        found = cells.texts
    else:
        found = []
        for number, (kind, text, style) in enumerate(cells):
            if not text:
                found.append("")
                continue
            code, stored = _format(formats, style), text
            if kind != "s" or style not in bare:
                # Excel takes the key 1-2 for a date.
                if kind == "e" or (keyed and (kind == "d" or parse_format(code).is_date)):
                    hard.add(number)
                text = shown(kind, text, code)  # noqa: PLW2901
            if spec.type == "date":
                text = day_as_read(text, read_date(kind, stored, code, date1904, spec.order))  # noqa: PLW2901
            found.append(text)
    states = {text: _state_of(text, nil) for text in set(found)}
    if spec.carries:
        carrying = {text for text in states if split_original_target(text, spec.carries.marker)[1] is not None}
        hard.update(number for number, text in enumerate(found) if text in carrying)
    if BLANK in states.values():
        found = ["" if states[text] == BLANK else text for text in found]
        states[""] = BLANK
    only = set(states.values())
    return PlainColumn(found, only.pop() if len(only) == 1 else [states[text] for text in found])


def _state_of(text: str, nil: bool) -> int:
    if not text.strip():
        return BLANK
    return NIL if nil and read_measures("s", text, "", PLAIN)[0].state == "nil" else TEXT


def _format(formats: Sequence[str], style: int) -> str:
    return formats[style] if style < len(formats) else "General"

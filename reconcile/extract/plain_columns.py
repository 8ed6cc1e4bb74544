"""One column of a table read as a whole, where nothing has to be told of its cells.

A cell is plain when it is read without a finding: a figure, a text, a blank or a ―. The places of all others are given
to :class:`~reconcile.extract.values.Reader`, which says the same of plain cells, and more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import TypeVar

from reconcile.extract.raw import Cells
from reconcile.extract.values import STATE, day_as_read
from reconcile.figures import NO_FIGURE, parted
from reconcile.normalise import (
    PLAIN,
    Measure,
    Notation,
    PlainFormat,
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
    plain = {style: plain_format(_format(formats, style)) for style in cells.used}
    if unit == "%":
        plain = dict.fromkeys(plain)  # 0.8 in a column of percents is in doubt
    if len(plain) == 1 and cells.kinds == "n":
        (only,) = plain.values()
        own = list(filter(None, cells.texts)) if "" in cells.texts else cells.texts
        if only is not None and only.holds_all(own):
            whole, exponent = _all_figures(own)
            raw = [f"{number:,}" for number in whole] if only.grouped else own
            found = PlainColumn(raw, NUMBER, whole, exponent, unit)
            return found if own is cells.texts else _with_blanks(found, cells.texts)
    may_be = partial(_may_be, spec=spec, version=version)
    known: dict[tuple[str, str, int], _Cell | None] = {}
    read: list[_Cell] = []
    for number, cell in enumerate(cells):
        if cell not in known:
            kind, text, style = cell
            known[cell] = _cell(kind, text, _format(formats, style), plain[style], notation, may_be) if text else _EMPTY
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


def _cell(
    kind: str,
    text: str,
    number_format: str,
    plain: PlainFormat | None,
    notation: Notation,
    may_be: Callable[[Measure], bool],
) -> _Cell | None:
    """What a cell shows and means, if that is one measure of which nothing has to be told."""
    if kind == "n" and plain is not None and plain.holds(text):
        point = text.find(".") + 1
        whole, exponent = int(text.replace(".", "")), point - len(text) if point else 0
        unit = fold_unit(notation.unit) if notation.unit else ""
        return (
            plain.shown(text),
            NUMBER,
            whole,
            exponent,
            unit,
            "",
            "",
            "",
        )
    if kind == "e":
        return None
    (measure, *more) = read_measures(kind, text, number_format, notation)
    if more or measure.changes or measure.doubts or measure.widths or not may_be(measure):
        return None
    ((whole,), (exponent,)) = parted([measure.value])
    return (
        shown(kind, text, number_format),
        STATE[measure.state],
        whole,
        exponent,
        measure.unit,
        measure.note,
        measure.problem,
        measure.component,
    )


def _may_be(measure: Measure, spec: FormField, version: str) -> bool:
    """Whether a measure of its state can stand in a field."""
    if measure.state == "text":
        return spec.may_be_text(version)
    if measure.state == "milestone":
        return spec.type == "measure"
    return measure.state != "pending" or spec.may_be_pending(version)


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

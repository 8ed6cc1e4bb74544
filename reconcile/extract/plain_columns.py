"""One column of a table read as a whole, where nothing has to be told of its cells.

A cell is plain when it is read without a finding: a figure, a text, a blank or a ―. The places of all others are given
to :class:`~reconcile.extract.values.Reader`, which says the same of plain cells, and more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from reconcile.extract.raw import SlotKey
from reconcile.extract.values import STATE, day_as_read
from reconcile.extract.weaving import each
from reconcile.figures import NO_FIGURE, parted
from reconcile.locate import Grid
from reconcile.normalise import (
    PLAIN,
    Measure,
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


def read_figures(
    grid: Grid, entries: Sequence[int], key: SlotKey, spec: FormField, notation: Notation, hard: set[int]
) -> PlainColumn:
    """A column of figures, given as the entries of its cells (-1: empty); ``hard`` gets the places of others."""
    sheet, formats = grid.sheet, grid.formats
    unit = fold_unit(notation.unit) if notation.unit else ""
    texts, kinds, styles = sheet.text, sheet.kind, sheet.style
    there = entries if min(entries, default=0) >= 0 else [at for at in entries if at >= 0]
    plain = {style: plain_format(_format(formats, style)) for style in {styles[at] for at in there}}
    if unit == "%":
        plain = dict.fromkeys(plain)  # 0.8 in a column of percents is in doubt
    if grid.unread_formulas:
        hard.update(number for number, at in enumerate(entries) if at in grid.unread_formulas)
    if len(plain) == 1 and {kinds[at] for at in there} == {"n"}:
        (only,) = plain.values()
        own = [texts[at] for at in there]
        if only is not None and only.holds_all(own):
            whole, exponent = _all_figures(own)
            raw = [f"{number:,}" for number in whole] if only.grouped else own
            found = PlainColumn(raw, NUMBER, whole, exponent, unit)
            return found if there is entries else _with_blanks(found, entries)
    size = len(entries)
    state, unit_of = [BLANK] * size, [""] * size
    found = PlainColumn([""] * size, state, unit=unit_of)
    values: list[Decimal | None] = [None] * size
    known: dict[tuple[str, str, int], tuple[str, Measure] | None] = {}
    for number, at in enumerate(entries):
        if at < 0:
            continue
        kind, text, style = kinds[at], texts[at], styles[at]
        simple = plain[style] if kind == "n" else None
        if simple is not None and simple.holds(text):
            found.raw[number], values[number] = simple.shown(text), Decimal(text)
            state[number], unit_of[number] = NUMBER, unit
            continue
        if (kind, text, style) not in known:
            known[kind, text, style] = _quiet(kind, text, _format(formats, style), spec, key[1], notation)
        read = known[kind, text, style]
        if read is None:
            hard.add(number)
            continue
        found.raw[number], measure = read
        values[number] = measure.value
        state[number], unit_of[number] = STATE[measure.state], measure.unit
        if measure.note or measure.problem or measure.component:
            _add_words(found, size, number, measure)
    found.whole, found.exponent = parted(values)
    return found


def _with_blanks(figures: PlainColumn, entries: Sequence[int]) -> PlainColumn:
    """A column of which the figures are known, with the blanks between them."""
    assert isinstance(figures.whole, list)
    known = list(accumulate((at >= 0 for at in entries), initial=-1))[1:]
    places = [place if at >= 0 else -1 for place, at in zip(known, entries, strict=True)]
    exponents = each(figures.exponent, len(figures.whole))
    return PlainColumn(
        [figures.raw[place] if place >= 0 else "" for place in places],
        [NUMBER if place >= 0 else BLANK for place in places],
        [figures.whole[place] if place >= 0 else 0 for place in places],
        [exponents[place] if place >= 0 else NO_FIGURE for place in places],
        [str(figures.unit) if place >= 0 else "" for place in places],
    )


def _all_figures(texts: Sequence[str]) -> tuple[list[int], int | list[int]]:
    """Whole numbers and exponents of figures in plain digits, none of them blank."""
    try:
        return list(map(int, texts)), 0
    except ValueError:  # some have a point
        places = [len(text) - 1 - point if (point := text.find(".")) >= 0 else 0 for text in texts]
        return [int(text.replace(".", "")) for text in texts], [-count for count in places]


def _add_words(column: PlainColumn, size: int, number: int, measure: Measure) -> None:
    for name in ("note", "problem", "component"):
        if getattr(column, name) == "":
            setattr(column, name, [""] * size)
        getattr(column, name)[number] = getattr(measure, name)


def _quiet(
    kind: str, text: str, number_format: str, spec: FormField, version: str, notation: Notation
) -> tuple[str, Measure] | None:
    """What a cell shows and means, if that is one measure of which nothing has to be told."""
    if kind == "e":
        return None
    measures = read_measures(kind, text, number_format, notation)
    (measure, *more) = measures
    if more or measure.changes or measure.doubts or measure.widths:
        return None
    if (
        (measure.state == "text" and not spec.may_be_text(version))
        or (measure.state == "milestone" and spec.type != "measure")
        or (measure.state == "pending" and not spec.may_be_pending(version))
    ):
        return None
    return shown(kind, text, number_format), measure


def read_texts(grid: Grid, entries: Sequence[int], spec: FormField, keyed: bool, hard: set[int]) -> PlainColumn:
    """A column of texts, given as the entries of its cells (-1: empty); ``hard`` gets the places that are not plain.
    ``keyed``: its texts make the keys of the records."""
    sheet, formats = grid.sheet, grid.formats
    formulas, texts, kinds, styles = sheet.formulas, sheet.text, sheet.kind, sheet.style
    bare = {style for style in {styles[at] for at in entries} if parse_format(_format(formats, style)).text is None}
    nil = spec.nil or spec.type == "flag"
    found: list[str] = []
    for number, at in enumerate(entries):
        if at < 0:
            found.append("")
            continue
        kind, text = kinds[at], texts[at]
        stored = text
        if at in formulas and not formulas[at].stored:
            hard.add(number)
        if kind != "s" or styles[at] not in bare:
            code = _format(formats, styles[at])
            # Excel takes the key 1-2 for a date.
            if kind == "e" or (keyed and (kind == "d" or parse_format(code).is_date)):
                hard.add(number)
            text = shown(kind, text, code)
        if spec.type == "date":
            code = _format(formats, styles[at])
            text = day_as_read(text, read_date(kind, stored, code, grid.date1904, spec.order))
        found.append(text)
    states = {text: _state_of(text, nil) for text in set(found)}
    if spec.carries:
        carrying = {text for text in states if split_original_target(text, spec.carries.marker)[1] is not None}
        hard.update(number for number, text in enumerate(found) if text in carrying)
    if BLANK in states.values():
        found = ["" if states[text] == BLANK else text for text in found]
        states[""] = BLANK
    return PlainColumn(found, [states[text] for text in found])


def _state_of(text: str, nil: bool) -> int:
    if not text.strip():
        return BLANK
    return NIL if nil and read_measures("s", text, "", PLAIN)[0].state == "nil" else TEXT


def _format(formats: Sequence[str], style: int) -> str:
    return formats[style] if style < len(formats) else "General"

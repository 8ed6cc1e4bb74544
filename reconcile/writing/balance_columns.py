"""The columns of 突合結果 that are more than texts: figures, verdicts, links to a total and to its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.balances import FAIL, PASS, ROUNDED, VERDICTS
from reconcile.coded import Coded
from reconcile.facts import ABSENT, NUMBER, Facts, Mask, Positions
from reconcile.figures import whole_numbers
from reconcile.findings import column_letters
from reconcile.package import BLANK, STRING, Column, look
from reconcile.package import NUMBER as FIGURE
from reconcile.writing.cells import exact
from reconcile.writing.report import Report
from reconcile.writing.styles import Styles
from reconcile.writing.text import quoted

_LEVELS = {PASS: "good", ROUNDED: "info", FAIL: "error"}
_MOST_RUNS = 4  # of the parts of a total that are named each
_EXACT = 10**15  # Excel keeps 15 digits
_WHOLE, _BROKEN = "#,##0", "#,##0.0##"


def linked_column(styles: Styles, number: int, texts: Coded) -> Column:
    """A column of links; what leads nowhere is blank."""
    empty = texts.says("")
    link, cell = styles.get("cell", font_color="#0563C1", underline=1), styles.get("cell")
    looks = np.full(len(texts), look(BLANK, styles.number(cell)), dtype=np.uint32)
    if not empty.all():
        looks[~empty] = look(STRING, styles.number(link))
    return Column(number, looks, texts=texts)


def verdict_column(report: Report, number: int, verdicts: npt.NDArray[np.int8]) -> Column:
    """What came of each constraint, in the colour of its level."""
    styles = report.book.styles
    looks = np.zeros(len(verdicts), dtype=np.uint32)
    for verdict in _as_they_come(verdicts):
        colours = styles.mark_properties(_LEVELS.get(verdict, "warning"))
        looks[verdicts == verdict] = look(STRING, styles.number(styles.get("center", **colours)))
    terms = tuple(report.voice.term("verdict", verdict) for verdict in VERDICTS)
    return Column(number, looks, texts=Coded(verdicts.astype(np.int32), terms))


def figure_columns(report: Report, first: int, shown: Sequence[int], total: Positions) -> dict[int, Column]:
    """Stated, computed, difference, tolerance, excluded; blank where there is none, as typed where it is no figure."""
    run = report.run
    balances, judged, facts = run.balances, run.judged, run.facts
    own = np.array(shown, dtype=np.int64)
    stated = total == ABSENT
    if len(facts):
        stated |= facts.state[np.maximum(total, 0)] == NUMBER
    typed = np.full(len(own), "", dtype=object)
    typed[~stated] = facts.raw[total[~stated]]
    given = (whole_numbers([values[n] for n in shown]) for values in (balances.tolerance, balances.excluded))
    columns = [
        (judged.stated[own], stated, typed),
        (judged.computed[own], np.ones(len(own), dtype=bool), None),
        (judged.difference[own], stated, None),
        *((figures, figures != 0, None) for figures in given),
    ]
    return {
        number: _figures(report.book.styles, facts, number, figures, meant, texts, signed=number == first + 2)
        for number, (figures, meant, texts) in enumerate(columns, start=first)
    }


def _figures(
    styles: Styles,
    facts: Facts,
    number: int,
    scaled: npt.NDArray[Any],
    meant: Mask,
    typed: npt.NDArray[np.object_] | None,
    *,
    signed: bool,
) -> Column:
    """A column of scaled figures, where they are meant; elsewhere what was typed. One of more digits than Excel keeps
    is a text."""
    texts = np.full(len(scaled), "", dtype=object) if typed is None else typed
    kind = np.where(texts == "", BLANK, STRING)
    kind[meant] = FIGURE
    if object not in (scaled.dtype, facts.number.dtype) and int(np.abs(scaled).max(initial=0)) < _EXACT:
        values = scaled / 10.0**facts.decimals
        whole = scaled % 10**facts.decimals == 0
    else:
        figures = list(map(facts.decimal, scaled.tolist()))
        values = np.array(list(map(float, figures)), dtype=np.float64)
        whole = np.array([value == value.to_integral_value() for value in figures], dtype=bool)
        for at in np.flatnonzero(meant).tolist():
            if not exact(figures[at]):
                kind[at], texts[at] = STRING, f"{figures[at]:,}"
    looks = kind.astype(np.uint32)
    style = np.where(meant, whole, 2).astype(np.int8)
    for own in _as_they_come(style):
        digits = _WHOLE if own else _BROKEN
        form = f"+{digits};-{digits};0" if signed else digits
        found = styles.get("figure", num_format=form) if own < 2 else styles.get("figure")
        looks[style == own] += np.uint32(look(0, styles.number(found)))
    return Column(number, looks, values, Coded.of(texts.tolist()))


def _as_they_come(values: npt.NDArray[np.int8]) -> list[int]:
    """The distinct values in order of first appearance, which is the order in which formats are made."""
    found, first = np.unique(values, return_index=True)
    return [int(value) for value in found[np.argsort(first)]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of each constraint in the master, those that follow each other as one: how they read, how a link names
    the first of them (both empty where none stands there), and whether there are several."""

    texts: list[str]
    first: list[str]
    several: list[bool]


def parts_in_master(report: Report, shown: Sequence[int]) -> Parts:
    """The parts of constraints where they stand in the master."""
    places, voice, balances = report.places, report.voice, report.run.balances
    parts = [balances.parts_of(number) for number in shown]
    part = np.array([each for own in parts for each in own], dtype=np.int64)
    owner = np.repeat(np.arange(len(shown)), [len(own) for own in parts])
    stands = places.sheet[part] >= 0 if len(part) else np.zeros(0, dtype=bool)
    part, owner = part[stands], owner[stands]
    sheet, row, column = places.sheet[part], places.row[part], places.column[part]
    down, across = np.diff(row), np.diff(column)
    follows = (np.diff(owner) == 0) & (np.diff(sheet) == 0) & (down + across == 1) & ((down == 0) | (across == 0))
    begins = np.flatnonzero(np.concatenate(([True], ~follows))) if len(part) else np.zeros(0, dtype=np.int64)
    ends = np.append(begins[1:], len(part))[: len(begins)]
    names = _areas(row, column, begins, ends - 1)
    sheets = [quoted(name) for name in places.sheets]
    counts = np.bincount(owner[begins], minlength=len(shown)).tolist()
    texts, first, at = [], [], 0
    for count in counts:
        own = names[at : at + count]
        text = voice.comma.join(own)
        if count > _MOST_RUNS:
            more = int((ends[at + 3 : at + count] - begins[at + 3 : at + count]).sum())
            text = voice.comma.join(own[:3]) + " " + voice.word("more_cells", count=more)
        texts.append(text)
        first.append(f"{sheets[sheet[begins[at]]]}!{own[0]}" if own else "")
        at += count
    return Parts(texts, first, [count > 1 for count in counts])


def _areas(row: npt.NDArray[np.int32], column: npt.NDArray[np.int16], first: Positions, last: Positions) -> list[str]:
    """Ranges from one cell to another in A1 notation; one that is a single cell as such."""
    letters = {number: column_letters(number) for number in np.unique(column).tolist()}
    corners = [
        [f"{letters[c]}{r}" for r, c in zip(row[at].tolist(), column[at].tolist(), strict=True)] for at in (first, last)
    ]
    return [one if one == other else f"{one}:{other}" for one, other in zip(*corners, strict=True)]

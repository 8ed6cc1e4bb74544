"""Several measures in one cell: a）5,500 件 / b）6,000 枚, グループホーム：5 人 / ユニット：6.5 人."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from reconcile.normalise.brackets import dates_shown, list_mark, noted, peel
from reconcile.normalise.folding import fold_label
from reconcile.normalise.measures import Measure, Notation
from reconcile.normalise.single import hidden, numbers_in, read_single
from reconcile.normalise.states import has_digit, read_state
from reconcile.normalise.tails import read_tail, unit_before

#: Places where the mark of a list can begin: not within a word or behind an opening bracket.
_MARKS: Final = re.compile(
    r"(?<![A-Za-z(])(?=\(?[A-Za-z]\s*\))|(?=[\u2460-\u2473])|(?<![ァ-ヺー(])(?=\(?[ア-ンｱ-ﾝ]\s*\))"
)
_ONLY_NOTE: Final = re.compile(r"\s*(?:[(\[].*[)\]]|※.*)\s*", re.DOTALL)
_SEPARATORS: Final = " 、,;/"


def read_several(text: str, notation: Notation) -> tuple[Measure, ...]:
    """`text` (narrow) read as two measures or more, each with a label of its own; empty if it is not that. A unit
    or a note on a line of its own serves all of them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    shared: list[str] = []
    while len(lines) > 1 and _ONLY_NOTE.fullmatch(lines[-1]) and not list_mark(lines[-1]):
        shared.insert(0, lines.pop())
    segments, lost = _segments(lines, shared)
    if len(segments) < 2:
        return ()
    measures = [_labelled(segment, notation) for segment in segments]
    if any(measure.state == "text" or not measure.component for measure in measures):
        return ()
    if len({measure.component for measure in measures}) < len(measures):
        return ()
    return _together(measures, tuple(shared), lost)


def _segments(lines: list[str], shared: list[str]) -> tuple[list[str], bool]:
    """The parts of a cell that should be one measure each, and whether lost line breaks had to be put back."""
    whole = "\n".join(lines)
    marked = [part.strip().rstrip(_SEPARATORS).rstrip() for part in _MARKS.split(whole) if part.strip()]
    if len(marked) > 1 and all(list_mark(part) for part in marked):
        return marked, False
    joined = _wrapped(lines)
    if len(joined) > 1:
        return joined, False
    body, notes = peel(whole)
    # Without line breaks a note at the end is everybody's.
    shared[:0] = [f"({note})" for note in notes]
    return _cut(body)


def _wrapped(lines: list[str]) -> list[str]:
    """Lines put together that are one measure: a label over its number, a unit under it."""
    joined: list[str] = []
    waiting = ""
    for line in lines:
        mark = list_mark(line)
        if line.endswith(":") or (mark and mark.end() == len(line)):
            waiting += line
        elif not waiting and joined and not has_digit(line) and not _has_state(line):
            joined[-1] += "\n" + line
        else:
            joined.append(waiting + line)
            waiting = ""
    return [*joined, waiting] if waiting else joined


def _has_state(line: str) -> bool:
    label, colon, value = line.rpartition(":")
    return bool(colon and label) and read_state(peel(value)[0], "", Notation()) is not None


def _cut(body: str) -> tuple[list[str], bool]:
    """`body` cut between the unit of one number and the label of the next, where the border is sure."""
    figures = hidden(body)
    found = numbers_in(figures)
    if len(found) < 2:
        return [], False
    lent = read_tail(figures[found[-1].end() :]).printed
    cuts = [0]
    lost = False
    for one, other in pairwise(found):
        between = figures[one.end() : other.start()]
        parted = unit_before(between, lent)
        if parted is None:
            return [], False
        cuts.append(other.start() - len(between) + between.rindex(parted[1]))
        lost = lost or not re.search(r"[\s、,;]", between[: between.rindex(parted[1])].lstrip())
    pieces = [figures[start:end] for start, end in zip(cuts, [*cuts[1:], len(figures)], strict=True)]
    return [dates_shown(piece).strip().rstrip(_SEPARATORS) for piece in pieces], lost


def _labelled(segment: str, notation: Notation) -> Measure:
    """A measure with its label; the label may stand before ― or a milestone too."""
    label, colon, value = segment.rpartition(":")
    if colon and label and not has_digit(value):
        return read_single(value, notation, fold_label(label.strip()))
    measure = read_single(segment, notation)
    if measure.component and measure.problem == "no_digit":
        return replace(measure, state="milestone", problem="")
    return measure


def _together(measures: list[Measure], shared: tuple[str, ...], lost: bool) -> tuple[Measure, ...]:
    """Measures of one cell with what they share: a unit written once, notes on a line of their own."""
    notes = tuple(line.strip("()[] ") for line in shared)
    units = {measure.unit for measure in measures if measure.printed_unit}
    lent = next(iter(units)) if len(units) == 1 else ""
    together = []
    for measure in measures:
        unit = measure.unit
        if lent and not measure.printed_unit and measure.state == "number":
            unit = lent
        note = noted((measure.note, *notes)) if notes else measure.note
        doubts = (*measure.doubts, "line_break_lost") if lost else measure.doubts
        together.append(replace(measure, unit=unit, note=note, doubts=doubts))
    return tuple(together)

"""The measures of a cell.

The grammar refuses what it is not sure of: a text in which two numbers stand, a range, a bound or a fraction has the
state text and a problem, and no value. Values are Decimal. Nothing raises: whatever a person typed has an answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reconcile.normalise.brackets import noted, peel
from reconcile.normalise.characters import narrow
from reconcile.normalise.formats import parse_format
from reconcile.normalise.measures import PLAIN, Measure, Notation
from reconcile.normalise.numeric import read_number
from reconcile.normalise.several import read_several
from reconcile.normalise.single import read_single
from reconcile.normalise.states import BLANK, ERRORS, is_declared_milestone, is_milestone

#: Distinct cells remembered per notation; a round of a thousand returns has far fewer.
REMEMBERED: Final = 200_000
#: Longer texts are no figures: the grammar is not tried on them.
LONGEST: Final = 400

_ERROR: Final = (Measure(state="error"),)
_NO_RESULT: Final = (Measure(state="error", problem="no_result"),)


def read_measures(
    kind: str, text: str, number_format: str = "General", notation: Notation = PLAIN
) -> tuple[Measure, ...]:
    """What a cell of `kind` (as `package` tells it: n, s, b, e, d or empty for a formula without result) means under
    `notation`: one measure, or several with their components. Cached; never raises."""
    key = (kind, text, number_format)
    measures = notation.seen.get(key)
    if measures is None:
        measures = _read(kind, text, number_format, notation)
        if len(notation.seen) >= REMEMBERED:
            notation.seen.clear()
        if len(text) <= LONGEST:
            notation.seen[key] = measures
    return measures


def _read(kind: str, text: str, number_format: str, notation: Notation) -> tuple[Measure, ...]:
    if kind == "n":
        return (read_number(text, number_format, notation),)
    if kind == "s":
        if "@" in number_format and (section := parse_format(number_format).text) and text.strip():
            text = f"{section.prefix}{text}{section.suffix}"
        return read_text(text, notation)
    if kind == "e":
        return _ERROR
    if kind == "d":
        return (Measure(problem="date"),)
    if kind == "b":
        return (Measure(problem="boolean"),)
    return _NO_RESULT if text == "" else read_text(text, notation)


def read_text(text: str, notation: Notation) -> tuple[Measure, ...]:
    """The measures of a typed text, not cached."""
    flat = narrow(text).strip()
    if not flat:
        return BLANK
    if flat in ERRORS:
        return _ERROR
    if len(flat) > LONGEST:
        return (Measure(state="milestone") if is_milestone(flat) else Measure(problem="not_a_number"),)
    measures = _read_flat(flat, notation)
    if measures[0].state == "number" and flat != text.strip():
        return tuple(replace(measure, widths=True) for measure in measures)
    return measures


def _read_flat(flat: str, notation: Notation) -> tuple[Measure, ...]:
    if is_declared_milestone(flat, notation):
        return (Measure(state="milestone", note=noted(peel(flat)[1])),)
    single = read_single(flat, notation)
    if single.state != "text":
        return (single,)
    if several := read_several(flat, notation):
        return several
    if is_milestone(flat):
        return (Measure(single.component if single.problem == "no_digit" else "", "milestone", note=single.note),)
    return (replace(single, component="", problem=single.problem.replace("no_digit", "not_a_number")),)

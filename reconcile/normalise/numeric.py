"""A number cell: its stored value, seen through its number format."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from reconcile.normalise.characters import narrow
from reconcile.normalise.formats import NumberFormat, Section, parse_format, section_for
from reconcile.normalise.measures import Change, Measure, Notation
from reconcile.normalise.numerals import plain, stored_value, trimmed
from reconcile.normalise.single import read_single
from reconcile.normalise.units import MONEY, fold_unit

#: Powers of ten of a figure that somebody can mean, which what is left of a formula that gives nothing (5.6E-17) keeps
#: too. Excel holds numbers ten times as far away, whose sums no check of likelihood could follow.
_FARTHEST: Final = 30


def read_number(text: str, number_format: str, notation: Notation) -> Measure:
    """The measure of a cell of kind `n`."""
    value = stored_value(text)
    if value is None or (value and abs(value.adjusted()) > _FARTHEST):
        return Measure(problem="not_a_number" if value is None else "too_long")
    form = parse_format(number_format)
    section, _ = section_for(form, float(value))
    if section.is_date:
        return Measure(problem="date")
    doubts = () if section.has_number or value == 0 or not _hides(form, section) else ("not_shown",)
    if not number_format:
        return _plain_number(value, notation, doubts, formatted=False)
    if section.percent and abs(value) >= _FRACTIONS:
        doubts = (*doubts, "hundredfold_percent")
    scaled = trimmed(value.scaleb(2 * section.percent - 3 * section.thousands))
    prefix, suffix = section.prefix.strip("-▲△()− "), section.suffix.strip("() ")
    if section.percent:
        suffix = f"%{suffix}"
    if not prefix and not suffix and not section.thousands:
        return _plain_number(scaled, notation, doubts)
    read = read_single(narrow(f"{prefix}{plain(abs(scaled))}{suffix}"), _exact(notation))
    if read.state != "number" or read.value is None:
        return replace(_plain_number(value, notation, doubts), doubts=(*doubts, "format_text"))
    return _signed(read, value, section, notation, doubts)


#: Shares from here on are not taken for percentages: 1,000 % is no rate that offices report. In a cell of percents it
#: is a percentage that got its format afterwards.
_FRACTIONS: Final = 10


@lru_cache(maxsize=256)
def _exact(notation: Notation) -> Notation:
    """`notation` for a stored number: its places are not in doubt."""
    return replace(notation, decimals=15)


def _hides(form: NumberFormat, section: Section) -> bool:
    return section in form.sections and not section.tokens


def _plain_number(value: Decimal, notation: Notation, doubts: tuple[str, ...], *, formatted: bool = True) -> Measure:
    """`formatted`: the format is known. Where it is not, 0.8 and 1.2 may be what a person sees as 80 % and 120 %."""
    unit = fold_unit(notation.unit) if notation.unit else ""
    fraction = abs(value) < _FRACTIONS and value != value.to_integral_value()
    if (unit == "%" and 0 < abs(value) <= 1) or (not formatted and unit in ("", "%") and (fraction or value == 1)):
        doubts = (*doubts, "percent_or_fraction")
    return Measure(state="number", value=value, unit=unit, doubts=doubts)


def _signed(read: Measure, value: Decimal, section: Section, notation: Notation, doubts: tuple[str, ...]) -> Measure:
    """`read` with the sign of the stored value, and with what the format changed told as a change."""
    assert read.value is not None
    result = -read.value if value < 0 else read.value
    changes: tuple[Change, ...] = ()
    unit = read.unit
    wanted = fold_unit(notation.unit) if notation.unit else ""
    if section.thousands and not read.printed_unit and wanted in MONEY:
        # `#,##0,` in a form in thousands shows thousands of the yen that are stored.
        result, unit = trimmed(value / MONEY[wanted]), wanted
    if section.percent == 0 and result != value:
        unit_changed = any(change.kind == "unit" for change in read.changes)
        changes = (Change("unit" if unit_changed else "magnitude", plain(value), f"{plain(result)}{unit}"),)
    told = tuple(doubt for doubt in read.doubts if doubt != "percent_or_fraction" or not section.percent)
    return replace(read, value=result, unit=unit, changes=changes, doubts=(*doubts, *told))

"""By which slip of the hand one figure could have become another.

Known error patterns come before any general search (de Waal, Pannekoek & Scholtus, *Handbook of Statistical
Data Editing*, 2011, ch. 2: systematic errors; Scholtus 2009 on simple typing errors).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

# Keys of the catalogue of words, from the most to the least telling.
SLIPS = (
    "missing",  # nothing was entered
    "sign",
    "thousandfold",  # another unit: yen for thousand yen
    "thousandth",
    "extra_zeros",
    "missing_zeros",
    "copied",  # the figure of the cell beside, above or below
    "transposed",  # two neighbouring digits changed places
    "digit",  # one digit is another one
    "doubled_digit",
    "extra_digit",
    "missing_digit",
    "other",
)


def slip(typed: Decimal | None, meant: Decimal, neighbours: Iterable[Decimal] = ()) -> str:
    """The slip that makes ``typed`` of ``meant``; ``other`` where no single one does.

    ``neighbours`` are the figures of the cells beside, above and below. A figure of one digit equals its
    neighbour too easily for that to mean anything.
    """
    if typed is None:
        return "missing"
    if typed == meant:
        raise ValueError("nothing was mistyped")
    if typed == -meant:
        return "sign"
    scaled = _scaled(typed, meant)
    if scaled:
        return scaled
    if len(digits(typed)) > 1 and typed in set(neighbours):
        return "copied"
    if (typed < 0) != (meant < 0):
        return "other"
    return _digit_slip(digits(typed), digits(meant))


def digits(value: Decimal) -> str:
    """A figure as typed: its digits and point, without sign and without zeros at the end of the decimals."""
    text = f"{value.copy_abs():f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(typed: Decimal, meant: Decimal) -> str:
    if not typed or not meant:
        return ""
    if typed == meant * 1000:
        return "thousandfold"
    if typed * 1000 == meant:
        return "thousandth"
    if typed in (meant * 10, meant * 100):
        return "extra_zeros"
    return "missing_zeros" if meant in (typed * 10, typed * 100) else ""


def _digit_slip(typed: str, meant: str) -> str:
    if len(typed) == len(meant):
        wrong = [n for n, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
        if len(wrong) == 1 and "." not in (typed[wrong[0]], meant[wrong[0]]):
            return "digit"
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        if swapped and typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]:
            return "transposed"
        return "other"
    if len(typed) == len(meant) + 1:
        return _inserted(typed, meant)
    if len(meant) == len(typed) + 1 and _inserted(meant, typed) != "other":
        return "missing_digit"
    return "other"


def _inserted(longer: str, shorter: str) -> str:
    """Which character more the longer text has: a digit doubled, another digit, or no single one."""
    place = next((n for n, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    if longer[:place] + longer[place + 1 :] != shorter or longer[place] == ".":
        return "other"
    # The first place where the two differ is just behind a doubled digit.
    return "doubled_digit" if place and longer[place - 1] == longer[place] else "extra_digit"

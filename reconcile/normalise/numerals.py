"""The value of a run of digits, commas, points and spaces, or why it has none."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Final, NamedTuple


class Numeral(NamedTuple):
    """A numeral as read: its value, or the problem that forbids one; doubts as in `Measure`."""

    value: Decimal | None
    doubts: tuple[str, ...] = ()
    problem: str = ""


#: A number as people type it, on one line, in narrow characters: digits with commas, points and stray spaces within.
#: Atomic and of at most a dozen groups, so that a cell full of digits takes no time.
NUMERAL: Final = r"(?>[0-9]+(?:[ ]{0,3}[,.、。・'][ ]{0,3}[0-9]+|[ ]{1,3}[0-9]+){0,12})"

_PLAIN: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_OTHER_SEPARATORS: Final = re.compile(r"[、。・']")
_SPACED_GROUPS: Final = re.compile(r"[0-9]{1,3}(?: (?:000|[0-9]{3}(?= 000)))+|[0-9](?: [0-9]){2,}")
_SPACES: Final = re.compile("[ ]+")


#: Digits of a number that Excel can hold; what is longer is the number of an account or a telephone.
_LONGEST: Final = 15


def read_numeral(text: str, decimals: int | None = None) -> Numeral:
    """The value of `text`, a match of `NUMERAL`. Refused: commas that do not part thousands (1,00 · 0,123), separators
    that are no comma or point (69、9), two numbers side by side (100 200)."""
    doubts: tuple[str, ...] = ()
    if " " in text:
        around_signs = re.sub(r" *([,.]) *", r"\1", text)
        if " " in around_signs and not _SPACED_GROUPS.fullmatch(_SPACES.sub(" ", around_signs)):
            return Numeral(None, problem="two_numbers")
        text = around_signs.replace(" ", "")
        doubts = ("space_in_number",)
    if _OTHER_SEPARATORS.search(text):
        return Numeral(None, problem="separator")
    if not _PLAIN.fullmatch(text):
        return Numeral(None, problem="thousands" if "," in text else "separator")
    if sum(map(str.isdigit, text)) > _LONGEST:
        return Numeral(None, problem="too_long")
    whole, point, places = text.partition(".")
    if whole[0] == "0" and len(whole) > 1:
        if "," in whole:
            return Numeral(None, problem="thousands")
        doubts = (*doubts, "leading_zero")
    if point and len(places) == 3 and places[-1] == "0" and whole != "0" and len(whole) < 4 and (decimals or 0) < 3:
        # 1.000 can be a thousand with a point for its comma; a measured 12.324 is none.
        doubts = (*doubts, "decimal_or_thousands")
    return Numeral(Decimal(text.replace(",", "")), doubts)


#: Room for the largest stored number under the longest format: 308 digits, and a thousand
#: places or percent signs.
_WIDE: Final = Context(prec=4000, rounding=ROUND_HALF_UP)


def rounded(value: Decimal, places: int) -> Decimal:
    """`value` to `places` behind the point, half up as Excel shows it, however large it is."""
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE)


def plain(value: Decimal) -> str:
    """A value as a plain decimal string, never in powers of ten: 2500, 69.9, -8064."""
    return f"{value:f}"


def trimmed(value: Decimal) -> Decimal:
    """The same value without zeros behind the point and without a power of ten."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if value.adjusted() < 27 else value
    return value.normalize()


#: Excel computes and shows 15 significant digits; a file stores up to 17 (69.900000000000006 is 69.9).
_EXCEL: Final = Context(prec=15, rounding=ROUND_HALF_EVEN)
_STORED: Final = re.compile(
    r"\s{0,9}[-+]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[Ee][-+]?[0-9]{1,4})?\s{0,9}"
)
#: Powers of ten that Excel's numbers stay within (9.99E+307 to 2.23E-308).
_HIGHEST_POWER: Final = 307
_LOWEST_POWER: Final = -308


def stored_value(text: str) -> Decimal | None:
    """The value of a number as a file stores it; None for what no program stores: a word, a number beyond Excel's."""
    if _STORED.fullmatch(text) is None:
        return None
    value = _EXCEL.create_decimal(text.strip())
    if value.adjusted() > _HIGHEST_POWER:
        return None
    return trimmed(value) if value.adjusted() >= _LOWEST_POWER else Decimal(0)

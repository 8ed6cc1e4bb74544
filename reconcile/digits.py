"""Many figures as texts at once.

Eight characters are one number of 64 bits whose lowest byte is the first of them; what is done to it is done to all
eight.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from reconcile.coded import Mask, Strings

Whole = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_EIGHT = 8
_BITS = np.uint64(8)
_ZEROS = np.uint64(0x3030303030303030)
_MINUS, _POINT, _COMMA = (np.uint64(ord(mark)) for mark in "-.,")
_GROUP, _THOUSAND = 3, 1_000
_HALF = np.uint64(10_000)
# Each step takes numbers apart in two, of half the digits: what takes the place of a division (a factor and a shift),
# the lanes that it leaves, what was divided by, how far apart the two are put.
_STEPS = tuple(
    tuple(map(np.uint64, step))
    for step in ((10_486, 20, 0x0000007F0000007F, 100, 16), (103, 10, 0x000F000F000F000F, 10, 8))
)


def decimals(whole: Whole, places: int) -> Strings:
    """The figures ``whole`` / 10**``places`` as decimals of so many places."""
    return _texts(whole, places, _POINT, lambda number: _decimal(number, places))


def grouped(whole: Whole) -> Strings:
    """Whole numbers with their digits in groups of three: ``1,234``."""
    found = np.empty(len(whole), dtype=object)
    long = (whole >= _THOUSAND) | (whole <= -_THOUSAND)
    found[~long] = decimals(whole[~long], 0)
    found[long] = _texts(whole[long], _GROUP, _COMMA, "{:,}".format)
    return found


def _texts(whole: Whole, places: int, mark: np.uint64, one: Callable[[int], str]) -> Strings:
    """Figures with a mark before their last ``places`` digits (0: without); what is too long for that is made one by
    one."""
    size = np.abs(whole)
    negative = whole < 0
    digits = np.full(len(whole), 1 + places, dtype=np.int64)
    for number in range(1 + places, _EIGHT):
        digits += size >= 10**number
    # A group behind the mark is the only one.
    most = 10 ** (2 * _GROUP) if mark == _COMMA else 10**_EIGHT
    short = (size < most) & (digits + negative + bool(places) <= _EIGHT) & (size >= 0)
    if short.all():
        return _short(size, digits, negative, places, mark)
    found = np.empty(len(whole), dtype=object)
    found[short] = _short(size[short], digits[short], negative[short], places, mark)
    found[~short] = list(map(one, whole[~short].tolist()))
    return found


def _short(size: Whole, digits: Whole, negative: Mask, places: int, mark: np.uint64) -> Strings:
    """Those that take up to eight characters; ``digits`` are how many each is written with."""
    words = _eight(size.astype(np.uint64)) >> (_EIGHT - digits).astype(np.uint64) * _BITS
    if places:
        before = (digits - places).astype(np.uint64) * _BITS
        kept = (np.uint64(1) << before) - np.uint64(1)
        words = words & kept | mark << before | (words & ~kept) << _BITS
    words = np.where(negative, words << _BITS | _MINUS, words)
    characters = words.astype("<u8", copy=False).view(np.uint8).astype(np.uint32)
    return np.asarray(characters.view(f"U{_EIGHT}").astype(object), dtype=object)


def _eight(numbers: Words) -> Words:
    """Whole numbers below 10**8 as eight digits, noughts in front."""
    high = numbers // _HALF
    words = high | (numbers - high * _HALF) << np.uint64(32)
    for factor, shift, lanes, divisor, apart in _STEPS:
        high = words * factor >> shift & lanes
        words = high | (words - high * divisor) << apart
    return words + _ZEROS


def _decimal(number: int, places: int) -> str:
    text = str(abs(number)).zfill(places + 1)
    sign = "-" if number < 0 else ""
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else f"{sign}{text}"

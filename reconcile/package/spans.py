"""Many short spans of a text read at once, eight bytes at a time: whole numbers, figures, what tells spans apart.

Eight bytes are one number of 64 bits with the first byte lowest; what is done to it is done to all eight.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_DIGITS = 15  # of a number that both kinds of number hold
_EIGHT = 8
_POWERS = 10 ** np.arange(_EIGHT + 1, dtype=np.int64)
_ZEROS, _TOP, _LOW = np.uint64(0x3030303030303030), np.uint64(0x8080808080808080), np.uint64(0x0F0F0F0F0F0F0F0F)
_ABOVE_NINE = np.uint64(0x7676767676767676)  # what makes more than 0x7f of all but 0 to 9
# Pairs of digits, then pairs of those, then pairs of those: (mask, factor, shift) of each step.
_PAIRS = tuple(
    (np.uint64(mask), np.uint64((10**digits << bits) + 1), np.uint64(bits))
    for mask, digits, bits in ((0x0F0F0F0F0F0F0F0F, 1, 8), (0x00FF00FF00FF00FF, 2, 16), (0x0000FFFF0000FFFF, 4, 32))
)
_BITS = np.uint64(8)
_ODD = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.array([(1 << 8 * size) - 1 for size in range(_EIGHT + 1)], dtype=np.uint64)  # so many bytes of a word


class Text:
    """A text as bytes (``raw``), their numbers (``codes``) and, from any place, eight of them as one number."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.codes = np.frombuffer(raw, dtype=np.uint8)
        padded = bytes(_EIGHT) + raw + bytes(_EIGHT)
        self._words = np.ndarray((len(raw) + _EIGHT + 1,), "<u8", padded, strides=(1,))

    def before(self, places: Places) -> Words:
        """The eight bytes before each place."""
        return np.asarray(self._words[places], dtype=np.uint64)

    def behind(self, places: Places) -> Words:
        """The eight bytes from each place on."""
        return np.asarray(self._words[places + _EIGHT], dtype=np.uint64)

    def whole(self, begins: Places, ends: Places) -> tuple[Places, npt.NDArray[np.bool_]]:
        """The whole numbers between places, and which of them are nothing but one to fifteen digits."""
        sizes = ends - begins
        value, good = whole_of(self.before(ends), np.minimum(sizes, _EIGHT))
        good &= (sizes > 0) & (sizes <= _DIGITS)
        long = np.flatnonzero(good & (sizes > _EIGHT))
        if len(long):
            high, also = whole_of(self.before(ends[long] - _EIGHT), sizes[long] - _EIGHT)
            value[long] += high * 10**_EIGHT
            good[long] = also
        return value, good

    def figures(self, begins: Places, ends: Places) -> npt.NDArray[np.float64]:
        """The numbers between places. Those of few digits are put together all at once: whole number and power of ten
        are exact, and so their quotient is the number nearest to what is written."""
        negative = self.codes[begins] == ord("-")
        begins = begins + negative
        value, digits = leading(self.behind(begins))
        point = begins + digits
        good = (point == ends) & (digits > 0)
        found = value.astype(np.float64)
        rest = np.flatnonzero(~good)
        if len(rest):
            own = rest[(self.codes[np.minimum(point[rest], len(self.codes) - 1)] == ord(".")) & (digits[rest] > 0)]
            after, decimals = leading(self.behind(point[own] + 1))
            well = (point[own] + 1 + decimals == ends[own]) & (decimals > 0) & (digits[own] + decimals <= _DIGITS)
            own, after, power = own[well], after[well], _POWERS[decimals[well]]
            found[own] = (value[own] * power + after) / power.astype(np.float64)
            good[own] = True
            rest = np.flatnonzero(~good)
            found[rest], good[rest] = self.whole(begins[rest], ends[rest])
        found[negative] *= -1
        others = np.flatnonzero(~good)
        starts = (begins - negative)[others].tolist()
        found[others] = [float(self.raw[a:b]) for a, b in zip(starts, ends[others].tolist(), strict=True)]
        return found

    def marks(self, begins: Places, ends: Places) -> Words:
        """One number for each distinct text between places."""
        found = (ends - begins).astype(np.uint64)
        left = ends - begins
        own: Places | slice = slice(None)  # those that go on
        for offset in range(0, int(left.max(initial=0)), _EIGHT):
            if offset:
                own = np.flatnonzero(left > offset)
            word = self.behind(begins[own] + offset) & _FIRST[np.minimum(left[own] - offset, _EIGHT)]
            mark = (found[own] ^ word) * _ODD
            found[own] = mark ^ mark >> np.uint64(29)
        return found


def whole_of(words: Words, sizes: Places) -> tuple[Places, npt.NDArray[np.bool_]]:
    """The whole numbers that the last bytes of words are, up to eight ``sizes`` of them, and which are nothing else."""
    beside = (_EIGHT - sizes).astype(np.uint64) * _BITS
    beside[sizes <= 0] = 0
    words = ((words ^ _ZEROS) >> beside) << beside
    return _together(words), _no_digits(words) == 0


def leading(words: Words) -> tuple[Places, Places]:
    """The whole numbers that words begin with, and of how many digits they are."""
    words = words ^ _ZEROS
    others = _no_digits(words)
    # The lowest bit of those that tell, less one, are all bits before that byte and seven of its own.
    digits = np.bitwise_count((others & (~others + np.uint64(1))) - np.uint64(1)).astype(np.int64) >> 3
    return _together(words << (_EIGHT - digits).astype(np.uint64) * _BITS), digits


def _no_digits(words: Words) -> Words:
    """The highest bit of each byte that is more than nine."""
    return np.asarray(((words + _ABOVE_NINE) | words) & _TOP, dtype=np.uint64)


def _together(words: Words) -> Places:
    """The numbers that eight bytes from 0 to 9 each are as digits."""
    for mask, factor, shift in _PAIRS:
        words = ((words & mask) * factor) >> shift
    return words.astype(np.int64)

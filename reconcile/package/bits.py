"""Where something stands in a text, a bit for each byte: the nearest before a place is found without making all places.

Eight bytes of them are one number of 64 bits whose lowest bit is the last place; what is done to it is done to all 64.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .spans import Places, Words

Mask = npt.NDArray[np.bool_]

_WORD = 64  # places
_SEEN = 56  # of the places in a word that begins with a byte: so many are before any place of its last byte
_ONE, _BYTE, _BITS = np.uint64(1), np.uint64(7), np.uint64(8)
_HALVES = tuple(np.uint64(1 << power) for power in range(6))


def packed(found: Mask) -> Words:
    """The places where something was found as bits."""
    filled = np.zeros(-(-len(found) // _WORD) * (_WORD // 8), dtype=np.uint8)
    bits = np.packbits(found)
    filled[: len(bits)] = bits
    return filled.view(">u8").astype(np.uint64)


def between(marks: Words) -> Words:
    """The places from each first of two marks to before the second one.

    Raises:
        ValueError: where the last one has no second.
    """
    inside = marks.copy()
    for half in _HALVES:
        inside ^= inside >> half
    odd = np.bitwise_count(marks) & 1
    until = np.cumsum(odd, dtype=np.int64)
    if len(until) and until[-1] & 1:
        raise ValueError("a quotation mark without a second one")
    inside ^= (-(until - odd & 1)).astype(np.uint64)
    return inside


class Bits:
    """Where something stands in a text."""

    def __init__(self, words: Words) -> None:
        self._size = len(words) * _WORD
        padded = bytes(8) + words.astype(">u8").tobytes() + bytes(8)
        self._words = np.ndarray((len(padded) - 7,), ">u8", padded, strides=(1,))

    def before(self, places: Places, counts: Sequence[int] = (1,)) -> list[Places]:
        """For each of some rising counts, so many back from each place.

        Raises:
            ValueError: where there are not so many.
        """
        seen = self._seen(places)
        short = np.flatnonzero(np.bitwise_count(seen) < counts[-1])
        found, last = [], 1
        for count in counts:
            for _ in range(count - last):
                seen &= seen - _ONE
            last = count
            found.append(places - 1 - _lowest(seen))
        if len(short):
            place, last = places[short], 0
            for count, each in zip(counts, found, strict=True):
                for _ in range(count - last):
                    place = self._nearest(place)
                last = count
                each[short] = place
        return found

    def behind(self, places: Places) -> Places:
        """The nearest at each place or behind it; where none is, a place behind all."""
        found, left = places.copy(), np.arange(len(places))
        while len(left):
            seen = self._words[(places >> 3) + 8].astype(np.uint64) << (places.astype(np.uint64) & _BYTE)
            further = np.flatnonzero((seen == 0) & (places < self._size))
            for half in _HALVES:
                seen |= seen >> half
            found[left] = places + _WORD - np.bitwise_count(seen)
            left, places = left[further], np.minimum(places[further] + _SEEN, self._size)
        return found

    def _nearest(self, places: Places) -> Places:
        """The nearest before each place, however far."""
        found, left = places.copy(), np.arange(len(places))
        while len(left):
            if int(places.min()) <= 0:
                raise ValueError("something that is missing")
            seen = self._seen(places)
            found[left] = places - 1 - _lowest(seen)
            further = np.flatnonzero(seen == 0)
            left, places = left[further], places[further] - _SEEN
        return found

    def _seen(self, places: Places) -> Words:
        """What stands before each place, the nearest lowest."""
        words: Words = self._words[(places >> 3) + 1].astype(np.uint64)
        words >>= _BITS - (places.astype(np.uint64) & _BYTE)
        return words


def _lowest(words: Words) -> npt.NDArray[np.uint8]:
    """The place of the lowest bit."""
    return np.bitwise_count(~words & (words - _ONE))

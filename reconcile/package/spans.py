"""Many short spans of a text read at once, eight bytes at a time: figures, and what tells spans apart.

Eight bytes are one number of 64 bits with the first byte lowest; what is done to it is done to all eight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Buffer = bytes | bytearray

EIGHT = 8  # bytes of a number
ROOM = 2 * EIGHT  # bytes that may be looked at before and behind a text
_MOST = 18  # digits of a number of 64 bits
_EXACT = 1 << 53  # up to here a float is every whole number
_POWERS = 10 ** np.arange(2 * EIGHT + 1, dtype=np.int64)
_ZEROS, _TOP = np.uint64(0x3030303030303030), np.uint64(0x8080808080808080)
_ABOVE_NINE = np.uint64(0x7676767676767676)  # what makes more than 0x7f of all but 0 to 9
# Pairs of digits, then pairs of those, then pairs of those: (mask, factor, shift) of each step.
_PAIRS = tuple(
    (np.uint64(mask), np.uint64((10**digits << bits) + 1), np.uint64(bits))
    for mask, digits, bits in ((0x0F0F0F0F0F0F0F0F, 1, 8), (0x00FF00FF00FF00FF, 2, 16), (0x0000FFFF0000FFFF, 4, 32))
)
_ONE, _BITS, _BYTE = np.uint64(1), np.uint64(8), np.uint64(0xFF)
_MINUS, _POINT = np.uint64(ord("-")), np.uint64(ord("."))
_ODD = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.array([(1 << 8 * size) - 1 for size in range(EIGHT + 1)], dtype=np.uint64)  # so many bytes of a word


class Text:
    """The bytes of a buffer between two places, and from any of them eight as one number.

    In the buffer stand :data:`ROOM` bytes more before and behind the text; places are counted from its beginning.
    """

    def __init__(self, buffer: Buffer, begin: int, end: int) -> None:
        self._buffer = buffer
        self._begin = begin
        self._size = end - begin
        self.codes = self.shifted(0)
        self._words = np.ndarray((self._size + EIGHT + 1,), "<u8", buffer, begin - EIGHT, (1,))

    def shifted(self, by: int) -> npt.NDArray[np.uint8]:
        """The numbers of the bytes that stand so many places behind (or before) each."""
        return np.frombuffer(self._buffer, np.uint8, self._size, self._begin + by)

    def piece(self, begin: int, end: int) -> bytes:
        """What stands between two places."""
        return bytes(self._buffer[self._begin + begin : self._begin + end])

    def until(self, begin: int, stop: int) -> bytes:
        """What stands before the next of a byte.

        Raises:
            ValueError: where there is none.
        """
        found = self._buffer.index(stop, self._begin + begin, self._begin + self._size)
        return bytes(self._buffer[self._begin + begin : found])

    def before(self, places: Places) -> Words:
        """The eight bytes before each place."""
        return np.asarray(self._words[places], dtype=np.uint64)

    def behind(self, places: Places) -> Words:
        """The eight bytes from each place on."""
        return np.asarray(self._words[places + EIGHT], dtype=np.uint64)

    def figures(self, begins: Places, stop: int) -> npt.NDArray[np.float64]:
        """The numbers that begin at places and go on to the next ``stop``. Those of few digits are put together all at
        once: whole number and power of ten are exact, and so their quotient is the number nearest to what is written.

        Raises:
            ValueError: where something else stands.
        """
        words = self.behind(begins)
        negative = (words & _BYTE) == _MINUS
        words >>= negative * _BITS
        value, digits = leading(words)
        good = ((words >> digits.astype(np.uint64) * _BITS & _BYTE) == np.uint64(stop)) & (digits > 0)
        found = value.astype(np.float64)
        rest = np.flatnonzero(~good)
        if len(rest):
            found[rest] = self._longer(begins[rest], negative[rest], stop)
        found[negative] *= -1
        return found

    def _longer(self, begins: Places, signs: npt.NDArray[np.bool_], stop: int) -> npt.NDArray[np.float64]:
        """The same of numbers that are longer or have decimals, without their signs."""
        value, digits = self._whole(begins + signs)
        ends = begins + signs + digits
        point = np.flatnonzero(self.codes[ends] == _POINT)
        after, decimals = self._whole(ends[point] + 1)
        power = _POWERS[decimals]
        value[point] = value[point] * power + after
        ends[point] += 1 + decimals
        good = (self.codes[ends] == stop) & (digits > 0) & (value <= _EXACT)
        found = value.astype(np.float64)
        found[point] /= power
        digits[point] += decimals
        others = np.flatnonzero(~good | (digits > _MOST))
        found[others] = [abs(float(self.until(begin, stop))) for begin in begins[others].tolist()]
        return found

    def _whole(self, begins: Places) -> tuple[Places, Places]:
        """The whole numbers of up to sixteen digits that begin at places, and of how many they are."""
        value, digits = leading(self.behind(begins))
        full = np.flatnonzero(digits == EIGHT)
        more, further = leading(self.behind(begins[full] + EIGHT))
        value[full] = value[full] * _POWERS[further] + more
        digits[full] += further
        return value, digits

    def marks(self, begins: Places, ends: Places) -> Words:
        """One number for each distinct text between places."""
        left = ends - begins
        found = left.astype(np.uint64)
        own: Places | slice = slice(None)  # those that go on
        for offset in range(0, int(left.max(initial=0)), EIGHT):
            if offset:
                own = np.flatnonzero(left > offset)
            word = self.behind(begins[own] + offset) & _FIRST[np.minimum(left[own] - offset, EIGHT)]
            mark = (found[own] ^ word) * _ODD
            found[own] = mark ^ mark >> np.uint64(29)
        return found


def texts(chunks: Iterable[bytes], end: bytes) -> Iterator[Text]:
    """What comes in chunks, in pieces that go on to behind the last ``end`` in them; then what is left, if anything is.

    A piece holds until the next one is asked for.
    """
    buffer, held = bytearray(), 0
    for chunk in chunks:
        begin, full = ROOM + held, ROOM + held + len(chunk)
        if full + ROOM > len(buffer):
            buffer = buffer.ljust(full + ROOM, b"\0")
        buffer[begin:full] = chunk
        behind = buffer.rfind(end, max(ROOM, begin - len(end)), full) + len(end)
        held = full - ROOM
        if behind >= ROOM + len(end):
            yield Text(buffer, ROOM, behind)
            held = full - behind
            buffer[ROOM : ROOM + held] = buffer[behind:full]
    if held:
        yield Text(buffer, ROOM, ROOM + held)


def leading(words: Words) -> tuple[Places, Places]:
    """The whole numbers that words begin with, and of how many digits they are."""
    words = words ^ _ZEROS
    others = words + _ABOVE_NINE
    others |= words
    others &= _TOP  # the highest bit of each byte that is more than nine
    # What is below the lowest of these bits are all bits before that byte and seven of its own.
    digits = (np.bitwise_count(~others & (others - _ONE)) >> 3).astype(np.int64)
    words <<= (EIGHT - digits).astype(np.uint64) * _BITS
    for mask, factor, shift in _PAIRS:
        words &= mask
        words *= factor
        words >>= shift
    return words.astype(np.int64), digits

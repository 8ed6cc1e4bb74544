"""Texts of a long column in little memory: whole numbers as numbers, formulas filled down as one, the same text once.

A text of its own takes fifty bytes before it says anything, and leaves a hole of that size when it goes.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Protocol

# Texts that are packed together: so many that packing pays, and so few that those not yet packed are no burden.
PACKED = 4096
_WHOLE = "(?:0|-?[1-9][0-9]{0,17})"
_WHOLES = re.compile(f"(?:{_WHOLE} )*+{_WHOLE}")
_ROW = "\0"  # stands for the number of the row in a formula; no XML has it


class LongTexts:
    """A column of texts that grows at its end, of rows whose numbers are given with them."""

    def __init__(self) -> None:
        self._packs: list[_Pack] = []
        self._size = 0
        self._texts: list[str] = []
        self._rows: list[int] = []

    def extend(self, texts: Iterable[str], rows: Iterable[int]) -> None:
        """More of them, and the numbers of their rows."""
        self._texts.extend(texts)
        self._rows.extend(rows)
        if len(self._texts) >= PACKED:
            self._size += len(self._texts)
            self._packs.append(_packed(self._texts, self._rows))
            self._texts, self._rows = [], []

    def __iter__(self) -> Iterator[str]:
        """The texts, those that say the same as one object."""
        known: dict[str, str] = {}
        return chain(chain.from_iterable(pack.texts(known) for pack in self._packs), self._texts)

    def distinct(self) -> set[str]:
        """The texts, each once; to list all of them for it takes many times as long."""
        return set(self._texts).union(*(pack.distinct() for pack in self._packs))

    def __len__(self) -> int:
        return self._size + len(self._texts)

    def count(self, text: str) -> int:
        """How many of them are a text."""
        return sum(own == text for own in self)


class _Pack(Protocol):
    """Some texts of a column."""

    def texts(self, known: dict[str, str]) -> Iterable[str]:
        """The texts; those that ``known`` has are the ones it has."""

    def distinct(self) -> Iterable[str]:
        """The texts, each once at least."""


class _Wholes:
    """Texts that are whole numbers as Python writes them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._numbers = array("q", map(int, texts))

    def texts(self, known: dict[str, str]) -> Iterator[str]:  # noqa: ARG002
        return map(str, self._numbers)

    def distinct(self) -> Iterator[str]:
        return map(str, set(self._numbers))


class _FilledDown:
    """Texts that differ in the number of their row alone."""

    def __init__(self, pattern: str, rows: Iterable[int]) -> None:
        self._pattern = pattern
        self._rows = array("q", rows)

    def texts(self, known: dict[str, str]) -> Iterator[str]:  # noqa: ARG002
        return (self._pattern.replace(_ROW, str(row)) for row in self._rows)

    def distinct(self) -> Iterator[str]:
        return self.texts({})


class _Repeated:
    """Texts that say the same again and again: the distinct ones, and the number of each text in them."""

    def __init__(self, texts: Iterable[str], distinct: Mapping[str, object]) -> None:
        self._distinct = tuple(distinct)
        number = dict(zip(distinct, count(), strict=False))
        self._numbers = array("H" if len(distinct) < 1 << 16 else "L", map(number.__getitem__, texts))

    def texts(self, known: dict[str, str]) -> Iterator[str]:
        own = [known.setdefault(text, text) for text in self._distinct]
        return map(own.__getitem__, self._numbers)

    def distinct(self) -> tuple[str, ...]:
        return self._distinct


class _Joined:
    """Texts one behind the other, with a sign between them that none of them has."""

    def __init__(self, texts: Sequence[str]) -> None:
        together = "".join(texts)
        self._sign = next(sign for sign in map(chr, count()) if sign not in together)
        self._joined = self._sign.join(texts)

    def texts(self, known: dict[str, str]) -> Iterator[str]:
        parted = self._joined.split(self._sign)
        return map(known.setdefault, parted, parted)

    def distinct(self) -> list[str]:
        return self._joined.split(self._sign)


def _packed(texts: list[str], rows: Sequence[int]) -> _Pack:
    if _WHOLES.fullmatch(" ".join(texts)) is not None:
        return _Wholes(texts)
    pattern = texts[0].replace(str(rows[0]), _ROW)
    if _ROW in pattern and all(text.replace(str(row), _ROW) == pattern for text, row in zip(texts, rows, strict=True)):
        return _FilledDown(pattern, rows)
    distinct = dict.fromkeys(texts)
    return _Repeated(texts, distinct) if 2 * len(distinct) <= len(texts) else _Joined(texts)

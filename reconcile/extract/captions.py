"""Rows just below a header that still belong to it: the units of the columns, or the columns' own numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reconcile.locate import Placement
from reconcile.locate.header_words import is_unit, without_brackets
from reconcile.normalise import fold_key

ROWS: Final = 3  # that many rows below a header are looked at
LEAST: Final = 4  # columns that are numbered
_ORDINAL: Final = re.compile(r"[(\[]?(?P<sign>\d{1,2}|[a-z]|[ア-ン]|[①-⑳])[)\].]?(?:=.*)?", re.IGNORECASE)
_KANA: Final = "アイウエオカキクケコサシスセソタチツテト"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def caption_rows(placement: Placement) -> frozenset[int]:
    """The rows below a header that hold nothing but units, or number the columns one after the other."""
    grid, left, right = placement.grid, placement.band.left, placement.band.right
    columns, found = grid.sheet.column, set[int]()
    for row in range(placement.first, min(placement.first + ROWS, placement.last + 1)):
        entries = [entry for entry in grid.entries_of_rows(row, row) if left <= columns[entry] <= right]
        texts = [text for entry in entries if (text := grid.text(entry).strip())]
        if not texts:
            continue
        if not (_are_units(texts) or (_count_up(texts) and not _may_be_answers(texts, placement))):
            break
        found.add(row)
    return frozenset(found)


def _are_units(texts: Sequence[str]) -> bool:
    """Whether all of some texts are units: （千円）, or several without brackets."""
    return all(is_unit(text) for text in texts) and (len(texts) > 1 or texts[0] != without_brackets(texts[0]))


def _count_up(texts: Sequence[str]) -> bool:
    """Whether some texts are the numbers from one on: (1), (2) …; ①, ② …; A, B …; ア, イ …"""
    return len(texts) >= LEAST and all(_ordinal(text) == number for number, text in enumerate(texts, start=1))


def _may_be_answers(texts: Sequence[str], placement: Placement) -> bool:
    """Whether bare figures are among them, and not all columns are numbered, those of names as well."""
    columns = {match.column for match in placement.matches()}
    return len(texts) < len(columns) and any(text.isdecimal() for text in texts)


def _ordinal(text: str) -> int:
    found = _ORDINAL.fullmatch(fold_key(text)) if len(text) < 20 else None
    if found is None:
        return 0
    sign = found["sign"].lower()
    if sign.isdecimal():
        return int(sign)
    return next((row.index(sign) + 1 for row in (_KANA, _LETTERS, _CIRCLED) if sign in row), 0)

"""Rows of a table that say nothing of their own: a note behind its mark (※１ | …), and dashes in every cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reconcile.normalise import fold_label
from reconcile.package import Sheet

_MARK: Final = re.compile(r"\(?(?:[※*]|注|備考)\d*\)?:?")
_DASH: Final = "-"
#: What such a row begins with.
_BEGINS: Final = frozenset("※*＊注（([［備-－―—ー–‐−─")


def begins_remark(text: str) -> bool:
    """Whether the first text of a row may be that of such a row: most are told by their first character."""
    return text[:1] in _BEGINS and (fold_label(text) == _DASH or is_mark(text))


def is_mark(text: str) -> bool:
    """Whether a text is the mark of a note and nothing else: ※１, （注）."""
    return _MARK.fullmatch(fold_label(text)) is not None


def is_remark(sheet: Sheet, words: Sequence[int], amounts: Sequence[int]) -> bool:
    """Whether a row is one: its entries in the columns of words of its table, from the left, and in those of amounts;
    -1 where it has none."""
    filled = [sheet.text[entry] for entry in (*words, *amounts) if entry >= 0]
    if is_mark(filled[0]):
        return all(entry < 0 or sheet.kind[entry] == "s" for entry in amounts)
    return all(fold_label(text) in (_DASH, "") for text in filled)

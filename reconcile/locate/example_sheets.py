"""Sheets that call themselves an example (記入例, 見本): sent along with the blank form, they come back with it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reconcile.locate.grid import Grid
from reconcile.normalise import fold_label

# So many cells at the beginning of a sheet may be its caption; longer texts are none.
_BEGINNING: Final = 30
_LONGEST: Final = 60

_EXAMPLE: Final = r"(?:(?:記入|記載|入力|作成|回答)(?:例|見本)|見本|サンプル|sample|example)"
_MAY_BE: Final = re.compile("(?:記入|記載|入力|作成|回答)?(?:例|見本)|サンプル|ｻﾝﾌﾟﾙ|sample|example", re.IGNORECASE)
# One of these is in every text in which that is found.
_SIGNS: Final = ("例", "見本", "サンプル", "ｻﾝﾌﾟﾙ", "ample")
# 記入例, 記入例2 · (記入例)様式1, 記入例:様式1 · 様式1(例), 様式1_記入例, 様式1の見本: whole, in front or behind.
_CALLED: Final = (
    re.compile(rf"[※*]?\(?{_EXAMPLE}\d*\)?"),
    re.compile(rf"(?:\({_EXAMPLE}\d*\)|{_EXAMPLE}\d*[:_\-・]).*"),
    re.compile(rf".*(?:\((?:{_EXAMPLE}|例)\d*\)|[:_\-・の]{_EXAMPLE}\d*)"),
    # 様式1記入例: a word of its own behind a number or a name, but not the end of a sentence.
    re.compile(r".*[^\u3041-\u3096](?:記入|記載|入力|作成|回答)(?:例|見本)\d*"),
)


class ExampleCaption(NamedTuple):
    """The words that call a sheet an example, and where: row and column are 0 for the sheet's name."""

    text: str
    row: int = 0
    column: int = 0


def example_caption(grid: Grid) -> ExampleCaption | None:
    """What on a sheet calls it an example, its name or a caption at its beginning."""
    said = "\n".join((grid.name, *grid.sheet.first_texts(_BEGINNING))).lower()
    if not any(sign in said for sign in _SIGNS):
        return None
    if called := _example_in(grid.name):
        return ExampleCaption(called)
    for kind, text, row, column in grid.sheet.first_cells(_BEGINNING):
        if kind == "s" and (called := _example_in(text)):
            return ExampleCaption(called, row, column)
    return None


def _example_in(text: str) -> str:
    """The words of a name or a caption that say example; empty where it does not call itself one."""
    word = _MAY_BE.search(text) if len(text) <= _LONGEST else None
    if word is None:
        return ""
    folded = fold_label(text)
    return word[0] if any(pattern.fullmatch(folded) for pattern in _CALLED) else ""

"""Sentences on a terminal: lines are broken as Japanese is set, which no library at hand does."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Japanese may break between any two characters, but no line begins with these or ends with those (JIS X 4051, 6.1).
NOT_FIRST = "。、，．）」』】〕》・：；？！ー…％々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.)]%:;?!"
NOT_LAST = "（「『【〔《([¥"
_PIECE = re.compile(r"\s+|[!-~]+|.", re.S)


def flowed(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, a wide character counting two; Latin words stay whole."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        size = columns(piece)
        if used + size > width and line.strip():
            lines.append(line.rstrip())
            piece = piece.lstrip()  # noqa: PLW2901 - a line does not begin with a space
            line, used = "", 0
            size = columns(piece)
        while size > width:
            cut = _fitting(piece, width)
            lines.append(piece[:cut])
            piece = piece[cut:]  # noqa: PLW2901
            size = columns(piece)
        line += piece
        used += size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def _pieces(text: str) -> Iterator[str]:
    """What must not be torn: words, and characters with those that may not be parted from them."""
    held = ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        if held and (piece[0] in NOT_FIRST or held[-1] in NOT_LAST):
            held += piece
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _fitting(piece: str, width: int) -> int:
    """How many characters of a piece fit on a line; at least one."""
    used = 0
    for number, character in enumerate(piece):
        used += columns(character)
        if used > width:
            return max(1, number)
    return len(piece)

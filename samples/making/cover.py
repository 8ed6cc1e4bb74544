"""The cover card: label on the left, value on the right."""

from __future__ import annotations

import datetime

from .grid import Block, Cell
from .model import Owner, Return

_DAY = 'yyyy"年"m"月"d"日"'


def cover_block(answer: Return, title: str, request: str) -> Block:
    """Title, the labels with their values, and the office's request below."""
    block = Block(widths={1: 3, 2: 16, 3: 44})
    block.cells.append(Cell(2, 2, title, "title"))
    for row, (label, value) in enumerate(answer.cover.items(), 4):
        day = _DAY if isinstance(value, datetime.date) else ""
        block.cells.append(Cell(row, 2, label, "label"))
        block.cells.append(Cell(row, 3, value, "entry", Owner("cover", "", label), day))
    foot = 5 + len(answer.cover)
    block.cells.append(Cell(foot, 2, request, "note"))
    return block

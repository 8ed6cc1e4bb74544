"""What a formula's text gives away: does it refer to another workbook?"""

from __future__ import annotations

import re

_STRING = re.compile(r'"[^"]*"')
# Files number the workbooks they refer to, `[1]Sheet!A1`, `'[1]Sheet 1'!A1`, `[1]!Name`; [0] is the workbook
# itself. Some writers leave the name in: `'C:\folder\[book.xlsx]Sheet'!A1`. A structured reference
# (`Table1[Column]`) has a name before its bracket and no `!` behind it.
_QUOTED = re.compile(r"'[^'\[\]]*\[(?!0\])[^\[\]']+\](?:[^'\[\]]|'')*'!")
_PLAIN = re.compile(r"(?<![\w\].?\\])\[(?!0\])[^\[\]]+\][^\s\[\]'\"!,;:()+\-*/^&=<>{}]*!")


def is_external(formula: str) -> bool:
    """True where the formula (without `=`) refers to a cell or name of another workbook."""
    if "[" not in formula or "!" not in formula:
        return False
    formula = _STRING.sub('""', formula)
    return _QUOTED.search(formula) is not None or _PLAIN.search(formula) is not None

"""Which characters mean the same when a person types them.

Two kinds of folding are kept apart. `narrow` replaces characters one for one, so that offsets in the result are
offsets in what was typed: the grammars of numbers, dates and reasons read it. `compatible` applies Unicode
normalisation form NFKC (Unicode Standard Annex 15) and may change the length: only keys are made with it. Neither is
ever shown to a person, for NFKC turns … into ... and ① into 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

#: Dashes that are typed for one another. The prolonged sound mark ー is among them where no kana stands before it.
DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\ufe58\ufe63\uff0d"
PROLONGED: Final = "\u30fc\uff70"

_SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2060"
    "\u202f\u205f\u3000\ufeff\u00ad"
)
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def _narrow_table() -> dict[int, str]:
    table = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)}
    table |= {ord(space): " " for space in _SPACES}
    table |= {ord(end): "\n" for end in _LINE_ENDS}
    # MINUS SIGN and the small hyphen are minus signs beyond doubt; the other dashes are left to the grammar.
    table |= {0x2212: "-", 0xFE63: "-", 0xFFE5: "¥", 0xFF65: "・", 0x2022: "・", 0x00B7: "・", 0x2044: "/", 0x2215: "/"}
    table |= {0x301C: "~", 0x3014: "[", 0x3015: "]", 0x3010: "[", 0x3011: "]"}
    return table


_NARROW: Final = _narrow_table()


def narrow(text: str) -> str:
    """`text` with full-width letters, digits, signs, brackets and spaces made narrow, character for character."""
    return text.translate(_NARROW)


def _circled_table() -> dict[int, str]:
    """Circled digits in other styles → the plain ones: ❶ ➀ ➊ ⓵ → ① and ⓫ → ⑪."""
    table: dict[int, str] = {}
    for style in (0x2776, 0x2780, 0x278A, 0x24F5):
        table |= {style + offset: chr(0x2460 + offset) for offset in range(10)}
    table |= {0x24EB + offset: chr(0x246A + offset) for offset in range(10)}
    return table


_CIRCLED: Final = _circled_table()
_RUNS: Final = re.compile("([\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]+)")


def compatible(text: str) -> str:
    """NFKC, but circled digits stay circled (① is a branch number, not a 1), in one style."""
    if text.isascii():
        return text
    runs = _RUNS.split(text.translate(_CIRCLED))
    # Odd places hold the circled digits themselves.
    return "".join(run if place % 2 else unicodedata.normalize("NFKC", run) for place, run in enumerate(runs))


def closed_up(text: str) -> str:
    """`text` without white space and line ends, the invisible ones included."""
    return _WHITE.sub("", text)


_WHITE: Final = re.compile(f"[\\s{_SPACES}{_LINE_ENDS}]+")

_KANA: Final = "\u3041-\u3096\u30a1-\u30fa"
_ANY_DASH: Final = f"[{re.escape(DASHES)}{PROLONGED}]"
_KANA_DASHES: Final = re.compile(f"(?<=[{_KANA}]){_ANY_DASH}+")
_OTHER_DASHES: Final = re.compile(f"(?<![{_KANA}{PROLONGED}]){_ANY_DASH}+")
_PLAIN_DASHES: Final = re.compile(f"[{re.escape(DASHES)}]|(?<![{_KANA}])[{PROLONGED}]")


def one_dash(text: str) -> str:
    """Every dash in one form: ー after kana (データ, and デ―タ typed for it), `-` elsewhere."""
    if text.isascii():
        return text
    text = _KANA_DASHES.sub(lambda dashes: "ー" * len(dashes.group()), text)
    return _OTHER_DASHES.sub(lambda dashes: "-" * len(dashes.group()), text)


def one_hyphen(text: str) -> str:
    """Every dash as `-`; only a prolonged sound mark after kana stays what it is."""
    return text if text.isascii() else _PLAIN_DASHES.sub("-", text)


def steady(fold: Callable[[str], str], text: str) -> str:
    """`fold` until nothing changes: taking white space out can make two characters one under NFKC."""
    while (folded := fold(text)) != text:
        text = folded
    return text

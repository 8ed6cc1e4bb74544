"""Numbers that mean what they show: most figures of most returns, read without taking their format apart each time.

What is said here of a number is what `shown` and `read_measures` say of it; of all others nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reconcile.normalise.formats import parse_format

#: Up to ten digits, as `General` shows them in full, and up to fifteen, as a cell holds them, where digits are wanted.
_ABOVE_ZERO: Final = {"general": "[1-9][0-9]{0,9}", "digits": "[1-9][0-9]{0,14}"}
#: Few enough places for `General` to show them all, and none of them idle.
_FRACTION: Final = r"-?(?:0|[1-9][0-9]{0,4})\.[0-9]{0,3}[1-9]"


@dataclass(frozen=True, slots=True)
class PlainFormat:
    """A number format as it shows the numbers whose stored text matches `one`: as stored, or `grouped` by thousands.
    Such a number has no doubt, no change and no unit of its own."""

    one: re.Pattern[str]
    many: re.Pattern[str]
    grouped: bool

    def holds(self, text: str) -> bool:
        return self.one.fullmatch(text) is not None

    def all_of(self, texts: Sequence[str]) -> str:
        """Some texts with a space between them, where all of them match; else nothing."""
        joined = " ".join(texts)
        return joined if joined.count(" ") < len(texts) and self.many.fullmatch(joined) is not None else ""

    def shown(self, text: str) -> str:
        return f"{int(text):,}" if self.grouped else text


@lru_cache(maxsize=4096)
def plain_format(code: str) -> PlainFormat | None:
    """None where a format scales, rounds, adds words, hides or is not known."""
    form = parse_format(code)
    first, *others = form.sections
    tokens = [(kind, text) for kind, text in first.tokens if kind != "literal" or text.strip()]
    if not code or len(tokens) != 1 or first.percent or first.thousands or any(s.condition for s in form.sections):
        return None
    kind, places = tokens[0]
    if kind == "general" or (kind == "digits" and places in ("0", "#,##0")):
        one = above_zero = _ABOVE_ZERO[kind]
        if not others and len(first.tokens) == 1:
            whole = f"(?:0|-?{above_zero})"
            one = f"(?:{whole}|{_FRACTION})" if kind == "general" else whole
        elif len(others) < 2:  # the sign may be shown in another way, or a space stand behind it
            one = f"(?:0|{above_zero})"
        return PlainFormat(re.compile(one), re.compile(f"(?:{one} )*+{one}"), places == "#,##0")
    return None

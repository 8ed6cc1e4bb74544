"""The unit of money that a note or a label states for the amounts beside it: 単位：千円, （円）, ※単位は百万円."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reconcile.normalise.characters import closed_up, compatible
from reconcile.normalise.units import MONEY

_UNITS: Final = "|".join(sorted(MONEY, key=len, reverse=True))
_NOTE: Final = re.compile(rf"単位[は:]?\(?({_UNITS})")
_ALONE: Final = re.compile(rf"[(\[]({_UNITS})[)\]]")
_LAST: Final = re.compile(rf"[(\[](?:単位:?)?({_UNITS})[)\]]$")
_LONGEST: Final = 80  # a sentence that names a unit in passing is longer


@lru_cache(maxsize=4096)
def stated_money(text: str, *, at_end: bool = False) -> str:
    """The unit a text states; empty where it states none of money. ``at_end``: the text is a label that may end in
    its unit, in brackets."""
    if len(text) > _LONGEST:
        return ""
    words = closed_up(compatible(text))
    found = _NOTE.search(words) or _ALONE.fullmatch(words) or (_LAST.search(words) if at_end else None)
    return found[1] if found else ""

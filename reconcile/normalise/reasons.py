"""Figures that a reason for a change quotes: 「1,200 件から 3,800 件に修正した」, and the target it replaced.

A figure is quoted where the text says that something was changed into it: AからBに or Bに, followed by a word of
revising. What was widened, met or counted (定員を 2,200 枠へ拡大, 累計 310 件) is no quotation, and years never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from reconcile.normalise.brackets import dates_hidden
from reconcile.normalise.characters import compatible, narrow
from reconcile.normalise.measures import Notation
from reconcile.normalise.notation import read_measures
from reconcile.normalise.numerals import NUMERAL, read_numeral, trimmed
from reconcile.normalise.tails import read_tail
from reconcile.normalise.units import UNIT


@dataclass(frozen=True, slots=True)
class Quotation:
    """One change that a text quotes. `old` is None where only the new figure stands. Units as `fold_unit` gives them,
    empty where none stands; `component` is the list mark before the sentence (a）…), folded. `start` and `end` are
    offsets in the text, `text` what stands there."""

    old: Decimal | None
    new: Decimal
    unit_old: str
    unit_new: str
    component: str
    start: int
    end: int
    text: str


_REVISED: Final = (
    r"(?:上方|下方)?(?:に|へ)?\s*(?:変\s*更|修\s*正|見\s*直|改め|改定|改訂|訂正|引き?上げ|引き?下げ|再設定|設定し直)"
)


def _figure_named(name: str) -> str:
    """A figure in running text. Its unit ends where a particle begins: no hiragana but か所 and つ is part of one."""
    return (
        rf"(?:約|延べ|およそ|計|合計|累計)?\s*(?P<{name}_sign>[▲△-])?\s*(?<![0-9,.])(?P<{name}>{NUMERAL})\s*"
        rf"(?P<{name}_unit>{UNIT})?"
    )


_CLOSE: Final = r"(?:\([^()]{0,20}\))?[」』]?\s*"
_OLD: Final = rf"{_figure_named('old')}{_CLOSE}(?:から|より|→|⇒|➡|を)\s*"
_INTO: Final = rf"(?:(?:に|へと?)、?\s*{_REVISED}|と\s*(?:変\s*更|修\s*正|改め)|[にへ](?=[。)]|$))"
_NEW: Final = rf"{_figure_named('new')}{_CLOSE}{_INTO}"
#: Without one of these particles nothing is changed into anything, and there is no need to look for figures.
_LEADS_TO: Final = re.compile("[にへと]")
#: Between から and the new figure words may stand, no digit among them: から避難行動要支援者全体の約 8,300 人に変更.
_PAIR: Final = re.compile(rf"{_OLD}[「『]?(?P<words>[^0-9。\n]{{0,30}}?){_NEW}")
_ALONE: Final = re.compile(rf"{_figure_named('new')}{_CLOSE}(?:に|へと?)、?\s*{_REVISED}")
_MARKER: Final = re.compile(r"(?:^|(?<=[\s。、(]))\(?([a-z])\)|(?<![0-9])([\u2460-\u2473])", re.IGNORECASE)


@lru_cache(maxsize=16384)
def quoted_figures(text: str) -> tuple[Quotation, ...]:
    """The changes that `text` quotes, in order. Never raises."""
    if not _LEADS_TO.search(text):
        return ()
    flat = dates_hidden(narrow(text))
    marks = [(found.start(), (found[1] or found[2]).lower()) for found in _MARKER.finditer(flat)]
    quotations: list[Quotation] = []
    place = 0
    while found := _next(flat, place):
        place = found.end()
        if quotation := _quotation(found, text, marks):
            quotations.append(quotation)
    return tuple(quotations)


def _next(flat: str, place: int) -> re.Match[str] | None:
    pair, alone = _PAIR.search(flat, place), _ALONE.search(flat, place)
    return pair if pair and (not alone or pair.start() <= alone.start()) else alone


def _quotation(found: re.Match[str], text: str, marks: list[tuple[int, str]]) -> Quotation | None:
    groups = found.groupdict()
    new, unit_new = _figure(groups, "new")
    old, unit_old = _figure(groups, "old") if groups.get("old") else (None, "")
    if new is None or (groups.get("old") and old is None):
        return None
    if not unit_old and groups.get("old"):
        # A unit written once serves both figures.
        unit_old = unit_new
    component = next((mark for place, mark in reversed(marks) if place <= found.start()), "")
    start, end = found.span()
    start += len(found[0]) - len(found[0].lstrip())
    return Quotation(old, new, unit_old, unit_new, component, start, end, text[start:end])


def _figure(groups: dict[str, str | None], name: str) -> tuple[Decimal | None, str]:
    tail = read_tail(groups[f"{name}_unit"] or "")
    value = read_numeral(groups[name] or "").value
    if value is None or tail.problem or "\ue030" <= (groups[f"{name}_unit"] or " ")[0] <= "\ue039":
        return None, ""
    value = trimmed(value * tail.factor)
    return (-value if groups[f"{name}_sign"] else value), tail.unit


def split_original_target(text: str, marker: str) -> tuple[str, str | None]:
    """`text` without `marker` and the measure behind it, and that measure as it was typed: 【目標値（策定時）】200 人
    gives `200 人`. Widths, kinds of bracket and white space in the marker do not matter. The measure may go on
    over further lines as long as they are read as measures; other lines are the reason. None if the marker is not
    there; an empty text if nothing stands behind it."""
    found = _marker_pattern(marker).search(narrow(text))
    if not found:
        return text, None
    before, behind = text[: found.start()], text[found.end() :]
    lines = behind.split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    taken = first + 1
    for end in range(min(len(lines), first + _MEASURED_LINES), first + 1, -1):
        if _is_measured("\n".join(lines[first:end])):
            taken = end
            break
    measure = "\n".join(lines[first:taken]).strip()
    rest = "\n".join(line for line in (before.rstrip(), "\n".join(lines[taken:]).strip()) if line)
    return rest.strip(), measure


#: A cell with more measures than this one below the other has not been seen.
_MEASURED_LINES: Final = 12
_TARGET: Final = Notation()


def _is_measured(text: str) -> bool:
    return all(measure.state in ("number", "nil") for measure in read_measures("s", text, "General", _TARGET))


@lru_cache(maxsize=64)
def _marker_pattern(marker: str) -> re.Pattern[str]:
    signs = [sign for sign in narrow(compatible(narrow(marker))) if not sign.isspace()]
    alike = {"[": r"[\[<(〈《]", "]": r"[\]>)〉》]", "(": r"[(\[]", ")": r"[)\]]"}
    return re.compile(r"\s*".join(alike.get(sign, re.escape(sign)) for sign in signs) + r"\s*?[:]?")

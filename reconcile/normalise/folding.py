"""What labels, record numbers and names are compared by.

The results are keys: they are never shown. All functions are idempotent and remember what they folded. A label is
accepted when its folded form equals the expected one or a declared synonym; `similarity` only orders suggestions, for
歳入決算額 and 歳出決算額 are alike and yet opposites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from reconcile.normalise.characters import closed_up, compatible, one_dash, one_hyphen, steady
from reconcile.normalise.periods import year_marks_folded

_BRACKETS: Final = str.maketrans("[]{}〔〕【】〈〉《》〖〗〘〙", "()" * 8)


def _label_once(text: str) -> str:
    folded = compatible(closed_up(compatible(text))).casefold().translate(_BRACKETS)
    return year_marks_folded(one_dash(folded))


@lru_cache(maxsize=65536)
def fold_label(text: str) -> str:
    """A label as it is compared: no white space, one width, one kind of dash and bracket, no case, and every notation
    of a fiscal year (令和4年度, 令和４年度, R4, 2022年度) as `fy2022`."""
    return steady(_label_once, text)


#: What is longer is no label: to look for marks at its end could take minutes (32,767 of ※ in brackets).
_LONGEST_LABEL: Final = 500
_NOTE_MARK: Final = re.compile(r"(?:[※*]\d*|注\d+|\(?注\d*\))+$|^(?:[※*]\d*)+")
_UNIT_WORDS: Final = (
    r"(?:単位[:：]?)?(?:円|千円|百万円|億円|万円|十億円|%|人|名|件|回|㎡|m2|km2|k㎡|ha|m|km|t|kg"
    r"|時間|日|箇所|か所|世帯|人/km2)"
)
_LABEL_UNIT: Final = "単位"
_UNIT_AT_END: Final = re.compile(rf"\({_UNIT_WORDS}\)$|\(単位[:：]?[^()]*\)$")
_MUST_OR_MAY: Final = "必須任意"
#: What a department puts around a label: its number (①, (1), 1.), a colon, whether it must be filled in.
_AROUND: Final = re.compile(
    rf"^(?:[①-⑳]|\(\d{{1,2}}\)|\d{{1,2}}[.)])(?=[^\d年月])|:$|\((?:{_MUST_OR_MAY[:2]}|{_MUST_OR_MAY[2:]})\)$"
)


@lru_cache(maxsize=65536)
def fold_label_core(text: str) -> str:
    """`fold_label` without note marks (※１, ＊) at either end, without a unit in brackets at the end (（千円）,
    （単位：千円）), without its number (①, (1)), a colon and 「（必須）」.

    It is what a locator compares when the whole label matched nothing."""
    label = fold_label(text)
    if len(label) > _LONGEST_LABEL:
        return label
    while (core := _bared(label)) != label and core:
        label = core
    return label


def _bared(label: str) -> str:
    return _AROUND.sub("", _UNIT_AT_END.sub("", _NOTE_MARK.sub("", label)))


#: Characters that NFKC makes ideographs of: radicals, ㍻, ㈱, ㋿, compatibility ideographs.
_MADE_IDEOGRAPHS: Final = (
    "\u2e80-\u2fdf\u3036-\u303a\u3192-\u319f\u3200-\u33ff\uf900-\ufaff\U0001f200-\U0001f265\U0002f800-\U0002fa1f"
)
_IDEOGRAPH: Final = re.compile("[\u4e00-\u9fff]")


def sign_of_labels(labels: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern found in every text whose folded form holds one of some (folded) labels, so that most others need not
    be folded; None where there is no such pattern. Folding keeps ideographs: that one of a label stands in the text."""
    last = [_IDEOGRAPH.findall(label)[-1:] for label in labels]
    if not last or not all(last):
        return None
    return re.compile(f"[{''.join(sorted({mark[0] for mark in last}))}{_MADE_IDEOGRAPHS}]")


#: Ideographs that folding takes away: those of years, and of the marks and units that are no part of a label.
_TAKEN_AWAY: Final = frozenset(
    "令和平成昭大正明治年度元零〇一二三四五六七八九十注" + _MUST_OR_MAY + "".join(_IDEOGRAPH.findall(_UNIT_WORDS))
)


def sign_of_no_label(labels: Iterable[str]) -> re.Pattern[str]:
    """A pattern found only in texts that fold (:func:`fold_label`, :func:`fold_label_core`) to none of some labels: an
    ideograph that no label has and that folding does not take away. What a unit in brackets says may be anything."""
    known = sorted(set(map(ord, _IDEOGRAPH.findall("".join((*_TAKEN_AWAY, *labels))))))
    gaps = pairwise([0x4DFF, *known, 0xA000])
    others = "".join(f"{chr(before + 1)}-{chr(after - 1)}" for before, after in gaps if after - before > 1)
    return re.compile(f"\\A(?!.*[{_LABEL_UNIT[-1]}{_MADE_IDEOGRAPHS}]).*[{others}]", re.DOTALL)


def fold_key(text: str) -> str:
    """A record number as it is compared: `１－１\\n➀`, `1‐1①` and `1-1 ①` are `1-1①`. Only sure equivalences: widths,
    dashes, styles of circled digits, white space. `1-1(1)` stays another number than `1-1①`; case is kept."""
    # Most are plain already: more of them than are remembered.
    return text if text.isascii() and text.isprintable() and " " not in text else _folded_key(text)


@lru_cache(maxsize=65536)
def _folded_key(text: str) -> str:
    return steady(lambda key: one_hyphen(compatible(closed_up(compatible(key)))), text)


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """A name of an indicator, project or department as it is compared: one width, one kind of dash, no white space, no
    case. Quotation marks 「」 stay: they belong to names."""
    return steady(lambda name: one_dash(compatible(closed_up(compatible(name))).casefold()), text)


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 1, after `fold_name`: twice the characters common to both in order, divided by
    the characters of both (rapidfuzz `fuzz.ratio`, the normalised indel similarity). An inserted word costs each of
    its characters once, so 特別支援巡回グループ / 特別支援教育巡回グループ is .91."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(fold_name(one), fold_name(other))) / 100

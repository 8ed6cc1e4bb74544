"""Whether two names that look alike may be one name typed twice, or differ in what they say.

Likeness alone does not tell: 第１回 and 第２回, 計画 and 実績, 小学校 and 中学校 are alike and mean different
things. A name typed otherwise loses, gains or changes a character or adds a word; a number, a word of the same
kind in the place of another, or a word that turns the meaning round is a real difference.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations

from reconcile.normalise import fold_name

_NUMBERS = re.compile(
    r"\d+|(?<![a-z])[a-z]{1,3}(?![a-z])|[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]|[一二三四五六七八九十]+(?=[年月日回期次号級地丁])"
)
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]{2,}")
# One of a set in the place of another makes another thing.
_SETS = (
    "入出",
    "増減加",
    "前後",
    "内外",
    "上下中",
    "男女",
    "新旧",
    "東西南北",
    "小中高大幼",
    "甲乙丙丁",
    "左右",
    "有無",
    "昼夜",
    "春夏秋冬",
    "親子",
    "官民",
    "公私",
    "正副",
    "都県府道国市区町村",
    "長短",
    "多少",
    "高低",
    "収支",
    "需給",
    "父母",
    "兄弟姉妹",
    "水陸海空",
    "朝夕晩",
    "開閉",
    "始終",
    "初終",
    "先後",
    "既未",
    "要不",
    "可否",
    "良否",
    "優劣",
)
_CONTRASTS = frozenset(one + other for group in _SETS for one, other in permutations(group, 2))
_TURNING = frozenset("非不未無反再副準旧新元前後外内")


@lru_cache(maxsize=65536)
def numbers_of(name: str) -> tuple[str, ...]:
    """The figures, numbered marks and single letters (Ⅱ, B) in a name, in order."""
    return tuple(_NUMBERS.findall(fold_name(name)))


def differ_in_meaning(one: str, other: str) -> bool:
    """Whether what parts two names is a real difference rather than another spelling of the same name."""
    if numbers_of(one) != numbers_of(other):
        return True
    return any(_turns(before, after) for before, after in _replaced(fold_name(one), fold_name(other)))


def _replaced(one: str, other: str) -> list[tuple[str, str]]:
    """What stands in ``one`` and, in its place, in ``other``."""
    from rapidfuzz.distance import Indel

    pieces: list[tuple[str, str]] = []
    before = after = ""
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            pieces.append((before, after))
            before = after = ""
        else:
            before += one[step.src_start : step.src_end]
            after += other[step.dest_start : step.dest_end]
    return [piece for piece in (*pieces, (before, after)) if piece != ("", "")]


def _turns(before: str, after: str) -> bool:
    if not before or not after:
        return (before or after) in _TURNING
    if before + after in _CONTRASTS:
        return True
    # A word of ideographs in the place of another one: 助成 and 整備.
    return bool(_IDEOGRAPHS.fullmatch(before) and _IDEOGRAPHS.fullmatch(after))

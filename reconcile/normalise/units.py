"""Units: when two are the same, which are money, and what stands between a number and its unit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from reconcile.normalise.characters import closed_up, compatible, steady

_SUBSCRIPTS: Final = str.maketrans("⁰¹²³₀₁₂₃", "01230123")
#: As `compatible` leaves them: ㎡ is m2 by then.
_SAME: Final = {
    **dict.fromkeys(("m2", "m^2", "平米", "平方メートル", "平方m"), "㎡"),
    **dict.fromkeys(("m3", "m^3", "立米", "立方メートル", "立方m"), "㎥"),
    **dict.fromkeys(("km2", "km^2", "平方キロメートル", "平方km"), "㎢"),
    **dict.fromkeys(("%", "パーセント", "percent", "pct"), "%"),
    **dict.fromkeys(("t", "トン"), "t"),
    **dict.fromkeys(("kg", "キログラム"), "kg"),
    **dict.fromkeys(("g", "グラム"), "g"),
    **dict.fromkeys(("m", "メートル"), "m"),
    **dict.fromkeys(("km", "キロメートル"), "km"),
    **dict.fromkeys(("ha", "ヘクタール"), "ha"),
    **dict.fromkeys(("cm", "mm", "l", "ml", "kw", "kwh", "mwh"), ""),
    **dict.fromkeys(("t-co2", "tco2", "トン-co2"), "t-CO2"),
    **dict.fromkeys(("kg-co2", "kgco2"), "kg-CO2"),
    **dict.fromkeys(("¥", "円"), "円"),
}
_COUNTERS: Final = re.compile("[箇個かヶケカヵ](?=[所月年国])")


@lru_cache(maxsize=16384)
def fold_unit(text: str) -> str:
    """A unit as it is compared: ％ = %, ｍ = m, m2 = m² = ㎡, t-CO₂ = t-CO2, か所 = ヶ所 = カ所 = 箇所.
    人 and 名, 件 and 回 are different units."""
    return steady(_unit_once, text)


def _unit_once(text: str) -> str:
    unit = closed_up(compatible(text)).translate(_SUBSCRIPTS).replace("·", "・")
    unit = re.sub("[‐‑‒–—―−]", "-", unit)
    same = _SAME.get(unit.casefold())
    return _COUNTERS.sub("箇", unit) if same is None else same or unit.casefold()


#: Units of money and what one of them is in yen.
MONEY: Final = {
    "円": Decimal(1),
    "百円": Decimal(100),
    "千円": Decimal(1000),
    "万円": Decimal(10_000),
    "十万円": Decimal(100_000),
    "百万円": Decimal(1_000_000),
    "千万円": Decimal(10_000_000),
    "億円": Decimal(100_000_000),
    "十億円": Decimal(1_000_000_000),
    "百億円": Decimal(10_000_000_000),
    "兆円": Decimal(1_000_000_000_000),
}
#: Words that multiply the number they follow.
MAGNITUDES: Final = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "億": Decimal(100_000_000),
    "十億": Decimal(1_000_000_000),
    "百億": Decimal(10_000_000_000),
    "兆": Decimal(1_000_000_000_000),
}

#: A unit: Chinese characters, katakana, Latin letters and signs of measures, joined by ・ or /.
#: Hiragana only in か所 and つ: where other hiragana begins, a sentence does.
_WORD: Final = (
    r"(?:[Kk]?[Mm][23²³]|(?:k?g|k?t|千t|万t|トン)-?CO[2₂]|か(?=[所月年国])"
    r"|[A-Za-z%‰℃°Ωμ²³円¥\u3300-\u33ff一-鿿々ァ-ヺーｦ-ﾟ])"
)
UNIT: Final = rf"(?:つ|{_WORD}{{1,12}}(?:[・/]{_WORD}{{1,8}}){{0,3}})"
#: Signs of measures that end where Japanese begins, so that a label may follow without a space (150m歩道築造).
SIGN_UNIT: Final = re.compile(r"(?:%|‰|℃|㎡|㎥|㎢|[Kk]?[Mm][23²³]|km|cm|mm|m|kg|g|t|ha|kWh|kW)(?=[一-鿿ァ-ヺぁ-ん])")

#: Units that alone, without a number, are a form's print and no answer.
_ALONE: Final = frozenset(
    (
        *(
            "人",
            "名",
            "件",
            "回",
            "台",
            "校",
            "枚",
            "部",
            "枠",
            "日",
            "%",
            "円",
            "m",
            "km",
            "t",
            "kg",
            "㎡",
            "㎥",
            "㎢",
        ),
        *("千円", "百万円", "億円", "万円", "団体", "箇所", "世帯", "時間", "施設", "事業", "事業者", "地区", "地域"),
    )
)


def stands_alone(unit: str) -> bool:
    """Is this nothing but a unit that a form prints into an empty cell?"""
    return unit in _ALONE

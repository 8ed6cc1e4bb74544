"""Number formats of cells by style, and which styles strike out (ECMA-376 part 1, 18.8.30, 18.8.10 and 18.4.10)."""

from __future__ import annotations

from typing import NamedTuple

from .short_parts import Kept, Once
from .xml import TRUE, Attributes, Document, Tree

GENERAL = "General"
# Of a cell whose format the reader of its file does not tell: 0.8 may be shown as 80%.
UNKNOWN = ""
# The formats a file need not declare. 14 and 5-8 are shown as the language of Windows has them: here Japanese.
BUILT_IN: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: "[$-411]ge\\.m\\.d",
    28: '[$-411]ggge"年"m"月"d"日"',
    29: '[$-411]ggge"年"m"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"',
    35: 'm"月"d"日"',
    36: "[$-411]ge\\.m\\.d",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    50: "[$-411]ge\\.m\\.d",
    51: '[$-411]ggge"年"m"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: '[$-411]ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: "[$-411]ge\\.m\\.d",
    58: '[$-411]ggge"年"m"月"d"日"',
}
_TREE = Tree(
    ("", "styleSheet"),
    ("styleSheet", "numFmts"),
    ("numFmts", "numFmt"),
    ("styleSheet", "fonts"),
    ("fonts", "font"),
    ("font", "strike"),
    ("styleSheet", "cellXfs"),
    ("cellXfs", "xf"),
)


class Styles(NamedTuple):
    """The format code of each style, never empty (an id nobody declares is General), and the styles whose font is
    struck out."""

    formats: tuple[str, ...]
    struck: frozenset[int]


def _read(part: str, kept: Kept) -> Styles:
    declared: dict[str, str] = {}
    ids: list[tuple[str, str]] = []
    fonts: list[bool] = []
    path: list[str | None] = [""]

    def start(name: str, attributes: Attributes) -> None:
        here = _TREE.step(path[-1], name)
        path.append(here)
        if here == "numFmt":
            declared[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)
        elif here == "font":
            fonts.append(False)
        elif here == "strike":
            fonts[-1] = attributes.get("val", "1") in TRUE
        elif here == "xf":
            ids.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(_: str) -> None:
        path.pop()

    Document(part, start, end).read(kept(declared, ids, fonts))
    codes = {str(number): code for number, code in BUILT_IN.items()} | declared
    strikes = {str(number) for number, strike in enumerate(fonts) if strike}
    struck = frozenset(style for style, (_, font) in enumerate(ids) if font in strikes)
    return Styles(tuple(codes.get(number, GENERAL) for number, _ in ids) or (GENERAL,), struck)


read_styles = Once(_read)

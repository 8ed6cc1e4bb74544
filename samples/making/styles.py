"""The look of a cell: font, borders, fill, alignment."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from .grid import Style
from .layouts import Look

_MONEY = "#,##0"


class Styles:
    """Formats of one workbook, made once for each style and number format."""

    def __init__(self, book: Workbook, look: Look) -> None:
        self._book, self._look = book, look
        self._made: dict[tuple[Style, str], Format] = {}

    def of(self, style: Style, number_format: str = "") -> Format:
        """The format of a style; a number format replaces the style's own."""
        key = (style, number_format)
        if key not in self._made:
            self._made[key] = self._book.add_format(self._properties(style, number_format))
        return self._made[key]

    def _properties(self, style: Style, number_format: str) -> dict[str, object]:
        look = self._look
        found: dict[str, object] = {"font_name": look.font, "font_size": look.size, "valign": "vcenter"}
        if style == "title":
            return found | {"bold": True, "font_size": look.size + 3}
        if style == "heading":
            return found | {"bold": True}
        if style in ("note", "plain"):
            return found | {"font_size": look.size - 1}
        if style == "unit":
            return found | {"align": "right"}
        found |= {"border": 1, "text_wrap": True}
        if style in ("header", "label"):
            found |= {"bold": True, "bg_color": look.header, "align": "center" if style == "header" else "left"}
        elif style in ("key", "version"):
            found |= {"align": "center"}
        elif style in ("measure", "money"):
            found |= {"align": "right", "indent": 1 if style == "measure" else 0}
        elif style in ("text", "entry"):
            found |= {"align": "left", "indent": 1}
        elif style in ("total", "total_money"):
            align = "center" if style == "total" else "right"
            found |= {"bold": True, "bg_color": look.total, "align": align}
        if style in ("money", "total_money"):
            found["num_format"] = _MONEY
        if number_format:
            found["num_format"] = number_format
        return found

"""How the master looks: fonts, colours, lines. Each combination becomes one format of the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

# The universal-design face that comes with Windows 10 and later; others take its place elsewhere.
FONT = "BIZ UDPゴシック"
SIZE = 10
LINE = 13.0  # points a line of text takes

INK = "#1F2A44"
ACCENT = "#1F4E79"
HEAD = "#DCE6F1"
BAND = "#F3F6FA"
RULE = "#A6B1C2"
ALERT = "#C00000"
MUTED = "#6B7280"
LEVELS = {
    "error": {"bg_color": "#F8CBCB", "font_color": "#9C0006"},
    "warning": {"bg_color": "#FFE9A8", "font_color": "#7A4B00"},
    "info": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
    "good": {"bg_color": "#DDF0DD", "font_color": "#1E6B2E"},
}

_BASE: dict[str, object] = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"}
_NAMED: dict[str, dict[str, object]] = {
    "plain": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "title": {"font_size": 18, "bold": True, "font_color": ACCENT},
    "subtitle": {"font_size": 12, "font_color": MUTED},
    "heading": {"font_size": 12, "bold": True, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "section": {"font_size": 12, "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT},
    "above": {"font_size": 13, "bold": True, "font_color": ACCENT},
    "note": {"font_size": 9, "font_color": MUTED, "text_wrap": True, "valign": "top"},
    "head": {
        "bold": True,
        "bg_color": HEAD,
        "border": 1,
        "border_color": RULE,
        "align": "center",
        "text_wrap": True,
        "font_color": INK,
    },
    "cell": {"border": 1, "border_color": RULE, "text_wrap": True},
    "center": {"border": 1, "border_color": RULE, "align": "center", "text_wrap": True},
    "figure": {"border": 1, "border_color": RULE, "align": "right", "indent": 1},
    "label": {"border": 1, "border_color": RULE, "bg_color": BAND, "text_wrap": True},
    "total": {"border": 1, "border_color": RULE, "bg_color": BAND, "bold": True, "align": "right", "indent": 1},
    "total_label": {"border": 1, "border_color": RULE, "bg_color": BAND, "bold": True, "text_wrap": True},
    "link": {"font_color": "#0563C1", "underline": 1},
    "answer": {"border": 1, "border_color": RULE, "bg_color": "#FFFBE6", "text_wrap": True, "locked": False},
    "provenance": {"font_size": 8, "font_color": MUTED, "valign": "top"},
}


class Styles:
    """The formats of one workbook, made when first asked for, in that order."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._asked: dict[tuple[object, ...], Format] = {}

    def get(self, name: str = "plain", **more: object) -> Format:
        """A named style, with further properties of XlsxWriter's formats over it."""
        asked = (name, *more.items())
        found = self._asked.get(asked)
        if found is None:
            found = self._asked[asked] = self._format({**_BASE, **_NAMED[name], **more})
        return found

    def mark(self, level: str) -> Format:
        """What a conditional format lays over a cell: colours only."""
        return self._format(self.mark_properties(level))

    def mark_properties(self, level: str) -> dict[str, Any]:
        """The colours of a level, to go with a named style."""
        return dict(LEVELS[level])

    def number(self, style: Format) -> int:
        """The number by which the cells of a sheet's part name a format."""
        return int(style._get_xf_index())  # what XlsxWriter itself asks when it writes a cell

    def _format(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

"""The chart of the overview: findings at error and warning by department, as a native Excel chart."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import FONT
from reconcile.writing.text import quoted

_COLOURS = {"error": "#C0504D", "warning": "#E6B33D"}


def write_chart(report: Report, sheet: Sheet, row: int, first: int, last: int, levels: Sequence[str]) -> None:
    """Stacked columns over the rows ``first`` to ``last - 1`` of the table, whose levels stand from column B on."""
    voice = report.voice
    chart = report.book.chart("column", "stacked")
    name = quoted(sheet.name)
    bottom = max(last - 1, first)
    for column, level in zip("BCD", levels, strict=False):
        if level in _COLOURS:
            chart.add_series(
                {
                    "name": voice.term("severity", level),
                    "categories": f"={name}!$A${first}:$A${bottom}",
                    "values": f"={name}!${column}${first}:${column}${bottom}",
                    "fill": {"color": _COLOURS[level]},
                    "gap": 60,
                }
            )
    font = {"name": FONT, "size": 9}
    chart.set_title(
        {"name": voice.word("by_department_level"), "name_font": {"name": FONT, "size": 11}, "overlay": False}
    )
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}}})
    chart.set_legend({"position": "top", "font": font})
    sheet.chart(row, 1, chart, 1000, 430)

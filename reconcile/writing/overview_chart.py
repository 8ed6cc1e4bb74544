"""The charts of the overview: findings at error and warning, by department and by kind, as native Excel charts."""

from __future__ import annotations

from reconcile.findings import column_letters
from reconcile.writing.overview_tables import LEVELS, Rows
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import FONT
from reconcile.writing.text import quoted

_COLOURS = {"error": "#C0504D", "warning": "#E6B33D"}


def write_chart(
    report: Report, sheet: Sheet, row: int, column: int, rows: Rows, title: str, size: tuple[int, int], *, bars: bool
) -> None:
    """Stacked columns (or bars, which leave room for long names) over a table of counts; ``size`` is in pixels."""
    chart = report.book.chart("bar" if bars else "column", "stacked")
    name = quoted(sheet.name)

    def column_of(number: int) -> str:
        letter = column_letters(number)
        return f"={name}!${letter}${rows.first}:${letter}${max(rows.last, rows.first)}"

    for number, level in enumerate(LEVELS, start=rows.levels):
        if level in _COLOURS:
            chart.add_series(
                {
                    "name": report.voice.term("severity", level),
                    "categories": column_of(rows.names),
                    "values": column_of(number),
                    "fill": {"color": _COLOURS[level]},
                    "gap": 60,
                }
            )
    font = {"name": FONT, "size": 9}
    lines = {"visible": True, "line": {"color": "#E5E7EB"}}
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11}, "overlay": False})
    counts = {"num_font": font, "num_format": "0", "major_gridlines": lines, "min": 0}
    # In a chart of bars the names run down, the first one at the top.
    names = {"num_font": font, "reverse": bars, "interval_unit": 1}
    chart.set_x_axis(counts if bars else names)
    chart.set_y_axis(names if bars else counts)
    chart.set_legend({"position": "top", "font": font})
    sheet.chart(row, column, chart, *size)

"""What stands once for several records (a group's number and name): merged over their rows, on each page anew."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reconcile.writing.form_page import FormSheet, Run
from reconcile.writing.form_records import Section
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines


def find_runs(page: FormSheet, section: Section) -> list[Run]:
    """The runs of equal texts in the filled columns, for records that begin at the page's row; one within those to its
    left. The values are known to stand in the first row of their run."""
    facts, styles = page.report.run.facts, page.report.book.styles
    size, top, count = page.layout.rows, page.row, len(section.entries)
    cuts: set[int] = set()
    runs: list[Run] = []
    for number, column in enumerate(page.layout.columns, start=1):
        if not column.filled:
            continue
        own = [entry.slots.get(column.slots[0], []) for entry in section.entries]
        texts = ["\n".join(dict.fromkeys(str(facts.raw[p]).strip() for p in positions)) for positions in own]
        cuts |= {n for n in range(1, count) if texts[n] != texts[n - 1]}
        bounds = [0, *sorted(cuts), count]
        style = styles.get("center" if column.kind == "key" else "cell", valign="top")
        for start, end in pairwise(bounds):
            runs.append(Run(number, top + start * size, top + end * size - 1, texts[start], style))
            place = page.sheet.place(top + start * size, number)
            for entry in section.entries[start:end]:
                page.report.places.put(entry.positions(column.slots[0]), place)
    return runs


def fit_runs(page: FormSheet, runs: Sequence[Run]) -> None:
    """Rows high enough for the texts that stand over them."""
    for run in runs:
        rows = range(run.top, run.bottom + 1)
        heights = {row: page.sheet.height_of(row) for row in rows}
        lacking = lines(run.text, page.layout.columns[run.column - 1].width) * LINE + 4 - sum(heights.values())
        for row in rows if lacking > 0 else ():
            page.sheet.height(row, round(heights[row] + lacking / len(rows), 1))


def write_runs(page: FormSheet, breaks: Sequence[int]) -> None:
    """Writes the runs; one that goes on over the end of a page stands on the next page again."""
    for run in page.runs:
        ends = [row for row in breaks if run.top <= row < run.bottom]
        tops = [run.top, *(row + 1 for row in ends)]
        for top, bottom in zip(tops, [*ends, run.bottom], strict=True):
            page.sheet.merge(top, run.column, bottom, run.column, run.text, run.style)

"""What stands once for several records (a group's number and name): merged over their rows, on each page anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from reconcile.coded import Coded, Strings
from reconcile.facts import ABSENT
from reconcile.package import BLANK, NONE, STRING, look
from reconcile.writing.columns import Looks
from reconcile.writing.form_departments import departments
from reconcile.writing.form_page import Cells, FormSheet, RecordRows, Run
from reconcile.writing.form_records import Records, Section
from reconcile.writing.sheet import Heights
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines


def find_runs(page: FormSheet, records: Records, section: Section) -> list[Run]:
    """The runs of equal texts in the filled columns, for records that begin at the page's row; one within those to its
    left. The values are known to stand in the first row of their run."""
    places, styles = page.report.places, page.report.book.styles
    size, top, count = page.layout.rows, page.row, len(section.rows)
    cuts: set[int] = set()
    runs: list[Run] = []
    for number, column in enumerate(page.layout.columns, start=1):
        if not column.filled:
            continue
        if column.slots:
            texts = _texts(records, section, column.slots[0])
        else:
            texts = departments(page.report, records, section.rows).tolist()
        cuts |= {n for n in range(1, count) if texts[n] != texts[n - 1]}
        bounds = [0, *sorted(cuts), count]
        tops = np.zeros(count, dtype=np.int64)
        for start, end in pairwise(bounds):
            valign = "top" if end - start > 1 else "vcenter"  # beside one record as its other cells
            style = styles.get("center" if column.kind == "key" else "cell", valign=valign)
            runs.append(Run(number, top + start * size, top + end * size - 1, texts[start], style))
            tops[start:end] = top + start * size
        if not column.slots:
            continue
        places.put_rows(records.at(column.slots[0], section.rows), page.sheet.name, tops, number)
        special = records.special([column.slots[0]])
        for row, own in zip(section.rows.tolist(), tops.tolist(), strict=True) if special else ():
            if row in special:
                places.put(records.positions(column.slots[0], row), page.sheet.place(own, number))
    return runs


def _texts(records: Records, section: Section, slot: str) -> list[str]:
    facts = records.facts
    positions = records.at(slot, section.rows).tolist()
    texts = ["" if p == ABSENT else str(facts.raw[p]).strip() for p in positions]
    more = records.more.get(slot, {})
    for at, row in enumerate(section.rows.tolist() if more else ()):
        if row in more:
            texts[at] = "\n".join(dict.fromkeys(str(facts.raw[p]).strip() for p in records.own(slot, row)))
    return texts


def fit_runs(page: FormSheet, runs: Sequence[Run], heights: Heights, top: int) -> None:
    """Rows high enough for the texts that stand over them; ``heights`` are those from row ``top`` on."""
    for run in runs:
        own = slice(run.top - top, run.bottom + 1 - top)
        size = run.bottom + 1 - run.top
        lacking = lines(run.text, page.layout.columns[run.column - 1].width) * LINE + 4 - float(heights[own].sum())
        if lacking > 0:
            heights[own] = np.round(heights[own] + lacking / size, 1)


def write_runs(page: FormSheet, rows: RecordRows, breaks: Sequence[int]) -> None:
    """Adds the runs to the rows of the records; one that goes on over the end of a page stands on the next again."""
    styles, numbers = page.report.book.styles, rows.numbers
    filled: dict[int, tuple[Looks, Strings]] = {}
    for run in page.runs:
        if run.column not in filled:
            filled[run.column] = _blank_cells(len(numbers))
        looks, texts = filled[run.column]
        style = styles.number(run.style)
        ends = breaks[bisect_left(breaks, run.top) : bisect_left(breaks, run.bottom)]
        tops = [run.top, *(row + 1 for row in ends)]
        for top, bottom in zip(tops, [*ends, run.bottom], strict=True):
            first, last = np.searchsorted(numbers, [top, bottom]).tolist()
            looks[first : last + 1] = look(BLANK, style)
            if run.text:
                looks[first] = look(STRING, style)
                texts[first] = run.text
            if top != bottom:
                page.sheet.merge_rows(np.array([top]), run.column, np.array([bottom]), run.column)
    for column, (looks, texts) in filled.items():
        rows.columns[column] = Cells(looks, Coded.of(texts.tolist()))


def _blank_cells(count: int) -> tuple[Looks, Strings]:
    """A column without cells, to be filled."""
    return np.full(count, look(NONE), dtype=np.uint32), np.full(count, "", dtype=object)

"""データ: one row a record, versions × periods as columns, as Excel tables ready for a pivot.

Figures that a form has for many periods (当月 and 累計 of each month) stand period by period below each other, one row
a record and period, so that a pivot can lay them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconcile import package
from reconcile.coded import Coded
from reconcile.facts import ABSENT, BLANK, NUMBER, Facts, Mask, Positions
from reconcile.package import NONE, STRING, Column, look
from reconcile.packs.model import Form, Pack, slot
from reconcile.writing.columns import each, figures, instead, kept_exactly
from reconcile.writing.paper import A3, a3, first_page, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.text import width
from reconcile.writing.widths import widest

FIXED = ("form", "department", "record", "group", "component", "period", "unit")
_SOURCE = ("file", "sheet", "cell")
_Places = npt.NDArray[np.int32]  # positions of which there is one for each cell of the sheet
_SCALE = 60  # percent of its size in print
_NARROWEST, _HEAD, _WIDEST = 8.0, 16.0, 24.0  # half-width characters


@dataclass(frozen=True, slots=True)
class Records:
    """The merged records of all forms, one a row: what stands before the values, and by slot the position of each
    value (ABSENT where there is none)."""

    fixed: tuple[Coded, ...]
    positions: dict[str, _Places]
    first: Positions

    def __len__(self) -> int:
        return len(self.first)


def write(report: Report, first: Sheet) -> list[str]:
    """The merged records of all forms; a further sheet begins where the rows of one are used up. Gives the names of
    the sheets."""
    names: list[str] = []
    texts, slots = columns(report.run.pack)
    records = _records(report, texts, slots)
    room = first.rows_from(2)
    for part, start in enumerate(range(0, max(len(records), 1), room)):
        sheet = first if part == 0 else report.book.sheet(f"{report.voice.word('data')}{part + 1}")
        _write(report, sheet, records, np.arange(start, min(start + room, len(records))), texts, slots, part + 1)
        names.append(sheet.name)
    return names


def columns(pack: Pack) -> tuple[list[str], list[str]]:
    """The columns of texts and of figures that the records of any form have, in printed order: named as slots, those of
    a grid of periods without the period."""
    texts: dict[str, None] = {}
    slots: dict[str, None] = {}
    for form in pack.forms.values():
        for name in form.slots():
            numeric = form.fields[name.partition(".")[0]].numeric
            (slots if numeric else texts)[column_of(form, name)[0]] = None
    return list(texts), list(slots)


def column_of(form: Form, name: str) -> tuple[str, str]:
    """The column a slot stands in, and the period of its row; none where all periods stand in one row."""
    own, version, period = (*name.split("."), "", "")[:3]
    return (slot(own, version), period) if form.fields[own].across else (name, "")


def _records(report: Report, texts: list[str], slots: list[str]) -> Records:
    run = report.run
    fixed: list[tuple[Coded, ...]] = []
    positions: dict[str, list[_Places]] = {name: [] for name in (*texts, *slots)}
    firsts: list[Positions] = []
    for form in run.pack.forms.values():
        table = run.facts.tables.get(form.form)
        if table is None:
            continue
        merged = np.zeros(len(table), dtype=bool)
        for at in table.index.values():
            merged |= (at != ABSENT) & run.accepted[at]
        lines = np.flatnonzero(merged & table.is_level("record"))
        if not len(lines):
            continue
        periods = list(dict.fromkeys(period for name in form.slots() if (period := column_of(form, name)[1]))) or [""]
        whole = np.repeat(lines, len(periods))
        nowhere = np.full(len(whole), ABSENT, dtype=np.int32)
        found = dict.fromkeys((*texts, *slots), nowhere)
        for name in form.slots():
            column, period = column_of(form, name)
            values = table.index.get(name)
            # A text goes with each period; a figure that is of none stands once.
            rows = slice(periods.index(period) if period else 0, None, 1 if column in texts else len(periods))
            found[column] = found[column].copy()
            found[column][rows] = ABSENT if values is None else values[whole[rows]]
        firsts.append(_first(list(found.values())))
        for column, at in found.items():
            positions[column].append(at)
        told = [table.coded(name).take(whole) for name in ("department", "record", "group")]
        names = [run.pack.file.periods[p].get(report.voice.lang) if p in run.pack.file.periods else p for p in periods]
        fixed.append(
            (
                Coded.same(report.voice.form(form.form), len(whole)),
                *told,
                Coded.of(table.component[whole].tolist()),
                Coded.of(names * len(lines)),
                _units(report, form, len(whole), [found[name] for name in slots]),
            )
        )
    if not firsts:
        return Records((), {}, np.zeros(0, dtype=np.int64))
    return Records(
        tuple(map(Coded.joined, zip(*fixed, strict=True))),
        {name: np.concatenate(parts) for name, parts in positions.items()},
        np.concatenate(firsts),
    )


def _first(columns: Sequence[_Places]) -> Positions:
    """The first value of each record, which is where it stands."""
    first = np.full(len(columns[0]), ABSENT, dtype=np.int64)
    for at in reversed(columns):
        first = np.where(at == ABSENT, first, at)
    return first


def _units(report: Report, form: Form, size: int, figures: Sequence[_Places]) -> Coded:
    """The unit of each record: that of its first figure which bears one, else the form's."""
    told = report.run.facts.coded("unit")
    none, own = told.code(""), np.full(size, ABSENT, dtype=np.int32)
    for at in reversed(figures):
        unit = told.codes[at]
        own = np.where((at == ABSENT) | (unit == none), own, unit)
    return instead(Coded(own, told.values), own == ABSENT, form.unit or "")


def _write(
    report: Report, sheet: Sheet, records: Records, part: Positions, texts: list[str], slots: list[str], number: int
) -> None:
    voice, styles = report.voice, report.book.styles
    plain, head = styles.get("plain"), styles.get("head")
    headers = _headers(report, texts, slots)
    size = len(records.first[part])
    if size:
        cells = _columns(report, records, part, (*texts, *slots))
        sheet.rows(np.arange(2, size + 2, dtype=np.int64), cells)
    else:
        sheet.text(2, 1, voice.word("nothing_merged"), plain)
    columns = [{"header": header, "header_format": head} for header in headers]
    style = "Table Style Light 1"
    bottom = 1 + max(size, 1)
    sheet.table(1, 1, bottom, len(headers), {"name": f"data_{number}", "style": style, "columns": columns})
    sheet.widths([_width(header, cells[n] if size else None) for n, header in enumerate(headers)])
    sheet.height(1, 32)
    sheet.freeze(2, 4)
    # Nothing to be read on paper: of a whole workbook that is printed one page says what stands here. Who prints all of
    # it, without regard to the area, has the headings and the records' names on each page.
    area = first_page(sheet, a3(), _SCALE, bottom, len(headers))
    print_as(
        sheet, paper=A3, area=area, repeat=(1, 1), scale=_SCALE, header=report.title, footer=voice.word("data_printed")
    )
    sheet.raw.repeat_columns(0, 2)


def _width(header: str, column: Column | None) -> float:
    """As wide as what stands in a column, within limits; a heading may take two lines."""
    wide = 0.0
    if column is not None:
        wide = widest(column.texts.present) if column.texts is not None else 0.0
        if column.figures is not None and len(column.figures):
            values = column.figures[:]
            greatest = max(abs(float(values.max())), abs(float(values.min())))
            wide = max(wide, len(f"{greatest:,.0f}") + 4.0)
    return min(max(wide + 2.0, min(width(header) / 2 + 4.0, _HEAD), _NARROWEST), _WIDEST)


def _columns(report: Report, records: Records, part: Positions, names: Sequence[str]) -> list[Column]:
    facts, styles = report.run.facts, report.book.styles
    plain = styles.get("plain")
    found = [_texts(styles.number(plain), n, told.take(part)) for n, told in enumerate(records.fixed, start=1)]
    for number, name in enumerate(names, start=len(found) + 1):
        found.append(_values(report, records.positions[name][part].astype(np.int64), number))
    first = records.first[part]
    source = (facts.coded("file").take(first), facts.coded("sheet").take(first), facts.cells(first))
    for number, texts in enumerate(source, start=len(found) + 1):
        found.append(_texts(styles.number(plain), number, texts))
    return found


def _texts(style: int, number: int, texts: Coded) -> Column:
    """A column of texts; where one is empty there is no cell."""
    looks = np.where(texts.says(""), look(NONE), look(STRING, style)).astype(np.uint32)
    return Column(number, looks, texts=texts)


def _values(report: Report, positions: Positions, number: int) -> Column:
    """The values of a slot: figures as such, anything else as text; what is absent or blank has no cell."""
    facts, plain = report.run.facts, report.book.styles.number(report.book.styles.get("plain"))
    state = facts.state[positions]
    shown = (positions != ABSENT) & (state != BLANK)
    figure = shown & (state == NUMBER)
    figure[figure] = kept_exactly(facts, positions[figure])
    worded = shown & ~figure
    texts = _worded(facts, positions, worded) if worded.any() else None
    said = texts is not None and ~texts.says("")
    looks = np.select(
        [figure, shown & said, shown],
        [look(package.NUMBER, plain), look(STRING, plain), look(package.BLANK, plain)],
        NONE,
    ).astype(np.uint32)
    return Column(number, looks, figures(facts, positions) if figure.any() else None, texts)


def _worded(facts: Facts, positions: Positions, worded: Mask) -> Coded:
    """What is shown as text, in one line a record: the line breaks of the form stay in facts.csv."""
    own = positions[worded]
    said = facts.raw.coded(own)
    figures = np.flatnonzero(facts.state[own] == NUMBER)
    if len(figures):
        texts = said.texts
        for at in figures.tolist():
            value = facts.value[own[at]]
            texts[at] = texts[at] if value is None else f"{value:,}"
        said = Coded.of(texts.tolist())
    column = Coded.joined([Coded.same("", 1), said])
    codes = np.zeros(len(positions), dtype=np.int32)
    codes[worded] = column.codes[1:]
    return _in_one_line(Coded(codes, column.values))


def _in_one_line(texts: Coded) -> Coded:
    together = "".join(texts.values)
    if together.isprintable() and " " not in together:
        return texts
    return each(texts, lambda text: " ".join(text.split()))


def _headers(report: Report, texts: list[str], slots: list[str]) -> list[str]:
    """Headings as an Excel table needs them: none twice, in any case."""
    voice = report.voice
    labels: dict[str, str] = {}
    for form in report.run.pack.forms.values():
        for name, field in form.fields.items():
            labels.setdefault(name, field.all_columns()[0].text)
            for column in field.all_columns():
                labels.setdefault(slot(name, column.version, column.period), column.text)
    wanted = [voice.word(name) for name in FIXED]
    wanted += [labels[name] for name in texts]
    wanted += [voice.slot(*(*name.split("."), "", "")[1:3]) or labels.get(name, name) for name in slots]
    wanted += [voice.word(name) for name in _SOURCE]
    taken: set[str] = set()
    headers: list[str] = []
    for header in wanted:
        name, number = header, 2
        while name.lower() in taken:
            name, number = f"{header} {number}", number + 1
        taken.add(name.lower())
        headers.append(name)
    return headers

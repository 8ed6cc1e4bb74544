"""データ: one row a record, versions × periods as columns, as Excel tables ready for a pivot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reconcile.facts import ABSENT, BLANK, NUMBER, FormTable
from reconcile.packs.model import Form, Pack, slot
from reconcile.writing.paper import A3, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet

ROW_LIMIT = 1_048_576  # ECMA-376: rows of a sheet
FIXED = ("form", "department", "record", "group", "component", "unit")
_SOURCE = ("file", "sheet", "cell")
_WIDTHS = {"form": 9, "department": 18, "record": 12, "group": 8, "component": 14, "unit": 8}

Row = tuple[FormTable, Form, int]


def write(report: Report, first: Sheet, row_limit: int = ROW_LIMIT) -> list[str]:
    """The merged records of all forms; a further sheet begins where the rows of one are used up. Gives the names of
    the sheets."""
    names: list[str] = []
    texts, slots = columns(report.run.pack)
    rows = list(_rows(report))
    room = row_limit - 1
    for part, start in enumerate(range(0, max(len(rows), 1), room)):
        sheet = first if part == 0 else report.book.sheet(f"{report.voice.word('data')}{part + 1}")
        _write(report, sheet, rows[start : start + room], texts, slots, part + 1)
        names.append(sheet.name)
    return names


def columns(pack: Pack) -> tuple[list[str], list[str]]:
    """The slots of texts and of figures that any form has, in printed order."""
    texts: dict[str, None] = {}
    slots: dict[str, None] = {}
    for form in pack.forms.values():
        for name in form.slots():
            (slots if form.fields[name.partition(".")[0]].numeric else texts)[name] = None
    return list(texts), list(slots)


def _rows(report: Report) -> Iterator[Row]:
    run = report.run
    for form in run.pack.forms.values():
        table = run.facts.tables.get(form.form)
        if table is None:
            continue
        merged = np.zeros(len(table), dtype=bool)
        for positions in table.index.values():
            present = positions != ABSENT
            merged[present] |= run.accepted[positions[present]]
        yield from ((table, form, int(line)) for line in np.flatnonzero(merged & table.is_level("record")))


def _write(report: Report, sheet: Sheet, rows: Sequence[Row], texts: list[str], slots: list[str], part: int) -> None:
    voice, styles = report.voice, report.book.styles
    plain, head = styles.get("plain"), styles.get("head")
    headers = _headers(report, texts, slots)
    for number, (table, form, line) in enumerate(rows, start=2):
        _row(report, sheet, number, table, form, line, texts, slots)
    bottom = 1 + max(len(rows), 1)
    if not rows:
        sheet.text(2, 1, voice.word("nothing_merged"), plain)
    columns = [{"header": header, "header_format": head} for header in headers]
    style = "Table Style Light 1"
    sheet.table(1, 1, bottom, len(headers), {"name": f"data_{part}", "style": style, "columns": columns})
    widths = [float(_WIDTHS[name]) for name in FIXED]
    widths += [10.0 if name == "number" else 24.0 for name in texts] + [15.0] * len(slots) + [22.0, 12.0, 8.0]
    sheet.widths(widths)
    sheet.height(1, 32)
    sheet.freeze(2, 4)
    print_as(sheet, paper=A3, repeat=(1, 1), header=report.title)


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


def _row(
    report: Report, sheet: Sheet, row: int, table: FormTable, form: Form, line: int, texts: list[str], slots: list[str]
) -> None:
    facts, styles = report.run.facts, report.book.styles
    plain = styles.get("plain")
    positions = {name: int(table.index[name][line]) if name in table.index else ABSENT for name in (*texts, *slots)}
    unit = next((str(facts.unit[p]) for s in slots if (p := positions[s]) != ABSENT and facts.unit[p]), form.unit or "")
    first = next(p for p in positions.values() if p != ABSENT)
    fixed = (
        report.voice.form(form.form),
        str(table.department[line]),
        str(table.record[line]),
        str(table.group[line]),
        str(table.component[line]),
        unit,
    )
    for column, text in enumerate(fixed, start=1):
        sheet.text(row, column, text, plain)
    for column, name in enumerate((*texts, *slots), start=len(fixed) + 1):
        position = positions[name]
        if position == ABSENT or facts.state[position] == BLANK:
            continue
        value = facts.value[position]
        if facts.state[position] == NUMBER and value is not None:
            sheet.number(row, column, value, plain)
        else:
            # One line a record: the line breaks of the form stay in facts.csv.
            sheet.text(row, column, " ".join(str(facts.raw[position]).split()), plain)
    ref = facts.ref(first)
    for column, text in enumerate((ref.file, ref.sheet, ref.a1 or ""), start=len(fixed) + len(positions) + 1):
        sheet.text(row, column, text, plain)

"""Which table stands where: the sheets of one workbook."""

from __future__ import annotations

from making.cover import cover_block
from making.grid import Block, Cell
from making.model import Owner, Return
from making.sheets import Sheet

from .layouts import Layout
from .table import table_block
from .terms import OF_A_PROJECT, TABLES

COVER_TITLE = "Places Fund: return for April to September 2024"
REQUEST = "Please fill in every sheet and send the workbook to the fund by 31 October 2024."


def lay_out(answer: Return, layout: Layout) -> list[Sheet]:
    """The sheets of a return: the cover, the programme's tables, a sheet for each project, the hidden lists."""
    sheets = [Sheet(layout.cover, [(cover_block(answer, COVER_TITLE, REQUEST), 1, 1)], table=False)]
    names = list(dict.fromkeys(table.sheet for table in TABLES.values() if table.sheet))
    for name in sorted(names, key=lambda n: any(t.hidden for t in TABLES.values() if t.sheet == n)):
        if any(table.hidden for table in TABLES.values() if table.sheet == name):
            continue
        sheets += _stacked(name, [form for form, table in TABLES.items() if table.sheet == name], answer, layout)
    projects = list(dict.fromkeys(record.group for record in answer.forms["spend"].records))
    for number, project in enumerate(projects, start=1):
        sheets.append(
            _project_sheet(layout.project_sheets.format(number=number, project=project), project, answer, layout)
        )
    for name in names:
        if any(table.hidden for table in TABLES.values() if table.sheet == name):
            for sheet in _stacked(
                name, [form for form, table in TABLES.items() if table.sheet == name], answer, layout
            ):
                sheet.hidden = True
                sheets.append(sheet)
    return sheets


def _stacked(name: str, forms: list[str], answer: Return, layout: Layout) -> list[Sheet]:
    row, column = layout.origin
    placed: list[tuple[Block, int, int]] = []
    for form in forms:
        if form in answer.forms:
            block = table_block(answer.forms[form], layout, answer.forms[form].records)
            placed.append((block, row, column))
            row += block.rows + 2
    return [Sheet(name, placed, table=False)] if placed else []


def _project_sheet(name: str, project: str, answer: Return, layout: Layout) -> Sheet:
    row, column = layout.origin
    head = Block(widths={1: 28, 2: 20})
    label = answer.forms["spend"].reworded.get("Project name", "Project name")
    told = answer.forms["spend"].groups.get(project, project)
    head.cells = [Cell(1, 1, label, "label"), Cell(1, 2, told or None, "entry", Owner("spend", project, "project"))]
    placed: list[tuple[Block, int, int]] = [(head, row, column)]
    row += 3
    for form in OF_A_PROJECT:
        if form in answer.forms:
            records = [record for record in answer.forms[form].records if record.group == project]
            block = table_block(answer.forms[form], layout, records, project)
            placed.append((block, row, column))
            row += block.rows + 2
    return Sheet(name, placed, table=False)

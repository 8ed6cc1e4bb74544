"""What is compared with: ``python -m benchmarks.performance.peers NAME FOLDER [OUT]``, each in a process of its own.

``floor``: python-calamine reads every cell, XlsxWriter (constant memory) writes the same cells, one below the other.
``floor-written``: the same, but what is written are the cells of the master of our last run, which it reads first;
``read-master`` is that reading alone, to be taken off.
``analyst``: what a competent analyst writes: ``pandas.read_excel`` with openpyxl, a pandera schema for every table,
``concat``, ``groupby`` and ``to_excel``. ``frictionless``: ``frictionless validate`` of every table, and nothing else.
``read-calamine``, ``read-openpyxl`` (values alone), ``read-openpyxl-whole`` (formulas and merged ranges as well, as we
tell them), ``read-ours``: reading alone. ``empty``: an empty program with typer's help.
``import-pandera``: ``import pandera.pandas``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

TITLE_ROWS = 2  # above the header of a sheet of the workloads
COVER = "表紙"


def books(folder: Path) -> list[Path]:
    return sorted((folder / "returns").iterdir())


def floor(folder: Path, out: Path) -> None:
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    book = xlsxwriter.Workbook(str(out), {"constant_memory": True})
    sheet = book.add_worksheet()
    row = 0
    for path in books(folder):
        read = CalamineWorkbook.from_path(str(path))
        for name in read.sheet_names:
            row = _write(sheet, row, read.get_sheet_by_name(name).to_python(skip_empty_area=False))
    book.close()


def floor_written(folder: Path, out: Path) -> None:
    import xlsxwriter

    read_calamine(folder, out)
    book = xlsxwriter.Workbook(str(out), {"constant_memory": True})
    for rows in _master(out):
        _write(book.add_worksheet(), 0, rows)
    book.close()


def read_master(_: Path, out: Path) -> None:
    for _rows in _master(out):
        pass


def _master(out: Path) -> Iterator[list[list[object]]]:
    """The cells of the master that our last run wrote beside ``out``, sheet by sheet."""
    from python_calamine import CalamineWorkbook

    read = CalamineWorkbook.from_path(str(out.parent / "out" / "master.xlsx"))
    for name in read.sheet_names:
        yield read.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _write(sheet: Any, row: int, rows: Iterable[Iterable[object]]) -> int:
    """Writes cells from a row on; the row that comes next."""
    for cells in rows:
        for column, value in enumerate(cells):
            if isinstance(value, str):
                if value:
                    sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, value)
        row += 1
    return row


def _frames(folder: Path) -> Iterator[tuple[str, str, object]]:
    import pandas as pd

    for path in books(folder):
        sheets = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
        department = sheets[COVER].iloc[1, 2]
        for name, raw in sheets.items():
            if name != COVER:
                table = raw.iloc[TITLE_ROWS + 1 :].copy()
                table.columns = raw.iloc[TITLE_ROWS]
                yield name, department, table


def analyst(folder: Path, out: Path) -> None:
    import pandas as pd
    import pandera.pandas as pa

    figures = ("第１四半期", "第２四半期", "第３四半期", "第４四半期", "年間計", "前年度", "増減")
    quarters = list(figures[:4])
    schema = pa.DataFrameSchema(
        {name: pa.Column(float, pa.Check.ge(0) if name != "増減" else None, coerce=True) for name in figures}
        | {"区分": pa.Column(str, pa.Check.isin(["継続", "新規", "拡充"]))}
        | {"事業名": pa.Column(str, pa.Check.str_length(1, 60))},
        checks=[
            pa.Check(lambda t: t[quarters].sum(axis=1) == t["年間計"], name="year"),
            pa.Check(lambda t: t["年間計"] - t["前年度"] == t["増減"], name="change"),
        ],
    )
    parts: dict[str, list[pd.DataFrame]] = {}
    for name, department, frame in _frames(folder):
        table = pd.DataFrame(frame)
        checked = schema.validate(table[table.iloc[:, 0] != "合計"], lazy=True)
        checked.insert(0, "部署", department)
        parts.setdefault(name, []).append(checked)
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for name, tables in parts.items():
            whole = pd.concat(tables)
            whole.to_excel(writer, sheet_name=name, index=False)
            whole.groupby("部署")[list(figures)].sum().to_excel(writer, sheet_name=f"{name}計")


def frictionless(folder: Path, _: Path) -> None:
    from frictionless import Dialect, Resource, Schema, fields, formats, validate

    def column(name: str, position: int) -> object:
        number = 4 <= position <= 11
        made = fields.NumberField(name=name) if number else fields.StringField(name=name)
        made.constraints = {"minimum": 0} if number and name != "増減" else {}
        return made

    from openpyxl import load_workbook

    for path in books(folder):
        names = load_workbook(path, read_only=True).sheetnames
        for name in names:
            if name == COVER:
                continue
            dialect = Dialect(header_rows=[TITLE_ROWS + 1])
            dialect.add_control(formats.ExcelControl(sheet=name))
            resource = Resource(path=str(path), dialect=dialect)
            labels = Resource(path=str(path), dialect=dialect).read_rows(size=1)[0].field_names
            resource.schema = Schema(fields=[column(label, number) for number, label in enumerate(labels)])
            validate(resource)


def read_calamine(folder: Path, _: Path) -> None:
    from python_calamine import CalamineWorkbook

    for path in books(folder):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def read_openpyxl(folder: Path, _: Path) -> None:
    from openpyxl import load_workbook

    for path in books(folder):
        book = load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            for _row in sheet.iter_rows(values_only=True):
                pass


def read_openpyxl_whole(folder: Path, _: Path) -> None:
    """What our reader tells: values, formulas and merged ranges, which openpyxl gives in two readings."""
    from openpyxl import load_workbook

    for path in books(folder):
        for data_only in (False, True):
            for sheet in load_workbook(path, data_only=data_only).worksheets:
                list(sheet.merged_cells.ranges)
                for _row in sheet.iter_rows(values_only=True):
                    pass


def read_ours(folder: Path, _: Path) -> None:
    from reconcile.package import open_workbook

    for path in books(folder):
        open_workbook(path)


def empty(_folder: Path, _out: Path) -> None:
    import typer

    app = typer.Typer()

    @app.command()
    def main() -> None:
        """Nothing."""

    @app.command()
    def other() -> None:
        """Nothing else."""

    sys.argv = ["empty", "--help"]
    app()


def import_pandera(_folder: Path, _out: Path) -> None:
    import pandera.pandas  # noqa: F401


PEERS: dict[str, Callable[[Path, Path], None]] = {
    "floor": floor,
    "floor-written": floor_written,
    "read-master": read_master,
    "analyst": analyst,
    "frictionless": frictionless,
    "read-calamine": read_calamine,
    "read-openpyxl": read_openpyxl,
    "read-openpyxl-whole": read_openpyxl_whole,
    "read-ours": read_ours,
    "empty": empty,
    "import-pandera": import_pandera,
}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))

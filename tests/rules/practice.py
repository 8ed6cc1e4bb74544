"""Writes the cases of a rule as workbooks, and sends them through the whole way.

The pack is the one in ``practice/``, with what the case declares put into its forms.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from xlsxwriter import Workbook

from reconcile.catalogue.cases import Cases, DrawnReturn, Outcome, cells
from reconcile.consolidate import Consolidated
from reconcile.package import Limits, open_workbook
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run
from tests.reliability.other_formats import as_ods

PRACTICE = Path(__file__).parent / "practice"
FIGURE = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
PASSWORD = "bousai"
# A file of more cells than this is over the limit in the cases; the drawn sheets stay far below.
CELLS = 400


def pack_of(cases: Cases, folder: Path) -> Pack:
    """The practice pack with what the cases declare."""
    yaml = YAML(typ="safe", pure=True)
    for path in PRACTICE.rglob("*.csv"):
        _write(folder / path.relative_to(PRACTICE), path.read_text(encoding="utf-8"))
    for name, text in cases.files.items():
        _write(folder / name, text)
    main = yaml.load((PRACTICE / "pack.yaml").read_text(encoding="utf-8"))
    main["forms"] = [f"forms/{form}.yaml" for form in cases.forms]
    _dump(folder / "pack.yaml", _merged(main, cases.pack))
    for form in ("cover", *cases.forms):
        tree = yaml.load((PRACTICE / "forms" / f"{form}.yaml").read_text(encoding="utf-8"))
        _dump(folder / "forms" / f"{form}.yaml", _merged(tree, cases.declares.get(form, {})))
    return load(str(folder))


def judged(pack: Pack, cases: Cases, outcome: Outcome, folder: Path) -> Consolidated:
    """The run over the returns of a case, after that over the earlier round where it has one."""
    case = cases.case(outcome)
    previous = None
    if case.earlier:
        previous = folder / "earlier-out"
        run(pack, [_written(pack, case.earlier, folder / "earlier")], previous, Options(jobs=1))
    returns = case.returns or [DrawnReturn(sheets={cases.sheet: case.sheet})]
    given = _written(pack, returns, folder / "returns")
    return run(
        pack,
        [given],
        None,
        Options(jobs=1, previous=previous, allow_code=case.allowed, limits=replace(Limits(), cells=CELLS)),
    )


def _written(pack: Pack, returns: Iterable[DrawnReturn], folder: Path) -> Path:
    folder.mkdir(parents=True)
    for drawn in returns:
        (folder / drawn.name).write_bytes(_bytes(pack, drawn, folder))
    return folder


def _bytes(pack: Pack, drawn: DrawnReturn, folder: Path) -> bytes:
    content = _workbook(pack, drawn)
    if drawn.made == "cut":
        return content[: len(content) // 2]
    if drawn.made == "locked":
        return _locked(content)
    if drawn.made == "ods":
        path = folder / "converted.xlsx"
        path.write_bytes(content)
        try:
            return as_ods(open_workbook(path, Limits()))
        finally:
            path.unlink()
    return content


def _workbook(pack: Pack, drawn: DrawnReturn) -> bytes:
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    commas = book.add_format({"num_format": "#,##0"})
    pages = {} if drawn.made == "list" else {pack.cover.name.ja: _cover(pack, drawn)}
    pages |= {name: cells(text) for name, text in drawn.sheets.items()}
    for name, rows in pages.items():
        page = book.add_worksheet(name)
        for row, line in enumerate(rows):
            for column, cell in enumerate(line):
                _put(page, row, column, cell.replace("\\n", "\n"), commas)
        for hidden in drawn.hidden:
            sheet, _, part = hidden.partition("!")
            if sheet != name:
                continue
            if not part:
                page.hide()
            elif part.isdigit():
                page.set_row(int(part) - 1, None, None, {"hidden": True})
            else:
                page.set_column(f"{part}:{part}", None, None, {"hidden": True})
        if drawn.made == "large" and name != pack.cover.name.ja:
            for row in range(CELLS):
                page.write_number(100 + row, 50, row)
    if drawn.made == "macros":
        book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0"), is_stream=True)
    book.close()
    return buffer.getvalue()


def _cover(pack: Pack, drawn: DrawnReturn) -> list[list[str]]:
    """The card of the cover; ``~`` leaves a line out."""
    values = {"提出部署": drawn.department, "提出日": "2023-01-20", **pack_words(pack), **drawn.cover}
    return [["提出票", ""], *([label, value] for label, value in values.items() if value != "~")]


def pack_words(pack: Pack) -> dict[str, str]:
    """What the cover must say, by its labels."""
    return {pack.cover.fields[field].all_columns()[0].text: said for field, said in pack.file.expect.items()}


def _put(page: Any, row: int, column: int, cell: str, commas: Any) -> None:
    formula, _, stored = cell.partition(" → ")
    if not cell:
        return
    if cell.startswith("#"):
        page.write_formula(row, column, "=NA()", None, cell)
    elif cell.startswith("="):
        page.write_formula(row, column, formula, None, int(stored) if stored else "")
    elif FIGURE.fullmatch(cell):
        page.write_number(row, column, float(cell.replace(",", "")), commas if "," in cell else None)
    else:
        page.write_string(row, column, cell)


def _locked(content: bytes) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(PASSWORD, locked)
    return locked.getvalue()


def _merged(tree: Any, more: Any) -> Any:
    """``more`` put into ``tree``: a mapping into a mapping, anything else in the place of what stood there."""
    if isinstance(tree, dict) and isinstance(more, dict):
        return {**tree, **{key: _merged(tree[key], value) if key in tree else value for key, value in more.items()}}
    return more


def _dump(path: Path, tree: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        YAML(typ="rt").dump(tree, file)  # keeps the order of keys


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

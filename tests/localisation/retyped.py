"""A copy of sample returns in which somebody typed something else into a few cells; everything else stays byte for byte."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from tests.pipeline.planted_faults import SAMPLES

Cells = Mapping[str, str]


def retyped(pack: str, folder: Path, changes: Mapping[tuple[str, str], Cells]) -> Path:
    """The returns of a pack with other contents by file and sheet: cell → figure as typed, text, or ``=formula → result``."""
    returns = folder / "returns"
    shutil.copytree(SAMPLES / pack / "returns", returns)
    for (file, sheet), cells in changes.items():
        _retype(returns / file, sheet, cells)
    return returns


def _retype(path: Path, sheet: str, cells: Cells) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = _part_of(parts, sheet)
    xml = parts[name].decode()
    for cell, typed in cells.items():
        # The cell with what it held, a formula included, keeps only its style.
        held = re.compile(rf'<c r="{cell}"([^>]*?)(?:/>|>.*?</c>)', re.DOTALL)
        xml, count = held.subn(partial(_cell, cell, typed), xml, count=1)
        assert count == 1, f"no cell {cell} in {path.name} {sheet}"
    parts[name] = xml.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)


def _cell(cell: str, typed: str, held: re.Match[str]) -> str:
    style = re.sub(r' t="\w+"', "", held[1])
    if not typed:
        return f'<c r="{cell}"{style}/>'
    if typed.startswith("="):
        formula, result = typed[1:].split(" → ")
        return f'<c r="{cell}"{style}><f>{escape(formula)}</f><v>{result}</v></c>'
    if re.fullmatch(r"-?\d+(\.\d+)?", typed):
        return f'<c r="{cell}"{style}><v>{typed}</v></c>'
    return f'<c r="{cell}"{style} t="inlineStr"><is><t>{escape(typed)}</t></is></c>'


def _part_of(parts: Mapping[str, bytes], sheet: str) -> str:
    book, links = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    found = re.search(rf'<sheet [^>]*name="{re.escape(escape(sheet))}"[^>]*r:id="(\w+)"', book)
    assert found is not None, f"no sheet {sheet}"
    link = re.search(rf'<Relationship [^>]*Id="{found[1]}"[^>]*?/>', links)
    assert link is not None
    target = re.search(r'Target="/?(?:xl/)?([^"]+)"', link[0])
    assert target is not None
    return f"xl/{target[1]}"

"""A workbook again as OpenDocument, with the values and without what calamine does not tell of them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from reconcile.package import Range, Sheet, Workbook
from tests.package.handmade_package import HEAD

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "table", "text", "manifest"))


def as_ods(workbook: Workbook) -> bytes:
    """The same sheets, cells and merged ranges; errors as LibreOffice writes them."""
    tables = "".join(map(_table, workbook.sheets))
    content = (
        f"{HEAD}<office:document-content {_SPACES}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    manifest = (
        f"{HEAD}<manifest:manifest {_SPACES}>"
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>'
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return output.getvalue()


def _table(sheet: Sheet) -> str:
    merged = {(each.top, each.left): each for each in sheet.merged}
    rows = []
    for row in range(1, max(sheet.row, default=0) + 1):
        last = max((c for r, c in zip(sheet.row, sheet.column, strict=True) if r == row), default=0)
        cells = (_cell(sheet, row, column, merged.get((row, column))) for column in range(1, last + 1))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def _cell(sheet: Sheet, row: int, column: int, merged: Range | None) -> str:
    spanned = ""
    if merged is not None:
        spanned = (
            f' table:number-columns-spanned="{merged.right - merged.left + 1}"'
            f' table:number-rows-spanned="{merged.bottom - merged.top + 1}"'
        )
    at = sheet.entry_at(row, column)
    if at < 0 or sheet.kind[at] == "":
        return f"<table:table-cell{spanned}/>"
    text = sheet.text[at]
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    if sheet.kind[at] == "n":
        return f'<table:table-cell{spanned} office:value-type="float" office:value="{text}">{shown}</table:table-cell>'
    return f'<table:table-cell{spanned} office:value-type="string">{shown}</table:table-cell>'

"""Packages written part by part, for what no library would write."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="0&quot;人&quot;"/></numFmts>'
    '<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="28"/></cellXfs>'
    '<dxfs count="1"><dxf><numFmt numFmtId="9" formatCode="wrong"/></dxf></dxfs>'
)


def sheet_xml(rows: str = "", *, before: str = "", after: str = "", space: str = MAIN) -> str:
    return f'{HEAD}<worksheet xmlns="{space}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings_xml(*items: str, space: str = MAIN) -> str:
    """`items` are the contents of `<si>`."""
    inner = "".join(f"<si>{item}</si>" for item in items)
    return f'{HEAD}<sst xmlns="{space}" count="999999999" uniqueCount="999999999">{inner}</sst>'


def parts(
    sheets: dict[str, str],
    *,
    strings: str | None = None,
    styles: str | None = STYLES,
    workbook_properties: str = "",
    states: dict[str, str] | None = None,
    strict: bool = False,
    absolute: bool = False,
) -> dict[str, str]:
    """All parts of a package with these worksheets, by name."""
    space, relations = (STRICT, STRICT_RELATIONSHIPS) if strict else (MAIN, RELATIONSHIPS)
    prefix = "/xl/" if absolute else ""
    entries, links = [], []
    found: dict[str, str] = {}
    for number, (name, xml) in enumerate(sheets.items(), start=1):
        state = f' state="{states[name]}"' if states and name in states else ""
        entries.append(f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>')
        links.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        found[f"xl/worksheets/sheet{number}.xml"] = xml
    if strings is not None:
        links.append(("rIdStrings", "sharedStrings", "sharedStrings.xml"))
        found["xl/sharedStrings.xml"] = strings
    if styles is not None:
        links.append(("rIdStyles", "styles", "styles.xml"))
        found["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{space}">{styles}</styleSheet>'
    relationships = "".join(
        f'<Relationship Id="{identity}" Type="{relations}/{kind}" Target="{prefix}{target}"/>'
        for identity, kind, target in links
    )
    root = f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="{prefix or "xl/"}workbook.xml"/>'
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{space}" xmlns:r="{relations}">{workbook_properties}'
        f"<sheets>{''.join(entries)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relationships}</Relationships>",
        **found,
    }


def zipped(members: dict[str, str] | dict[str, bytes] | dict[str, str | bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return output.getvalue()


def write_package(path: Path, rows: str = "", **options: object) -> Path:
    """A workbook of one sheet, `様式`; `before` and `after` go around its rows, the rest as in `parts`."""
    around = {name: str(options.pop(name)) for name in ("before", "after") if name in options}
    xml = sheet_xml(rows, space=STRICT if options.get("strict") else MAIN, **around)
    path.write_bytes(zipped(parts({"様式": xml}, **options)))  # type: ignore[arg-type]
    return path

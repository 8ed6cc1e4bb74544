"""A workbook of the samples again, as other programs would have written it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.package.handmade_package import MAIN, RELATIONSHIPS, STRICT, STRICT_RELATIONSHIPS
from tests.reliability.mutants import Members, members_of, packed

_TRANSITIONAL_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006"
_STRICT_TYPES = "http://purl.oclc.org/ooxml/officeDocument"
_RELS = "xl/_rels/workbook.xml.rels"
_WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def whole(members: Members) -> bytes:
    return packed(list(members.items()))


def parts_changed(data: bytes, wanted: str, change: Callable[[str], str]) -> bytes:
    """Every part whose name matches `wanted`, changed as a text."""
    members = members_of(data)
    found = [name for name in members if re.fullmatch(wanted, name)]
    assert found
    for name in found:
        members[name] = change(members[name].decode()).encode()
    return whole(members)


def sheets_changed(data: bytes, change: Callable[[str], str]) -> bytes:
    return parts_changed(data, r"xl/worksheets/sheet\d+\.xml", change)


def workbook_changed(data: bytes, change: Callable[[str], str]) -> bytes:
    return parts_changed(data, re.escape(_WORKBOOK), change)


def relations_changed(data: bytes, change: Callable[[str], str]) -> bytes:
    return parts_changed(data, re.escape(_RELS), change)


def of_type(data: bytes, kind: bytes, more: Members | None = None) -> bytes:
    """The main part said to be something else, and some more parts."""
    members = members_of(data)
    assert WORKBOOK_TYPE in members[TYPES]
    members[TYPES] = members[TYPES].replace(WORKBOOK_TYPE, kind)
    return whole({**members, **(more or {})})


def strict(data: bytes) -> bytes:
    """Excel's “Strict Open XML Spreadsheet”."""

    def change(text: str) -> str:
        text = text.replace(MAIN, STRICT).replace(RELATIONSHIPS, STRICT_RELATIONSHIPS)
        return text.replace(_TRANSITIONAL_TYPES, _STRICT_TYPES)

    return parts_changed(data, r"(?!\[).*\.(?:xml|rels)", change)


def with_prefix(data: bytes) -> bytes:
    """Every element with a prefix, as the Open XML SDK writes them."""

    def change(text: str) -> str:
        text = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        return re.sub(r"<(/?)([A-Za-z]+)(?=[\s>/])", r"<\1x:\2", text)

    return parts_changed(data, r"xl/(?:workbook|styles|sharedStrings|worksheets/sheet\d+)\.xml", change)


def in_utf16(data: bytes) -> bytes:
    members = members_of(data)
    for name, content in members.items():
        if name.endswith((".xml", ".rels")):
            declared = re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-16"?>', content.decode())
            members[name] = declared.encode("utf-16")
    return whole(members)


def with_inline_strings(data: bytes) -> bytes:
    """No shared strings at all, as streaming writers do."""
    members = members_of(data)
    items = re.findall(r"<si>(.*?)</si>", members.pop(_STRINGS).decode(), re.DOTALL)

    def change(text: str) -> str:
        return re.sub(
            r'<c r="([A-Z]+\d+)"((?: s="\d+")?) t="s"><v>(\d+)</v></c>',
            lambda cell: f'<c r="{cell[1]}"{cell[2]} t="inlineStr"><is>{items[int(cell[3])]}</is></c>',
            text,
        )

    members[_RELS] = re.sub(rb"<Relationship [^>]*sharedStrings[^>]*/>", b"", members[_RELS])
    return sheets_changed(whole(members), change)


def with_phonetics(data: bytes) -> bytes:
    """Every text in two runs with its reading behind it, as Excel writes what was typed in Japanese."""

    def change(text: str) -> str:
        return re.sub(
            r"<si><t[^>]*>([^<]+)</t></si>",
            lambda item: (
                (
                    f'<si><r><rPr><b/></rPr><t xml:space="preserve">{item[1][:1]}</t></r>'
                    f'<r><t xml:space="preserve">{item[1][1:]}</t></r>'
                    '<rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="1"/></si>'
                )
                if "&" not in item[1]
                else item[0]
            ),
            text,
        )

    return parts_changed(data, re.escape(_STRINGS), change)


def without_numbers(data: bytes) -> bytes:
    """Rows and cells without `r`: a row follows the other, and empty cells are written out."""

    def change(text: str) -> str:
        rows = dict(re.findall(r'(<row r="\d+"[^>]*>)(.*?)</row>', text, re.DOTALL))
        written, next_row = [], 1
        for head, content in rows.items():
            number = int(re.search(r'r="(\d+)"', head)[1])  # type: ignore[index]
            written += ["<row/>"] * (number - next_row)
            next_row, cells, next_column = number + 1, [], 1
            for letters, rest in re.findall(r'<c r="([A-Z]+)\d+"((?:[^>]*/>|.*?</c>))', content, re.DOTALL):
                column = 0
                for letter in letters:
                    column = column * 26 + ord(letter) - 64
                cells += ["<c/>"] * (column - next_column) + [f"<c{rest}"]
                next_column = column + 1
            written.append(f"<row>{''.join(cells)}</row>")
        return re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{''.join(written)}</sheetData>", text, flags=re.DOTALL)

    return sheets_changed(data, change)


def in_sections(data: bytes) -> bytes:
    """Texts as CDATA, comments and instructions between the rows, line ends of Windows."""

    def change(text: str) -> str:
        text = re.sub(r"<t([^>]*)>([^<&]+)</t>", r"<t\1><![CDATA[\2]]></t>", text)
        return text.replace("<sheetData>", "<sheetData><!-- a --><?b c?>\r\n")

    return parts_changed(data, r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml", change)


def absolute(data: bytes) -> bytes:
    """Targets from the root of the package, as Google Sheets and others write them, with another name of the main part."""
    members = members_of(data)
    members[_RELS] = re.sub(rb'Target="(?!/)', b'Target="/xl/', members[_RELS])
    members["_rels/.rels"] = members["_rels/.rels"].replace(b'Target="xl/workbook.xml"', b'Target="/xl/workbook22.xml"')
    members[TYPES] = members[TYPES].replace(b"/xl/workbook.xml", b"/xl/workbook22.xml")
    members["xl/workbook22.xml"] = members.pop(_WORKBOOK)
    members["xl/_rels/workbook22.xml.rels"] = members.pop(_RELS)
    return whole(members)


def with_backslashes(data: bytes) -> bytes:
    """Names of parts as some programs for Windows write them."""
    items = [(name.replace("/", "\\"), content) for name, content in members_of(data).items()]
    return packed(items)


def with_extras(data: bytes) -> bytes:
    """Extensions of other programs around and within the sheets: WPS Office, Excel's own, alternate content."""
    spaces = (
        'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    )
    extras = (
        '<mc:AlternateContent><mc:Choice Requires="x14"><mergeCells><mergeCell ref="A1:C9"/></mergeCells></mc:Choice>'
        "</mc:AlternateContent>"
        '<extLst><ext uri="{1}"><x14:conditionalFormattings><row r="1"><c r="A1"><v>9</v></c></row>'
        "</x14:conditionalFormattings></ext></extLst>"
    )

    def change(text: str) -> str:
        text = text.replace("<worksheet ", f"<worksheet {spaces}", 1)
        text = re.sub(r'(<c r="[A-Z]+\d+"(?: s="\d+")?)>', r'\1 etc:x="1">', text)
        return text.replace("</worksheet>", f"{extras}</worksheet>")

    return sheets_changed(data, change)


def merged_whole(data: bytes) -> bytes:
    def change(text: str) -> str:
        if "</mergeCells>" not in text:
            text = text.replace("</sheetData>", "</sheetData><mergeCells></mergeCells>")
        return text.replace("</mergeCells>", '<mergeCell ref="A1:XFD1048576"/></mergeCells>')

    return sheets_changed(data, change)


def with_cell_in_the_last_corner(data: bytes) -> bytes:
    corner = '<row r="1048576"><c r="XFD1048576" t="str"><v> </v></c></row>'
    return sheets_changed(data, lambda text: text.replace("</sheetData>", f"{corner}</sheetData>"))


def with_styled_rows(data: bytes) -> bytes:
    """Every row down to the last one with a format, as a click on the whole sheet leaves them."""

    def change(text: str) -> str:
        last = max(int(number) for number in re.findall(r'<row r="(\d+)"', text))
        rows = "".join(
            f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(last + 1, 1_048_577)
        )
        return text.replace("</sheetData>", f"{rows}</sheetData>")

    return parts_changed(data, r"xl/worksheets/sheet2\.xml", change)

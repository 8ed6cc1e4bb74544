"""Files made to do harm, each with the code it has to end in.

`python -m tests.reliability.attacks FOLDER` writes them. An expected code of "" is a file that is read, its text as text;
"LAY001" one that is read and in which no form is found.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reconcile.package import Limits
from tests.package.handmade_package import HEAD, MAIN, parts, sheet_xml, strings_xml, zipped

READ = ("LAY001", "no_form")
DATA = Path(__file__).resolve().parents[1] / "package" / "data"
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"


@dataclass(frozen=True)
class Attack:
    """`name` is the name of the file, `code` and `reason` what must come of it under `limits`."""

    name: str
    make: Callable[[], bytes]
    code: str
    reason: str
    limits: Limits = Limits()  # noqa: RUF009


def book(rows: str = CELL, **options: object) -> bytes:
    around = {name: str(options.pop(name)) for name in ("before", "after") if name in options}
    return zipped(parts({"様式": sheet_xml(rows, **around)}, **options))  # type: ignore[arg-type]


def with_part(name: str, content: str | bytes, rows: str = CELL, **options: object) -> bytes:
    members: dict[str, str | bytes] = dict(parts({"様式": sheet_xml(rows)}, **options))  # type: ignore[arg-type]
    return zipped({**members, name: content})


def many_sheets(count: int) -> bytes:
    return zipped(parts({f"s{number}": sheet_xml() for number in range(count)}))


def named_sheet(name: str) -> bytes:
    return zipped(parts({name: sheet_xml(CELL)}))


def shared(*items: str) -> bytes:
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(len(items)))
    return book(rows, strings=strings_xml(*items))


def overlapping() -> bytes:
    """Three thousand entries of the directory share one member of a megabyte (a bomb without a high ratio)."""
    data = bytearray(
        zipped({**parts({"様式": sheet_xml(CELL)}), "xl/media/a.bin": random.Random(1).randbytes(1 << 20)})
    )
    end = data.rindex(b"PK\x05\x06")
    start = data.rindex(b"PK\x01\x02", 0, end)
    entry = bytes(data[start:end])
    copies = b"".join(entry.replace(b"a.bin", f"{n:05}".encode()) for n in range(3000))
    tail = bytearray(data[end:])
    total, size = struct.unpack("<HI", tail[10:16])
    tail[8:16] = struct.pack("<HHI", total + 3000, total + 3000, size + len(copies))
    return bytes(data[:end] + copies + tail)


def encrypted_zip() -> bytes:
    data = bytearray(book())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def lzma() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_LZMA) as archive:
        for name, text in parts({"様式": sheet_xml(CELL)}).items():
            archive.writestr(name, text)
    return output.getvalue()


def twice() -> bytes:
    return zipped({**parts({"様式": sheet_xml(CELL)}), "XL/Worksheets/Sheet1.xml": sheet_xml()})


def lying_size() -> bytes:
    data = bytearray(book("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200))))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def checksum() -> bytes:
    data = bytearray(book())
    data[data.index(b"xl/worksheets/sheet1.xml") + 30] ^= 0xFF
    return bytes(data)


def relationship(target: str, mode: str = "") -> bytes:
    members = parts({"様式": sheet_xml(CELL)})
    part = "xl/_rels/workbook.xml.rels"
    members[part] = members[part].replace('Target="worksheets/sheet1.xml"', f'Target="{target}"{mode}')
    return zipped(members)


def doctype(part: str, declaration: str, reference: str = "") -> bytes:
    members = parts({"様式": sheet_xml(CELL)}, strings=strings_xml(f"<t>{reference}</t>"))
    members[part] = members[part].replace("?>\n", f"?>\n{declaration}", 1)
    return zipped(members)


def other_main(kind: str) -> bytes:
    members = parts({"様式": sheet_xml(CELL)})
    name = "[Content_Types].xml"
    start = members[name].index('workbook.xml" ContentType="') + len('workbook.xml" ContentType="')
    members[name] = members[name][:start] + kind + members[name][members[name].index('"', start) :]
    return zipped(members)


def macros() -> bytes:
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    with zipfile.ZipFile(io.BytesIO(other_main(kind))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**members, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})


def locked() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    output = io.BytesIO()
    # What does not pack: the library that encrypts here writes small streams of a container wrongly.
    OOXMLFile(io.BytesIO(with_part("docProps/thumbnail", random.Random(3).randbytes(9000)))).encrypt("ひみつ", output)
    return output.getvalue()


def slow_key() -> bytes:
    """Encrypted, with a key said to take ten times the usual rounds to derive."""
    data = locked()
    assert b'spinCount="100000"' in data
    return data.replace(b'spinCount="100000"', b'spinCount="999999"')


def endless_chain() -> bytes:
    """An OLE container whose table of sectors leads back to itself."""
    data = bytearray((DATA / "foreign.xls").read_bytes())
    sector = int.from_bytes(data[76:80], "little")
    start = 512 * (sector + 1)
    for entry in range(128):
        data[start + 4 * entry : start + 4 * entry + 4] = (entry ^ 1).to_bytes(4, "little")
    return bytes(data)


def huge_ods(count: int) -> bytes:
    """A few hundred bytes that say they are `count` rows of 16,384 cells."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    content = (
        f"{HEAD}<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="{count}">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return output.getvalue()


def row_of(row: int, value: str = "1") -> str:
    return f'<row r="{row}"><c r="A{row}"><v>{value}</v></c></row>'


def rows(count: int, cells: int = 1) -> Iterator[str]:
    letters = [chr(65 + n // 26 - 1) * (n >= 26) + chr(65 + n % 26) for n in range(cells)]
    for row in range(1, count + 1):
        yield f'<row r="{row}">' + "".join(f'<c r="{a}{row}"><v>1</v></c>' for a in letters) + "</row>"


def styled_rows() -> bytes:
    return book(
        "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(1, LAST_ROW + 1))
    )


def merges(count: int) -> bytes:
    inner = "".join(f'<mergeCell ref="A1:XFD{n}"/>' for n in range(1, count + 1))
    return book(after=f"<mergeCells>{inner}</mergeCells>")


def formulas() -> bytes:
    wicked = ("cmd|' /C calc'!A0", "HYPERLINK(&quot;http://x&quot;)", "WEBSERVICE(&quot;http://x&quot;)", "[1]a!A1")
    cells = "".join(f'<c r="{"ABCD"[n]}1" t="str"><f>{text}</f><v>=1+1</v></c>' for n, text in enumerate(wicked))
    return book(f'<row r="1">{cells}</row>')


LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE sst PUBLIC "x" "http://192.0.2.1/x.dtd">'
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FIL = "FIL001"

ATTACKS = [
    # what the bytes are
    Attack("空.xlsx", lambda: b"", FIL, "empty"),
    Attack("ゼロ.xlsx", lambda: bytes(70_000), FIL, "only_zeros"),
    Attack("カンマ.xls", lambda: "部署,件数\r\n教育,3\r\n".encode("cp932"), FIL, "csv_named_excel"),
    Attack("数式.xlsx", lambda: b"=cmd|' /C calc'!A0,1\r\n", FIL, "csv_named_excel"),
    Attack("ウェブ.xls", lambda: b"<html><script>alert(1)</script><table><tr><td>1", FIL, "html_named_excel"),
    Attack("保存.xls", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related", FIL, "html_named_excel"),
    Attack("2003.xls", lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', FIL, "xml_named_excel"),
    Attack("メモ.xlsx", "あとで送ります".encode, FIL, "text_named_excel"),
    Attack("~$部署.xlsx", lambda: b"\x06user" + b" " * 160, FIL, "lock_file"),
    Attack("リンク.xlsx", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(68), FIL, "shortcut"),
    Attack("印刷.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3", FIL, "not_a_workbook"),
    Attack("文書.xlsx", lambda: other_main(WORD), FIL, "not_a_workbook"),
    Attack("プログラム.xlsx", lambda: b"MZ\x90\x00" + bytes(600), FIL, "not_a_workbook"),
    Attack("まとめ.xlsx", lambda: zipped({"a.xlsx": book(), "b.xlsx": book()}), FIL, "not_a_workbook"),
    # the zip
    Attack("途中.xlsx", lambda: book()[:900], FIL, "truncated"),
    Attack("目次なし.xlsx", lambda: book().replace(b"PK\x01\x02", b"PK\x01\x00"), FIL, "damaged_zip"),
    Attack("検査合計.xlsx", checksum, FIL, "damaged_part"),
    Attack("大きさの嘘.xlsx", lying_size, FIL, "damaged_part"),
    Attack("暗号化zip.xlsx", encrypted_zip, FIL, "encrypted_zip"),
    Attack("lzma.xlsx", lzma, FIL, "compression"),
    Attack("二重の部品.xlsx", twice, FIL, "duplicate_part"),
    Attack("爆弾.xlsx", lambda: book(before=" " * 60_000_000), "FIL011", "ratio"),
    Attack("重なる爆弾.xlsx", overlapping, "FIL011", "unpacked_size"),
    Attack("部品の山.xlsx", lambda: zipped({f"a/{n}": "" for n in range(20_001)}), "FIL011", "members"),
    Attack("外への道.xlsx", lambda: with_part("../../../../etc/cron.d/x", "* * * * * root id"), *READ),
    Attack("絶対の道.xlsx", lambda: with_part("C:\\Windows\\x.dll", "MZ"), *READ),
    # the parts
    Attack("笑い.xlsx", lambda: doctype("xl/sharedStrings.xml", LAUGHS, "&j;"), FIL, "doctype"),
    Attack("読み出し.xlsx", lambda: doctype("xl/sharedStrings.xml", FILE_ENTITY, "&x;"), FIL, "doctype"),
    Attack("呼び出し.xlsx", lambda: doctype("xl/workbook.xml", REMOTE), FIL, "doctype"),
    Attack("外の部品.xlsx", lambda: relationship("../../../../../etc/passwd"), FIL, "missing_part"),
    Attack(
        "遠くの部品.xlsx", lambda: relationship("http://192.0.2.1/a.xml", ' TargetMode="External"'), FIL, "no_sheets"
    ),
    Attack("深い.xlsx", lambda: book(after="<x>" * 100_000 + "</x>" * 100_000), *READ),
    Attack("属性の山.xlsx", lambda: book(before="<x " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"), *READ),
    Attack(
        "utf7.xlsx", lambda: with_part("xl/workbook.xml", b'<?xml version="1.0" encoding="UTF-7"?><x/>'), FIL, "bad_xml"
    ),
    Attack("文字参照.xlsx", lambda: shared("<t>&#0;</t>"), FIL, "bad_xml"),
    # the cells
    Attack("番地.xlsx", lambda: book('<row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row>'), FIL, "bad_reference"),
    Attack("両端.xlsx", lambda: book(CELL + f'<row r="{LAST_ROW}"><c r="XFD{LAST_ROW}"><v>1</v></c></row>'), *READ),
    Attack(
        "件数の嘘.xlsx",
        lambda: with_part("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="4294967295"/>'),
        *READ,
    ),
    Attack("範囲の嘘.xlsx", lambda: book(before='<dimension ref="A1:XFD1048576"/>'), *READ),
    Attack(
        "文字列なし.xlsx",
        lambda: book('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>'),
        FIL,
        "bad_shared_string",
    ),
    Attack("書式なし.xlsx", lambda: book('<row r="1"><c r="A1" s="99999"><v>1</v></c></row>'), FIL, "bad_style"),
    Attack("二度.xlsx", lambda: book(row_of(1) + row_of(1, "2")), FIL, "duplicate_cell"),
    Attack("百万行.xlsx", styled_rows, *READ),
    Attack("全結合.xlsx", lambda: book(after=f'<mergeCells><mergeCell ref="A1:XFD{LAST_ROW}"/></mergeCells>'), *READ),
    Attack("結合の山.xlsx", lambda: merges(50_000), "FIL011", "cells"),
    Attack("重なる結合.xlsx", lambda: merges(2_000), *READ),
    Attack("シートの山.xlsx", lambda: many_sheets(501), "FIL011", "sheets"),
    Attack("セルの山.xlsx", lambda: book("".join(rows(4_010, 50))), "FIL011", "cells", Limits(cells=200_000)),
    Attack("大きな数.xlsx", lambda: book(row_of(1, "1e999999999") + row_of(2, "9" * 100_000)), *READ),
    Attack("長い文.xlsx", lambda: shared(f"<t>{'長い' * 100_000}</t>"), *READ),
    Attack("数式の罠.xlsx", formulas, *READ),
    Attack("制御文字.xlsx", lambda: shared("<t>_x001B_]0;x_x0007_</t>", "<t>_xD800_</t>", "<t>_xFFFF_</t>"), *READ),
    Attack(
        "厳格.xlsx",
        lambda: zipped(
            parts({"様式": sheet_xml(CELL, space="http://purl.oclc.org/ooxml/spreadsheetml/main")}, strict=True)
        ),
        *READ,
    ),
    # names of sheets
    Attack("名前1.xlsx", lambda: named_sheet("../../../etc/passwd"), *READ),
    Attack("名前2.xlsx", lambda: named_sheet("=cmd|&apos; /C calc&apos;!A0"), *READ),
    Attack("名前3.xlsx", lambda: named_sheet("_x001B_[2J\u202e\u200f"), *READ),
    Attack("名前4.xlsx", lambda: named_sheet("様" * 300), *READ),
    Attack("名前5.xlsx", lambda: named_sheet("CON"), *READ),
    # other formats and locks
    Attack("マクロ.xlsm", macros, *READ),
    Attack("鍵.xlsx", locked, "FIL002", "locked"),
    Attack("遅い鍵.xlsx", slow_key, "FIL011", "time", Limits(seconds=0.0)),
    Attack("終わらない.xls", endless_chain, FIL, "damaged_container"),
    Attack("広い.ods", lambda: huge_ods(1_500), "FIL011", ""),
    Attack("広すぎる.ods", lambda: huge_ods(LAST_ROW), FIL, "foreign_unreadable"),
]


def write_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for attack in ATTACKS:
        (folder / attack.name).write_bytes(attack.make())


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))

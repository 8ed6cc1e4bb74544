"""Workbooks of many kinds: what openpyxl and XlsxWriter can make, and what only stands in real files."""

from __future__ import annotations

import base64
import datetime
import io
import re
from collections.abc import Callable

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.package.handmade_package import (
    HEAD,
    MAIN,
    PACKAGE,
    RELATIONSHIPS,
    STRICT,
    STYLES,
    parts,
    sheet_xml,
    strings_xml,
    zipped,
)

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ROWS = (
    '<row r="2" spans="1:3" ht="30" customHeight="1"><c r="A2" s="1"><v>0.8</v></c><c r="C2" t="s"><v>0</v></c></row>'
    '<row r="4" s="2" customFormat="1"/>'
    '<row r="7"><c r="B7" s="3"><f>A2*2</f><v>1.6</v></c><c r="D7" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>'
)
STRINGS = strings_xml('<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="0"/>')


def rich() -> bytes:
    """Formats, merged cells, validations, conditional formats, comments, protection, local names, a table."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "様式 '1' & <2>"
    for row in range(1, 12):
        for column in range(1, 8):
            cell = sheet.cell(row, column, row * column if column > 1 else f"項目{row}")
            cell.number_format = "#,##0"
            cell.border = Border(left=Side("thin"), bottom=Side("double"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=column < 3)
    for cell in sheet[1]:
        cell.font = Font(name="メイリオ", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E79")
    sheet["H3"] = "=SUM(B3:G3)"
    sheet.merge_cells("B5:D6")
    sheet.column_dimensions["E"].width = 30
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[4].height = 60
    sheet["B2"].comment = Comment("課内の覚え書き\n二行目", "田中")
    sheet["C9"].comment = Comment("別の覚え書き", "鈴木")
    validation = DataValidation("list", formula1='"○,×"', allow_blank=True)
    validation.add("G2:G11")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add(
        "B2:G11", ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="FF0000")
    )
    sheet.conditional_formatting.add("B2:G11", FormulaRule(["B2>50"], fill=PatternFill(bgColor="FFFF00")))
    sheet.protection.sheet = True
    sheet.protection.password = "secret"
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:H11"
    sheet.freeze_panes = "B2"
    sheet.oddHeader.center.text = "&D"
    other = book.create_sheet("表")
    for row in (("番号", "名称"), ("1", "甲"), ("2", "乙")):
        other.append(row)
    other.add_table(Table(displayName="Table1", ref="A1:B3"))
    other.defined_names["局所"] = DefinedName("局所", attr_text="表!$A$1:$B$3")
    other.print_title_rows = "1:2"
    hidden = book.create_sheet("リスト")
    hidden.sheet_state = "veryHidden"
    book.defined_names["全体"] = DefinedName("全体", attr_text="表!$B$2")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=5))
    book.create_chartsheet("グラフ").add_chart(chart)
    book.active = 1
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def written(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    fill(book)
    book.close()
    return output.getvalue()


def drawn() -> bytes:
    """Charts, images in cells and in headers, sparklines, bars of the newer kind, validations, notes, a text box."""

    def fill(book: xlsxwriter.Workbook) -> None:
        bold = book.add_format({"bold": True, "bg_color": "#FFEE00", "num_format": "0.0%"})
        sheet = book.add_worksheet("図")
        sheet.write_row("A1", ["月", 4, 5, 6])
        sheet.write_row("A2", ["件数", 10, 20, 30], bold)
        sheet.write_formula("E2", "=SUM(B2:D2)", bold, 60)
        sheet.write_rich_string("A3", "一部 ", bold, "太字", " です")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=図!$B$2:$D$2", "categories": "=図!$B$1:$D$1"})
        sheet.insert_chart("G2", chart)
        sheet.insert_image("G20", "pixel.png", {"image_data": io.BytesIO(PIXEL)})
        sheet.set_header("&C&G", {"image_center": "pixel.png", "image_data_center": io.BytesIO(PIXEL)})
        sheet.add_sparkline("F2", {"range": "図!B2:D2"})
        sheet.conditional_format("B2:D2", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
        sheet.data_validation("B1:D1", {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 12})
        sheet.write_comment("B2", "前からある注記", {"author": "課長"})
        sheet.insert_textbox("A10", "説明")
        sheet.insert_button("A15", {"macro": "押す", "caption": "押す"})
        sheet.autofilter("A1:D2")
        sheet.repeat_rows(0)
        sheet.set_landscape()
        plain = book.add_worksheet("別")
        plain.write("A1", 1)
        plain.activate()
        plain.select()
        sheet.select()
        book.define_name("別!局所", "=別!$A$1")

    return written(fill)


def macros() -> bytes:
    """An .xlsm with a project of macros (any bytes will do here)."""

    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0 stub of a project"), is_stream=True)
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet("様式")
        sheet.set_vba_name("Sheet1")
        sheet.write("B2", "値")
        sheet.insert_button("D4", {"macro": "計算", "caption": "計算"})

    return written(fill)


_TYPES = {"sharedStrings": "sharedStrings", "styles": "styles", "worksheets/sheet": "worksheet", "comments": "comments"}


def typed(found: dict[str, str | bytes]) -> bytes:
    """The package, with the content types that programs other than ours ask for."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        f'{kind}+xml"/>'
        for name in found
        for part, kind in _TYPES.items()
        if name.startswith(f"xl/{part}")
    )
    types = str(found["[Content_Types].xml"]).replace("</Types>", overrides + "</Types>")
    return zipped({**found, "[Content_Types].xml": types})


def handmade(**options: object) -> bytes:
    sheets = {"様式": sheet_xml(ROWS), "二": sheet_xml()}
    return typed(dict(parts(sheets, strings=STRINGS, **options)))  # type: ignore[arg-type]


def without_styles() -> bytes:
    rows = re.sub(' s="[0-9]"( customFormat="1")?', "", ROWS)
    return typed(dict(parts({"様式": sheet_xml(rows)}, strings=STRINGS, styles=None)))


def strict() -> bytes:
    sheets = {"様式": sheet_xml(ROWS, space=STRICT)}
    return typed(dict(parts(sheets, strings=strings_xml("<t>東京</t>", space=STRICT), strict=True, absolute=True)))


def prefixed() -> bytes:
    """Every element of the main namespace with a prefix, single quotes, comments of XML, attributes on lines."""
    found: dict[str, str | bytes] = dict(parts({"様式": ""}, strings=STRINGS))
    found["xl/worksheets/sheet1.xml"] = (
        f"<?xml version='1.0'?><!-- a > b --><x:worksheet xmlns:x='{MAIN}' xmlns:y='urn:other'><x:sheetData>"
        "<x:row r='2'\n ><x:c r='A2'\n s='1' ><x:v>1</x:v></x:c  ><y:d r='B2'/><?keep me?></x:row>"
        "<!-- between --><x:row r='5' y:note='a>b'><x:c r='A5' t='inlineStr'><x:is><x:t>a&gt;b</x:t></x:is></x:c>"
        "</x:row></x:sheetData><x:pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/>"
        "<x:extLst/></x:worksheet>"
    )
    found["xl/styles.xml"] = (
        f"<s:styleSheet xmlns:s='{MAIN}'><s:cellXfs count='2'><s:xf numFmtId='0'/><s:xf numFmtId='9'>"
        "<s:alignment horizontal='right'/></s:xf></s:cellXfs><s:cellStyles/></s:styleSheet>"
    )
    return typed(found)


def utf16() -> bytes:
    """Parts in UTF-16, as some programs write them."""
    found: dict[str, str | bytes] = dict(parts({"様式": sheet_xml(ROWS)}, strings=STRINGS))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        text = str(found[name]).replace('encoding="UTF-8"', 'encoding="UTF-16"')
        found[name] = text.encode("utf-16")
    return typed(found)


def marked_with_bom() -> bytes:
    found: dict[str, str | bytes] = dict(parts({"様式": sheet_xml(ROWS)}, strings=STRINGS))
    for name in [name for name in found if name.startswith("xl/")]:
        found[name] = str(found[name]).encode("utf-8-sig")
    return typed(found)


def without_references() -> bytes:
    """Rows and cells that do not say where they are."""
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row r='5'><c r='C5'><v>3</v></c><c><v>4</v></c></row>"
    return typed(dict(parts({"様式": sheet_xml(rows)}, styles=None)))


_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\n'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/>'
    '</o:shapelayout><v:shape id="_x0000_s3073" type="#_x0000_t201"><v:textbox>二行<br>で書く</v:textbox>'
    '<x:ClientData ObjectType="Drop"><x:Anchor>1,0,1,0,2,0,2,0</x:Anchor></x:ClientData></v:shape></xml>\n'
)


def as_excel_leaves_it() -> bytes:
    """Form controls in alternate content, a drawing of them that is no XML, newer validations and formats, printer
    settings, a conversation, a sensitivity label, custom data, a chain of calculation, a stale view of pages."""
    control = (
        '<legacyDrawing r:id="rId2"/><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        'markup-compatibility/2006"><mc:Choice Requires="x14"><controls><control shapeId="3073" r:id="rId3" '
        'name="Drop Down 1"/></controls></mc:Choice></mc:AlternateContent>'
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/'
        'spreadsheetml/2009/9/main"><x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/'
        '2006/main"><x14:dataValidation type="list"><x14:formula1><xm:f>二!$A$1:$A$3</xm:f></x14:formula1>'
        "<xm:sqref>C2</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    before = (
        '<sheetPr codeName="Sheet1"/><sheetViews><sheetView view="pageBreakPreview" tabSelected="1" '
        'workbookViewId="0"/></sheetViews><cols><col min="2" max="3" width="20" style="2"/></cols>'
    )
    rows = ROWS.replace('<row r="4" s="2" customFormat="1"/>', "")
    setup = '<pageSetup paperSize="9" r:id="rId1"/>'
    first = sheet_xml(rows, before=before, after=setup + control).replace(
        "<worksheet ", f'<worksheet xmlns:r="{RELATIONSHIPS}" ', 1
    )
    views = '<bookViews><workbookView activeTab="1" firstSheet="1"/></bookViews>'
    found: dict[str, str | bytes] = dict(
        parts(
            {"様式": first, "二": sheet_xml("<row r='1'><c r='A1'><v>5</v></c></row>")},
            strings=STRINGS,
            workbook_properties=views,
        )
    )
    workbook = str(found["xl/workbook.xml"])
    found["xl/workbook.xml"] = workbook.replace(
        "</sheets>",
        "</sheets><externalReferences/><definedNames><definedName name='_xlnm.Print_Area' localSheetId='1'>"
        "二!$A$1</definedName><definedName name='どこでも'>様式!$A$2</definedName></definedNames><calcPr calcId='1'/>",
    )
    kind = f"{RELATIONSHIPS}/"
    found["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
        f'<Relationship Id="rId2" Type="{kind}vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
        f'<Relationship Id="rId3" Type="{kind}ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/>'
        f'<Relationship Id="rId4" Type="{kind}comments" Target="../comments1.xml"/>'
        '<Relationship Id="rId5" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    found["xl/comments1.xml"] = (
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author><author>係</author></authors><commentList>'
        '<comment ref="A2" authorId="0" shapeId="0"><text><t>[Threaded comment]</t></text></comment>'
        '<comment ref="C2" authorId="1" shapeId="0"><text><r><t>太</t></r><r><t>字</t></r>'
        '<rPh sb="0" eb="1"><t>フト</t></rPh><phoneticPr fontId="0"/></text></comment>'
        '<comment ref="B7" authorId="1"><text/></comment></commentList></comments>'
    )
    found |= {
        "xl/drawings/vmlDrawing1.vml": _VML,
        "xl/ctrlProps/ctrlProp1.xml": '<formControlPr objectType="Drop"/>',
        "xl/threadedComments/threadedComment1.xml": "<ThreadedComments/>",
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="B7" i="1"/></calcChain>',
        "docMetadata/LabelInfo.xml": '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabel'
        'Metadata"/>',
        "customXml/item1.xml": "<a/>",
        "docProps/app.xml": "<Properties/>",
    }
    types = str(found["[Content_Types].xml"])
    found["[Content_Types].xml"] = types.replace(
        "<Override",
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="a/b"/><Override',
        1,
    )
    return typed(found)


def chart_selected() -> bytes:
    """Opens on a sheet that is a chart."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["月", "件数"])
    sheet.append(["4月", 3])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    book.create_chartsheet("グラフ").add_chart(chart)
    book.active = 1
    sheet.sheet_view.tabSelected = False
    return _saved(book)


_TABLES = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def pivoted() -> bytes:
    """Pivot tables and their caches, links to other workbooks, shared and array formulas, several views of one
    workbook, a structure that is locked, a history of signatures of macros."""
    views = (
        '<customSheetViews><customSheetView guid="{11111111-1111-1111-1111-111111111111}" state="hidden">'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></customSheetView>'
        "</customSheetViews>"
    )
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="A3"><f>[1]外!$A$1</f><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>6</v></c>'
        '<c r="C3" cm="1"><f t="array" ref="C3:C4">A1:A2*2</f><v>2</v></c></row>'
        '<row r="4"><c r="C4"><v>4</v></c></row>'
    )
    found: dict[str, str | bytes] = dict(
        parts(
            {"様式": sheet_xml(rows, after=views), "集計": sheet_xml("<row r='1'><c r='A1'><v>3</v></c></row>")},
            strings=STRINGS,
            workbook_properties='<fileSharing readOnlyRecommended="1"/><workbookPr codeName="ThisWorkbook"/>'
            '<workbookProtection workbookAlgorithmName="SHA-512" workbookHashValue="AA==" workbookSaltValue="AA==" '
            'workbookSpinCount="100000" lockStructure="1"/>'
            '<bookViews><workbookView activeTab="1"/><workbookView firstSheet="1" activeTab="1"/></bookViews>',
        )
    )
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace(
        "</sheets>",
        '</sheets><functionGroups builtInGroupCount="19"/><externalReferences><externalReference r:id="rIdOut"/>'
        "</externalReferences><definedNames><definedName name='_xlnm._FilterDatabase' localSheetId='0' hidden='1'>"
        "様式!$A$1:$B$3</definedName><definedName name='外' >[1]外!$A$1</definedName></definedNames>"
        "<calcPr calcId='191029' iterate='1'/><customWorkbookViews><customWorkbookView name='課' guid='{11111111-1111-1111-"
        "1111-111111111111}' windowWidth='1' windowHeight='1' activeSheetId='2'/></customWorkbookViews>"
        '<pivotCaches><pivotCache cacheId="1" r:id="rIdCache"/></pivotCaches>',
    )
    kind = f"{RELATIONSHIPS}/"
    found["xl/_rels/workbook.xml.rels"] = str(found["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="rIdOut" Type="{kind}externalLink" Target="externalLinks/externalLink1.xml"/>'
        f'<Relationship Id="rIdCache" Type="{kind}pivotCacheDefinition" Target="pivotCache/pivotCacheDefinition1.xml"/>'
        f'<Relationship Id="rIdMeta" Type="{kind}sheetMetadata" Target="metadata.xml"/>'
        '<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/></Relationships>',
    )
    found |= {
        "xl/worksheets/_rels/sheet2.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{kind}pivotTable" Target="../pivotTables/pivotTable1.xml"/></Relationships>',
        "xl/pivotTables/pivotTable1.xml": f'<pivotTableDefinition xmlns="{MAIN}" name="集計" cacheId="1" '
        'dataCaption="値"><location ref="A1:A2" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>'
        "</pivotTableDefinition>",
        "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}" recordCount="0"><cacheSource '
        'type="worksheet"><worksheetSource ref="A1:B3" sheet="様式"/></cacheSource><cacheFields count="0"/>'
        "</pivotCacheDefinition>",
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><externalBook '
        'r:id="rId1"><sheetNames><sheetName val="外"/></sheetNames></externalBook></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}externalLinkPath" Target="other.xlsx" TargetMode="External"/>'
        "</Relationships>",
        "xl/metadata.xml": f'<metadata xmlns="{MAIN}"/>',
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 a project",
        "xl/vbaProjectSignature.bin": b"a signature",
        "xl/_rels/vbaProject.bin.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature" '
        'Target="vbaProjectSignature.bin"/></Relationships>',
    }
    types = str(found["[Content_Types].xml"]).replace(
        "<Override",
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/xl/pivotTables/pivotTable1.xml" ContentType="{_TABLES}pivotTable+xml"/>'
        f'<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" ContentType="{_TABLES}pivotCacheDefinition+xml"/>'
        f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{_TABLES}externalLink+xml"/>'
        f'<Override PartName="/xl/metadata.xml" ContentType="{_TABLES}sheetMetadata+xml"/><Override',
        1,
    )
    found["[Content_Types].xml"] = types
    return typed(found)


def as_google_leaves_it() -> bytes:
    """No rows or views to speak of, a drawing part for every sheet, formats told one by one, sheets without order."""
    rows = (
        '<row r="1" ht="15.75" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/></row>'
        '<row r="2" ht="15.75" customHeight="1"><c r="A2" s="1"><f t="shared" ref="A2:A3" si="1">ROW()</f><v>2.0</v></c>'
        '</row><row r="3"><c r="A3" s="1"><f t="shared" si="1">ROW()</f><v>3.0</v></c></row>'
    )
    before = (
        '<sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/>'
        '</sheetViews><sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>'
        '<cols><col customWidth="1" min="1" max="1" width="30.0"/></cols>'
    )
    sheet = sheet_xml(rows, before=before, after='<drawing r:id="rId1"/>')
    sheet = sheet.replace("<worksheet ", f'<worksheet xmlns:r="{RELATIONSHIPS}" xmlns:mx="urn:mac" ', 1)
    found: dict[str, str | bytes] = dict(
        parts({"シート1": sheet}, strings=STRINGS, states={"シート1": "visible"}, workbook_properties="<workbookPr/>")
    )
    found["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    found["xl/drawings/drawing1.xml"] = f'{HEAD}<xdr:wsDr xmlns:xdr="{drawing}"/>'
    found["[Content_Types].xml"] = str(found["[Content_Types].xml"]).replace(
        "<Override",
        '<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'drawing+xml"/><Override',
        1,
    )
    return typed(found)


def as_wps_leaves_it() -> bytes:
    """Elements and attributes of another maker's own, in sheets, workbook and styles."""
    own = "http://www.wps.cn/officeDocument/2017/etCustomData"
    ext = f'<extLst><ext uri="{{EEA}}" xmlns:etc="{own}"><etc:sheetCustomData><etc:x a="1"/></etc:sheetCustomData></ext></extLst>'
    rows = '<row r="1" customHeight="1" spans="1:2" ht="20"><c r="A1" s="3"><v>5</v></c></row>'
    sheet = sheet_xml(rows, before='<sheetPr/><dimension ref="A1"/>', after='<pageMargins left="0.7" right="0.7" top="1" '
                      'bottom="1" header="0.5" footer="0.5"/><headerFooter/>' + ext)  # fmt: skip
    found: dict[str, str | bytes] = dict(
        parts(
            {"Sheet1": sheet, "Sheet2": sheet_xml()},
            styles='<numFmts count="0"/><fonts count="1"><font><sz val="11"/><color theme="1"/><name val="宋体"/>'
            '<charset val="134"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="4"><xf/><xf applyAlignment="1"><alignment/></xf><xf fontId="0" xfId="0"/>'
            '<xf numFmtId="49" applyProtection="1"><alignment/><protection hidden="1"/></xf></cellXfs>'
            f'<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles><tableStyles count="0"/>{ext}',
            workbook_properties='<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/><workbookPr/>'
            '<bookViews><workbookView windowWidth="1" windowHeight="1"/></bookViews>',
        )
    )
    return typed(found)


def with_many_sheets(count: int = 255) -> bytes:
    """As many sheets as a form of many projects has, the first of them hidden and protected, each with titles of its own
    to print; a sheet with a slicer, ink, a timeline and a web extension, which no library models."""
    names = [f"事業{number}" for number in range(1, count + 1)]
    locked = '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0"/>'
    sheets = {name: sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>') for name in names}
    sheets[names[0]] = sheet_xml(ROWS, after=locked)
    views = f'<bookViews><workbookView firstSheet="1" activeTab="{count - 1}"/></bookViews>'
    found: dict[str, str | bytes] = dict(
        parts(sheets, strings=STRINGS, states={names[0]: "hidden"}, workbook_properties=views)
    )
    titles = "".join(
        f"<definedName name='_xlnm.Print_Titles' localSheetId='{number}'>{name}!$1:$1</definedName>"
        for number, name in enumerate(names)
    )
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace(
        "</sheets>", f"</sheets><definedNames>{titles}</definedNames>"
    )
    office = "http://schemas.microsoft.com/office/"
    found["xl/worksheets/_rels/sheet2.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{office}2007/relationships/slicer" Target="../slicers/slicer1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}2011/relationships/timeline" Target="../timelines/timeline1.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONSHIPS}/customXml" Target="../ink/ink1.xml"/></Relationships>'
    )
    found |= {
        "xl/slicers/slicer1.xml": f'<slicers xmlns="{office}spreadsheetml/2009/9/main"/>',
        "xl/timelines/timeline1.xml": f'<timelines xmlns="{office}spreadsheetml/2010/11/main"/>',
        "xl/ink/ink1.xml": '<ink xmlns="http://www.w3.org/2003/InkML"/>',
        "xl/webextensions/webextension1.xml": "<we/>",
        "docProps/app.xml": "<Properties><TitlesOfParts/></Properties>",
    }
    found["[Content_Types].xml"] = str(found["[Content_Types].xml"]).replace(
        "<Override", '<Default Extension="xml" ContentType="application/xml"/><Override', 1
    )
    return typed(found)


CORPUS: dict[str, Callable[[], bytes]] = {
    "rich": rich,
    "drawn": drawn,
    "macros": macros,
    "handmade": handmade,
    "no styles": without_styles,
    "few styles": lambda: handmade(styles=STYLES),
    "strict": strict,
    "prefixed": prefixed,
    "utf16": utf16,
    "bom": marked_with_bom,
    "without references": without_references,
    "as Excel leaves it": as_excel_leaves_it,
    "pivoted": pivoted,
    "as Google leaves it": as_google_leaves_it,
    "as WPS leaves it": as_wps_leaves_it,
    "chart selected": chart_selected,
    "many sheets": with_many_sheets,
}

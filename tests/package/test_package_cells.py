"""What a stored cell means."""

from __future__ import annotations

import pytest
from handmade_package import parts, sheet_xml, strings_xml, zipped

from reconcile.package import Formula, Range


def only(workbook):
    return workbook.sheets[0]


def test_numbers_keep_their_own_text(read, cells):
    rows = '<row r="1"><c r="A1"><v>0.1</v></c><c r="B1" s="1"><v>1.0E+2</v></c><c r="C1"><v>68.09999999999999</v></c></row>'
    assert cells(only(read(rows))) == {
        (1, 1): ("n", "0.1", 0),
        (1, 2): ("n", "1.0E+2", 1),
        (1, 3): ("n", "68.09999999999999", 0),
    }


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ('<c r="A1" t="n"><v> 5\n</v></c>', "n", "5"),
        ('<c r="A1" t="str"><v> a </v></c>', "s", " a "),
        ('<c r="A1" t="str"><v>a_x000D_b</v></c>', "s", "a\rb"),
        ('<c r="A1" t="inlineStr"><is><t>集計中</t></is></c>', "s", "集計中"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>集</t></r><r><t>計</t></r><rPh sb="0" eb="1"><t>シュウ</t></rPh></is></c>',
            "s",
            "集計",
        ),
        ('<c r="A1" t="b"><v>1</v></c>', "b", "TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', "b", "FALSE"),
        ('<c r="A1" t="b"><v>false</v></c>', "b", "FALSE"),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', "e", "#SPILL!"),
        ('<c r="A1" t="d"><v>2024-03-31T00:00:00</v></c>', "d", "2024-03-31T00:00:00"),
        ('<c r="A1" t="str"><v>&lt;&amp;&#x4E00;&#12354;&quot;</v></c>', "s", '<&一あ"'),
        ('<c r="A1" t="str"><v>a<![CDATA[<b>]]>c</v></c>', "s", "a<b>c"),
        ('<c r="A1" t="str"><!-- note --><v>a<!-- note -->b</v></c>', "s", "ab"),
        ('<c r="A1" t="str"><v>a\r\nb\rc</v></c>', "s", "a\nb\nc"),
        ('<c t="str" r="A1"><v>order</v></c>', "s", "order"),
        ("<c r='A1' t='str'><v>quotes</v></c>", "s", "quotes"),
        ('<c r="A1" cm="1" vm="2"><v>7</v></c>', "n", "7"),
        ('<c r="A1"><v>7</v><extLst><ext uri="x"><v>8</v></ext></extLst></c>', "n", "7"),
    ],
)
def test_a_cell(read, cells, cell, kind, text):
    assert cells(only(read(f'<row r="1">{cell}</row>'))) == {(1, 1): (kind, text, 0)}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="1"/>',
        '<c r="A1" s="1"></c>',
        '<c r="A1"><v/></c>',
        '<c r="A1" t="s"><v></v></c>',
        '<c r="A1" t="str"><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t/></is></c>',
        '<c r="A1" t="inlineStr"/>',
    ],
)
def test_an_empty_cell_leaves_no_entry(read, cell):
    assert len(only(read(f'<row r="1">{cell}</row>'))) == 0


def test_shared_strings(read):
    strings = strings_xml(
        "<t>一</t>",
        "<r><rPr><b/></rPr><t>太</t></r><r><t xml:space='preserve'> 字</t></r>",
        "<t>世田谷</t><rPh sb='0' eb='3'><t>セタガヤ</t></rPh><phoneticPr fontId='1'/>",
        "<t>_x005F_x000D_ _x000a_ _xD842__xDFB7_ _xD842_ _x12_</t>",
        "<t>a&amp;b</t>",
        "",
    )
    rows = "".join(f'<c r="A{row}" t="s"><v>{row - 1}</v></c>' for row in range(1, 7))
    texts = only(read(f"<row>{rows}</row>", strings=strings)).text
    assert texts == ["一", "太 字", "世田谷", "_x000D_ \n 𠮷 \ufffd _x12_", "a&b"]


def test_positions_may_be_left_out(read, cells):
    rows = (
        '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row>'
        "<row/><row><c/><c><v>4</v></c></row>"
        '<row r="9"><c><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    assert list(cells(only(read(rows)))) == [(1, 1), (1, 4), (1, 5), (3, 2), (9, 1), (10, 1)]


def test_entries_come_in_reading_order(read):
    rows = (
        '<row r="3"><c r="A3"><f>B1</f><v>1</v></c></row>'
        '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><f>A3</f><v>3</v></c></row>'
    )
    sheet = only(read(rows))
    assert (sheet.row, sheet.column, sheet.text) == ([1, 1, 3], [1, 2, 1], ["3", "2", "1"])
    assert {entry: formula.text for entry, formula in sheet.formulas.items()} == {0: "A3", 2: "B1"}


def test_formulas(read, cells):
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>5</v></c><c r="B1"><f>1&lt;2</f></c>'
        '<c r="C1"><f>B1</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>NA()</f><v>#N/A</v></c>'
        '<c r="F1"><f t="array" ref="F1:G1">B1:C1</f><v>1</v></c><c r="G1"><v>1</v></c></row>'
    )
    sheet = only(read(rows))
    assert cells(sheet) == {
        (1, 1): ("n", "5", 0),
        (1, 2): ("", "", 0),
        (1, 3): ("", "", 0),
        (1, 4): ("s", "", 0),
        (1, 5): ("e", "#N/A", 0),
        (1, 6): ("n", "1", 0),
        (1, 7): ("n", "1", 0),
    }
    assert list(sheet.formulas.values()) == [
        Formula("SUM(B1:C1)", True, False),
        Formula("1<2", False, False),
        Formula("B1", False, False),
        Formula('""', True, False),
        Formula("NA()", True, False),
        Formula("B1:C1", True, False),
    ]


def test_shared_formulas_count_and_inherit_the_link(read):
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">[1]様式!B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="B2"><f t="shared" ref="B2:B3" si="1">A2</f></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="1"/><v>0</v></c></row>'
    )
    assert list(only(read(rows)).formulas.values()) == [
        Formula("[1]様式!B1", True, True, "0"),
        Formula("", True, True, "0"),
        Formula("A2", False, False, "1"),
        Formula("", True, False, "1"),
    ]


@pytest.mark.parametrize(
    ("formula", "external"),
    [
        ("[1]Sheet1!A1", True),
        ("'[12]様式 1'!$A$1+1", True),
        ("SUM(1,[2]集計!A1:B2)", True),
        ("[1]!名前", True),
        ("'C:\\共有\\[集計.xlsx]様式'!A1", True),
        ("[集計.xlsx]様式!A1", True),
        ("[0]!名前", False),
        ("Sheet1!A1", False),
        ("Table1[列]", False),
        ("Table1[[#This Row],[1]]*Sheet1!A1", False),
        ('"[1]Sheet1!A1"&B1', False),
        ("'it''s'!A1+Table1[a]", False),
        ("A1", False),
    ],
)
def test_links_to_other_workbooks(read, formula, external):
    text = formula.replace("&", "&amp;")
    sheet = only(read(f'<row r="1"><c r="A1"><f>{text}</f><v>1</v></c></row>'))
    assert sheet.formulas[0] == Formula(formula, True, external)


def test_merged_ranges(read):
    after = '<mergeCells count="9"><mergeCell ref="A1:B2"/><mergeCell ref="XFD1048576:C3"/><mergeCell ref="E:F"/></mergeCells>'
    sheet = only(read("", after=after))
    assert sheet.merged == [Range(1, 1, 2, 2), Range(3, 3, 1048576, 16384), Range(1, 5, 1048576, 6)]


def test_hidden_rows_and_columns(read):
    before = (
        '<dimension ref="A1"/><cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0"/>'
        '<col min="6" max="6" width="8"/><col min="20" max="16384" hidden="true"/></cols>'
    )
    rows = '<row r="1" hidden="1"/><row r="2"/><row r="3" ht="0" customHeight="1"/><row hidden="true"/><row r="9" hidden="0"/>'
    sheet = only(read(rows, before=before))
    assert sheet.hidden_rows == {1, 3, 4}
    assert {2, 3, 5, 20, 16384} <= sheet.hidden_columns
    assert 6 not in sheet.hidden_columns
    assert len(sheet.hidden_columns) == 3 + 16384 - 19
    assert sheet.hidden_rows.spans == [(1, 1), (3, 4)]


def test_a_lying_dimension_is_not_believed(read):
    assert len(only(read('<row r="7"><c r="C7"><v>1</v></c></row>', before='<dimension ref="A1:A1"/>'))) == 1


def test_entry_at(read):
    sheet = only(read('<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>'))
    assert [sheet.entry_at(2, column) for column in range(1, 6)] == [-1, 0, -1, 1, -1]
    assert sheet.entry_at(1, 2) == -1


def test_a_style_whose_table_is_lost_may_be_any(read, cells):
    rows = '<row r="1"><c r="A1" s="7"><v>0.8</v></c><c r="B1" s="0"><v>1</v></c><c r="C1"><v>2</v></c></row>'
    workbook = read(rows, styles=None)
    assert workbook.number_formats == ["General", ""]
    assert cells(only(workbook)) == {(1, 1): ("n", "0.8", 1), (1, 2): ("n", "1", 0), (1, 3): ("n", "2", 0)}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1"><f>B1</f><f>C1</f><v>2</v></c>',
        '<c r="A1" t="inlineStr"><is><t>a</t></is><is><t>b</t></is></c>',
        '<c r="A1"><v/><v>2</v></c>',
    ],
)
def test_a_cell_with_two_values(refusal, cell):
    """Which one counts nobody knows; none is taken in silence."""
    refused = refusal(zipped(parts({"様式": sheet_xml(f'<row r="1">{cell}</row>')})))
    assert (refused.reason, refused.data) == ("duplicate_cell", {"sheet": "様式", "row": 1, "column": 1})


@pytest.mark.parametrize("again", ["", "<!-- to the parser -->"])
def test_a_boolean_that_is_none_is_a_text(read, cells, again):
    values = ("1", "true", "TRUE", "0", "FALSE", "2", "いいえ")
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="b"><v>{value}</v></c></row>' for n, value in enumerate(values, 1))
    found = [cell[:2] for cell in cells(only(read(rows + again))).values()]
    assert found == [*[("b", "TRUE")] * 3, *[("b", "FALSE")] * 2, ("s", "2"), ("s", "いいえ")]

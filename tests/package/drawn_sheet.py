"""Rows of a sheet part as text: what programs write, and what none should."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import strategies as st

REFERENCES = st.builds(
    "{}{}".format,
    st.sampled_from(["A", "B", "C", "Z", "AA", "XFD", "XFE", "ZZZ", "AAAA", "a", ""]),
    st.sampled_from(["1", "2", "3", "4", "5", "10", "1048576", "1048577", "0", "01", "x", ""]),
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        "",
        ' s="1"',
        ' s="3"',
        ' s="4"',
        ' s="01"',
        ' s=""',
        ' s="99999999999"',
        ' s="1" cm="1"',
        ' x:s="1"',
        ' s="1" s="2"',
        " s='1'",
    ]
)
TYPES = st.sampled_from(
    [
        "",
        "",
        ' t="n"',
        ' t="s"',
        ' t="s"',
        ' t="str"',
        ' t="b"',
        ' t="e"',
        ' t="d"',
        ' t="inlineStr"',
        ' t="x"',
        ' t=""',
    ]
)
TEXTS = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "3",
        "9",
        "12.5",
        "-1E+3",
        "007",
        " 5 ",
        "a b",
        " a",
        "a\n",
        "集計中",
        "&amp;&lt;",
        "&#x4E00;",
        "&#13;",
        "&#0;",
        "&nbsp;",
        "_x000D_",
        "_x005F_x000D_",
        "_xD83D_",
        "]]>",
        "<![CDATA[1]]>",
        "<!-- c -->1",
        "<?pi?>",
        "\ufffe",
        "\x01",
        "\r\n",
        "",
        "#N/A",
        "true",
        "[1]様式!A1",
        "&",
        ">",
        "<v>1</v>",
    ]
)
VALUES = st.one_of(
    st.builds("<v>{}</v>".format, TEXTS),
    st.builds('<v xml:space="preserve">{}</v>'.format, TEXTS),
    st.sampled_from(["", "<v/>", "<v />", "<v></v>"]),
)
FORMULAS = st.one_of(
    st.just(""),
    st.just(""),
    st.builds("<f>{}</f>".format, TEXTS),
    st.builds('<f t="shared" si="{}" ref="A1:A2">{}</f>'.format, st.sampled_from("01"), TEXTS),
    st.sampled_from(
        ['<f t="shared" si="0"/>', '<f aca="false">1</f>', "<f/>", '<f ca="1" ca="1">1</f>', '<f xmlns="urn:x">1</f>']
    ),
)
INLINES = st.one_of(
    st.builds("<is><t>{}</t></is>".format, TEXTS),
    st.builds("<is><r><t>{}</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is>".format, TEXTS),
    st.just("<is/>"),
)
CELLS = st.one_of(
    st.builds('<c r="{}"{}{}>{}{}</c>'.format, REFERENCES, ATTRIBUTES, TYPES, FORMULAS, VALUES),
    st.builds('<c r="{}"{}{}>{}</c>'.format, REFERENCES, ATTRIBUTES, TYPES, INLINES),
    st.builds('<c r="{}"{}{}/>'.format, REFERENCES, ATTRIBUTES, TYPES),
    st.builds("<c{}{}>{}</c>".format, ATTRIBUTES, TYPES, VALUES),
    st.sampled_from(
        ["\n", " ", "x", "</row><row>", "<!-- c -->", '<y:c xmlns:y="urn:y"/>', "<extLst/>", '<c r="B9"/></row>']
    ),
)
ROWS = st.one_of(
    st.builds(
        '<row r="{}"{}>{}</row>'.format,
        st.sampled_from(["1", "2", "3", "4", "1048576", "1048577", "0", "01", ""]),
        st.sampled_from(
            [
                "",
                "",
                ' spans="1:3"',
                ' hidden="1"',
                ' ht="0"',
                ' hidden="true" ht="15"',
                ' x14ac:dyDescent="0.2"',
                ' r="2"',
                ' a=">"',
                ' hidden="&#49;"',
                " hidden='1'",
                ' xmlns="urn:x"',
            ]
        ),
        st.lists(CELLS, max_size=4).map("".join),
    ),
    st.sampled_from(
        ['<row r="7"/>', '<row r="8" hidden="1"/>', "<row/>", "\r\n", "<!-- <row> -->", "</sheetData><sheetData>"]
    ),
)
AROUND = st.sampled_from(
    [
        ("", ""),
        ('<cols><col min="2" max="3" hidden="1"/></cols>', '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'),
        ('<cols><col min="2" max="3" hidden="1"/></cols>', '<mergeCells><mergeCell ref="A1:AAAA2"/></mergeCells>'),
        ('<cols><col min="0" max="3" hidden="1"/></cols>', ""),
        ("", '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1:D2"/></mergeCells>'),
        ("<!-- a -->", ""),
        ("", "<!-- b --><x"),
        ("", "<sheetData></sheetData>"),
    ]
)

# Text that no parser is needed for, and cells behind their reference.
PLAIN_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1
)
ESCAPED = PLAIN_TEXT.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
PLAIN_CELLS = st.one_of(
    st.builds('{}"><v>{}</v></c>'.format, st.just(""), st.floats(allow_nan=False, allow_infinity=False).map(repr)),
    st.builds('" s="{}" t="s"><v>{}</v></c>'.format, st.integers(0, 3), st.integers(0, 3)),
    st.builds('" t="str"><f>{}</f><v>{}</v></c>'.format, ESCAPED, ESCAPED),
    st.builds('" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'.format, ESCAPED),
    st.builds('" s="2"><f>{}</f><v>{}</v></c>'.format, ESCAPED, st.integers()),
    st.sampled_from(
        [
            '" s="1"/>',
            '" s="1" t="n" />',
            '"><f>A1</f><v/></c>',
            '" t="b"><v>0</v></c>',
            '" t="e"><v>#REF!</v></c>',
            '"><f t="shared" si="0"/><v>1</v></c>',
            '" t="e" vm="1"><v>#VALUE!</v></c>',
        ]
    ),
)
ROW_ATTRIBUTES = st.sampled_from(["", ' spans="1:9" ht="15.75" customHeight="1" x14ac:dyDescent="0.25"', ' hidden="1"'])


def mutants(text: str, seed: int, count: int) -> Iterator[bytes]:
    chance = random.Random(seed)
    tokens = [
        "<",
        ">",
        "/",
        '"',
        "&",
        "&amp;",
        "<v>",
        "</v>",
        "</c>",
        "</row>",
        '<c r="A1">',
        "<!--",
        "-->",
        "]]>",
        " ",
        "\n",
        "\r",
        "0",
        "s=",
        't="s"',
        "é",
        "\x02",
    ]
    for _ in range(count):
        data = list(text)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            at = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[at : at + chance.choice((0, 0, 1, 3))] = chance.choice(tokens)
            elif chance.random() < 0.5:
                del data[at : at + chance.randrange(1, 12)]
            else:
                end = min(len(data), at + chance.randrange(1, 40))
                data[at:at] = data[at:end]
        raw = bytearray("".join(data).encode())
        if chance.random() < 0.1:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        yield bytes(raw)

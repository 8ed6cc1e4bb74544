"""What is struck out: whole cells by their style, and characters of a text."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from reconcile.package import Limits, Workbook, open_bytes


def read(*, strike: bool, in_text: bool) -> Workbook:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"italic": True})
    sheet = book.add_worksheet("様式1")
    sheet.write(0, 0, 400, struck if strike else plain)
    sheet.write_rich_string(1, 0, struck if in_text else plain, "400", plain, "450件")
    sheet.write_string(2, 0, "残す", plain)
    book.close()
    return open_bytes(stream.getvalue(), "a.xlsx", Limits())


@pytest.mark.parametrize("strike", [True, False])
@pytest.mark.parametrize("in_text", [True, False])
def test_struck_cells_and_characters(strike: bool, in_text: bool) -> None:
    book = read(strike=strike, in_text=in_text)
    (sheet,) = book.sheets
    assert [style in book.struck_styles for style in sheet.style] == [strike, False, False]
    assert list(sheet.text) == ["400", "400450件", "残す"]
    assert book.struck_texts == ({"400450件"} if in_text else set())

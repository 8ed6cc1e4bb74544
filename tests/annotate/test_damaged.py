"""Workbooks with damaged parts: marked so that they read the same, or refused; nothing else comes of them."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from reconcile.annotate import CannotMark, Mark, mark
from reconcile.package import Refused, Workbook, open_workbook
from tests.annotate.corpus import CORPUS
from tests.annotate.test_marking import listing
from tests.annotate.unmarking import members
from tests.package.handmade_package import zipped

NUMBERS = (b"", b"-1", b"99999999999", b"x", b"0", b"1.5", b"7")


def damaged(original: bytes, chance: random.Random) -> bytes:
    found = members(original)
    names = [name for name in found if name.endswith((".xml", ".rels", ".vml")) and found[name]]
    name = chance.choice(names)
    content = bytearray(found[name])
    at = chance.randrange(len(content))
    kind = chance.randrange(4)
    if kind == 0:
        content[at] = chance.randrange(32, 127)
    elif kind == 1:
        content[at:at] = content[at : at + chance.randint(1, 60)]
    elif kind == 2 and (tags := list(re.finditer(rb"<[^>]*>", content))):
        tag = chance.choice(tags)
        del content[tag.start() : tag.end()]
    elif figures := list(re.finditer(rb'"([0-9]+)"', content)):
        figure = chance.choice(figures)
        content[figure.start(1) : figure.end(1)] = chance.choice(NUMBERS)
    return zipped({**found, name: bytes(content)})


def said(book: Workbook) -> list[tuple[object, ...]]:
    return [(sheet.name, sheet.row, sheet.column, sheet.kind, sheet.text) for sheet in book.sheets]


@pytest.mark.parametrize("name", CORPUS)
def test_a_damaged_workbook_reads_the_same_or_is_refused(name: str, tmp_path: Path) -> None:
    chance, original, path = random.Random(name), CORPUS[name](), tmp_path / "book.xlsx"
    marked = 0
    for _ in range(60):
        path.write_bytes(content := damaged(original, chance))
        try:
            book = open_workbook(path)
        except Refused:
            continue
        places = [(1, 1), (3, 2), (60, 12)]
        marks = [Mark(sheet.name, *place, "error", "注") for sheet in book.sheets for place in places]
        try:
            path.write_bytes(mark(content, marks, listing(marks)))
        except CannotMark:
            continue
        assert said(open_workbook(path))[1:] == said(book)
        marked += 1
    assert marked

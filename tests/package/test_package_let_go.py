"""What was read of a part goes with the last who needs it; nothing waits for somebody to look for cycles."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from handmade_package import sheet_xml, strings_xml

from reconcile.annotate.elements import walk
from reconcile.package import Limits, Refused, strings, worksheet_reading
from reconcile.package.grid import Grid
from reconcile.package.limits import Meter
from reconcile.package.plain_text import NotPlain

PLAIN = '<row r="1"><c r="A1"><v>1</v></c></row>'
BROKEN = '<row r="1"><c r="A1"><v>1</w></c></row>'
COMMENTED = f"<!-- -->{PLAIN}"


@pytest.fixture
def left_over() -> Iterator[Callable[[], int]]:
    """How many objects only a search for cycles finds."""
    gc.collect()
    gc.disable()
    yield gc.collect
    gc.enable()


def once(xml: str) -> Iterator[bytes]:
    yield xml.encode()


@pytest.mark.parametrize("reading", [worksheet_reading.read_in_bulk, worksheet_reading.read_by_parser])
@pytest.mark.parametrize("rows", [PLAIN, BROKEN, COMMENTED])
def test_of_a_sheet_nothing_is_left_over(left_over, reading, rows):
    with suppress(NotPlain, Refused):
        reading(once(sheet_xml(rows)), "part", Grid("様式", "visible", strings.StringTable([]), 1, Meter(Limits())))
    assert left_over() == 0


@pytest.mark.parametrize("reading", [strings.read_in_bulk, strings.read_by_parser])
@pytest.mark.parametrize("item", ["<t>部署</t>", "<r><t>部</t></r>", "<t>部署</u>"])
def test_of_shared_strings_nothing_is_left_over(left_over, reading, item):
    with suppress(NotPlain, Refused):
        reading(once(strings_xml(item)), "part", Meter(Limits()))
    assert left_over() == 0


def test_of_a_part_gone_through_for_marks_nothing_is_left_over(left_over):
    walk("part", sheet_xml(PLAIN).encode(), lambda *_: None, lambda *_: None)
    assert left_over() == 0

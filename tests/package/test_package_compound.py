"""OLE containers whose tables lead nowhere are refused before a library follows them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from reconcile.package import Refused
from reconcile.package.compound import check_container

XLS = (Path(__file__).parent / "data" / "foreign.xls").read_bytes()
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def container(
    *sectors: list[int], tables: tuple[int, ...] = (0,), shift: int = 9, mini: int = END, more: int = END, **counts: int
) -> bytes:
    """A container of these sectors of numbers, `tables` being those that the header names as tables."""
    size = 1 << shift
    header = struct.pack("<8s16xHHHHH", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, shift, 6)
    of_tables, of_mini = counts.get("of_tables", len(tables)), counts.get("of_mini", int(mini != END))
    header += struct.pack("<6xII12x", 0, of_tables)
    header += struct.pack("<IIII", mini, of_mini, more, counts.get("of_more", int(more != END)))
    header += struct.pack("<109I", *tables, *[FREE] * (109 - len(tables)))
    body = b"".join(struct.pack(f"<{len(each)}I", *each) + b"\xff" * (size - 4 * len(each)) for each in sectors)
    return header.ljust(size, b"\0") + body


def reason(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        check_container(data)
    assert caught.value.code == "FIL001"
    return caught.value.reason


def test_chains_that_end_are_followed_to_their_ends():
    check_container(XLS)
    check_container(container([TABLE, 2, 3, END], [], [], []))
    check_container(container([TABLE, 2, 3, END], [], [], [], shift=12))
    check_container(container([TABLE, END], [], mini=1))


def test_a_last_sector_that_ends_early():
    check_container(container([TABLE, 2, END], [], [])[:-300])


@pytest.mark.parametrize("table", [[TABLE, 1], [TABLE, 2, 1], [TABLE, END, 3, 4, 2]])
def test_a_chain_that_leads_back_to_itself(table):
    assert reason(container(table, *[[]] * 4)) == "damaged_container"


def test_small_streams_that_lead_back_to_themselves():
    check_container(container([TABLE, 2, END], [1, END], [129, END], mini=1))
    assert reason(container([TABLE, END], [1, 0], mini=1)) == "damaged_container"
    assert reason(container([TABLE, 2, END], [], [129, 128], mini=1)) == "damaged_container"


def test_tables_named_outside_the_header():
    more = [0, *[FREE] * 126, END]
    check_container(container([TABLE, END, 0xFFFFFFFC], [], more, tables=(), more=2, of_tables=1))
    back = [*[FREE] * 127, 2]
    assert reason(container([TABLE, END], [], back, more=2)) == "damaged_container"
    # Some programs leave a number where there is no such table.
    check_container(container([TABLE, END], [], more=0, of_more=0))


@pytest.mark.parametrize("which", ["of_tables", "of_mini", "of_more"])
def test_more_tables_than_the_file_has_room_for(which):
    assert reason(container([TABLE, END], [], **{which: 0xFFFFFFFF})) == "truncated"


def test_a_table_behind_the_end_of_the_file():
    assert reason(container([TABLE, END], [], tables=(9,))) == "truncated"


def test_no_more_of_the_tables_than_there_are_sectors():
    """A table of its own for each sector would be as large as the memory."""
    check_container(container([TABLE, TABLE, END], [1, 1, 1], [], tables=(0, 1)))


def test_a_header_that_is_none():
    assert reason(XLS[:100]) == "truncated"
    assert reason(container([TABLE], shift=13)) == "damaged_container"

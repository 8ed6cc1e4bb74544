"""A short member unpacked at once is what the stream of it gives, and refused where that refuses it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.package.archive import SHORT_MEMBER, Archive
from reconcile.package.limits import Limits, Meter
from reconcile.package.refusal import Refused

TEXT = "様式１ 年間の計画".encode() * 40
PACKED = {"a.xml": TEXT, "empty.xml": b"", "様式.xml": TEXT, "long.xml": TEXT * (SHORT_MEMBER // len(TEXT) + 1)}


def made(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED, *, streamed: bool = False) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file if not streamed else Unseekable(file), "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


class Unseekable(io.RawIOBase):
    """Sizes stand behind the data where the writer cannot go back."""

    def __init__(self, file: io.BytesIO) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self._file.write(data)

    def flush(self) -> None:
        pass


def read(data: bytes) -> list[object]:
    try:
        archive = Archive(data, Meter(Limits()))
    except Refused as refusal:
        return [refusal.reason]
    said: list[object] = []
    for name in archive.names:
        try:
            said.append(archive.read(name))
        except Refused as refusal:
            said.append((refusal.reason, refusal.data))
    return said


def by_stream(data: bytes) -> list[object]:
    with patch.object(Archive, "_short", lambda *_: None):
        return read(data)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("streamed", [False, True])
def test_members_are_read_whole(packing: int, streamed: bool) -> None:
    data = made(PACKED, packing, streamed=streamed)
    assert read(data) == by_stream(data) == list(PACKED.values())


def test_a_short_member_needs_no_stream() -> None:
    data = made({"a.xml": TEXT})
    with patch.object(zipfile.ZipFile, "open", side_effect=AssertionError):
        assert read(data) == [TEXT]


def changed(place: int, value: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:place] + bytes([value]) + data[place + 1 :]


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=3),
    st.tuples(st.integers(0, 10**6), st.sampled_from([0, 0, 1, 2, 40, 10**6])),
)
def test_damaged_bytes_are_read_or_refused_alike(
    packing: int, streamed: bool, changes: list[tuple[int, int]], cut: tuple[int, int]
) -> None:
    """Headers, data, directory: whichever byte is another, or missing."""
    data = made({"a.xml": TEXT, "b.xml": TEXT[:50]}, packing, streamed=streamed)
    for place, value in changes:
        data = changed(place % len(data), value)(data)
    begin, many = cut[0] % len(data), cut[1]
    data = data[:begin] + data[begin + many :]
    assert read(data) == by_stream(data)

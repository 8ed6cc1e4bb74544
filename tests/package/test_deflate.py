"""What one library packs the other unpacks, and either will do."""

import importlib
import random
import sys
import zlib
from collections.abc import Iterator

import pytest

from reconcile.package import deflate

PARTS = [b"", b"a", b"<c r='A1'><v>12</v></c>" * 20_000, random.Random(1).randbytes(100_000)]


@pytest.fixture(params=["as installed", "without ISA-L"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        if request.param == "without ISA-L":
            patched.setitem(sys.modules, "isal", None)
        importlib.reload(deflate)
        yield
    importlib.reload(deflate)


def test_isa_l_is_installed_here() -> None:
    assert deflate.library.__name__.endswith("isal_zlib")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("part", PARTS, ids=["nothing", "one byte", "cells", "noise"])
def test_any_program_unpacks_what_is_packed(part: bytes) -> None:
    packing = deflate.packer()
    packed = b"".join(packing.compress(part[at : at + 30_000]) for at in range(0, len(part), 30_000)) + packing.flush()
    assert zlib.decompress(packed, -zlib.MAX_WBITS) == part


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("part", PARTS, ids=["nothing", "one byte", "cells", "noise"])
def test_what_zlib_packed_is_unpacked(part: bytes) -> None:
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    assert deflate.unpacker().decompress(packing.compress(part) + packing.flush()) == part


@pytest.mark.usefixtures("library")
def test_bytes_that_nothing_packed_are_damaged() -> None:
    with pytest.raises(deflate.Damaged):
        deflate.unpacker().decompress(b"\xff" * 100)

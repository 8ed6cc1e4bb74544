"""What happens in the child process, looked at from within."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import olefile
import pytest

from reconcile.package import Limits, Refused, child
from reconcile.package.calamine import entry, read_with_calamine
from reconcile.package.unlock import decrypt_xls

DATA = Path(__file__).parent / "data"
LIMITS = Limits()
XLS = (DATA / "foreign.xls").read_bytes()


def answer(data: bytes, kind: str = "ole", limits: Limits = LIMITS) -> tuple[str, dict[str, object]]:
    mark, content = child._answer(data, kind, limits, ())
    assert mark == b"R"
    refusal = json.loads(content)
    return refusal["reason"], refusal["data"]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(sheets=1), "sheets"), (Limits(cells=1), "cells"), (Limits(cells=7), "cells"), (Limits(cells=0), "cells")],
)
def test_limits_of_other_formats(limits, reason):
    with pytest.raises(Refused) as caught:
        read_with_calamine(XLS, "xls", limits)
    assert caught.value.reason == reason


def test_a_password_that_only_the_library_notices(monkeypatch):
    import python_calamine

    def failing(_):
        raise python_calamine.PasswordError("locked")

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", SimpleNamespace(from_filelike=failing))
    with pytest.raises(Refused) as caught:
        read_with_calamine(b"", "xlsb", Limits())
    assert caught.value.reason == "locked"


def test_a_workbook_of_charts_alone(monkeypatch):
    import python_calamine

    book = SimpleNamespace(sheets_metadata=[])
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", SimpleNamespace(from_filelike=lambda _: book))
    with pytest.raises(Refused) as caught:
        read_with_calamine(b"", "xlsb", Limits())
    assert caught.value.reason == "no_sheets"


def test_a_value_of_a_kind_nobody_knows():
    with pytest.raises(Refused) as caught:
        entry(object())
    assert (caught.value.reason, caught.value.data) == ("foreign_unreadable", {"detail": "object"})


@pytest.mark.parametrize(
    ("error", "reason"),
    [(MemoryError(), "memory"), (ValueError("x"), "foreign_unreadable"), (SystemExit(), "foreign_crashed")],
)
def test_whatever_the_library_raises_is_an_answer(monkeypatch, error, reason):
    def failing(*_):
        raise error

    monkeypatch.setattr(child, "read_with_calamine", failing)
    assert answer(b"", "ods")[0] == reason


class Container(SimpleNamespace):
    """An OLE container of these streams."""

    def listdir(self):
        return [[name] for name in self.streams]

    def openstream(self, name):
        if self.streams[name] is None:
            raise OSError("incomplete")
        return io.BytesIO(self.streams[name])

    def get_size(self, _):
        return 3


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        ({"EncryptedPackage": b"xyz"}, "rights_managed"),
        ({"\tDRMContent": b"xyz"}, "rights_managed"),
        ({"EncryptedPackage": b"x", "EncryptionInfo": b""}, "truncated"),
        ({"EncryptedPackage": None, "EncryptionInfo": b""}, "truncated"),
        ({"Workbook": b"x"}, "truncated"),
        ({"VisioDocument": b"xyz"}, "not_a_workbook"),
    ],
)
def test_what_an_ole_container_holds(monkeypatch, streams, reason):
    monkeypatch.setattr(olefile, "OleFileIO", lambda _: Container(streams=streams))
    assert answer(b"")[0] == reason


def test_what_the_library_does_not_know_as_xls_is_left_to_the_reader():
    assert decrypt_xls(b"no container at all", (), 1.0) == b"no container at all"


def test_limits_that_a_system_does_not_have(monkeypatch):
    resource = pytest.importorskip("resource")
    asked = []

    def refusing(which, _):
        asked.append(which)
        raise ValueError("not allowed to exceed maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refusing)
    child._restrict(Limits())
    assert len(asked) == 3

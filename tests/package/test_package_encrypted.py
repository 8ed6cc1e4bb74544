"""Locked files of every kind open with their password, and are told apart from broken ones without it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from encrypting import standard, xls_cryptoapi, xls_rc4
from handmade_package import parts, sheet_xml, zipped
from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from reconcile.inputs import passwords_for
from reconcile.package import Limits, Refused, open_workbook, unlock

DATA = Path(__file__).parent / "data"
XLS = (DATA / "foreign.xls").read_bytes()
# Padded with what does not pack: the library that encrypts here writes small streams of a container wrongly.
BOOK = zipped(
    {
        **parts({"様式": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')}),
        "docProps/thumbnail": random.Random(3).randbytes(9000),
    }
)
EXCELS_OWN = "VelvetSweatshop"


def agile(package: bytes, password: str) -> bytes:
    output = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(password, output)
    return output.getvalue()


KINDS: dict[str, tuple[Callable[[bytes, str], bytes], bytes, str]] = {
    "agile": (agile, BOOK, "xlsx"),
    "standard": (standard, BOOK, "xlsx"),
    "xls-rc4": (xls_rc4, XLS, "xls"),
    "xls-cryptoapi": (xls_cryptoapi, XLS, "xls"),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> tuple[Callable[[bytes, str], bytes], bytes, str]:
    return KINDS[request.param]


def test_opens_with_its_password(kind, tmp_path):
    encrypt, plain, format_ = kind
    path = tmp_path / "a"
    path.write_bytes(encrypt(plain, "ひみつ1"))
    workbook = open_workbook(path, passwords=["", "a", "ひみつ1"])
    path.write_bytes(plain)
    assert workbook.kind == format_
    assert workbook.sheets == open_workbook(path).sheets


def test_opens_with_the_password_that_excel_itself_uses(kind, tmp_path):
    encrypt, plain, _ = kind
    path = tmp_path / "a"
    path.write_bytes(encrypt(plain, EXCELS_OWN))
    assert open_workbook(path).sheets


def test_locked_is_told_from_a_wrong_password_and_both_from_broken(kind, refusal):
    encrypt, plain, _ = kind
    data = encrypt(plain, "ひみつ1")
    assert refusal(data).reason == "locked"
    assert refusal(data, passwords=["", ""]).reason == "locked"
    wrong = refusal(data, passwords=["a", "b"])
    assert (wrong.code, wrong.reason, wrong.data) == ("FIL002", "wrong_password", {"found": 2})
    broken = refusal(data[: len(data) // 3])
    assert broken.code == "FIL001"


def test_of_a_long_list_as_many_passwords_are_tried_as_there_is_time_for(monkeypatch):
    """On a clock that each key takes half a second of."""
    tried: list[str] = []

    def opened(password: str) -> None:
        tried.append(password)
        raise InvalidKeyError

    monkeypatch.setattr(unlock.time, "process_time", lambda: len(tried) / 2)
    with pytest.raises(Refused) as caught:
        unlock._first_that_opens(opened, [f"no{n}" for n in range(200)], seconds=20.0)
    assert (caught.value.code, caught.value.reason) == ("FIL002", "untried_passwords")
    assert len(tried) == 25  # over twelve seconds, three fifths of the time
    assert caught.value.data == {"found": 24, "left": 176}


def test_a_password_is_tried_even_where_there_is_no_time(monkeypatch):
    def opened(_: str) -> None:
        raise InvalidKeyError

    monkeypatch.setattr(unlock.time, "process_time", lambda: 100.0)
    with pytest.raises(Refused) as caught:
        unlock._first_that_opens(opened, ["a"], seconds=20.0)
    assert (caught.value.reason, caught.value.data) == ("wrong_password", {"found": 1})


def test_limits_hold_behind_a_password(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(standard(BOOK, EXCELS_OWN))
    with pytest.raises(Refused) as caught:
        open_workbook(path, Limits(unpacked_bytes=100))
    assert caught.value.reason == "unpacked_size"


def test_a_decrypted_file_that_is_no_workbook_is_broken(refusal):
    assert refusal(standard(b"no package" * 900, EXCELS_OWN)).reason == "foreign_unreadable"


def test_the_passwords_of_a_files_own_department_come_first():
    passwords = {"道路課": ["d1", "d2"], "": ["any"], "公園課": ["k"], "提出/２班.xlsx": ["f"]}
    assert passwords_for("04_道路課（再）.xlsx", passwords) == ("d1", "d2", "any", "k", "f")
    assert passwords_for("提出/2班.xlsx", passwords) == ("f", "any", "d1", "d2", "k")
    assert passwords_for("a.xlsx", {}) == ()
    assert passwords_for("a.xlsx", {"x": ["1"], "": ["1"]}) == ("1",)

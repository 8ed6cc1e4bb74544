"""Decryption with passwords; runs in the child process only, since the file says how long a key takes to derive."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .refusal import Refused

# What Excel encrypts with when a workbook is protected without a password to open ([MS-OFFCRYPTO] 2.4.2.4); any program
# opens such a file without asking.
DEFAULT_PASSWORD = "VelvetSweatshop"
# A key takes a sixth of a second to derive: an office's list may be longer than the time for a file.
_SHARE = 0.6


def decrypt_package(data: bytes, passwords: Sequence[str], seconds: float) -> bytes:
    """The package within an encrypted OLE container; passwords are tried for so many seconds of this process.
    Raises `Refused`: locked, wrong_password (`found`: how many were tried), untried_passwords (and `left`: how many
    were not)."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

    def opened(password: str) -> Any:
        file = OOXMLFile(io.BytesIO(data))
        # Without this the key is not compared with what the file says of it.
        file.load_key(password=password, verify_password=True)
        return file

    return _first_that_opens(opened, passwords, seconds)


def decrypt_xls(data: bytes, passwords: Sequence[str], seconds: float) -> bytes:
    """The same .xls without its encryption, or as it is when it has none. Raises `Refused` as above."""
    from msoffcrypto.exceptions import (  # type: ignore[import-untyped]
        DecryptionError,
        FileFormatError,
        ParseError,
    )
    from msoffcrypto.format.xls97 import Xls97File  # type: ignore[import-untyped]

    try:
        if not Xls97File(io.BytesIO(data)).is_encrypted():
            return data
    except (DecryptionError, FileFormatError, ParseError, OSError):
        return data  # no BIFF8 the library knows (Excel 5): the reader will see

    def opened(password: str) -> Any:
        file = Xls97File(io.BytesIO(data))
        file.load_key(password=password)
        return file

    return _first_that_opens(opened, passwords, seconds)


def _first_that_opens(opened: Callable[[str], Any], passwords: Sequence[str], seconds: float) -> bytes:
    from msoffcrypto.exceptions import InvalidKeyError

    for number, password in enumerate(_candidates(passwords)):
        if number > 1 and time.process_time() > _SHARE * seconds:
            raise Refused("untried_passwords", found=number - 1, left=len(passwords) - number + 1)
        try:
            file = opened(password)
        except InvalidKeyError:
            continue
        output = io.BytesIO()
        file.decrypt(output)
        return output.getvalue()
    raise Refused("wrong_password", found=len(passwords)) if passwords else Refused("locked")


def _candidates(passwords: Sequence[str]) -> Iterator[str]:
    yield DEFAULT_PASSWORD
    yield from passwords

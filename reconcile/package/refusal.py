"""Why a file cannot be read: the one exception that leaves this package."""

from __future__ import annotations

CODES: dict[str, str] = {
    # what the bytes are
    "unreadable": "FIL001",  # no such file, a directory, no permission
    "empty": "FIL001",
    "only_zeros": "FIL001",  # what a broken synchronisation leaves behind
    "shortcut": "FIL001",
    "lock_file": "FIL001",
    "csv_named_excel": "FIL001",
    "html_named_excel": "FIL001",
    "xml_named_excel": "FIL001",
    "text_named_excel": "FIL001",
    "old_excel": "FIL001",  # before Excel 5
    "not_a_workbook": "FIL001",  # data["looks"] says what it looks like
    # the OLE container
    "damaged_container": "FIL001",
    # the zip
    "truncated": "FIL001",
    "damaged_zip": "FIL001",
    "damaged_part": "FIL001",
    "duplicate_part": "FIL001",
    "encrypted_zip": "FIL001",
    "compression": "FIL001",
    # the parts
    "missing_part": "FIL001",
    "doctype": "FIL001",
    "bad_xml": "FIL001",
    "bad_reference": "FIL001",
    "bad_style": "FIL001",
    "bad_cell_type": "FIL001",
    "bad_shared_string": "FIL001",
    "duplicate_cell": "FIL001",
    "no_sheets": "FIL001",  # data["looks"]: it has sheets, but none with cells
    "duplicate_sheet": "FIL001",
    # formats read in a child process
    "foreign_unreadable": "FIL001",
    "foreign_crashed": "FIL001",
    # any, read in a process of its own
    "process_ended": "FIL001",
    # passwords
    "locked": "FIL002",
    "wrong_password": "FIL002",
    "untried_passwords": "FIL002",  # there was no time for all of them
    "rights_managed": "FIL002",
    # limits
    "file_size": "FIL011",
    "unpacked_size": "FIL011",
    "ratio": "FIL011",
    "members": "FIL011",
    "time": "FIL011",
    "memory": "FIL011",
    "cells": "FIL011",
    "sheets": "FIL011",
}


class Refused(Exception):
    """A file that is not read, or not read further.

    `code` is the finding's code (FIL001 not readable, FIL002 password, FIL011 over a limit), `reason` a key of
    `CODES`, `data` what a message may quote (`part`, `sheet`, `found`, `limit`, `looks`, `detail`).
    """

    def __init__(self, reason: str, **data: str | int) -> None:
        self.reason = reason
        self.code = CODES[reason]
        self.data: dict[str, str | int] = data
        super().__init__(f"{self.code} {reason} {data}" if data else f"{self.code} {reason}")

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self.reason, self.data))


def _again(reason: str, data: dict[str, str | int]) -> Refused:
    """Refusals cross process borders; keyword arguments do not pickle by themselves."""
    return Refused(reason, **data)

"""Why a workbook is not marked in place; it then gets a workbook of findings beside it."""

from __future__ import annotations


class CannotMark(Exception):
    """``reason`` is a short key, ``data`` says where."""

    def __init__(self, reason: str, **data: str | int) -> None:
        self.reason = reason
        self.data = data
        super().__init__(f"{reason} {data}")

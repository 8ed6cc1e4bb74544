from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from handmade_package import write_package

from reconcile.package import Refused, Sheet, Workbook, open_workbook


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Workbook]:
    """Rows of a handmade sheet → the workbook."""

    def reading(rows: str = "", **options: object) -> Workbook:
        return open_workbook(write_package(tmp_path / "handmade.xlsx", rows, **options))

    return reading


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[..., Refused]:
    """Bytes of a file → why it is refused."""

    def refusing(data: bytes, name: str = "return.xlsx", **options: object) -> Refused:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(Refused) as caught:
            open_workbook(path, **options)  # type: ignore[arg-type]
        return caught.value

    return refusing


@pytest.fixture
def cells() -> Callable[[Sheet], dict[tuple[int, int], tuple[str, str, int]]]:
    """A sheet's entries by row and column: (kind, text, style)."""

    def by_place(sheet: Sheet) -> dict[tuple[int, int], tuple[str, str, int]]:
        return {
            (row, column): (kind, text, style)
            for row, column, kind, text, style in zip(
                sheet.row, sheet.column, sheet.kind, sheet.text, sheet.style, strict=True
            )
        }

    return by_place

"""Returns for the intake: a sample return, changed by one cell or sheet at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from sample_returns import RETURNS

from reconcile.intake import read_return
from reconcile.packs import Pack, load
from reconcile.submissions import Submission

Change = Callable[[Workbook], None]


@pytest.fixture(scope="session")
def plan() -> Pack:
    return load("plan2022")


@pytest.fixture
def changed(tmp_path: Path, plan: Pack) -> Callable[..., Submission]:
    """Reads the return of a department after a change to its workbook."""

    def read(change: Change, name: str = "01_危機管理部.xlsx", saved_as: str = "return.xlsx") -> Submission:
        book = openpyxl.load_workbook(RETURNS / name)
        change(book)
        path = tmp_path / saved_as
        book.save(path)
        return read_return(path, path.name, plan)

    return read

"""Whole runs are made once and looked at by many tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import FAULTY, Said, command


@pytest.fixture
def reconcile() -> Callable[..., Said]:
    return command


@pytest.fixture(scope="session")
def faulty_return() -> Path:
    """A department's return with planted mistakes."""
    return sorted(FAULTY.glob("*.xlsx"))[0]


@pytest.fixture(scope="session")
def checked(faulty_return: Path) -> Said:
    return command("check", "--pack", "plan2022", faulty_return)

"""Returns of the samples, and the pack they answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from reconcile.inputs import gather
from reconcile.packs import Pack, load

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@cache
def plan() -> Pack:
    return load("plan2022")


@pytest.fixture
def pack() -> Pack:
    return plan()


@pytest.fixture
def faulty() -> tuple[tuple[Path, str], ...]:
    """The sample returns with errors: (path, name)."""
    return gather([SAMPLES / "plan2022" / "returns-with-errors"]).returns

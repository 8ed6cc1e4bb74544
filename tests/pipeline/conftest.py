"""Runs over the sample returns; the maker of the samples stands outside the package."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reconcile.consolidate import Consolidated
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
sys.path.insert(0, str(SAMPLES.parent))


@pytest.fixture(scope="session")
def plan() -> Pack:
    return load("plan2022")


@pytest.fixture(scope="session")
def honest(plan: Pack) -> Consolidated:
    """The run over the returns with the printed figures."""
    return run(plan, [SAMPLES / "returns"], None, Options(jobs=1))


@pytest.fixture(scope="session")
def spoilt(plan: Pack) -> Consolidated:
    """The run over the returns with planted faults."""
    return run(plan, [SAMPLES / "returns-with-errors"], None, Options(jobs=1))

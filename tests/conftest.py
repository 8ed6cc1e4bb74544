"""For all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What commands keep from one run to the next stays out of the user's own folder."""
    before = os.environ.get("RECONCILE_CACHE")
    os.environ["RECONCILE_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["RECONCILE_CACHE"]
    else:
        os.environ["RECONCILE_CACHE"] = before

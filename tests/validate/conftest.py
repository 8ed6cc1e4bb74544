"""Every case is judged twice: with pandera asked only where a value fails, as the program does, and always."""

from __future__ import annotations

import pytest

from reconcile.constraints import Column


@pytest.fixture(autouse=True, params=["where a value fails", "always"])
def pandera_asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "always":
        monkeypatch.setattr(Column, "holds", lambda _: False)

"""How far explaining is: counted in checks that do not agree, from none to all of them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from reconcile import pipeline
from reconcile.packs import load

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "fund2024"


@pytest.mark.parametrize(("folder", "faults"), [("returns", False), ("returns-with-errors", True)])
def test_explaining_tells_how_far_it_is(folder: str, faults: bool) -> None:
    told: list[tuple[str, int, int]] = []
    options = pipeline.Options(progress=lambda stage, done, total: told.append((stage, done, total)))
    pipeline.check(load("fund2024"), [SAMPLES / folder], options)
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages[:2] == ["read", "check"]
    done = [(done, total) for stage, done, total in told if stage == "explain"]
    assert bool(done) == faults
    if faults:
        assert done[0][0] == 0
        assert done[-1][0] == done[-1][1] > 1
        assert len({total for _, total in done}) == 1
        assert all(before <= after for (before, _), (after, _) in pairwise(done))
        assert stages.index("explain") == 2
        assert ("check", 1, 1) in told[: told.index(("explain", *done[0]))]

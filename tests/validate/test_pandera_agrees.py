"""What is told before pandera is asked is what pandera would tell, over every set of sample returns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reconcile.constraints import columns_of
from reconcile.packs import load
from reconcile.pipeline import Options, check
from reconcile.validate import failed_cells

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def pandera_asked() -> None:
    """Once is enough here: both are asked anyway."""


@pytest.mark.parametrize("pack", sorted(folder.parent.name for folder in SAMPLES.glob("*/returns-with-errors")))
def test_a_form_fails_exactly_where_a_column_does_not_hold(pack: str) -> None:
    run = check(load(pack), [SAMPLES / pack / "returns-with-errors"], Options(jobs=1))
    judged = 0
    for form in run.pack.forms.values():
        table = run.facts.tables.get(form.form)
        if table is None:
            continue
        columns = columns_of(run.pack, form, table, np.flatnonzero(table.is_level("record")))
        assert all(column.holds() for column in columns) == (not failed_cells(form, columns)), form.form
        judged += 1
    assert judged

"""Every cell that the documents print is read to the figure that their transcription states."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from reconcile.normalise import fold_label, fold_unit, read_measures

with Path(__file__).with_name("cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["typed"])
def test_printed_cell_is_read_to_the_figure_beside_it(case: dict[str, str]) -> None:
    (measure,) = read_measures("s", case["typed"])
    assert (measure.component, measure.state) == (fold_label(case["component"]), case["state"])
    assert measure.value == (Decimal(case["value"]) if case["value"] else None)
    assert measure.unit == fold_unit(case["unit"])


def test_the_cases_cover_the_documents() -> None:
    assert len(CASES) > 900
    assert {case["state"] for case in CASES} == {"number", "nil", "pending", "milestone"}

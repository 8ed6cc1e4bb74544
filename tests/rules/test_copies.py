"""A form that stands twice in a workbook is one finding: the keys that stand in both copies follow from it."""

from dataclasses import replace

import pytest

from reconcile.consequences import attach_consequences
from reconcile.findings import CellRef, Finding, Involved


def finding(name: str, code: str, *cells: tuple[str, int]) -> Finding:
    refs = [CellRef("a.xlsx", sheet, row, 1) for sheet, row in cells]
    involved = tuple(Involved(ref, "place") for ref in refs)
    return replace(Finding(code, refs[0], form="activity", cells=involved), id=name, severity="error")


@pytest.mark.parametrize(
    ("heads", "cells", "follows"),
    [
        # The copy stands on a sheet of its own, …
        ([("控え", 2), ("様式1", 2)], [("控え", 3), ("様式1", 3)], True),
        # … or below the first one;
        ([("様式1", 20), ("様式1", 2)], [("様式1", 21), ("様式1", 3)], True),
        # a key that stands twice in one of them is another matter.
        ([("控え", 2), ("様式1", 2)], [("様式1", 6), ("様式1", 3)], False),
        ([("様式1", 20), ("様式1", 2)], [("様式1", 25), ("様式1", 21)], False),
    ],
)
def test_a_key_in_both_copies(heads: list[tuple[str, int]], cells: list[tuple[str, int]], follows: bool) -> None:
    findings = [finding("form", "LAY005", *heads), finding("key", "FLD007", *cells)]
    by_id = {it.id: it for it in findings}
    attach_consequences(by_id)
    assert (by_id["key"].root == "form", by_id["form"].effects == ("key",)) == (follows, follows)

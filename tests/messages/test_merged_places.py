"""A cell that is merged with others is named as the range that a person sees."""

from __future__ import annotations

from reconcile.findings import CellRef, Finding, Involved
from reconcile.messages.places import at
from reconcile.submissions import Submission, over_merged

RETURN = Submission("a.xlsx", "", 0, merged={"様式1": ((6, 3, 8, 3), (10, 1, 10, 4)), "様式2": ()})


def said(finding: Finding) -> str:
    (found,) = over_merged([finding], [RETURN])
    assert found == finding  # it is the same place
    return at(found, "ja")


def test_a_merged_cell_is_named_as_its_range() -> None:
    assert said(Finding("FLD001", CellRef("a.xlsx", "様式1", 6, 3))) == "様式1!C6:C8"
    assert said(Finding("FLD001", CellRef("a.xlsx", "様式1", 10, 1))) == "様式1!A10:D10"


def test_other_cells_are_named_as_they_were() -> None:
    assert said(Finding("FLD001", CellRef("a.xlsx", "様式1", 7, 4))) == "様式1!D7"
    assert said(Finding("FLD001", CellRef("a.xlsx", "様式2", 6, 3))) == "様式2!C6"
    assert said(Finding("FLD001", CellRef("b.xlsx", "様式1", 6, 3))) == "様式1!C6"


def test_what_is_absent_is_named_where_it_belongs() -> None:
    place = Involved(CellRef("a.xlsx", "様式1", 6, 3), "place")
    assert said(Finding("XRF002", CellRef("a.xlsx", "様式1"), cells=(place,))) == "様式1!C6:C8"


def test_the_first_cell_stands_for_the_range() -> None:
    (found,) = over_merged([Finding("FLD001", CellRef("a.xlsx", "様式1", 6, 3))], [RETURN])
    assert found.cell == "C6"
    assert found.ref.area == "C6:C8"
    assert CellRef("a.xlsx", "様式1", 6, 3).area == "C6"
    assert CellRef("a.xlsx").area is None

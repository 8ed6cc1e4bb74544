"""Answers that went astray: one finding says so, and what is said because of it follows."""

from __future__ import annotations

from typing import Any

from reconcile.astray import attach_astray
from reconcile.findings import CellRef, Finding, identify

HERE = CellRef("a.xlsx", "様式1", 5, 1)


def follows(*findings: Finding) -> list[tuple[str, str]]:
    """What stands on its own, and what follows from something, as code and file."""
    by_id = {finding.id: finding for finding in identify(findings, "plan2022")}
    attach_astray(by_id)
    return [(finding.code, finding.ref.file) for finding in by_id.values() if finding.root]


def told(code: str, ref: CellRef = HERE, **more: Any) -> Finding:
    return Finding(code, ref, **{"department": "福祉課", "form": "activity", **more})


COVER = told("XRF004", CellRef("a.xlsx", "表紙", 5, 3), form="cover", variant="return", expected="防災課")


def test_two_workbooks_of_the_wrong_department_and_none_of_the_right_one_follow_from_the_cover() -> None:
    effects = (
        told("SUB001", CellRef(""), department="防災課"),
        told("FIL006", CellRef("a.xlsx", "様式1"), data={"other": "b.xlsx"}),
        told("FIL006", CellRef("b.xlsx", "様式1"), data={"other": "a.xlsx"}),
    )
    others = (
        told("SUB001", CellRef(""), department="道路課"),
        told("FIL006", CellRef("c.xlsx", "様式1"), data={"other": "d.xlsx"}),
    )
    assert sorted(follows(COVER, *effects, *others)) == [("FIL006", "a.xlsx"), ("FIL006", "b.xlsx"), ("SUB001", "")]


NAMED = told("XRF003", CellRef("a.xlsx", "様式1", 5, 2), record="2-22", variant="other", data={"owner": "2-2"})


def test_what_is_said_of_a_record_follows_from_its_standing_under_the_number_of_another_one() -> None:
    effects = (told("DUP003", record="2-22"), told("XRF004", record="2-22"), told("XRF002", record="2-2"))
    others = (told("DUP003", record="2-3"), told("XRF002", record="2-4"), told("XRF002", record="2-2", form="outcome"))
    assert {code for code, _ in follows(NAMED, *effects, *others)} == {"DUP003", "XRF004", "XRF002"}
    assert len(follows(NAMED, *effects, *others)) == 3


def test_a_name_in_other_words_moves_nothing() -> None:
    assert follows(told("XRF003", record="2-22"), told("DUP003", record="2-22")) == []

"""What is wrong with a row of a form that is printed side by side is one finding, at the left side."""

from __future__ import annotations

from dataclasses import replace

from reconcile.consequences import attach_consequences
from reconcile.findings import CellRef, Finding, Involved, Severity, identify


def finding(
    code: str, form: str, column: int, row: int = 9, variant: str = "", severity: Severity = "error"
) -> Finding:
    ref = CellRef("a.xlsx", "様式A", row, column)
    cells = (Involved(ref, "key"),)
    return Finding(code, ref, form=form, record="1-1/1", variant=variant, cells=cells, severity=severity)


def attached(*findings: Finding) -> list[tuple[str, str, int]]:
    """Code, form and number of effects of each finding that stands on its own."""
    by_id = {one.id: one for one in identify(findings, "pack")}
    attach_consequences(by_id)
    return sorted((one.code, one.form, len(one.effects)) for one in by_id.values() if not one.root)


def test_the_same_on_both_sides_is_said_at_the_left_one() -> None:
    for code in ("XRF001", "LAY007", "DUP003", "FIL008", "XRF004"):
        assert attached(finding(code, "outcome", 8), finding(code, "action", 3)) == [(code, "action", 1)]


def test_what_differs_stays_apart() -> None:
    one = finding("XRF001", "action", 3)
    for other in (
        finding("XRF001", "outcome", 8, row=12),
        finding("XRF001", "outcome", 8, variant="near"),
        finding("XRF001", "action", 4),
        finding("XRF003", "outcome", 8),
        replace(finding("XRF001", "outcome", 8), ref=CellRef("b.xlsx", "様式A", 9, 8)),
    ):
        assert len(attached(one, other)) == 2, other


def test_a_grade_follows_from_the_percentage_it_goes_by() -> None:
    rate, grade = finding("RAT001", "outcome", 12, row=11), finding("RAT002", "outcome", 13)
    follows = replace(grade, cells=(*grade.cells, Involved(rate.ref, "percentage")))
    assert attached(rate, follows) == [("RAT001", "outcome", 1)]
    assert len(attached(rate, grade)) == 2

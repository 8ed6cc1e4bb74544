"""One answer for what is the same all down a column: equal findings are told once, with how many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconcile.consequences import ALIKE, ALIKE_BLANK, attach_consequences
from reconcile.findings import CellRef, Finding, Involved, Suggestion, identify
from reconcile.messages import render
from reconcile.packs import load


def column(count: int, found: str = "未定です", code: str = "FLD002", **more: object) -> list[Finding]:
    """So many findings below each other, from E5 on."""
    refs = [CellRef("a.xlsx", "様式1", 5 + n, 5) for n in range(count)]
    made = [
        Finding(code, ref, "部", "form1", f"1-{n}", "value", found=found, cells=(Involved(ref, "value"),))
        for n, ref in enumerate(refs)
    ]
    return [replace(finding, **more) for finding in made]  # type: ignore[arg-type]


def told(findings: list[Finding]) -> list[Finding]:
    by_id = {finding.id: finding for finding in identify(findings, "plan2022")}
    attach_consequences(by_id)
    return [finding for finding in by_id.values() if not finding.root]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_column_of_the_same_word_is_one_finding_that_says_how_many(lang: str) -> None:
    (only,) = told(column(ALIKE))
    assert only.ref.a1 == "E5"
    assert len(only.effects) == ALIKE - 1
    assert len({part.ref for part in only.cells}) == ALIKE  # every one of them is marked in the copy
    said = render(only, load("plan2022"), lang)
    assert said.startswith(render(replace(only, data={}), load("plan2022"), lang))
    assert f"{ALIKE - 1}" in said
    assert "E6" in said


def test_few_stay_what_they_are() -> None:
    assert len(told(column(ALIKE - 1))) == ALIKE - 1
    assert len(told(column(ALIKE_BLANK - 1, found="", code="FLD001"))) == ALIKE_BLANK - 1
    assert len(told(column(ALIKE_BLANK, found="", code="FLD001"))) == 1


@pytest.mark.parametrize(
    "other",
    [
        column(ALIKE - 1, found="調整します"),
        column(ALIKE - 1, period="FY2023"),
        column(ALIKE - 1, ref=CellRef("b.xlsx", "様式1", 9, 5)),
        column(ALIKE - 1, data={"beside": "新規"}),
        column(ALIKE - 1, severity="info"),
        column(ALIKE - 1, code="BAL001"),
        column(ALIKE - 1, suggestion=Suggestion(CellRef("a.xlsx", "様式1", 9, 5), "5", "5", "typo", 0.9)),
    ],
)
def test_what_differs_is_not_the_same(other: list[Finding]) -> None:
    assert len(told([*column(ALIKE - 1), *other])) == ALIKE - 1 + len(other)


def test_what_follows_from_each_follows_from_the_one() -> None:
    texts = column(ALIKE, code="TXT001", severity="warning")
    (only,) = told([*column(ALIKE), *texts])
    assert only.code == "FLD002"
    assert len(only.effects) == 2 * ALIKE - 1

"""CNT001: counts that a sentence states, against the registers and the returns."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reconcile.rules.context import Confrontation
from tests.rules.drawing import Drawn, confront, outcome_of, plan

REGISTER = Path(__file__).resolve().parents[2] / "schemas" / "plan2022" / "registers" / "actions.csv"
REVISED = {"1-1①", "1-2", "2-1"}


def everything(sentence: str, *, without: str = "", unreasoned: str = "") -> Confrontation:
    """All records of the register, three of them revised, in one return of everybody."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        numbers = [row["number"] for row in csv.DictReader(file)]
    lines = ["number | amount.initial.FY2023 | amount.revised.FY2023 | reason"]
    for number in numbers:
        if number == without:
            continue
        new = "20 人" if number in REVISED else "―"
        lines.append(f"{number} | 10 人 | {new} | {'増えたため' if number in REVISED - {unreasoned} else '―'}")
    summary = Drawn("summary_counts", f"kind | sentence\n行動量 | {sentence}", "b.xlsx", "政策経営部")
    return confront(Drawn("activity", "\n".join(lines)), summary, everybody=True)


def test_counts_that_are_right_pass_in_any_width() -> None:
    outcome = outcome_of("CNT001", everything("全１９施策62事業のうち、２施策 3事業の計画を変更"))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (4, [], [])


@pytest.mark.parametrize(
    ("sentence", "stated", "counted"),
    [
        ("全18施策62事業のうち、2施策3事業の計画を変更", "18施策", 19),
        ("全19施策63事業のうち、2施策3事業の計画を変更", "63事業", 62),
        ("全19施策62事業のうち、3施策3事業の計画を変更", "3施策", 2),
        ("全19施策62事業のうち、2施策2事業の計画を変更", "2事業", 3),
    ],
)
def test_a_wrong_count_is_found(sentence: str, stated: str, counted: int) -> None:
    (finding,) = outcome_of("CNT001", everything(sentence)).findings
    assert (finding.cell, finding.data) == ("B2", {"stated": stated, "counted": counted})


def test_what_was_counted_is_named() -> None:
    (finding,) = outcome_of("CNT001", everything("全19施策62事業のうち、2施策2事業の計画を変更")).findings
    assert [part.role for part in finding.cells] == ["text", "counted", "counted", "counted"]


@pytest.mark.parametrize(
    ("more", "why"),
    [({"without": "3-1"}, "records_not_those_expected"), ({"unreasoned": "1-2"}, "revisions_in_doubt")],
)
def test_changes_wait_for_what_is_in_doubt(more: dict[str, str], why: str) -> None:
    outcome = outcome_of("CNT001", everything("全19施策62事業のうち、9施策9事業の計画を変更", **more))
    assert (outcome.passed, [item.why for item in outcome.unjudged]) == (2, [why, why])


def test_a_return_that_is_missing_or_a_sentence_without_counts_is_not_judged() -> None:
    text = "kind | sentence\n行動量 | {}"
    late = Drawn("summary_counts", text.format("全19施策62事業のうち、2施策3事業の計画を変更"), "b.xlsx", "政策経営部")
    outcome = outcome_of("CNT001", confront(late))
    assert (outcome.passed, [item.why for item in outcome.unjudged]) == (2, ["returns_missing"] * 2)
    vague = Drawn("summary_counts", text.format("多くの計画を変更"), "b.xlsx", "政策経営部")
    assert [item.why for item in outcome_of("CNT001", confront(vague)).unjudged] == ["counts_not_found"]


def test_the_pack_counts_what_it_says() -> None:
    checks = [c for c in plan().forms["summary_counts"].checks if c.code == "CNT001"]
    assert [len(check.counts) for check in checks] == [4, 4]  # type: ignore[union-attr]

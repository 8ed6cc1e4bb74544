"""What counts as evidence: formulas, quoted figures, families of checks, bounds."""

from __future__ import annotations

from reconcile.messages import render
from tests.localisation.test_roots import BUDGET, YEARS, located, roots, table
from tests.rules.drawing import Drawn, plan


def test_a_live_total_is_no_evidence_for_or_against_its_parts() -> None:
    # Subtotal and total are formulas that followed: nothing is left that could be violated.
    assert located(table(first="5,038", subtotal="=5,038", total="=8,538")).findings == []


def test_a_formula_that_does_not_fit_its_parts_speaks_of_itself() -> None:
    # The typed total agrees with the parts, so that the formula's range or its stored result is what is wrong.
    result = located(table(subtotal="=5,034"))
    (root,) = roots(result)
    assert (root.cell, root.suggestion) == ("C3", None)


def test_a_family_of_which_nearly_all_fail_is_questioned_first() -> None:
    head = f"number | name | {YEARS}\n"
    lines = [f"{n}-1 | 数 | {n}00 | {n}10 | {n}" for n in range(1, 8)]
    result = located(Drawn("activity", head + "\n".join(lines)))
    (root,) = [finding for finding in roots(result) if finding.code == "BAL001"]
    assert (root.variant, root.suggestion, len(root.effects)) == ("family", None, 6)
    assert (root.data["failed"], root.data["judged"]) == (7, 7)
    assert "7 件のうち 7 件" in render(root, plan(), "ja")
    assert "7 of 7" in render(root, plan(), "en")


def test_differences_that_rounding_leaves_are_questioned_as_rounding() -> None:
    parts = [(13, 24), (35, 46), (57, 12), (71, 32), (93, 28), (15, 66), (38, 77), (52, 91)]
    signs = [1, -1, 0, 1, -1, 1, 0, -1]
    lines = [f"{n}-1 | 数 | {a} | {b} | {a + b + s}" for n, ((a, b), s) in enumerate(zip(parts, signs, strict=True), 1)]
    result = located(Drawn("activity", f"number | name | {YEARS}\n" + "\n".join(lines)))
    assert {finding.variant for finding in roots(result)} == {"family_rounded"}


def test_few_that_fail_are_no_family() -> None:
    head = f"number | name | {YEARS}\n"
    lines = [f"{n}-1 | 数 | {n}00 | {n}10 | {n}00" for n in range(1, 4)]
    result = located(Drawn("activity", head + "\n".join(lines)))
    assert all(not finding.variant.startswith("family") for finding in result.findings)


def test_a_part_that_is_not_known_only_bounds_the_sum() -> None:
    drawing = Drawn("budget", BUDGET + "1 | a | 集計中 | 1\n1 | b | 200 | 1\n小計 1 | | 300 | 2\n合計 | | 310 | 2")
    assert [f.code for f in located(drawing).findings] == []


def test_a_figure_quoted_in_the_reason_decides_between_two_years() -> None:
    head = "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total | amount.revised.FY2023 | reason\n"
    line = "1-2 | 数 | 400 | 1,020 | 1,600 | 3,800 | 前倒ししたため、令和５年度の計画を 1,200 から 3,800 に修正した。"
    (root,) = roots(located(Drawn("activity", head + line), codes=("REV003",)))
    assert root.suggestion is not None
    assert (root.cell, root.suggestion.value, root.suggestion.cause) == ("D2", "1200", "transposed")


def test_a_column_that_only_live_totals_add_up_is_said_to_be_unchecked() -> None:
    drawing = Drawn("budget", BUDGET + "1 | a | 105 | ―\n1 | b | 200 | ―\n小計 1 | | =305 | ―\n合計 | | =305 | ―")
    (told,) = located(drawing).unchecked
    assert (told.code, told.ref.a1, told.why) == ("BAL002", "C4", "total_is_formula")


def test_a_typed_total_beside_a_live_one_checks_the_column() -> None:
    assert located(table(subtotal="=5,033")).unchecked == ()

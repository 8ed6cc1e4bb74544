"""Root cause first: one wrong cell, several findings, one root."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.balances import Balances, judge
from reconcile.edits import Edit
from reconcile.findings import CellRef, Finding, identify
from reconcile.localisation import Located, localise
from reconcile.packs import Pack
from reconcile.rules.balance_findings import balance_findings
from reconcile.validate import validate
from tests.rules.drawing import Drawn, confront, outcome_of

CODES = ("BAL001", "BAL002", "BAL004", "BAL006", "CUM001", "CUM002", "CUM004", "DUP002")
BUDGET = "programme | code | amount.initial.FY2022 | amount.initial.FY2023\n"
YEARS = "amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total"
REVISED = "amount.revised.FY2022 | amount.revised.FY2023 | amount.revised.total"


def located(
    *drawings: Drawn, everybody: bool = False, codes: tuple[str, ...] = (), pack: Pack | None = None
) -> Located:
    data = confront(*drawings, everybody=everybody, pack=pack)
    balances = Balances()
    findings: list[Finding] = [f for f in validate(data.pack, data.facts).findings if f.code in codes]
    edits: list[Edit] = []
    for code in (*CODES, *codes):
        outcome = outcome_of(code, data)
        balances.extend(outcome.balances)
        findings += outcome.findings
        edits += outcome.edits
    judged = judge(balances, data.facts, data.due)
    findings += balance_findings(data, balances, judged).findings
    graded = [replace(f, severity="warning" if f.code == "CUM004" else "error") for f in findings]
    return localise(data, identify(graded, "plan2022"), balances, judged, edits)


def suspects(finding: Finding) -> set[str]:
    """The cells that a finding names as what may be wrong."""
    told = finding.suggestion
    if told is None:
        return set()
    if told.standing == "undecided":
        return {str(ref.a1) for ref in finding.data["candidates"]}  # type: ignore[attr-defined]
    others = [
        other
        for each in (*told.alternatives, {"together": told.together})
        for other in (each, *each.get("together", ()))
    ]  # type: ignore[misc,attr-defined]
    return {str(told.ref.a1), *(str(other["cell"]) for other in others if "cell" in other)}


def roots(result: Located) -> list[Finding]:
    return [finding for finding in result.findings if not finding.root]


def table(first: str = "5,033", subtotal: str = "5,033", total: str = "8,533") -> Drawn:
    lines = [f"1 | 01-001 | {first} | 1", f"小計 1 | | {subtotal} | 1"]
    lines += ["2 | 02-001 | 1,500 | 1", "2 | 02-002 | 2,000 | 1", "小計 2 | | 3,500 | 2", f"合計 | | {total} | 3"]
    return Drawn("budget", BUDGET + "\n".join(lines))


def test_a_part_that_breaks_its_subtotal_and_the_total_is_the_cause() -> None:
    result = located(table(first="5,038"))
    (root,) = roots(result)
    (effect,) = [f for f in result.findings if f.root]
    assert (root.code, root.variant, root.cell, root.record, root.found) == (
        "BAL002", "located", "C2", "1/01-001", "5,038",
    )  # fmt: skip
    assert (root.period, root.expected, root.data["difference"]) == ("FY2022", "5,033 千円", 5)
    assert [ref.a1 for ref in root.data["totals"]] == ["C3", "C7"]  # type: ignore[attr-defined]
    assert root.suggestion is not None
    assert (root.suggestion.value, root.suggestion.shown, root.suggestion.cause) == ("5033", "5,033 千円", "digit")
    assert root.effects == (effect.id,)
    assert effect.root == root.id
    assert set(result.of_balance.values()) == {root.id, effect.id}


@pytest.mark.parametrize(
    ("typed", "cause"),
    [("5,303", "transposed"), ("5,033,000", "thousandfold"), ("-5,033", "sign"), ("―", "missing"), ("9,999", "other")],
)
def test_the_slip_is_named(typed: str, cause: str) -> None:
    (root,) = roots(located(table(first=typed)))
    assert root.suggestion is not None
    assert (root.cell, root.suggestion.value, root.suggestion.cause) == ("C2", "5033", cause)
    # A figure that no slip explains may as well have been revised, and its totals forgotten.
    assert root.suggestion.standing == ("probable" if cause == "other" else "localised")
    twins = [other for other in root.suggestion.alternatives if other["cause"] == "totals_not_updated"]
    assert twins or cause != "other"


def test_a_wrong_subtotal_alone_is_no_more_than_it_says() -> None:
    (root,) = located(table(subtotal="5,034")).findings
    assert (root.cell, root.variant, root.effects) == ("C3", "subtotal", ())
    # Each part would break the grand total; but one check is no claim.
    assert root.suggestion is not None
    assert (root.suggestion.ref, root.suggestion.value, root.suggestion.standing) == (root.ref, "5033", "probable")


def test_two_faults_are_not_explained_by_one_cell() -> None:
    result = located(table(subtotal="5,034", total="8,535"))
    assert [f.cell for f in roots(result)] == ["C3", "C7"]
    assert [f.suggestion and f.suggestion.standing for f in result.findings] == ["undecided", "undecided"]


def test_cells_that_explain_as_much_stay_candidates() -> None:
    # Both parts of programme 1 could be 5 less: nothing tells them apart but a satisfied row, and there is none.
    drawing = Drawn("budget", BUDGET + "1 | a | 105 | 1\n1 | b | 200 | 1\n小計 1 | | 300 | 2\n合計 | | 300 | 2")
    result = located(drawing)
    (root,) = roots(result)
    assert root.suggestion is not None
    assert root.suggestion.standing == "undecided"
    assert root.cell in ("C4", "C5")
    assert {"C2", "C3"} <= {ref.a1 for ref in root.data["candidates"]}  # type: ignore[attr-defined]
    assert len(root.effects) == 1


def test_formula_totals_are_no_evidence() -> None:
    result = located(table(first="5,038", subtotal="=5,033", total="=8,533"))
    assert all(f.suggestion is None for f in result.findings)


def test_a_satisfied_formula_total_does_not_clear_its_parts() -> None:
    # The subtotal is a formula and followed the wrong part; a typed total and the other return remain as witnesses.
    other = Drawn("budget", BUDGET + "8 | 01-001 | 5,033 | 1", "b.xlsx", "経済産業部")
    (root,) = roots(located(table(first="5,038", subtotal="=5,038"), other))
    assert (root.cell, root.ref.file) == ("C2", "a.xlsx")
    assert root.suggestion is not None


def test_an_amount_that_differs_from_another_return_and_breaks_its_subtotal() -> None:
    other = Drawn("budget", BUDGET + "8 | 01-001 | 5,033 | 1", "b.xlsx", "経済産業部")
    result = located(table(first="5,038"), other)
    (root,) = roots(result)
    assert (root.code, root.ref.file, root.cell) == ("DUP002", "a.xlsx", "C2")
    assert {f.code for f in result.findings if f.root == root.id} == {"BAL002"}
    other_cell = root.data["other"]
    assert isinstance(other_cell, CellRef)
    assert (other_cell.file, other_cell.a1, root.data["other_found"]) == ("b.xlsx", "C2", "5,033")
    assert root.suggestion is not None
    assert (root.suggestion.value, root.suggestion.standing) == ("5033", "localised")


def test_an_initial_year_that_breaks_the_initial_and_the_revised_total() -> None:
    head = f"number | name | {YEARS} | {REVISED}\n"
    (root,) = roots(located(Drawn("activity", head + "1-2 | 数 | 4,000 | 1,200 | 1,600 | ― | 3,800 | 4,200")))
    assert (root.cell, root.version, root.period) == ("C2", "initial", "FY2022")
    assert root.suggestion is not None
    assert (root.suggestion.value, root.suggestion.cause) == ("400", "extra_zero")


def test_a_last_year_that_falls_and_is_not_the_total() -> None:
    (root,) = roots(located(Drawn("activity", f"number | name | {YEARS}\n15-3 | 施設数（累計） | 75 | 42 | 142")))
    assert (root.code, root.cell, root.expected) == ("CUM001", "D2", "142")
    assert root.suggestion is not None
    assert root.suggestion.cause == "missing_digit"
    assert root.suggestion.standing == "probable"  # one witness to the figure only


def test_increments_in_a_cumulative_record_are_the_root() -> None:
    result = located(Drawn("activity", f"number | name | {YEARS}\n15-3 | 施設数（累計） | 75 | 67 | 142"))
    (root,) = roots(result)
    assert (root.code, root.severity) == ("CUM004", "error")
    assert {f.code for f in result.findings if f.id in root.effects} == {"CUM001", "CUM002"}


def test_cumulative_values_in_a_record_of_sums_are_the_root() -> None:
    result = located(Drawn("activity", f"number | name | {YEARS}\n1-1① | 人数 | 1,000 | 2,500 | 2,500"))
    (root,) = roots(result)
    assert (root.code, [f.code for f in result.findings if f.root]) == ("CUM004", ["BAL001"])


def test_a_value_the_form_does_not_allow_is_no_cause() -> None:
    drawing = Drawn("budget", BUDGET + "1 | a | 5 | 1\n小計 1 | | -5 | 1\n合計 | | -5 | 1")
    assert {a1 for f in located(drawing).findings for a1 in suspects(f)} == {"C3", "C4"}


def test_nothing_wrong_nothing_said() -> None:
    assert located(table()).findings == []


def test_no_finding_is_lost_and_no_id_changes() -> None:
    result = located(table(first="5,038", total="9,000"))
    assert len({f.id for f in result.findings}) == len(result.findings) == 2


@settings(max_examples=60, deadline=None)
@given(
    # No part is as large as the change, so that the change is no part counted twice.
    st.lists(st.lists(st.integers(10**6, 10**9), min_size=2, max_size=4), min_size=2, max_size=4),
    st.integers(0, 99),
    st.integers(1, 10**5),
)
def test_of_one_wrong_amount_only_its_own_group_is_suspected(groups: list[list[int]], place: int, change: int) -> None:
    wrong = [list(group) for group in groups]
    group = place % len(groups)
    wrong[group][place % len(groups[group])] += change
    lines = []
    for number, (typed, true) in enumerate(zip(wrong, groups, strict=True), start=1):
        lines += [f"{number} | {number}{n} | {amount} | ―" for n, amount in enumerate(typed)]
        lines.append(f"小計 {number} | | {sum(true)} | ―")
    lines.append(f"合計 | | {sum(map(sum, groups))} | ―")
    (root,) = roots(located(Drawn("budget", BUDGET + "\n".join(lines))))
    first = 2 + sum(len(g) + 1 for g in wrong[:group])
    own = {f"C{row}" for row in range(first, first + len(groups[group]))}
    # Its totals may not have been updated; no other part can be the cause.
    totals = {f"C{first + len(groups[group])}", f"C{2 + sum(len(g) + 1 for g in wrong)}"}
    told = root.suggestion
    assert told is not None
    # Where a slip of the hand is what decides, or forgotten totals, another part may be the likelier one.
    if told.standing == "undecided" or (told.evidence == "constraints" and not told.together):
        assert f"C{first + place % len(groups[group])}" in suspects(root)
    assert suspects(root) <= own | totals
    assert len(root.effects) == 1

"""FLD009: ― beside figures. FLD012: a unit that does not fit the label."""

import pytest

from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total\n"


def outcome(code: str, line: str, form: str = "activity", head: str = HEAD) -> Outcome:
    return outcome_of(code, confront(Drawn(form, head + line)))


def test_nil_as_the_total_of_figures() -> None:
    (finding,) = outcome("FLD009", "14-1 | 割合 | 69.9％ | ― | ―").findings
    assert (finding.code, finding.cell, finding.found) == ("FLD009", "E2", "―")
    assert [(part.ref.a1, part.role) for part in finding.cells] == [("E2", "total"), ("C2", "part")]
    assert finding.data["figures"] == ("69.9％",)


@pytest.mark.parametrize("line", ["8-1 | 数 | 検討・調整 | ― | ―", "8-1 | 数 | ― | ― | ―", "8-1 | 数 | 1 | 2 | 3"])
def test_nil_beside_no_figure_is_right(line: str) -> None:
    found = outcome("FLD009", line)
    assert (found.findings, found.passed) == ([], 1)


def test_nil_beside_what_is_not_known_cannot_be_judged() -> None:
    assert [u.ref.a1 for u in outcome("FLD009", "8-1 | 数 | 集計中 | ― | ―").unjudged] == ["E2"]


def test_component_by_component() -> None:
    found = outcome("FLD009", "2-3 | 件数と枚数 | a）5 件／b）― | a）6 件／b）― | a）―／b）―")
    assert [(f.component, f.cell) for f in found.findings] == [("a", "E2")]
    assert found.passed == 1


@pytest.mark.parametrize(
    ("name", "unit", "wrong"),
    [
        ("オンラインシステム利用件数", "人", True),
        ("オンラインシステム利用件数", "件", False),
        ("つないだ件数(延べ数)", "人", True),
        ("事業活動が好転した事業者数", "事業", True),
        ("事業活動が好転した事業者数", "事業者", False),
        ("専門的人材の登録数", "件", True),
        ("講座の参加者数", "人", False),
        ("件数を公表する講座の満足度", "人", False),
    ],
)
def test_label_and_unit(name: str, unit: str, wrong: bool) -> None:
    found = outcome("FLD012", f"1-1① | {name} | 1 {unit} | 2 {unit} | 3 {unit}")
    assert [f.cell for f in found.findings] == (["C2"] if wrong else [])
    assert found.passed == (not wrong)


def test_once_a_record_with_every_cell_that_has_the_unit() -> None:
    (finding,) = outcome("FLD012", "1-1① | 利用件数 | 1 件 | a）2 人／b）3 人 | a）2 人／b）3 人").findings
    assert (finding.cell, finding.data["unit"]) == ("D2", "人")
    assert [part.ref.a1 for part in finding.cells] == ["D2", "E2", "B2"]


def test_without_a_unit_there_is_nothing_to_judge() -> None:
    found = outcome("FLD012", "1-1① | 利用件数 | 1 | 2 | 3")
    assert (found.findings, found.passed) == ([], 0)


def test_a_target_too() -> None:
    found = outcome(
        "FLD012", "10-4 | 成立件数 | 48 人 | 110 人", "outcome", "number | name | value.baseline | value.target\n"
    )
    assert [f.cell for f in found.findings] == ["C2"]

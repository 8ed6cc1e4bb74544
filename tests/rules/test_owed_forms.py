"""Who owes a form: registers divide some among the departments, others are owed as a whole, some only name records."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from reconcile.packs import PackError, load
from reconcile.packs.model import Total
from reconcile.rules import bal006, sub002, xrf002
from reconcile.submissions import FoundForm, Submission
from tests.rules.drawing import Drawn, confront, plan

OFFICE = "政策経営部"
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas" / "plan2022"


def test_the_office_owes_its_own_forms_and_nobody_else_does() -> None:
    own = plan().forms_expected_of(OFFICE)
    assert own[0] == "effect"
    assert len(own) == 9
    assert plan().forms_expected_of("危機管理部") == ("activity", "outcome", "budget")
    assert plan().expected_departments()[-1] == OFFICE
    assert len(plan().expected_departments()) == 15


def missing(department: str, *forms: str) -> list[str]:
    found = tuple(FoundForm(form, form, 1, 1) for form in forms)
    data = dataclasses.replace(confront(), submissions=(Submission("a.xlsx", "", 0, department, forms=found),))
    return [finding.form for finding in sub002.judge(data).findings]


def test_a_form_is_missing_only_where_it_is_owed() -> None:
    assert missing("危機管理部", "activity", "outcome", "budget") == []
    assert missing(OFFICE, *(form for form in plan().forms_expected_of(OFFICE) if form != "dx")) == ["dx"]


def test_a_selection_lacks_no_record() -> None:
    rows = "number | name | action | reason\n3-1 | 勤務時間の適正管理 | 配置 | 前倒し"
    data = confront(Drawn("reform_changes", rows, department=OFFICE))
    assert [f.form for f in xrf002.judge(data).findings] == []


def test_a_grand_total_waits_only_for_those_who_owe_the_form() -> None:
    rows = "programme | code | amount.initial.FY2022\n8 | 08-001 | 1"
    owing = plan().departments_owing(plan().forms["budget"])
    assert OFFICE not in owing
    data = confront(Drawn("budget", rows))
    (check,) = [c for c in plan().forms["budget"].checks if c.code == "BAL006"]
    everyone = tuple(Submission(f"{name}.xlsx", "", 0, name) for name in sorted(owing))
    held = bal006.judge(check, plan().forms["budget"], data).balances.hold  # type: ignore[arg-type]
    data = dataclasses.replace(data, submissions=everyone)
    free = bal006.judge(check, plan().forms["budget"], data).balances.hold  # type: ignore[arg-type]
    assert (set(held), set(free)) == ({"returns_missing"}, {"records_set_aside"})


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("forms/dx.yaml", "owed_by: [政策経営部]", "owed_by: [財務部]", '"財務部" is no department'),
        ("forms/effect.yaml", "flag: reduction}", "flag: reductions}", "no such field: reductions"),
        ("forms/effect.yaml", "relisted: {field: name", "relisted: {field: names", "no such field: names"),
        ("forms/effect.yaml", "instead: name", "instead: label", "no such field: label"),
        ("forms/summary_cost.yaml", "form: budget", "form: budgets", 'no form "budgets"'),
        ("forms/summary_counts.yaml", "form: outcome, of: groups", "form: outcomes, of: groups", 'no form "outcomes"'),
        ("forms/summary_counts.yaml", "(\\d+指標)の目標値", "\\d+指標の目標値", "one group (…) for each count"),
        (
            "forms/facilities.yaml",
            "rows: {",
            "increment: a, running: b, rows: {",
            "give increment and running, or rows",
        ),
        ("forms/dx.yaml", "first: 2021, last: 2024", "first: 2024, last: 2021", "first is after last"),
        ("pack.yaml", '"2023-01-20" ', '"2023-01-32" ', "deadline"),
    ],
)
def test_a_mistake_in_the_pack_is_told(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    pack = tmp_path / "plan2022"
    shutil.copytree(SCHEMAS, pack)
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=re.escape(said)):
        load(str(pack))


def test_a_breakdown_names_its_flag() -> None:
    for wrong in ({"level": "breakdown", "label": "a"}, {"level": "total", "label": "a", "flag": "b"}):
        with pytest.raises(ValidationError, match="a breakdown row names the flag"):
            Total.model_validate(wrong)
